"""The experiments of the chapters: tagged cells, found with all code that they depend on."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from cvbook.errors import CvbookError
from cvbook.measure.dataflow import needed_cells

TAG = "experiment"


@dataclass(frozen=True)
class Experiment:
    """A function `name(seed)` of a notebook.

    Attributes
    ----------
    name : str
    notebook : Path
    cell : str
        Id of the cell that defines it.
    code : str
        The cells it depends on, and its own.
    """

    name: str
    notebook: Path
    cell: str
    code: str

    @property
    def digest(self) -> str:
        """Hash of the code, without comments and layout."""
        return hashlib.sha256(ast.dump(ast.parse(self.code)).encode()).hexdigest()[:16]


def find_experiments(book: Path) -> dict[str, Experiment]:
    """Find the experiments of all chapters.

    Parameters
    ----------
    book : Path
        Folder of the notebooks.

    Returns
    -------
    dict of str to Experiment

    Raises
    ------
    CvbookError
        If a tagged cell defines no function of a seed, or two have the same name.
    """
    found: dict[str, Experiment] = {}
    for path in sorted(book.glob("*.ipynb")):
        for experiment in _of_notebook(path):
            if experiment.name in found:
                places = f"{found[experiment.name].notebook} and {path}"
                raise CvbookError(f"two experiments `{experiment.name}` – {places} – rename one")
            found[experiment.name] = experiment
    return found


def _of_notebook(path: Path) -> Iterator[Experiment]:
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = [cell.source for cell in cells]
    for index, cell in enumerate(cells):
        if TAG not in cell.metadata.get("tags", []):
            continue
        functions = [
            node.name
            for node in ast.parse(cell.source).body
            if isinstance(node, ast.FunctionDef) and [a.arg for a in node.args.args] == ["seed"]
        ]
        if len(functions) != 1:
            raise CvbookError(
                f"no experiment – {path}, cell `{cell.id}` – a cell with the tag `{TAG}` must "
                "define one function of one argument `seed`"
            )
        parts = [sources[i] for i in [*needed_cells(sources, index), index]]
        yield Experiment(functions[0], path, cell.id, "\n\n".join(parts))
