"""Write the grades of an assignment to a file.

cvbook export 07_separable_conv                           07_separable_conv.csv
cvbook export 07_separable_conv --to canvas -o upload.csv   for Canvas: Grades, Import
cvbook export 07_separable_conv --to moodle                 for Moodle: Grades, Import, CSV file
"""

import argparse
import warnings
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT")
    parser.add_argument("--course", type=Path, default=Path(), metavar="DIR", help="default: here")
    parser.add_argument("--to", choices=["csv", "canvas", "moodle"], default="csv")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument("--db", metavar="URL", help="gradebook; default: as nbgrader is configured")


def run(args: argparse.Namespace) -> int:
    from sqlalchemy.exc import SAWarning

    from cvbook.grading.nbgrader.course import Course
    from cvbook.grading.outputs import export

    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own models set them off
    name = args.assignment if args.to == "csv" else f"{args.assignment}-{args.to}"
    path = args.output or Path(f"{name}.csv")
    table = export.rows(Course(args.course, args.db), args.assignment)
    export.WRITERS[args.to](path, args.assignment, table)
    print(f"{path}: {len(table)} student(s)")
    return 0
