"""A course folder of its own for nbgrader, and submissions to it."""

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
import submissions
from nbgrader.api import Gradebook


def make_course(folder: Path) -> Path:
    """Copy what nbgrader needs, so that it writes nothing into our course.

    Parameters
    ----------
    folder : Path
        Created if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(submissions.ROOT / "nbgrader_config.py", folder)
    shutil.copytree(submissions.ROOT / "solutions", folder / "solutions")
    return folder


def samples(name: str) -> dict[str, nbformat.NotebookNode]:
    """Put answers of the solution into the released notebook.

    Parameters
    ----------
    name : str
        Of the assignment.

    Returns
    -------
    dict of str to NotebookNode
        `full` is solved; `half` has the first half of the tasks; `broken` has these, or three, but
        for a syntax error, an answer that returns nothing, and a test cell that was written over,
        which nbgrader restores.
    """
    source = nbformat.read(submissions.ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    path = submissions.ROOT / "exercises" / name / f"{name}.ipynb"
    released = nbformat.read(path, as_version=4)
    functions = list(submissions.solution(name).answers)
    answers = {cell.id: cell.source for cell in source.cells if cell.id in functions}
    half = {function: answers[function] for function in functions[: len(functions) // 2]}
    first, second, third = functions[:3]
    broken = half | {
        first: f"def {first}(:\n    return",
        second: f"def {second}(*args, **kwargs):\n    pass",
        third: answers[third],
        f"{third}-visible": "print('통과')",
    }
    notebooks = {}
    for student, cells in [("full", answers), ("half", half), ("broken", broken)]:
        notebooks[student] = copy.deepcopy(released)
        for cell in notebooks[student].cells:
            cell.source = cells.get(cell.id, cell.source)
    return notebooks


def grade(
    course: Path,
    name: str,
    notebooks: dict[str, nbformat.NotebookNode],
    environment: Mapping[str, str] | None = None,
) -> dict[str, dict[str, float]]:
    """Hand in and autograde with nbgrader's own commands.

    Parameters
    ----------
    course : Path
        Made by `make_course`.
    name : str
        Of the assignment.
    notebooks : dict
        Student to what is handed in.
    environment : mapping of str to str, optional
        Further variables, such as those of a `Pool` of warm kernels.

    Returns
    -------
    dict
        Student to points by function.
    """
    for student, notebook in notebooks.items():
        folder = course / "submitted" / student / name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    # nbgrader calls `alembic` by its bare name
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in ("generate_assignment", "--force"), ("autograde", "--create"):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", command[0], name, command[1], "--log-level=ERROR"],
            cwd=course,
            env=os.environ | {"PATH": path} | dict(environment or {}),
            stderr=subprocess.PIPE,  # full of its libraries' warnings
            text=True,
            timeout=600,
        )
        if done.returncode:
            raise RuntimeError(f"nbgrader {command[0]} failed:\n{done.stderr}")
    points: dict[str, dict[str, float]] = {student: {} for student in notebooks}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for handed_in in gradebook.assignment_submissions(name):
            mine = points[handed_in.student_id]
            for cell in handed_in.notebooks[0].grades:
                if cell.cell_type == "code":
                    function = cell.name.partition("-")[0]
                    mine[function] = mine.get(function, 0) + cell.score
    return points
