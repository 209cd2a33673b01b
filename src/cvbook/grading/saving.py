"""Saving of outcomes: grades first, then notebooks, then the record, one submission at a time."""

import shutil
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry, Student, SubmittedAssignment
from nbgrader.utils import determine_grade, is_grade

from cvbook.grading.nbgrader import standings
from cvbook.grading.nbgrader.converter import Converter
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import no_points, retry
from cvbook.grading.nbgrader.lateness import Penalties
from cvbook.grading.nbgrader.standings import Standing
from cvbook.grading.records import GradeRecord, GradeRecords

#: Columns of a submission, its notebooks and its grades that grading writes.
_WRITTEN = (("timestamp",), ("late_submission_penalty",), ("auto_score", "needs_manual_grade"))


class Saver:
    """Saves outcomes, and takes back what an unfinished submission left in the gradebook.

    Parameters
    ----------
    course : Course
    assignment : str
    records : GradeRecords
    penalties : Penalties or None
        For lateness, if the course has any.
    """

    def __init__(
        self, course: Course, assignment: str, records: GradeRecords, penalties: Penalties | None
    ):
        self.course = course
        self.assignment = assignment
        self.records = records
        self.penalties = penalties
        #: Of each unfinished submission, its grades before; None if the gradebook had none of it.
        self._before: dict[str, dict[tuple[str, ...], dict[str, Any]] | None] = {}

    def begin(self, student: str) -> None:
        """Keep a student's grades, in case the submission is not finished.

        Parameters
        ----------
        student : str
        """
        with self.course.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self.assignment, student)
            except MissingEntry:
                self._before[student] = None
                return
            self._before[student] = {
                place: {name: getattr(row, name) for name in _WRITTEN[len(place)]}
                for place, row in _rows(submission)
            }

    def undo(self) -> None:
        """Restore the grades of all submissions that were begun and not stored."""
        for student in list(self._before):
            self.undo_one(student)

    def undo_one(self, student: str) -> None:
        """Restore the grades of one such submission.

        Parameters
        ----------
        student : str
        """
        before = self._before.pop(student)
        with self.course.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self.assignment, student)
            except MissingEntry:
                return
            if before is None:
                gradebook.remove_submission(self.assignment, student)
                return
            for place, row in _rows(submission):
                for name, value in before.get(place, {}).items():
                    setattr(row, name, value)
            gradebook.db.commit()

    def store(self, record: GradeRecord, graded: Path | None, converter: Converter) -> None:
        """Set the penalties, move the graded notebooks to their folder, then write the record.

        Parameters
        ----------
        record : GradeRecord
            Its scores are read from the gradebook.
        graded : Path or None
            Folder of the graded notebooks.
        converter : Converter
        """
        self.settle([record], stored=True)
        target = self.course.folder("autograded", record.student, self.assignment)
        shutil.rmtree(target, ignore_errors=True)
        # A page of an earlier grade would say something else than the gradebook.
        feedback = self.course.folder("feedback", record.student, self.assignment)
        shutil.rmtree(feedback, ignore_errors=True)
        if graded is not None and graded.is_dir():
            record.cells = _cells(graded)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(graded, target)
        self.records.write(record)
        self._before.pop(record.student, None)
        shutil.rmtree(converter.submitted(record.student).parent, ignore_errors=True)
        shutil.rmtree(converter.autograded(record.student).parent, ignore_errors=True)

    def settle(self, records: Sequence[GradeRecord], stored: bool = False) -> list[str]:
        """Set the penalties for lateness, and read the scores after these and manual grading.

        Parameters
        ----------
        records : sequence of GradeRecord
            Their scores are changed in place.
        stored : bool
            Whether they have just been graded, so that what the gradebook has is theirs.

        Returns
        -------
        list of str
            Students whose penalty has changed.

        Raises
        ------
        CvbookError
            If the plugin that sets the penalties fails; none is changed then.
        """

        def write() -> list[str]:
            changed = []
            few = [record.student for record in records] if len(records) < 10 else None
            with self.course.gradebook() as gradebook:
                found = standings.read(gradebook, self.assignment, few)
                for record in records:
                    standing = found.get(record.student)
                    if standing is None:
                        continue
                    if stored:
                        record.saved = standing.digest
                    if record.saved and self.penalties is not None:
                        own = (record.student, standing, record.timestamp)
                        if self.penalties.settle(gradebook, *own):
                            changed.append(record.student)
                    record.score, record.max_score = standing.score, standing.max_score
                    record.manual = standing.manual
                gradebook.db.commit()
            return changed

        changed = retry(write)
        if not stored:
            for student in changed:  # its page says another score
                page = self.course.folder("feedback", student, self.assignment)
                shutil.rmtree(page, ignore_errors=True)
        return changed

    def zero(self, student: str, notebooks: Container[str] | None = None) -> None:
        """Record zero points for what cannot be graded; marks of a person stay, to be seen again.

        Parameters
        ----------
        student : str
        notebooks : container of str, optional
            By default, all of them.
        """

        def save() -> None:
            with self.course.gradebook() as gradebook:
                gradebook.update_or_create_student(student)
                submission = gradebook.update_or_create_submission(self.assignment, student)
                for notebook in submission.notebooks:
                    if notebooks is None or notebook.name in notebooks:
                        no_points(notebook.grades)
                gradebook.db.commit()

        retry(save)

    def is_known(self, student: str) -> bool:
        """Whether the gradebook has a student.

        Parameters
        ----------
        student : str

        Returns
        -------
        bool
        """
        with self.course.gradebook() as gradebook:
            try:
                gradebook.find_student(student)
            except MissingEntry:
                return False
        return True

    def standings(self) -> tuple[dict[str, Standing], set[str]]:
        """Read what the gradebook has of all students.

        Returns
        -------
        tuple of dict and set
            Student to standing, for each submission; all students.
        """
        with self.course.gradebook() as gradebook:
            students = {name for (name,) in gradebook.db.query(Student.id)}
            return standings.read(gradebook, self.assignment), students


def _rows(submission: SubmittedAssignment) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Rows of a submission that grading writes, each with its place."""
    yield (), submission
    for notebook in submission.notebooks:
        yield (notebook.name,), notebook
        for grade in notebook.grades:
            yield (notebook.name, grade.name), grade


def _cells(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Read score and error message of each notebook's graded cells."""
    return {
        path.stem: {
            cell.metadata.nbgrader.grade_id: _outcome(cell)
            for cell in nbformat.read(path, as_version=4).cells
            if is_grade(cell)
        }
        for path in sorted(folder.glob("*.ipynb"))
    }


def _outcome(cell: nbformat.NotebookNode) -> dict[str, Any]:
    score, maximum = determine_grade(cell)
    outputs = cell.get("outputs", [])
    errors = [f"{one.ename}: {one.evalue}" for one in outputs if one.output_type == "error"]
    message = errors[0][:1000] if errors else ""
    outcome = {"score": score, "max_score": maximum, "message": message}
    if any(one.output_type == "execute_result" for one in outputs):
        printed = "".join(str(one.text) for one in outputs if one.output_type == "stream")
        outcome["shown"] = printed.strip()[-200:]
    return outcome
