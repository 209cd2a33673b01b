"""An nbgrader course folder: its configuration, folders and students."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader import assignments, configuration
from cvbook.grading.nbgrader.gradebook import open_gradebook, shown, with_driver
from cvbook.grading.nbgrader.locks import staging_folder
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.submission import composed


class Course:
    """An nbgrader course folder.

    Names of students, assignments and folders are compared in Unicode's composed form (NFC):
    macOS and some zip programs decompose Korean names.

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
        self.config = configuration.load(self.root)
        self.config.CourseDirectory.root = str(self.root)
        if db_url:
            self.config.CourseDirectory.db_url = with_driver(db_url)
        elif "db_url" in self.config.CourseDirectory:
            url = str(self.config.CourseDirectory.db_url)
            self.config.CourseDirectory.db_url = configuration.absolute(url, self.root)
        self.directory = CourseDirectory(config=self.config)
        #: Name of each student's folder, where it is not the student's id.
        self._folders: dict[str, str] = {}

    @property
    def db_url(self) -> str:
        """URL of the gradebook."""
        return str(self.directory.db_url)

    @property
    def shown_db_url(self) -> str:
        """URL of the gradebook without its password."""
        return shown(self.db_url)

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
            For "submitted", the one that is there, however its name is composed.
        """
        name = getattr(self.directory, f"{step}_directory")
        if step != "submitted":
            return Path(self.directory.format_path(name, student, assignment))
        student = self._folders.get(student, student)
        return _existing(Path(self.directory.format_path(name, student, assignment)), self.root)

    def source(self, assignment: str) -> Path:
        """Folder of the assignment as the instructor writes it.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        Path
        """
        place = self.directory.format_path(self.directory.source_directory, ".", assignment)
        return _existing(Path(place), self.root)

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
        source = self.source(assignment)
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
            Sorted; as the gradebook writes them, where it has them in another composed form.
        """
        pattern = Path(
            self.directory.format_path(self.directory.submitted_directory, "*", assignment)
        )
        place = pattern.parts.index("*")
        base = Path(*pattern.parts[:place])
        rest = Path(*pattern.parts[place + 1 :])
        if not base.is_dir():
            return []
        excluded = set(filter(None, self.directory.student_id_exclude.split(",")))
        known = self._known_students()
        found = {}
        for folder in sorted(base.iterdir()):
            work = _existing(folder / rest, folder)
            if not work.is_dir() or work.is_symlink() or folder.name.startswith("."):
                continue
            student = known.get(composed(folder.name), composed(folder.name))
            if excluded & {student, folder.name}:
                continue
            if student in found:
                raise CvbookError(
                    f"two folders of one student – {base}/{student} – their names differ in "
                    "Unicode form (NFC, NFD) only; remove the one that does not count"
                )
            found[student] = folder.name
        self._folders |= found
        return sorted(found)

    def student(self, name: str, assignment: str) -> str:
        """Return the student of a name in any Unicode form.

        Parameters
        ----------
        name, assignment : str

        Returns
        -------
        str
            The name itself if nobody of this name handed the assignment in.
        """
        same = {composed(student): student for student in self.students(assignment)}
        return same.get(composed(name), name)

    def _known_students(self) -> dict[str, str]:
        with self.gradebook() as gradebook:
            return {composed(student.id): student.id for student in gradebook.students}

    def enter(self, assignment: str) -> list[NotebookSpec]:
        """Read an assignment; enter it into the gradebook where its source is new or changed.

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
        return assignments.enter(self, assignment)

    def stage(self) -> AbstractContextManager[Path]:
        """Make a folder for unfinished work, on the course's own file system."""
        return staging_folder(self.root / ".cvbook")


def _existing(path: Path, root: Path) -> Path:
    """Return the path below `root` whose names are those of `path` in any Unicode form."""
    if path.exists() or not path.is_relative_to(root):
        return path
    found = root
    for name in path.relative_to(root).parts:
        if not (found / name).exists() and found.is_dir():
            same = (other for other in found.iterdir() if composed(other.name) == composed(name))
            name = next(same, found / name).name
        found /= name
    return found
