"""Batch grading of an assignment: read, sanitise and save here, execute on Dask workers.

Only this process writes to the gradebook. Submissions are saved one by one (grades, then notebooks,
then record), so an interrupted run keeps all that it has graded.
"""

import contextlib
import errno
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.utils import determine_grade, is_grade

from cvbook.errors import CvbookError
from cvbook.grading.execution import run_job
from cvbook.grading.integrity import settings
from cvbook.grading.jobs import ExecutionLimits, ExecutionResult, Job
from cvbook.grading.nbgrader.converter import Converter
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import TRANSIENT_DB_ERRORS, retry
from cvbook.grading.nbgrader.locks import locked
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.records import BROKEN, FLAGGED, GRADED, INCOMPLETE, GradeRecord, GradeRecords
from cvbook.grading.submission import Submission, digest, printable, read_submission

#: Part of each submission's hash: raise it when a change here changes grades.
VERSION = "2"
#: Errors of a disk that is full or broken.
DISK_ERRORS = {errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EROFS}


@dataclass
class _Pending:
    """A submission that a worker executes."""

    student: str
    record: GradeRecord
    paths: list[Path]
    future: Any


class Batch:
    """Grader of an assignment's submissions.

    Parameters
    ----------
    course : Course
    assignment : str
    limits : ExecutionLimits

    Raises
    ------
    CvbookError
        If there is no such assignment, or the course's settings are wrong.
    """

    def __init__(self, course: Course, assignment: str, limits: ExecutionLimits):
        guard, review = settings.from_config(course.config)
        self.course = course
        self.assignment = assignment
        self.limits = limits
        self.answer_modules = review.modules()
        self.records = GradeRecords(course.root, assignment)
        self.specs = course.enter(assignment)
        self.files = course.files(assignment)
        self.modules = {spec.name: guard.modules(_own_code(spec)) for spec in self.specs}
        self.preload = tuple(dict.fromkeys(name for each in self.modules.values() for name in each))
        self.trusted_modules = {name.partition(".")[0] for name in self.preload}

    def key(self, student: str) -> str:
        """Hash a submission and everything that its grade depends on.

        Parameters
        ----------
        student : str

        Returns
        -------
        str
        """
        folder = self.course.folder("submitted", student, self.assignment)
        graded_by = (self.specs, self.limits, self.modules, self.answer_modules)
        return digest(folder, VERSION, *map(repr, graded_by))

    def to_do(self, students: Sequence[str], force: bool = False) -> list[str]:
        """Select the submissions that are new or have changed since they were graded.

        Parameters
        ----------
        students : sequence of str
        force : bool
            Select all.

        Returns
        -------
        list of str
        """
        if force:
            return list(students)
        return [student for student in students if not self._done(student)]

    def _done(self, student: str) -> bool:
        record = self.records.read(student)
        graded = self.course.folder("autograded", student, self.assignment)
        if record is None or record.key != self.key(student):
            return False
        if record.status != BROKEN and not graded.is_dir():
            return False
        with self.course.gradebook() as gradebook:
            try:
                gradebook.find_submission(self.assignment, student)
            except MissingEntry:
                return False
        return True

    def grade(
        self, students: Sequence[str], client: Any, ahead: int, done: Callable[[GradeRecord], None]
    ) -> None:
        """Grade submissions.

        Parameters
        ----------
        students : sequence of str
        client : distributed.Client
        ahead : int
            How many submissions may be pending at once; the others are read later.
        done : callable
            Called with each record as soon as it is saved.

        Raises
        ------
        CvbookError
            If the scheduler is lost, or grades or notebooks cannot be saved.
        """
        from distributed import CancelledError, as_completed
        from distributed.client import ClosedClientError
        from distributed.comm.core import CommClosedError

        address = client.scheduler.address
        waiting = deque(students)
        pending: dict[Any, _Pending] = {}
        with self._exclusive(), self.course.stage() as stage:
            converter = Converter(self.course, self.assignment, stage)
            finished = as_completed(with_results=False)

            def refill() -> None:
                while waiting and len(pending) < ahead:
                    task = self._start(waiting.popleft(), converter, client, done)
                    if task is not None:
                        pending[task.future.key] = task
                        finished.add(task.future)

            try:
                refill()
                for future in finished:
                    task = pending.pop(future.key)
                    self._finish(task, future, converter)
                    done(task.record)
                    refill()
            except (CancelledError, ClosedClientError, CommClosedError):  # scheduler gone
                raise CvbookError(
                    f"lost the scheduler – {address} – start it again and run this command again: "
                    "what is graded is kept"
                ) from None
            except (*TRANSIENT_DB_ERRORS, OSError) as error:
                raise CvbookError(
                    f"cannot save – {self.course.root} – {_first_line(error)}; fix it and run "
                    "this command again: what is graded is kept"
                ) from error
            finally:
                with contextlib.suppress(ClosedClientError):
                    client.cancel([task.future for task in pending.values()])

    def _start(
        self, student: str, converter: Converter, client: Any, done: Callable[[GradeRecord], None]
    ) -> _Pending | None:
        """Read, sanitise and submit to Dask; None if there is nothing to execute."""
        record = GradeRecord(student, key=self.key(student))
        folder = self.course.folder("submitted", student, self.assignment)
        try:
            submission = read_submission(folder, self.specs, self.trusted_modules)
            record.notes += submission.notes
            self._write_submission(submission, converter.submitted(student))
            paths = retry(lambda: converter.sanitize(student)) if submission.notebooks else []
        except Exception as error:  # one malformed submission must not stop the others
            if is_infrastructure_error(error):
                raise
            record.notes.append(f"채점할 수 없음: {type(error).__name__}: {_first_line(error)}")
            paths, submission = [], Submission(missing=[s.name for s in self.specs])
        if not paths:
            record.status = BROKEN
            retry(lambda: self._zero(student))
            self._store(record, None, converter)
            done(record)
            return None
        if submission.missing:
            record.status = INCOMPLETE
        replaceable = set(converter.exclude_overwriting.get(self.assignment, []))
        submitted_files = frozenset(submission.files) - (self.files - replaceable)
        jobs = [self._job(path, submitted_files) for path in paths]
        future = client.submit(run_jobs, jobs, pure=False)
        return _Pending(student, record, paths, future)

    def _job(self, path: Path, submitted_files: frozenset[str]) -> Job:
        cells = next(spec.cells for spec in self.specs if spec.name == path.stem)
        return Job(
            name=path.stem,
            notebook=path.read_bytes(),
            files={
                file.relative_to(path.parent).as_posix(): file.read_bytes()
                for file in path.parent.rglob("*")
                if file.is_file() and file.suffix != ".ipynb"
            },
            locked=frozenset(name for name, cell in cells.items() if cell.locked),
            limits=self.limits,
            preload=self.preload,
            modules=self.modules[path.stem],
            answer_modules=self.answer_modules,
            submitted_files=submitted_files,
        )

    def _write_submission(self, submission: Submission, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in submission.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, notebook in submission.notebooks.items():
            nbformat.write(notebook, folder / f"{name}.ipynb")

    def _finish(self, task: _Pending, future: Any, converter: Converter) -> None:
        """Save the results of an executed submission."""
        record = task.record
        results: list[ExecutionResult]
        try:
            results = future.result()  # Dask computes it again if its worker died
        except Exception as error:
            if future.status != "error" or isinstance(error, CvbookError):
                raise  # caused by scheduler or worker, not by the submission
            record.status = BROKEN
            record.key = ""  # the next run tries again
            record.notes.append(f"실행하지 못함: {type(error).__name__}: {_first_line(error)}")
            retry(lambda: self._zero(task.student))
            self._store(record, None, converter)
            return
        for path, result in zip(task.paths, results, strict=True):
            record.seconds += result.seconds
            record.flags += [flag for flag in result.flags if flag not in record.flags]
            record.notes += [note for note in result.notes if note not in record.notes]
            if result.stopped:
                record.status = INCOMPLETE
                record.notes.append(f"{result.stopped}: 거기까지만 채점함")
            path.write_bytes(result.notebook)
        if record.flags and record.status == GRADED:
            record.status = FLAGGED
        try:
            retry(lambda: converter.save(task.student, task.paths))
        except Exception as error:
            if is_infrastructure_error(error):
                raise
            record.status = BROKEN
            record.notes.append(
                f"점수를 저장하지 못함: {type(error).__name__}: {_first_line(error)}"
            )
            retry(lambda: self._zero(task.student))
        self._store(record, converter.autograded(task.student), converter)

    def _store(self, record: GradeRecord, graded: Path | None, converter: Converter) -> None:
        """Move the graded notebooks to their folder, then write the record."""
        target = self.course.folder("autograded", record.student, self.assignment)
        shutil.rmtree(target, ignore_errors=True)
        if graded is not None and graded.is_dir():
            record.cells = _cells(graded)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(graded, target)
        with self.course.gradebook() as gradebook:
            submission = gradebook.find_submission(self.assignment, record.student)
            record.score, record.max_score = float(submission.score), float(submission.max_score)
        self.records.write(record)
        shutil.rmtree(converter.submitted(record.student).parent, ignore_errors=True)
        shutil.rmtree(converter.autograded(record.student).parent, ignore_errors=True)

    def _zero(self, student: str) -> None:
        """Record zero points for a submission that could not be graded."""
        with self.course.gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(self.assignment, student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = 0
                    grade.needs_manual_grade = False
            gradebook.db.commit()

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Lock the assignment: one run at a time grades it."""
        self.records.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as run:
            try:
                run.enter_context(locked(self.records.folder / ".lock", wait=False))
            except BlockingIOError:
                raise CvbookError(
                    f"another `cvbook grade` is running – {self.assignment} – wait until it is done"
                ) from None
            yield


def _own_code(spec: NotebookSpec) -> list[str]:
    """Sources of the assignment's own code cells."""
    return [cell.source for cell in spec.cells.values() if cell.locked and cell.cell_type == "code"]


def run_jobs(jobs: list[Job]) -> list[ExecutionResult]:
    """Execute the notebooks of one submission: the Dask task.

    Parameters
    ----------
    jobs : list of Job

    Returns
    -------
    list of ExecutionResult
    """
    return [run_job(job) for job in jobs]


def _cells(folder: Path) -> dict[str, dict[str, Any]]:
    """Read score and error message of each graded cell."""
    cells = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if not is_grade(cell):
                continue
            score, maximum = determine_grade(cell)
            message = ""
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    message = f"{output.ename}: {output.evalue}"[:1000]
                    break
            cells[cell.metadata.nbgrader.grade_id] = {
                "score": score,
                "max_score": maximum,
                "message": message,
            }
    return cells


def is_infrastructure_error(error: Exception) -> bool:
    """Whether disk, database or configuration caused an error, rather than the submission.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    bool
    """
    if isinstance(error, OSError):
        return error.errno in DISK_ERRORS
    return isinstance(error, (CvbookError, *TRANSIENT_DB_ERRORS))


def _first_line(error: BaseException | None) -> str:
    return printable((str(error).strip().splitlines() or [""])[0][:200])
