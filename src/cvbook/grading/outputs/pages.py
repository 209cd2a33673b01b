"""HTML of feedback pages: needs no other host, runs nothing, shows formulas and pictures."""

import base64
import functools
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

from cvbook._mathml import mathml
from cvbook.grading import tasks

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
_NO_ALT = re.compile(r"<img\b(?![^>]*\balt=)", re.IGNORECASE)
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


class Renderer(IPythonRenderer):
    """nbconvert's renderer of Markdown, with formulas as MathML."""

    def block_math(self, body: str) -> str:
        """Set a displayed formula.

        Parameters
        ----------
        body : str

        Returns
        -------
        str
        """
        return formula(body, block=True)

    def inline_math(self, body: str) -> str:
        """Set a formula in a line.

        Parameters
        ----------
        body : str

        Returns
        -------
        str
        """
        return formula(body)

    def latex_environment(self, name: str, body: str) -> str:
        """Set an environment of LaTeX.

        Parameters
        ----------
        name, body : str

        Returns
        -------
        str
        """
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)


class _CompiledTemplates(jinja2.BytecodeCache):
    """Templates that this process has compiled: nbgrader makes an exporter for each student."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()


class PageExporter(HTMLExporter):
    """nbconvert's HTML exporter, with formulas as MathML.

    Most cells are the same on all pages of an assignment: what they become is kept.
    """

    def _create_environment(self) -> Any:
        parent: Any = super()
        environment = parent._create_environment()
        environment.bytecode_cache = _COMPILED
        environment.filters.update(points=tasks.shown, duration=duration)
        return environment

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
        if not attachments:
            return _html(source)
        renderer = Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        text: str = MarkdownWithMath(renderer=renderer).render(source)
        return text

    def from_notebook_node(
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook; pictures get their alternative text by `inert`.

        Parameters
        ----------
        nb : NotebookNode
        resources : dict
        **kw
            Of nbconvert.

        Returns
        -------
        tuple of str and dict
        """
        language = nb.metadata.get("language_info", {})
        lexer = str(language.get("pygments_lexer") or language.get("name") or "ipython3")
        own: Any = self
        own.register_filter("highlight_code", functools.partial(_highlighted, lexer))
        resources = own._init_resources(resources)
        kinds = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )
        own.register_filter("filter_data_type", kinds)
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


@functools.lru_cache(4096)
def _html(source: str) -> str:
    renderer = Renderer(escape=False, attachments={}, exclude_anchor_links=True)
    text: str = MarkdownWithMath(renderer=renderer).render(source)
    return text


def _highlighted(lexer: str, source: str, metadata: Any = None) -> str:
    return _code(lexer, source, str((metadata or {}).get("magics_language", "")))


@functools.lru_cache(4096)
def _code(lexer: str, source: str, magics_language: str) -> str:
    metadata = {"magics_language": magics_language} if magics_language else {}
    return str(Highlight2HTML(pygments_lexer=lexer)(source, metadata=metadata))


def duration(seconds: float) -> str:
    """Say how late a submission is.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str
        In Korean: days and hours, or hours and minutes.
    """
    minutes = int(seconds // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "일"), (hours, "시간"), (rest if not days else 0, "분")]
    return " ".join(f"{count}{unit}" for count, unit in parts if count) or "1분 미만"


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
    rest = _NO_ALT.sub('<img alt="그림"', rest)
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
