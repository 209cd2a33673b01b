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

#: Right answers with which TensorFlow writes on stderr and on stdout.
LOUD = {
    "depthwise_conv2d": """\
import os
import sys

import absl.logging


@tf.function
def graph(x, kernel):
    tf.print("printed by the graph")
    tf.print("and on stdout", output_stream=sys.stdout)
    return tf.nn.depthwise_conv2d(x[None], kernel[..., None], [1, 1, 1, 1], "VALID")[0]


def depthwise_conv2d(x, kernel):
    os.write(1, b"descriptor 1\\n")
    absl.logging.warning("logged by absl")
    tf.get_logger().error("logged by TensorFlow")
    return graph(np.asarray(x, "float64"), np.asarray(kernel, "float64")).numpy()
""",
    "pointwise_conv2d": """\
def pointwise_conv2d(x, kernel):
    layer = layers.Conv2D(kernel.shape[-1], 1, use_bias=False, dtype="float64")
    model = keras.Sequential([keras.Input(x.shape, dtype="float64"), layer])
    layer.set_weights([np.asarray(kernel, "float64").reshape(1, 1, *kernel.shape[-2:])])
    return model.predict(np.asarray(x, "float64")[None])[0]
""",
}
#: A cell of the student's own, outside of the tests: shows that TensorFlow does write.
TRIED = """\
for side in range(3, 10):
    depthwise_conv2d(np.ones((side, side, 1)), np.ones((3, 3, 1)))
    pointwise_conv2d(np.ones((side, side, 1)), np.ones((1, 2)))"""


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("replaced")


@pytest.fixture(scope="session")
def graded(require_sandbox, root):
    """Records by case; `honest` is the solution itself, `loud` is right and writes."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "solutions" / NAME, root / "solutions" / NAME)
    solution = nbformat.read(root / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    for student in ("honest", "loud", *(case.stem for case in CASES)):
        folder = root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(solution, folder / f"{NAME}.ipynb")
    for case in CASES:
        path = root / "submitted" / case.stem / NAME / f"{NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        course.answer(notebook, "conv2d_params", case.read_text())
        nbformat.write(notebook, path)
    for name, source in LOUD.items():
        course.answer(solution, name, source)
    solution.cells.append(nbformat.v4.new_code_cell(TRIED, id="tried"))
    nbformat.write(solution, root / "submitted" / "loud" / NAME / f"{NAME}.ipynb")
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


def test_what_tensorflow_writes_costs_no_points(graded, root):
    loud = graded["loud"]
    assert (loud["score"], loud["status"], loud["flags"]) == (84, "graded", [])
    path = root / "autograded" / "loud" / NAME / f"{NAME}.ipynb"
    (tried,) = [one for one in nbformat.read(path, as_version=4).cells if one.id == "tried"]
    heard = {"stdout": "", "stderr": ""}
    for output in tried.outputs:
        heard[output.name] += output.text
    for text in ("printed by the graph", "logged by absl", "logged by TensorFlow"):
        assert text in heard["stderr"]
    for text in ("and on stdout", "descriptor 1", "1/1"):
        assert text in heard["stdout"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_outcome_as_stated(case, graded):
    stated, record = course.header(case), graded[case.stem]
    said = "; ".join(record["flags"])
    assert record["status"] == stated["status"], said
    assert record["score"] == float(stated["score"]), said
    assert stated["says"] in said
