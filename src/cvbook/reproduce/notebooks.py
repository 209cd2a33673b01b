"""Find the book's notebooks, and the code cells and widgets of one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from cvbook.errors import CvbookError

#: Glob patterns of the notebooks, relative to the book's folder.
PATTERNS = ("book/*.ipynb", "solutions/*/*.ipynb")

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def find_notebooks(names: Sequence[str] = ()) -> list[Path]:
    """Find notebooks by path or stem, in the working folder.

    Parameters
    ----------
    names : sequence of str
        Paths of notebooks, or stems such as `03_transposed_conv`; none means all.

    Returns
    -------
    list of Path
        Chapters first, then solutions.

    Raises
    ------
    CvbookError
        If a name is neither, or if there are no notebooks at all.
    """
    everything = sorted(path for pattern in PATTERNS for path in Path().glob(pattern))
    if not names:
        if not everything:
            where = " or ".join(PATTERNS)
            raise CvbookError(f"no notebooks ({where}) – {Path.cwd()} – go to the book's folder")
        return everything
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        matches = [path] if path.is_file() else [p for p in everything if p.stem == path.stem]
        if not matches:
            raise CvbookError(f"no such notebook – {name} – give a path or a chapter's stem")
        found.update(dict.fromkeys(matches))
    return list(found)


def read(path: Path) -> NotebookNode:
    """Read a notebook file.

    Parameters
    ----------
    path : Path
        A notebook of nbformat 4; older ones are upgraded.

    Returns
    -------
    NotebookNode

    Raises
    ------
    CvbookError
        If it is not a notebook.
    """
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    # nbformat: not JSON, JSON without the keys of a notebook, JSON that is not an object.
    except (ValueError, nbformat.ValidationError, AttributeError) as error:
        raise CvbookError(f"not a notebook – {path} – restore the file ({error})") from error
    for index, cell in enumerate(notebook.cells):  # Colab stores none
        cell.setdefault("id", f"cell-{index}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Code cells of a notebook.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    list of NotebookNode
        In the order of execution.
    """
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def widget_models(notebook: NotebookNode) -> dict[str, Any]:
    """Widget models stored in a notebook's metadata.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    dict
        Model id to class and synced state; the notebook's own object, empty if it has none.
    """
    models: dict[str, Any] = (
        notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    )
    return models


def displayed_widgets(notebook: NotebookNode) -> dict[str, str]:
    """Widget models that a cell displays.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    dict
        Model id to the id of the cell.
    """
    return {
        output.data[WIDGET_VIEW]["model_id"]: cell.id
        for cell in code_cells(notebook)
        for output in cell.outputs
        if WIDGET_VIEW in output.get("data", {})
    }
