"""`cvbook run`: what it stores, what it skips, and what it does on failures and Ctrl-C."""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cvbook.commands import run as command
from cvbook.reproduce.notebooks import widget_models
from cvbook.reproduce.run import run_notebooks

DRAWN = """
import ipywidgets, matplotlib.pyplot as plt
plt.plot([1, 3, 2]); plt.show()
ipywidgets.HBox([ipywidgets.IntSlider(3), ipywidgets.Text('가')])
"""


def write(path: Path, *sources: str, **metadata) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [
        new_code_cell(source, id=f"cell-{n}", metadata=metadata) for n, source in enumerate(sources)
    ]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# 제목", id="title"), *cells]), path)
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_second_run_gives_the_same_bytes(folder):
    path = write(Path("book/01_a.ipynb"), DRAWN, "print('a'); print('b')", "1 / 0 if 0 else None")
    run_notebooks([path])
    first = path.read_bytes()
    assert run_notebooks([path]).unchanged == [path]
    assert run_notebooks([path], force=True).stored == [path]
    assert path.read_bytes() == first
    assert b"Software" not in first


@pytest.mark.slow
def test_notebooks_run_together_are_stored_as_each_alone(folder):
    """Alone in a cold kernel, together in warm ones."""
    code = "import keras; keras.ops.sum([1.0, 2.0]).numpy()"
    paths = [write(Path(f"book/0{n}_a.ipynb"), DRAWN, code) for n in (1, 2)]
    alone = []
    for path in paths:
        run_notebooks([path])
        alone.append(path.read_bytes())
    assert len(run_notebooks(paths, force=True).stored) == 2
    assert [path.read_bytes() for path in paths] == alone


@pytest.mark.slow
def test_keeps_ids_and_metadata_and_drops_what_editors_leave(folder):
    kept = {"cvbook": {"rtol": 0.1}, "mystnb": {"image": {"alt": "그림"}}, "tags": ["hide-input"]}
    path = write(Path("solutions/01_a/01_a.ipynb"), "print(1)", **kept, scrolled=True)
    run_notebooks([path])
    notebook = nbformat.read(path, as_version=4)
    assert [cell.id for cell in notebook.cells] == ["title", "cell-0"]
    assert notebook.cells[1].metadata == kept
    assert notebook.cells[1].outputs[0].text == "1\n"
    assert notebook.metadata.kernelspec.name == "cvbook"


@pytest.mark.slow
def test_failing_notebook_keeps_its_file_and_names_cell_and_error(folder, capsys):
    good = write(Path("book/01_good.ipynb"), "print(1)")
    bad = write(Path("book/02_bad.ipynb"), "x = 1", "print(x)\nraise ValueError('너무 작다')")
    before = bad.read_bytes()
    parser = argparse.ArgumentParser()
    command.configure(parser)
    assert command.run(parser.parse_args([])) == 1
    printed = capsys.readouterr().out
    assert "book/02_bad.ipynb: cell `cell-1`: ValueError: 너무 작다" in printed
    assert "1 stored, 0 unchanged, 1 failed" in printed
    assert bad.read_bytes() == before
    assert nbformat.read(good, as_version=4).cells[1].execution_count == 1


@pytest.mark.slow
def test_an_old_front_end_is_stored_anew_without_execution(folder):
    count = "open('runs', 'a').write('x')"
    code = f"from cvbook.widgets import ResidualShapes\n{count}\nResidualShapes()"
    path = write(Path("book/01_widget.ipynb"), code)
    run_notebooks([path])
    executed = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    for model in widget_models(notebook).values():
        if "_esm" in model["state"]:
            model["state"]["_esm"] = "export default {}"
    nbformat.write(notebook, path)
    assert path.read_bytes() != executed
    assert run_notebooks([path]).stored == [path]
    assert path.read_bytes() == executed
    assert run_notebooks([path]).unchanged == [path]
    assert Path("book/runs").read_text() == "x"


@pytest.mark.slow
def test_interrupt_keeps_what_is_stored_and_ends_the_kernels(folder):
    quick = write(Path("book/01_quick.ipynb"), "print(1)")
    note = "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))"
    slow = write(Path("book/02_slow.ipynb"), f"{note}\ntime.sleep(600)")
    before = slow.read_bytes()
    process = subprocess.Popen([sys.executable, "-m", "cvbook.cli", "run"], stderr=subprocess.PIPE)
    pid = Path("book/pid")
    deadline = time.monotonic() + 60
    while not (pid.is_file() and pid.read_text() and b'"outputs": []' not in quick.read_bytes()):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert nbformat.read(quick, as_version=4).cells[1].outputs[0].text == "1\n"
    assert slow.read_bytes() == before
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
