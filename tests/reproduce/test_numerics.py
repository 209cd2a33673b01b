"""The settings of other processors reach the kernels, and a table says what held."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.reproduce import execute, numerics


def test_all_settings_of_the_processor_and_all_pythons_are_there():
    variables = {name for setting in numerics.SETTINGS.values() for name in setting.environment}
    assert {"TF_ENABLE_ONEDNN_OPTS", "ONEDNN_MAX_CPU_ISA", "TF_NUM_INTRAOP_THREADS"} <= variables
    pythons = {setting.python for setting in numerics.SETTINGS.values()} - {None}
    assert pythons == {"3.11", "3.12", "3.13"}


@pytest.mark.slow
def test_setting_under_which_an_output_changes_fails(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    source = "import os\nprint(os.environ.get('ONEDNN_MAX_CPU_ISA'))"
    path = Path("book/01_a.ipynb")
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell(source, id="isa")]), path)
    assert not execute.run([path]).failed
    monkeypatch.setattr("sys.argv", ["numerics", "onednn-off", "avx2", "--", "book/01_a.ipynb"])
    assert numerics.main() == 1
    printed = capfd.readouterr().out
    assert "stored 'None', now 'AVX2'" in printed
    verdicts = dict(line.split()[:2] for line in printed.splitlines()[-2:])
    assert verdicts == {"onednn-off": "passed,", "avx2": "FAILED,"}


def test_unknown_setting_is_named(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["numerics", "avx3"])
    with pytest.raises(SystemExit):
        numerics.main()
    assert "no setting avx3" in capsys.readouterr().err
