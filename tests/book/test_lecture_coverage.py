"""Every item of the lecture is covered by a cell that exists and was executed.

The items are in tests/lecture_coverage.yml. Whether they cover the whole lecture is checked against
its text where that is at hand, and everywhere against digests of it in lecture_digests.txt.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
COVERAGE = yaml.safe_load((ROOT / "tests" / "lecture_coverage.yml").read_text("utf-8"))
ITEMS = [(kind, item) for kind, items in COVERAGE.items() for item in items]
MEASURED = [(kind, item) for kind, item in ITEMS if kind != "published"]
DIGESTS = Path(__file__).with_name("lecture_digests.txt")
LECTURE = ROOT.parent / "shared" / "lecture"


@cache
def chapter_cells(chapter):
    path = ROOT / "book" / f"{chapter}.ipynb"
    assert path.exists(), f"no chapter {chapter}"
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


@pytest.mark.parametrize(
    ("kind", "item"), MEASURED, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(MEASURED)]
)
def test_item_leads_to_an_executed_cell(kind, item):
    ((chapter, cell_id),) = item["cell"].items()
    cells = chapter_cells(chapter)
    assert cell_id in cells, f"{item['text']}: no cell {cell_id} in {chapter}"
    cell = cells[cell_id]
    assert cell.cell_type == "code", f"{chapter}: {cell_id} measures nothing"
    assert cell.execution_count, f"{chapter}: {cell_id} was not executed"
    assert all(output.output_type != "error" for output in cell.outputs)


def shown(cell):
    """What a reader sees below the cell: printed text and tables, and descriptions of pictures."""
    data = [output.get("data", {}) for output in cell.outputs]
    printed = [output.get("text", "") for output in cell.outputs]
    printed += [text for d in data for kind, text in d.items() if kind.startswith("text/")]
    pictures = any(kind.startswith("image/") for d in data for kind in d)
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "") if pictures else ""
    return {"output": "\n".join(printed), "figure": alt}


@pytest.mark.parametrize(
    "item", COVERAGE["headings"] + COVERAGE["statements"], ids=lambda item: item["text"]
)
def test_statement_is_demonstrated_by_what_its_cell_shows(item):
    ((chapter, cell_id),) = item["cell"].items()
    found = shown(chapter_cells(chapter)[cell_id])
    assert item.get("shows"), f"{item['text']}: name the number or figure in {chapter}: {cell_id}"
    for kind, words in item["shows"].items():
        assert words in found[kind], f"{chapter}: {cell_id}: {kind}"


@pytest.mark.parametrize(
    "item", COVERAGE["tables"] + COVERAGE["links"], ids=lambda item: item["text"]
)
def test_the_cell_of_a_table_or_link_has_an_output(item):
    ((chapter, cell_id),) = item["cell"].items()
    assert any(shown(chapter_cells(chapter)[cell_id]).values())


@pytest.mark.parametrize(
    "item", COVERAGE["numbers"] + COVERAGE["examples"], ids=lambda item: item["text"]
)
def test_number_and_example_stand_in_the_cell_or_the_text_before_it(item):
    ((chapter, cell_id),) = item["cell"].items()
    cells = list(chapter_cells(chapter).values())
    last = next(n for n, cell in enumerate(cells) if cell.id == cell_id)
    first = next(n for n in range(last, -1, -1) if cells[n].cell_type == "markdown")
    said = [cell.source for cell in cells[first : last + 1]]
    said += [output.get("text", "") for output in cells[last].outputs]
    wanted = item["text"].replace(",", "").removesuffix("년")
    assert wanted in "\n".join(said).replace(",", "")


@pytest.mark.parametrize("item", COVERAGE["published"], ids=lambda item: item["text"])
def test_what_was_published_is_said_and_cited(item):
    ((chapter, cell_id),) = item["cell"].items()
    assert item["says"] in chapter_cells(chapter)[cell_id].source
    key = item["says"].partition("`")[2].partition("`")[0]
    assert f"{{{key}," in (ROOT / "book" / "references.bib").read_text("utf-8")


def flat(text):
    return " ".join(text.split())


def digest(text):
    return hashlib.sha256(flat(text).encode()).hexdigest()[:16]


def places(text):
    """Lines and snippets of the lecture, each under a name."""
    parts = re.split(r"^```\s*$", text, flags=re.MULTILINE)
    lines = [flat(line).removeprefix("- ") for line in "\n".join(parts[::2]).split("\n")]
    found = {f"line {n}": line for n, line in enumerate(filter(None, lines), start=1)}
    return found | {f"snippet {n}": flat(part) for n, part in enumerate(parts[1::2], start=1)}


def covers(name, place, item):
    """A line is covered by an item that begins as it does, a snippet by one of its own lines."""
    return flat(item) in place if name.startswith("snippet") else place.startswith(flat(item))


@pytest.fixture(scope="module")
def lecture():
    if not LECTURE.exists():
        pytest.skip(f"the lecture is not published with the book; its digests are: {DIGESTS.name}")
    return "\n".join(path.read_text("utf-8") for path in sorted(LECTURE.glob("*.txt")))


@pytest.fixture(scope="module")
def digests():
    """For each line and snippet of the lecture, the digests of the items that cover it."""
    found = {}
    for line in DIGESTS.read_text("utf-8").splitlines():
        name, _, listed = line.partition(": ")
        found[name] = set(listed.split())
    return found


def test_every_line_and_snippet_of_the_lecture_has_its_item(digests):
    items = {digest(item["text"]) for _, item in ITEMS}
    assert [name for name, covering in digests.items() if not covering & items] == []


def test_every_item_has_a_digest_from_the_lecture(digests):
    """An item that the lecture does not say would cover nothing."""
    known = set().union(*digests.values())
    assert [item["text"] for _, item in ITEMS if digest(item["text"]) not in known] == []


def test_digests_are_those_of_the_lecture(lecture, tmp_path):
    texts = {item["text"] for _, item in ITEMS}
    listed = {
        name: [text for text in texts if covers(name, place, text)]
        for name, place in places(lecture).items()
    }
    listed["anywhere"] = [text for text in texts if flat(text) in flat(lecture)]
    lines = [f"{name}: {' '.join(sorted(map(digest, items)))}" for name, items in listed.items()]
    new = tmp_path / DIGESTS.name
    new.write_text("\n".join(lines) + "\n", "utf-8")
    assert DIGESTS.exists(), f"cp {new} {DIGESTS}"
    assert new.read_text("utf-8") == DIGESTS.read_text("utf-8"), f"cp {new} {DIGESTS}"


def test_items_are_the_lectures_own_words(lecture):
    missing = [item["text"] for _, item in ITEMS if flat(item["text"]) not in flat(lecture)]
    assert missing == []


def test_no_line_and_no_snippet_of_the_lecture_is_left_out(lecture):
    missing = [
        place
        for name, place in places(lecture).items()
        if not any(covers(name, place, item["text"]) for _, item in ITEMS)
    ]
    assert missing == []
