"""The bank of exercises: complete, explicit, usable without Keras."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from traitlets.config import PyFileConfigLoader

import cvbook.checks
from cvbook import reference
from cvbook.checks import bank
from cvbook.checks.bank.registry import Assignment
from cvbook.grading.integrity import settings

ROOT = Path(__file__).parents[2]


def graded_functions(name):
    """The functions that an assignment's notebook tests, in order."""
    notebook = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    marks = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return list(
        dict.fromkeys(
            mark["grade_id"].partition("-")[0]
            for mark in marks
            if mark.get("grade") and not mark["solution"]
        )
    )


def test_every_assignment_is_registered():
    folders = sorted(path.stem for path in ROOT.glob("solutions/*/*.ipynb"))
    assert [assignment.name for assignment in bank.ASSIGNMENTS] == folders


@pytest.mark.parametrize("assignment", bank.ASSIGNMENTS, ids=lambda one: one.name)
def test_the_functions_of_the_notebook_are_those_of_the_registry(assignment):
    functions = graded_functions(assignment.name)
    assert [exercise.name for exercise in assignment.exercises()] == functions
    for name in functions:
        assert set(bank.find(name).neighbours) == set(functions) - {name}


def test_a_name_that_is_no_exercise_is_not_found():
    assert bank.find("conv_output_size") is None


def test_misconceptions_are_compared_in_the_order_of_their_registration():
    assignment = Assignment("00_example")

    @assignment.oracle
    def double(x):
        return 2 * x

    @assignment.misconception("double", "더하지 말고 곱하세요.")
    def two_added(x):
        return x + 2

    @assignment.misconception("double", "제곱이 아닙니다.")
    def squared(x):
        return x * x

    (exercise,) = assignment.exercises()
    assert exercise.oracle(4) == double(4) == 8
    assert [one.hint for one in exercise.misconceptions] == [
        "더하지 말고 곱하세요.",
        "제곱이 아닙니다.",
    ]
    assert [one.answer(4) for one in exercise.misconceptions] == [two_added(4), squared(4)]


def test_a_misconception_about_no_exercise_is_an_error():
    with pytest.raises(KeyError, match="triple"):
        Assignment("00_example").misconception("triple", "힌트")(lambda x: x)


def test_an_exercise_has_one_oracle():
    assignment = Assignment("00_example")
    assignment.without_oracle("double")
    with pytest.raises(ValueError, match="double"):
        assignment.without_oracle("double")


def test_checks_work_without_keras():
    """A function in NumPy is tested, diagnosed and explained where TensorFlow is not installed."""
    program = """
import sys
for name in ("keras", "tensorflow", "matplotlib", "IPython", "scipy"):
    sys.modules[name] = None
import numpy as np
from cvbook import checks

def box_iou(a, b):
    return 0.5

try:
    checks.visible("box_iou", checks.call(np.array([0, 0, 2, 2]), np.array([1, 1, 3, 3])))
except checks.CheckFailed as failed:
    print(failed)
box_iou = lambda a, b: 1 / 7
checks.visible("box_iou", checks.call(np.array([0, 0, 2, 2]), np.array([1, 1, 3, 3])))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "기대: 0.142857" in done.stdout
    assert "통과: box_iou (입력 1가지)" in done.stdout


def test_grading_watches_every_module_that_decides_points():
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    watching, _ = settings.from_config(config)
    decisive = {"cvbook.arithmetic", "cvbook.models", "cvbook.checks", "cvbook.reference"}
    for package in (cvbook.checks, reference):
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        decisive |= {module.name for module in found}
    assert decisive <= set(watching.modules(["from cvbook import checks"]))
