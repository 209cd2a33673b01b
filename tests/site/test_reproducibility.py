"""The book's page on its own reproducibility."""

import ast
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cvbook.site import reproducibility


@pytest.fixture
def book(tmp_path):
    cells = [
        new_markdown_cell("# 글"),
        new_code_cell("1", execution_count=1, outputs=[new_output("stream", text="0.5\n")]),
        new_code_cell(
            "2",
            execution_count=2,
            metadata={"cvbook": {"rtol": 0.1}},
            outputs=[new_output("display_data", {"image/png": "AAAA", "text/plain": "<Figure>"})],
        ),
    ]
    for path in ("book/01_a.ipynb", "solutions/01_a/01_a.ipynb"):
        (tmp_path / path).parent.mkdir(parents=True)
        nbformat.write(new_notebook(cells=cells), tmp_path / path)
    return tmp_path


def test_counts_are_those_of_the_stored_outputs(book):
    cells = reproducibility.count_notebook(book / "book/01_a.ipynb", "01_a")
    text = reproducibility.tables(cells)
    assert "| 01_a | 2 | 1 | 1 | 0 | 1 | 0 | 1 |" in text
    assert "| 모두 | 2 | 1 | 1 | 0 | 1 | 0 | 1 |" in text
    assert "| ≤ 0.1 | 1 |" in text
    assert f"| Python | {sys.version.split()[0]} |" in text


def test_building_the_site_needs_no_pytest():
    code = "import sys, cvbook.site.reproducibility; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    imported = set(ast.literal_eval(done.stdout))
    assert imported.isdisjoint({"pytest", "_pytest", "nbval", "cvbook.reproduce.run"})


@pytest.mark.slow
def test_sphinx_shows_them(book):
    (book / "index.md").write_text("# 쪽\n\n```{reproducibility}\n```\n")
    extensions = "extensions=myst_parser,cvbook.site.reproducibility"
    command = [sys.executable, "-m", "sphinx", "-q", "-C", "-D", extensions, "-b", "html"]
    subprocess.run([*command, ".", "out"], cwd=book, check=True)
    html = (book / "out/index.html").read_text()
    assert "book/01_a" in html
    assert "solutions/01_a<" in html
    assert "<table" in html
