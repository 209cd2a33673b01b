"""Outputs of a test cell by which nbgrader gives no points."""

from collections.abc import Container

from nbformat import NotebookNode
from nbformat.v4 import new_output

from cvbook.grading.integrity.source import without_token
from cvbook.grading.visible import is_test


def failed(cell: NotebookNode) -> bool:
    """Whether a cell's outputs give no points in nbgrader.

    Parameters
    ----------
    cell : NotebookNode

    Returns
    -------
    bool
    """
    return has_error(cell) or any(
        (output.output_type, output.get("name")) == ("stream", "stderr")
        for output in cell.get("outputs", [])
    )


def has_error(cell: NotebookNode) -> bool:
    """Whether a cell shows an error.

    Parameters
    ----------
    cell : NotebookNode

    Returns
    -------
    bool
    """
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def fail_tests(notebook: NotebookNode, reason: str, proven: Container[int] = ()) -> None:
    """Give each test that is not proven to have passed an error as output.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    reason : str
    proven : container of int
        Indices of cells.
    """
    for index, cell in enumerate(notebook.cells):
        if is_test(cell) and index not in proven and not failed(cell):
            cell.outputs = [*cell.get("outputs", []), error_output("NotProven", reason)]


def error_output(name: str, text: str) -> NotebookNode:
    """Make the output of an error.

    Parameters
    ----------
    name : str
        Of its class.
    text : str

    Returns
    -------
    NotebookNode
    """
    output: NotebookNode = new_output(
        "error", ename=name, evalue=text, traceback=[f"{name}: {text}"]
    )
    return output


def remove_token(cell: NotebookNode, name: str) -> None:
    """Remove the token's variable from tracebacks.

    Parameters
    ----------
    cell : NotebookNode
        Changed in place.
    name : str
        As given to `source.with_token`.
    """
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            output.traceback = [without_token(line, name) for line in output.traceback]
