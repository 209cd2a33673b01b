"""Write a report on an assignment's results: an HTML page that works offline.

What is left to do first: answers to grade by hand, submissions for manual review, late and missing
ones, nearly identical answers side by side. Then all scores, difficulty and discrimination of each
task, rankings by tests that give points by a measured score, and failures of each task counted by
hint, with the students. Links lead to Formgrader.

  cvbook report 07_separable_conv                 07_separable_conv-report.html and .csv
  cvbook report 07_separable_conv -o week7.html
  cvbook report 10_shared_backbone --anonymous    also the ranking without names, -ranking.csv
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
        metavar="URL",
        help="where the page's links lead; default: Formgrader of your server on a JupyterHub, or "
        "of a running Jupyter server with the course's files, or http://localhost:8888/formgrader",
    )
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="also write the rankings without names, to show to the class",
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.outputs import links, report

    path = args.output or Path(f"{args.assignment}-report.html")
    course = open_course(args)
    formgrader = args.formgrader or links.find(course.root)
    for written in report.write(course, args.assignment, path, formgrader, args.anonymous):
        print(written)
    return 0
