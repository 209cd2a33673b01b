"""The widgets in a real JupyterLab: state travels both ways."""

import nbformat
import numpy as np
import pytest

from cvbook.widgets import TransposedConv2D

CELLS = [
    "from cvbook.widgets import TransposedConv2D\nw = TransposedConv2D()\nw",
    "w.strides = 3",
    "w.input = [[1, -2.5, 0.5]]",
    "print('in Python:', w.strides, w.padding, w.output.shape)",
    "from cvbook import widgets\nwidgets.ResidualShapes()",
    "widgets.BatchNormPlayground()",
    "widgets.SeparableConvCounter()",
    "widgets.NonMaxSuppression()",
    "widgets.MaskResizing()",
    "widgets.ReceptiveField()",
    "widgets.LearningRates()",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory, start_jupyterlab):
    """Address of one notebook in a JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "cvbook", "display_name": "Python 3 (cvbook)"}},
    )
    nbformat.write(notebook, folder / "widgets.ipynb")
    return start_jupyterlab(folder, "tree/widgets.ipynb")


@pytest.mark.slow
def test_state_travels_both_ways(lab, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(60_000)
    page.goto(lab)
    # a cell that is run before the kernel is ready is not run at all
    page.get_by_text("Python 3 (cvbook) | 대기").wait_for()
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    cells.first.locator(".cm-content").click()

    def run():
        page.keyboard.press("Shift+Enter")  # and on to the next cell

    run()
    widget = page.locator(".cvbook-widget").first
    widget.wait_for()
    rows = widget.locator(".cvbook-grid.output [role=row]")
    assert rows.count() == 5
    run()  # w.strides = 3
    page.wait_for_function(
        "document.querySelectorAll('.cvbook-grid.output [role=row]').length === 6"
    )
    run()  # w.input = ...
    page.wait_for_function(
        "document.querySelectorAll('.cvbook-grid.output [role=row]').length === 3"
    )
    shown = [
        [
            float(text.replace("\N{MINUS SIGN}", "-"))
            for text in row.locator("> *").all_text_contents()
        ]
        for row in rows.all()
    ]
    expected = TransposedConv2D([[1, -2.5, 0.5]], strides=3, step=4).output
    np.testing.assert_allclose(shown, expected)
    widget.get_by_role("button", name="4", exact=True).click()
    widget.get_by_role("button", name="same", exact=True).click()
    cells.nth(3).locator(".cm-content").click()
    run()
    page.get_by_text("in Python: 4 same (4, 12)").wait_for()
    for source in CELLS[4:]:  # the other widgets
        run()
        shown = cells.filter(has_text=source.splitlines()[-1]).locator(".cvbook-widget")
        shown.get_by_role("button").or_(shown.get_by_role("slider")).first.wait_for()
    assert not page.locator(".jp-RenderedText[data-mime-type*=stderr]").count()
    page.close()
