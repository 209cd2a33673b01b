"""The guides name what there is: commands, packages, folders, chapters."""

import ast
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

from cvbook import cli

ROOT = Path(__file__).parents[2]
STUDENT = (ROOT / "book/student_guide.md").read_text("utf-8")
INSTRUCTOR = (ROOT / "book/instructor_guide.md").read_text("utf-8")
GUIDES = sorted((ROOT / "book").glob("*_guide.md"))
LIBRARY = ("arithmetic", "checks", "datasets", "models", "plots", "reference", "results",
           "training", "widgets")  # fmt: skip
#: What Colab has; the names under which packages are imported.
COLAB = {
    "cycler",
    "matplotlib",
    "numpy",
    "PIL",
    "platformdirs",
    "requests",
    "scipy",
    "sklearn",
    "tqdm",
}
COLAB |= {"ipywidgets", "IPython", "traitlets"}


def section(title):
    return STUDENT.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_command_of_cvbook_is_there(guide):
    text = guide.read_text("utf-8")
    named = re.findall(r"(?:^|`|[/\\])cvbook ([a-z]+)", text, re.MULTILINE)
    assert named
    assert set(named) <= set(cli.COMMANDS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_target_of_make_is_there(guide):
    named = re.findall(r"(?:^|`| )make ([a-z-]+)", guide.read_text("utf-8"), re.MULTILINE)
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(named) <= set(targets)


def test_windows_needs_neither_make_nor_a_unix_shell():
    assert not re.search(r"\bmake\b|source |\.venv/bin", section("윈도우"))


def test_both_systems_are_installed_by_the_same_steps():
    steps = [
        re.findall(r"^.*(?:uv sync|pip install|jupyter lab|cvbook doctor).*$", part, re.MULTILINE)
        for part in (section("윈도우"), section("macOS와 리눅스"))
    ]
    windows = [line.replace(".venv\\Scripts\\", ".venv/bin/") for line in steps[0]]
    commands = [
        [line for line in lines if line.startswith(".venv")] for lines in (windows, steps[1])
    ]
    assert len(commands[0]) == 4
    assert commands[0] == commands[1]


def imported(folder):
    for path in sorted((ROOT / "src/cvbook").glob(f"{folder}*/**/*.py")) or [
        ROOT / f"src/cvbook/{folder}.py"
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module.split(".")[0]


def test_colab_gets_every_package_that_the_library_imports():
    """It installs cvbook without its dependencies: JupyterLab's would break Colab's kernel."""
    (line,) = re.findall(r"^%pip install -q (?!--no-deps)(.+)$", STUDENT, re.MULTILINE)
    packages = {re.split(r"[=<>]", word)[0].replace("-", "_") for word in shlex.split(line)}
    needed = {name for part in LIBRARY for name in imported(part)}
    third_party = needed - set(sys.stdlib_module_names) - {"cvbook"}
    assert "tensorflow" in third_party
    assert third_party <= packages | COLAB


def test_the_map_for_instructors_has_every_slide_in_order():
    """Each heading of the lecture, as tests/lecture_coverage.yml lists them."""
    coverage = yaml.safe_load((ROOT / "tests/lecture_coverage.yml").read_text("utf-8"))
    wanted = [re.sub(r"\([0-9]?[A-Za-z ]+\)$", "", item["text"]) for item in coverage["headings"]]
    # The book's spelling; the lecture's is 메쉬, and once 양상블.
    wanted = [name.replace("메쉬", "메시").replace("양상블", "앙상블") for name in wanted]
    rows = re.findall(r"^\| (.+?) \| .+ \| \d+ \|$", INSTRUCTOR, re.MULTILINE)
    named = [name for row in rows for name in row.split(" · ")]
    assert [name for name in named if name in wanted] == wanted


def test_every_chapter_has_a_question_to_discuss():
    part = INSTRUCTOR.split("## 함께 이야기할 질문")[1].split("\n## ")[0]
    asked = set(re.findall(r"^\| (\d+) \|", part, re.MULTILINE))
    chapters = {str(int(path.name[:2])) for path in (ROOT / "book").glob("[0-9][0-9]_*.ipynb")}
    assert chapters <= asked
