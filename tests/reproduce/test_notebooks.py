"""Notebooks are found by path or stem, and read."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

from cvbook.errors import CvbookError
from cvbook.reproduce.notebooks import find_notebooks, read


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(), path)
    return path


def test_names_are_paths_or_stems(folder):
    chapter = write("book/01_a.ipynb")
    solution = write("solutions/01_a/01_a.ipynb")
    other = write("book/02_b.ipynb")
    assert find_notebooks() == [chapter, other, solution]
    assert find_notebooks(["01_a"]) == [chapter, solution]
    assert find_notebooks(["book/02_b.ipynb"]) == [other]
    with pytest.raises(CvbookError, match="03_c"):
        find_notebooks(["03_c"])


def test_no_notebooks_is_an_error(folder):
    with pytest.raises(CvbookError, match="go to the book's folder"):
        find_notebooks()


@pytest.mark.parametrize("content", ["", "<<<<<<< HEAD", "{}", "[]", '{"nbformat": 4}'])
def test_file_that_is_no_notebook_is_named(folder, content):
    path = folder / "01_a.ipynb"
    path.write_text(content)
    with pytest.raises(CvbookError, match=r"not a notebook – .*01_a\.ipynb – restore"):
        read(path)
