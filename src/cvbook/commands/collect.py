"""Collect the submissions of an assignment: from nbgrader's exchange, or from an LMS's download.

Run it in an nbgrader course folder; what it finds is then graded by `cvbook grade`. Of several
attempts the newest counts; what was collected before is updated. Every file that stays out is named
with the reason; data and modules keep their folders beside the notebook. With the LMS's list of
students (Canvas: Grades, Export; Moodle: the assignment's grading worksheet) folders have the
students' names, and who is missing is listed.

  cvbook collect 07_separable_conv --from exchange
  cvbook collect 07_separable_conv submissions.zip --from canvas --roster grades.csv
  cvbook collect 07_separable_conv download/ --from moodle --roster worksheet.csv
  cvbook collect 07_separable_conv folders/ --from files      STUDENT/…/notebook.ipynb

`cvbook export --roster` writes the grades into the same list.

Exit code: 0 if every file was taken, 3 if some stayed out, 1 error, 2 wrong usage.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cvbook.commands._course import add_assignment_arguments, open_course
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from cvbook.grading.lms.collect import Outcome


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument(
        "download", nargs="?", type=Path, metavar="PATH", help="folder or ZIP file of the LMS"
    )
    parser.add_argument(
        "--from",
        dest="kind",
        required=True,
        choices=["exchange", "canvas", "moodle", "files"],
        help="where the submissions are from; files: one folder a student",
    )
    add_roster_arguments(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the table to it")


def add_roster_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--roster` and `--id-column`.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "--roster", type=Path, metavar="FILE", help="the LMS's list of students, a CSV file"
    )
    parser.add_argument(
        "--id-column",
        metavar="NAME",
        help="column of the list with the names of the students' folders; default: login name, "
        "number or e-mail address",
    )


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.lms import collect
    from cvbook.grading.lms.roster import read_roster

    if (args.kind == "exchange") != (args.download is None):
        what = "names no PATH" if args.kind == "exchange" else "needs the PATH of the download"
        raise CvbookError(f"--from {args.kind} {what} – see `cvbook collect --help`")
    roster = read_roster(args.roster, args.id_column) if args.roster else None
    course = open_course(args)
    if args.kind == "exchange":
        outcome = collect.collect_exchange(course, args.assignment)
    else:
        outcome = collect.collect_download(
            course, args.assignment, args.download, args.kind, roster
        )
    _print(outcome)
    if args.json:
        args.json.write_text(json.dumps(asdict(outcome), ensure_ascii=False, indent=1), "utf-8")
    return 3 if outcome.left else 0


def _print(outcome: "Outcome") -> None:
    from cvbook.grading.lms.collect import count
    from cvbook.grading.submission import printable

    width = max([len("student"), *(len(printable(c.student)) for c in outcome.collected)])
    print(f"{'student':<{width}}  {'status':<9}  files")
    for each in outcome.collected:
        notes = [*each.notes, *["late"] * each.late]
        remark = f" ({'; '.join(notes)})" if notes else ""
        files = printable(", ".join(each.files) + remark)
        print(f"{printable(each.student):<{width}}  {each.status:<9}  {files}")
    for path, reason in outcome.left:
        print(f"left out: {printable(path)} – {printable(reason)}")
    for entry in outcome.missing:
        print(f"nothing from: {printable(' '.join(filter(None, [entry.student, entry.name])))}")
    counts = ", ".join(f"{n} {status}" for status, n in count(outcome.collected).items())
    print(f"{counts}; {len(outcome.left)} file(s) left out, {len(outcome.missing)} missing")
