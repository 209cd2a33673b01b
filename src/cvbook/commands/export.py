"""Write the grades of an assignment to a file.

With --roster, the LMS's own list of students is filled in, so that the LMS takes it back: Canvas's
Grades, Export, or the grading worksheet of a Moodle assignment, which holds that one alone. Every
grade and assignment that has no place in the list is named.

cvbook export 07_separable_conv                             07_separable_conv.csv
cvbook export 07_separable_conv --roster grades.csv         07_separable_conv-grades.csv
cvbook export 07_separable_conv --per-task                  07_separable_conv-tasks.csv
cvbook export --all                                         grades.csv: every assignment
cvbook export --all --roster canvas.csv                     grades-canvas.csv: every column of ours
cvbook export 07_separable_conv --to canvas -o upload.csv   a new file for Canvas
cvbook export 07_separable_conv --to moodle                 for Moodle: Grades, Import, CSV file

Exit code: 0 success, 3 if a grade or assignment has no place in the list, 1 error, 2 wrong usage.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvbook._files import write_atomic
from cvbook.commands._course import add_assignment_arguments, open_course
from cvbook.commands.collect import add_roster_arguments
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

    from cvbook.grading.lms.gradesheet import Sheet
    from cvbook.grading.lms.roster import Roster


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser, required=False)
    parser.add_argument("--all", action="store_true", help="every assignment of the course")
    parser.add_argument(
        "--per-task",
        action="store_true",
        help="a column for each task, an answer with the tests that follow it; one that waits to "
        "be graded by hand is empty; where an assignment has several notebooks, their names too",
    )
    parser.add_argument(
        "--to",
        choices=["csv", "canvas", "moodle"],
        default="csv",
        help="system that imports the file; default: csv, with all columns",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: named after the assignment"
    )
    add_roster_arguments(parser)
    parser.add_argument(
        "--column",
        metavar="TITLE",
        help="column of the list for the grades; default: the assignment's name, or Grade",
    )
    parser.add_argument(
        "--scale", action="store_true", help="convert the grades to the points of the LMS"
    )
    parser.add_argument(
        "--partial", action="store_true", help="with --roster: although answers wait to be graded"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.outputs.export import EXPORTERS, TaskExporter

    if bool(args.assignment) == args.all:
        raise CvbookError("names no assignment – cvbook export – name one, or use --all")
    if args.per_task and (args.roster or args.to != "csv"):
        raise CvbookError("--per-task is for CSV – cvbook export – leave out --to and --roster")
    if args.all and args.column:
        raise CvbookError("--column is for one assignment – cvbook export --all – leave it out")
    if args.roster:
        with open_course(args).gradebook() as gradebook:
            return _fill(gradebook, args)
    name = args.assignment or "grades"
    name += f"-{args.to}" if args.to != "csv" else "-tasks" if args.per_task else ""
    path = args.output or Path(f"{name}.csv")
    assignments = [args.assignment] if args.assignment else []
    course = open_course(args)
    where: dict[str, Any] = {"to": str(path), "assignment": assignments}
    with course.gradebook() as gradebook:
        if args.per_task:
            TaskExporter(course=course, **where).export(gradebook)
        else:
            EXPORTERS[args.to](**where).export(gradebook)
        print(f"{path}: {len(gradebook.students)} student(s)")
        _warn(gradebook, assignments or [each.name for each in gradebook.assignments])
    return 0


def _warn(gradebook: "Gradebook", assignments: list[str]) -> None:
    """Say on stderr where scores will still change."""
    from cvbook.grading.outputs.export import grades

    for name in assignments:
        waiting = sum(grade.needs_manual_grade for grade in grades(gradebook, name))
        if waiting:
            print(
                f"{name}: answers of {waiting} student(s) wait to be graded by hand; their scores "
                "are without them",
                file=sys.stderr,
            )


def _fill(gradebook: "Gradebook", args: argparse.Namespace) -> int:
    from cvbook.grading.lms.gradesheet import fill
    from cvbook.grading.lms.roster import read_roster

    roster = read_roster(args.roster, args.id_column)
    path = args.output or Path(f"{args.assignment or 'grades'}-{args.roster.name}")
    if path.resolve() == args.roster.resolve():
        raise CvbookError(f"would overwrite the list – {path} – name another file with --output")
    names, left_out = _with_column(gradebook, roster) if args.all else ([args.assignment], [])
    sheets = [_sheet(gradebook, name, args) for name in names]
    text, filled = fill(roster, sheets, args.scale)
    write_atomic(path, text)
    for one in filled:
        where = f" in {one.column}" if args.all else ""
        print(f"{path}: {one.written} grade(s) in column {one.column}")
        for student in one.without_grade:
            print(f"no grade{where}: {student}")
        for student in one.not_in_file:
            print(f"not in {args.roster.name}{where}: {student}, {one.sheet.scores[student]:g}")
    for name in left_out:
        print(f"no column in {args.roster.name}: {name}")
    return 3 if left_out or any(one.not_in_file for one in filled) else 0


def _with_column(gradebook: "Gradebook", roster: "Roster") -> tuple[list[str], list[str]]:
    """List the graded assignments that a list has a column for, and those that it has none for."""
    from cvbook.grading.lms.gradesheet import has_column
    from cvbook.grading.lms.roster import WORKSHEET

    if roster.kind == WORKSHEET:
        raise CvbookError(
            f"a grading worksheet of Moodle has one assignment – {roster.path} – name that "
            "assignment instead of --all"
        )
    names = [each.name for each in gradebook.assignments if each.submissions]
    found = [name for name in names if has_column(roster, name)]
    if not found:
        raise CvbookError(
            f"no column for {', '.join(names) or 'anything that was graded'} – {roster.path} – "
            "give the LMS's assignments the names of the course's"
        )
    return found, [name for name in names if name not in found]


def _sheet(gradebook: "Gradebook", name: str, args: argparse.Namespace) -> "Sheet":
    """Read the grades of an assignment, unless some wait for a person."""
    from cvbook.grading.lms.gradesheet import Sheet
    from cvbook.grading.outputs.export import grades

    each = [grade for grade in grades(gradebook, name) if grade.score is not None]
    waiting = [grade.student for grade in each if grade.needs_manual_grade]
    if waiting and not args.partial:
        some = ", ".join(waiting[:5]) + (", …" if len(waiting) > 5 else "")
        raise CvbookError(
            f"answers of {len(waiting)} student(s) wait to be graded by hand – {name}: {some} – "
            "grade them in formgrader, or write what there is with --partial"
        )
    scores = {grade.student: float(grade.score or 0) for grade in each}
    return Sheet(name, scores, each[0].max_score if each else 0.0, args.column)
