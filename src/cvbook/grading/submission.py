"""Reading of a submission: finds its notebooks, normalizes them, and selects the files beside them.

The result is always valid input for nbgrader; what was changed or left out is noted.
"""

import hashlib
import importlib.util
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from nbformat import NotebookNode

from cvbook.grading import timestamps
from cvbook.grading.matching import NOT_AT_ALL, Match, composed, match_files, name_rank
from cvbook.grading.normalization import NotebookSpec, normalize_notebook, where_in
from cvbook.grading.notebook_files import UnreadableError, parse

MAX_FILES = 2_000
MAX_FILE_BYTES = 200_000_000
_IGNORED = {".ipynb_checkpoints", "__pycache__", "__MACOSX"}
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
    unclear : list of str
        What can be read in two ways, and how it was read, in Korean.
    missing : list of str
        Notebooks that could not be found or read.
    left_out : dict of str to str
        Path of a file that does not count to the reason, in Korean.
    """

    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def add_missing(self, source: Path, names: Iterable[str]) -> frozenset[str]:
        """Add the assignment's own files where a student may replace them and handed in none.

        Parameters
        ----------
        source : Path
            Folder of the assignment.
        names : iterable of str
            Relative paths.

        Returns
        -------
        frozenset of str
            Those that were added.
        """
        known = {composed(name) for name in self.files}
        added = [n for n in sorted(names) if composed(n) not in known and n[-6:] != ".ipynb"]
        self.files |= {name: (source / name).read_bytes() for name in added}
        reasons = {composed(name): reason for name, reason in self.left_out.items()}
        refused = [name for name in added if composed(name) in reasons]
        self.unclear += [
            f"낸 것 대신 과제의 것을 씀: {printable(name)} ({reasons[composed(name)]})"
            for name in refused
        ]
        if absent := [name for name in added if name not in refused]:
            self.notes.append(f"내지 않아 과제의 것을 씀: {_listed(absent)}")
        return frozenset(added)


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
    folder: Path,
    specs: Iterable[NotebookSpec],
    trusted_modules: set[str],
    given: frozenset[str] = frozenset(),
) -> Submission:
    """Read a submission and normalize its notebooks.

    Where a notebook lies in a folder of its own, as archives of learning platforms have it, the
    files of that folder are beside it.

    Parameters
    ----------
    folder : Path
        The student's folder of the assignment.
    specs : iterable of NotebookSpec
    trusted_modules : set of str
        Top-level modules that the tests import: files that would shadow them are left out.
    given : frozenset of str
        Files that the assignment puts beside the notebooks itself: those handed in do not count.

    Returns
    -------
    Submission
        Notebooks that could not be read or found are in `missing`.
    """
    submission = Submission()
    specs = list(specs)
    paths = {
        path.relative_to(folder): path
        for path in _walk(folder)
        if not _IGNORED & set(path.relative_to(folder).parts)
    }
    candidates = {
        relative.as_posix(): path
        for relative, path in paths.items()
        if ".ipynb" in path.name.lower() and stat.S_ISREG(path.lstat().st_mode)
    }
    found = _find(candidates, specs, submission)
    homes = sorted({PurePosixPath(place).parent for place in found}, key=str)
    others = {relative: path for relative, path in paths.items() if str(relative) not in candidates}
    placed = {path: _beside(path, homes[::-1]) for path in others}
    known = {composed(name) for name in given}
    others = {
        path: own for path, own in others.items() if composed(placed[path].as_posix()) not in known
    }
    stamps = [path for path in others if placed[path].as_posix() == "timestamp.txt"]
    for path in stamps:
        if path.as_posix() != "timestamp.txt":  # beside the notebook: written by the student
            submission.unclear.append(f"제출 시각으로 보지 않은 파일: {printable(path.as_posix())}")
            del others[path]
    _read_files(others, placed, trusted_modules, submission)
    if content := submission.files.pop("timestamp.txt", None):
        stamp = timestamps.read(content)
        submission.notes += filter(None, [stamp.note])
        submission.unclear += filter(None, [stamp.unclear])
        if stamp.text:
            submission.files["timestamp.txt"] = stamp.text.encode()
    return submission


def _read_files(
    paths: dict[Path, Path],
    places: dict[Path, Path],
    trusted_modules: set[str],
    submission: Submission,
) -> None:
    """Read the files beside the notebooks, those of a notebook's own folder first."""
    left_out: dict[str, list[str]] = {}
    total = 0
    placed = [(places[relative], relative, path) for relative, path in paths.items()]
    for place, relative, path in sorted(placed, key=lambda one: one[0] == one[1]):
        try:
            status = path.lstat()
            size = status.st_size
            if place.as_posix() in submission.files:
                reason = "같은 이름의 파일이 노트북 옆에 있어 뺌"
            elif not stat.S_ISREG(status.st_mode):
                reason = "링크나 특수 파일을 뺌"
            elif shadows_module(place, trusted_modules):
                reason = "모듈을 가리는 파일을 뺌"
            elif total + size > MAX_FILE_BYTES or len(submission.files) >= MAX_FILES:
                reason = "너무 커서 뺌"
            else:
                submission.files[place.as_posix()] = path.read_bytes()
                total += size
                continue
        except OSError as error:
            reason = f"읽을 수 없어 뺌 ({error.strerror})"
        left_out.setdefault(reason, []).append(relative.as_posix())
        submission.left_out.setdefault(place.as_posix(), reason)
    for reason, names in left_out.items():
        submission.notes.append(f"{reason}: {_listed(names)}")


def _beside(relative: Path, homes: list[PurePosixPath]) -> Path:
    """Return a file's path relative to the notebook whose folder it is in."""
    for home in homes:
        if relative.is_relative_to(home):
            return relative.relative_to(home)
    return relative


def files_beside(notebook: Path) -> dict[str, bytes]:
    """Read the files beside a notebook, in its folder and those in it.

    Parameters
    ----------
    notebook : Path

    Returns
    -------
    dict of str to bytes
        Relative path to content. macOS decomposes names and people type composed ones: a file is
        there under both.
    """
    own = {
        file.relative_to(notebook.parent).as_posix(): file.read_bytes()
        for file in notebook.parent.rglob("*")
        if file.is_file() and file.suffix != ".ipynb"
    }
    return {composed(name): content for name, content in own.items()} | own


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


def _find(
    candidates: dict[str, Path], specs: Sequence[NotebookSpec], submission: Submission
) -> list[str]:
    """Add the assignment's notebooks; return their places, those of unreadable ones too."""
    files, broken = _parsed(candidates, specs)
    times = {path: candidates[path].lstat().st_mtime for path in files}
    matches = match_files(files, times, specs)
    places = []
    for spec in specs:
        unreadable = {name_rank(path, spec.name): path for path in sorted(broken, reverse=True)}
        unreadable.pop(NOT_AT_ALL, None)
        first = unreadable[max(unreadable)] if unreadable else ""
        match = matches.get(spec.name)
        if match is None:
            submission.missing.append(spec.name)
            submission.notes.append(
                f"읽을 수 없는 노트북 {printable(first)}: {broken[first]}"
                if first
                else f"노트북이 없음: {spec.name}.ipynb"
            )
            places += [first] if first else []
            continue
        if first and max(unreadable) > name_rank(match.path, spec.name):
            submission.unclear.append(
                f"읽을 수 없는 {printable(first)} ({broken[first]}) 대신 "
                f"{printable(match.path)}을(를) 채점함"
            )
        _explain(match, spec.name, submission)
        submission.notebooks[spec.name] = normalize_notebook(
            files[match.path], spec, submission.notes, where_in(specs, spec.name)
        )
        places.append(match.path)
    return places


def _parsed(
    candidates: dict[str, Path], specs: Sequence[NotebookSpec]
) -> tuple[dict[str, NotebookNode], dict[str, str]]:
    """Read files as notebooks, those with a notebook's name first; of the others, why not."""
    files: dict[str, NotebookNode] = {}
    broken: dict[str, str] = {}
    total = 0
    order = sorted(
        candidates, key=lambda path: -max((name_rank(path, s.name) for s in specs), default=0)
    )
    for relative in order:
        total += candidates[relative].stat().st_size
        if total > MAX_FILE_BYTES and files:
            broken[relative] = "너무 큼"
            continue
        try:
            files[relative] = parse(candidates[relative])
        except UnreadableError as error:
            broken[relative] = str(error)
    return files, broken


def _explain(match: Match, name: str, submission: Submission) -> None:
    """Say which file was read as a notebook, and which ones were not."""
    expected, found = f"{name}.ipynb", printable(match.path)
    if match.path != expected:
        submission.notes.append(f"파일 이름이 다름: {found} → {expected}")
    if match.rivals:
        left_out = _listed(match.rivals)
        submission.unclear.append(
            f"{expected}일 수 있는 파일이 여럿: {found}을(를) 채점하고 {left_out}은(는) 뺌"
        )
    if match.fuller:
        submission.unclear.append(
            f"{found}에서 비어 있는 답이 {_listed(match.fuller)}에는 있음: {found}을(를) 채점함"
        )
    if match.others:
        submission.notes.append(f"답이 다른 사본을 뺌: {_listed(match.others)}")
    if match.also:
        others = ", ".join(f"{other}.ipynb" for other in match.also)
        submission.unclear.append(f"{found}은(는) {others}일 수도 있음: {expected}(으)로 채점함")


def _listed(paths: Sequence[str]) -> str:
    """Name a few files."""
    more = f" 외 {len(paths) - 3}개" if len(paths) > 3 else ""
    return ", ".join(map(printable, paths[:3])) + more
