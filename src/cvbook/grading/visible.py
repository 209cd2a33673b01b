"""What the visible tests of an executed notebook say, task by task."""

from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from cvbook._translation import columns, padded
from cvbook._translation import translate as _
from cvbook.grading.scoring import read_points
from cvbook.grading.tasks import Task, of_notebook


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


def outcomes(notebook: NotebookNode, name: str) -> list[Outcome]:
    """Read the outcome of each task.

    Parameters
    ----------
    notebook : NotebookNode
        An executed exercise; what its tests wrote on stderr is removed.
    name : str

    Returns
    -------
    list of Outcome
        In the notebook's order.
    """
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if is_test(cell)}
    return [_outcome(task, cells) for task in of_notebook(notebook, name)]


def _outcome(task: Task, tests: dict[str, NotebookNode]) -> Outcome:
    own = {cell.name: tests[cell.name] for cell in task.cells if cell.name in tests}
    visible = [name for name, test in own.items() if not _is_empty(test)]
    found = {name: message for name in own if (message := _failure(own[name])) is not None}
    points = {cell.name: cell.points for cell in task.cells}
    earned = sum(_part(own[name]) if name in found else points[name] for name in visible)
    at_most = sum(points[name] for name in visible)
    partial = bool(found) and all(_part(own[name]) for name in found)
    return Outcome(task.name, task.title, earned, at_most, task.points - at_most, found, partial)


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell's code gives points.

    Parameters
    ----------
    cell : NotebookNode

    Returns
    -------
    bool
    """
    marks = cell.metadata.get("nbgrader") or {}
    return bool(
        cell.cell_type == "code" and marks.get("grade", False) and not marks.get("solution")
    )


def _is_empty(cell: NotebookNode) -> bool:
    """Whether a test was left out of the release: it is hidden."""
    return not any(
        line.strip() and not line.lstrip().startswith("#") for line in cell.source.splitlines()
    )


def _part(cell: NotebookNode) -> float:
    """Points of a failed test that ended in a number."""
    if any(output.output_type == "error" for output in cell.outputs):
        return 0.0
    return float(read_points(cell).value or 0.0)


def _failure(cell: NotebookNode) -> str | None:
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


def table(found: Sequence[Outcome]) -> list[str]:
    """Lay out the points of the tasks.

    Parameters
    ----------
    found : sequence of Outcome

    Returns
    -------
    list of str
        Lines in the reader's language: a summary, then one of each task.
    """
    tested = [one for one in found if one.visible]
    summary = _(
        "{passed} of {count} tasks passed, {earned} of {visible} points; {later} points come "
        "later, from hidden tests and answers that a person grades"
    )
    numbers = {
        name: f"{sum(getattr(one, name) for one in found):g}"
        for name in ("earned", "visible", "later")
    }
    passed = sum(not one.messages for one in tested)
    lines = [summary.format(passed=passed, count=len(tested), **numbers)]
    width = max((columns(one.title) for one in found), default=0)
    for one in found:
        points = f"{one.earned:g} / {one.visible:g}" if one.visible else f"({one.later:g})"
        lines.append(f"  {padded(one.title, width)}  {points:>9}  {one.status}")
    return lines
