"""Code that runs in the reader's browser: cells of chapters, and exercises.

- `pyodide`: Python for the browser, checked against the hashes of its release
- `modules`, `cells`, `flow`: which cells a browser can run, and which others run before
- `bundle`: the files that pages load: Pyodide, our modules, the font, the JavaScript of `frontend/`
- `exercises`: one page for each assignment, from the released notebook
- `python/`: what runs cells inside of Pyodide

Nothing is loaded before a reader's first click. Where Pyodide or Node cannot be had, the site is
built without it, and the build says so in one line.
"""

import sys
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from cvbook.errors import CvbookError
from cvbook.site.live import bundle, cells, exercises
from cvbook.site.live.page_data import data_script


def _prepare(app: Sphinx, config: Config) -> None:
    """Make the files; a page is written again when they change, as for any setting."""
    try:
        live = bundle.prepare(Path(app.doctreedir, "live"), Path(app.srcdir, "book/results"))
    except CvbookError as error:
        # Not a warning: `make book` takes those for errors, and this is none.
        print(f"pages without Run buttons: {error}", file=sys.stderr)
        return
    config.cvbook_live = {"entries": live.entries, "manifest": live.manifest}
    app.cvbook_live_files = live.files  # type: ignore[attr-defined]


def _mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give live cells an id, and the page what their script needs."""
    settings = app.config.cvbook_live
    source = Path(app.env.doc2path(docname))
    if not settings or app.builder.name != "html" or source.suffix != ".ipynb":
        return
    found = {cell.index: cell for cell in cells.live_cells(nbformat.read(source, 4)["cells"])}
    data: list[dict[str, Any]] = []
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") != "cell_code" or node["cell_index"] not in found:
            continue
        cell = found[node["cell_index"]]
        identifier = f"live-cell-{cell.index}"
        node["ids"].append(identifier)
        data.append(
            {
                "id": identifier,
                "index": cell.index,
                "name": f"셀 {len(data) + 1}",
                "source": cell.source,
                "setup": cell.setup,
                "needs": cell.needs,
                "drawing": "matplotlib" in cell.modules,
            }
        )
    if data:
        root = "../" * docname.count("/")
        text = data_script("live-cells", root, settings, "cells", {"cells": data})
        doctree += nodes.raw("", text, format="html")


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html" or not app.config.cvbook_live:
        return
    for name, source in app.cvbook_live_files.items():  # type: ignore[attr-defined]
        target = Path(app.outdir, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    _remove_old(app)


def _remove_old(app: Sphinx) -> None:
    """Remove the files of earlier builds."""
    current = {Path(app.outdir, name) for name in app.cvbook_live_files}  # type: ignore[attr-defined]
    for file in Path(app.outdir, bundle.FOLDER).rglob("*"):
        if file.is_file() and file not in current:
            file.unlink()


def register(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events.

    Parameters
    ----------
    app : Sphinx
    """
    app.add_config_value("cvbook_live", None, "html")
    app.add_js_file("live.js", defer="defer")
    app.connect("config-inited", _prepare, priority=900)
    app.connect("doctree-resolved", _mark)
    app.connect("html-collect-pages", exercises.pages)
    app.connect("build-finished", _write)
