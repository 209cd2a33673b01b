"""Mutations of every stored output of the real chapters: the comparison must find each.

Nothing is executed: the stored outputs serve as those of the code, and a mutated copy as the stored
ones.
"""

import copy
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat import NotebookNode
from PIL import Image

from cvbook.reproduce.compare import images, text
from cvbook.reproduce.compare.outputs import compare_outputs, compare_widgets
from cvbook.reproduce.lint import lint_notebook
from cvbook.reproduce.normalize import join_streams
from cvbook.reproduce.notebooks import PATTERNS, code_cells, widget_models
from cvbook.reproduce.tolerance import Tolerance

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path for pattern in PATTERNS for path in ROOT.glob(pattern))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem),
]


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def differences(cell: NotebookNode, mutated: list[NotebookNode], folder: Path) -> list[str]:
    tolerance = Tolerance.of(cell)
    return compare_outputs(mutated, cell.outputs, tolerance, folder / cell.id).differences


def texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
        else:
            yield from (v for k, v in output.get("data", {}).items() if k.startswith("text/"))


def stored_images(notebook: NotebookNode) -> list[tuple[NotebookNode, np.ndarray]]:
    return [
        (cell, images.decode(value, mime))
        for cell in code_cells(notebook)
        for output in cell.outputs
        for mime, value in output.get("data", {}).items()
        if mime in images.MIMES
    ]


def is_same(cell: NotebookNode, one: np.ndarray, other: np.ndarray) -> bool:
    tolerance = Tolerance.of(cell)
    return images.compare(one, other, tolerance.rms, tolerance.shift).difference is None


def test_unchanged_it_has_no_differences_and_violates_no_rule(notebook, tmp_path):
    assert lint_notebook(notebook) == []
    for cell in code_cells(notebook):
        assert differences(cell, copy.deepcopy(cell.outputs), tmp_path) == []


def test_changed_digit_or_letter_is_seen(notebook):
    for cell in code_cells(notebook):
        rtol = Tolerance.of(cell).rtol
        for value in texts(cell):
            for match in re.finditer(r"[0-9A-Za-z가-힣]", value):
                place = match.start()
                other = {"0": "7", "가": "나", "a": "b"}.get(value[place]) or (
                    "0" if value[place].isdigit() else "가" if value[place] > "z" else "a"
                )
                mutated = value[:place] + other + value[place + 1 :]
                found = text.compare(mutated, value, rtol)
                # Within its own tolerance, a decimal number may change.
                assert found.difference or 0 < found.max_relative_error <= rtol, (cell.id, mutated)


def test_deleted_output_is_seen(notebook, tmp_path):
    for cell in code_cells(notebook):
        whole = join_streams(cell.outputs)
        for place in range(len(whole)):
            assert differences(cell, whole[:place] + whole[place + 1 :], tmp_path), cell.id


def test_unexecuted_cell_is_seen(notebook):
    for cell in code_cells(notebook):
        count, cell.execution_count = cell.execution_count, None
        assert any(violation.cell == cell.id for violation in lint_notebook(notebook))
        cell.execution_count = count


def test_swapped_images_are_seen(notebook):
    found = stored_images(notebook)
    for (cell, pixels), (_, other) in itertools.pairwise([*found, *found[:1]]):
        if len(found) > 1:
            fitted = Image.fromarray(other[..., :3]).resize(pixels.shape[1::-1])
            same_size = np.concatenate([fitted, fitted], axis=-1)  # as opaque as it was drawn
            assert not is_same(cell, pixels, same_size), cell.id


def test_moved_image_is_seen(notebook):
    for cell, pixels in stored_images(notebook):
        assert not is_same(cell, pixels, np.roll(pixels, (1, 1), (0, 1))), cell.id


def test_vanished_drawing_is_seen(notebook):
    for cell, pixels in stored_images(notebook):
        without = pixels.copy()
        without[np.ptp(pixels[..., :3].astype(int), axis=-1) > 24] = 255
        if (without != pixels).any():
            assert not is_same(cell, pixels, without), cell.id


def test_changed_widget_state_is_seen(notebook):
    for name, model in widget_models(notebook).items():
        for key in model["state"]:
            mutated = copy.deepcopy(notebook)
            widget_models(mutated)[name]["state"][key] = "another value"
            assert compare_widgets(mutated, notebook, {}), (name, key)
