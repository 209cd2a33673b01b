"""Training tasks: the graded cells that depend on chance, and how often right answers pass them.

`benchmarks/exercise_training.py` writes the files, one of each assignment: `trainings.json` beside
the banks.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import submissions
from provenance import digest

SEED = "keras.utils.set_random_seed(0)"
#: How many seeds each right answer has to pass, and processor seconds that a cell may take.
SEEDS, SECONDS = 20, 20.0


@dataclass(frozen=True)
class Training:
    """A right answer to a task that is scored by training.

    Attributes
    ----------
    assignment, function : str
    name : str
        "solution", or what comes after the function in the name of the bank's file.
    source : str
        The answer cell.
    cells : tuple of (str, str)
        Graded cells that set a seed: their names and sources.
    """

    assignment: str
    function: str
    name: str
    source: str
    cells: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """Hash of the code, without comments and layout."""
        texts = [self.source, *dict(self.cells).values()]
        if any("checks.short_training" in text for text in texts):
            texts.append((submissions.ROOT / "src/cvbook/checks/designs.py").read_text("utf-8"))
        return digest(*texts)


def trainings(assignment: str) -> list[Training]:
    """List the right answers of an assignment's training tasks.

    Parameters
    ----------
    assignment : str

    Returns
    -------
    list of Training
    """
    task = submissions.solution(assignment)
    found = []
    for function, tests in task.tests.items():
        cells = tuple((grade_id, source) for grade_id, source, _ in tests if SEED in source)
        answers = {"solution": task.answers[function]} | {
            path.stem.partition("__")[2]: path.read_text("utf-8")
            for path in submissions.bank("right")
            if path.parts[-3] == assignment and path.stem.partition("__")[0] == function
        }
        if cells:
            found += [Training(assignment, function, *one, cells) for one in answers.items()]
    return found


def path(assignment: str) -> Path:
    """File of what was measured."""
    return submissions.BANKS / assignment / "trainings.json"


def stored(assignment: str) -> dict[str, Any]:
    """Read what was measured; no answers where nothing was.

    Returns
    -------
    dict
        Device and versions; `answers` maps `FUNCTION__NAME` to
        `{"code", "date", "seeds", "passed", "seconds"}`.
    """
    if not path(assignment).is_file():
        return {"answers": {}}
    return dict(json.loads(path(assignment).read_text("utf-8")))
