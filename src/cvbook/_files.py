"""Atomic creation of files and folders."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace a file atomically: an interruption leaves the old one.

    Parameters
    ----------
    path : Path
        Its folder is made if it is missing.
    content : str or bytes
        A string is written as UTF-8.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(draft, path)


@contextlib.contextmanager
def staged_folder(target: Path) -> Iterator[Path]:
    """Fill a folder beside its target; rename it on success, remove it on any error.

    Parameters
    ----------
    target : Path
        Must not exist, or be an empty folder.

    Yields
    ------
    Path
        The folder to fill.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield staged
        umask = os.umask(0)
        os.umask(umask)
        staged.chmod(stat.S_IMODE(staged.stat().st_mode) | 0o777 & ~umask)  # keeps a set group
        staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
