"""HTML of feedback pages: needs no other host, runs nothing, shows formulas and pictures."""

import base64
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from cvbook._mathml import mathml

#: Longest formula that is set, in characters.
MAX_FORMULA = 2_000
#: Largest picture beside a notebook that is shown, in bytes.
MAX_PICTURE = 5_000_000
#: First bytes of the kinds of pictures that are shown.
PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE_LINK = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"(<img\b[^>]*?\bsrc=)([\"'])(?!data:image/)([^\"']*)\2", re.IGNORECASE)
#: A link that is no fragment of this page.
_LINK = re.compile(r"(<a\b[^>]*?\bhref=)([\"'])(?!#)[^\"']*\2", re.IGNORECASE)
_ADDRESS = re.compile(r"url\(\s*(?![\"']?data:)[^)]*\)|@import[^;]*;", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
#: Nothing is loaded, nothing runs.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def formula(latex: str, block: bool = False) -> str:
    """Set a formula, or show its LaTeX where it cannot be set.

    Parameters
    ----------
    latex : str
        As a student or an instructor wrote it; may be escaped for HTML.
    block : bool

    Returns
    -------
    str
        HTML.
    """
    latex = html.unescape(latex)
    try:
        element = mathml(latex, block) if len(latex) <= MAX_FORMULA else ""
    except (ValueError, RecursionError):
        element = ""
    if not element or "href" in element:
        mark = "$$" if block else "$"
        return f"{mark}{html.escape(latex)}{mark}"
    return element


class _Renderer(IPythonRenderer):
    """nbconvert's renderer of Markdown, with formulas as MathML."""

    def block_math(self, body: str) -> str:
        return formula(body, block=True)

    def inline_math(self, body: str) -> str:
        return formula(body)

    def latex_environment(self, name: str, body: str) -> str:
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)


class PageExporter(HTMLExporter):
    """nbconvert's HTML exporter, with formulas as MathML."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Convert Markdown to HTML.

        Parameters
        ----------
        context : jinja2.runtime.Context
        source : str

        Returns
        -------
        str
        """
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = _Renderer(
            escape=False, attachments=attachments, anchor_link_text=self.anchor_link_text
        )
        text: str = MarkdownWithMath(renderer=renderer).render(source)
        return text


def inert(page: str, folder: Path) -> str:
    """Remove from a page all that runs or points elsewhere, and put in the pictures it shows.

    Parameters
    ----------
    page : str
        HTML.
    folder : Path
        Where the notebook is: pictures in it are shown.

    Returns
    -------
    str
    """
    page = _STYLE_LINK.sub("", _SCRIPT.sub("", page))
    body = _BODY.search(page)
    place = body.start() if body else 0
    head = _STYLE.sub(lambda style: _ADDRESS.sub("none", style[0]), page[:place])
    rest = _LINK.sub(r"\1\2#\2", page[place:])
    rest = _IMAGE.sub(lambda image: image[1] + image[2] + _data(image[3], folder) + image[2], rest)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return head.replace("<head>", f"<head>\n{tag}", 1) + rest


def _data(address: str, folder: Path) -> str:
    """A picture beside the notebook as a data URL; empty for any other address."""
    name = unquote(html.unescape(address)).partition("?")[0]
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return ""
        if path.stat().st_size > MAX_PICTURE:
            return ""
        content = path.read_bytes()
    except (OSError, ValueError):
        return ""
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""
