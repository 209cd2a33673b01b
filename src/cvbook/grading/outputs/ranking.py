"""Rankings: the class by its points in each test that gives points by a measured score."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cvbook.grading.records import GradeRecord
from cvbook.grading.tasks import Task, label


@dataclass(frozen=True)
class Row:
    """A student's place.

    Attributes
    ----------
    place : int
        From 1; the same for equal points.
    student : str
    points : float
    shown : str
        What the test printed, such as the score.
    """

    place: int
    student: str
    points: float
    shown: str


@dataclass(frozen=True)
class Ranking:
    """The places of a class in one test.

    Attributes
    ----------
    title, cell : str
        Of the task; the test's name, with its notebook where the assignment has several.
    maximum : float
        Points of the test.
    rows : list of Row
        The best first.
    """

    title: str
    cell: str
    maximum: float
    rows: list[Row]


def of_class(tasks: Sequence[Task], records: Sequence[GradeRecord]) -> list[Ranking]:
    """Rank a class in every test that gave somebody a part of its points.

    Parameters
    ----------
    tasks : sequence of Task
    records : sequence of GradeRecord

    Returns
    -------
    list of Ranking
        In the order of the tests; students without a result come last, with 0 points.
    """
    found = []
    for task in tasks:
        for cell in task.cells:
            found_in = {one.student: one.cells.get(task.notebook, {}) for one in records}
            own = {name: cells[cell.name] for name, cells in found_in.items() if cell.name in cells}
            if not any(_is_part(result, cell.points) for result in own.values()):
                continue
            points = {student: float(result["score"] or 0) for student, result in own.items()}
            rows = [
                Row(
                    1 + sum(other > points[student] for other in points.values()),
                    student,
                    points[student],
                    own[student].get("shown", ""),
                )
                for student in sorted(own, key=lambda student: (-points[student], student))
            ]
            name = label(tasks, task.notebook, cell.name)
            found.append(Ranking(task.title, name, cell.points, rows))
    return found


def _is_part(result: dict[str, object], maximum: float) -> bool:
    score = result.get("score")
    return "shown" in result and isinstance(score, float | int) and 0 < score < maximum


def write_anonymous(rankings: Sequence[Ranking], path: Path) -> None:
    """Write rankings without names, to show to the class.

    Parameters
    ----------
    rankings : sequence of Ranking
    path : Path
        Of the CSV file.
    """
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["test", "place", "points", "max_points", "shown"])
        for ranking in rankings:
            for row in ranking.rows:
                points = (f"{row.points:g}", f"{ranking.maximum:g}")
                writer.writerow([ranking.cell, row.place, *points, row.shown])
