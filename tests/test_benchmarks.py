"""Measurements on any device, run here on the processor at small sizes."""

import subprocess
import sys
from pathlib import Path

import pytest

from cvbook import results

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_training_steps_are_measured_without_an_installed_cvbook(tmp_path):
    from cvbook import models  # not above: it imports TensorFlow, for seconds

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
    assert set(stored.values(f"{case}/params")) == {
        models.segmentation_model((24, 24), width=8).count_params()
    }
    # 8 pictures a step, so many a second: the two numbers of one measurement agree.
    assert stored.values(f"{case}/images") * stored.values(f"{case}/ms") == pytest.approx(
        [8000], rel=0.01
    )
    assert stored.source["device"].startswith("CPU")
