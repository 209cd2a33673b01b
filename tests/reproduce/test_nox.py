"""The sessions of noxfile.py run the checker under their settings."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.reproduce.run import run_notebooks

NOXFILE = Path(__file__).parents[2] / "noxfile.py"


def nox(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "ONEDNN_MAX_CPU_ISA"}
    command = [sys.executable, "-m", "nox", "--noxfile", str(NOXFILE), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_a_plain_run_selects_every_setting_and_the_other_pythons():
    listed = nox("--list").stdout.splitlines()
    selected = {line.split()[1] for line in listed if line.startswith("* ")}
    settings = {f"numerics({s})" for s in ("one-thread", "two-threads", "onednn-off", "avx2")}
    others = {(3, minor) for minor in (11, 12, 13)} - {sys.version_info[:2]}
    assert selected == settings | {f"python-{major}.{minor}" for major, minor in others}


@pytest.mark.slow
@pytest.mark.drawn(turn=0)
def test_setting_under_which_an_output_changes_fails(tmp_path, monkeypatch):
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    path = tmp_path / "01_a.ipynb"
    source = "import os\nprint(os.environ.get('ONEDNN_MAX_CPU_ISA'))"
    nbformat.write(new_notebook(cells=[new_code_cell(source, id="isa")]), path)
    monkeypatch.chdir(tmp_path)
    assert run_notebooks([path]).stored == [path]
    done = nox("-s", "numerics(onednn-off)", "numerics(avx2)", "--", str(path))
    assert done.returncode == 1
    assert "stored 'None', now 'AVX2'" in done.stdout
    assert "* numerics(onednn-off): success" in done.stderr
    assert "* numerics(avx2): failed" in done.stderr
