"""Links from the first occurrence of each glossary term on a page to the glossary.

Authors write plain words: notebooks stay readable in JupyterLab, and no link can be forgotten. A
term is an entry of a `glossary` directive, such as `평균 정밀도 (average precision, AP)`: its
Korean name, and abbreviations among the English ones, are looked for in the text of a page, not
in headings, code, links or summaries.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

#: Everyday words, and words with a second meaning in this book, such as the head of an animal: only
#: an occurrence that is followed by the English, as in 머리(head), is the term.
AMBIGUOUS = frozenset(
    ["머리", "몸통", "커널", "계층", "골격", "재활용", "지름길", "특성", "계수", "마스크", "라벨"]
)
#: What may follow a noun within a word: 필터는, 필터마다의, but not 필터링.
PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|까지|부터|보다|처럼|마다|이나|나|이란|란|"
    "이라|라|이다|다|인|일|이고|고|이며|며|이면|면|이라는|라는|이라고|라고|이라면|라면|들|씩|뿐|였다|이었다"
)
SKIPPED = (
    nodes.FixedTextElement,
    nodes.caption,
    nodes.citation,
    nodes.literal,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.reference,
    nodes.rubric,
    nodes.term,
    nodes.title,
)
ABBREVIATION = re.compile(r"[A-Za-z]*[A-Z]{2}[A-Za-z]*|[A-Z][a-z]+[A-Z]+")
ENTRY = re.compile(r"(?P<name>.+?) \((?P<english>[^()]+)\)")


class Term(NamedTuple):
    """An entry of the glossary: its names, its English and where it is."""

    names: tuple[str, ...]
    english: tuple[str, ...]
    docname: str
    anchor: str


def glossary_terms(env: BuildEnvironment) -> list[Term]:
    """Read the entries of all glossaries.

    Parameters
    ----------
    env : BuildEnvironment

    Returns
    -------
    list of Term
    """
    found = []
    for (kind, entry), (docname, anchor) in env.domaindata["std"]["objects"].items():
        match = ENTRY.fullmatch(entry) if kind == "term" else None
        if match:
            english = tuple(part.strip() for part in match["english"].split(","))
            short = [part for part in english if ABBREVIATION.fullmatch(part)]
            found.append(Term((match["name"], *short), english, docname, anchor))
    return found


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Compile an expression that finds names as words, the longest first.

    Parameters
    ----------
    names : iterable of str

    Returns
    -------
    Pattern
        Its group 1 is the name, without the particles that follow it.
    """
    longest = sorted(names, key=len, reverse=True)
    choices = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    end = rf"(?=(?:{PARTICLES}){{0,2}}(?![가-힣A-Za-z0-9]))"
    return re.compile(rf"(?<![가-힣A-Za-z0-9])({choices}){end}")


def link_first_occurrences(doctree: nodes.document, terms: Iterable[Term], address: str) -> None:
    """Replace the first occurrence of each term by a link.

    Parameters
    ----------
    doctree : nodes.document
        A resolved page; changed in place.
    terms : iterable of Term
    address : str
        The glossary's page, relative to this one.
    """
    by_name = {name: term for term in terms for name in term.names}
    if not by_name:
        return
    words, linked = pattern(by_name), set[Term]()
    texts = [text for text in doctree.findall(nodes.Text) if not _is_skipped(text)]
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        pieces = list(_split(str(text), str(following), words, by_name, linked))
        if len(pieces) > 1:
            parts = [
                piece if term is None else _link(piece, f"{address}#{term.anchor}")
                for piece, term in pieces
            ]
            text.parent.replace(text, [nodes.Text(p) if isinstance(p, str) else p for p in parts])


def _split(
    text: str,
    following: str,
    words: re.Pattern[str],
    by_name: dict[str, Term],
    linked: set[Term],
) -> Iterator[tuple[str, Term | None]]:
    """Pieces of a text: terms that are not linked yet, and what is between them."""
    start = 0
    for match in words.finditer(text):
        name = " ".join(match[1].split())
        term = by_name[name]
        after = text[match.end() :] or following
        if term in linked or (name in AMBIGUOUS and not _has_english(after, term)):
            continue
        linked.add(term)
        yield text[start : match.start()], None
        yield match[1], term
        start = match.end()
    yield text[start:], None


def _has_english(after: str, term: Term) -> bool:
    return after.lower().startswith(tuple(f"({word.lower()}" for word in term.english))


def _is_skipped(text: nodes.Node) -> bool:
    node = text.parent
    while isinstance(node, nodes.Element):
        # A click on the summary of a dropdown opens it.
        if isinstance(node, SKIPPED) or node.tagname == "dropdown_title":
            return True
        if "self-check-choices" in node.get("classes", ()):
            return True  # the page makes buttons of them
        node = node.parent
    return False


def _link(text: str, address: str) -> nodes.reference:
    return nodes.reference("", text, internal=True, refuri=address, classes=["glossary-term"])


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    terms = glossary_terms(app.env)
    for page in {term.docname for term in terms} - {docname}:
        of_page = [term for term in terms if term.docname == page]
        link_first_occurrences(doctree, of_page, app.builder.get_relative_uri(docname, page))


def _all_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Build every page when a glossary has changed: all link to it."""
    pages = {term.docname for term in glossary_terms(env)}
    return env.found_docs - added - changed if pages & (changed | removed) else ()


def register(app: Sphinx) -> None:
    """Connect the handlers of Sphinx's events.

    Parameters
    ----------
    app : Sphinx
    """
    app.connect("env-get-outdated", _all_pages)
    app.connect("doctree-resolved", _resolve)
