"""`cvbook doctor` against this very machine, and against one where something is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from cvbook.commands import doctor

CVBOOK = Path(sys.executable).with_name("cvbook")


def test_versions_are_those_installed():
    import keras

    assert doctor.package("Keras", "keras") == doctor.Finding("Keras", keras.__version__)


def test_a_missing_package_is_broken_and_has_a_remedy():
    finding = doctor.package("Nothing", "no-such-distribution")
    assert finding.status == "broken"
    assert "pip install no-such-distribution" in finding.remedy


def test_a_missing_kernel_is_broken_and_has_a_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr("jupyter_core.paths.ENV_JUPYTER_PATH", [str(tmp_path)])
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_JUPYTER_PATH", [str(tmp_path)])
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    finding = doctor.kernelspec()
    assert finding.status == "broken"
    assert finding.remedy


def test_a_full_disk_is_broken(monkeypatch):
    usage = doctor.shutil.disk_usage("/")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage._replace(free=10**8))
    assert doctor.disk().status == "broken"


@pytest.mark.slow
def test_the_whole_table_on_this_machine():
    done = subprocess.run([CVBOOK, "doctor"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Python", "TensorFlow", "Keras", "GPU", "Kernel", "Data set", "Korean font"):
        assert name in done.stdout
    assert "FAIL" not in done.stdout
    assert "Grading" in done.stdout
    assert "GFLOP/s" in done.stdout or "the CPU's speed" in done.stdout
    assert "oneDNN" not in done.stderr  # TensorFlow's start-up chatter


@pytest.mark.slow
def test_a_broken_data_set_is_reported_and_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_DATA", str(tmp_path / "nowhere"))
    done = subprocess.run([CVBOOK, "doctor"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "nowhere" in done.stdout
    assert "FAIL" in done.stdout
