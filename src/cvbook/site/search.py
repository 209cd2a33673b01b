"""Search index: the book's text by section, for the search in the browser (`static/search.js`)."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

# Nodes without text for readers; code cells and outputs are searched too.
SKIPPED = (nodes.comment, nodes.raw, nodes.system_message, nodes.target)


def sections(doctree: nodes.document) -> list[tuple[str, str, str]]:
    """The sections of a page.

    Parameters
    ----------
    doctree : nodes.document
        The page.

    Returns
    -------
    list of (str, str, str)
        Anchor, heading and text of each, without its subsections.
    """
    found = []
    for section in doctree.findall(nodes.section):
        heading = section.next_node(nodes.title)
        text = [
            _text(child)
            for child in section.children
            if not isinstance(child, (nodes.section, nodes.title, *SKIPPED))
        ]
        anchor = section["ids"][-1] if section["ids"] else ""
        title = heading.astext() if heading else ""
        found.append((anchor, title, " ".join(" ".join(text).split())))
    return found


def _text(node: nodes.Node) -> str:
    if isinstance(node, SKIPPED):
        return ""
    if isinstance(node, nodes.Text):
        return str(node)
    separator = "" if isinstance(node, nodes.TextElement) else " "
    return separator.join(_text(child) for child in node.children)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    pages = []
    for name in sorted(app.env.found_docs):
        parts = sections(app.env.get_doctree(name))
        title = app.env.titles[name].astext()
        pages.append({"url": f"{name}.html", "title": title, "sections": parts})
    # A script, not JSON: a page opened from the file system cannot fetch files.
    target = Path(app.outdir, "_static/search_index.js")
    target.write_text("const searchIndex = " + json.dumps(pages, ensure_ascii=False) + ";\n")


def register(app: Sphinx) -> None:
    """Write the index after the pages.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("build-finished", _write)
