"""The gradebook: opening it, and retrying after transient errors of its database."""

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import nbgrader.dbutil
from alembic.script import ScriptDirectory
from nbgrader.api import Grade, Gradebook, InvalidEntry, SubmittedAssignment
from nbgrader.converters.base import NbGraderException
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from cvbook.errors import CvbookError


class GradebookError(CvbookError):
    """An error of the gradebook's database."""


T = TypeVar("T")
#: Errors of concurrent writes to one gradebook, or of a lost connection to the database.
TRANSIENT_DB_ERRORS = (
    GradebookError,
    IntegrityError,
    InvalidEntry,
    OperationalError,
    ProgrammingError,
)
#: Seconds before the first retry; each further one waits twice as long.
BACKOFF = 0.1


def retry(action: Callable[[], T], attempts: int = 6) -> T:
    """Repeat an action after transient errors of the database, with exponential backoff.

    Parameters
    ----------
    action : callable
        Without arguments; must be safe to repeat.
    attempts : int
        The last one raises its error.

    Returns
    -------
    object
        What the action returned.
    """
    for attempt in range(attempts - 1):
        try:
            return action()
        except (*TRANSIENT_DB_ERRORS, NbGraderException):  # may wrap an OperationalError
            time.sleep(BACKOFF * 2**attempt)
    return action()


@contextlib.contextmanager
def open_gradebook(url: str, course_id: str) -> Iterator[Gradebook]:
    """Open a gradebook; an empty database gets its tables.

    Parameters
    ----------
    url : str
        SQLAlchemy URL of the database.
    course_id : str

    Yields
    ------
    Gradebook

    Raises
    ------
    CvbookError
        If it cannot be opened.
    GradebookError
        If its database fails while it is open.
    """
    path = Path(url.removeprefix("sqlite:///"))
    if path.is_file() and not os.access(path, os.R_OK | os.W_OK):
        raise CvbookError(
            f"no permission to write the gradebook – {path} – let its owner run "
            f"`chmod g+rw {path.name}`, and see `ls -l` for its group"
        )
    try:
        gradebook = retry(lambda: Gradebook(url, course_id), 4)
        with gradebook.engine.connect() as connection:
            _require_current(url, connection)
    except CvbookError:
        raise
    except Exception as error:
        _require_current(url)
        raise CvbookError(
            f"cannot open the gradebook – {shown(url)} – is it running, and the URL right? "
            f"({str(error).strip().splitlines()[0]})"
        ) from error
    try:
        with gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        raise GradebookError(
            f"the gradebook's database failed – {shown(url)} – "
            f"{str(error).strip().splitlines()[0]}; is another program writing, or the disk full? "
            "Run this command again"
        ) from error


def share(url: str) -> None:
    """Let the group of the course write to a gradebook in a file; SQLite's own files follow it.

    Parameters
    ----------
    url : str
        Others than SQLite's are left as they are.
    """
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and path.parent.is_dir():
        path.touch()
        if path.stat().st_uid == os.getuid():
            path.chmod(path.stat().st_mode | 0o060)


def _require_current(url: str, connection: Connection | None = None) -> None:
    """Refuse a gradebook with the tables of an older nbgrader."""
    script = ScriptDirectory(str(Path(nbgrader.dbutil.__file__).with_name("alembic")))
    current = script.get_current_head()
    try:
        with contextlib.ExitStack() as opened:
            if connection is None:
                connection = opened.enter_context(create_engine(url).connect())
            query = text("SELECT version_num FROM alembic_version")
            found = connection.execute(query).scalar()
            count = len(inspect(connection).get_table_names())
    except Exception:  # no such database, or one without that table
        return
    if count and found is not None and found != current:
        raise CvbookError(
            f"a gradebook of an older nbgrader – {shown(url)} – upgrade it: run `nbgrader db "
            "upgrade` in the course folder, which keeps a copy of it"
        )


def shown(url: str) -> str:
    """Return a database's URL without user and password.

    Parameters
    ----------
    url : str

    Returns
    -------
    str
    """
    return url.rpartition("@")[2]


def net_score(submission: SubmittedAssignment) -> float:
    """Score of a submission after the penalty for lateness, as nbgrader exports it.

    Parameters
    ----------
    submission : SubmittedAssignment

    Returns
    -------
    float
    """
    penalty = float(submission.late_submission_penalty or 0)
    return max(0.0, float(submission.score) - penalty)


def no_points(grades: Iterable[Grade]) -> None:
    """Give no points for what was not handed in; a person looks again at marks given before.

    Parameters
    ----------
    grades : iterable of Grade
        Changed in place.
    """
    for grade in grades:
        grade.auto_score = 0
        grade.needs_manual_grade = grade.manual_score is not None


def with_driver(url: str) -> str:
    """Add the installed PostgreSQL driver to a URL that names none.

    Parameters
    ----------
    url : str

    Returns
    -------
    str
    """
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
