"""Pyodide's files, and what the tests of live code share."""

import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from platformdirs import user_cache_path

from cvbook.site.live.pyodide import VERSION

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT / "tests/exercises")]

SETUP = """\
import keras
import matplotlib.pyplot as plt
import numpy as np

from cvbook import plots

plots.use_style()"""
FIGURE = """\
fig, ax = plt.subplots()
ax.plot(x.ravel())
ax.set_title("합성곱")
plt.show()"""

STORED = """\
from cvbook import results

print(results.load("smoothing").summary("loss"))"""
RESULTS = {
    "experiment": "smoothing",
    "runs": [{"seed": seed, "values": {"loss": seed / 2}, "seconds": 1} for seed in range(3)],
    "source": {},
}


@pytest.fixture(scope="session")
def pyodide(unavailable):
    """Pyodide's files: the environment's, or beside the repository, or downloaded by a build."""
    beside = sorted((ROOT.parent / "shared").glob("pyodide-*"))
    downloaded = user_cache_path("cvbook") / f"pyodide-{VERSION}"
    for folder in filter(None, [os.environ.get("CVBOOK_PYODIDE"), *beside, downloaded]):
        if Path(folder, "pyodide.asm.wasm").is_file():
            return Path(folder)
    unavailable("no files of Pyodide: run `make book`, or set CVBOOK_PYODIDE to a folder with them")
    raise AssertionError


def _write_chapter(folder):
    """A chapter with two cells that depend on each other, one with Keras, and one with a figure."""
    stored = new_output("stream", name="stdout", text="저장된 결과\n")
    sources = ["x = np.arange(6).reshape(2, 3)\nprint(x.sum())", "x * 2", FIGURE]
    cells = [
        new_markdown_cell("# 하나\n\n글"),
        new_code_cell(SETUP, execution_count=1),
        new_code_cell(sources[0], execution_count=2, outputs=[stored]),
        new_code_cell("model = keras.Sequential()", execution_count=3),
        new_code_cell(sources[1], execution_count=4),
        new_code_cell(sources[2], execution_count=5),
        new_code_cell("len(model.layers)", execution_count=6),
        new_code_cell(STORED, execution_count=7),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "book/one.ipynb")
    (folder / "book/results").mkdir()
    (folder / "book/results/smoothing.json").write_text(json.dumps(RESULTS))
    for name in ("07_separable_conv", "08_mini_xception"):
        shutil.copytree(ROOT / "exercises" / name, folder / "exercises" / name)


@pytest.fixture(scope="session")
def live_site(build_book, pyodide):
    """A small book whose cells run."""
    return build_book(prepare=_write_chapter, CVBOOK_PYODIDE=str(pyodide))


@pytest.fixture(scope="session")
def live_address(live_site, serve):
    return serve(live_site)


@pytest.fixture(scope="module")
def context(chromium):
    """A browser's profile: what one page has loaded, the next has."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context
    context.close()
