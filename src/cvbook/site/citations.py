"""Citations by author and year, in the text and in the list alike: [He et al., 2016a].

sphinxcontrib-bibtex names works by author and year in the text, but by labels such as [HZRS16a] in
the list, and two works of the same authors and year alike in the text. Here both names come from
one label, through its two extension points: a style of the list and a style of references.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pybtex.database import Entry
from pybtex.plugin import register_plugin as register_list_style
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import Node
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.referencing import (
    BracketStyle,
    GroupReferenceStyle,
    PersonStyle,
)
from sphinxcontrib.bibtex.style.referencing.basic_author_year import (
    BasicAuthorYearParentheticalReferenceStyle,
    BasicAuthorYearTextualReferenceStyle,
)
from sphinxcontrib.bibtex.style.template import join, reference

NAME = "cvbook"


class _Names(NamedTuple):
    """What templates of names look for in a style."""

    person: PersonStyle


def labels(entries: Iterable[Entry]) -> list[str]:
    """Name works by author and year.

    Parameters
    ----------
    entries : iterable of Entry

    Returns
    -------
    list of str
        `Wu and He, 2018`; where several would be called the same, `He et al., 2016a` and so on.
    """
    style = _Names(PersonStyle())
    names = []
    for entry in entries:
        author = style.person.author_or_editor_or_title(full=False)
        text = author.format_data({"entry": entry, "style": style})
        names.append(f"{text}, {entry.fields.get('year', 'n.d.')}")
    numbers: defaultdict[str, int] = defaultdict(int)
    found = []
    for name in names:
        letter = chr(ord("a") + numbers[name]) if names.count(name) > 1 else ""
        numbers[name] += 1
        found.append(name + letter)
    return found


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]  # pybtex has no types
    """Labels of the list."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> list[str]:
        """Name the works of the list; see `labels`."""
        return labels(sorted_entries)


class AuthorYearList(PlainStyle):  # type: ignore[misc]  # pybtex has no types
    """The list, sorted by author and year."""

    default_label_style = AuthorYearLabels
    default_sorting_style = "author_year_title"


def _author(children: list[Any], data: dict[str, Any]) -> Text:
    return Text(data["formatted_entry"].label.rpartition(", ")[0])


def _year(children: list[Any], data: dict[str, Any]) -> Text:
    return Text(data["formatted_entry"].label.rpartition(", ")[2])


AUTHOR, YEAR = Node("author", _author), Node("year", _year)


@dataclass
class Parenthetical(BasicAuthorYearParentheticalReferenceStyle):
    """`{cite}`: [He et al., 2016a]."""

    def inner(self, role_name: str) -> Node:
        """Template of one work."""
        return reference[join(sep=self.author_year_sep)[AUTHOR, YEAR]]


@dataclass
class Textual(BasicAuthorYearTextualReferenceStyle):
    """`{cite:t}`: He et al. [2016a], of which all is a link."""

    def inner(self, role_name: str) -> Node:
        """Template of one work."""
        year = join[self.bracket.left, YEAR, self.bracket.right]
        return reference[join(sep=self.text_reference_sep)[AUTHOR, year]]


@dataclass
class AuthorYearReferences(GroupReferenceStyle):
    """References in the text."""

    bracket: BracketStyle = field(default_factory=BracketStyle)

    def __post_init__(self) -> None:
        """Collect the styles of both roles."""
        self.styles.extend([Parenthetical(bracket=self.bracket), Textual(bracket=self.bracket)])
        super().__post_init__()  # type: ignore[no-untyped-call]


def register(app: Sphinx) -> None:
    """Register both styles under the name that `_config.yml` chooses.

    Parameters
    ----------
    app : Sphinx
    """
    register_list_style("pybtex.style.formatting", NAME, AuthorYearList)
    group = "sphinxcontrib.bibtex.style.referencing"
    register_reference_style(group, NAME, AuthorYearReferences, force=True)
