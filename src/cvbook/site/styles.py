"""One small stylesheet for the whole site, instead of ten that hold up a page's first words.

The theme and its companions bring 550 kB of rules for every site there may be. Those whose selector
names a class or id that no page and no script mentions are left out, as PurgeCSS does.
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
# Not of other hosts, whole paths, data, or parts of the picture within such data.
RELATIVE = re.compile(r"""url\((["']?)(?![a-z]+:|[#%/])([^)"']+)\1\)""")
GROUPS = ("media", "supports", "layer", "container")


def join(static: Path, name: str) -> str:
    """A stylesheet with those it imports, its addresses as seen from the folder `static`.

    Parameters
    ----------
    static : Path
        The folder of the joined stylesheet.
    name : str
        The path of the stylesheet within.

    Returns
    -------
    str
        Its rules.

    Raises
    ------
    ExtensionError
        Where it imports under a condition or from another host.
    """

    def within(address: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))

    css = (static / name).read_text()
    css = RELATIVE.sub(lambda found: f'url("{within(found[2])}")', css)
    parts = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            asked = [token for token in rule.prelude if token.type != "whitespace"]
            if len(asked) != 1 or asked[0].type != "string" or "//" in asked[0].value:
                raise ExtensionError(f"cannot join this import of {name}: {rule.serialize()}")
            parts.append(join(static, within(asked[0].value)))
        elif rule.type != "at-rule" or rule.lower_at_keyword != "charset":
            parts.append(rule.serialize())
    return "\n".join(parts)


def purge(css: str, pages: Iterable[str], scripts: Iterable[str]) -> str:
    """Leave out the rules that apply nowhere.

    Parameters
    ----------
    css : str
        A stylesheet.
    pages, scripts : iterable of str
        Everything that may name a class or an id.

    Returns
    -------
    str
        The rules with the selectors all names of which are words of the pages or scripts. Scripts
        also complete names, `bs-${kind}-auto`: those that begin with such a part stay.
    """
    in_scripts = {word for script in scripts for word in WORD.findall(script)}
    words = in_scripts.union(*map(WORD.findall, pages))
    beginnings = tuple(word for word in in_scripts if word.endswith("-") and word.strip("-"))
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = _kept(rules, lambda name: name in words or name.startswith(beginnings))
    return "\n".join(kept) + "\n"


def _kept(rules: list[Node], used: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _split(rule.prelude) if all(map(used, _names(one)))]
            if selectors:
                yield f"{','.join(map(_write, selectors))}{{{_write(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if kept := "\n".join(_kept(inner, used)):
                yield f"@{rule.at_keyword} {_write(rule.prelude)}{{{kept}}}"
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


def _write(tokens: list[Node]) -> str:
    return str(tinycss2.serialize([token for token in tokens if token.type != "comment"])).strip()


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    static = out / "_static"
    files = [path for path in out.rglob("*.html") if static not in path.parents]
    pages = {path: path.read_text() for path in files}
    links = [link for page in pages.values() for link in LINK.findall(page)]
    # Pages of an earlier build have the joined one already.
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
            one = f'<link href="{found[1]}{NAME}?v={digest}" rel="stylesheet"/>\n'
            path.write_text(page.replace(first, one))


def register(app: Sphinx) -> None:
    """Write the stylesheet once the pages are finished.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("build-finished", _finish, priority=850)
