"""Write the students' feedback pages into feedback/, with nothing in them that could hurt.

  cvbook feedback 07_separable_conv                  everyone who was graded
  cvbook feedback 07_separable_conv --student kim

They are nbgrader's pages; release them with `nbgrader release_feedback` as ever. Exit code 1 if
somebody's page could not be made; those of the others are there all the same.
"""

import argparse
import sys
import warnings
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT")
    parser.add_argument("--course", type=Path, default=Path(), metavar="DIR", help="default: here")
    parser.add_argument("--student", nargs="+", metavar="ID", help="only these; default: all")
    parser.add_argument("--db", metavar="URL", help="gradebook; default: as nbgrader is configured")


def run(args: argparse.Namespace) -> int:
    from sqlalchemy.exc import SAWarning
    from tqdm import tqdm

    from cvbook.errors import CvbookError
    from cvbook.grading.nbgrader.course import Course
    from cvbook.grading.outputs import feedback

    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own models set them off
    course = Course(args.course, args.db)
    students = args.student or [
        student
        for student in course.students(args.assignment)
        if any(course.folder("autograded", student, args.assignment).glob("*.ipynb"))
    ]
    if not students:
        raise CvbookError(
            f"nobody was graded – {args.assignment} – run `cvbook grade {args.assignment}` first"
        )
    failed = []
    for student in tqdm(students, unit="student", disable=None):
        try:
            feedback.write(course, args.assignment, student)
        except CvbookError as error:  # one page that cannot be made must not keep the others back
            failed.append(student)
            tqdm.write(str(error), file=sys.stderr)
    folder = course.folder("feedback", students[0], args.assignment).parent.parent
    print(f"{folder}: feedback for {len(students) - len(failed)} of {len(students)} student(s)")
    return 1 if failed else 0
