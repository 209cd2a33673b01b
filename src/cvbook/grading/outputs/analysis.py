"""Analysis of a class's results: tasks, failures by cause, distribution of scores."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cvbook.grading.outputs.results import Result
from cvbook.grading.records import GradeRecord
from cvbook.grading.tasks import Task

#: Bars of the distribution.
BARS = 20
_HINT = re.compile(r"\s*(힌트|hint)\s*:", re.IGNORECASE)
#: Name of an exception that is no Python error: its message alone is for students.
_OWN = re.compile(r"^(?!\w*(Error|Exception|Warning|Exit|Interrupt|Iteration)\b)[A-Z]\w*: ")


@dataclass(frozen=True)
class TaskStatistics:
    """Difficulty and discrimination of a task: the item analysis of classical test theory.

    Attributes
    ----------
    task : Task
    scores : dict of str to float
        Points of the students whose task is graded.
    discrimination : float
        Correlation of the task's points with the sum of the others; NaN where either is constant.
    waiting : list of str
        Students whose answer a person still has to grade, or to look at again.
    """

    task: Task
    scores: dict[str, float]
    discrimination: float
    waiting: list[str]

    @property
    def mean(self) -> float:
        """Mean share of the points: the difficulty index, 1 is easy; NaN if nobody has any."""
        if not self.scores or not self.task.points:
            return float("nan")
        return float(np.mean(list(self.scores.values()))) / self.task.points

    @property
    def full(self) -> int:
        """How many students have all points."""
        return sum(score >= self.task.points - 1e-9 for score in self.scores.values())

    @property
    def none(self) -> int:
        """How many students have no points."""
        return sum(score <= 0 for score in self.scores.values())

    @property
    def constant(self) -> bool:
        """Whether the discrimination is undefined."""
        return math.isnan(self.discrimination)


@dataclass
class Failure:
    """Failures of one task with one cause: students, and the message that the first one read."""

    hint: str
    message: str
    students: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bar:
    """A bar of the distribution: scores from `low` up to `high`, and who has them."""

    low: float
    high: float
    students: list[str]


def task_statistics(tasks: Sequence[Task], results: Sequence[Result]) -> list[TaskStatistics]:
    """Compute difficulty and discrimination of each task.

    Parameters
    ----------
    tasks : sequence of Task
    results : sequence of Result

    Returns
    -------
    list of TaskStatistics
    """
    totals = {
        result.student: sum(result.of_task(task) or 0.0 for task in tasks) for result in results
    }
    found = []
    for task in tasks:
        points = {result.student: result.of_task(task) for result in results}
        scores = {student: score for student, score in points.items() if score is not None}
        own = np.array(list(scores.values()))
        rest = np.array([totals[student] - score for student, score in scores.items()])
        constant = len(own) < 2 or np.ptp(own) == 0 or np.ptp(rest) == 0
        correlation = float("nan") if constant else float(np.corrcoef(own, rest)[0, 1])
        waiting = [
            result.student
            for result in results
            if points[result.student] is None or result.again.intersection(task.places)
        ]
        found.append(TaskStatistics(task, scores, correlation, waiting))
    return found


def failures(
    tasks: Sequence[Task], records: Sequence[GradeRecord]
) -> list[tuple[Task, list[Failure]]]:
    """Count failures by task and cause.

    Parameters
    ----------
    tasks : sequence of Task
    records : sequence of GradeRecord

    Returns
    -------
    list of tuple
        Each task with failures, and these, the most frequent first.
    """
    found = []
    for task in tasks:
        causes: dict[str, Failure] = {}
        for record in records:
            own = record.cells.get(task.notebook, {})
            for cell in task.cells:
                message = str(own.get(cell.name, {}).get("message") or "").strip()
                if message:
                    cause = hint(message)
                    failure = causes.setdefault(cause, Failure(cause, _OWN.sub("", message)))
                    if record.student not in failure.students:
                        failure.students.append(record.student)
        if causes:
            order = sorted(causes.values(), key=lambda failure: -len(failure.students))
            found.append((task, order))
    return found


def hint(message: str) -> str:
    """Return what tells messages of one cause from others: the hint, or else the first line.

    Parameters
    ----------
    message : str
        Of a failed test, as its student read it.

    Returns
    -------
    str
        A hint of several lines is joined; empty for no message.
    """
    lines = message.strip().splitlines()
    for index, line in enumerate(lines):
        if match := _HINT.match(line):
            return " ".join([line[match.end() :].strip(), *map(str.strip, lines[index + 1 :])])
    return _OWN.sub("", lines[0]).strip() if lines else ""


def distribution(scores: dict[str, float], max_score: float) -> list[Bar]:
    """Sort scores into bars of one width, which reach from the lowest score to the highest.

    Parameters
    ----------
    scores : dict of str to float
        Student to score; may exceed `max_score` by extra credit.
    max_score : float

    Returns
    -------
    list of Bar
        A score on an edge is in the upper bar, the highest in the last.
    """
    width = (max_score or 1.0) / BARS
    top = max([max_score, *scores.values()])
    count = max(BARS, math.ceil((top + 1e-9) / width))
    bars = [Bar(width * i, width * (i + 1), []) for i in range(count)]
    for student, score in sorted(scores.items()):
        place = min(count - 1, max(0, int((score + 1e-9) / width)))
        if score >= max_score and place == BARS and abs(score - max_score) < 1e-6:
            place = BARS - 1  # full points close the bars of the ordinary range
        bars[place].students.append(student)
    return bars
