"""Grade the submissions of an assignment: in parallel, each in a sandbox.

Run it in an nbgrader course folder. Grades go into nbgrader's gradebook, graded notebooks into
autograded/, so formgrader, feedback and exchange work as usual. A submission is graded again where
something changed that its grade depends on: its files, a test in the source, files beside it,
settings and plugins, the due date, versions, or its points in the gradebook, which another program
may write; the run says what. Manual grades and comments stay. Penalties for lateness are set anew
at each run, from the extensions, marks and policy of that moment, for unchanged submissions too;
without a timestamp.txt that can be read, a submission counts as handed in on time. After Ctrl-C,
the next run continues with the rest. Scores are the gradebook's, after penalties and manual grades.

Each test cell counts as a careful person would count it: what is written on stderr costs nothing,
and a shown number gives its points however it is printed. Where plain nbgrader would give other
points, or an outcome can be read in two ways, the table says so. A fault of the machine or the
course (a kernel that does not start, a missing module, a plugin that fails, a full disk, first
submissions that all fail alike) ends the run and changes no grade. Where one submission fails alone
before any answer of its own, the table says so, and the next run tries again.

Where an assignment has several notebooks, what is said of a cell starts with its notebook.
Notebooks run in the kernel that they name; one that is not installed is refused by name.

The sandbox is made of Linux namespaces: code in it has no network, no access to other processes
and to your files, and limited memory, disk and time. Where it cannot be built, nothing is
executed. A notebook that replaces functions that tests rely on gets no points for these tests and
is listed for manual review. A course's own modules to watch, and those that hold answers, are set
in nbgrader_config.py:

  c.IntegrityGuard.watched_modules = {"mycourse": ["mycourse.checkers.*"]}
  c.IntegrityReview.answer_modules = ["mycourse.solutions"]

A value that tests read and students must not know, such as the seed of a hidden test set, is set
while a test cell runs that names it, and at no other time:

  c.TestValues.values = {"MYCOURSE_SEED": os.environ.get("MYCOURSE_SEED", "")}

  cvbook grade 07_separable_conv                         everyone
  cvbook grade 07_separable_conv --student kim --force   one student, again
  cvbook grade 07_separable_conv --compare 10            a sample by plain nbgrader too
  cvbook grade 07_separable_conv --db postgresql://teacher@server/grades
  cvbook grade 07_separable_conv --scheduler tls://head:8786

Exit code: 0 if every submission was graded, 3 if some need manual review or can be read in two
ways, 1 error, 2 wrong usage.
"""

import argparse
import os
import signal
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvbook.commands._course import add_assignment_arguments, open_course
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from cvbook.grading.batch import Batch
    from cvbook.grading.jobs import ExecutionLimits
    from cvbook.grading.nbgrader.course import Course
    from cvbook.grading.records import GradeRecord


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--student", nargs="+", metavar="ID", help="only these; default: all")
    parser.add_argument(
        "--workers",
        type=_positive,
        default=os.cpu_count(),
        metavar="N",
        help="cores to use; default: all",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="use the workers of this Dask scheduler"
    )
    parser.add_argument(
        "--timeout",
        type=_positive,
        default=300,
        metavar="S",
        help="seconds for a cell; a notebook gets five times that (default %(default)s)",
    )
    parser.add_argument(
        "--memory",
        type=_size,
        default="4G",
        metavar="BYTES",
        help="such as 512M or 4G: memory that a submission's kernel and its processes may "
        "allocate together, on top of the imported libraries; beyond it the kernel is killed and "
        "what follows gets no points (default %(default)s)",
    )
    parser.add_argument(
        "--disk",
        type=_size,
        default="512M",
        metavar="BYTES",
        help="such as 64M: size of all files that a submission may write; beyond it writing fails "
        "with 'No space left on device' (default %(default)s)",
    )
    parser.add_argument(
        "--processes",
        type=_positive,
        default=256,
        metavar="N",
        help="processes and threads that a submission may have at once; beyond it starting one "
        "fails, so a fork bomb stops here (default %(default)s)",
    )
    parser.add_argument(
        "--compare",
        type=_positive,
        metavar="N",
        help="also grade a sample of N submissions with plain nbgrader, in kernels of the sandbox, "
        "and print each test cell to which it gives other points, with the reason",
    )
    parser.add_argument("--force", action="store_true", help="grade unchanged submissions too")
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run students' code with YOUR rights: it can read and delete your files",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the outcomes to it")


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.batch import Batch
    from cvbook.grading.records import GRADED, as_json
    from cvbook.grading.submission import printable

    course = open_course(args)
    batch = Batch(course, args.assignment, _limits(args))
    students = _chosen(course, args)
    for name in sorted(name for name, value in batch.values.items() if not value):
        print(
            f"{name} is not set: tests use the public default – set it in the environment or in "
            "nbgrader_config.py",
            file=sys.stderr,
        )
    to_do = batch.to_do(students, args.force)
    for why, count in Counter(filter(None, to_do.values())).items():
        print(f"{count} to grade again: {why}")
    with batch.records.exclusive():
        if to_do:
            _grade(batch, list(to_do), args)
        records, late = batch.settle(students)
    if late:
        print(f"{len(late)} with another penalty for lateness: {', '.join(map(printable, late))}")
        print("their feedback pages are removed: run `cvbook feedback` again")
    _print(records, len(students) - len(to_do))
    for text in course.passed_over(args.assignment):
        print(f"passed over: {text}", file=sys.stderr)
    if args.json:
        args.json.write_text(as_json([asdict(record) for record in records]), "utf-8")
    if args.compare:
        _compare(batch, students, args.compare)
    return 0 if all(record.status == GRADED for record in records) else 3


def _limits(args: argparse.Namespace) -> "ExecutionLimits":
    """Read the limits; without a sandbox, refuse unless `--no-sandbox` is given."""
    from cvbook.grading.jobs import ExecutionLimits
    from cvbook.kernels import sandbox

    if args.no_sandbox:
        print(
            "WARNING: no sandbox. The students' code runs with your rights: it can read, change "
            "and send away everything that you can.",
            file=sys.stderr,
        )
    elif reason := sandbox.unavailable_reason():
        raise CvbookError(f"{reason} (--no-sandbox)")
    return ExecutionLimits(
        cell_seconds=args.timeout,
        notebook_seconds=5 * args.timeout,
        memory_bytes=args.memory,
        disk_bytes=args.disk,
        processes=args.processes,
        sandbox=not args.no_sandbox,
    )


def _grade(batch: "Batch", students: list[str], args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from cvbook.grading import cluster

    interrupted: list[int] = []  # in a finaliser, Python ignores the exception

    def interrupt(number: int, frame: Any) -> None:
        interrupted.append(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, interrupt)
    with (
        cluster.connect(args.scheduler, args.workers, len(students)) as client,
        tqdm(total=len(students), unit="submission", disable=None) as bar,
    ):
        workers = max(1, sum(client.nthreads().values()))

        def done(record: "GradeRecord") -> None:
            bar.update()
            if interrupted:
                raise KeyboardInterrupt

        batch.grade(students, client, 2 * workers + 1, done)


def _compare(batch: "Batch", students: list[str], count: int) -> None:
    from cvbook.grading import compare
    from cvbook.grading.submission import printable

    chosen = compare.sample(students, count)
    found = compare.compare(batch, chosen)
    for one in found:
        theirs = "none" if one.theirs is None else f"{one.theirs:g}"
        print(
            f"{printable(one.student)}  {one.cell}: {one.ours:g}, nbgrader {theirs}  "
            f"{printable(one.reason)}"
        )
    print(f"{len(chosen)} graded by plain nbgrader too, {len(found)} test cell(s) differ")


def _chosen(course: "Course", args: argparse.Namespace) -> list[str]:
    students = course.students(args.assignment)
    wanted = [course.student(name, args.assignment) for name in args.student or []]
    place = course.folder("submitted", "*", args.assignment)
    if args.student:
        absent = [student for student in wanted if student not in students]
        if absent:
            raise CvbookError(f"no submission of {', '.join(absent)} – {place} – check the names")
        return list(dict.fromkeys(wanted))
    if not students:
        raise CvbookError(f"no submissions – {place} – collect them first")
    return students


def _print(records: list["GradeRecord"], skipped: int) -> None:
    from cvbook.grading.submission import printable

    names = [printable(record.student) for record in records]
    width = max(len("student"), *map(len, names))
    print(f"{'student':<{width}}  {'score':>11}  what went wrong")
    for name, record in zip(names, records, strict=True):
        score = f"{record.score:g}/{record.max_score:g}"
        line = printable(record.went_wrong)
        if sys.stdout.isatty() and len(line) > 99:
            line = f"{line[:99]}…"
        print(f"{name:<{width}}  {score:>11}  {line}")
    for_review = sum(record.status != "graded" for record in records)
    by_hand = sum(record.manual for record in records)
    print(
        f"{len(records)} submission(s), {skipped} unchanged, {for_review} for manual review, "
        f"{by_hand} with answers to grade by hand"
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


def _size(text: str) -> int:
    units = {"K": 10, "M": 20, "G": 30}
    shift = units.get(text[-1:].upper(), 0)
    try:
        return int(float(text[:-1] if shift else text) * (1 << shift))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 512M or 4G") from None
