"""`cvbook check` reads and judges a notebook as grading does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cvbook.commands.check import check
from cvbook.errors import CvbookError

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import situations
from situations import answer, cell

BOOK = situations.notebook(
    [
        answer(
            "f",
            "import os, sys\ndef f(x):\n    print('x', file=sys.stderr)\n"
            "    os.write(1, b'descriptor')\n    os.write(2, b'descriptor')\n    return 2 * x",
        ),
        cell("chatter", "assert f(2) == 4", 2),
        cell("half", "import numpy as np\n2 * np.mean([f(2) == 4, f(2) == 5])", 2),
        cell("wrong", "assert f(2) == 5, 'no'", 2),
    ],
    {"name": ".venv (3.11.9)", "display_name": ".venv", "language": "python"},
)


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_notebook_of_vs_code_is_judged_as_grading_does(tmp_path, mark):
    text = json.loads(json.dumps(BOOK))
    for one in text["cells"]:
        one.pop("id")
    (tmp_path / "a.ipynb").write_text(mark + json.dumps(text))
    (found,) = check(tmp_path / "a.ipynb")
    assert (found.name, found.earned, found.visible) == ("f", 3, 6)
    assert found.messages == {"half": "1 / 2점", "wrong": "AssertionError: no"}


@pytest.mark.slow
def test_points_come_first_and_messages_after(tmp_path):
    book = situations.notebook([
        situations.new_markdown_cell("## 1. 두 배"),
        answer("f", "def f(x):\n    return 2 * x"), cell("f-test", "assert f(2) == 4", 2),
        cell("f-hidden", "# 숨은 검사", 3),
        situations.new_markdown_cell("## 2. 세 배"),
        answer("g", "def g(x):\n    return x"), cell("g-test", "assert g(2) == 6, 'no'", 4),
        situations.new_markdown_cell("## 3. 글"), cell("w", "답", 5, "markdown", solution=True),
    ])  # fmt: skip
    nbformat.write(book, tmp_path / "a.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "cvbook.cli", "check", str(tmp_path / "a.ipynb")],
        env=os.environ | {"LANGUAGE": "en"}, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 1
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == [
        "1 of 2 tasks passed, 2 of 6 points; 8 points come later, from hidden tests and answers "
        "that a person grades",
        "1. 두 배 2 / 2 passed",
        "2. 세 배 0 / 4 failed",
        "3. 글 (5) graded later",
        "",
        "2. 세 배",
        "g-test",
        "AssertionError: no",
    ]


def test_a_file_that_was_cut_is_an_error_with_the_remedy(tmp_path):
    (tmp_path / "a.ipynb").write_text(json.dumps(BOOK)[:200])
    with pytest.raises(CvbookError, match=r"cannot read it – .* – 깨진 JSON .*; open it in"):
        check(tmp_path / "a.ipynb")
