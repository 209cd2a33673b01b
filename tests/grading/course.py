"""A small course without TensorFlow, and what students can do to its notebook."""

import copy
import functools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from cvbook.grading.nbgrader.course import Course

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "small"\n'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SETUP = """\
import numpy as np
from numpy.testing import assert_allclose


def close(a, b):
    return abs(a - b) < 1e-9"""
HIDDEN = """\
### BEGIN HIDDEN TESTS
expected = 14
assert close(double(7), expected)
assert np.allclose(double(np.ones(3)), 2)
### END HIDDEN TESTS"""
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "written": "두 배는 같은 수를 두 번 더한 것이다.",
}

WRONG = {
    "double": ["return x", "return x * x", "return 6", "x = 2 * x"],
    "mean": ["return 2", "return max(values)", "raise NotImplementedError"],
}


def _cell(kind, name, source, points=None, *, locked=False, solution=False):
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "cell_type": kind,
        "grade": points is not None,
        "locked": locked,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        marks["points"] = points
    make = new_code_cell if kind == "code" else new_markdown_cell
    return make(source, id=name, metadata={"nbgrader": marks})


def _stub(name):
    return f"### BEGIN SOLUTION\n{RIGHT[name]}\n### END SOLUTION"


def source() -> nbformat.NotebookNode:
    """The instructor's notebook: 10 points by tests, 5 by hand."""
    cells = [
        new_markdown_cell("# 기초", id="title"),
        _cell("code", "setup", SETUP, locked=True),
        _cell("code", "double", _stub("double"), solution=True),
        _cell("code", "double-visible", "assert_allclose(double(3), 6)", 2, locked=True),
        _cell("code", "double-hidden", HIDDEN, 3, locked=True),
        _cell("code", "mean", _stub("mean"), solution=True),
        _cell("code", "mean-visible", "assert mean([1, 2, 3]) == 2", 2, locked=True),
        _cell("code", "mean-hidden", "assert np.isclose(mean([0.5]), 0.5)", 3, locked=True),
        _cell("markdown", "written", "모범 답", 5, solution=True),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def released() -> nbformat.NotebookNode:
    """What a student has who did everything right."""
    notebook = source()
    for one in notebook.cells:
        if one.id in RIGHT:
            one.source = RIGHT[one.id]
    cell(notebook, "double-hidden").source = ""
    return notebook


@functools.cache
def empty_gradebook() -> bytes:
    """Content of a new gradebook of SQLite, for which nbgrader starts a process each time."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nbgrader_config.py").write_text(CONFIG)
        with Course(Path(folder)).gradebook():
            pass
        return (Path(folder) / "gradebook.db").read_bytes()


def make(root: Path) -> Path:
    """Write the course folder."""
    folder = root / "source" / "basics"
    folder.mkdir(parents=True)
    (root / "gradebook.db").write_bytes(empty_gradebook())
    (root / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(source(), folder / "basics.ipynb")
    return root


def hand_in(root: Path, student: str, notebook: nbformat.NotebookNode | None = None) -> Path:
    """Write a submission."""
    folder = root / "submitted" / student / "basics"
    folder.mkdir(parents=True, exist_ok=True)
    save(folder, notebook or released())
    return folder


def hand_in_hostile(root: Path, student: str, case: Path) -> None:
    """Write the submission that a file of hostile/ describes: an answer, or a function."""
    notebook = released()
    folder = hand_in(root, student, notebook)
    code = case.read_text()
    if "def hand_in(folder, notebook):" in code:
        names = {
            "answer": answer, "cell": cell, "copy": copy, "grade_id": grade_id, "json": json,
            "nbformat": nbformat, "save": save, "write": write,
        }  # fmt: skip
        exec(code, names)
        names["hand_in"](folder, notebook)
    else:
        answer(notebook, "double", code.split("\n", len(header(case)))[-1])
        save(folder, notebook)


def header(case: Path) -> dict[str, str]:
    """Read the outcome that a case states in its first lines."""
    lines = [line for line in case.read_text().splitlines() if line.startswith("# ")]
    return dict(line.removeprefix("# ").split(": ", 1) for line in lines)


def grade_id(one):
    marks = one.metadata.get("nbgrader")
    return marks.get("grade_id") if isinstance(marks, dict) else None


def cell(notebook, name):
    return next(one for one in notebook.cells if grade_id(one) == name)


def answer(notebook, name, text):
    cell(notebook, name).source = text


def write(notebook) -> str:
    return json.dumps(notebook)


def save(folder: Path, notebook) -> None:
    (folder / "basics.ipynb").write_text(write(notebook))


def make_class(root: Path, count: int) -> Path:
    """Write a course folder with honest submissions, right and wrong; no gradebook yet."""
    make(root)
    (root / "gradebook.db").unlink()
    for number in range(count):
        notebook = released()
        for name, wrong in WRONG.items():
            kind = number % (len(wrong) + 1)
            if kind:
                first = RIGHT[name].splitlines()[0]
                answer(notebook, name, f"{first}\n    {wrong[kind - 1]}")
        hand_in(root, f"s{number:03d}", notebook)
    return root


def command(root: Path, *more: str) -> list[str]:
    """Make the command line that grades it."""
    return [
        *(sys.executable, "-m", "cvbook.cli", "grade", "basics", "--course", str(root)),
        *("--workers", "2", "--timeout", "30", *more),
    ]


def grade(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(root, *more), capture_output=True, text=True, timeout=300)


def sqlite(root: Path) -> str:
    return f"sqlite:///{root}/gradebook.db"


def scores(url: str) -> dict[tuple[str, str], float | None]:
    """Read all automatic grades of a gradebook."""
    with Gradebook(url, "small") as gradebook:
        return {
            (submission.student.id, one.name): one.auto_score
            for submission in gradebook.assignment_submissions("basics")
            for notebook in submission.notebooks
            for one in notebook.grades
        }
