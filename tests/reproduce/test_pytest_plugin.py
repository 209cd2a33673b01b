"""One notebook whose stored cells are wrong in one way each, checked by a real pytest run."""

# ruff: noqa: E501 (one case, one line)

import base64
import io
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image, PngImagePlugin

from cvbook.reproduce.lint import lint_notebook
from cvbook.reproduce.notebooks import find_notebooks
from cvbook.reproduce.run import run_notebooks

pytestmark = pytest.mark.slow

DRAW = "fig = plt.figure(figsize=(4, 3)); plt.plot([0, 1], [0, 1])\nplt.show()"
TABLE = "<table><tr><th>모델</th><td>0.8125</td><td>12</td></tr></table>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="{}" cy="40" r="9"/></svg>'
JPEG = (
    "buffer = io.BytesIO(); Image.new('RGB', (64, 64), (200, 30, 30)).save(buffer, 'jpeg')\n"
    "IPython.display.Image(buffer.getvalue(), format='jpeg')"
)
SETUP = """
import io, sys
import IPython.display
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
"""


def unchanged(cell: Any) -> None:
    """Leave the cell as it was stored."""


def text(new: str) -> Callable:
    """Put another text in place of the first output's."""

    def mutate(cell):
        output = cell.outputs[0]
        if output.output_type == "stream":
            assert output.text != new
            output.text = new
        else:
            mime = "text/html" if "text/html" in output.data else "text/plain"
            assert output.data[mime] != new
            output.data[mime] = new

    return mutate


def image(change: Callable[[np.ndarray], np.ndarray], format: str = "png") -> Callable:
    """Change the pixels of the first output's image."""

    def mutate(cell):
        data = cell.outputs[0].data
        mime = f"image/{format}"
        pixels = np.array(Image.open(io.BytesIO(base64.b64decode(data[mime]))).convert("RGB"))
        file = io.BytesIO()
        Image.fromarray(change(pixels)).save(file, format)
        data[mime] = base64.b64encode(file.getvalue()).decode()

    return mutate


def shifted(pixels: int) -> Callable[[np.ndarray], np.ndarray]:
    """Shift what is inside the axes of `DRAW` to the right."""

    def change(rgb):
        height, width, _ = rgb.shape
        inside = np.s_[height // 5 : 3 * height // 4, width // 4 : 3 * width // 4]
        moved = np.full_like(rgb[inside], 255)
        moved[:, pixels:] = rgb[inside][:, :-pixels]
        rgb[inside] = moved
        return rgb

    return change


def noisy(rgb: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(0).integers(-2, 3, rgb.shape)
    return np.clip(rgb + noise, 0, 255).astype(np.uint8)


def speck(rgb: np.ndarray) -> np.ndarray:
    """Blacken as many pixels as tell one digit of an axis label from another."""
    rgb[20:25, 50] = 0
    return rgb


def without_colour(rgb: np.ndarray) -> np.ndarray:
    """Leave the axes and take the curve away."""
    rgb[np.ptp(rgb.astype(int), axis=-1) > 20] = 255
    return rgb


def with_text_chunk(cell: Any) -> None:
    """Store the same pixels with another program's name, as another Matplotlib would."""
    data = cell.outputs[0].data
    png = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    chunk = PngImagePlugin.PngInfo()
    chunk.add_text("Software", "another program")
    file = io.BytesIO()
    png.save(file, "png", pnginfo=chunk)
    data["image/png"] = base64.b64encode(file.getvalue()).decode()


def set_(name: str, value: Any) -> Callable:
    return lambda cell: cell.__setitem__(name, value)


def declare(**keys: Any) -> Callable:
    return lambda cell: cell.metadata.__setitem__("cvbook", keys)


def split_stream(cell: Any) -> None:
    first, second = cell.outputs[0].text.split("\n", 1)
    cell.outputs = [
        new_output("stream", name="stdout", text=first + "\n"),
        new_output("stream", name="stdout", text=second),
    ]


def error_instead(cell: Any) -> None:
    cell.outputs = [new_output("error", ename="ValueError", evalue="no", traceback=[])]


@dataclass
class Case:
    id: str
    source: str
    mutate: Callable
    message: str | None  # part of the failure's message; None: the check passes
    metadata: dict = field(default_factory=dict)


def tolerance(**keys: Any) -> dict:
    return {"cvbook": keys}


RAISES = {"tags": ["raises-exception"]}
BAD = [
    Case("third-decimal", "print(0.123)", text("0.124\n"), "stored '0.124', now '0.123'"),
    Case("last-of-many", "np.linspace(0, 1, 5)", text("array([0. , 0.25, 0.5 , 0.75, 1.1 ])"), "1.1"),
    Case("word", "print('고양이 한 마리')", text("강아지 한 마리\n"), "stored '강아지 한 마리'"),
    Case("letter-case", "print('Conv2D')", text("conv2D\n"), "'conv2D'"),
    Case("shape", "print((3, 224, 224))", text("(3, 224, 225)\n"), "stored '225', now '224'"),
    Case("thousands", "print(f'{2880643:,}')", text("2,880,644\n"), "stored '2,880,644'"),
    Case("percent", "print('83%')", text("84%\n"), "stored '84', now '83'"),
    Case("korean-unit", "print('약 3.2배')", text("약 3.3배\n"), "stored '3.3', now '3.2'"),
    Case("name-with-digit", "print('conv2d_1')", text("conv2d_2\n"), "conv2d_2"),
    Case("nan", "print(float('nan'))", text("0.5\n"), "nan"),
    Case("infinity", "print(-float('inf'))", text("inf\n"), "stored 'inf', now '-inf'"),
    Case("exponent", "print(1e-07)", text("1e-06\n"), "stored '1e-06', now '1e-07'"),
    Case("sign", "print(-0.5)", text("0.5\n"), "stored '0.5', now '-0.5'"),
    Case("float-for-integer", "print(3)", text("3.0\n"), "stored '3.0', now '3'"),
    Case("missing-line", "print('a'); print('b')", text("a\n"), "line 1"),
    Case("beyond-own", "print(0.8)", text("0.95\n"), "with rtol 0.1", tolerance(rtol=0.1)),
    Case("integer-in-own", "print(12)", text("13\n"), "'13'", tolerance(rtol=0.1)),
    Case("value", "[0.1 + 0.2, 'x']", text("[0.31, 'x']"), "text/plain: line 1: stored '0.31'"),
    Case("html-number", f"IPython.display.HTML({TABLE!r})", text(TABLE.replace("0.8125", "0.8135")),
         "text/html: line 1: stored '0.8135', now '0.8125'"),
    Case("html-integer", f"IPython.display.HTML({TABLE!r})", text(TABLE.replace("12<", "13<")),
         "stored '13', now '12'"),
    Case("html-word", f"IPython.display.HTML({TABLE!r})", text(TABLE.replace("모델", "모형")), "모형"),
    Case("deleted", "print('here')", set_("outputs", []), "surplus output: the code gives stdout"),
    Case("deleted-image", DRAW, set_("outputs", []), "surplus output: the code gives display_data"),
    Case("invented", "x = 1", set_("outputs", [new_output("stream", text="1\n")]),
         "missing output: stdout is stored"),
    Case("other-image", DRAW, image(lambda p: np.ascontiguousarray(p[:, ::-1])), "image/png: RMS"),
    Case("image-size", DRAW, image(lambda p: p[:-1]), "sizes differ"),
    Case("shifted-curve", DRAW, image(shifted(3)), "difference.png"),
    Case("label-digit", DRAW, image(speck), "in the window around pixel"),
    Case("beyond-shift", DRAW, image(shifted(12)), "beyond a shift of 4 px", tolerance(shift=4)),
    Case("moved-axes", DRAW, image(lambda p: np.roll(p, 1, axis=0)), "of black and white (text, axes, background)",
         tolerance(shift=40)),
    Case("vanished-curve", DRAW, image(without_colour), "image/png: RMS", tolerance(rms=40)),
    Case("jpeg", JPEG, image(lambda p: 255 - p, "jpeg"), "image/jpeg: RMS"),
    Case("svg", f"IPython.display.SVG({SVG.format(40)!r})",
         lambda cell: cell.outputs[0].data.__setitem__("image/svg+xml", SVG.format(44)),
         "image/svg+xml: RMS"),
    Case("unexecuted", "x = 2", set_("execution_count", None), "not executed"),
    Case("emptied", "print(3)", lambda cell: cell.update(execution_count=None, outputs=[]),
         "cell `emptied`: not executed"),
    Case("out-of-order", "x = 3", set_("execution_count", 1), "out of order"),
    Case("result-count", "x", lambda cell: cell.outputs[0].__setitem__("execution_count", 1),
         "its result has execution count 1"),
    Case("switch", "# NBVAL_IGNORE_OUTPUT\nprint(1)", text("2\n"), "the nbval marker NBVAL_IGNORE_OUTPUT"),
    Case("skip-switch", "# NBVAL_SKIP\nprint(1)", text("2\n"), "stored '2', now '1'"),
    Case("switch-tag", "print(1)", lambda cell: cell.metadata.update(tags=["nbval-skip"]),
         "the nbval marker nbval-skip"),
    Case("undeclared-error", "1 / 0", lambda cell: cell.metadata.pop("tags"),
         "declare it with the tag `raises-exception`", RAISES),
    Case("invented-error", "x = 4", error_instead, "missing output: error ValueError", RAISES),
    Case("other-error", "{}['a']",
         lambda cell: cell.outputs[0].__setitem__("evalue", "'b'"), "stored \"KeyError: 'b'", RAISES),
    Case("stderr", "print('oops', file=sys.stderr)", unchanged, "stderr: 'oops'"),
    Case("too-large", "print('x' * 500_001)", unchanged, "an output of 500 kB"),
    Case("path", "print('/home/me/book')", unchanged, "a machine path in an output"),
    Case("date", "print('2024-11-05')", unchanged, "a date or time in an output"),
    Case("duration", "print('12.5초 걸렸다')", unchanged, "a duration or speed in an output"),
    Case("address", "object()", unchanged, "a memory address in an output"),
    Case("rtol-too-wide", "print(0.5)", declare(rtol=0.3), "it must lie between 0 and 0.25"),
    Case("unknown-key", "print(0.5)", declare(atol=1), "unknown key `atol`"),
]  # fmt: skip
GOOD = [
    Case("last-bit", "print(0.1 + 0.2)", text("0.3\n"), None),
    Case("within-own", "print(0.81)", text("0.85\n"), None, tolerance(rtol=0.1)),
    Case("minus-zero", "print(np.array([0.0, 1.5]))", text("[-0.  1.5]\n"), None),
    Case("padding", "print(np.array([0.25, 0.5]))", text("[0.2500000001   0.5]\n"), None),
    Case("percent-within", "print('83.2%, 1,234.5번')", text("83.9%, 1,240.5번\n"), None, tolerance(rtol=0.05)),
    Case("html-within", f"IPython.display.HTML({TABLE!r})", text(TABLE.replace("0.8125", "0.82")),
         None, tolerance(rtol=0.05)),
    Case("noise", DRAW, image(noisy), None),
    Case("within-shift", DRAW, image(shifted(3)), None, tolerance(shift=4)),
    Case("jpeg-noise", JPEG, image(noisy, "jpeg"), None),
    Case("png-chunks", DRAW, with_text_chunk, None),
    Case("split-stream", "print('a'); print('b')", split_stream, None),
    Case("declared-stderr", "print('so', file=sys.stderr)", unchanged, None, tolerance(stderr=True)),
    Case("declared-error", "1 / 0", unchanged, None, RAISES),
    Case("semicolon", "41 + 1;", unchanged, None),
    Case("updated-display", "handle = display('a', display_id=True); handle.update('b')",
         unchanged, None),
]  # fmt: skip
WIDGETS = {
    "widget": "slider = ipywidgets.IntSlider(3, description='필터')\nslider",
    "box": "ipywidgets.HBox([ipywidgets.Button(description='앞'), ipywidgets.FloatText(0.25)])",
    "catcher": "catcher = ipywidgets.Output()\nwith catcher:\n    print('안쪽')\ncatcher",
}


def build(folder: Path, cells: list) -> Path:
    path = folder / "book" / "cases.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


def check(folder: Path, *extra: str) -> tuple[dict[str, str | None], str]:
    """Run the plugin; failure messages by cell (None where it passed), and all it printed."""
    command = [sys.executable, "-m", "pytest", "-p", "cvbook.reproduce.pytest_plugin", "--color=no"]
    options = ["--cvbook-notebooks", "book", "--rootdir=.", "--junitxml=result.xml", *extra]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True)
    messages = {}
    for case in ET.parse(folder / "result.xml").iter("testcase"):
        failure = case.find("failure")
        name = case.get("name", "").rpartition(": ")[2]
        messages[name] = None if failure is None else failure.text
    return messages, done.stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> Path:
    """A folder with a notebook executed by `cvbook run`, before any mutation."""
    folder = tmp_path_factory.mktemp("stored")
    cells = [new_code_cell(SETUP, id="setup")]
    cells += [new_code_cell(case.source, id=case.id, metadata=case.metadata) for case in BAD + GOOD]
    cells += [new_code_cell(source, id=name) for name, source in WIDGETS.items()]
    build(folder, cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        outcome = run_notebooks(find_notebooks())
    assert not outcome.failed
    return folder


@pytest.fixture(scope="module")
def checked(stored, tmp_path_factory) -> tuple[dict[str, str | None], str]:
    folder = tmp_path_factory.mktemp("mutated")
    notebook = nbformat.read(stored / "book" / "cases.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    for case in BAD + GOOD:
        case.mutate(cells[case.id])
    models = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    for model in models.values():
        if model.model_name == "IntSliderModel":
            model.state.value = 4
        if model.model_name == "ButtonModel":
            model.model_name = "ToggleButtonModel"
        if model.model_name == "OutputModel":
            model.state.outputs[0].text = "바깥쪽\n"
    (folder / "book").mkdir()
    nbformat.write(notebook, folder / "book" / "cases.ipynb")
    return check(folder)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_mutated_cell_fails_with_its_message(checked, case):
    message = checked[0][case.id]
    assert message is not None, "the mutation passed"
    assert f"cell `{case.id}`" in message
    assert case.message in message


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_tolerated_difference_passes(checked, case):
    assert checked[0][case.id] is None


@pytest.mark.parametrize(
    "message",
    [
        "cell `widget`: widget IntSliderModel: state `value`: line 1: stored '4', now '3'",
        "class @jupyter-widgets/controls.2.0.0.ToggleButtonModel is stored",
        "cell `catcher`: widget OutputModel: state `outputs`: line 1",
    ],
)
def test_changed_widget_fails_with_its_message(checked, message):
    assert message in checked[0]["widgets"]


def test_unchanged_widgets_are_not_named(checked):
    assert "FloatText" not in checked[0]["widgets"]


def test_files_of_a_differing_image_exist(checked):
    lines = [line.strip() for line in checked[0]["shifted-curve"].splitlines()]
    files = [Path(line) for line in lines if line.endswith(".png")]
    assert [f.stem.rpartition("-")[2] for f in files] == ["expected", "actual", "difference"]
    difference = np.asarray(Image.open(files[2]))
    assert difference.min() == 0  # stretched, so that it can be seen
    assert (difference < 255).mean() < 0.2


def test_summary_counts_cells_and_outputs(checked):
    line = next(line for line in checked[1].splitlines() if line.startswith("cvbook: "))
    assert f"{1 + len(BAD) + len(GOOD) + len(WIDGETS)} cells executed in 1 notebooks" in line
    assert f"{len(BAD)} failed, widgets of 1 notebooks failed" in line
    assert "3 widget" in line


@pytest.mark.parametrize("kernels", ["cold", "warm"])
def test_untouched_notebook_fails_only_where_it_violates_a_rule(stored, kernels):
    notebook = nbformat.read(stored / "book" / "cases.ipynb", as_version=4)
    violating = {violation.cell for violation in lint_notebook(notebook)}
    assert violating == {"switch", "skip-switch", "stderr", "too-large", "path", "date", "duration", "address", "invented-error"}  # fmt: skip
    messages, _ = check(stored, *(["--cvbook-warm"] if kernels == "warm" else []))
    assert {name for name, message in messages.items() if message} == violating
