"""Write the grades of an assignment to a file.

cvbook export 07_separable_conv                           07_separable_conv.csv
cvbook export 07_separable_conv --to canvas -o upload.csv   for Canvas: Grades, Import
cvbook export 07_separable_conv --to moodle                 for Moodle: Grades, Import, CSV file
"""

import argparse
from pathlib import Path

from cvbook.commands._course import add_assignment_arguments, open_course


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--to", choices=["csv", "canvas", "moodle"], default="csv")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.outputs import export

    name = args.assignment if args.to == "csv" else f"{args.assignment}-{args.to}"
    path = args.output or Path(f"{name}.csv")
    table = export.rows(open_course(args), args.assignment)
    export.WRITERS[args.to](path, args.assignment, table)
    print(f"{path}: {len(table)} student(s)")
    return 0
