"""Description, scripts, image sizes and ARIA roles of a page; the 404 page and the first page.

Descriptions and scripts are set in `html-page-context`. The templates of `templates/` override the
theme's where it has no option. Generated HTML is changed only by `adjust`, which the layout applies
to a page's content as it is rendered, and only in four respects:

- images get their size as attributes: docutils writes it as style, which would override the
  stylesheet's `height: auto`, and images in the HTML outputs of cells are not docutils nodes
- wide figures get a box in which they scroll on a phone
- roles of the bibliography that axe reports are removed: docutils writes them unconditionally
- icons are hidden from screen readers: their markup is spread over all templates of the theme
"""

import html
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx

DESCRIPTION_LENGTH = 160
# Names of scripts that no page needs: there is no kernel to connect to.
UNUSED_SCRIPTS = ("sphinx-thebe.js",)
WIDE_FIGURE = 600  # pixels; as wide as a phone, the letters of a wider one would be too small


def description(doctree: nodes.document) -> str:
    """Meta description of a page: its first paragraph of 40 characters or more.

    Parameters
    ----------
    doctree : document

    Returns
    -------
    str
        At most `DESCRIPTION_LENGTH` characters, cut between words; empty if there is no such
        paragraph.
    """
    paragraphs = (" ".join(node.astext().split()) for node in doctree.findall(nodes.paragraph))
    text = next((paragraph for paragraph in paragraphs if len(paragraph) >= 40), "")
    if len(text) > DESCRIPTION_LENGTH:
        text = text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return text


def _describe(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is None or app.builder.format != "html":
        return
    text = html.escape(description(doctree))
    context["metatags"] += f'\n<meta name="description" content="{text}" />\n'
    # sphinxext-opengraph's own text puts a space between a Korean word in code and its particle.
    context["meta"] = {**(context["meta"] or {}), "og:description": text}


def _arrange_scripts(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Defer scripts, and move the state of widgets behind the text."""
    head, late = {}, []
    for script in context["script_files"]:
        attributes, priority = dict(script.attributes), script.priority
        file, body = Path(script.filename or "").name, attributes.get("body", "")
        if file in UNUSED_SCRIPTS or "THEBE_JS_URL" in body:
            continue
        if file:
            attributes["defer"] = "defer"
        elif "DOCUMENTATION_OPTIONS." in body:
            attributes["type"] = "module"  # deferred, too: a deferred script defines the options
        if file == "sphinx_highlight.js":
            priority = 600  # after translations.js, of 500: deferred, it does not wait for others
        arranged = type(script)(script.filename, priority=priority, **attributes)
        if attributes.get("type", "").endswith("widget-state+json"):
            late.append(arranged)
        else:
            head[file or body] = arranged  # several extensions add a script in each event
    context["script_files"] = list(head.values())
    context["late_scripts"] = late


def _add_adjust(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if app.builder.format == "html":
        sources = {name: Path(app.srcdir, path) for path, name in app.builder.images.items()}
        context["adjust"] = lambda content: adjust(content, sources.get)


def adjust(content: str, find_picture: Callable[[str], Path | None]) -> str:
    """Add sizes to the images of a page, boxes to wide ones, and correct its ARIA attributes.

    Parameters
    ----------
    content : str
        HTML.
    find_picture : callable
        Returns the file of an image, by its name in `_images`, or None.

    Returns
    -------
    str
        HTML.
    """
    page = BeautifulSoup(content, "html.parser")
    for cited in page.select(".citation-list, [role=doc-biblioentry]"):
        # These roles are deprecated, or forbid the anchors within.
        del cited["role"]
    for image in page.select("article img"):
        image["loading"] = "lazy"
        image["decoding"] = "async"
        if not image.get("width"):
            _set_size(image, find_picture(Path(unquote(str(image.get("src", "")))).name))
    for figure in page.select(".cell_output img"):
        width = str(figure.get("width", ""))
        if width.isdecimal() and int(width) > WIDE_FIGURE:
            # The theme gives an output that overflows a tab stop.
            figure.wrap(page.new_tag("div", attrs={"class": "output wide-figure"}))
    for logo in page.select(".btn__icon-container img"):
        logo["alt"] = ""  # decorative: the button has a text
    for icon in page.select("i[class*=fa-]"):
        icon["aria-hidden"] = "true"
    return str(page)


def _set_size(image: Tag, file: Path | None) -> None:
    if file is not None and file.suffix in (".png", ".jpg", ".webp") and file.is_file():
        with Image.open(file) as picture:
            image["width"], image["height"] = map(str, picture.size)


def _remove_thebe(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Remove the settings that sphinx-thebe adds to every page; it has no option to omit them."""
    for node in list(doctree.findall(nodes.raw)):
        if "text/x-thebe-config" in node.astext():
            node.parent.remove(node)


def _extra_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        # Served at any URL, so its links are absolute paths; the host may be any.
        yield "404", {"root": urlsplit(app.config.html_baseurl).path or "/"}, "404.html"
        # Jupyter Book's own has no icon link, so browsers would request a file that does not exist.
        yield "index", {}, "index.html"


def register(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("doctree-resolved", _remove_thebe, priority=900)
    app.connect("html-collect-pages", _extra_pages)
    # Before sphinxext-opengraph, which reads the description; after all that add scripts.
    app.connect("html-page-context", _describe, priority=400)
    app.connect("html-page-context", _arrange_scripts, priority=900)
    app.connect("html-page-context", _add_adjust)
