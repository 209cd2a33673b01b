"""Which cells a browser can run, what runs before them, and what the build takes from Pyodide."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import koreanize_matplotlib  # noqa: F401 - before the one of browsers, which brings no font
import nbformat
import pytest
from live_helpers import ROOT, notebook
from nbformat.v4 import new_code_cell, new_markdown_cell

from cvbook.site.live import bundle, cells, exercises, modules
from cvbook.site.live import pyodide as release
from cvbook.site.live.python import cvbook_live

SETUP = """\
import keras
import matplotlib.pyplot as plt
import numpy as np
from cvbook import plots, training

keras.utils.set_random_seed(0)
plots.use_style()"""


def live(*sources, **metadata):
    """The live cells among some code cells, by their source."""
    found = cells.live_cells([new_code_cell(source, metadata=metadata) for source in sources])
    return {cell.source: cell for cell in found}


def test_a_cell_is_live_if_it_and_all_that_it_needs_run_on_numpy():
    found = live(
        SETUP,
        "x = np.ones(3)",
        "y = keras.ops.ones(3)",
        "z = x + 1",
        "print(y)",
        "%matplotlib inline",
        "from cvbook import datasets",
        "import scipy",
    )
    assert list(found) == ["x = np.ones(3)", "z = x + 1"]
    assert found["z = x + 1"].needs == (1,)
    assert found["x = np.ones(3)"].setup == "import numpy as np"


def test_only_the_last_binding_of_a_name_counts():
    found = live(
        "import keras",
        "x = keras.Input(3)",
        "x = 1",
        "x += 1",
        "for x in range(3):\n    print(x)",
        "x",
    )
    assert {source: cell.needs for source, cell in found.items()} == {
        "x = 1": (),
        "x += 1": (2,),
        "for x in range(3):\n    print(x)": (),
        "x": (4,),
    }


def test_what_a_function_reads_is_needed_where_it_is_called():
    found = live("def f(n):\n    return n + k", "k = 2", "print(f(1))")
    assert found["print(f(1))"].needs == (0, 1)


def test_a_figure_gets_the_style_but_not_the_setup_of_keras():
    found = live(SETUP, "fig, ax = plt.subplots()\nax.plot([1, 2])")
    [figure] = found.values()
    assert figure.setup.splitlines() == [
        "import matplotlib.pyplot as plt",
        "from cvbook import plots",
        "plots.use_style()",
    ]
    assert "matplotlib" in figure.modules


def test_a_setting_of_an_imported_module_is_setup():
    setting = 'plt.rcParams["font.size"] = 13'
    found = live(f"import matplotlib.pyplot as plt\nimport scipy\n{setting}", "plt.plot([1])")
    [figure] = found.values()
    assert figure.setup.splitlines()[-1] == setting.replace('"', "'")


def test_a_cell_that_imports_and_prints_is_no_setup():
    source = "from cvbook import results\nprint(results.FOLDER)"
    assert list(live(SETUP, source)) == [source]


def test_metadata_keep_a_cell_still():
    assert live("1 + 1")
    assert not live("1 + 1", cvbook={"live": False})
    assert not cells.live_cells([new_markdown_cell("1 + 1")])


def test_metadata_name_a_cell_whose_imports_the_browser_lacks():
    guarded = "try:\n    import scipy\nexcept ImportError:\n    scipy = None\nx = np.ones(2)"
    after = "print(scipy, x)"
    sources = [SETUP, guarded, after, "y = keras.ops.ones(2)\nprint(y)", "%pwd"]
    assert not live(*sources)
    found = live(*sources, cvbook={"live": True})
    assert list(found) == [guarded, after]  # what needs Keras, or IPython, stays still
    assert found[after].needs == (1,)
    assert found[guarded].setup == "import numpy as np"
    assert found[guarded].modules == frozenset()


def test_the_library_for_browsers_needs_nothing_but_numpy_and_matplotlib():
    for name in bundle.LIBRARY:
        assert modules.needs(f"cvbook.{name}") is not None, name
    for name in ("cvbook.datasets", "cvbook.training", "cvbook.widgets", "tensorflow", "socket"):
        assert modules.needs(name) is None, name


@pytest.fixture
def copy(pyodide, tmp_path, monkeypatch):
    """A folder with the files of the release, to be spoiled."""
    for file in pyodide.iterdir():
        os.link(file, tmp_path / file.name) if _can_link(file, tmp_path) else shutil.copy(
            file, tmp_path
        )
    monkeypatch.setenv(release.VARIABLE, str(tmp_path))
    return tmp_path


def _can_link(file, folder):
    return os.stat(file).st_dev == os.stat(folder).st_dev and os.access(file, os.W_OK)


def test_files_are_those_of_the_release(copy):
    found = release.fetch(release.find())
    assert {"pyodide.asm.wasm", "python_stdlib.zip"} < found.keys()
    assert sum(name.endswith(".whl") for name in found) == 13
    assert json.loads((copy / release.LOCK).read_text())["info"]["version"] == release.VERSION


@pytest.mark.parametrize("name", ["pyodide.asm.js", "six-1.16.0-py2.py3-none-any.whl"])
def test_a_file_that_differs_from_the_release_is_refused_by_name(copy, name):
    content = (copy / name).read_bytes()
    (copy / name).unlink()
    with pytest.raises(release.PyodideMissing, match=f"{name} is missing"):
        release.fetch(release.find())
    (copy / name).write_bytes(content + b" ")
    with pytest.raises(release.PyodideMissing, match=f"{name} differs"):
        release.fetch(release.find())


def test_a_folder_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv(release.VARIABLE, "/nowhere/pyodide")
    with pytest.raises(release.PyodideMissing, match="/nowhere/pyodide"):
        release.find()


@pytest.mark.parametrize(
    ("assignment", "elsewhere"),
    [
        ("03_transposed_conv", ["spotty", "repaired", "MINE"]),
        ("04_architecture", ["vgg_block", "design_pyramid", "first", "# compare"]),
        (
            "05_residual",
            [
                *("residual_block", "build_residual_model"),
                *("friend_model", "repair_deep_model", "# compare"),
            ],
        ),
        ("06_batchnorm", ["freeze_batch_norm", "model", "# trial"]),
        ("07_separable_conv", ["app_model"]),
    ],
)
def test_code_to_try_that_calls_keras_even_through_a_function_is_for_jupyterlab(
    assignment, elsewhere
):
    released = notebook("exercises", assignment)
    page = exercises.body(released, exercises.live_tasks(released))
    cells_there = re.findall(r'class="exercise-try" data-cell="(\d+)" data-kind="elsewhere"', page)
    sources = [released["cells"][int(index)]["source"] for index in cells_there]
    for source, start in zip(sources, elsewhere, strict=True):
        assert start in source.split("\n")[0] or source.startswith(f"def {start}")


@pytest.mark.parametrize("assignment", ["07_separable_conv", "10_shared_backbone"])
def test_a_page_is_described_by_the_tasks_that_it_can_check(assignment):
    released = notebook("exercises", assignment)
    checked = len(exercises.live_tasks(released))
    said = exercises.describe("연습", checked)
    assert ("설치 없이 풀 수 있다" in said) == bool(checked)
    assert ("JupyterLab" in said) == (not checked)
    assert not re.search(r"\b0개", said)


def run(source):
    """What a cell gives: how it ends, and its outputs."""
    said = []
    cell = {"name": "셀 1", "source": source, "shown": True, "optional": False}
    end = cvbook_live.run([cell], lambda kind, content: said.append((kind, content)))
    return end, said


@pytest.fixture
def in_browser(monkeypatch):
    """The modules that a browser has beside each other."""
    monkeypatch.syspath_prepend(Path(cvbook_live.__file__).parent)


@pytest.mark.usefixtures("in_browser")
def test_the_last_value_is_shown_unless_a_semicolon_ends_it():
    assert run("1\n2 + 3") == ("ok", [("stdout", "5\n")])
    assert run("2 + 3;") == ("ok", [])
    assert run("x = None\nx") == ("ok", [])


@pytest.mark.usefixtures("in_browser")
def test_output_and_figures_come_in_order():
    source = "import matplotlib.pyplot as plt\nfor n in range(2):\n    print(n)\n    plt.plot([n])"
    end, said = run(f"{source}\n    plt.gcf()\n    plt.figure()\nprint('끝')")
    assert end == "ok"
    kinds = [kind for kind, content in said if content != "\n"]
    assert kinds[:3] == ["stdout", "stdout", "stdout"]
    assert kinds.count("figure") == 3
    assert said[-1][1].startswith(b"\x89PNG")


@pytest.mark.usefixtures("in_browser")
def test_an_endless_output_is_cut():
    _, said = run("for _ in range(10_000):\n    print('가나다' * 10)")
    text = "".join(content for _, content in said)
    assert len(text) < cvbook_live.MAX_OUTPUT + 100
    assert "여기서 자릅니다" in text


@pytest.mark.usefixtures("in_browser")
def test_a_traceback_shows_the_lines_of_the_cell_alone():
    end, said = run("def f():\n    return 1 / 0\n\nf()")
    text = "".join(content for _, content in said)
    assert end == "error"
    assert 'File "<셀 1>", line 4' in text
    assert "return 1 / 0" in text
    assert "cvbook_live" not in text


PICTURES = {"image/jpeg", "image/png"}
CHAPTERS = sorted(file.stem for file in (ROOT / "book").glob("[01]*.ipynb"))


@pytest.mark.usefixtures("in_browser")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_live_cell_of_a_chapter_gives_the_output_that_is_stored(chapter, monkeypatch):
    for absent in ("keras", "tensorflow", "scipy", "cvbook.datasets", "cvbook.widgets"):
        monkeypatch.setitem(sys.modules, absent, None)
    monkeypatch.chdir(ROOT / "book")
    whole = nbformat.read(f"{chapter}.ipynb", as_version=4)
    found = {cell.index: cell for cell in cells.live_cells(whole.cells)}
    assert found
    for index, cell in found.items():
        before = [found[needed].source for needed in cell.needs]
        said = []
        end = cvbook_live.run(
            [
                {"name": "", "source": source, "shown": source is cell.source, "optional": False}
                for source in (cell.setup, *before, cell.source)
            ],
            lambda kind, content, said=said: said.append((kind, content)),
        )
        assert end == "ok", (whole.cells[index].id, said)
        stored = whole.cells[index].outputs
        printed = "".join(content for kind, content in said if kind == "stdout")
        assert printed == "".join(map(_text, stored)), whole.cells[index].id
        pictures = [output for output in stored if PICTURES & output.get("data", {}).keys()]
        assert [kind for kind, _ in said].count("figure") == len(pictures), whole.cells[index].id


def _text(output):
    if output.output_type == "stream":
        return output.text
    plain = not {"text/html", *PICTURES} & output.data.keys()
    return f"{output.data['text/plain']}\n" if plain else ""


def test_each_chapter_has_cells_to_try():
    counts = {
        chapter: len(cells.live_cells(nbformat.read(ROOT / f"book/{chapter}.ipynb", 4).cells))
        for chapter in CHAPTERS
    }
    assert sum(counts[name] for name in CHAPTERS if name[:2] in "01 03 04 06 07 09") >= 40
