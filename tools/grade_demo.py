"""Grade three sample submissions with nbgrader itself, in a course folder of its own.

  python tools/grade_demo.py [NAME]       (07_separable_conv by default)

`full` is solved; `half` has only the first half of the tasks; `broken` is solved but for a syntax
error, an answer that returns nothing, and an overwritten test cell, which nbgrader restores.
"""

import shutil
import sys
from pathlib import Path

from cvbook.commands import release

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import nbgrader_course  # noqa: E402
import submissions  # noqa: E402

FOLDER = ROOT / "_build" / "grade-demo"


def table(name: str, points: dict[str, dict[str, float]]) -> str:
    """Format points by task, one column per student.

    Parameters
    ----------
    name : str
        Of the assignment.
    points : dict
        Student to points by function.
    """
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
    """Grade the samples in a new course folder and print the table."""
    name = sys.argv[1] if len(sys.argv) > 1 else "07_separable_conv"
    shutil.rmtree(FOLDER, ignore_errors=True)
    course = nbgrader_course.make_course(FOLDER)
    release.release(course, name)
    print(f"Grading three submissions of {name} in {FOLDER.relative_to(ROOT)} …")
    print(table(name, nbgrader_course.grade(course, name, nbgrader_course.samples(name))))
    print(f"Open them: cd {FOLDER.relative_to(ROOT)} && jupyter lab")
    print("(menu Nbgrader, Formgrader)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
