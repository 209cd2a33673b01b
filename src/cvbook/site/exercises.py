"""Links to exercises, wherever a page names an exercise's folder: the notebook, and its page."""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

EXERCISE_FOLDER = re.compile(r"exercises/(\w+)/?$")


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    up = "../" * docname.count("/")
    for literal in list(doctree.findall(nodes.literal)):
        match = EXERCISE_FOLDER.match(literal.astext())
        if match and _notebook(app, match[1]).is_file():
            url = f"{up}exercises/{match[1]}.ipynb"
            link = nodes.reference("", "", internal=True, refuri=url, classes=["exercise"])
            literal.replace_self(link)
            # In brackets, so that the Korean particle after it still follows the folder's name.
            link += [literal, nodes.inline("", "(내려받기)")]
            if app.config.cvbook_live and app.builder.name == "html":
                page = f"{up}exercises/{match[1]}.html"
                text = nodes.inline("", "(이 책에서 풀기)")
                on_page = nodes.reference("", "", text, internal=True, refuri=page)
                link.parent.insert(link.parent.index(link) + 1, [nodes.Text(" "), on_page])


def _notebook(app: Sphinx, name: str) -> Path:
    return Path(app.srcdir, "exercises", name, f"{name}.ipynb")


def _copy(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir, "exercises")
        target.mkdir(exist_ok=True)
        for notebook in sorted(Path(app.srcdir, "exercises").glob("*/*.ipynb")):
            shutil.copyfile(notebook, target / notebook.name)


def register(app: Sphinx) -> None:
    """Add the links, and copy the notebooks to the output.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("doctree-resolved", _link)
    app.connect("build-finished", _copy)
