"""Run the visible tests of an exercise and report each task.

The notebook is executed from top to bottom in a fresh kernel and not changed. A table has the
points of each task, then come the messages of the tests that failed. Hidden tests are not part of
it: they run when the work is graded. Exit code 0 only if every task passes.

  cvbook check exercises/07_separable_conv
"""

import argparse
import subprocess
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from cvbook._translation import translate as _
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from cvbook.grading.visible import Outcome

CELL_TIMEOUT = 300  # seconds; the longest cell trains for 90


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", type=Path, help="a notebook, or the folder that holds it")


def run(args: argparse.Namespace) -> int:
    from cvbook.grading.visible import table

    outcomes = check(_find(args.notebook))
    print("\n".join(table(outcomes)))
    for one in outcomes:
        said = {cell: message for cell, message in one.messages.items() if message}
        if said:
            print(f"\n{one.title}")
        for cell, message in said.items():
            print(f"  {cell}")
            print(textwrap.indent(message, "    "))
    return int(any(one.messages for one in outcomes if one.visible))


def _find(path: Path) -> Path:
    if path.is_dir():
        path = path / f"{path.resolve().name}.ipynb"
    if not path.is_file():
        message = _("no such notebook – {path} – name an exercise's notebook or folder")
        raise CvbookError(message.format(path=path))
    return path


def check(path: Path) -> "list[Outcome]":
    """Execute a notebook and read the outcome of its test cells.

    Parameters
    ----------
    path : Path
        A released exercise, or a solution.

    Returns
    -------
    list of Outcome
        One of each task, in order.

    Raises
    ------
    CvbookError
        If the notebook has no test cells or its kernel dies.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    from cvbook.grading.notebook_files import UnreadableError, read_notebook
    from cvbook.grading.visible import is_test, outcomes

    try:
        notebook = read_notebook(path)
    except UnreadableError as error:
        message = _(
            "cannot read it – {path} – {error}; open it in JupyterLab and save it, or start from "
            "a fresh copy"
        )
        raise CvbookError(message.format(path=path, error=error)) from error
    if not any(is_test(cell) for cell in notebook.cells):
        message = _("no tests in it – {path} – name a notebook from exercises/")
        raise CvbookError(message.format(path=path))
    with tqdm(total=len(notebook.cells), unit="cell", disable=None, leave=False) as bar:
        client = NotebookClient(
            notebook,
            kernel_name=_kernel(notebook),
            timeout=CELL_TIMEOUT,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "CellTimeoutError",
                "evalue": f"{CELL_TIMEOUT}초 안에 끝나지 않았습니다.",
                "traceback": [],
            },
            allow_errors=True,
            resources={"metadata": {"path": str(path.resolve().parent)}},
            on_cell_complete=lambda **cell: bar.update(),
        )
        try:
            client.execute(stderr=subprocess.DEVNULL)  # the kernel's start-up messages
        except DeadKernelError as error:
            message = _("the kernel died – {path} – run it cell by cell")
            raise CvbookError(message.format(path=path)) from error
    return outcomes(notebook, path.stem)


def _kernel(notebook: Any) -> str:
    """The kernel that the notebook names; Python's where that is not installed here."""
    from jupyter_client.kernelspec import KernelSpecManager

    name = str(notebook.metadata.get("kernelspec", {}).get("name", ""))
    return name if name in KernelSpecManager().find_kernel_specs() else "python3"
