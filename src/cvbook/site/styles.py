"""One small stylesheet for the whole site, instead of ten that delay a page's first rendering.

The theme and its extensions have 550 kB of rules. Those whose selector names a class or id that no
page and no script mentions are removed, as PurgeCSS does.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from tinycss2.ast import Node

NAME = "book.css"
LINK = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>\n?')
ADDRESS = re.compile(r'href="([^"]*_static/)([^"?]+)')
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="[^"]*?_static/([^"?]+)')
WORD = re.compile(r"[\w-]+")
# URLs relative to the stylesheet: no other hosts, absolute paths, data URLs or fragments in them.
RELATIVE = re.compile(r"""url\((["']?)(?![a-z]+:|[#%/])([^)"']+)\1\)""")
GROUPS = ("media", "supports", "layer", "container")


def join(static: Path, name: str) -> str:
    """Inline the imports of a stylesheet, and make its URLs relative to the folder `static`.

    Parameters
    ----------
    static : Path
        The folder of the joined stylesheet.
    name : str
        The path of the stylesheet within.

    Returns
    -------
    str
        The rules of all joined stylesheets.

    Raises
    ------
    ExtensionError
        If it imports under a condition or from another host.
    """

    def within(address: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))

    css = (static / name).read_text()
    css = RELATIVE.sub(lambda found: f'url("{within(found[2])}")', css)
    parts = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            tokens = [token for token in rule.prelude if token.type != "whitespace"]
            if len(tokens) != 1 or tokens[0].type != "string" or "//" in tokens[0].value:
                raise ExtensionError(f"cannot join this import of {name}: {rule.serialize()}")
            parts.append(join(static, within(tokens[0].value)))
        elif rule.type != "at-rule" or rule.lower_at_keyword != "charset":
            parts.append(rule.serialize())
    return "\n".join(parts)


def purge(css: str, pages: Iterable[str], scripts: Iterable[str]) -> str:
    """Remove the rules that no page uses.

    Parameters
    ----------
    css : str
        A stylesheet.
    pages, scripts : iterable of str
        Texts that may name a class or an id.

    Returns
    -------
    str
        The rules with those selectors whose classes and ids all occur in the pages or scripts.
        Scripts also compose names, as in `bs-${kind}-auto`: names with such a prefix are kept.
    """
    in_scripts = {word for script in scripts for word in WORD.findall(script)}
    words = in_scripts.union(*map(WORD.findall, pages))
    prefixes = tuple(word for word in in_scripts if word.endswith("-") and word.strip("-"))
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = _kept(rules, lambda name: name in words or name.startswith(prefixes))
    return "\n".join(kept) + "\n"


def _kept(rules: list[Node], used: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _split(rule.prelude) if all(map(used, _names(s)))]
            if selectors:
                yield f"{','.join(map(_serialize, selectors))}{{{_serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if kept := "\n".join(_kept(inner, used)):
                yield f"@{rule.at_keyword} {_serialize(rule.prelude)}{{{kept}}}"
        else:
            yield rule.serialize()


def _split(prelude: list[Node]) -> Iterator[list[Node]]:
    selector: list[Node] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _names(selector: list[Node]) -> Iterator[str]:
    """Classes and ids that an element must have; those in `:not()` and the like need not be."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            yield token.value


def _serialize(tokens: list[Node]) -> str:
    return str(tinycss2.serialize([token for token in tokens if token.type != "comment"])).strip()


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    static = out / "_static"
    files = [path for path in out.rglob("*.html") if static not in path.parents]
    pages = {path: path.read_text() for path in files}
    links = [link for page in pages.values() for link in LINK.findall(page)]
    # Pages kept from an earlier build link the joined stylesheet already.
    sheets = dict.fromkeys(found[2] for link in links if (found := ADDRESS.search(link)))
    sheets.pop(NAME, None)
    if not sheets:
        return
    scripts = {name for page in pages.values() for name in SCRIPT.findall(page)}
    scripts.discard("search_index.js")  # the words of the pages again
    css = purge(
        "\n".join(join(static, name) for name in sheets),
        pages.values(),
        [(static / name).read_text() for name in sorted(scripts)],
    )
    (static / NAME).write_text(css)
    digest = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, page in pages.items():
        first, *others = LINK.findall(page) or [""]
        if found := ADDRESS.search(first):
            for other in others:
                page = page.replace(other, "")
            link = f'<link href="{found[1]}{NAME}?v={digest}" rel="stylesheet"/>\n'
            path.write_text(page.replace(first, link))


def register(app: Sphinx) -> None:
    """Write the stylesheet after the pages.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("build-finished", _finish, priority=850)
