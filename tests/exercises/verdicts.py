"""What `cvbook check` and `cvbook grade` say about the same answers, cell by cell."""

import ast
import copy
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import nbgrader_course
import submissions
import trainings

from cvbook.commands import check, release

#: Written at the start of a call. It costs nothing in either command.
STDERR = "import sys\nprint('chatter', file=sys.stderr)"


@dataclass(frozen=True)
class Answer:
    """An answer of a bank, as it is put into a notebook.

    Attributes
    ----------
    function : str
    name : str
        Of its file; ends in "+stderr" where each call writes there.
    source : str
        The answer cell.
    """

    function: str
    name: str
    source: str

    def chatty(self) -> "Answer":
        """The same answer, with a function that writes a line on stderr when it is called."""
        tree = ast.parse(self.source)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == self.function:
                node.body[:0] = ast.parse(STDERR).body
        return Answer(self.function, f"{self.name}+stderr", ast.unparse(tree))


def answers(assignment: str) -> dict[str, list[Answer]]:
    """List the answers of the banks, wrong ones and right ones.

    Parameters
    ----------
    assignment : str

    Returns
    -------
    dict
        Function to its answers.
    """
    found: dict[str, list[Answer]] = {}
    for path in submissions.bank("wrong") + submissions.bank("right"):
        if path.parts[-3] == assignment:
            function = path.stem.partition("__")[0]
            name = f"{path.parent.name}/{path.stem}"
            found.setdefault(function, []).append(Answer(function, name, path.read_text("utf-8")))
    return found


def every_answer(assignment: str, seed: str = "") -> list[list[Answer]]:
    """Spread all answers over as few notebooks as there are answers to one function.

    Parameters
    ----------
    assignment : str
    seed : str
        Of the order; half of the answers, other ones with another seed, write on stderr.

    Returns
    -------
    list of list of Answer
        For each notebook, at most one answer to a function.
    """
    banks, rng = answers(assignment), random.Random(f"{assignment} {seed}")
    for bank in banks.values():
        rng.shuffle(bank)
    count = max(map(len, banks.values()))
    chosen = [[bank[i] for bank in banks.values() if i < len(bank)] for i in range(count)]
    return [[rng.choice((one, one.chatty())) for one in notebook] for notebook in chosen]


def one_notebook(assignment: str, seed: str) -> list[Answer]:
    """Draw an answer to each function that is not trained.

    Parameters
    ----------
    assignment, seed : str
    """
    trained = {one.function for one in trainings.trainings(assignment)}
    notebook, *_ = every_answer(assignment, seed)
    return [one for one in notebook if one.function not in trained]


def notebook(assignment: str, chosen: list[Answer]) -> nbformat.NotebookNode:
    """Put answers into the released notebook.

    Parameters
    ----------
    assignment : str
    chosen : list of Answer
    """
    path = submissions.ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    book = copy.deepcopy(nbformat.read(path, as_version=4))
    sources = {one.function: one.source for one in chosen}
    for cell in book.cells:
        cell.source = sources.get(cell.id, cell.source)
    return book


def checked(path: Path) -> dict[str, float]:
    """Points of the visible tests, as `cvbook check` reads them.

    Parameters
    ----------
    path : Path
        Of a notebook whose tests give all of their points or none.
    """
    points = {}
    worth = {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
    }
    for task in check.check(path):
        own = {
            name: 0.0 if name in task.messages else most
            for name, most in worth.items()
            if name.partition("-")[0] == task.name and not name.endswith("-hidden")
        }
        assert sum(own.values()) == task.earned, task
        points |= own
    return points


def graded(course: Path, assignment: str, workers: int = 1) -> Iterator[tuple[str, dict]]:
    """Points of all who have handed in, as `cvbook grade` gives them.

    Parameters
    ----------
    course : Path
    assignment : str
    workers : int

    Yields
    ------
    (str, dict)
        Student, and cell to points.
    """
    records = course / "records.json"
    command = ["grade", assignment, "--course", course, "--workers", str(workers)]
    done = subprocess.run(
        [sys.executable, "-m", "cvbook.cli", *command, "--json", records],
        env=os.environ, capture_output=True, text=True,
    )  # fmt: skip
    # 3: some need a review, as an answer that imports the reference.
    assert done.returncode in (0, 3), done.stdout + done.stderr
    for record in json.loads(records.read_text("utf-8")):
        yield record["student"], {k: one["score"] for k, one in record["cells"][assignment].items()}


def differences(
    folder: Path, assignment: str, notebooks: Mapping[str, list[Answer]]
) -> tuple[int, list[str]]:
    """Check and grade notebooks, and compare the points.

    Parameters
    ----------
    folder : Path
        Empty; gets a course.
    assignment : str
    notebooks : mapping of str to list of Answer
        Student to answers.

    Returns
    -------
    (int, list of str)
        How many cells were compared; a line for each that differs.
    """
    course = nbgrader_course.make_course(folder)
    release.release(course, assignment)
    said = {}
    for student, chosen in notebooks.items():
        place = course / "submitted" / student / assignment
        place.mkdir(parents=True)
        path = place / f"{assignment}.ipynb"
        nbformat.write(notebook(assignment, chosen), path)
        said[student] = checked(path)
    found, count = [], 0
    for student, points in graded(course, assignment):
        names = {one.function: one.name for one in notebooks[student]}
        for cell, earned in said[student].items():
            count += cell.partition("-")[0] in names
            pair = earned, points.get(cell)
            if pair[0] != pair[1]:
                answer = names.get(cell.partition("-")[0], "not answered")
                found.append(f"{cell}, {answer}: check {pair[0]}, grade {pair[1]}")
    return count, found
