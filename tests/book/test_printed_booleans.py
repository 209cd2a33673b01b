"""A chapter prints a truth value only where two sides are equal, and names both."""

import re
from pathlib import Path

import nbformat
import pytest

BOOK = Path(__file__).parents[2] / "book"
CHAPTERS = sorted(BOOK.glob("*.ipynb"))
#: In the whole book: elsewhere a number tells more.
MOST = 25
#: Not the arguments of a call, as in the description of a widget: `use_bias=False`.
TRUTH_VALUE = re.compile(r"(?<![\w=])(True|False)\b")
EQUALITY = re.compile(r"\S.* == \S.*: True")


def printed(chapter: Path) -> list[str]:
    """Lines with a truth value that the chapter's cells print."""
    cells = nbformat.read(chapter, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return [line for text in texts for line in text.splitlines() if TRUTH_VALUE.search(line)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_printed_truth_value_says_what_equals_what(chapter):
    assert [line for line in printed(chapter) if not EQUALITY.fullmatch(line.strip())] == []


def test_the_book_prints_few_truth_values():
    found = [f"{path.stem}: {line}" for path in CHAPTERS for line in printed(path)]
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("추론의 출력 == 입력: True", True),
        ("같은가: True", False),
        ("추론의 출력 == 입력: False", False),
        ("(2, 128) True", False),
    ],
)
def test_an_equality_names_both_sides(line, good):
    assert TRUTH_VALUE.search(line)
    assert bool(EQUALITY.fullmatch(line)) is good


def test_arguments_of_calls_are_no_truth_values():
    assert not TRUTH_VALUE.search("kernel_size=3 channels=3 use_bias=False")
