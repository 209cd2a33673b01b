"""Normalizing removes what changes from run to run, and nothing else."""

import base64
import io
import json

import numpy as np
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image, PngImagePlugin

from cvbook.reproduce import normalize
from cvbook.reproduce.notebooks import WIDGET_STATE


def test_widget_ids_are_numbered_in_order_of_creation():
    state = {
        "b7f0": {"model_name": "Box", "state": {"children": ["IPY_MODEL_a1c2"]}},
        "a1c2": {"model_name": "Text", "state": {"value": "a1c2 is no id here"}},
    }
    notebook = new_notebook(
        metadata={"widgets": {WIDGET_STATE: {"state": state}}},
        cells=[new_code_cell("x", id="x")],
    )
    normalize.renumber_widgets(notebook)
    models = notebook.metadata["widgets"][WIDGET_STATE]["state"]
    assert [int(name, 16) for name in models] == [0, 1]
    assert models[f"{0:032x}"]["state"]["children"] == [f"IPY_MODEL_{1:032x}"]
    assert models[f"{1:032x}"]["state"]["value"] == "a1c2 is no id here"
    again = json.dumps(notebook)
    normalize.renumber_widgets(notebook)
    assert json.dumps(notebook) == again


def test_png_keeps_its_pixels_and_loses_its_text():
    pixels = np.random.default_rng(0).integers(0, 256, (8, 9, 3), dtype=np.uint8)
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Software", "a program")
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", pnginfo=chunks)
    encoded = base64.b64encode(file.getvalue()).decode()
    output = normalize.normalize_output(new_output("display_data", {"image/png": encoded}))
    png = base64.b64decode(output.data["image/png"])
    assert b"a program" not in png
    assert (np.asarray(Image.open(io.BytesIO(png))) == pixels).all()


def test_frames_outside_the_notebook_are_removed_from_tracebacks():
    frames = [
        "\x1b[0;31m---\x1b[0m",
        "Cell \x1b[0;32mIn[1], line 1\x1b[0m",
        "File \x1b[0;32m/home/kim/.venv/lib/keras/layer.py:12\x1b[0m, in call(x)",
        "\x1b[0;31mValueError\x1b[0m: no",
    ]
    output = new_output("error", ename="ValueError", evalue="no", traceback=frames)
    kept = normalize.normalize_output(output).traceback
    assert kept == [frames[0], frames[1], frames[3]]
