"""Assignments: entered into the gradebook from their source, and read from there."""

import glob
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from traitlets.config import Config

from cvbook._files import write_atomic
from cvbook.errors import CvbookError
from cvbook.grading.nbgrader import configuration, stable
from cvbook.grading.nbgrader.gradebook import retry
from cvbook.grading.nbgrader.locks import locked
from cvbook.grading.normalization import CellSpec, NotebookSpec

if TYPE_CHECKING:
    from cvbook.grading.nbgrader.course import Course


class Generate(GenerateAssignment):
    """nbgrader's `GenerateAssignment`, in a folder whose name may hold brackets."""

    def init_notebooks(self) -> None:
        """Find the notebooks; nbgrader would read the folder's name as a glob pattern."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: sorted(glob.glob(f"{glob.escape(folder)}/*.ipynb"))}
        self.notebooks: list[str] = []


def enter(course: "Course", assignment: str) -> list[NotebookSpec]:
    """Read an assignment; enter it into the gradebook first where its source is new or changed.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    list of NotebookSpec

    Raises
    ------
    CvbookError
        If there is no such assignment, or nbgrader refuses it.
    """
    source = course.source(assignment)
    here = "/" not in assignment and any(source.glob("*.ipynb"))
    with course.gradebook() as gradebook:
        specs = _specs(course, gradebook, assignment) if _in(gradebook, assignment) else []
    if not here and not specs:
        raise CvbookError(
            f"no such assignment – {assignment} – it is neither in the gradebook nor in "
            f"{source.parent}; run this in the course folder, or name it with --course"
        )
    if here:
        own = course.own_folder()
        _import_chain(course, assignment, source)
        entered = own / "entered" / f"{assignment}.json"
        wanted = _digest(course, source)
        with locked(own / "enter.lock"):
            # The gradebook may be another one, restored from a copy, or changed by nbgrader.
            if not (specs and entered.is_file() and entered.read_text() == _entered(wanted, specs)):
                entered.unlink(missing_ok=True)  # nbgrader commits cell by cell
                _generate(course, assignment, source)
                with course.gradebook() as gradebook:
                    specs = _specs(course, gradebook, assignment)
                entered.parent.mkdir(exist_ok=True)
                write_atomic(entered, _entered(wanted, specs))
    return specs


def read(course: "Course", assignment: str) -> list[NotebookSpec]:
    """Read an assignment from the gradebook.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    list of NotebookSpec

    Raises
    ------
    CvbookError
        If the gradebook does not have it.
    """
    with course.gradebook() as gradebook:
        if not _in(gradebook, assignment):
            raise CvbookError(
                f"not in the gradebook – {assignment} – run `cvbook grade {assignment}` first"
            )
        return _specs(course, gradebook, assignment)


def _in(gradebook: Gradebook, assignment: str) -> bool:
    with suppress(MissingEntry):
        return bool(gradebook.find_assignment(assignment).notebooks)
    return False


def _entered(source: str, specs: list[NotebookSpec]) -> str:
    """What is kept of an assignment that was entered: from which source, and the result."""
    result = [(spec.name, spec.kernelspec, sorted(spec.cells.items())) for spec in specs]
    return json.dumps(
        {"source": source, "result": hashlib.sha256(repr(result).encode()).hexdigest()}
    )


def _digest(course: "Course", source: Path) -> str:
    """Hash what nbgrader reads to enter an assignment: its files and those around, settings, code.

    Autotests run the notebook beside its files, so these count too.
    """
    total = hashlib.sha256(repr(sorted(stable.modules().items())).encode())
    tests = str(course.config.get("InstantiateTests", {}).get("autotest_filename", "autotests.yml"))
    around = [*_header_and_footer(course), course.root / tests]
    for path in [
        *sorted(path for path in source.rglob("*") if path.is_file()),
        *filter(None, around),
    ]:
        total.update(f"{os.path.relpath(path, source)}\0{stable.digest(path)}\0".encode())
    for name, values in sorted(course.config.items()):
        if not name.startswith("Exchange"):
            total.update(f"{name}{stable.of_setting(values)}".encode())
    return total.hexdigest()


def _header_and_footer(course: "Course") -> tuple[Path | None, Path | None]:
    """Notebooks that nbgrader puts before and after the cells of each of the assignment's."""
    own = course.config.get("IncludeHeaderFooter", {})
    header, footer = (str(own.get(name, "")) for name in ("header", "footer"))
    return course.root / header if header else None, course.root / footer if footer else None


def _converter(course: "Course", assignment: str, release: Path) -> Generate:
    config = Config(course.config)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.release_directory = str(release)
    config.GenerateAssignment.create_assignment = True
    return Generate(coursedir=CourseDirectory(config=config), config=config, parent=None)


def _import_chain(course: "Course", assignment: str, source: Path) -> None:
    """Import the plugins that the configuration names in texts: their code counts, too."""
    messages: list[str] = []
    with configuration.importable(course.root):
        try:
            converter = _converter(course, assignment, course.root)
            with quiet_log(converter, messages):
                exporter = converter.exporter_class(parent=converter, config=converter.config)
                for step in converter.preprocessors:
                    exporter.register_preprocessor(step)
        except (Exception, SystemExit) as error:
            raise _refusal(source, error, messages) from error


def _generate(course: "Course", assignment: str, source: Path) -> None:
    messages: list[str] = []

    def generate() -> None:
        with course.stage() as stage, configuration.importable(course.root):
            converter = _converter(course, assignment, stage / "release")
            with quiet_log(converter, messages):
                converter.start()

    try:
        retry(generate, 2)
    except (Exception, SystemExit) as error:
        raise _refusal(source, error, messages) from error


def _refusal(source: Path, error: BaseException, messages: list[str]) -> CvbookError:
    return CvbookError(f"nbgrader refuses it – {source} – {reason(error, messages)}")


def reason(error: BaseException, messages: list[str]) -> str:
    """Return the most telling line of what nbgrader says: its exceptions refer to its log.

    Parameters
    ----------
    error : BaseException
    messages : list of str
        Errors that it logged.

    Returns
    -------
    str
    """
    for text in reversed(messages):
        lines = [line for line in text.strip().splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].startswith("Traceback"):
            if "Cannot add or remove cells" in lines[-1] or "Cannot modify" in lines[-1]:
                return (
                    "cells were added, removed or renamed after students handed it in; restore "
                    f"their grade ids, or enter it under another name ({lines[-1]})"
                )
            return lines[-1]
    return " ".join(str(error).split()) or type(error).__name__


def _specs(course: "Course", gradebook: Gradebook, assignment: str) -> list[NotebookSpec]:
    specs = []
    for notebook in sorted(
        gradebook.find_assignment(assignment).notebooks, key=lambda one: str(one.name)
    ):
        grades = {cell.name: cell for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name: cell for cell in notebook.task_cells}
        header, footer = _header_and_footer(course)
        order = _order(header, course.source(assignment) / f"{notebook.name}.ipynb", footer)
        released = _Released(course.config)
        cells = {}
        for cell in sorted(
            notebook.source_cells, key=lambda cell: order.get(cell.name, len(order))
        ):
            graded = grades.get(cell.name) or tasks.get(cell.name)
            cells[cell.name] = CellSpec(
                name=cell.name,
                cell_type=cell.cell_type,
                source=cell.source or "",
                released=released(cell),
                locked=bool(cell.locked),
                grade=cell.name in grades,
                solution=cell.name in solutions,
                task=cell.name in tasks,
                points=float(graded.max_score) if graded else 0.0,
                checksum=cell.checksum,
            )
        kernelspec = json.loads(notebook.kernelspec or "null")
        language = _language(course.source(assignment) / f"{notebook.name}.ipynb")
        specs.append(NotebookSpec(notebook.name, cells, kernelspec, language))
    return specs


def _order(*paths: Path | None) -> dict[str, int]:
    """Order of the cells, which the gradebook does not keep, in header, source and footer."""
    there = [path for path in paths if path is not None and path.is_file()]
    cells = [cell for path in there for cell in nbformat.read(path, as_version=4).cells]
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    return {name: index for index, name in enumerate(names) if name}


def _language(path: Path) -> str:
    """Language that the source states: the gradebook keeps the kernel's name only."""
    if not path.is_file():
        return ""
    stated = nbformat.read(path, as_version=4).metadata.get("language_info", {})
    return str(stated.get("name", ""))


class _Released:
    """Removes from a cell's source what nbgrader does for the release.

    Parameters
    ----------
    config : Config
    """

    def __init__(self, config: Config):
        self.tests = ClearHiddenTests(config=config)
        self.scheme = ClearMarkScheme(config=config)

    def __call__(self, cell: Any) -> str:
        node = NotebookNode(source=cell.source or "")
        self.tests._remove_hidden_test_region(node)
        self.scheme._remove_mark_scheme_region(node)
        return str(node.source)


@contextmanager
def quiet_log(converter: Any, errors: list[str]) -> Iterator[None]:
    """Keep nbgrader's log out of the terminal.

    Parameters
    ----------
    converter : nbgrader.converters.base.BaseConverter
    errors : list of str
        Its errors are appended.
    """

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            errors.append(record.getMessage())

    own = logging.Logger("nbgrader", logging.ERROR)
    own.addHandler(Kept())
    before, converter.log = converter.log, own
    try:
        yield
    finally:
        converter.log = before
