"""The gradebook: opening it, and retrying after transient errors of its database."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from cvbook.errors import CvbookError

T = TypeVar("T")
#: Errors of concurrent writes to one gradebook, or of a lost connection to the database.
TRANSIENT_DB_ERRORS = (IntegrityError, InvalidEntry, OperationalError, ProgrammingError)
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
    """
    try:
        gradebook = retry(lambda: Gradebook(url, course_id), 4)
    except Exception as error:
        shown = url.rpartition("@")[2]  # no password
        raise CvbookError(
            f"cannot open the gradebook – {shown} – is it running, and the URL right? "
            f"({str(error).strip().splitlines()[0]})"
        ) from error
    with gradebook:
        yield gradebook


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
