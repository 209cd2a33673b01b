"""Every item of the lecture is covered by a cell that exists and was executed."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
COVERAGE = yaml.safe_load((ROOT / "tests" / "lecture_coverage.yml").read_text("utf-8"))
ITEMS = [(kind, item) for kind, items in COVERAGE.items() for item in items]
LECTURE = ROOT.parent / "shared" / "lecture"


@cache
def chapter_cells(chapter):
    path = ROOT / "book" / f"{chapter}.ipynb"
    assert path.exists(), f"no chapter {chapter}"
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


@pytest.mark.parametrize(
    ("kind", "item"), ITEMS, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(ITEMS)]
)
def test_item_leads_to_an_executed_cell(kind, item):
    ((chapter, cell_id),) = item["cell"].items()
    cells = chapter_cells(chapter)
    assert cell_id in cells, f"{item['text']}: no cell {cell_id} in {chapter}"
    cell = cells[cell_id]
    assert cell.cell_type == "code", f"{chapter}: {cell_id} measures nothing"
    assert cell.execution_count, f"{chapter}: {cell_id} was not executed"
    assert all(output.output_type != "error" for output in cell.outputs)


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


@pytest.mark.skipif(not LECTURE.exists(), reason="the lecture's text is not beside the repository")
def test_items_are_the_lectures_own_words():
    """An item that the lecture does not say would cover nothing."""
    lecture = "\n".join(path.read_text("utf-8") for path in LECTURE.glob("*.txt"))
    flat = " ".join(lecture.split())
    missing = [item["text"] for _, item in ITEMS if " ".join(item["text"].split()) not in flat]
    assert not missing


@pytest.mark.skipif(not LECTURE.exists(), reason="the lecture's text is not beside the repository")
def test_no_line_and_no_snippet_of_the_lecture_is_left_out():
    """A line is covered by an item that begins as it does, a snippet by one of its own lines."""
    items = [" ".join(item["text"].split()) for _, item in ITEMS]
    lecture = "\n".join(path.read_text("utf-8") for path in sorted(LECTURE.glob("*.txt")))
    parts = re.split(r"^```\s*$", lecture, flags=re.MULTILINE)
    lines = [
        " ".join(line.split()).removeprefix("- ") for line in "\n".join(parts[::2]).split("\n")
    ]
    snippets = [" ".join(snippet.split()) for snippet in parts[1::2]]
    assert [line for line in lines if line and not line.startswith(tuple(items))] == []
    assert [text for text in snippets if not any(item in text for item in items)] == []
    assert len(snippets) == 12
