"""Every stored output of the real chapters, spoiled in place: the comparison must see it.

Nothing is executed: what is stored stands for what the code gives, and a spoiled copy for what
is stored.
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

from cvbook.reproduce import execute, lint, normalize
from cvbook.reproduce.compare import images, outputs, text

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path for pattern in execute.PATTERNS for path in ROOT.glob(pattern))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem),
]


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def differences(cell: NotebookNode, spoiled: list[NotebookNode], folder: Path) -> list[str]:
    comparer = outputs.Comparer(lint.Tolerance.of(cell), folder / cell.id)
    return comparer.outputs(spoiled, cell.outputs).differences


def texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
        else:
            yield from (v for k, v in output.get("data", {}).items() if k.startswith("text/"))


def stored_pictures(notebook: NotebookNode) -> list[tuple[NotebookNode, np.ndarray]]:
    return [
        (cell, images.decode(value, mime))
        for cell in lint.code_cells(notebook)
        for output in cell.outputs
        for mime, value in output.get("data", {}).items()
        if mime in images.MIMES
    ]


def is_same(cell: NotebookNode, one: np.ndarray, other: np.ndarray) -> bool:
    tolerance = lint.Tolerance.of(cell)
    return images.compare(one, other, tolerance.rms, tolerance.shift).difference is None


def test_as_it_is_it_has_neither_differences_nor_holes(notebook, tmp_path):
    assert lint.find(notebook) == []
    for cell in lint.code_cells(notebook):
        assert differences(cell, copy.deepcopy(cell.outputs), tmp_path) == []


def test_changed_digit_or_letter_is_seen(notebook):
    for cell in lint.code_cells(notebook):
        rtol = lint.Tolerance.of(cell).rtol
        for value in texts(cell):
            for match in re.finditer(r"[0-9A-Za-z가-힣]", value):
                place = match.start()
                other = {"0": "7", "가": "나", "a": "b"}.get(value[place]) or (
                    "0" if value[place].isdigit() else "가" if value[place] > "z" else "a"
                )
                spoiled = value[:place] + other + value[place + 1 :]
                found = text.compare(spoiled, value, rtol)
                # Within its own tolerance, a decimal number may change.
                assert found.difference or 0 < found.largest <= rtol, (cell.id, spoiled)


def test_deleted_output_is_seen(notebook, tmp_path):
    for cell in lint.code_cells(notebook):
        whole = normalize.joined_streams(cell.outputs)
        for place in range(len(whole)):
            assert differences(cell, whole[:place] + whole[place + 1 :], tmp_path), cell.id


def test_unexecuted_cell_is_seen(notebook):
    for cell in lint.code_cells(notebook):
        count, cell.execution_count = cell.execution_count, None
        assert any(fault.cell == cell.id for fault in lint.find(notebook))
        cell.execution_count = count


def test_swapped_pictures_are_seen(notebook):
    found = stored_pictures(notebook)
    for (cell, picture), (_, other) in itertools.pairwise([*found, *found[:1]]):
        if len(found) > 1:
            fitted = Image.fromarray(other[..., :3]).resize(picture.shape[1::-1])
            same_size = np.concatenate([fitted, fitted], axis=-1)  # as opaque as it was drawn
            assert not is_same(cell, picture, same_size), cell.id


def test_moved_picture_is_seen(notebook):
    for cell, picture in stored_pictures(notebook):
        assert not is_same(cell, picture, np.roll(picture, (1, 1), (0, 1))), cell.id


def test_vanished_drawing_is_seen(notebook):
    for cell, picture in stored_pictures(notebook):
        without = picture.copy()
        without[np.ptp(picture[..., :3].astype(int), axis=-1) > 24] = 255
        if (without != picture).any():
            assert not is_same(cell, picture, without), cell.id


def test_changed_widget_state_is_seen(notebook):
    for name, model in lint.widget_models(notebook).items():
        for key in model["state"]:
            spoiled = copy.deepcopy(notebook)
            lint.widget_models(spoiled)[name]["state"][key] = "another value"
            assert outputs.widgets(spoiled, notebook, {}), (name, key)
