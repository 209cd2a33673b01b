"""What every chapter must have, read from its stored file."""

import re
from pathlib import Path

import nbformat
import pytest
from myst_parser.mdit_to_docutils.base import default_slugify

from cvbook.site.self_check.cases import make_cases, parse_values

BOOK = Path(__file__).parents[2] / "book"
CHAPTERS = sorted(BOOK.glob("*.ipynb"))


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def chapter(path):
    return nbformat.read(path, as_version=4)


def claims(chapter):
    """Rows of the claim table: the lecture's claim, the experiment, the result."""
    text = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    table = text.split("## 강의의 주장과 실험")[1].split("\n## ")[0]
    return re.findall(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|$", table, re.MULTILINE)[2:]


def sections(chapter):
    """Anchors of the headings, each with whether an executed cell is below it."""
    found: dict[str, bool] = {}
    open_headings: dict[int, str] = {}
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            for marks, title in re.findall(r"^(#+) (.+)$", cell.source, re.MULTILINE):
                open_headings = {n: t for n, t in open_headings.items() if n < len(marks)}
                open_headings[len(marks)] = default_slugify(title)
                found[open_headings[len(marks)]] = False
        elif cell.execution_count:
            found |= dict.fromkeys(open_headings.values(), True)
    return found


def anchors(experiment):
    return re.findall(r"\(#([^)]+)\)", experiment)


def images(cell):
    outputs = [o for o in cell.get("outputs", []) if "data" in o]
    return [kind for o in outputs for kind in o["data"] if kind.startswith("image/")]


def test_it_runs_on_the_courses_kernel(chapter, path):
    assert chapter.metadata.kernelspec.name == "cvbook"


def test_every_cell_has_a_name_that_says_what_it_is(chapter, path):
    for cell in chapter.cells:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", cell.id), cell.id
        assert not re.fullmatch(r"[0-9a-f]{8}", cell.id), f"{cell.id} is a random id"


def test_every_figure_has_an_alternative_text(chapter, path):
    for cell in chapter.cells:
        if images(cell):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(alt) > 15, f"cell {cell.id}"


def test_it_has_goals_claims_summary_self_check_and_exercise(chapter, path):
    text = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    assert "이 장을 마치면" in text
    for heading in ("강의의 주장과 실험", "요약", "스스로 확인하기", "연습문제"):
        assert f"## {heading}" in text, heading
    assert f"exercises/{path.stem}" in text
    assert claims(chapter)


def test_the_page_checks_every_question_at_the_end_and_draws_new_numbers_for_one(chapter, path):
    text = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    section = text.split("## 스스로 확인하기\n")[1].split("\n## ")[0]
    _, *questions = re.split(r"^\*\*\d+\.\*\* ", section, flags=re.MULTILINE)
    assert len(questions) >= 3
    for question in questions:
        assert len(re.findall(r"^```\{answer\} \S", question, re.MULTILINE)) == 1, question
    assert any(len(drawn(question)) > 2 for question in questions)


def drawn(question):
    """What the page may draw for a question with numbers; nothing for one with choices."""
    options = dict(re.findall(r"^:(\w+): (.+)$", question, re.MULTILINE))
    if "values" not in options:
        return []
    answer = re.search(r"^```\{answer\} (.+)$", question, re.MULTILINE)[1]
    mistakes = re.findall(r"^`(.+)`\n: ", question, re.MULTILINE)
    also = re.split(r"\s*;\s*", options["also"]) if "also" in options else []
    return make_cases(answer, parse_values(options["values"]), also, mistakes)


def test_claims_lead_to_sections_of_the_chapter(chapter, path):
    known = sections(chapter)
    for claim, experiment, _ in claims(chapter):
        assert set(anchors(experiment)) <= known.keys(), claim


def test_a_claim_is_measured_or_its_result_says_that_it_is_not(chapter, path):
    """Measured: its section has an executed cell. Who published what can only be looked up."""
    known = sections(chapter)
    for claim, experiment, result in claims(chapter):
        measured = any(known[anchor] for anchor in anchors(experiment))
        assert measured or "잰 것이 아니라" in result, claim


def test_prose_comes_before_code(chapter, path):
    assert chapter.cells[0].cell_type == "markdown"
    assert chapter.cells[0].source.startswith("# ")
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in chapter.cells)
    assert "ccccc" not in kinds, chapter.cells[kinds.find("ccccc")].id


def test_a_code_cell_is_at_most_25_lines(chapter, path):
    long = {
        cell.id: lines
        for cell in chapter.cells
        if cell.cell_type == "code" and (lines := len(cell.source.splitlines())) > 25
    }
    assert long == {}


def test_its_outputs_are_light(chapter, path):
    """A chapter's page must load quickly on a phone."""
    size = sum(
        len(str(content))
        for cell in chapter.cells
        for output in cell.get("outputs", [])
        for content in output.get("data", {}).values()
    )
    assert size < 900_000


def test_the_first_chapter_is_a_tour_of_35_cells():
    cells = nbformat.read(BOOK / "01_tasks.ipynb", as_version=4).cells
    assert len(cells) <= 35
    assert not any("keras" in cell.source for cell in cells if cell.cell_type == "code")
