"""`cvbook check` reads and judges a notebook as grading does."""

import json
import sys
from pathlib import Path

import pytest

from cvbook.commands.check import check
from cvbook.errors import CvbookError

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import situations
from situations import answer, cell

BOOK = situations.notebook(
    [
        answer("f", "import sys\ndef f(x):\n    print('x', file=sys.stderr)\n    return 2 * x"),
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
    assert check(tmp_path / "a.ipynb") == {
        "chatter": None,
        "half": "1 / 2점",
        "wrong": "AssertionError: no",
    }


def test_a_file_that_was_cut_is_an_error_with_the_remedy(tmp_path):
    (tmp_path / "a.ipynb").write_text(json.dumps(BOOK)[:200])
    with pytest.raises(CvbookError, match=r"cannot read it – .* – 깨진 JSON .*; open it in"):
        check(tmp_path / "a.ipynb")
