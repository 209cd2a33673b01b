"""Run the visible tests of an exercise and report each task.

The notebook is executed from top to bottom in a fresh kernel and not changed. A table has the
points of each task, then come the messages of the tests that failed. Hidden tests are not part of
it: they run when the work is graded. Exit code 0 only if every task passes.

  cvbook check exercises/07_separable_conv
"""

import argparse
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from cvbook._translation import columns, padded
from cvbook._translation import translate as _
from cvbook.errors import CvbookError

if TYPE_CHECKING:
    from cvbook.grading.tasks import Task

CELL_TIMEOUT = 300  # seconds; the longest cell trains for 90


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", type=Path, help="a notebook, or the folder that holds it")


@dataclass(frozen=True)
class Outcome:
    """Outcome of a task.

    Attributes
    ----------
    name, title : str
        Of the answer; its heading.
    earned, visible : float
        Points by visible tests: earned, and at most.
    later : float
        Points that hidden tests or a person give.
    messages : dict of str to str
        Failed test to its message, empty where nothing was attempted.
    partial : bool
        Whether every failed test gave a part of its points.
    """

    name: str
    title: str
    earned: float
    visible: float
    later: float
    messages: dict[str, str]
    partial: bool = False

    @property
    def status(self) -> str:
        """In the reader's language."""
        if not self.visible:
            return _("graded later")
        if not self.messages:
            return _("passed")
        if self.partial:
            return _("partial")
        return _("failed") if any(self.messages.values()) else _("not attempted")


def run(args: argparse.Namespace) -> int:
    outcomes = check(_find(args.notebook))
    tested = [one for one in outcomes if one.visible]
    passed = sum(not one.messages for one in tested)
    summary = _(
        "{passed} of {count} tasks passed, {earned} of {visible} points; {later} points come "
        "later, from hidden tests and answers that a person grades"
    )
    numbers = {
        name: f"{sum(getattr(one, name) for one in outcomes):g}"
        for name in ("earned", "visible", "later")
    }
    print(summary.format(passed=passed, count=len(tested), **numbers))
    width = max(columns(one.title) for one in outcomes)
    for one in outcomes:
        points = f"{one.earned:g} / {one.visible:g}" if one.visible else f"({one.later:g})"
        print(f"  {padded(one.title, width)}  {points:>9}  {one.status}")
    for one in outcomes:
        said = {cell: message for cell, message in one.messages.items() if message}
        if said:
            print(f"\n{one.title}")
        for cell, message in said.items():
            print(f"  {cell}")
            print(textwrap.indent(message, "    "))
    return 0 if passed == len(tested) else 1


def _find(path: Path) -> Path:
    if path.is_dir():
        path = path / f"{path.resolve().name}.ipynb"
    if not path.is_file():
        message = _("no such notebook – {path} – name an exercise's notebook or folder")
        raise CvbookError(message.format(path=path))
    return path


def check(path: Path) -> list[Outcome]:
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

    from cvbook.grading.submission import UnreadableError, read_notebook
    from cvbook.grading.tasks import of_notebook

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
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in tests}
    return [_outcome(task, cells) for task in of_notebook(notebook, path.stem)]


def _outcome(task: "Task", tests: dict[str, Any]) -> Outcome:
    own = {cell.name: tests[cell.name] for cell in task.cells if cell.name in tests}
    visible = [name for name, test in own.items() if not _is_empty(test)]
    found = {name: message for name in own if (message := _failure(own[name])) is not None}
    points = {cell.name: cell.points for cell in task.cells}
    earned = sum(_part(own[name]) if name in found else points[name] for name in visible)
    at_most = sum(points[name] for name in visible)
    partial = bool(found) and all(_part(own[name]) for name in found)
    return Outcome(task.name, task.title, earned, at_most, task.points - at_most, found, partial)


def _is_empty(cell: Any) -> bool:
    """Whether a test was left out of the release: it is hidden."""
    return not any(
        line.strip() and not line.lstrip().startswith("#") for line in cell.source.splitlines()
    )


def _part(cell: Any) -> float:
    """Points of a failed test that ended in a number."""
    from cvbook.grading.scoring import read_points

    if any(output.output_type == "error" for output in cell.outputs):
        return 0.0
    return float(read_points(cell).value or 0.0)


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
        printed = "".join(str(o.text) for o in cell.outputs if o.output_type == "stream").strip()
        return "\n".join(filter(None, [f"{points:g} / {maximum:g}점", printed]))
    return None
