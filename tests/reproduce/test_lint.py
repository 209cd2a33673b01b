"""What counts as volatile in an output, and what only looks so."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cvbook.reproduce.lint import lint_notebook
from cvbook.reproduce.notebooks import WIDGET_VIEW, read
from cvbook.reproduce.tolerance import Tolerance


def messages(text: str) -> list[str]:
    cell = new_code_cell("print()", id="cell", execution_count=1)
    cell.outputs = [new_output("stream", text=text)]
    return [violation.message for violation in lint_notebook(new_notebook(cells=[cell]))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("saved to /home/kim/.cache/cvbook", "path"),
        ("/tmp/tmpab12/model.keras", "path"),
        (r"C:\Users\kim\book", "path"),
        ("lib/python3.12/site-packages/keras", "path"),
        ("2026-11-24", "date"),
        ("2026년 11월 24일", "date"),
        ("10:45:03", "date"),
        ("Tue Nov 24", "date"),
        ("3.2 s", "duration"),
        ("12ms/step", "duration"),
        ("1.5초가 걸렸다", "duration"),
        ("CPU times: user", "duration"),
        ("43 images/s", "duration"),
        ("<keras.src.Model object at 0x7f3a2c>", "address"),
        ("0x7f8924743550", "address"),
    ],
)
def test_volatile(text, what):
    assert any(what in message for message in messages(text))


@pytest.mark.parametrize(
    "text",
    [
        "3분할한 결과, 2분의 1",
        "초기값 3, 4초과",
        "1990s, 3s보다",
        "(None, 25, 25, 256)  파라미터 590,080",
        "정확도 0.83 / 손실 0.41",
        "a/b, 입력/출력, 1/2",
        "색 #336699, 0xff",
        "2.21.0",
        "images/cat_1.png",
        "3×3 filters, 2 strides",
        "https://keras.io/api/layers",
        "std 0.2, 5 m",
    ],
)
def test_not_volatile(text):
    assert messages(text) == []


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"rtol": 0.26}, "`rtol` is 0.26: it must lie between 0 and 0.25"),
        ({"rtol": float("nan")}, "it must lie between"),
        ({"rtol": "0.1"}, "`rtol` must be a number"),
        ({"rms": 200}, "`rms` is 200"),
        ({"shift": 2.5}, "whole number"),
        ({"stderr": 1}, "true or false"),
        ({"tolerance": 1}, "unknown key `tolerance`"),
    ],
)
def test_bad_tolerance_is_named_and_not_used(metadata, message):
    cell = new_code_cell("x", id="cell", execution_count=1, metadata={"cvbook": metadata})
    (violation,) = lint_notebook(new_notebook(cells=[cell]))
    assert message in violation.message
    assert Tolerance.of(cell) == Tolerance()


def test_all_cells_in_order_violate_no_rule():
    cells = [new_code_cell("x", id=f"cell-{n}", execution_count=n) for n in (1, 2, 3)]
    assert lint_notebook(new_notebook(cells=cells)) == []
    del cells[1]  # a deleted cell leaves a gap
    assert [violation.cell for violation in lint_notebook(new_notebook(cells=cells))] == ["cell-3"]


def test_widget_without_its_state_is_named():
    view = {"model_id": "a" * 32, "version_major": 2, "version_minor": 0}
    cell = new_code_cell("x", id="cell", execution_count=1)
    cell.outputs = [new_output("display_data", {WIDGET_VIEW: view})]
    (violation,) = lint_notebook(new_notebook(cells=[cell]))
    assert violation.cell == "cell"
    assert "without stored state" in violation.message


@pytest.mark.parametrize(
    "html",
    [
        '<table id="T_3fa1c"><tr><td id="T_3fa1c_row0_col0">1</td></tr></table>',
        '<div id="6f1d2c3b-1a2b-4c3d-8e4f-0123456789ab" class="plotly-graph-div"></div>',
        '<img id="_anim_img0123456789abcdef0123456789abcdef">',
    ],
)
def test_a_random_id_in_html_is_named_with_its_remedy(html):
    cell = new_code_cell("x", id="cell", execution_count=1)
    cell.outputs = [new_output("display_data", data={"text/html": html, "text/plain": "x"})]
    (found,) = lint_notebook(new_notebook(cells=[cell]))
    assert "random id" in found.message
    assert "uuid" in found.remedy


def test_a_tag_for_an_error_that_is_not_raised_is_named():
    cell = new_code_cell("1", id="cell", execution_count=1, metadata={"tags": ["raises-exception"]})
    (found,) = lint_notebook(new_notebook(cells=[cell]))
    assert "no error was raised" in found.message
    cell.outputs = [new_output("error", ename="ValueError", evalue="x", traceback=[])]
    assert lint_notebook(new_notebook(cells=[cell])) == []


def test_a_picture_pasted_into_text_is_named_with_its_cell():
    cell = new_markdown_cell("![그림](attachment:a.png)", id="text")
    (found,) = lint_notebook(new_notebook(cells=[cell]))
    assert found.cell == "text"
    assert "pasted picture" in found.message


def test_a_notebook_of_colab_without_cell_ids_is_read(tmp_path):
    notebook = new_notebook(cells=[new_code_cell("1", execution_count=1)])
    notebook.cells[0].pop("id")
    notebook.nbformat_minor = 0
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook))
    assert [cell.id for cell in read(tmp_path / "a.ipynb").cells] == ["cell-0"]
    assert lint_notebook(read(tmp_path / "a.ipynb")) == []
