"""Sphinx directive `corrected-claims`: what the experiments say against the lecture's claims.

Every chapter ends with a table of the lecture's claims, the sections that test them, and the
results. The directive gathers the rows whose result is more than a yes, so that the instructors'
guide is always up to date.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

HEADING = "## 강의의 주장과 실험"
ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
#: A result that agrees without a condition.
PLAIN = re.compile(r"(맞다|성립)(?!.*(단,|다만|그러나|지만))")


class Claim(NamedTuple):
    """A row of a chapter's table."""

    claim: str
    sections: str
    result: str


def claims(notebook: NotebookNode) -> list[Claim]:
    """Read the table of a chapter.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    list of Claim
        In Markdown; empty if there is no such table.
    """
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    table = text.partition(HEADING)[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in row] for row in ROW.findall(table)]
    return [Claim(*row) for row in rows[2:]]  # after the header and its rule


def corrected(book: Path) -> Iterator[tuple[Path, Claim]]:
    """Claims of all chapters that need a correction, a condition or further evidence.

    Parameters
    ----------
    book : Path
        Folder of the chapters.

    Yields
    ------
    (Path, Claim)
        The chapter and the row; the links of its sections lead into the chapter.
    """
    for path in sorted(book.glob("[0-9][0-9]_*.ipynb")):
        for row in claims(nbformat.read(path, as_version=4)):
            if not PLAIN.match(row.result):
                into = row._replace(
                    sections=row.sections.replace("](#", f"]({path.name}#"),
                    result=row.result.replace("](#", f"]({path.name}#"),
                )
                yield path, into


def table(book: Path) -> str:
    """Format the corrected claims.

    Parameters
    ----------
    book : Path
        Folder of the chapters.

    Returns
    -------
    str
        A Markdown table.
    """
    lines = ["| 장 | 강의의 주장 | 실험의 결과 | 절 |", "|---|---|---|---|"]
    for path, row in corrected(book):
        number = int(path.name[:2])
        lines.append(f"| {number} | {row.claim} | {row.result} | {row.sections} |")
    return "\n".join(lines)


class CorrectedClaims(SphinxDirective):
    """Show the table."""

    def run(self) -> list[nodes.Node]:
        """Read every chapter, and make the page depend on it."""
        book = Path(self.env.doc2path(self.env.docname)).parent
        for path in sorted(book.glob("[0-9][0-9]_*.ipynb")):
            self.env.note_dependency(str(path))
        return self.parse_text_to_nodes(table(book))


def register(app: Sphinx) -> None:
    """Register the directive.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_directive("corrected-claims", CorrectedClaims)
