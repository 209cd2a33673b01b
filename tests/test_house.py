"""Rules of the source tree that no linter checks: sizes, words, repetition, guides.

Layers, types and documented parameters are checked by import-linter, mypy and numpydoc in
`make check`.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_javascript

ROOT = Path(__file__).parents[1]
MAX_MODULE = 450
MAX_FUNCTION = 60
#: Words that this repository once used in senses of its own, with what the field says instead.
PRIVATE_WORDS = {
    "walls": "sandbox",
    **dict.fromkeys(["hole", "holes"], "lint, rule, fault"),
    **dict.fromkeys(["slip", "slips"], "misconception"),
    **dict.fromkeys(["bury", "buries", "buried", "burial"], "reap"),
    **dict.fromkeys(["hear", "hears", "heard"], "receive, read"),
    **dict.fromkeys(["mend", "mends", "mended"], "fix, repair, normalize"),
    "came": "actual",
}

#: Answers of students, right, wrong and hostile, are written as students write.
ANSWERS = ("/right/", "/wrong/", "/hostile/")


def files(*suffixes: str, folders: tuple[str, ...] = ("src", "benchmarks", "tests")) -> list[Path]:
    found = [p for folder in folders for p in sorted((ROOT / folder).rglob("*"))]
    return [
        path
        for path in found
        if path.suffix in suffixes and not any(part in path.as_posix() for part in ANSWERS)
    ]


def python_functions(path: Path) -> Iterator[tuple[str, int]]:
    """Names and lengths, from `def` to the last line."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def javascript_functions(path: Path) -> Iterator[tuple[str, int]]:
    """The same for declarations, methods and arrows, named by their first line."""
    source = path.read_bytes()
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
    left = [parser.parse(source).root_node]
    while left:
        node = left.pop()
        left += node.children
        if "function" in node.type or node.type == "method_definition":
            name = node.text.decode().partition("\n")[0]
            yield name, node.end_point.row - node.start_point.row + 1


@pytest.mark.parametrize(
    ("functions", "suffixes"),
    [(python_functions, (".py",)), (javascript_functions, (".js", ".mjs"))],
    ids=["Python", "JavaScript"],
)
def test_modules_and_functions_are_short(functions, suffixes):
    long = []
    for path in files(*suffixes):
        where = path.relative_to(ROOT)
        lines = len(path.read_text().splitlines())
        if lines > MAX_MODULE:
            long.append(f"{where}: {lines} lines, at most {MAX_MODULE}")
        long += [
            f"{where}: {name}: {length} lines, at most {MAX_FUNCTION}"
            for name, length in functions(path)
            if length > MAX_FUNCTION
        ]
    assert not long, "\n".join(long)


def test_lengths_are_measured_in_both_languages(tmp_path):
    body = "\n".join(f"    x = {i};" for i in range(9))
    (tmp_path / "a.py").write_text(f"class A:\n  def long(self):\n{body}\n")
    (tmp_path / "a.js").write_text(f"class A {{ long() {{\n{body}\n}} }}\nconst f = () => 1;\n")
    assert list(python_functions(tmp_path / "a.py")) == [("long", 10)]
    assert sorted(javascript_functions(tmp_path / "a.js")) == [("() => 1", 1), ("long() {", 11)]


def test_words_are_those_of_the_field():
    """In names, docstrings, comments and messages: the parts of snake_case and camelCase too."""
    found = []
    for path in files(".py", ".js", ".css", ".html", folders=("src",)):
        where = path.relative_to(ROOT)
        for number, line in enumerate([path.stem, *path.read_text().splitlines()]):  # 0: its name
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", line)}
            found += [
                f"{where}:{number}: {word} (better: {PRIVATE_WORDS[word]})"
                for word in words & PRIVATE_WORDS.keys()
            ]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("suffixes", [(".py",), (".js", ".css")], ids=["Python", "web"])
def test_nothing_is_written_twice(suffixes):
    """No two places share ten lines; indentation, blank lines and comments do not count."""
    ignored = ["--ignore-comments", "--ignore-docstrings", "--ignore-imports"]
    command = [Path(sys.executable).with_name("symilar"), "--duplicates=10"]
    command += [*(ignored if ".py" in suffixes else ()), *files(*suffixes, folders=("src",))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.search(r"^TOTAL lines=\d+ duplicates=0 ", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("guide", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_guides_lead_to_what_is_there(guide):
    text = guide.read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert named <= {*targets, "alone"}


def test_the_map_of_the_house_names_every_folder(require):
    """CONTRIBUTING.md says what stands in each folder of the repository."""
    git = require("git", hint="apt-get install git")
    tracked = subprocess.run(
        [git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    top = {path.split("/")[0] for path in tracked.stdout.splitlines() if "/" in path}
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    assert {name for name in top if f"`{name}/" not in guide} == set()
