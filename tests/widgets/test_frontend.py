"""The widgets' shared JavaScript, and its way from the sources to a live widget."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import cvbook


def test_a_number_in_a_cell_is_short_and_right(node):
    rng = np.random.default_rng(0)
    values = (rng.normal(size=500) * 10.0 ** rng.integers(-3, 7, 500)).tolist()
    values += [0, -0.001, 9.995, 99.95, -999.5, 9999.5, 1e6, -1e12]
    for value, text in zip(
        values, node("shared/format.js", values, "given.map(m.formatShort)"), strict=True
    ):
        assert len(text) <= 5
        number = float(text.replace("\N{MINUS SIGN}", "-"))
        exact = abs(value) < (999.5 if value < 0 else 9999.5)
        assert number == pytest.approx(value, rel=0 if exact else 0.5, abs=0.5 if exact else 0)


def test_numbers_are_read_as_people_type_them(node):
    typed = [" 2.5", "2,5", "-3", "\N{MINUS SIGN}3", "1e3", "", " ", "two", "Infinity", "1 2"]
    numbers = node("shared/format.js", typed, "given.map(m.parseNumber)")
    assert numbers == [2.5, 2.5, -3, -3, 1000, None, None, None, None, None]


def test_the_command_that_is_named_bundles_even_where_only_some_bundles_are_gone():
    root = Path(__file__).parents[2]
    line = ["make", "--dry-run", "widgets"]
    done = subprocess.run(line, cwd=root, capture_output=True, text=True, check=True)
    assert "npm run --silent build" in done.stdout


def test_without_their_bundles_widgets_say_how_to_make_them(tmp_path):
    unbundled = shutil.ignore_patterns("static")
    shutil.copytree(Path(cvbook.__file__).parent, tmp_path / "cvbook", ignore=unbundled)
    for module in ("cvbook.widgets", "cvbook.grading.marking"):
        done = subprocess.run(
            [sys.executable, "-c", f"import {module}"],
            env={"PYTHONPATH": str(tmp_path), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        said = done.stderr.splitlines()[-1]
        assert "JavaScript is not bundled – " in said
        assert said.endswith(".js – run: make widgets, or install cvbook again")


RELOAD = """
import sys, threading
from cvbook.widgets import TransposedConv2D
from cvbook.widgets.base import STATIC

widget, reloaded = TransposedConv2D(), threading.Event()
widget.observe(lambda change: "edited" in change["new"] and reloaded.set(), "_esm")
path = STATIC / "transposed_conv2d.js"
for attempt in range(100):  # the watcher needs a moment before it sees its first change
    path.write_text(path.read_text("utf-8") + "// edited", "utf-8")
    if reloaded.wait(0.2):
        break
sys.exit(not reloaded.is_set())
"""


@pytest.mark.slow
def test_an_edited_bundle_reaches_a_live_widget(tmp_path):
    shutil.copytree(Path(cvbook.__file__).parent, tmp_path / "cvbook")
    environment = {"PYTHONPATH": str(tmp_path), "ANYWIDGET_HMR": "1", "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", RELOAD], env=environment, check=True, timeout=120)
