"""Write a page about how an assignment went; it opens in any browser, without a network.

Score distribution, difficulty and discrimination of each test, the most common failures, what
needs a human, slow and missing submissions, and pairs of nearly identical answers.

  cvbook report 07_separable_conv                 07_separable_conv-report.html and .csv
  cvbook report 07_separable_conv -o week7.html
"""

import argparse
import warnings
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT")
    parser.add_argument("--course", type=Path, default=Path(), metavar="DIR", help="default: here")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument(
        "--formgrader",
        default="http://localhost:8888/formgrader",
        metavar="URL",
        help="where the page's links lead (default %(default)s)",
    )
    parser.add_argument("--db", metavar="URL", help="gradebook; default: as nbgrader is configured")


def run(args: argparse.Namespace) -> int:
    from sqlalchemy.exc import SAWarning

    from cvbook.grading.nbgrader.course import Course
    from cvbook.grading.outputs import report

    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own models set them off
    path = args.output or Path(f"{args.assignment}-report.html")
    for written in report.write(
        Course(args.course, args.db), args.assignment, path, args.formgrader
    ):
        print(written)
    return 0
