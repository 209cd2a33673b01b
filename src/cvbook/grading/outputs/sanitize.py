"""Students' HTML in feedback pages, sanitized."""

import re
from typing import Any
from urllib.parse import unquote

from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode

from cvbook.grading.outputs import pages

#: Tags of formatted tables and text; none that loads or runs anything or covers the page.
TAGS = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
]
ATTRIBUTES = {
    "a": ["href", "title"],
    "img": ["src", "alt", "title", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_ATTACHED = re.compile(r"attachment:([^)\s\"'>]*)", re.IGNORECASE)


class CleanOutputs(SanitizeHTML):
    """Sanitizes outputs and Markdown; drops metadata and attachments that templates use raw."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Sanitize one cell.

        Parameters
        ----------
        cell : NotebookNode
            Changed in place.
        resources : dict
        cell_index : int

        Returns
        -------
        tuple of NotebookNode and dict
        """
        if cell.cell_type == "markdown":  # nbconvert fails on a missing attachment
            attached = {name for name, data in cell.get("attachments", {}).items() if data}
            cell.source = _ATTACHED.sub(
                lambda match: match[0] if unquote(match[1]) in attached else "#", cell.source
            )
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = NotebookNode()
            data = output.get("data", {})
            for kind in list(data):
                if kind in ("image/png", "image/jpeg") and not re.fullmatch(
                    r"[A-Za-z0-9+/=\s]*", str(data[kind])
                ):
                    del data[kind]
        parent: Any = super()
        cleaned: tuple[Any, Any] = parent.preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            latex = data.pop("text/latex", "")
            if latex and "text/html" not in data:
                data["text/html"] = pages.formula(latex.strip().strip("$"), block=True)
        return cleaned
