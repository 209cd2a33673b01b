"""nbgrader's Validate with the students' settings: points first, and stderr costs nothing."""

from pathlib import Path

import nbformat
import pytest
import situations
from nbgrader.apps import NbGrader
from nbgrader.validator import Validator
from situations import answer, cell

SETTINGS = Path(__file__).parents[2] / "exercises"
BOOK = situations.notebook([
    situations.new_markdown_cell("## 1. 두 배"),
    answer("f", "import sys\ndef f(x):\n    print('x', file=sys.stderr)\n    return 2 * x"),
    cell("f-chatter", "assert f(2) == 4", 2),
    cell("f-half", "2 * ((f(2) == 4) + (f(2) == 5)) / 2", 2),
    situations.new_markdown_cell("## 2. 세 배"),
    answer("g", "def g(x):\n    return x"), cell("g-test", "assert g(2) == 6, 'no'", 4),
])  # fmt: skip


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """What the button in JupyterLab shows of each failed test."""
    monkeypatch.setenv("LANGUAGE", "ko")
    monkeypatch.chdir(SETTINGS)  # whose settings the server reads
    nbformat.write(BOOK, tmp_path / "a.ipynb")
    app = NbGrader()
    app.load_config_file()
    found = Validator(config=app.config).validate(str(tmp_path / "a.ipynb"))
    return [one["raw_error"].splitlines() for one in found["failed"]]


@pytest.mark.slow
def test_points_of_tasks_come_first_and_stderr_costs_nothing(shown):
    half, wrong = shown
    assert [" ".join(line.split()) for line in half] == [
        "과제 2개 가운데 0개 통과, 8점 가운데 3점. 0점은 나중에 숨은 검사와 손으로 하는 채점에서 "
        "나옵니다",
        "1. 두 배 3 / 4 부분 점수", "2. 세 배 0 / 4 틀림", "",
        "1. 두 배: 3 / 4점", "1 / 2점",
    ]  # fmt: skip
    assert wrong[0] == "2. 세 배: 0 / 4점"
    assert "AssertionError" in wrong[-1]
