"""The Sphinx directive `reproducibility`: what is checked in a book, counted as it is built.

The figures are those of the stored notebooks, by the code that the checker compares them with, so
that the page cannot fall behind the chapters. `make test` proves the outputs themselves.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from cvbook.reproduce import execute, lint, report
from cvbook.reproduce.compare import outputs


def stored_figures(path: Path, name: str) -> list[dict[str, Any]]:
    """The figures of a stored notebook's cells.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        As which it is listed.

    Returns
    -------
    list of dict
        Of each code cell, as `report.figures` gives them.
    """
    cells = []
    for cell in lint.code_cells(nbformat.read(path, as_version=4)):
        tolerance = lint.Tolerance.of(cell)
        compared = outputs.Comparer(tolerance, path).outputs(cell.outputs, cell.outputs)
        cells.append(report.figures(name, tolerance, compared))
    return cells


def tables(cells: list[dict[str, Any]]) -> str:
    """The page's tables, in Markdown.

    Parameters
    ----------
    cells : list of dict
        As `stored_figures` gives them.

    Returns
    -------
    str
        Cells and outputs of each notebook, cells by tolerance, and versions.
    """
    rows = []
    for name in [*dict.fromkeys(cell["notebook"] for cell in cells), "모두"]:
        own = [cell for cell in cells if name in (cell["notebook"], "모두")]
        found = report.kinds(own)
        declared = sum(_declares(cell) for cell in own)
        counts = [len(own), *(found[kind] for kind in report.KINDS), declared]
        rows.append((name, *map(str, counts)))
    histogram = [(name, str(count)) for name, count in report.histogram(cells).items()]
    return "\n\n".join(
        [
            _table(("노트북", "셀", *report.KINDS.values(), "오차를 정한 셀"), rows),
            _table(("허용하는 상대 오차", "셀의 수"), histogram),
            _table(("이름", "버전"), report.versions().items()),
        ]
    )


def _declares(cell: dict[str, Any]) -> bool:
    default = lint.Tolerance()
    return cell["rtol"] > default.rtol or cell["picture_tolerance"] != [default.rms, default.shift]


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    first, *others = header
    lines = [(first, *others), ("---", *["---:"] * len(others)), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class Reproducibility(SphinxDirective):
    """Show the tables for all chapters and solutions of the book."""

    def run(self) -> list[nodes.Node]:
        """Count, and note that the page hangs on every notebook."""
        root = Path(self.env.srcdir)
        cells = []
        for path in sorted(path for pattern in execute.PATTERNS for path in root.glob(pattern)):
            self.env.note_dependency(str(path))
            cells += stored_figures(path, path.relative_to(root).with_suffix("").as_posix())
        return self.parse_text_to_nodes(tables(cells))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("reproducibility", Reproducibility)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
