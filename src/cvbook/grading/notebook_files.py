"""Files of notebooks as students hand them in: of any version, well-formed or not."""

import json
import warnings
from pathlib import Path

import nbformat
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from cvbook.grading.normalization import rebuild_cell

MAX_NOTEBOOK_BYTES = 50_000_000


class UnreadableError(Exception):
    """A file cannot be read as a notebook."""


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
        return parse_content(path.read_bytes())
    except OSError as error:
        raise UnreadableError(str(error.strerror)) from None


def parse_content(content: bytes) -> NotebookNode:
    """Read the content of a notebook file, as `parse` does.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    NotebookNode

    Raises
    ------
    UnreadableError
        If it is no notebook.
    """
    try:
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        raise UnreadableError("UTF-8이 아님") from None
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


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook as grading does, for executing it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    NotebookNode
        Valid: text, order and nbgrader's marks of its cells, and its kernelspec's name.

    Raises
    ------
    UnreadableError
        If it is no notebook; the message says why, in Korean.
    """
    given = parse(path)
    cells = []
    for cell in given.cells:
        if not isinstance(cell, dict):
            continue
        rebuilt = rebuild_cell(cell, None)
        metadata = cell.get("metadata")
        marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if isinstance(marks, dict) and isinstance(marks.get("grade_id"), str):
            rebuilt.metadata.nbgrader = from_dict(marks)
        cells.append(rebuilt)
    metadata = given.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = kernel.get("name") if isinstance(kernel, dict) else None
    named = {"kernelspec": {"name": name, "display_name": name}} if isinstance(name, str) else {}
    notebook: NotebookNode = new_notebook(cells=cells, metadata=named)
    return notebook
