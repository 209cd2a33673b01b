"""Everything that students read has one word for one thing: the list is in terms.yml."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
LIST = yaml.safe_load(Path(__file__).with_name("terms.yml").read_text("utf-8"))
BOOK = sorted([*(ROOT / "book").glob("*.ipynb"), *(ROOT / "book").rglob("*.md")])
ASSIGNMENTS = sorted([*ROOT.glob("solutions/*/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")])
# What notebooks and pages show: messages of checks, texts of widgets, labels of plots.
SOURCES = sorted(
    path
    for folder in ("checks", "commands", "grading", "widgets", "datasets", "lab", "locale", "site")
    for path in (ROOT / "src/cvbook" / folder).rglob("*")
    if path.suffix in (".py", ".js", ".json", ".html", ".po") and "static" not in path.parts
)
FIGURES = [path for path in SOURCES if "widgets" in path.parts]
HANGUL = re.compile("[가-힣]")
CODE = re.compile(
    r"^(```+|:::+)\s*\{?(?:code|bash|python|powershell|text).*?^\1|`[^`\n]*`", re.M | re.S
)


def notebook_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Text of each cell, of its picture for those who cannot see it, and what it printed."""
    for cell in nbformat.read(path, as_version=4).cells:
        yield cell.id, cell.source
        yield f"{cell.id} (alt)", cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        for output in cell.get("outputs", []):
            shown = output.get("text") or output.get("data", {}).get("text/plain", "")
            yield f"{cell.id} (output)", shown


def source_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Lines with Korean; of Python its strings alone, each as one."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield from ((f"line {n}", line) for n, line in enumerate(text.splitlines(), 1))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield f"line {node.lineno}", node.value


def texts(path: Path) -> list[tuple[str, str]]:
    if path.suffix == ".ipynb":
        found = notebook_texts(path)
    elif path.suffix == ".md":
        found = iter([("text", path.read_text("utf-8"))])
    else:
        found = source_texts(path)
    return [(where, text) for where, text in found if HANGUL.search(text)]


def refused(text: str, path: str, rules: list[dict]) -> list[str]:
    """Every form in the text that one of the rules refuses, with what to write instead."""
    found = []
    for rule in rules:
        if not any(path.startswith(start) for start in rule.get("only", [""])):
            continue
        right = [m.span() for form in rule.get("except", []) for m in re.finditer(form, text)]
        for match in re.finditer(rule["refuse"], text, re.MULTILINE):
            if not any(start <= match.start() < end for start, end in right):
                around = text[max(0, match.start() - 15) : match.end() + 15]
                found.append(f"…{' '.join(around.split())}… (better: {rule['use']})")
    return found


def sentences(path: Path) -> list[tuple[str, str]]:
    """The book's prose, without code; what its interactive figures say."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        prose = [(cell.id, cell.source) for cell in cells if cell.cell_type == "markdown"]
    else:
        prose = texts(path)
    return [(where, CODE.sub("`code`", text)) for where, text in prose]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*BOOK, *ASSIGNMENTS, *SOURCES], ids=name)
def test_one_word_is_used_for_one_thing(path):
    found = [
        f"{name(path)}: {where}: {form}"
        for where, text in texts(path)
        for form in refused(text, name(path), LIST["terms"])
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", [*BOOK, *FIGURES], ids=name)
def test_the_book_is_written_in_plain_style(path):
    found = [
        f"{name(path)}: {where}: {form}"
        for where, text in sentences(path)
        for form in refused(text, name(path), LIST["style"])
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("같은 뼈대에 문턱을 둔다. 걸음마다 무게를 바꾼다.", 4),
        ("몸통에 임계값을 둔다. 갱신할 때마다 가중치를 바꾼다.", 0),
        ("채널별 합성곱과 채널별 평균", 1),
        ("강의는 이것을 3D 메쉬 추정이라고 쓴다. 메쉬는 그물이다.", 1),
        ("**커널**(kernel): GPU에서 함께 실행하는 함수. 커널 3개", 1),
        ("NumPy로 계산해 Keras의 값과 견준다", 2),
        ("넘파이(NumPy)와 `keras.layers`, Keras 3.15", 0),
    ],
)
def test_the_list_finds_other_forms_and_no_more(text, count):
    assert len(refused(text, "book/05_residual.ipynb", LIST["terms"])) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("세어 보자. 확인하라. 눌러라! $F$라 하자.", 4),
        ("세어 본다. 상자다. 미리 정해 둔 상자.\n인자: 글자", 0),
        ("됩니다. 보세요. 할까요? 아니다.", 2),
    ],
)
def test_the_list_finds_sentences_of_another_style(text, count):
    assert len(refused(text, "book/05_residual.ipynb", LIST["style"])) == count
