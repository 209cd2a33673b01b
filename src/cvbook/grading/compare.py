"""Comparison with plain nbgrader: the same submissions graded by its own command, beside ours."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader.api import Gradebook

from cvbook.errors import CvbookError
from cvbook.grading.batch import Batch
from cvbook.grading.records import GradeRecord
from cvbook.kernels import sandbox
from cvbook.kernels.pool import Pool

#: Points of a submission, by notebook and cell.
Scores = dict[tuple[str, str], float | None]


@dataclass(frozen=True)
class Difference:
    """A test cell to which plain nbgrader gives other points.

    Attributes
    ----------
    student, cell : str
        The cell with its notebook, where the assignment has several.
    ours, theirs : float or None
        Points; None where there are none yet.
    reason : str
        What the record says about it, in Korean.
    place : tuple of str
        Notebook and cell.
    """

    student: str
    cell: str
    ours: float | None
    theirs: float | None
    reason: str
    place: tuple[str, str]


def sample(students: Sequence[str], count: int) -> list[str]:
    """Draw students, the same ones each time.

    Parameters
    ----------
    students : sequence of str
    count : int

    Returns
    -------
    list of str
        Sorted.
    """
    chosen = random.Random(0).sample(sorted(students), min(count, len(students)))
    return sorted(chosen)


def compare(batch: Batch, students: Iterable[str]) -> list[Difference]:
    """Grade submissions by plain nbgrader too, in the sandbox's kernels if there is one.

    Where our record does not say why points differ, nbgrader grades once more: points of a test
    that is drawn or timed differ from one run to the next.

    Parameters
    ----------
    batch : Batch
    students : iterable of str
        Who were graded.

    Returns
    -------
    list of Difference
        By student and cell; empty if all points are the same.

    Raises
    ------
    CvbookError
        If the assignment needs a kernel of another environment, or nbgrader cannot enter it.
    """
    others = [name for name, kernel in batch.kernels.items() if kernel is not None]
    if others and batch.limits.sandbox:
        raise CvbookError(
            f"cannot compare – {', '.join(others)} – plain nbgrader would run its kernel without "
            "a sandbox; allow that with --no-sandbox"
        )
    records = {name: record for name in students if (record := batch.records.read(name))}
    theirs = _graded(batch, records)
    found = _differences(batch, records, theirs)
    unexplained = {one.student: records[one.student] for one in found if not one.reason}
    again = _graded(batch, unexplained) if unexplained else {}
    return [
        one
        if one.reason
        else replace(one, reason=_drawn(one, again) or records[one.student].went_wrong)
        for one in found
    ]


def _drawn(one: Difference, again: Mapping[str, Scores]) -> str:
    """Say that nbgrader's own points differ from one run to the next, if they do."""
    scores = again.get(one.student, {})
    other = scores.get(one.place)
    if one.theirs is None or other is None or _near(one.theirs, other):
        return ""
    return f"실행할 때마다 다른 점수: nbgrader로 다시 채점하면 {other:g}점"


def _graded(batch: Batch, students: Iterable[str]) -> dict[str, Scores]:
    """Grade submissions by nbgrader, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="cvbook-compare-") as folder:
        root = Path(folder)
        url = f"sqlite:///{root}/gradebook.db"
        _copy(batch, students, root)
        _run_nbgrader(batch, root, url)
        return _scores(url, batch.course.directory.course_id, batch.assignment)


def _differences(
    batch: Batch, records: Mapping[str, GradeRecord], theirs: Mapping[str, Scores]
) -> list[Difference]:
    found = []
    for student, record in records.items():
        cells = theirs.get(student, {})
        if not any(value is not None for value in cells.values()):
            reason = record.went_wrong or "nbgrader가 채점하지 못함"
            found.append(Difference(student, "*", record.score, None, reason, ("", "")))
            continue
        several = len(batch.specs) > 1
        for notebook, own in record.cells.items():
            for name, cell in own.items():
                ours, other = cell["score"], cells.get((notebook, name))
                if ours is None or ours == other or _near(ours, other):
                    continue
                shown = f"{notebook}/{name}" if several else name
                reason = _why(record, name, f"{notebook}: " if several else "")
                place = (notebook, name)
                found.append(Difference(student, shown, ours, other, reason, place))
    return found


def _near(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) < 1e-9


def _copy(batch: Batch, students: Iterable[str], root: Path) -> None:
    """Copy configuration, source and submissions to a course folder of their own."""
    course, assignment = batch.course, batch.assignment
    for path in course.root.glob("*.py"):
        shutil.copy(path, root)
    for path in course.root.glob("nbgrader_config.json"):
        shutil.copy(path, root)
    shutil.copytree(course.source(assignment), root / "source" / assignment)
    for student in students:
        folder = course.folder("submitted", student, assignment)
        target = root / "submitted" / student / assignment
        shutil.copytree(folder, target, symlinks=True)


def _run_nbgrader(batch: Batch, root: Path, url: str) -> None:
    settings = {
        "root": str(root),
        "db_url": url,
        "source_directory": "source",
        "release_directory": "release",
        "submitted_directory": "submitted",
        "autograded_directory": "autograded",
        "directory_structure": "{nbgrader_step}/{student_id}/{assignment_id}",
    }
    options = ["--Autograde.create_student=True"]
    options += [f"--CourseDirectory.{name}={value}" for name, value in settings.items()]
    environment = dict(os.environ)
    limits = batch.limits
    pool = None
    if limits.sandbox:
        inside = sandbox.Limits(
            cpu_seconds=int(limits.notebook_seconds),
            memory=limits.memory_bytes,
            processes=limits.processes,
            disk=limits.disk_bytes,
        )
        pool = Pool(inside, preload=batch.preload)
        environment |= pool.environment
    try:
        for step in ("generate_assignment", "autograde"):
            line = [sys.executable, "-m", "nbgrader", step, batch.assignment, *options]
            done = subprocess.run(
                line, cwd=root, env=environment, capture_output=True, text=True, check=False
            )
            if step == "generate_assignment" and done.returncode:
                last = (done.stderr.strip().splitlines() or ["no message"])[-1]
                raise CvbookError(f"nbgrader cannot enter it – {batch.assignment} – {last}")
    finally:
        if pool is not None:
            pool.close()


def _scores(url: str, course_id: str, assignment: str) -> dict[str, Scores]:
    with Gradebook(url, course_id) as gradebook:
        return {
            submission.student.id: {
                (notebook.name, grade.name): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(assignment)
        }


def _why(record: GradeRecord, cell: str, where: str) -> str:
    """What a record says about a cell, in lines that start with `where`."""
    texts = (*record.unclear, *record.notes)
    said = [text.removeprefix(where) for text in texts if text.startswith(where)]
    own = [text for text in said if text.startswith(f"{cell}: ")]
    own += [text for text in said if "stderr" in text and cell in text.split(": ")[-1].split(", ")]
    return "; ".join(own)
