"""nbgrader's configuration of a course: from all of Jupyter's paths, then the course folder."""

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.apps.baseapp import NbGrader
from traitlets.config import Application, Config

from cvbook.errors import CvbookError

_NAMES = ("jupyter_config", "nbgrader_config")


def load(root: Path) -> Config:
    """Load the configuration as nbgrader does when it is started in the course folder.

    Parameters
    ----------
    root : Path
        The course folder, whose files count most.

    Returns
    -------
    Config
        With today's names where a file has nbgrader's old ones.

    Raises
    ------
    CvbookError
        If a file cannot be read.
    """
    folders = [*reversed(jupyter_config_path()), str(root)]
    app = NbGrader()
    app.raise_config_file_errors = True
    app.log.setLevel(logging.CRITICAL)
    with importable(root):
        for folder in folders:  # one after the other: old names count as in their file
            # Jupyter's own file counts in Jupyter's folders only, not where nbgrader is started.
            for name in ("nbgrader_config",) if folder == str(root) else _NAMES:
                try:
                    Application.load_config_file(app, name, path=[folder])
                except Exception as error:
                    raise CvbookError(
                        f"cannot read it – {folder}/{name}.{_suffix(folder, name)} – correct it: "
                        f"{error}"
                    ) from error
    return Config(app.config)


def _suffix(folder: str, name: str) -> str:
    return "py" if Path(folder, f"{name}.py").is_file() else "json"


def absolute(url: str, root: Path) -> str:
    """Resolve the path of an SQLite database against the course folder, as nbgrader does.

    Parameters
    ----------
    url : str
        SQLAlchemy URL.
    root : Path

    Returns
    -------
    str
    """
    start = "sqlite:///"
    place = url.removeprefix(start)
    if not url.startswith(start) or not place or place[:1] in "/:" or os.path.isabs(place):
        return url
    return f"{start}{root / place}"


@contextlib.contextmanager
def importable(root: Path) -> Iterator[None]:
    """Put the course folder on `sys.path`, where nbgrader looks for plugins.

    Parameters
    ----------
    root : Path
    """
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.path.remove(str(root))
