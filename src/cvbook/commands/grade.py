"""Grade the submissions of an assignment: in parallel, each behind walls.

Run it in a course folder of nbgrader's. Grades go into nbgrader's gradebook, graded notebooks into
autograded/, so formgrader, feedback and exchange work as ever. Submissions that have not changed
since they were graded are skipped; after Ctrl-C the next run goes on where this one stopped.

  cvbook grade 07_separable_conv                         everyone
  cvbook grade 07_separable_conv --student kim --force   one student, again
  cvbook grade 07_separable_conv --db postgresql://teacher@server/grades
  cvbook grade 07_separable_conv --scheduler tls://head:8786

Exit code 0 when every submission got a grade, 3 when some need a human, 2 on wrong use.
"""

import argparse
import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cvbook.commands._course import add_assignment_arguments, open_course
from cvbook.errors import CvbookError

#: Cores whose kernels one process looks after: it has one fork server for all of them, which takes
#: 5 s and half a gigabyte.
CORES = 4


def configure(parser: argparse.ArgumentParser) -> None:
    add_assignment_arguments(parser)
    parser.add_argument("--student", nargs="+", metavar="ID", help="only these; default: all")
    parser.add_argument(
        "--workers",
        type=_positive,
        default=os.cpu_count(),
        metavar="N",
        help="cores to keep busy; default: all",
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that is running")
    parser.add_argument(
        "--timeout",
        type=_positive,
        default=300,
        metavar="S",
        help="seconds for a cell; a notebook gets five times that (default %(default)s)",
    )
    parser.add_argument("--memory", type=_size, default="4G", metavar="BYTES", help="%(default)s")
    parser.add_argument("--disk", type=_size, default="512M", metavar="BYTES", help="%(default)s")
    parser.add_argument("--processes", type=_positive, default=256, metavar="N", help="%(default)s")
    parser.add_argument("--force", action="store_true", help="grade unchanged submissions too")
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run what students wrote with YOUR rights: it can read and delete your files",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the outcomes there too")


def run(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from cvbook.grading.batch import Batch
    from cvbook.grading.execution import Limits
    from cvbook.grading.records import GRADED, Record
    from cvbook.kernels.sandbox import unavailable_reason

    course = open_course(args)
    limits = Limits(
        cell_seconds=args.timeout,
        notebook_seconds=5 * args.timeout,
        memory_bytes=args.memory,
        disk_bytes=args.disk,
        processes=args.processes,
        sandbox=not args.no_sandbox,
    )
    if args.no_sandbox:
        print(
            "WARNING: no sandbox. The students' code runs with your rights: it can read, change "
            "and send away everything that you can.",
            file=sys.stderr,
        )
    elif reason := unavailable_reason():
        raise CvbookError(f"{reason} (--no-sandbox)")
    interrupted: list[int] = []  # Python may be where it forgets the exception: in a finaliser

    def interrupt(number: int, frame: Any) -> None:
        interrupted.append(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, interrupt)
    batch = Batch(course, args.assignment, limits)
    students = _chosen(course, args)
    to_do = batch.to_do(students, args.force)
    if to_do:
        with (
            _cluster(args, len(to_do)) as client,
            tqdm(total=len(to_do), unit="submission", disable=None) as bar,
        ):
            workers = max(1, sum(client.nthreads().values()))

            def done(record: Record) -> None:
                bar.update()
                if interrupted:
                    raise KeyboardInterrupt

            batch.grade(to_do, client, 2 * workers + 1, done)
    records = [record for s in students if (record := batch.records.read(s)) is not None]
    _print(records, len(students) - len(to_do))
    if args.json:
        from dataclasses import asdict

        text = json.dumps([asdict(record) for record in records], ensure_ascii=False, indent=1)
        args.json.write_text(text, "utf-8")
    return 0 if all(record.status == GRADED for record in records) else 3


def _chosen(course: Any, args: argparse.Namespace) -> list[str]:
    students: list[str] = course.students(args.assignment)
    place = course.folder("submitted", "*", args.assignment)
    if args.student:
        absent = [student for student in args.student if student not in students]
        if absent:
            raise CvbookError(f"no submission of {', '.join(absent)} – {place} – check the names")
        return list(dict.fromkeys(args.student))
    if not students:
        raise CvbookError(f"no submissions – {place} – collect them first")
    return students


@contextlib.contextmanager
def _cluster(args: argparse.Namespace, count: int) -> Iterator[Any]:
    import dask
    from distributed import Client, LocalCluster

    # The log of messages would keep a thousand notebooks.
    quiet = {"distributed.admin.tick.limit": "1h", "distributed.admin.low-level-log-length": 10}
    dask.config.set(quiet)
    for logger in ("distributed", "distributed.client"):  # we say ourselves what is wrong
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    if args.scheduler:
        try:
            client = Client(args.scheduler, timeout=20)
        except (OSError, ValueError) as error:
            raise CvbookError(
                f"no answer – {args.scheduler} – is the scheduler running there? ({error})"
            ) from error
        with client:
            if not client.nthreads():
                print(f"no workers at {args.scheduler} yet: waiting for them", file=sys.stderr)
                client.wait_for_workers(1)
            yield client
        return
    # Kernels wait for messages a third of their time: three of them keep two cores busy.
    kernels = min(args.workers + (args.workers + 1) // 2, count)
    processes = -(-min(args.workers, count) // CORES)
    with (
        LocalCluster(
            n_workers=processes,
            threads_per_worker=-(-kernels // processes),
            security=True,  # else who is logged in here could let the workers run code as us
            dashboard_address="127.0.0.1:0",  # None would take port 8787, for everybody to see
            memory_limit=0,
            silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _print(records: list[Any], skipped: int) -> None:
    from cvbook.grading.submission import printable

    names = [printable(record.student) for record in records]
    width = max(len("student"), *map(len, names))
    print(f"{'student':<{width}}  {'score':>11}  what went wrong")
    for name, record in zip(names, records, strict=True):
        score = f"{record.score:g}/{record.max_score:g}"
        line = record.went_wrong
        if sys.stdout.isatty() and len(line) > 99:
            line = f"{line[:99]}…"
        print(f"{name:<{width}}  {score:>11}  {line}")
    humans = sum(record.status != "graded" for record in records)
    print(f"{len(records)} submission(s), {skipped} unchanged, {humans} for a human")


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
