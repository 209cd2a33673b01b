"""Grade an assignment: read, sanitise and save here, execute on Dask workers.

Only this process touches the gradebook. Each submission is finished on its own (grades, then
notebook, then record), so whatever stops a run loses nothing that was graded.
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

from cvbook.errors import CvbookError
from cvbook.grading import submission as intake
from cvbook.grading.execution import Job, Limits, Result, run_job
from cvbook.grading.integrity import guard
from cvbook.grading.nbgrader.course import DISTURBED, Converter, Course, again, locked
from cvbook.grading.records import BROKEN, FLAGGED, GRADED, INCOMPLETE, Record, Records

#: Changes whenever the same submission would be graded differently.
VERSION = "2"
#: A disk that is full or broken.
NO_PLACE = {errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EROFS}


@dataclass
class _Task:
    """A submission on its way."""

    student: str
    record: Record
    paths: list[Path]
    future: Any


class Batch:
    """All submissions of an assignment.

    Parameters
    ----------
    course : Course
    assignment : str
    limits : Limits
    """

    def __init__(self, course: Course, assignment: str, limits: Limits):
        self.course = course
        self.assignment = assignment
        self.limits = limits
        self.records = Records(course.root, assignment)
        self.specs = course.enter(assignment)
        own = [
            cell.source
            for spec in self.specs
            for cell in spec.cells.values()
            if cell.locked and cell.cell_type == "code"
        ]
        self.files = course.files(assignment)
        self.modules = tuple(guard.imports(own))
        self.trusted_modules = {name.partition(".")[0] for name in self.modules}

    def key(self, student: str) -> str:
        """Hash what the student handed in and what it is graded by."""
        folder = self.course.folder("submitted", student, self.assignment)
        return intake.digest(folder, VERSION, repr(self.specs), repr(self.limits))

    def to_do(self, students: Sequence[str], force: bool = False) -> list[str]:
        """Leave out the submissions that have not changed since they were graded."""
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
        self, students: Sequence[str], client: Any, ahead: int, done: Callable[[Record], None]
    ) -> None:
        """Grade submissions.

        Parameters
        ----------
        students : sequence of str
        client : distributed.Client
        ahead : int
            How many submissions may be under way; the others wait unread.
        done : callable
            Gets each record as soon as it is saved.
        """
        from distributed import CancelledError, as_completed
        from distributed.client import ClosedClientError
        from distributed.comm import CommClosedError

        address = client.scheduler.address
        waiting = deque(students)
        under_way: dict[Any, _Task] = {}
        with self._alone(), self.course.stage() as stage:
            converter = Converter(self.course, self.assignment, stage)
            finished = as_completed(with_results=False)

            def refill() -> None:
                while waiting and len(under_way) < ahead:
                    task = self._start(waiting.popleft(), converter, client, done)
                    if task is not None:
                        under_way[task.future.key] = task
                        finished.add(task.future)

            try:
                refill()
                for future in finished:
                    task = under_way.pop(future.key)
                    self._finish(task, future, converter)
                    done(task.record)
                    refill()
            except (CancelledError, ClosedClientError, CommClosedError):  # nobody else cancels
                raise CvbookError(
                    f"lost the scheduler – {address} – start it again, then this command: "
                    "it goes on from what is graded"
                ) from None
            except (*DISTURBED, OSError) as error:
                raise CvbookError(
                    f"cannot save – {self.course.root} – {_first_line(error)}; mend it, then run "
                    "this command again: it goes on from what is graded"
                ) from error
            finally:
                with contextlib.suppress(ClosedClientError):
                    client.cancel([task.future for task in under_way.values()])

    def _start(
        self, student: str, converter: Converter, client: Any, done: Callable[[Record], None]
    ) -> _Task | None:
        """Read and sanitise a submission and send it off; None if there is nothing to execute."""
        record = Record(student, key=self.key(student))
        folder = self.course.folder("submitted", student, self.assignment)
        try:
            submission = intake.read(folder, self.specs, self.trusted_modules)
            record.notes += submission.notes
            self._lay_out(submission, converter.submitted(student))
            paths = again(lambda: converter.sanitize(student)) if submission.notebooks else []
        except Exception as error:  # whatever one submission holds must not stop the others
            if _beyond(error):
                raise
            record.notes.append(f"채점할 수 없음: {type(error).__name__}: {_first_line(error)}")
            paths, submission = [], intake.Submission(missing=[s.name for s in self.specs])
        if not paths:
            record.status = BROKEN
            again(lambda: self._zero(student))
            self._store(record, None, converter)
            done(record)
            return None
        if submission.missing:
            record.status = INCOMPLETE
        theirs = set(converter.exclude_overwriting.get(self.assignment, []))
        jobs = [
            Job(
                path.stem,
                path.read_bytes(),
                {
                    file.relative_to(path.parent).as_posix(): file.read_bytes()
                    for file in path.parent.rglob("*")
                    if file.is_file() and file.suffix != ".ipynb"
                },
                frozenset(
                    name
                    for spec in self.specs
                    if spec.name == path.stem
                    for name, cell in spec.cells.items()
                    if cell.locked
                ),
                self.limits,
                self.modules,
                frozenset(submission.files) - (self.files - theirs),
            )
            for path in paths
        ]
        future = client.submit(run_jobs, jobs, pure=False)
        return _Task(student, record, paths, future)

    def _lay_out(self, submission: intake.Submission, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in submission.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, notebook in submission.notebooks.items():
            nbformat.write(notebook, folder / f"{name}.ipynb")

    def _finish(self, task: _Task, future: Any, converter: Converter) -> None:
        """Save what came back."""
        record = task.record
        results: list[Result]
        try:
            results = future.result()  # computed again if it died with its worker
        except Exception as error:
            if future.status != "error" or isinstance(error, CvbookError):
                raise  # the scheduler's fault or the worker's, not the submission's
            record.status = BROKEN
            record.key = ""  # the next run tries again
            record.notes.append(f"실행하지 못함: {type(error).__name__}: {_first_line(error)}")
            again(lambda: self._zero(task.student))
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
            again(lambda: converter.save(task.student, task.paths))
        except Exception as error:
            if _beyond(error):
                raise
            record.status = BROKEN
            record.notes.append(
                f"점수를 저장하지 못함: {type(error).__name__}: {_first_line(error)}"
            )
            again(lambda: self._zero(task.student))
        self._store(record, converter.autograded(task.student), converter)

    def _store(self, record: Record, graded: Path | None, converter: Converter) -> None:
        """Put the graded notebooks in place, then the record that says so."""
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
        """Enter a submission of which nothing could be graded."""
        with self.course.gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(self.assignment, student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = 0
                    grade.needs_manual_grade = False
            gradebook.db.commit()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one run grade an assignment at a time."""
        self.records.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as run:
            try:
                run.enter_context(locked(self.records.folder / ".lock", wait=False))
            except BlockingIOError:
                raise CvbookError(
                    f"another `cvbook grade` is at it – {self.assignment} – wait until it is done"
                ) from None
            yield


def run_jobs(jobs: list[Job]) -> list[Result]:
    """Execute the notebooks of one submission: the Dask task."""
    return [run_job(job) for job in jobs]


def _cells(folder: Path) -> dict[str, dict[str, Any]]:
    """Read what the students will see of each graded cell."""
    from nbgrader.utils import determine_grade, is_grade

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


def _beyond(error: Exception) -> bool:
    """Whether it lies with the course's machine, not with what was handed in."""
    if isinstance(error, OSError):
        return error.errno in NO_PLACE
    return isinstance(error, (CvbookError, *DISTURBED))


def _first_line(error: BaseException | None) -> str:
    return intake.printable((str(error).strip().splitlines() or [""])[0][:200])
