"""Reading what was handed in, and the guard's view of cells, without a kernel."""

import ast
import hashlib
import os

import course
import pytest

from cvbook.grading import submission as intake
from cvbook.grading.integrity import guard, review
from cvbook.grading.outputs import export, similarity
from cvbook.grading.records import Record, Records


@pytest.mark.parametrize(
    "source",
    [
        "assert f(1) == 2",
        "f(1)",
        "x = 1\nf(x);",
        "if True:\n    f(1)",
        "0.5",
        "# 글\nf('가')  # 끝",
    ],
)
def test_the_token_stands_behind_the_last_statement(source):
    changed = guard.with_token(source, "_token", "secret")
    reached = {"f": lambda x: 2}
    exec(compile(changed, "cell", "exec"), reached)
    assert reached["_token"] == "secret"

    def fails(x):
        raise ValueError

    stopped = {"f": fails}
    if "f(" in source:
        with pytest.raises(ValueError):  # noqa: PT011
            exec(compile(changed, "cell", "exec"), stopped)
        assert "_token" not in stopped
    if guard.shows_value(source):
        assert isinstance(ast.parse(changed).body[-1], ast.Expr)


def test_an_answer_to_another_question_is_none():
    one = guard.Guard([])
    _, nonce = one.probe()
    assert one.read(repr("0" * 64 + "[{}, {}, null]"), nonce) is None


@pytest.mark.parametrize("content", ["no JSON", "5", "[" * 9])
def test_a_forged_answer_that_cannot_be_read_is_none(content):
    one = guard.Guard([])
    _, nonce = one.probe()
    proof = hashlib.sha256((nonce + content).encode()).hexdigest()
    assert one.read(repr(proof + content), nonce) is None
    assert one.read(repr("\ud800" * 99), nonce) is None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import numpy as np\nnp.allclose = print", "allclose"),
        ("class A:\n    def __eq__(self, other): return True", "__eq__"),
        ("from cvbook.checks import bank", "cvbook.checks.bank"),
        ("def f(x):\n    return checks.bank.find('f').oracle(x)", "cvbook.checks.bank"),
        ("open('../../other/a.ipynb')", "../"),
        ("!cat /etc/passwd", "/etc/"),
    ],
)
def test_suspicious_code_is_named(source, says):
    assert any(says in text for text in review.unusual(source, {"np", "checks"}))


def test_honest_code_is_not_suspicious():
    source = (
        "%matplotlib inline\nimport numpy as np\n\n\ndef f(x):\n    x[0] = 1\n    return x.sum()"
    )
    assert review.unusual(source, {"np"}) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
        "import gc\ngc.collect()",
        "!pip install -q keras",
        "import numpy as np\nnp.float = float",
        "import keras\nkeras.models.load_model('mine.keras')",
        "import pandas as pd\npd.options.display.max_rows = 10",
        "for layer in model.layers:\n    layer.trainable = False",
        "if __name__ == '__main__':\n    print(f.__name__)",
        "for type in ['relu', 'gelu']:\n    print(type)",
        "def f(x, type='same'):\n    return isinstance(x, str) and type",
        "print(list(map(type, [1, 2])), np.repeat('ab', 2) if False else np.repeat(1, 3))",
    ],
)
def test_common_habits_are_not_suspicious(source):
    assert review.unusual(source, {"np"}) == []


def test_functions_that_read_a_variable_of_the_tests_are_found():
    source = "x = [k for k in range(n)]\n\n\ndef f(a):\n    b = a\n    return expected + b + len(x)"
    assert review.globals_read(source) & {"expected", "a", "b", "k", "n"} == {"expected"}


def test_names_that_hurt_a_terminal_are_shown_as_escapes():
    assert intake.printable("가\x1b[2J\n\udcff") == r"가\x1b[2J\n\udcff"


def test_links_are_not_followed_and_change_the_hash(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "secret").write_text("x")
    os.symlink(tmp_path / "secret", tmp_path / "a" / "link")
    before = intake.digest(tmp_path / "a")
    submission = intake.read(tmp_path / "a", [], set())
    assert submission.files == {}
    (tmp_path / "a" / "file").write_text("1")
    assert intake.digest(tmp_path / "a") != before


def test_a_record_survives_half_a_write(tmp_path):
    records = Records(tmp_path, "basics")
    records.write(Record("kim", score=3.0))
    (records.folder / "kim.part").write_text("{")
    assert records.read("kim") == Record("kim", score=3.0)
    assert [one.student for one in records] == ["kim"]


def test_same_code_with_other_names_is_found_and_given_code_is_not():
    code = course.SETUP + "\n" + "total = 0\nfor i in range(n):\n    total += i * i\nprint(total)"
    other = code.replace("total", "s").replace("i ", "k ").replace("i\n", "k\n")
    answers = {"a": code, "b": other, "c": course.SETUP + "\nprint(1)"}
    found = similarity.pairs(answers, course.SETUP)
    assert [pair[:2] for pair in found] == [("a", "b")]


def test_a_spreadsheet_takes_no_name_for_a_formula(tmp_path):
    row = export.Row("=cmd()", "", "", "", "", 1.0, 10.0, False, 0.0)
    export.write_csv(tmp_path / "a.csv", "basics", [row])
    assert ",'=cmd()," in (tmp_path / "a.csv").read_text("utf-8-sig")
