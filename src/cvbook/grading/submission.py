"""Reading of a submission: finds its notebooks, normalizes them, and selects the files beside them.

The result is always valid input for nbgrader; what was changed or left out is noted.
"""

import hashlib
import importlib.util
import json
import os
import stat
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode, from_dict

from cvbook.grading.normalization import NotebookSpec, normalize_notebook, recognise_cells

MAX_NOTEBOOK_BYTES = 50_000_000
MAX_FILES = 2_000
MAX_FILE_BYTES = 200_000_000
#: Modules that Python imports at start-up, before any check could run.
IMPORTED_AT_STARTUP = {"sitecustomize", "usercustomize"}


@dataclass
class Submission:
    """A submission that was read and normalized.

    Attributes
    ----------
    notebooks : dict of str to NotebookNode
    files : dict of str to bytes
        Path, relative to the notebooks, to content.
    notes : list of str
        What was changed or left out, in Korean.
    missing : list of str
        Notebooks that could not be found or read.
    """

    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class UnreadableError(Exception):
    """A file cannot be read as a notebook."""


def digest(folder: Path, *more: str) -> str:
    """Hash the files of a folder, and further strings.

    Links are not followed. Of files too big to be graded, only size and modification time count.

    Parameters
    ----------
    folder : Path
    *more : str

    Returns
    -------
    str
    """
    total = hashlib.sha256("\0".join(more).encode())
    for path in _walk(folder):
        total.update(os.fsencode(path.relative_to(folder)) + b"\0")
        try:
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                total.update(os.fsencode(os.readlink(path)))
            elif stat.S_ISREG(status.st_mode) and status.st_size > MAX_FILE_BYTES:
                total.update(f"{status.st_size} {status.st_mtime_ns}".encode())
            elif stat.S_ISREG(status.st_mode):
                with path.open("rb") as file:
                    total.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:  # it cannot be graded either
            total.update(str(error.errno).encode())
    return total.hexdigest()


def _walk(folder: Path) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        yield from (Path(root) / name for name in sorted([*names, *links]))


def read_submission(
    folder: Path, specs: Iterable[NotebookSpec], trusted_modules: set[str]
) -> Submission:
    """Read a submission and normalize its notebooks.

    Parameters
    ----------
    folder : Path
        The student's folder of the assignment.
    specs : iterable of NotebookSpec
    trusted_modules : set of str
        Top-level modules that the tests import: files that would shadow them are left out.

    Returns
    -------
    Submission
        Notebooks that could not be read or found are in `missing`.
    """
    submission = Submission()
    candidates: dict[str, Path] = {}
    left_out: dict[str, list[str]] = {}
    total = 0
    for path in _walk(folder):
        relative = path.relative_to(folder)
        if {".ipynb_checkpoints", "__pycache__"} & set(path.parts):
            continue
        try:
            status = path.lstat()
            size = status.st_size
            if not stat.S_ISREG(status.st_mode):
                reason = "링크나 특수 파일을 뺌"
            elif ".ipynb" in path.name.lower():
                candidates[relative.as_posix()] = path
                continue
            elif shadows_module(relative, trusted_modules):
                reason = "모듈을 가리는 파일을 뺌"
            elif total + size > MAX_FILE_BYTES or len(submission.files) >= MAX_FILES:
                reason = "너무 커서 뺌"
            else:
                submission.files[relative.as_posix()] = path.read_bytes()
                total += size
                continue
        except OSError as error:
            reason = f"읽을 수 없어 뺌 ({error.strerror})"
        left_out.setdefault(reason, []).append(printable(relative.as_posix()))
    for reason, names in left_out.items():
        more = f" 외 {len(names) - 3}개" if len(names) > 3 else ""
        submission.notes.append(f"{reason}: {', '.join(names[:3])}{more}")
    for spec in specs:
        _find(spec, candidates, submission)
    return submission


def printable(text: str) -> str:
    """Escape control characters and lone surrogates.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shadows_module(path: Path, trusted_modules: set[str]) -> bool:
    """Whether Python would import this file instead of a module that is installed.

    Parameters
    ----------
    path : Path
        Relative to the notebook.
    trusted_modules : set of str
        Top-level modules that count as installed, whether they are here or not.

    Returns
    -------
    bool
    """
    if path.suffix not in {".py", ".pyc", ".so", ".pth"}:
        return False
    name = path.parts[0].partition(".")[0]
    known = trusted_modules | IMPORTED_AT_STARTUP | sys.stdlib_module_names
    return path.suffix == ".pth" or name in known or _installed(name)


def _installed(name: str) -> bool:
    try:
        return name.isidentifier() and importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return True


def _find(spec: NotebookSpec, candidates: dict[str, Path], submission: Submission) -> None:
    """Add the notebook of this name, else the one that holds most of its cells."""
    expected = f"{spec.name}.ipynb"
    notebook: NotebookNode | None
    if expected in candidates:
        try:
            notebook = parse(candidates[expected])
        except UnreadableError as error:
            submission.notes.append(f"읽을 수 없는 노트북 {expected}: {error}")
            submission.missing.append(spec.name)
            return
    else:
        best = 0
        notebook = None
        for relative, path in candidates.items():
            try:
                other = parse(path)
            except UnreadableError:
                continue
            known = len(set(recognise_cells([c for c in other.cells if isinstance(c, dict)], spec)))
            if known > max(best, len(spec.cells) // 2):
                best, notebook, found = known, other, relative
        if notebook is None:
            submission.notes.append(f"노트북이 없음: {expected}")
            submission.missing.append(spec.name)
            return
        submission.notes.append(f"파일 이름이 다름: {printable(found)} → {expected}")
    submission.notebooks[spec.name] = normalize_notebook(notebook, spec, submission.notes)


def parse(path: Path) -> NotebookNode:
    """Read a notebook file of any version.

    Parameters
    ----------
    path : Path

    Returns
    -------
    NotebookNode
        With a list `cells`; the rest is unchecked in format 4, which `normalize_notebook` expects.

    Raises
    ------
    UnreadableError
        If it is no notebook; the message says why, in Korean.
    """
    if path.stat().st_size > MAX_NOTEBOOK_BYTES:
        raise UnreadableError(f"{path.stat().st_size // 1_000_000} MB")
    try:
        content = path.read_bytes()
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        raise UnreadableError("UTF-8이 아님") from None
    except OSError as error:
        raise UnreadableError(str(error.strerror)) from None
    try:
        whole = json.loads(text)
        if not isinstance(whole, dict) or type(whole.get("nbformat")) is not int:
            raise UnreadableError("노트북 형식이 아님")
        if whole["nbformat"] == 4:  # `normalize_notebook` accepts what nbformat rejects
            notebook: NotebookNode = from_dict(whole)
        else:
            with warnings.catch_warnings(action="ignore"):
                notebook = nbformat.reads(text, as_version=4)
        if not isinstance(notebook.get("cells"), list):
            raise UnreadableError("셀이 없음")
    except json.JSONDecodeError as error:
        raise UnreadableError(f"깨진 JSON ({error.lineno}번째 줄)") from None
    except UnreadableError:
        raise
    except RecursionError:
        raise UnreadableError("너무 깊은 JSON") from None
    except Exception as error:  # nbformat's upgrades fail in many ways on malformed notebooks
        raise UnreadableError(f"노트북 형식이 아님 ({type(error).__name__})") from None
    return notebook
