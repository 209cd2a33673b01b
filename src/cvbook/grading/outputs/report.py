"""The instructor's report on an assignment: one HTML page that works offline, and its numbers."""

import csv
import functools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import numpy as np

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import charts, export, similarity
from cvbook.grading.records import (
    BROKEN,
    FLAGGED,
    GRADED,
    INCOMPLETE,
    UNCLEAR,
    GradeRecord,
    GradeRecords,
)

STATUSES = {UNCLEAR: "판단 필요", FLAGGED: "의심", INCOMPLETE: "중단", BROKEN: "채점 못 함"}
#: Characters of a failure's message that are shown.
LENGTH = 200
#: How many rows the tables of failures and slow submissions show.
ROWS = 15


@dataclass(frozen=True)
class ItemStatistics:
    """Difficulty and discrimination of a test cell: the item analysis of classical test theory.

    Attributes
    ----------
    name : str
    max_score : float
    mean : float
        Mean share of the points: the difficulty index, 1 is easy.
    discrimination : float
        Correlation of the cell's score with the sum of the others; NaN where either is constant.
    """

    name: str
    max_score: float
    mean: float
    discrimination: float

    @property
    def constant(self) -> bool:
        """Whether the discrimination is undefined."""
        return math.isnan(self.discrimination)


def item_statistics(records: Sequence[GradeRecord]) -> list[ItemStatistics]:
    """Compute difficulty and discrimination of each automatically graded cell.

    Parameters
    ----------
    records : sequence of GradeRecord

    Returns
    -------
    list of ItemStatistics
        In the order of the notebook.
    """
    names = list(dict.fromkeys(name for record in records for name in record.cells))
    table = np.array(
        [[_points(record, name) for name in names] for record in records], dtype=float
    ).reshape(len(records), len(names))
    found = []
    for column, name in enumerate(names):
        cell = next(record.cells[name] for record in records if name in record.cells)
        if cell["score"] is None or not cell["max_score"]:
            continue  # graded by hand
        own, rest = table[:, column], table.sum(axis=1) - table[:, column]
        constant = len(own) < 2 or np.ptp(own) == 0 or np.ptp(rest) == 0
        correlation = float("nan") if constant else float(np.corrcoef(own, rest)[0, 1])
        mean = float(own.mean()) / cell["max_score"]
        found.append(ItemStatistics(name, cell["max_score"], mean, correlation))
    return found


def _points(record: GradeRecord, name: str) -> float:
    return float(record.cells.get(name, {}).get("score") or 0.0)


def failures(records: Sequence[GradeRecord]) -> list[tuple[str, str, int]]:
    """Count the messages that students saw, by test cell.

    Parameters
    ----------
    records : sequence of GradeRecord

    Returns
    -------
    list of tuple
        Cell, first line of the message, count; the most frequent first.
    """
    counts = Counter(
        (name, cell["message"].strip().splitlines()[0][:LENGTH])
        for record in records
        for name, cell in record.cells.items()
        if cell["message"].strip()
    )
    return [(name, message, count) for (name, message), count in counts.most_common(ROWS)]


def missing(course: Course, assignment: str) -> list[str]:
    """List the students of the gradebook who handed nothing in.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    list of str
        Sorted.
    """
    present = set(course.students(assignment))
    with course.gradebook() as gradebook:
        return sorted(student.id for student in gradebook.students if student.id not in present)


def copies(
    course: Course, assignment: str, records: Sequence[GradeRecord]
) -> list[tuple[str, str, float]]:
    """Find near-identical pairs of answers; code of the released notebooks does not count.

    Parameters
    ----------
    course : Course
    assignment : str
    records : sequence of GradeRecord

    Returns
    -------
    list of tuple
        As `similarity.pairs` returns it.
    """
    release = course.directory.format_path(course.directory.release_directory, ".", assignment)
    source = course.directory.format_path(course.directory.source_directory, ".", assignment)
    given = sorted(Path(release).glob("*.ipynb")) or sorted(Path(source).glob("*.ipynb"))
    baseline = "\n".join(
        cell.source
        for path in given
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    )
    answers = {}
    for record in records:
        folder = course.folder("autograded", record.student, assignment)
        notebooks = [nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))]
        answers[record.student] = "\n".join(map(similarity.answer_code, notebooks))
    return similarity.pairs(answers, baseline)


def write(course: Course, assignment: str, path: Path, formgrader: str) -> list[Path]:
    """Write the page and, beside it, its numbers.

    Parameters
    ----------
    course : Course
    assignment : str
    path : Path
        Of the page.
    formgrader : str
        Where the links lead: the URL of nbgrader's formgrader.

    Returns
    -------
    list of Path

    Raises
    ------
    CvbookError
        If nothing was graded.
    """
    records = list(GradeRecords(course.root, assignment))
    if not records:
        raise CvbookError(
            f"nothing graded – {assignment} in {course.root} – run `cvbook grade {assignment}`"
        )
    with course.gradebook() as gradebook:
        scores = {one.student: one.score for one in export.grades(gradebook, assignment)}
    for record in records:  # manual grading may have changed it since
        now = scores.get(record.student)
        record.score = record.score if now is None else now
    items = item_statistics(records)
    path.parent.mkdir(parents=True, exist_ok=True)
    page = render(
        assignment,
        records,
        items,
        missing=missing(course, assignment),
        copies=copies(course, assignment, records),
        formgrader=formgrader.rstrip("/"),
    )
    path.write_text(page, "utf-8")
    numbers = path.with_suffix(".csv")
    with numbers.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["cell", "max_score", "difficulty", "discrimination"])
        for item in items:
            writer.writerow(
                [item.name, item.max_score, f"{item.mean:.3f}", f"{item.discrimination:.3f}"]
            )
    return [path, numbers]


def render(
    assignment: str,
    records: Sequence[GradeRecord],
    items: Sequence[ItemStatistics],
    **more: Any,
) -> str:
    """Fill the template `report.html`.

    Parameters
    ----------
    assignment : str
    records : sequence of GradeRecord
        At least one.
    items : sequence of ItemStatistics
    **more
        `missing` (list of str), `copies` (list of tuple), `formgrader` (str).

    Returns
    -------
    str
        The page.
    """
    scores = [record.score for record in records]
    max_score = records[0].max_score
    return _template().render(
        assignment=assignment,
        records=records,
        mean=np.mean(scores),
        median=np.median(scores),
        max_score=max_score,
        histogram=charts.histogram(scores, max_score),
        items=items,
        difficulty=charts.difficulty(
            [item.name for item in items],
            [item.mean for item in items],
            [item.discrimination for item in items],
        ),
        failures=failures(records),
        for_review=[record for record in records if record.status != GRADED],
        statuses=STATUSES,
        slowest=sorted(records, key=lambda record: -record.seconds)[:ROWS],
        **more,
    )


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html")
