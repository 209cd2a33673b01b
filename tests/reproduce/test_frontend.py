"""A refreshed notebook holds what a new execution would store, and nothing else changes."""

import copy

import nbformat
from ipywidgets import Widget

from cvbook import widgets
from cvbook.reproduce.frontend import refresh_frontend
from cvbook.reproduce.notebooks import WIDGET_STATE


def notebook_with(*shown):
    """A notebook whose metadata hold the state of the widgets, as ipywidgets stores it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("show()", id="show")])
    stored = Widget.get_manager_state(widgets=shown)
    notebook.metadata["widgets"] = {WIDGET_STATE: stored}
    return nbformat.from_dict(notebook)


def test_an_old_front_end_becomes_what_execution_stores():
    fresh = notebook_with(*(getattr(widgets, name)() for name in widgets.__all__))
    assert not refresh_frontend(copy.deepcopy(fresh))
    old = copy.deepcopy(fresh)
    for model in old.metadata.widgets[WIDGET_STATE].state.values():
        if "_esm" in model.state:
            model.state["_esm"], model.state["_css"] = "export default {}", ""
    assert old != fresh
    assert refresh_frontend(old)
    assert old == fresh


def test_other_widgets_and_plain_notebooks_stay():
    other = notebook_with(widgets.ResidualShapes())
    for model in other.metadata.widgets[WIDGET_STATE].state.values():
        model.state.pop("_anywidget_id", None)
        model.state["_esm"] = "export default {}"
    plain = nbformat.v4.new_notebook()
    for notebook in (other, plain):
        before = copy.deepcopy(notebook)
        assert not refresh_frontend(notebook)
        assert notebook == before
