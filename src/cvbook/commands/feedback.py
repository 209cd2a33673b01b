"""Write the students' feedback pages into feedback/, with students' HTML sanitized.

  cvbook feedback 07_separable_conv                  everyone who was graded
  cvbook feedback 07_separable_conv --student kim

They are nbgrader's pages, complete in themselves: formulas and pictures need no other host, nothing
in them runs. Work that could not be read gets a page that says why. Release
them with `nbgrader release_feedback`.
Exit code 1 if the pages of a student could not be written; those of the others are written.
"""

import argparse
import sys

from cvbook.commands._course import add_assignment_arguments, open_course


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--student", nargs="+", metavar="ID", help="only these; default: all")


def run(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from cvbook.errors import CvbookError
    from cvbook.grading.outputs import feedback
    from cvbook.grading.records import GradeRecords

    course = open_course(args)
    graded = [record.student for record in GradeRecords(course.root, args.assignment)]
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
    failed = []
    for student in tqdm(students, unit="student", disable=None):
        try:
            feedback.write(course, args.assignment, student)
        except CvbookError as error:  # must not stop the others
            failed.append(student)
            tqdm.write(str(error), file=sys.stderr)
    folder = course.folder("feedback", students[0], args.assignment).parent.parent
    print(f"{folder}: feedback for {len(students) - len(failed)} of {len(students)} student(s)")
    return 1 if failed else 0
