"""nbgrader's autograde converter, split in two steps without the execution between them."""

import os
from pathlib import Path
from typing import Any

from nbconvert.writers.files import FilesWriter
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import setenv
from traitlets.config import Config

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.lateness import Penalties
from cvbook.grading.nbgrader.save_grades import SaveGrades


def build(course: Course, assignment: str, stage: Path) -> "Converter":
    """Make a converter with every step and plugin of its chain.

    Parameters
    ----------
    course : Course
    assignment : str
    stage : Path

    Returns
    -------
    Converter

    Raises
    ------
    CvbookError
        If a setting is wrong, or a plugin cannot be imported or made.
    """
    try:
        converter = Converter(course, assignment, stage)
        for converter._sanitizing in (False, True):
            converter._init_preprocessors()
        if converter.penalties is not None:
            converter.penalties.init_plugin()
    except (Exception, SystemExit) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CvbookError(
            f"a setting or plugin is wrong – nbgrader_config.py of {course.root} – {reason}; "
            "no grade was changed"
        ) from error
    return converter


class Converter(Autograde):
    """nbgrader's `Autograde` as `sanitize` and `save`.

    Parameters
    ----------
    course : Course
    assignment : str
    stage : Path
        A staging folder: `submitted/` and `autograded/` there hold one student at a time.
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
        # Done by `normalize_notebook` already, by a gradebook that is read once for all students.
        done: set[Any] = {CheckCellMetadata, Execute, OverwriteCells, OverwriteKernelspec}
        # Set by `Penalties` at every run.
        late = (AssignLatePenalties, "nbgrader.preprocessors.AssignLatePenalties")
        is_late = any(step in late for step in self.autograde_preprocessors)
        done |= {f"nbgrader.preprocessors.{step.__name__}" for step in done} | {*late}
        for name in ("sanitize_preprocessors", "autograde_preprocessors"):
            steps = [replaced.get(step, step) for step in getattr(self, name) if step not in done]
            setattr(self, name, steps)
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self.assignment = assignment
        #: Of a chain that has them.
        self.penalties = Penalties(parent=self.exporter) if is_late else None
        self.log.setLevel("CRITICAL")

    def submitted(self, student: str) -> Path:
        """Folder that `sanitize` reads.

        Parameters
        ----------
        student : str

        Returns
        -------
        Path
        """
        return Path(self._folder("submitted", student))

    def autograded(self, student: str) -> Path:
        """Folder that both steps write.

        Parameters
        ----------
        student : str

        Returns
        -------
        Path
        """
        return Path(self._folder("autograded", student))

    def _folder(self, step: str, student: str) -> str:
        return str(self.coursedir.format_path(step, student, self.assignment))

    def sanitize(self, student: str) -> list[Path]:
        """First step: enter the submission into the gradebook and clear its outputs.

        Parameters
        ----------
        student : str

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
        """Second step: write the grades of executed notebooks into the gradebook.

        Parameters
        ----------
        student : str
        notebooks : list of Path
            As `sanitize` returned them.
        """
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
