"""Exporters of grades as nbgrader plugins: CSV, and what Canvas and Moodle import.

`cvbook export` uses them, and so can nbgrader itself:

    nbgrader export --exporter=cvbook.grading.outputs.export.CanvasExporter --to=canvas.csv
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import traitlets
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from cvbook.errors import CvbookError
from cvbook.grading import tasks as tasks_of
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import net_score
from cvbook.grading.tasks import Task


@dataclass(frozen=True)
class Grade:
    """The grade of one student; the score is None where nothing was handed in."""

    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    score: float | None
    max_score: float
    needs_manual_grade: bool
    late_penalty: float

    @property
    def name(self) -> str:
        """Last and first name as Canvas writes them."""
        return ", ".join(filter(None, [self.last_name, self.first_name]))


def grades(gradebook: Gradebook, assignment: str) -> list[Grade]:
    """Read the grades of all students.

    Parameters
    ----------
    gradebook : Gradebook
    assignment : str

    Returns
    -------
    list of Grade
        In the gradebook's order.

    Raises
    ------
    CvbookError
        If the assignment is not in the gradebook.
    """
    try:
        maximum = float(gradebook.find_assignment(assignment).max_score)
    except MissingEntry:
        raise CvbookError(
            f"not in the gradebook – {assignment} – run `cvbook grade {assignment}` first"
        ) from None
    handed_in = {s.student.id: s for s in gradebook.assignment_submissions(assignment)}
    found = []
    for student in gradebook.students:
        submission = handed_in.get(student.id)
        penalty = float(submission.late_submission_penalty or 0) if submission else 0.0
        found.append(
            Grade(
                student.id,
                student.first_name or "",
                student.last_name or "",
                student.email or "",
                student.lms_user_id or "",
                net_score(submission) if submission else None,
                maximum,
                bool(submission.needs_manual_grade) if submission else False,
                penalty,
            )
        )
    return found


@dataclass(frozen=True)
class TaskScores:
    """Scores by task.

    Attributes
    ----------
    maxima : dict of str to float
        Of each task, by name; with the notebook's name where the assignment has several.
    of_student : dict of str to dict
        Of each student, task to score; a task that waits to be graded by hand is None.
    """

    maxima: dict[str, float]
    of_student: dict[str, dict[str, float | None]]


def task_scores(gradebook: Gradebook, assignment: str, tasks: Sequence[Task]) -> TaskScores:
    """Read the scores of each task of an assignment, before penalties.

    Parameters
    ----------
    gradebook : Gradebook
    assignment : str
    tasks : sequence of Task
        Of the assignment; a cell that none of them has counts as a task of its own.

    Returns
    -------
    TaskScores
        In the order of the tasks.
    """
    notebooks = gradebook.find_assignment(assignment).notebooks
    several = len(notebooks) > 1
    names = {
        place: f"{task.notebook}/{task.name}" if several else task.name
        for task in tasks
        for place in task.places
    }
    found_maxima: dict[str, float] = {}
    for notebook in notebooks:
        for cell in (*notebook.grade_cells, *notebook.task_cells):
            place = (notebook.name, cell.name)
            task = names.setdefault(place, "/".join(place) if several else cell.name)
            found_maxima[task] = found_maxima.get(task, 0.0) + float(cell.max_score)
    found = {}
    for submission in gradebook.assignment_submissions(assignment):
        own: dict[str, float | None] = {}
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                task = names[notebook.name, grade.name]
                before = own.get(task, 0.0)
                waits = grade.needs_manual_grade or before is None
                own[task] = None if waits else float(before or 0) + float(grade.score)
        found[submission.student.id] = own
    order = dict.fromkeys(names.values())  # tasks that the gradebook lacks have no column
    return TaskScores({name: found_maxima[name] for name in order if name in found_maxima}, found)


class GradeExporter(ExportPlugin):
    """Base of the exporters, which write CSV; subclasses define the columns.

    nbgrader's options `to`, `assignment` and `student` name the file, the assignments and the
    students; by default `grades.csv`, every assignment, every student.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the file.

        Parameters
        ----------
        gradebook : Gradebook

        Raises
        ------
        CvbookError
            If an assignment is not in the gradebook.
        """
        names = [str(name) for name in self.assignment] or [a.name for a in gradebook.assignments]
        chosen = {str(student) for student in self.student}
        table = {
            name: [
                grade for grade in grades(gradebook, name) if not chosen or grade.student in chosen
            ]
            for name in names
        }
        self._read_tasks(gradebook, names)
        path = Path(self.to or "grades.csv")
        # Excel needs the byte order mark.
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            for index, line in enumerate(self._lines(table)):
                writer.writerow([_escape_formula(value) for value in line] if index else line)

    def _read_tasks(self, gradebook: Gradebook, assignments: Sequence[str]) -> None:
        """Read the scores of tasks, where the lines have them."""

    def _tasks_of(self, gradebook: Gradebook, name: str) -> list[Task]:
        """List an assignment's tasks; none of one that is only planned."""
        try:
            return tasks_of.of_assignment(self.course, name)
        except CvbookError:
            if gradebook.find_assignment(name).notebooks:
                raise
            return []

    def _lines(self, table: dict[str, list[Grade]]) -> Iterable[Sequence[str]]:
        """List the lines, the header first; each assignment has the same students in order."""
        raise NotImplementedError


class CsvExporter(GradeExporter):
    """All columns, with a line for each assignment and student."""

    def _lines(self, table: dict[str, list[Grade]]) -> Iterable[Sequence[str]]:
        yield (
            "assignment", "student", "first_name", "last_name", "email", "score", "max_score",
            "late_penalty", "needs_manual_grade",
        )  # fmt: skip
        for assignment, each in table.items():
            for grade in each:
                yield (
                    assignment, grade.student, grade.first_name, grade.last_name, grade.email,
                    _number(grade.score), _number(grade.max_score), _number(grade.late_penalty),
                    str(grade.needs_manual_grade),
                )  # fmt: skip


class TaskExporter(GradeExporter):
    """A line for each student, a column for each assignment and each of its tasks."""

    #: Whose notebooks say which cells are a task; by default, the one that nbgrader exports.
    course = traitlets.Instance(Course)

    @traitlets.default("course")
    def _course_default(self) -> Course:
        return Course(Path(self.parent.coursedir.root if self.parent else "."))

    def _read_tasks(self, gradebook: Gradebook, assignments: Sequence[str]) -> None:
        self._tasks = {
            name: task_scores(gradebook, name, self._tasks_of(gradebook, name))
            for name in assignments
        }

    def _lines(self, table: dict[str, list[Grade]]) -> Iterable[Sequence[str]]:
        header = ["student", "name"]
        for assignment in table:
            maxima = self._tasks[assignment].maxima
            header += [assignment, *(f"{assignment}/{task} ({m:g})" for task, m in maxima.items())]
        yield header
        for of_student in zip(*table.values(), strict=True):
            line = [of_student[0].student, of_student[0].name]
            for assignment, grade in zip(table, of_student, strict=True):
                tasks = self._tasks[assignment]
                own = tasks.of_student.get(grade.student, {})
                line += [_number(grade.score), *(_number(own.get(task)) for task in tasks.maxima)]
            yield line


class CanvasExporter(GradeExporter):
    """Columns that Canvas reads in *Grades, Import*; the second line has the points possible."""

    def _lines(self, table: dict[str, list[Grade]]) -> Iterable[Sequence[str]]:
        yield ("Student", "ID", "SIS Login ID", "Section", *table)
        points = [_number(each[0].max_score) if each else "" for each in table.values()]
        yield ("    Points Possible", "", "", "", *points)
        for of_student in zip(*table.values(), strict=True):
            one = of_student[0]
            scores = [_number(grade.score) for grade in of_student]
            yield (one.name or one.student, one.lms_id, one.student, "", *scores)


class MoodleExporter(GradeExporter):
    """Columns that Moodle reads in *Grades, Import, CSV file*, matched by username or e-mail."""

    def _lines(self, table: dict[str, list[Grade]]) -> Iterable[Sequence[str]]:
        yield ("username", "email", "idnumber", *table)
        for of_student in zip(*table.values(), strict=True):
            one = of_student[0]
            scores = [_number(grade.score) or "-" for grade in of_student]
            yield (one.student, one.email, one.lms_id, *scores)


#: By the name that `cvbook export --to` takes.
EXPORTERS: dict[str, type[GradeExporter]] = {
    "csv": CsvExporter,
    "canvas": CanvasExporter,
    "moodle": MoodleExporter,
}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _escape_formula(value: str) -> str:
    """Prefix a student's text that a spreadsheet would execute as a formula."""
    return f"'{value}" if value != "-" and value[:1] in tuple("=+-@\t\r") else value
