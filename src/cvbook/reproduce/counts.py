"""Counts of compared outputs, by cell, for the book's page and the report of a test run."""

import importlib.metadata
import platform
from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from cvbook.reproduce.compare.outputs import Comparison
from cvbook.reproduce.tolerance import Tolerance

#: Kinds of outputs, and their Korean names.
KINDS = {
    "stream": "출력한 글",
    "text": "값",
    "html": "표(HTML)",
    "image": "그림",
    "widget": "위젯",
}
#: Upper bounds of the bins of the tolerance histogram.
RTOL_BINS = (1e-6, 1e-4, 1e-2, 0.05, 0.1, 0.25)
LIBRARIES = ("tensorflow", "keras", "numpy", "matplotlib", "scikit-learn", "ipywidgets", "nbval")


class CellCounts(TypedDict):
    """What was compared in one cell; JSON-serializable, as pytest's reports contain it."""

    notebook: str
    kinds: dict[str, int]
    rtol: float
    image_tolerance: list[float]  # rms, shift
    max_relative_error: float
    max_rms: float


def count_cell(notebook: str, tolerance: Tolerance, comparison: Comparison) -> CellCounts:
    """Count what was compared in one cell.

    Parameters
    ----------
    notebook : str
        The notebook's name.
    tolerance : Tolerance
        The cell's.
    comparison : Comparison
        Of its outputs.

    Returns
    -------
    CellCounts
    """
    return {
        "notebook": notebook,
        "kinds": dict(comparison.kinds),
        "rtol": tolerance.rtol,
        "image_tolerance": [tolerance.rms, tolerance.shift],
        "max_relative_error": comparison.max_relative_error,
        "max_rms": comparison.max_rms,
    }


def count_kinds(cells: Iterable[CellCounts]) -> Counter[str]:
    """Count outputs by kind.

    Parameters
    ----------
    cells : iterable of CellCounts

    Returns
    -------
    Counter
        By the keys of `KINDS`.
    """
    return sum((Counter(cell["kinds"]) for cell in cells), Counter())


def rtol_histogram(cells: Iterable[CellCounts]) -> dict[str, int]:
    """Count cells by the relative tolerance that they declare.

    Parameters
    ----------
    cells : iterable of CellCounts

    Returns
    -------
    dict
        Label of a bin, such as `≤ 0.01`, to the number of cells.
    """
    counts = dict.fromkeys(RTOL_BINS, 0)
    for cell in cells:
        counts[next(end for end in RTOL_BINS if cell["rtol"] <= end)] += 1
    return {f"≤ {end:g}": count for end, count in counts.items()}


def declares_tolerance(cell: CellCounts) -> bool:
    """Whether a cell allows more than the default tolerance.

    Parameters
    ----------
    cell : CellCounts

    Returns
    -------
    bool
    """
    default = Tolerance()
    images: list[float] = [default.rms, default.shift]
    return cell["rtol"] > default.rtol or cell["image_tolerance"] != images


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that outputs depend on.

    Returns
    -------
    dict
        Name to version.
    """
    libraries = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"Python": platform.python_version(), **libraries}
