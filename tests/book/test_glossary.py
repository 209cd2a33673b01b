"""The glossary has every word that a chapter introduces, once."""

import re
from pathlib import Path

import nbformat
import pytest

BOOK = Path(__file__).parents[2] / "book"
CHAPTERS = sorted(BOOK.glob("[0-9][0-9]_*.ipynb"))
ENTRY = re.compile(r"^(\S.*?) \(([^()\n]+)\)\n  \S", re.MULTILINE)
#: A word in bold and its English: **앵커**(anchor).
INTRODUCED = re.compile(r"\*\*([^*\n]+)\*\*\(([a-z][A-Za-z ,–-]+)\)")


def entries():
    return ENTRY.findall((BOOK / "glossary.md").read_text("utf-8"))


def plain(english):
    return english.strip().lower().replace("-", "").replace(" ", "").removesuffix("s")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_word_that_a_chapter_introduces_is_explained(chapter):
    known = [plain(word) for _, english in entries() for word in english.split(",")]
    cells = nbformat.read(chapter, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    missing = [
        f"{korean}({english})"
        for korean, english in INTRODUCED.findall(text)
        # 한 단계(one-stage) is explained under 한 단계 탐지기 (one-stage detector).
        if not any(
            word.startswith(plain(english.split(",")[0]))
            or plain(english.split(",")[0]).startswith(word)
            for word in known
        )
    ]
    assert not missing


def test_each_entry_is_there_once():
    names = [name for name, _ in entries()]
    assert len(names) == len(set(names)) > 100
