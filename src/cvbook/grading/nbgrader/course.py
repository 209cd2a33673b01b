"""An nbgrader course folder: its configuration, folders and students."""

import difflib
import os
import re
import stat
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from cvbook.errors import CvbookError
from cvbook.grading.matching import composed
from cvbook.grading.nbgrader import assignments, configuration
from cvbook.grading.nbgrader.gradebook import open_gradebook, share, shown, with_driver
from cvbook.grading.nbgrader.locks import staging_folder
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.submission import printable


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
        if not os.access(self.root, os.R_OK | os.X_OK):
            raise CvbookError(
                f"no permission – {self.root} – ask its owner for a place in its group"
            )
        self.config = configuration.load(self.root)
        self.config.CourseDirectory.root = str(self.root)
        if db_url:
            self.config.CourseDirectory.db_url = with_driver(db_url)
        elif "db_url" in self.config.CourseDirectory:
            url = str(self.config.CourseDirectory.db_url)
            self.config.CourseDirectory.db_url = configuration.absolute(url, self.root)
        self.directory = CourseDirectory(config=self.config)
        self._require_course(root)
        if self.is_shared:
            self.config.CourseDirectory.groupshared = self.directory.groupshared = True
            os.umask(os.umask(0) & ~0o070)  # what we make is the group's too
        #: Name of each student's folder, where it is not the student's id.
        self._folders: dict[str, str] = {}

    def _require_course(self, named: Path) -> None:
        """Refuse a folder that is no course, before anything is written into it."""
        signs = [f"nbgrader_config.{suffix}" for suffix in ("py", "json")]
        signs += [self.directory.source_directory, self.directory.release_directory]
        signs += [Path(self.directory.submitted_directory).parts[0], "gradebook.db"]
        if not any((self.root / sign).exists() for sign in signs):
            raise CvbookError(
                f"no course folder – {named.resolve()} – it has neither {signs[0]} nor "
                f"{self.directory.source_directory}/; run this in the course folder, or name it "
                "with --course"
            )

    @property
    def is_shared(self) -> bool:
        """Whether a group works in the course: nbgrader's setting, or the rights of the folder."""
        mode = self.root.stat().st_mode
        return bool(self.directory.groupshared or (mode & stat.S_ISGID and mode & stat.S_IWGRP))

    @property
    def db_url(self) -> str:
        """URL of the gradebook."""
        return str(self.directory.db_url)

    @property
    def kernel(self) -> str:
        """Kernel that the configuration sets for all notebooks, as nbclient reads it; or empty."""
        steps = ("Execute", "ExecutePreprocessor", "NotebookClient")
        names = (self.config.get(step, {}).get("kernel_name") for step in steps)
        return next((str(name) for name in names if name), "")

    @property
    def shown_db_url(self) -> str:
        """URL of the gradebook without its password."""
        return shown(self.db_url)

    def gradebook(self) -> AbstractContextManager[Gradebook]:
        """Open the gradebook."""
        if self.is_shared:
            share(self.db_url)
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

    def released(self, assignment: str) -> Path:
        """Folder of the assignment as students get it.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        Path
        """
        place = self.directory.format_path(self.directory.release_directory, ".", assignment)
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

    def passed_over(self, assignment: str) -> list[str]:
        """List what looks like a submission and is none, with the reason.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        list of str
            Lines in English: path and reason.
        """
        pattern = Path(
            self.directory.format_path(self.directory.submitted_directory, "*", assignment)
        )
        place = pattern.parts.index("*")
        base, rest = Path(*pattern.parts[:place]), Path(*pattern.parts[place + 1 :])
        known = [path.name for path in self.source(assignment).parent.iterdir()]
        found = []
        for folder in sorted(base.iterdir() if base.is_dir() else []):
            shown = printable(str(folder.relative_to(self.root)))
            work = _existing(folder / rest, folder)
            if work.is_symlink():
                found.append(f"{shown}/{rest} – it is a link")
            elif work.is_dir():
                if folder.name.startswith("."):
                    found.append(f"{shown} – its name starts with a dot")
            elif folder.is_dir() and not folder.name.startswith("."):
                for path in sorted(folder.iterdir()):
                    if path.is_dir() and path.name not in known and _is_like(path.name, assignment):
                        found.append(f"{shown}/{printable(path.name)} – is it {assignment}?")
                    elif path.suffix.lower() == ".ipynb":
                        found.append(f"{shown}/{printable(path.name)} – not in a folder {rest}")
            elif folder.suffix.lower() == ".ipynb":
                found.append(f"{shown} – not in a student's folder")
        return found

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

    def names_in_other_case(self, students: Sequence[str]) -> dict[str, list[str]]:
        """List students of the gradebook, and of those given, whose names differ in case only.

        Parameters
        ----------
        students : sequence of str

        Returns
        -------
        dict of str to list of str
            Student to probably the same person: a list of students may write another name than
            the folder.
        """
        alike: dict[str, set[str]] = {}
        for name in (*self._known_students().values(), *students):
            alike.setdefault(composed(name).casefold(), set()).add(name)
        others = {name: alike[composed(name).casefold()] - {name} for name in students}
        return {name: sorted(own) for name, own in others.items() if own}

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

    def specs(self, assignment: str) -> list[NotebookSpec]:
        """Read an assignment from the gradebook, and enter nothing.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        list of NotebookSpec

        Raises
        ------
        CvbookError
            If the gradebook does not have it.
        """
        return assignments.read(self, assignment)

    def stage(self) -> AbstractContextManager[Path]:
        """Make a folder for unfinished work, on the course's own file system."""
        return staging_folder(self.own_folder())

    def own_folder(self) -> Path:
        """Make the folder of our files, which git ignores."""
        folder = self.root / ".cvbook"
        folder.mkdir(exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n")
        return folder


def _is_like(name: str, assignment: str) -> bool:
    """Whether a folder's name may be meant for an assignment's."""
    one, other = (
        re.sub(r"[^0-9a-z가-힣]", "", composed(text).lower()) for text in (name, assignment)
    )
    number = re.match(r"0*(\d+)", other)
    if number and re.fullmatch(rf"\D*0*{number[1]}", one):
        return True
    return difflib.SequenceMatcher(None, one, other).ratio() > 0.75


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
