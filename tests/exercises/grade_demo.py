"""Grade three sample submissions with nbgrader itself, in a course folder of its own.

  python tests/exercises/grade_demo.py [NAME]       (07_separable_conv by default)

`full` is solved; `half` has only the first half of the tasks; `broken` is solved but for a syntax
error, an answer that returns nothing, and a test cell that was written over, which nbgrader mends.
"""

import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import submissions
from nbgrader.api import Gradebook

from cvbook.commands import release

FOLDER = submissions.ROOT / "_build" / "grade-demo"


def make_course(folder: Path) -> Path:
    """Copy what nbgrader needs, so that it writes nothing into our course."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(submissions.ROOT / "nbgrader_config.py", folder)
    shutil.copytree(submissions.ROOT / "solutions", folder / "solutions")
    return folder


def samples(name: str) -> dict[str, nbformat.NotebookNode]:
    """Put the solution's answers into the released notebook: student to notebook."""
    source = nbformat.read(submissions.ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    path = submissions.ROOT / "exercises" / name / f"{name}.ipynb"
    released = nbformat.read(path, as_version=4)
    functions = list(submissions.solution(name).answers)
    answers = {cell.id: cell.source for cell in source.cells if cell.id in functions}
    half = {function: answers[function] for function in functions[: len(functions) // 2]}
    first, second, third = functions[:3]
    broken = answers | {
        first: f"def {first}(:\n    return",
        second: f"def {second}(*args, **kwargs):\n    pass",
        f"{third}-visible": "print('통과')",
    }
    notebooks = {}
    for student, cells in [("full", answers), ("half", half), ("broken", broken)]:
        notebooks[student] = copy.deepcopy(released)
        for cell in notebooks[student].cells:
            cell.source = cells.get(cell.id, cell.source)
    return notebooks


def grade(
    course: Path, name: str, notebooks: dict[str, nbformat.NotebookNode]
) -> dict[str, dict[str, float]]:
    """Hand in and autograde.

    Parameters
    ----------
    course : Path
        Made by `make_course`.
    name : str
        Of the assignment.
    notebooks : dict
        Student to what is handed in.

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
            env=os.environ | {"PATH": path},
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


def table(name: str, points: dict[str, dict[str, float]]) -> str:
    """Points by task, one column per student."""
    task = submissions.solution(name)
    rows = [["", "points", *points]]
    for function in task.tests:
        earned = [f"{mine[function]:g}" for mine in points.values()]
        rows.append([function, f"{task.full(function):g}", *earned])
    full = sum(map(task.full, task.tests))
    rows.append(["sum", f"{full:g}", *(f"{sum(mine.values()):g}" for mine in points.values())])
    width = max(len(row[0]) for row in rows)
    lines = [f"{row[0]:<{width}}" + "".join(f"{cell:>8}" for cell in row[1:]) for row in rows]
    return "\n".join([*lines, f"(and {task.written_points:g} points to be given by hand)"])


def main() -> int:
    """Grade anew and print the table."""
    name = sys.argv[1] if len(sys.argv) > 1 else "07_separable_conv"
    shutil.rmtree(FOLDER, ignore_errors=True)
    course = make_course(FOLDER)
    release.release(course, name)
    print(f"Grading three submissions of {name} in {FOLDER.relative_to(submissions.ROOT)} …")
    print(table(name, grade(course, name, samples(name))))
    print(f"Look at them: cd {FOLDER.relative_to(submissions.ROOT)} && jupyter lab")
    print("(menu Nbgrader, Formgrader)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
