"""Files of a folder or a ZIP file, those of ZIP files within included."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from cvbook.errors import CvbookError

MAX_DEPTH = 3
MAX_FILE_BYTES = 200_000_000
MAX_ZIP_BYTES = 500_000_000
MAX_ZIP_FILES = 2_000
UTF8_NAMES = 0x800
#: What systems add without being asked.
JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class File:
    """A file to collect.

    Attributes
    ----------
    path : str
        Relative, with `/`; a ZIP file's name without `.zip` is a folder in it.
    content : bytes
        Empty if it could not be read.
    modified : float
        To compare within one download: seconds of the epoch in a folder, of the year 0 in a ZIP
        file; of what is in a ZIP file within, that of this file.
    problem : str
        Why it could not be read; empty if it could.
    archives : tuple of str
        Paths of the ZIP files within that it is in, the outermost first.
    """

    path: str
    content: bytes = b""
    modified: float = 0.0
    problem: str = ""
    archives: tuple[str, ...] = ()


def read_files(path: Path) -> Iterator[File]:
    """Read all files of a folder or a ZIP file.

    Parameters
    ----------
    path : Path

    Yields
    ------
    File
        Also those that cannot be read, with the reason.

    Raises
    ------
    CvbookError
        If there is no such folder or ZIP file.
    """
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.is_file():
        raise CvbookError(f"no such file or folder – {path} – name the download of the LMS")
    elif not zipfile.is_zipfile(path):
        raise CvbookError(f"no ZIP file – {path} – name the download of the LMS, or its folder")
    else:
        try:
            archive = zipfile.ZipFile(path)
        except Exception as error:  # zipfile raises what the bytes lead to
            raise CvbookError(
                f"a ZIP file that cannot be read – {path} – {error}; download it again"
            ) from error
        with archive:
            yield from _read_zip(archive, "", 0)


def _read_folder(root: Path) -> Iterator[File]:
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_symlink() or not path.is_file() or JUNK.intersection(relative.parts):
            continue
        name = relative.as_posix()
        if path.stat().st_size > MAX_FILE_BYTES:
            yield File(name, problem=f"larger than {MAX_FILE_BYTES // 10**6} MB")
            continue
        yield from _open(File(name, path.read_bytes(), path.stat().st_mtime), 0)


def _open(file: File, depth: int) -> Iterator[File]:
    """Give a file, or what is in it if it is a ZIP file."""
    if not file.path.lower().endswith(".zip"):
        yield file
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            for inner in _read_zip(archive, f"{file.path[:-4]}/", depth + 1):
                archives = (file.path, *inner.archives)
                yield replace(inner, modified=file.modified, archives=archives)
    except Exception as error:  # zipfile raises what the bytes lead to
        yield File(file.path, problem=f"ZIP file that cannot be read: {error}")


def _read_zip(archive: zipfile.ZipFile, prefix: str, depth: int) -> Iterator[File]:
    if depth > MAX_DEPTH:
        yield File(prefix.rstrip("/"), problem=f"more than {MAX_DEPTH} ZIP files within each other")
        return
    # A class's download may be large; what one student sends may not.
    left = MAX_ZIP_BYTES if prefix else None
    for number, info in enumerate(archive.infolist()):
        name = _name(info)
        parts = PurePosixPath(name).parts
        if info.is_dir() or JUNK.intersection(parts):
            continue
        path = prefix + name
        if problem := _problem(info, parts, number if prefix else 0, left):
            yield File(path, problem=problem)
            continue
        try:
            content = archive.read(info)
        except Exception as error:
            yield File(path, problem=f"cannot be read: {error}")
            continue
        left = None if left is None else left - len(content)
        yield from _open(File(path, content, _seconds(info)), depth)


def _problem(info: zipfile.ZipInfo, parts: tuple[str, ...], number: int, left: int | None) -> str:
    if ".." in parts or PurePosixPath(*parts).is_absolute() or ":" in parts[0]:
        return "leads out of the folder"
    if info.file_size > MAX_FILE_BYTES:
        return f"larger than {MAX_FILE_BYTES // 10**6} MB"
    if number >= MAX_ZIP_FILES or (left is not None and info.file_size > left):
        return f"more than {MAX_ZIP_FILES} files or {MAX_ZIP_BYTES // 10**6} MB in one ZIP file"
    if info.flag_bits & 0x1:
        return "encrypted"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """Decode a name: Windows writes its own encoding without saying which."""
    name = info.filename
    if not info.flag_bits & UTF8_NAMES:
        name = _decoded(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    """Decode what is UTF-8, Korean (CP949) or Western European (CP850)."""
    for encoding in ("utf-8", "cp949"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or not _is_western(name):
            return name
    return raw.decode("cp850")


def _is_western(name: str) -> bool:
    """Whether CP949 has made syllables of accented letters and what follows them.

    Those are rare ones, which KS X 1001 does not have, and stand beside Latin letters.
    """
    syllables = re.findall("[가-힣]", name)
    rare = all(len(syllable.encode("euc-kr")) > 2 for syllable in syllables)  # in jamo
    return rare and bool(re.search("[A-Za-z][가-힣]|[가-힣][A-Za-z]", name))


def _seconds(info: zipfile.ZipInfo) -> float:
    year, month, day, hour, minute, second = info.date_time
    days = (year * 12 + month) * 31 + day
    return float(((days * 24 + hour) * 60 + minute) * 60 + second)
