"""Answers of a real assignment that replace what grades them; each states its outcome."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import course
import nbformat
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]
ROOT = Path(__file__).parents[2]
NAME = "07_separable_conv"
CASES = sorted(Path(__file__).parent.glob("replaced_checkers/*.py"))


@pytest.fixture(scope="session")
def graded(require_sandbox, tmp_path_factory):
    """Records by case; `honest` is the solution itself."""
    root = tmp_path_factory.mktemp("replaced")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "solutions" / NAME, root / "solutions" / NAME)
    solution = nbformat.read(root / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    for student in ("honest", *(case.stem for case in CASES)):
        folder = root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(solution, folder / f"{NAME}.ipynb")
    for case in CASES:
        path = root / "submitted" / case.stem / NAME / f"{NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        course.answer(notebook, "conv2d_params", case.read_text())
        nbformat.write(notebook, path)
    command = [sys.executable, "-m", "cvbook.cli", "grade", NAME, "--course", str(root)]
    done = subprocess.run(
        [*command, "--workers", "2", "--json", str(root / "out.json")],
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 3), done.stderr
    return {one["student"]: one for one in json.loads((root / "out.json").read_text())}


def test_the_solution_earns_all_points_and_no_flag(graded):
    assert (graded["honest"]["score"], graded["honest"]["flags"]) == (84, [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_outcome_as_stated(case, graded):
    stated, record = course.header(case), graded[case.stem]
    said = "; ".join(record["flags"])
    assert record["status"] == stated["status"], said
    assert record["score"] == float(stated["score"]), said
    assert stated["says"] in said
