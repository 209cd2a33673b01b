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
    parser.add_argument(
        "--to",
        choices=["csv", "canvas", "moodle"],
        default="csv",
        help="system that imports the file; default: csv, with all columns",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: named after the assignment"
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.outputs.export import EXPORTERS

    name = args.assignment if args.to == "csv" else f"{args.assignment}-{args.to}"
    path = args.output or Path(f"{name}.csv")
    exporter = EXPORTERS[args.to](to=str(path), assignment=[args.assignment])
    with open_course(args).gradebook() as gradebook:
        exporter.export(gradebook)
        print(f"{path}: {len(gradebook.students)} student(s)")
    return 0
