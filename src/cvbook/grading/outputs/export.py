"""Grades as files: CSV for a spreadsheet, and what Canvas and Moodle import."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course


@dataclass(frozen=True)
class Row:
    """The grade of one student; None where nothing was handed in."""

    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    score: float | None
    max_score: float
    needs_manual_grade: bool
    late_penalty: float


def rows(course: Course, assignment: str) -> list[Row]:
    """Read the grades of all students from the gradebook.

    Raises
    ------
    CvbookError
        If the gradebook does not know the assignment.
    """
    with course.gradebook() as gradebook:
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
                Row(
                    student.id,
                    student.first_name or "",
                    student.last_name or "",
                    student.email or "",
                    student.lms_user_id or "",
                    max(0.0, float(submission.score) - penalty) if submission else None,
                    maximum,
                    bool(submission.needs_manual_grade) if submission else False,
                    penalty,
                )
            )
    return found


def write_csv(path: Path, assignment: str, table: Iterable[Row]) -> None:
    """Write everything that is known."""
    header = [
        "assignment",
        "student",
        "first_name",
        "last_name",
        "email",
        "score",
        "max_score",
        "late_penalty",
        "needs_manual_grade",
    ]
    _write(
        path,
        header,
        (
            [
                assignment,
                r.student,
                r.first_name,
                r.last_name,
                r.email,
                _number(r.score),
                _number(r.max_score),
                _number(r.late_penalty),
                str(r.needs_manual_grade),
            ]
            for r in table
        ),
    )


def write_canvas(path: Path, assignment: str, table: Iterable[Row]) -> None:
    """Write what Canvas reads in *Grades, Import*: the points possible stand in the second row."""
    table = list(table)
    maximum = _number(table[0].max_score) if table else ""
    points = [["    Points Possible", "", "", "", maximum]]
    _write(
        path,
        ["Student", "ID", "SIS Login ID", "Section", assignment],
        points
        + [[_name(r) or r.student, r.lms_id, r.student, "", _number(r.score)] for r in table],
    )


def write_moodle(path: Path, assignment: str, table: Iterable[Row]) -> None:
    """Write what Moodle reads in *Grades, Import, CSV file*, matched by username or e-mail."""
    _write(
        path,
        ["username", "email", "idnumber", assignment],
        ([r.student, r.email, r.lms_id, _number(r.score) or "-"] for r in table),
    )


WRITERS = {"csv": write_csv, "canvas": write_canvas, "moodle": write_moodle}


def _name(row: Row) -> str:
    return ", ".join(filter(None, [row.last_name, row.first_name]))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _write(path: Path, header: list[str], table: Iterable[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:  # spreadsheets want the mark
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_harmless(value) for value in line] for line in table)


def _harmless(value: str) -> str:
    """Keep a spreadsheet from taking a student's text for a formula."""
    return f"'{value}" if value != "-" and value[:1] in tuple("=+-@\t\r") else value
