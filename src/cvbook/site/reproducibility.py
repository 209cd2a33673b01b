"""Sphinx directive `reproducibility`: tables of what is checked in the book's notebooks.

The counts are those of the stored notebooks, computed during the build by the comparison that the
tests use, so that the page is always up to date. `make test` checks the outputs themselves.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from cvbook.reproduce import counts
from cvbook.reproduce.compare.outputs import compare_outputs
from cvbook.reproduce.notebooks import PATTERNS, code_cells, read
from cvbook.reproduce.tolerance import Tolerance

TOTAL = "모두"


def count_notebook(path: Path, name: str) -> list[counts.CellCounts]:
    """Count what is compared in a stored notebook.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Under which it is listed.

    Returns
    -------
    list of CellCounts
        Of each code cell.

    Raises
    ------
    CvbookError
        If the file is not a notebook.
    """
    cells = []
    for cell in code_cells(read(path)):
        tolerance = Tolerance.of(cell)
        compared = compare_outputs(cell.outputs, cell.outputs, tolerance, path)
        cells.append(counts.count_cell(name, tolerance, compared))
    return cells


def tables(cells: Sequence[counts.CellCounts]) -> str:
    """Format counts as the page's tables.

    Parameters
    ----------
    cells : sequence of CellCounts

    Returns
    -------
    str
        Markdown: cells and outputs of each notebook, cells by tolerance, and versions.
    """
    rows = []
    for name in [*dict.fromkeys(cell["notebook"] for cell in cells), TOTAL]:
        own = [cell for cell in cells if name in (cell["notebook"], TOTAL)]
        kinds = counts.count_kinds(own)
        declared = sum(map(counts.declares_tolerance, own))
        numbers = [len(own), *(kinds[kind] for kind in counts.KINDS), declared]
        rows.append((name, *map(str, numbers)))
    histogram = [(name, str(count)) for name, count in counts.rtol_histogram(cells).items()]
    return "\n\n".join(
        [
            _table(("노트북", "셀", *counts.KINDS.values(), "오차를 정한 셀"), rows),
            _table(("허용하는 상대 오차", "셀의 수"), histogram),
            _table(("이름", "버전"), counts.versions().items()),
        ]
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    first, *others = header
    lines = [(first, *others), ("---", *["---:"] * len(others)), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class Reproducibility(SphinxDirective):
    """Show the tables for all chapters and solutions of the book."""

    def run(self) -> list[nodes.Node]:
        """Count every notebook, and make the page depend on it."""
        root = Path(self.env.srcdir)
        cells = []
        for path in sorted(path for pattern in PATTERNS for path in root.glob(pattern)):
            self.env.note_dependency(str(path))
            # A solution is named by its folder: the last column is not cut off then.
            own_folder = path.stem == path.parent.name
            named = path.parent if own_folder else path.with_suffix("")
            cells += count_notebook(path, named.relative_to(root).as_posix())
        return self.parse_text_to_nodes(tables(cells))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive.

    Parameters
    ----------
    app : Sphinx

    Returns
    -------
    dict
        The extension's metadata.
    """
    app.add_directive("reproducibility", Reproducibility)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
