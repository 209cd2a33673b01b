"""The cache key follows what decides a notebook's outputs, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import cvbook
from cvbook.reproduce.inputs import cache_key, imported_files

CODE = "from cvbook import arithmetic"
KEY = """
import sys
from nbformat.v4 import new_code_cell, new_notebook
from cvbook.reproduce.inputs import cache_key
print(cache_key(new_notebook(cells=[new_code_cell(sys.argv[1], id="code")])))
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package that a test may edit."""
    return shutil.copytree(Path(cvbook.__file__).parent, tmp_path / "cvbook")


@pytest.fixture(scope="module")
def key():
    """The key of a notebook with `CODE`."""
    return cache_key(new_notebook(cells=[new_code_cell(CODE, id="code")]))


def key_with(package: Path, code: str = CODE) -> str:
    """The key of a notebook with some code, with a copy of the package."""
    command = [sys.executable, "-c", KEY, code]
    done = subprocess.run(command, cwd=package.parent, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_follows_code_outputs_data_and_not_prose(tmp_path, monkeypatch):
    cells = [
        new_markdown_cell("# 제목", id="title"),
        new_code_cell("from cvbook import arithmetic", id="code"),
    ]
    notebook = new_notebook(cells=cells)
    first = cache_key(notebook)
    notebook.cells[0].source = "# 다른 제목"
    assert cache_key(notebook) == first
    notebook.cells[1].execution_count = 1
    executed = cache_key(notebook)
    assert executed != first
    monkeypatch.setenv("CVBOOK_DATA", str(tmp_path))
    assert cache_key(notebook) != executed


def test_changed_code_of_an_imported_module_changes_it(package, key):
    edit(package / "arithmetic.py", "return ", "return None or ")
    assert key_with(package) != key


def test_comments_and_docstrings_of_an_imported_module_leave_it(package, key):
    edit(package / "arithmetic.py", '"""', '"""Another first line. ')
    edit(package / "arithmetic.py", "\ndef ", "\n# why\ndef ")
    assert key_with(package) == key


def test_module_that_is_not_imported_leaves_it(package, key):
    edit(package / "models.py", "return ", "return None or ")
    assert key_with(package) == key


def test_modules_are_followed_through_cvbook():
    files = {path.name for path in imported_files(["from cvbook import datasets\n%matplotlib"])}
    assert {"__init__.py", "location.py", "oxford_pets.py", "pipelines.py"} <= files
    assert "models.py" not in files
    assert imported_files(["import numpy"]) == []


def test_front_end_of_widgets_leaves_it(package):
    code = "from cvbook.widgets import ResidualShapes"
    before = key_with(package, code)
    for script in (package / "widgets").rglob("*.js"):
        script.write_text(script.read_text("utf-8") + "\n", "utf-8")
    assert key_with(package, code) == before
    edit(package / "widgets" / "residual_shapes.py", "min=16", "min=17")
    assert key_with(package, code) != before


def test_changed_measurements_that_are_loaded_change_it(tmp_path):
    code = "from cvbook import results\nstored = results.load('noise')"
    notebook = new_notebook(cells=[new_code_cell(code, id="code")])
    keys = {cache_key(notebook, tmp_path)}
    (tmp_path / "results").mkdir()
    for content in ("1", "2"):
        (tmp_path / "results/noise.json").write_text(content)
        keys.add(cache_key(notebook, tmp_path))
        (tmp_path / "results/other.json").write_text(content)
        assert cache_key(notebook, tmp_path) in keys
    assert len(keys) == 3
