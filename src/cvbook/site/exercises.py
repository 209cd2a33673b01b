"""Where a page names the folder of an exercise, the exercise can be downloaded."""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

NAMED = re.compile(r"exercises/(\w+)/?$")


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    up = "../" * docname.count("/")
    for literal in list(doctree.findall(nodes.literal)):
        named = NAMED.match(literal.astext())
        if named and _notebook(app, named[1]).is_file():
            url = f"{up}exercises/{named[1]}.ipynb"
            link = nodes.reference("", "", internal=True, refuri=url, classes=["exercise"])
            literal.replace_self(link)
            # In brackets, so that the particle after it still follows the folder's name.
            link += [literal, nodes.inline("", "(내려받기)")]


def _notebook(app: Sphinx, name: str) -> Path:
    return Path(app.srcdir, "exercises", name, f"{name}.ipynb")


def _copy(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir, "exercises")
        target.mkdir(exist_ok=True)
        for notebook in sorted(Path(app.srcdir, "exercises").glob("*/*.ipynb")):
            shutil.copyfile(notebook, target / notebook.name)


def register(app: Sphinx) -> None:
    """Link the exercises in the text and copy them beside the pages.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("doctree-resolved", _link)
    app.connect("build-finished", _copy)
