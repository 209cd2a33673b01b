"""Saving of outcomes: grades first, then notebooks, then the record, one submission at a time."""

import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.utils import determine_grade, is_grade

from cvbook.grading.nbgrader.converter import Converter
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import net_score, retry
from cvbook.grading.records import GradeRecord, GradeRecords

#: Columns of a grade that grading writes.
_WRITTEN = ("auto_score", "needs_manual_grade")


class Saver:
    """Saves outcomes, and takes back what an unfinished submission left in the gradebook.

    Parameters
    ----------
    course : Course
    assignment : str
    records : GradeRecords
    """

    def __init__(self, course: Course, assignment: str, records: GradeRecords):
        self.course = course
        self.assignment = assignment
        self.records = records
        #: Of each unfinished submission, its grades before; None if the gradebook had none of it.
        self._before: dict[str, dict[tuple[str, str], dict[str, Any]] | None] = {}

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
                (notebook.name, grade.name): {name: getattr(grade, name) for name in _WRITTEN}
                for notebook in submission.notebooks
                for grade in notebook.grades
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
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    for name, value in before.get((notebook.name, grade.name), {}).items():
                        setattr(grade, name, value)
            gradebook.db.commit()

    def store(self, record: GradeRecord, graded: Path | None, converter: Converter) -> None:
        """Move the graded notebooks to their folder, then write the record.

        Parameters
        ----------
        record : GradeRecord
            Its scores are read from the gradebook.
        graded : Path or None
            Folder of the graded notebooks.
        converter : Converter
        """
        target = self.course.folder("autograded", record.student, self.assignment)
        shutil.rmtree(target, ignore_errors=True)
        # A page of an earlier grade would say something else than the gradebook.
        feedback = self.course.folder("feedback", record.student, self.assignment)
        shutil.rmtree(feedback, ignore_errors=True)
        if graded is not None and graded.is_dir():
            record.cells = _cells(graded)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(graded, target)
        self.refresh(record)
        self.records.write(record)
        self._before.pop(record.student, None)
        shutil.rmtree(converter.submitted(record.student).parent, ignore_errors=True)
        shutil.rmtree(converter.autograded(record.student).parent, ignore_errors=True)

    def refresh(self, record: GradeRecord) -> None:
        """Read a record's scores from the gradebook: after penalties and manual grading.

        Parameters
        ----------
        record : GradeRecord
        """
        with self.course.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self.assignment, record.student)
            except MissingEntry:
                return
            record.score, record.max_score = net_score(submission), float(submission.max_score)
            record.manual = bool(submission.needs_manual_grade)

    def zero(self, student: str) -> None:
        """Record zero points for a submission that holds nothing to grade.

        Parameters
        ----------
        student : str
        """

        def save() -> None:
            with self.course.gradebook() as gradebook:
                gradebook.update_or_create_student(student)
                submission = gradebook.update_or_create_submission(self.assignment, student)
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        grade.auto_score = 0
                        grade.needs_manual_grade = False
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

    def is_saved(self, student: str) -> bool:
        """Whether the gradebook has a submission of a student.

        Parameters
        ----------
        student : str

        Returns
        -------
        bool
        """
        with self.course.gradebook() as gradebook:
            try:
                gradebook.find_submission(self.assignment, student)
            except MissingEntry:
                return False
        return True


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
