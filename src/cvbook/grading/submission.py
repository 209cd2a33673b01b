"""Read what a student handed in, whatever it is, and make of it a notebook nbgrader understands.

Everything outside code, text and the place of cells is taken from the gradebook: which cells are
graded, how many points they give, which are locked. What had to be put right becomes a note.
"""

import hashlib
import importlib.util
import json
import os
import re
import secrets
import stat
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

MAX_NOTEBOOK_BYTES = 50_000_000
MAX_FILES = 2_000
MAX_FILE_BYTES = 200_000_000
#: Files that Python imports unasked, before any check could run.
IMPORTED_UNASKED = {"sitecustomize", "usercustomize"}


@dataclass(frozen=True)
class CellSpec:
    """What the gradebook knows of a cell of the assignment.

    `source` is the instructor's, `released` what students got, without hidden tests; `checksum`
    is nbgrader's, of what was released.
    """

    name: str
    cell_type: str
    source: str
    released: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float
    checksum: str | None

    def metadata(self) -> dict[str, Any]:
        """Give the cell's `nbgrader` metadata."""
        marks: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.name,
            "cell_type": self.cell_type,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "checksum": self.checksum,
        }
        if self.grade or self.task:
            marks["points"] = self.points
        return marks


@dataclass(frozen=True)
class NotebookSpec:
    """A notebook of the assignment: its cells with nbgrader's marks, in order; its kernel."""

    name: str
    cells: dict[str, CellSpec]
    kernelspec: dict[str, str] | None


@dataclass
class Submission:
    """What was handed in, read and put right."""

    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class UnreadableError(Exception):
    """A notebook that is none."""


def digest(folder: Path, *more: str) -> str:
    """Hash all that a folder holds, links as links, and some texts.

    Of files that are too big to be graded, only the size and the time of the last change count.
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


def read(folder: Path, specs: Iterable[NotebookSpec], trusted_modules: set[str]) -> Submission:
    """Read a submission.

    Parameters
    ----------
    folder : Path
        The student's folder of the assignment.
    specs : iterable of NotebookSpec
    trusted_modules : set of str
        Top-level modules that the tests import: files that would stand in for them stay out.

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
            elif _stands_in(relative, trusted_modules):
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
    """Show what a terminal would obey, and what is no Unicode, as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _stands_in(path: Path, trusted_modules: set[str]) -> bool:
    """Whether Python would import this file instead of a module that is installed."""
    if path.suffix not in {".py", ".pyc", ".so", ".pth"}:
        return False
    name = path.parts[0].partition(".")[0]
    known = trusted_modules | IMPORTED_UNASKED | sys.stdlib_module_names
    return path.suffix == ".pth" or name in known or _installed(name)


def _installed(name: str) -> bool:
    try:
        return name.isidentifier() and importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return True


def _find(spec: NotebookSpec, candidates: dict[str, Path], submission: Submission) -> None:
    """Read the notebook of this name, or the one that holds most of its cells."""
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
            known = len(set(_recognise([c for c in other.cells if isinstance(c, dict)], spec)))
            if known > max(best, len(spec.cells) // 2):
                best, notebook, found = known, other, relative
        if notebook is None:
            submission.notes.append(f"노트북이 없음: {expected}")
            submission.missing.append(spec.name)
            return
        submission.notes.append(f"파일 이름이 다름: {printable(found)} → {expected}")
    submission.notebooks[spec.name] = put_right(notebook, spec, submission.notes)


def parse(path: Path) -> NotebookNode:
    """Read a notebook file of any version.

    Raises
    ------
    UnreadableError
        Says why it is none.
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
        if whole["nbformat"] == 4:  # `put_right` takes what nbformat would stumble over
            notebook = from_dict(whole)
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


def put_right(notebook: NotebookNode, spec: NotebookSpec, notes: list[str]) -> NotebookNode:
    """Rebuild a notebook with nbgrader's marks as the gradebook has them.

    Parameters
    ----------
    notebook : NotebookNode
        As handed in.
    spec : NotebookSpec
    notes : list of str
        What was put right is added.

    Returns
    -------
    NotebookNode
    """
    given = [cell for cell in notebook.cells if isinstance(cell, dict)]
    names = _recognise(given, spec)
    last = {name: index for index, name in names.items()}
    cells: list[NotebookNode] = []
    duplicated, edited, unmarked = [], [], []
    for index, cell in enumerate(given):
        known = spec.cells[names[index]] if index in names else None
        if known and known.name != _grade_id(cell):
            unmarked.append(known.name)
        if known and last[known.name] != index:  # as nbgrader does, the last one counts
            duplicated.append(known.name)
            known = None
        built = _rebuild(cell, known)
        if known and known.locked:
            if not _same_text(built.source, known.released, known.source):
                edited.append(known.name)
            built.source = known.source
        cells.append(built)
    if duplicated:
        notes.append(f"복사된 셀 (마지막 것만 채점): {', '.join(dict.fromkeys(duplicated))}")
    if unmarked:
        notes.append(f"표시가 지워진 셀 (글과 자리로 알아봄): {', '.join(unmarked)}")
    if edited:
        notes.append(f"고쳐진 잠긴 셀 (원래대로 되돌림): {', '.join(edited)}")
    _put_back(cells, spec, notes)
    metadata = {"kernelspec": spec.kernelspec} if spec.kernelspec else {}
    return new_notebook(cells=cells, metadata=metadata)


def _recognise(given: list[dict[str, Any]], spec: NotebookSpec) -> dict[int, str]:
    """Find which cells are which of the assignment's: by their marks, else by text or place.

    Returns
    -------
    dict of int to str
        Index to name; a name more than once if its cell was copied.
    """
    found = {i: name for i, cell in enumerate(given) if (name := _grade_id(cell)) in spec.cells}
    lost = [known for name, known in spec.cells.items() if name not in found.values()]
    for known in lost:
        if known.locked and known.released.strip():
            for i, cell in enumerate(given):
                if i not in found and _same_text(_source(cell), known.released, known.source):
                    found[i] = known.name
                    break
    order = list(spec.cells)
    for known in lost:
        if not known.locked:  # the first of its kind between its neighbours
            place = order.index(known.name)
            at = {name: i for i, name in found.items()}
            start = max((at[name] + 1 for name in order[:place] if name in at), default=0)
            end = min((at[name] for name in order[place + 1 :] if name in at), default=len(given))
            for i in range(start, end):
                free = i not in found and _grade_id(given[i]) is None
                if free and given[i].get("cell_type") == known.cell_type:
                    found[i] = known.name
                    break
    return dict(sorted(found.items()))


def _put_back(cells: list[NotebookNode], spec: NotebookSpec, notes: list[str]) -> None:
    """Insert lost locked cells after the one they follow in the assignment."""
    names = [_grade_id(cell) for cell in cells]
    put_back, lost = [], []
    place = 0
    for name, known in spec.cells.items():
        if name in names:
            place = names.index(name) + 1
        elif known.locked:
            cells.insert(place, _rebuild({"source": known.source}, known))
            names.insert(place, name)
            place += 1
            put_back.append(name)
        else:
            lost.append(name)
    if put_back:
        notes.append(f"지워진 잠긴 셀 (다시 넣음): {', '.join(put_back)}")
    if lost:
        notes.append(f"지워진 답 셀: {', '.join(lost)}")


def _same_text(text: str, *others: str) -> bool:
    """Whether a text is one of some others, but for white space."""
    return any(text.split() == other.split() for other in others)


def _rebuild(cell: dict[str, Any], known: CellSpec | None) -> NotebookNode:
    kind = known.cell_type if known else cell.get("cell_type")
    identity = cell.get("id")
    if not (isinstance(identity, str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", identity)):
        identity = secrets.token_hex(4)
    built = from_dict(  # not `new_code_cell`: the whole notebook is validated when it is written
        {
            "cell_type": kind if kind in ("code", "markdown") else "raw",
            "id": identity,
            "metadata": {"nbgrader": known.metadata()} if known else {},
            "source": _unicode(_source(cell)),
        }
    )
    if kind == "code":
        built |= {"execution_count": None, "outputs": []}
    attachments = cell.get("attachments")
    if kind == "markdown" and isinstance(attachments, dict):
        built.attachments = NotebookNode(
            {
                _unicode(name): {kind: _unicode(_joined(data)) for kind, data in bundle.items()}
                for name, bundle in attachments.items()
                if isinstance(bundle, dict)
            }
        )
    return built


def _source(cell: dict[str, Any]) -> str:
    return _joined(cell.get("source", ""))


def _joined(text: Any) -> str:
    """Put the lines together that the file holds one by one."""
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""


def _unicode(text: str) -> str:
    """Replace halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None
