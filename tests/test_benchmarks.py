"""Measurements on any device, run here on the processor at small sizes."""

import itertools
import math
import subprocess
import sys
from pathlib import Path

import pytest

from cvbook import results

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import gpu

ROOT = Path(__file__).parents[1]


def expected_params(case):
    """Parameters of a small model, from the library or counted by hand."""
    from cvbook import models  # not above: it imports TensorFlow, for seconds

    if case.model == "segmentation":
        return models.segmentation_model((case.side, case.side), width=8).count_params()
    if case.model == "mini_xception":
        return models.mini_xception((case.side, case.side, 3), (16, 16)).count_params()
    widths = (64, 128, 256, 512)
    total = 9 * 3 * widths[0] + widths[0] + widths[-1] + 1
    for c, f in itertools.pairwise(widths):
        kernels = 9 * c * f if case.model == "Conv2D" else 9 * c + c * f
        total += kernels + 4 * f  # four numbers of the batch normalization
    return total


@pytest.fixture
def _float32_afterwards():
    yield
    import keras

    keras.config.set_dtype_policy("float32")


@pytest.mark.slow
@pytest.mark.usefixtures("_float32_afterwards")
@pytest.mark.parametrize(
    ("name", "precision"), [*((name, "float32") for name in gpu.CASES), ("separable", "bfloat16")]
)
def test_every_model_is_trained_and_its_steps_are_timed(name, precision):
    case = gpu.SMALL[name]
    outcome = gpu.time_steps(case, precision, small=True, epochs=2, steps=2)
    values = outcome["values"]
    assert values["params"] == expected_params(case)
    # A step has one batch, so many pictures a second: the numbers of one measurement agree.
    assert values["images"] * values["ms"] == pytest.approx(1000 * case.batch, rel=0.01)
    # Of targets drawn at random, an untrained model has about the loss of guessing.
    classes = 3 if case.model == "segmentation" else 2
    assert 0 < values["loss"] < 3 * math.log(classes)
    assert outcome["device"].startswith("CPU")


@pytest.mark.slow
def test_training_steps_are_measured_without_an_installed_cvbook(tmp_path):
    output = tmp_path / "training_step.cpu.json"
    size = ["--small", "--runs", "1", "--steps", "2", "--epochs", "2"]
    command = [sys.executable, ROOT / "benchmarks/gpu.py", *size, "--precisions", "float32"]
    subprocess.run(
        [*command, "--cases", "segmentation_64", "--output", output],
        check=True,
        cwd=tmp_path,
    )
    stored = results.load("training_step.cpu", tmp_path)
    assert len(stored.runs) == 1
    case = "segmentation_64/float32"
    assert set(stored.values(f"{case}/params")) == {expected_params(gpu.SMALL["segmentation_64"])}
    # 8 pictures a step, so many a second: the two numbers of one measurement agree.
    assert stored.values(f"{case}/images") * stored.values(f"{case}/ms") == pytest.approx(
        [8000], rel=0.01
    )
    assert stored.source["device"].startswith("CPU")
