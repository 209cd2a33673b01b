"""Tar archives that carry a notebook's files to its kernel, as one file descriptor."""

import io
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO


def working_copy(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder that a kernel may have: no notebooks, links or special files.

    Parameters
    ----------
    folder : Path

    Yields
    ------
    tuple of str and bytes
        Path below `folder`, and content.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not os.path.islink(os.path.join(place, f))]
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
                yield str(path.relative_to(folder)), path.read_bytes()


def write(file: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files as an archive and seek to its start.

    Parameters
    ----------
    file : binary file
        Open for writing.
    files : mapping of str to bytes
        Relative paths and contents.
    """
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    file.seek(0)


def extract(file: BinaryIO, folder: str | os.PathLike[str]) -> None:
    """Extract an archive of regular files.

    `TarFile.extractall(filter="data")` would do, but not every Python 3.11 has it: Debian 12's
    3.11.2 does not.

    Parameters
    ----------
    file : binary file
    folder : path
        Created if it is missing.

    Raises
    ------
    ValueError
        If a member is no regular file, or lies outside of `folder`; those before it are extracted.
    """
    with tarfile.open(fileobj=file) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isreg() else None
            if content is None or path.is_absolute() or ".." in path.parts:
                raise ValueError(f"no plain file in the folder – archive – refused: {member.name}")
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("wb") as copy:
                shutil.copyfileobj(content, copy)
