"""Run the visible tests of an exercise and report each task.

The notebook is executed from top to bottom in a fresh kernel and not changed. Hidden tests are not
part of it: they run when the work is graded. Exit code 0 only if every task passes.

  cvbook check exercises/07_separable_conv
"""

import argparse
import subprocess
import textwrap
from pathlib import Path
from typing import Any

from tqdm import tqdm

from cvbook._translation import columns, padded
from cvbook._translation import translate as _
from cvbook.errors import CvbookError

CELL_TIMEOUT = 300  # seconds; the longest cell trains for 90


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", type=Path, help="a notebook, or the folder that holds it")


def run(args: argparse.Namespace) -> int:
    results = check(_find(args.notebook))
    width = max(map(columns, results))
    for task, message in results.items():
        status = {None: _("passed"), "": _("not attempted")}.get(message, _("failed"))
        print(f"{padded(task, width)}  {status}")
        if message:
            print(textwrap.indent(message, "    "))
    passed = sum(message is None for message in results.values())
    summary = _("{passed} of {count} tasks passed (hidden tests run when it is graded)")
    print(summary.format(passed=passed, count=len(results)))
    return 0 if passed == len(results) else 1


def _find(path: Path) -> Path:
    if path.is_dir():
        path = path / f"{path.resolve().name}.ipynb"
    if not path.is_file():
        message = _("no such notebook – {path} – name an exercise's notebook or folder")
        raise CvbookError(message.format(path=path))
    return path


def check(path: Path) -> dict[str, str | None]:
    """Execute a notebook and read the outcome of its test cells.

    Parameters
    ----------
    path : Path
        A released exercise, or a solution.

    Returns
    -------
    dict
        Task to None (passed), "" (not attempted) or the message of its first failed test.

    Raises
    ------
    CvbookError
        If the notebook has no test cells or its kernel dies.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    from cvbook.grading.submission import UnreadableError, read_notebook

    try:
        notebook = read_notebook(path)
    except UnreadableError as error:
        message = _(
            "cannot read it – {path} – {error}; open it in JupyterLab and save it, or start from "
            "a fresh copy"
        )
        raise CvbookError(message.format(path=path, error=error)) from error
    tests = [cell for cell in notebook.cells if _is_test(cell)]
    if not tests:
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
    results: dict[str, str | None] = {}
    for cell in tests:
        task = cell.metadata.nbgrader.grade_id.partition("-")[0]
        if results.get(task) is None:  # keep the first failure
            results[task] = _failure(cell)
    return results


def _kernel(notebook: Any) -> str:
    """The kernel that the notebook names; Python's where that is not installed here."""
    from jupyter_client.kernelspec import KernelSpecManager

    name = str(notebook.metadata.get("kernelspec", {}).get("name", ""))
    return name if name in KernelSpecManager().find_kernel_specs() else "python3"


def _is_test(cell: Any) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and marks.get("grade", False) and not marks.get("solution")


def _failure(cell: Any) -> str | None:
    from cvbook.grading.scoring import read_points

    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename == "NotAttempted":
                return ""
            own = output.ename == "CheckFailed"
            return output.evalue if own else f"{output.ename}: {output.evalue}"
    maximum = float(cell.metadata.nbgrader.get("points", 0))
    points = read_points(cell).value
    if points is not None and points < maximum:
        return f"{points:g} / {maximum:g}점"
    return None
