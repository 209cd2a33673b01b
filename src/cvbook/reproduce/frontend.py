"""JavaScript and CSS stored with a notebook's widgets: refreshed without executing the notebook."""

from pathlib import Path

from nbformat import NotebookNode

import cvbook
from cvbook._bundles import bundled
from cvbook.reproduce.notebooks import widget_models

#: Where `make widgets` writes each widget's module and stylesheet.
STATIC = Path(cvbook.__file__).parent / "widgets" / "static"
PACKAGE = "cvbook.widgets."
#: Traits in which anywidget stores a front end, and the suffixes of its files.
SUFFIXES = {"_esm": ".js", "_css": ".css"}


def refresh_frontend(notebook: NotebookNode) -> bool:
    """Replace the stored front end of the book's widgets by the current files, in place.

    A widget's outputs come from its Python class; its JavaScript and CSS are only stored with
    them, so a change of these alone needs no execution.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook. Only `_esm` and `_css` of its widgets' states are changed.

    Returns
    -------
    bool
        Whether anything differed.
    """
    changed = False
    for model in widget_models(notebook).values():
        state = model["state"]
        name = state.get("_anywidget_id", "")  # module and class
        if not name.startswith(PACKAGE):
            continue
        stem = name.removeprefix(PACKAGE).partition(".")[0]
        for key, suffix in SUFFIXES.items():
            text = bundled(STATIC / f"{stem}{suffix}").read_text("utf-8")
            changed |= state.get(key) != text
            state[key] = text
    return changed
