"""`cvbook diff` says which cell's code and output changed since a commit."""

import argparse
import re
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cvbook.commands import diff


def notebook(source: str, printed: str) -> nbformat.NotebookNode:
    output = new_output("stream", text=f"{printed}\n")
    return new_notebook(
        cells=[new_code_cell(source, id="sum", execution_count=1, outputs=[output])]
    )


@pytest.mark.slow
def test_changed_output_is_shown(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "book" / "01_a.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook("print(1 + 1)", "2"), path)
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*name, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], check=True)
    nbformat.write(notebook("print(1 + 2)", "3"), path)

    parser = argparse.ArgumentParser()
    diff.configure(parser)
    assert diff.run(parser.parse_args(["01_a"])) == 0
    printed = capfd.readouterr().out
    for line in ("print(1 + 1)", "2"):
        assert re.search(rf"^\S*-\s+{re.escape(line)}$", printed, re.MULTILINE), line
    for line in ("print(1 + 2)", "3"):
        assert re.search(rf"^\S*\+\s+{re.escape(line)}$", printed, re.MULTILINE), line
