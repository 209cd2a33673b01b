"""An nbgrader course folder: its configuration, folders, students and assignments."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.gradebook import open_gradebook, retry, with_driver
from cvbook.grading.nbgrader.locks import locked, staging_folder
from cvbook.grading.normalization import CellSpec, NotebookSpec


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
                    f"cannot read it – {self.root}/nbgrader_config.py – correct it: {error}"
                ) from error
        self.config.CourseDirectory.root = str(self.root)
        if db_url:
            self.config.CourseDirectory.db_url = with_driver(db_url)
        self.directory = CourseDirectory(config=self.config)

    @property
    def db_url(self) -> str:
        """URL of the gradebook."""
        return str(self.directory.db_url)

    def gradebook(self) -> AbstractContextManager[Gradebook]:
        """Open the gradebook."""
        return open_gradebook(self.db_url, self.directory.course_id)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Folder of a step in nbgrader's structure.

        Parameters
        ----------
        step : str
            "submitted", "autograded" or "feedback".
        student, assignment : str

        Returns
        -------
        Path
        """
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    def files(self, assignment: str) -> frozenset[str]:
        """List the files beside the assignment's notebooks: each student gets them.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        frozenset of str
            Relative paths.
        """
        place = self.directory.source_directory
        source = Path(self.directory.format_path(place, ".", assignment))
        paths = (path for path in source.rglob("*") if path.is_file())
        return frozenset(path.relative_to(source).as_posix() for path in paths)

    def students(self, assignment: str) -> list[str]:
        """List the students with a submission.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        list of str
            Sorted.
        """
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

        Parameters
        ----------
        assignment : str

        Returns
        -------
        list of NotebookSpec

        Raises
        ------
        CvbookError
            If there is no such assignment.
        """
        own = self.root / ".cvbook"
        own.mkdir(exist_ok=True)
        unfinished = own / f"entering-{assignment}"  # nbgrader commits cell by cell
        with locked(own / "enter.lock"):
            if not unfinished.exists():
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
            unfinished.touch()
            try:
                retry(lambda: self._generate(assignment), 2)
            except Exception as error:
                raise CvbookError(f"nbgrader refuses it – {source} – {error}") from error
            unfinished.unlink()
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

    def stage(self) -> AbstractContextManager[Path]:
        """Make a folder for unfinished work, on the course's own file system."""
        return staging_folder(self.root / ".cvbook")


def _released(cell: Any, hide: ClearHiddenTests) -> str:
    """Remove the hidden tests from a cell's source, as nbgrader does for the release."""
    node = NotebookNode(source=cell.source or "")
    hide._remove_hidden_test_region(node)
    return str(node.source)


@contextlib.contextmanager
def quiet_log(converter: Any) -> Iterator[None]:
    """Keep nbgrader's log out of the terminal.

    Parameters
    ----------
    converter : nbgrader.converters.base.BaseConverter
    """
    level = converter.log.level
    converter.log.setLevel("CRITICAL")
    try:
        yield
    finally:
        converter.log.setLevel(level)
