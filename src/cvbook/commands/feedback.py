"""Write the students' feedback pages into feedback/, with students' HTML sanitized.

  cvbook feedback 07_separable_conv                  everyone who was graded
  cvbook feedback 07_separable_conv --student kim
  cvbook feedback 07_separable_conv --release        and put them into nbgrader's exchange
  cvbook feedback 07_separable_conv --zip moodle --roster worksheet.csv

A page starts with the points of each task, what lateness cost, and what is not graded yet. It is
complete in itself: formulas and pictures need no other host, nothing in it runs. The code of
hidden tests and the mark schemes of tasks, which nbgrader's own pages show, are left out unless
asked for. Work that could not be read gets a page that says why and
what to do. Students get released pages by *Fetch Feedback* or `nbgrader fetch_feedback`. The ZIP
file for Moodle is what *Upload multiple feedback files in a zip* reads; the assignment's grading
worksheet has the numbers of the participants.
Exit code 1 if the pages of a student could not be written; those of the others are written.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cvbook.commands._course import add_assignment_arguments, open_course
from cvbook.commands.collect import add_roster_arguments
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from cvbook.grading.nbgrader.course import Course


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--student", nargs="+", metavar="ID", help="only these; default: all")
    parser.add_argument(
        "--hidden-tests",
        action="store_true",
        help="show the code of hidden tests, and mark schemes, too",
    )
    parser.add_argument(
        "--release",
        action="store_true",
        help="put the pages into nbgrader's exchange, for those who submitted there",
    )
    parser.add_argument(
        "--zip", choices=["moodle"], help="also write ASSIGNMENT-feedback.zip for this LMS"
    )
    add_roster_arguments(parser)
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count(),
        metavar="N",
        help="processes to use; default: one per core",
    )


def run(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from cvbook.grading.outputs import feedback_pool

    if args.zip and not args.roster:
        raise CvbookError(
            "--zip moodle needs --roster – the assignment's grading worksheet – download it from "
            "Moodle: Submissions, Download grading worksheet"
        )
    course = open_course(args)
    students = _chosen(course, args)
    failed = set()
    with tqdm(total=len(students), unit="student", disable=None) as bar:
        for student, problem in feedback_pool.write_all(
            course, args.assignment, students, args.hidden_tests, args.workers or 1
        ):
            bar.update()
            if problem:
                failed.add(student)
                tqdm.write(problem, file=sys.stderr)
    folder = course.folder("feedback", students[0], args.assignment).parent.parent
    print(f"{folder}: feedback for {len(students) - len(failed)} of {len(students)} student(s)")
    _tell_unreadable(course, args.assignment, [s for s in students if s not in failed])
    _give_back(course, args, [student for student in students if student not in failed])
    return 1 if failed else 0


def _chosen(course: "Course", args: argparse.Namespace) -> list[str]:
    from cvbook.grading.records import GradeRecords

    graded = {record.student for record in GradeRecords(course.root, args.assignment)}
    students = [course.student(name, args.assignment) for name in args.student or []] or [
        student
        for student in course.students(args.assignment)
        if student in graded
        or any(course.folder("autograded", student, args.assignment).glob("*.ipynb"))
    ]
    if not students:
        raise CvbookError(
            f"nobody was graded – {args.assignment} – run `cvbook grade {args.assignment}` first"
        )
    return students


def _tell_unreadable(course: "Course", assignment: str, students: list[str]) -> None:
    """Name those whose page says that their work could not be read."""
    from cvbook.grading.records import BROKEN, GradeRecords

    records = GradeRecords(course.root, assignment)
    unread = [s for s in students if (record := records.read(s)) and record.status == BROKEN]
    if unread:
        print(f"could not be graded, and their pages say so: {', '.join(unread)}")


def _give_back(course: "Course", args: argparse.Namespace, students: list[str]) -> None:
    from cvbook.grading.lms.roster import read_roster
    from cvbook.grading.outputs import giving_back

    left: list[tuple[str, str]] = []
    if args.release:
        released, left = giving_back.release(course, args.assignment, students)
        print(f"released {len(released)} of {len(students)} into the exchange")
    if args.zip:
        roster = read_roster(args.roster, args.id_column)
        path = Path(f"{args.assignment}-feedback.zip")
        inside, outside = giving_back.zip_for_moodle(
            course, args.assignment, students, roster, path
        )
        left += outside
        print(f"{path}: {len(inside)} of {len(students)}")
    for student, reason in left:
        print(f"left out: {student} – {reason}", file=sys.stderr)
