"""Which file of a submission is which notebook of the assignment, by names and by cells."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from nbformat import NotebookNode

from cvbook.grading.normalization import NotebookSpec, recognise_cells, same_text, source_of

#: What browsers, systems, JupyterLab and Canvas append to the name of a file that is there already.
COPY = re.compile(
    r"[\s_-]*(\(\d+\)|\d+|copy\s*(\(\d+\)|\d+)?|(복사본|사본)\s*(\(\d+\)|\d+)?)$", re.IGNORECASE
)
#: How a file's name says which notebook it is.
EXACTLY, IN_A_FOLDER, ROUGHLY, NOT_AT_ALL = 3, 2, 1, 0


@dataclass
class Match:
    """The file that is read as a notebook, and those that could be it too.

    Attributes
    ----------
    path : str
    rivals : list of str
        Files with other answers that have as much of a right to the name.
    fuller : list of str
        Files that answer what this one leaves as students got it.
    others : list of str
        Files with other answers whose name is further from the notebook's.
    also : list of str
        Notebooks without a file that this one could be as well.
    """

    path: str
    rivals: list[str] = field(default_factory=list)
    fuller: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Fit:
    """How well a file fits a notebook; `kept` counts its cells that are as the assignment's."""

    rank: int
    kept: int


def name_rank(path: str, name: str) -> int:
    """Compare the name of a file with that of a notebook.

    Parameters
    ----------
    path : str
        Relative to the submission, with `/`.
    name : str
        Of the notebook, without suffix.

    Returns
    -------
    int
        `EXACTLY`, `IN_A_FOLDER`, `ROUGHLY` (but for case, spaces and the mark of a copy) or
        `NOT_AT_ALL`.
    """
    path, expected = composed(path), f"{composed(name)}.ipynb"
    if path == expected:
        return EXACTLY
    own = PurePosixPath(path).name
    if own == expected:
        return IN_A_FOLDER
    stem = _plain(own.lower().partition(".ipynb")[0])
    return ROUGHLY if _plain(name) in (stem, COPY.sub("", stem)) else NOT_AT_ALL


def match_files(
    files: Mapping[str, NotebookNode], times: Mapping[str, float], specs: Sequence[NotebookSpec]
) -> dict[str, Match]:
    """Decide which file is which notebook; each file is one notebook at most.

    A file that has the exact name of a notebook is that one, whatever it holds. Of the others,
    one is a notebook only if it holds most of its cells: first by name, then by how many cells
    are as in the assignment, then the newest.

    Parameters
    ----------
    files : mapping of str to NotebookNode
        Path to what is in it.
    times : mapping of str to float
        Path to modification time.
    specs : sequence of NotebookSpec

    Returns
    -------
    dict of str to Match
        By the notebook's name; without those of which there is no file.
    """
    fits = {path: _fits(path, notebook, specs) for path, notebook in files.items()}
    pairs = [
        (fit.rank, fit.kept, times[path], path, name)
        for path in fits
        for name, fit in fits[path].items()
    ]
    pairs.sort(key=lambda pair: pair[:4], reverse=True)
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for _, _, _, path, name in pairs:
        if name not in found and path not in taken:
            found[name] = Match(path)
            taken.add(path)
    by_name = {spec.name: spec for spec in specs}
    for name, match in found.items():
        match.also = [other for other in fits[match.path] if other not in found]
        ranks = {path: fits[path][name].rank for path in sorted(fits) if name in fits[path]}
        left = [path for path in ranks if path not in taken]
        _compare(match, left, ranks, files, by_name[name])
    return found


def _fits(path: str, notebook: NotebookNode, specs: Iterable[NotebookSpec]) -> dict[str, _Fit]:
    """Notebooks that a file can be: those that its name says, else those it is most like."""
    ranks = {spec.name: name_rank(path, spec.name) for spec in specs}
    named = max(ranks.values(), default=NOT_AT_ALL) >= IN_A_FOLDER
    fits: dict[str, _Fit] = {}
    for spec in specs:
        if named and ranks[spec.name] < IN_A_FOLDER:
            continue
        recognised, kept = _count(notebook, spec)
        if ranks[spec.name] == EXACTLY or recognised > len(spec.cells) // 2:
            fits[spec.name] = _Fit(ranks[spec.name], kept)
    best = max(((fit.rank, fit.kept) for fit in fits.values()), default=None)
    return {name: fit for name, fit in fits.items() if (fit.rank, fit.kept) == best}


def _count(notebook: NotebookNode, spec: NotebookSpec) -> tuple[int, int]:
    """Count the assignment's cells in a notebook, and those that nobody edited or may edit."""
    cells = _texts(notebook, spec)
    own = [(spec.cells[name], text) for name, text in cells.items()]
    kept = [not c.locked or same_text(text, c.released, c.source) for c, text in own]
    return len(cells), sum(kept)


def _texts(notebook: NotebookNode, spec: NotebookSpec) -> dict[str, str]:
    cells = _cells(notebook)
    return {name: source_of(cells[i]) for i, name in recognise_cells(cells, spec).items()}


def _cells(notebook: NotebookNode) -> list[dict[str, Any]]:
    return [cell for cell in notebook.cells if isinstance(cell, dict)]


def _compare(
    match: Match,
    left: Iterable[str],
    ranks: Mapping[str, int],
    files: Mapping[str, NotebookNode],
    spec: NotebookSpec,
) -> None:
    """Sort the files that are left out but differ from the chosen one."""
    chosen = files[match.path]
    sources = [source_of(cell) for cell in _cells(chosen)]
    texts = _texts(chosen, spec)
    blank = [c for c in spec.cells.values() if not c.locked and _is_blank(c.name, texts, spec)]
    for path in left:
        if [source_of(cell) for cell in _cells(files[path])] == sources:
            continue
        other = _texts(files[path], spec)
        if ranks[path] == ranks[match.path]:
            match.rivals.append(path)
        elif any(not _is_blank(cell.name, other, spec) for cell in blank):
            match.fuller.append(path)
        else:
            match.others.append(path)


def _is_blank(name: str, texts: Mapping[str, str], spec: NotebookSpec) -> bool:
    """Whether an answer is missing or as students got it."""
    text = texts.get(name, "")
    return not text.strip() or same_text(text, spec.cells[name].released)


def composed(text: str) -> str:
    """Compose a text's characters (Unicode NFC).

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    return " ".join(composed(text).casefold().split())
