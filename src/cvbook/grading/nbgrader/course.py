"""A course folder as nbgrader sees it, and nbgrader's own converter taken in two steps."""

import contextlib
import fcntl
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import nbformat
from nbconvert.writers import FilesWriter
from nbformat import NotebookNode
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    Execute,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import compute_checksum, determine_grade, is_task, setenv
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from traitlets.config import Config, PyFileConfigLoader

from cvbook.errors import CvbookError
from cvbook.grading.submission import CellSpec, NotebookSpec

T = TypeVar("T")
#: What comes of two who write into one gradebook at the same moment, or of one that is gone.
DISTURBED = (IntegrityError, InvalidEntry, OperationalError, ProgrammingError)


class Course:
    """An nbgrader course folder.

    Parameters
    ----------
    root : Path
    db_url : str, optional
        Instead of the configured gradebook.

    Raises
    ------
    CvbookError
        If there is no such folder or its configuration cannot be read.
    """

    def __init__(self, root: Path, db_url: str | None = None):
        self.root = root.resolve()
        own = str(Path(sys.executable).parent)  # nbgrader calls `alembic` for a new gradebook
        if own not in os.environ.get("PATH", "").split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join([own, os.environ.get("PATH", os.defpath)])
        if not self.root.is_dir():
            raise CvbookError(f"no such folder – {root} – name the course folder with --course")
        self.config = Config()
        if (self.root / "nbgrader_config.py").is_file():
            try:
                loader = PyFileConfigLoader("nbgrader_config.py", path=str(self.root))
                self.config = loader.load_config()
            except Exception as error:
                raise CvbookError(
                    f"cannot read it – {self.root}/nbgrader_config.py – mend it: {error}"
                ) from error
        self.config.CourseDirectory.root = str(self.root)
        if db_url:
            self.config.CourseDirectory.db_url = _with_driver(db_url)
        self.directory = CourseDirectory(config=self.config)

    @property
    def db_url(self) -> str:
        """URL of the gradebook."""
        return str(self.directory.db_url)

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open the gradebook."""
        try:
            gradebook = again(lambda: Gradebook(self.db_url, self.directory.course_id), 4)
        except Exception as error:
            shown = self.db_url.rpartition("@")[2]  # no password
            raise CvbookError(
                f"cannot open the gradebook – {shown} – is it running, and the URL right? "
                f"({str(error).strip().splitlines()[0]})"
            ) from error
        with gradebook:
            yield gradebook

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Folder of a step ("submitted", "autograded", "feedback") in nbgrader's structure."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    def files(self, assignment: str) -> frozenset[str]:
        """List what lies beside the assignment's notebooks: each student gets it."""
        place = self.directory.source_directory
        source = Path(self.directory.format_path(place, ".", assignment))
        paths = (path for path in source.rglob("*") if path.is_file())
        return frozenset(path.relative_to(source).as_posix() for path in paths)

    def students(self, assignment: str) -> list[str]:
        """List who handed something in."""
        pattern = self.folder("submitted", "*", assignment)
        place = pattern.parts.index("*")
        base = Path(*pattern.parts[:place])
        rest = Path(*pattern.parts[place + 1 :])
        if not base.is_dir():
            return []
        excluded = set(filter(None, self.directory.student_id_exclude.split(",")))
        return sorted(
            folder.name
            for folder in base.iterdir()
            if (folder / rest).is_dir()
            and not (folder / rest).is_symlink()
            and not folder.name.startswith(".")
            and folder.name not in excluded
        )

    def enter(self, assignment: str) -> list[NotebookSpec]:
        """Read an assignment from the gradebook; enter it there first if it is new.

        Raises
        ------
        CvbookError
            If there is no such assignment.
        """
        own = self.root / ".cvbook"
        own.mkdir(exist_ok=True)
        half = own / f"entering-{assignment}"  # nbgrader commits cell by cell
        with locked(own / "enter.lock"):
            if not half.exists():
                with self.gradebook() as gradebook, contextlib.suppress(MissingEntry):
                    if gradebook.find_assignment(assignment).notebooks:
                        return self._specs(gradebook, assignment)
            place = self.directory.source_directory
            source = Path(self.directory.format_path(place, ".", assignment))
            if "/" in assignment or not any(source.glob("*.ipynb")):
                raise CvbookError(
                    f"no such assignment – {assignment} – it is neither in the gradebook nor in "
                    f"{source.parent}; run this in the course folder, or name it with --course"
                )
            half.touch()
            try:
                again(lambda: self._generate(assignment), 2)
            except Exception as error:
                raise CvbookError(f"nbgrader refuses it – {source} – {error}") from error
            half.unlink()
        with self.gradebook() as gradebook:
            return self._specs(gradebook, assignment)

    def _generate(self, assignment: str) -> None:
        with self.stage() as stage:
            config = Config(self.config)
            config.CourseDirectory.assignment_id = assignment
            config.CourseDirectory.release_directory = str(stage / "release")
            config.GenerateAssignment.create_assignment = True
            converter = GenerateAssignment(
                coursedir=CourseDirectory(config=config), config=config, parent=None
            )
            with quiet_log(converter):
                converter.start()

    def _specs(self, gradebook: Gradebook, assignment: str) -> list[NotebookSpec]:
        specs = []
        for notebook in gradebook.find_assignment(assignment).notebooks:
            grades = {cell.name: cell for cell in notebook.grade_cells}
            solutions = {cell.name for cell in notebook.solution_cells}
            tasks = {cell.name: cell for cell in notebook.task_cells}
            order = self._order(assignment, notebook.name)
            hide = ClearHiddenTests(config=self.config)
            cells = {}
            for cell in sorted(
                notebook.source_cells, key=lambda cell: order.get(cell.name, len(order))
            ):
                graded = grades.get(cell.name) or tasks.get(cell.name)
                cells[cell.name] = CellSpec(
                    name=cell.name,
                    cell_type=cell.cell_type,
                    source=cell.source or "",
                    released=_released(cell, hide),
                    locked=bool(cell.locked),
                    grade=cell.name in grades,
                    solution=cell.name in solutions,
                    task=cell.name in tasks,
                    points=float(graded.max_score) if graded else 0.0,
                    checksum=cell.checksum,
                )
            kernelspec = json.loads(notebook.kernelspec or "null")
            specs.append(NotebookSpec(notebook.name, cells, kernelspec))
        return specs

    def _order(self, assignment: str, notebook: str) -> dict[str, int]:
        """Order of the cells: the gradebook does not keep it, the source does."""
        folder = self.directory.format_path(self.directory.source_directory, ".", assignment)
        path = Path(folder, f"{notebook}.ipynb")
        if not path.is_file():
            return {}
        cells = nbformat.read(path, as_version=4).cells
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
        return {name: index for index, name in enumerate(names) if name}

    @contextlib.contextmanager
    def stage(self) -> Iterator[Path]:
        """Make a folder for unfinished work, on the course's own file system.

        It is locked while its owner lives: those that a killed run left behind are removed.
        """
        place = self.root / ".cvbook"
        place.mkdir(exist_ok=True)
        with contextlib.ExitStack() as owner:
            with locked(place / "stage.lock"):
                for left in place.glob("stage-*/"):
                    with contextlib.suppress(BlockingIOError), locked(left / ".lock", wait=False):
                        shutil.rmtree(left, ignore_errors=True)
                stage = Path(tempfile.mkdtemp(prefix="stage-", dir=place))
                owner.enter_context(locked(stage / ".lock", wait=False))
            try:
                yield stage
            finally:
                shutil.rmtree(stage, ignore_errors=True)


def again(action: Callable[[], T], attempts: int = 6) -> T:
    """Repeat what another user of the gradebook got in the way of."""
    for attempt in range(attempts - 1):
        try:
            return action()
        except (*DISTURBED, NbGraderException):  # which nbgrader makes of an OperationalError
            time.sleep(0.1 * 2**attempt)
    return action()


@contextlib.contextmanager
def locked(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold a lock file; the lock ends with the process, whatever ends that.

    Raises
    ------
    BlockingIOError
        If another process holds it and we do not wait.
    """
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def _released(cell: Any, hide: ClearHiddenTests) -> str:
    """Take the hidden tests out of a cell's source, as nbgrader does for the release."""
    node = NotebookNode(source=cell.source or "")
    hide._remove_hidden_test_region(node)
    return str(node.source)


def _with_driver(url: str) -> str:
    """Name the driver that is installed."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


@contextlib.contextmanager
def quiet_log(converter: Any) -> Iterator[None]:
    """Keep nbgrader's log from the terminal: what matters in it comes back as notes."""
    level = converter.log.level
    converter.log.setLevel("CRITICAL")
    try:
        yield
    finally:
        converter.log.setLevel(level)


class SaveGrades(SaveAutoGrades):
    """nbgrader's step that writes the grades, in one transaction per notebook.

    A graded cell that is not in the notebook gets no points, instead of those of an earlier
    submission.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the grades of all cells, then commit."""
        marks = resources["nbgrader"]
        with Gradebook(marks["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                marks["notebook"], marks["assignment"], marks["student"]
            )
            grades = {grade.name: grade for grade in submission.grades}
            comments = {comment.name: comment for comment in submission.comments}
            for cell in nb.cells:
                own = cell.metadata.get("nbgrader", {})
                name = own.get("grade_id")
                if own.get("grade") and name in grades:
                    grade = grades.pop(name)
                    grade.auto_score = determine_grade(cell, self.log)[0]
                    grade.needs_manual_grade = (
                        grade.manual_score is not None or grade.auto_score is None
                    )
                if name in comments and (own.get("solution") or own.get("task")):
                    comments[name].auto_comment = self._no_response(cell)
            for grade in grades.values():
                if grade.cell.type != "TaskCell":
                    grade.auto_score = 0
                    grade.needs_manual_grade = False
            gradebook.db.commit()
        return nb, resources

    @staticmethod
    def _no_response(cell: Any) -> str | None:
        unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
        return "No response." if unchanged and not is_task(cell) else None


class Converter(Autograde):
    """nbgrader's `Autograde`, its two steps apart and without the execution between them.

    Works in a staging folder: `submitted/` and `autograded/` there hold one student at a time.
    """

    def __init__(self, course: Course, assignment: str, stage: Path):
        config = Config(course.config)
        source = os.path.join(course.root, course.directory.source_directory)
        config.CourseDirectory.update(
            root=str(stage),
            assignment_id=assignment,
            source_directory=source,
            submitted_directory="submitted",
            autograded_directory="autograded",
            db_url=course.db_url,
        )
        config.Exporter.optimistic_validation = True  # once, not after each of the steps
        super().__init__(coursedir=CourseDirectory(config=config), config=config)
        replaced = {SaveAutoGrades: SaveGrades, "nbgrader.preprocessors.SaveAutoGrades": SaveGrades}
        # `intake` rebuilds every notebook by what it read in the gradebook, once for all.
        done: set[Any] = {CheckCellMetadata, Execute, OverwriteCells, OverwriteKernelspec}
        done |= {f"nbgrader.preprocessors.{step.__name__}" for step in done}
        for name in ("sanitize_preprocessors", "autograde_preprocessors"):
            steps = [replaced.get(step, step) for step in getattr(self, name) if step not in done]
            setattr(self, name, steps)
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self.assignment = assignment
        self.log.setLevel("CRITICAL")

    def submitted(self, student: str) -> Path:
        """Where the step `sanitize` reads."""
        return Path(self._folder("submitted", student))

    def autograded(self, student: str) -> Path:
        """Where both steps write."""
        return Path(self._folder("autograded", student))

    def _folder(self, step: str, student: str) -> str:
        return str(self.coursedir.format_path(step, student, self.assignment))

    def sanitize(self, student: str) -> list[Path]:
        """Take the first step: enter the submission, restore what is locked.

        Returns
        -------
        list of Path
            The notebooks to execute, in place.
        """
        self.coursedir.student_id = student
        self.notebooks = sorted(map(str, self.submitted(student).glob("*.ipynb")))
        self._sanitizing = True
        self.run_pre_convert_hook()
        self.init_assignment(self.assignment, student)
        self._init_preprocessors()
        for notebook in self.notebooks:
            BaseConverter.convert_single_notebook(self, notebook)
        return [self.autograded(student) / Path(notebook).name for notebook in self.notebooks]

    def save(self, student: str, notebooks: list[Path]) -> None:
        """Take the last step: write the grades of executed notebooks into the gradebook."""
        self.coursedir.student_id = student
        self.notebooks = list(map(str, notebooks))
        self._sanitizing = False
        self._init_preprocessors()
        try:
            with setenv(NBGRADER_EXECUTION="autograde"):
                for notebook in self.notebooks:
                    BaseConverter.convert_single_notebook(self, notebook)
        finally:
            self._sanitizing = True
        self.set_permissions(self.assignment, student)
        self.run_post_convert_hook()
