"""Write a report on an assignment's results: an HTML page that works offline.

Score distribution, difficulty and discrimination of each test, the most common failures,
submissions for manual review, slow and missing ones, and pairs of nearly identical answers.

  cvbook report 07_separable_conv                 07_separable_conv-report.html and .csv
  cvbook report 07_separable_conv -o week7.html
"""

import argparse
from pathlib import Path

from cvbook.commands._course import add_assignment_arguments, open_course


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: named after the assignment"
    )
    parser.add_argument(
        "--formgrader",
        default="http://localhost:8888/formgrader",
        metavar="URL",
        help="where the page's links lead (default %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.outputs import report

    path = args.output or Path(f"{args.assignment}-report.html")
    for written in report.write(open_course(args), args.assignment, path, args.formgrader):
        print(written)
    return 0
