"""Batch grading of an assignment: read, sanitise and save here, execute on Dask workers.

Only this process writes to the gradebook. Submissions are saved one by one (grades, then notebooks,
then record), so an interrupted run keeps all that it has graded. A fault of the machine ends the
run: what was not finished then is as it was before.
"""

import contextlib
import difflib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from cvbook.errors import CvbookError
from cvbook.grading import faults, inputs
from cvbook.grading.integrity import settings
from cvbook.grading.jobs import ExecutionLimits, ExecutionResult, Job
from cvbook.grading.matching import composed
from cvbook.grading.nbgrader import converter as converters
from cvbook.grading.nbgrader.configuration import importable
from cvbook.grading.nbgrader.converter import Converter
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import TRANSIENT_DB_ERRORS, GradebookError, retry
from cvbook.grading.normalization import NotebookSpec, where_in
from cvbook.grading.records import (
    BROKEN,
    FLAGGED,
    GRADED,
    INCOMPLETE,
    UNCLEAR,
    GradeRecord,
    GradeRecords,
)
from cvbook.grading.saving import Saver
from cvbook.grading.submission import Submission, files_beside, read_submission
from cvbook.grading.worker import run_jobs
from cvbook.kernels import kernelspecs


@dataclass
class _Pending:
    """A submission that a worker executes."""

    student: str
    record: GradeRecord
    paths: list[Path]
    future: Any
    results: list[ExecutionResult] = field(default_factory=list)

    @property
    def fault(self) -> str:
        """What looks like a fault of the machine; empty if nothing does."""
        return next((result.fault for result in self.results if result.fault), "")


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
        If there is no such assignment, the course's settings are wrong, or a kernel is missing.
    """

    def __init__(self, course: Course, assignment: str, limits: ExecutionLimits):
        guard, review = settings.from_config(course.config)
        self.course = course
        self.assignment = assignment
        self.limits = limits
        self.answer_modules = review.modules()
        self.records = GradeRecords(course.root, assignment)
        self.specs = course.enter(assignment)
        self.kernels = {
            spec.name: kernelspecs.find(
                course.kernel or spec.kernel, f"{spec.name}.ipynb", spec.language
            )
            for spec in self.specs
        }
        self.files = course.files(assignment)
        with importable(course.root):
            converter = converters.build(course, assignment, course.root / ".cvbook")
        self.saver = Saver(course, assignment, self.records, converter.penalties)
        replaceable = {composed(name) for name in converter.exclude_overwriting.get(assignment, [])}
        #: Files of the assignment that students may hand in changed: no code in them is ours.
        self.replaceable = frozenset(name for name in self.files if composed(name) in replaceable)
        self.modules = {
            spec.name: _without(guard.modules(_own_code(spec)), replaceable) for spec in self.specs
        }
        ours = [self.modules[name] for name, kernel in self.kernels.items() if kernel is None]
        self.preload = tuple(dict.fromkeys(name for each in ours for name in each))
        self.values = settings.test_values(course.config, _tests(self.specs))
        self.trusted_modules = {name.partition(".")[0] for name in self.preload}
        self.inputs = inputs.of_assignment(
            course,
            assignment,
            self.specs,
            limits,
            self.preload,
            self.answer_modules,
            self.values,
            self.kernels,
        )
        #: Student to those whose names differ in case only, when the run began.
        self.alike: dict[str, list[str]] = {}
        #: Student to what has changed, as `to_do` found.
        self.reasons: dict[str, str] = {}

    def to_do(self, students: Sequence[str], force: bool = False) -> dict[str, str]:
        """Select the submissions that are new, or whose grade depends on what has changed.

        Parameters
        ----------
        students : sequence of str
        force : bool
            Select all.

        Returns
        -------
        dict of str to str
            Student to what has changed, in Korean; empty for a new one.
        """
        standings, known = self.saver.standings()
        self.reasons = {}
        for student in students:
            record = self.records.read(student)
            own = record and self._inputs(student)
            graded = self.course.folder("autograded", student, self.assignment).is_dir()
            standing = standings.get(student)
            why = inputs.reason(record, own or {}, graded, standing, student in known)
            if force or why is not None:
                self.reasons[student] = why or ""
        return self.reasons

    def settle(self, students: Sequence[str]) -> tuple[list[GradeRecord], list[str]]:
        """Set the penalties for lateness anew, and read the records with their scores.

        Parameters
        ----------
        students : sequence of str

        Returns
        -------
        tuple of list
            Records of those who were graded; students whose penalty has changed.

        Raises
        ------
        CvbookError
            If the plugin that sets the penalties fails, or another run is grading the assignment.
        """
        with self.records.exclusive(), importable(self.course.root):
            read = [self.records.read(student) for student in students]
            records = [record for record in read if record is not None]
            return records, self.saver.settle(records)

    def _inputs(self, student: str) -> dict[str, str]:
        folder = self.course.folder("submitted", student, self.assignment)
        return self.inputs | inputs.of_submission(folder)

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
            If the scheduler is lost, grades or notebooks cannot be saved, no kernel starts, a
            module is missing, or the first submissions all fail alike.
        """
        from distributed import CancelledError
        from distributed.client import ClosedClientError
        from distributed.comm.core import CommClosedError

        address = client.scheduler.address
        pending: dict[Any, _Pending] = {}
        with self.records.exclusive(), self.course.stage() as stage, importable(self.course.root):
            self.alike = self.course.names_in_other_case(students)
            converter = converters.build(self.course, self.assignment, stage)
            try:
                self._try(client)
                self._grade(deque(students), client, ahead, converter, pending, done)
            except (CancelledError, ClosedClientError, CommClosedError):  # scheduler gone
                raise CvbookError(
                    f"lost the scheduler – {address} – start it again and run this command again: "
                    "what is graded is kept"
                ) from None
            except GradebookError:
                raise
            except (*TRANSIENT_DB_ERRORS, OSError) as error:
                raise CvbookError(
                    f"cannot save – {self.course.root} – {faults.first_line(error)}; fix it and "
                    "run this command again: what is graded is kept"
                ) from error
            finally:
                with contextlib.suppress(ClosedClientError):
                    client.cancel([task.future for task in pending.values()])
                with contextlib.suppress(CvbookError, *TRANSIENT_DB_ERRORS, OSError):
                    self.saver.undo()

    def _try(self, client: Any) -> None:
        """Start each notebook's kernel and execute the assignment's imports, before any work."""
        source = self.course.source(self.assignment)
        files = {
            composed(name): (source / name).read_bytes()
            for name in self.files
            if not name.endswith(".ipynb")
        }
        jobs = [
            self._job(spec.name, faults.trial_notebook(spec), files, frozenset())
            for spec in self.specs
        ]
        results = client.submit(run_jobs, jobs, pure=False).result()
        if problem := faults.trial_problem(results, self.specs):
            raise CvbookError(problem)

    def _grade(
        self,
        waiting: "deque[str]",
        client: Any,
        ahead: int,
        converter: Converter,
        pending: dict[Any, _Pending],
        done: Callable[[GradeRecord], None],
    ) -> None:
        from distributed import as_completed

        finished = as_completed(with_results=False)
        suspected: list[_Pending] | None = []  # None once a submission was executed without fault

        def refill() -> None:
            while waiting and len(pending) < ahead:
                task = self._start(waiting.popleft(), converter, client, done)
                if task is not None:
                    pending[task.future.key] = task
                    finished.add(task.future)

        refill()
        for future in finished:
            task = pending.pop(future.key)
            task.results = self._results(task, future)
            ready = [task]
            if suspected is not None:
                suspected.append(task)
                ready = suspected
                signs = [one.fault for one in suspected]
                alike = faults.fail_alike(signs) or (len(signs) == 1 and bool(signs[0]))
                if alike and len(signs) < faults.ALIKE and (waiting or pending):
                    refill()
                    continue
                if faults.fail_alike(signs):
                    names = ", ".join(one.student for one in suspected)
                    raise CvbookError(
                        f"the first submissions all fail alike – {names} – {signs[0]}; is it the "
                        "machine? No grade was changed"
                    )
                suspected = None
            for one in ready:
                self._finish(one, converter)
                done(one.record)
            refill()

    def _start(
        self, student: str, converter: Converter, client: Any, done: Callable[[GradeRecord], None]
    ) -> _Pending | None:
        """Read, sanitise and submit to Dask; None if there is nothing to execute."""
        record = GradeRecord(student, inputs=self._inputs(student))
        record.why = self.reasons.get(student, "")
        if not converter.create_student and not self.saver.is_known(student):
            record.status = BROKEN
            record.notes.append(self._unknown(student))
            self.saver.store(record, None, converter)
            done(record)
            return None
        others = self.alike.get(student, [])
        record.unclear += [f"성적부에 대소문자만 다른 학생이 있음: {name}" for name in others]
        folder = self.course.folder("submitted", student, self.assignment)
        given = frozenset(f for f in self.files - self.replaceable if not f.endswith(".ipynb"))
        self.saver.begin(student)
        submission = Submission(missing=[spec.name for spec in self.specs])
        paths: list[Path] = []
        try:
            submission = read_submission(folder, self.specs, self.trusted_modules, given)
            given |= submission.add_missing(self.course.source(self.assignment), self.replaceable)
            record.notes += submission.notes
            record.unclear += submission.unclear
            record.timestamp = submission.files.get("timestamp.txt", b"").decode()
            self._write_submission(submission, converter.submitted(student))
            paths = retry(lambda: converter.sanitize(student)) if submission.notebooks else []
        except (Exception, SystemExit) as error:  # one malformed submission must not stop the rest
            self._raise_fault(student, error)
            record.notes.append(f"채점할 수 없음: {_shown(error)}")
        if not paths:
            record.status = BROKEN
            self.saver.zero(student)
            self.saver.store(record, None, converter)
            done(record)
            return None
        if submission.missing:
            record.status = INCOMPLETE
            self.saver.zero(student, submission.missing)
        handed_in = submission.files.keys() - given
        submitted_files = frozenset({*handed_in, *map(composed, handed_in)})
        jobs = [
            self._job(path.stem, path.read_bytes(), files_beside(path), submitted_files)
            for path in paths
        ]
        future = client.submit(run_jobs, jobs, pure=False)
        return _Pending(student, record, paths, future)

    def _unknown(self, student: str) -> str:
        """Note on a student who is not in the gradebook, where students are not to be created."""
        with self.course.gradebook() as gradebook:
            names = [one.id for one in gradebook.students]
        near = difflib.get_close_matches(student, names, 1)
        return f"명단에 없는 학생이라 채점하지 않음{f' ({near[0]}?)' if near else ''}"

    def _raise_fault(self, student: str, error: BaseException) -> None:
        """End the run where not the submission caused an error."""
        if isinstance(error, (CvbookError, *TRANSIENT_DB_ERRORS)):
            raise error
        if faults.is_fault(error):
            raise CvbookError(
                f"grading failed – {student} – {_shown(error)}; it is not the submission's fault: "
                "fix it and run this command again; what is graded is kept"
            ) from error

    def _job(
        self, name: str, notebook: bytes, files: dict[str, bytes], submitted_files: frozenset[str]
    ) -> Job:
        cells = next(spec.cells for spec in self.specs if spec.name == name)
        kernel = self.kernels[name]
        return Job(
            name=name,
            notebook=notebook,
            files=files,
            locked=frozenset(name for name, cell in cells.items() if cell.locked),
            limits=self.limits,
            preload=self.preload if kernel is None else (),
            modules=self.modules[name],
            answer_modules=self.answer_modules,
            submitted_files=submitted_files,
            kernel=kernel.name if kernel else "",
            language=kernel.language if kernel else "python",
            values=self.values,
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

    def _results(self, task: _Pending, future: Any) -> list[ExecutionResult]:
        """Results of an executed submission; none if the worker failed."""
        try:
            results: list[ExecutionResult] = future.result()  # computed again if its worker died
            return results
        except Exception as error:
            if future.status != "error":
                raise  # caused by the scheduler, not by the submission
            self._raise_fault(task.student, error)
            task.record.notes.append(f"실행하지 못해 점수를 바꾸지 않음: {_shown(error)}")
            return []

    def _finish(self, task: _Pending, converter: Converter) -> None:
        """Save the results of an executed submission."""
        record = task.record
        if not task.results:
            record.status = BROKEN
            record.inputs = {}  # the next run tries again
            self.saver.undo_one(task.student)
            self.records.write(record)
            return
        for path, result in zip(task.paths, task.results, strict=True):
            where = where_in(self.specs, path.stem)
            record.seconds += result.seconds
            record.flags += [where + flag for flag in result.flags]
            record.notes += [where + note for note in result.notes]
            record.unclear += [where + reason for reason in result.unclear]
            if result.fault:  # one student alone may lack a file that is to be handed in
                record.unclear.append(where + faults.suspicion(result.fault))
                record.inputs = {}  # the next run tries again
            if result.stopped:
                record.status = INCOMPLETE
                record.notes.append(f"{where}{result.stopped}: 거기까지만 채점함")
            path.write_bytes(result.notebook)
        if record.status == GRADED:
            record.status = FLAGGED if record.flags else UNCLEAR if record.unclear else GRADED
        try:
            retry(lambda: converter.save(task.student, task.paths))
        except (Exception, SystemExit) as error:
            self._raise_fault(task.student, error)
            record.status = BROKEN
            record.notes.append(f"점수를 저장하지 못함: {_shown(error)}")
            self.saver.zero(task.student)
        self.saver.store(record, converter.autograded(task.student), converter)


def _own_code(spec: NotebookSpec) -> list[str]:
    """Sources of the assignment's own code cells."""
    if not spec.is_python:
        return []
    return [cell.source for cell in spec.cells.values() if cell.locked and cell.cell_type == "code"]


def _without(modules: Iterable[str], files: Iterable[str]) -> tuple[str, ...]:
    """Leave out modules that are in some files."""
    tops = {Path(file).parts[0].partition(".")[0] for file in files if file.endswith(".py")}
    return tuple(name for name in modules if name.partition(".")[0] not in tops)


def _tests(specs: Iterable[NotebookSpec]) -> list[str]:
    """Sources of the locked test cells."""
    cells = [cell for spec in specs for cell in spec.cells.values()]
    return [cell.source for cell in cells if cell.locked and cell.grade]


def _shown(error: BaseException) -> str:
    return f"{type(error).__name__}: {faults.first_line(error)}"
