"""Answers that a person grades: read from the graded notebooks, marked in nbgrader's gradebook."""

import itertools
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.utils import is_solution, is_task

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import retry
from cvbook.grading.tasks import Task

#: States of an answer: never graded; graded before the submission was graded anew; graded.
WAITING, AGAIN, DONE = "waiting", "again", "done"


@dataclass(frozen=True)
class Group:
    """Students with the same answer and the same mark.

    Attributes
    ----------
    students : tuple of str
    text : str
        Of the first one.
    state : str
        `WAITING`, `AGAIN` or `DONE`.
    score : float or None
    comment : str
    notebooks : tuple of str
        Of each student, in the gradebook: names of Formgrader's pages.
    automatic : bool
        Whether nbgrader gave the score: nothing was answered.
    """

    students: tuple[str, ...]
    text: str
    state: str
    score: float | None
    comment: str
    notebooks: tuple[str, ...] = ()
    automatic: bool = False

    def alone(self) -> list["Group"]:
        """Make a group of each student."""
        each = zip(self.students, self.notebooks, strict=True)
        return [replace(self, students=(name,), notebooks=(own,)) for name, own in each]


def groups(course: Course, assignment: str, task: Task) -> list[Group]:
    """Group the answers to a question.

    Parameters
    ----------
    course : Course
    assignment : str
    task : Task
        One that a person grades.

    Returns
    -------
    list of Group
        The largest group of those that wait first, those that are graded last.
    """
    found: dict[tuple[str, str, float | None, str, bool], list[tuple[str, str, str]]] = {}
    with course.gradebook() as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            student = submission.student.id
            folder = course.folder("autograded", student, assignment)
            text = answer(folder / f"{task.notebook}.ipynb", task)
            state, score, comment, automatic = _mark(submission, task)
            if text is None and state != AGAIN:
                continue
            text = text or ""  # marked once, and not handed in again
            key = (_plain(text), state, score, comment, automatic)
            own = next((one.id for one in submission.notebooks if one.name == task.notebook), "")
            found.setdefault(key, []).append((student, text, own))
    order = {WAITING: 0, AGAIN: 1, DONE: 2}
    made = [
        Group(
            tuple(name for name, _, _ in members),
            members[0][1],
            state,
            score,
            comment,
            tuple(own for _, _, own in members),
            automatic,
        )
        for (_, state, score, comment, automatic), members in found.items()
    ]
    return sorted(made, key=lambda one: (order[one.state], one.automatic, -len(one.students)))


def answer(path: Path, task: Task) -> str | None:
    """Read a student's answer.

    Parameters
    ----------
    path : Path
        The graded notebook.
    task : Task

    Returns
    -------
    str or None
        None if it is not there.
    """
    if not path.is_file():
        return None
    cells = nbformat.read(path, as_version=4).cells
    for index, cell in enumerate(cells):
        if (cell.metadata.get("nbgrader") or {}).get("grade_id") != task.name:
            continue
        if is_solution(cell):
            return str(cell.source)
        if is_task(cell):  # whose answer is in cells of the student's own, after it
            own = itertools.takewhile(
                lambda one: "nbgrader" not in one.metadata, cells[index + 1 :]
            )
            return "\n\n".join(str(one.source) for one in own)
    return None


def _plain(text: str) -> str:
    """An answer without what does not matter: white space and Unicode form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _mark(submission: SubmittedAssignment, task: Task) -> tuple[str, float | None, str, bool]:
    name = task.cells[0].name
    for notebook in submission.notebooks:
        if notebook.name != task.notebook:
            continue
        grade = next((one for one in notebook.grades if one.name == name), None)
        comment = next((one for one in notebook.comments if one.name == name), None)
        if grade is None:
            break
        said = (comment.manual_comment or "") if comment is not None else ""
        if grade.manual_score is not None:
            state = AGAIN if grade.needs_manual_grade else DONE
            return state, float(grade.manual_score), said, False
        if grade.auto_score is not None and not grade.needs_manual_grade:
            return DONE, float(grade.auto_score), said, True
        return WAITING, None, said, False
    return WAITING, None, "", False


def mark(
    course: Course,
    assignment: str,
    task: Task,
    students: Sequence[str],
    score: float,
    comment: str,
) -> None:
    """Write a mark for students into the gradebook, as Formgrader does.

    Parameters
    ----------
    course : Course
    assignment : str
    task : Task
    students : sequence of str
    score : float
        From 0 to the points of the task.
    comment : str
        Markdown; may be empty.

    Raises
    ------
    CvbookError
        If the score is no such number, or the gradebook lacks a submission.
    """
    if not math.isfinite(score) or not 0 <= score <= task.points:
        raise CvbookError(f"{score:g}점 – {task.title} – 0점에서 {task.points:g}점 사이로 적습니다")

    def write() -> None:
        with course.gradebook() as gradebook:
            for student in students:
                _write(gradebook, assignment, task, student, score, comment)
            gradebook.db.commit()

    retry(write)


def _write(
    gradebook: Gradebook, assignment: str, task: Task, student: str, score: float, comment: str
) -> None:
    place = (task.cells[0].name, task.notebook, assignment, student)
    try:
        grade = gradebook.find_grade(*place)
        said = gradebook.find_comment(*place)
    except MissingEntry as error:
        raise CvbookError(
            f"성적부에 없음 – {student} – cvbook grade {assignment}를 먼저 실행합니다"
        ) from error
    grade.manual_score = score
    grade.needs_manual_grade = False
    said.manual_comment = comment or None
