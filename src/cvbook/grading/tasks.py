"""Tasks of an assignment: an answer with the cells that give points for it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task

if TYPE_CHECKING:
    from cvbook.grading.nbgrader.course import Course

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """A graded cell: its `grade_id` and the points that it gives at most."""

    name: str
    points: float


@dataclass(frozen=True)
class Task:
    """What a student sees as one question.

    Attributes
    ----------
    name : str
        `grade_id` of the answer; of the first test where there is no answer cell.
    title : str
        Last heading before the answer; `name` where there is none.
    notebook : str
    cells : tuple of Cell
        In the notebook's order.
    by_hand : bool
        Whether a person grades it.
    source, question : str
        The answer cell as the notebook has it, and the text between the heading and it.
    cell_type : str
        Of the answer cell.
    """

    name: str
    title: str
    notebook: str
    cells: tuple[Cell, ...]
    by_hand: bool
    source: str = ""
    question: str = ""
    cell_type: str = "code"

    @property
    def points(self) -> float:
        """Points that it gives at most."""
        return sum(cell.points for cell in self.cells)

    @property
    def places(self) -> list[tuple[str, str]]:
        """Notebook and name of each cell: notebooks of an assignment may use the same names."""
        return [(self.notebook, cell.name) for cell in self.cells]


def of_notebook(notebook: NotebookNode, name: str) -> list[Task]:
    """List the tasks of a notebook.

    A test belongs to the last answer before it; what a person grades is a task of its own.

    Parameters
    ----------
    notebook : NotebookNode
    name : str

    Returns
    -------
    list of Task
        Without those that give no points.
    """
    found: list[dict[str, Any]] = []
    titles: dict[str, int] = {}
    heading, text = "", ""
    for cell in notebook.cells:
        own = cell.metadata.get("nbgrader") or {}
        graded = is_grade(cell) or is_task(cell)
        if not graded and not is_solution(cell):
            if cell.cell_type == "markdown":
                found_headings = list(_HEADING.finditer(_FENCE.sub(_blank, cell.source)))
                if found_headings:
                    heading = found_headings[-1][1]
                    text = cell.source[found_headings[-1].end() :].strip()
                else:
                    text = f"{text}\n\n{cell.source}".strip()
            continue
        by_hand = graded and (is_solution(cell) or is_task(cell))
        if by_hand or is_solution(cell) or not found or found[-1]["by_hand"]:
            titles[heading] = titles.get(heading, 0) + 1
            found.append(
                {
                    "name": str(own.get("grade_id", "")),
                    "title": heading,
                    "cells": [],
                    "by_hand": by_hand,
                    "source": cell.source if is_solution(cell) or by_hand else "",
                    "question": text,
                    "cell_type": cell.cell_type,
                }
            )
        if graded:
            found[-1]["cells"].append(
                Cell(str(own.get("grade_id", "")), float(own.get("points") or 0))
            )
    for one in found:  # answers under one heading are told apart by their names
        if not one["title"] or titles[one["title"]] > 1:
            one["title"] = " – ".join(filter(None, [one["title"], one["name"]]))
    return [
        Task(notebook=name, **{**one, "cells": tuple(one["cells"])})
        for one in found
        if one["cells"]
    ]


def _blank(match: re.Match[str]) -> str:
    """Blank a block of code, whose comments are no headings, and keep its length."""
    return re.sub(r"[^\n]", " ", match[0])


def of_assignment(course: "Course", assignment: str) -> list[Task]:
    """List the tasks of an assignment.

    Parameters
    ----------
    course : Course
    assignment : str

    Returns
    -------
    list of Task
        From the instructor's notebooks; where they are not here, from the released ones, or from
        the gradebook, which keeps no headings. A title that several notebooks have starts with the
        notebook's name.
    """
    return _told_apart(_of_notebooks(course, assignment))


def _of_notebooks(course: "Course", assignment: str) -> list[Task]:
    for folder in (course.source(assignment), course.released(assignment)):
        paths = sorted(folder.glob("*.ipynb"))
        if paths:
            return [
                task
                for path in paths
                for task in of_notebook(nbformat.read(path, as_version=4), path.stem)
            ]
    return [
        task
        for spec in course.specs(assignment)
        for task in _of_cells(spec.cells.values(), spec.name)
    ]


def _told_apart(found: list[Task]) -> list[Task]:
    notebooks: dict[str, set[str]] = {}
    for task in found:
        notebooks.setdefault(task.title, set()).add(task.notebook)
    return [
        replace(task, title=f"{task.notebook}: {task.title}")
        if len(notebooks[task.title]) > 1
        else task
        for task in found
    ]


def label(tasks: Sequence[Task], notebook: str, name: str) -> str:
    """Name a task or a cell so that no other one of the assignment has this name.

    Parameters
    ----------
    tasks : sequence of Task
        All of the assignment.
    notebook, name : str

    Returns
    -------
    str
        With the notebook where the assignment has several.
    """
    several = len({task.notebook for task in tasks}) > 1
    return f"{notebook}/{name}" if several else name


def _of_cells(specs: Iterable[Any], name: str) -> list[Task]:
    cells = [
        NotebookNode(
            cell_type=spec.cell_type,
            source=spec.source,
            metadata=NotebookNode(nbgrader=NotebookNode(spec.metadata())),
        )
        for spec in specs
    ]
    return of_notebook(NotebookNode(cells=cells), name)


def shown(points: float) -> str:
    """Format points: two decimals at most.

    Parameters
    ----------
    points : float

    Returns
    -------
    str
    """
    return f"{round(points, 2):g}"
