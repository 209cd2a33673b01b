"""What code finds beside its notebook: names composed by macOS, files that students may replace."""

import unicodedata

import pytest
import situations
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.submission import read_submission

SETUP = "table = open('값.csv').read()"
CODE = (
    "def own():\n    return open('측정/표.csv').read()\n\n\n"
    "def helper():\n    import 도움\n    return 도움.seven"
)
BOOK = situations.notebook(
    [
        cell("setup", SETUP, locked=True),
        answer("code", CODE),
        cell("data", "assert own() == 'mine' and table == 'x'", 4),
        cell("module", "assert helper() == 7", 4),
    ]
)
REPLACED = situations.notebook(
    [
        answer("f", "def f(x):\n    return x"),
        cell("imported", "from blocks import two\nassert two == f(3)", 4),
        cell("data", "assert open('params/size.txt').read() == '1'", 2),
    ]
)
REPLACEABLE = ["blocks.py", "params/size.txt", "absent.py"]
CONFIG = f"c.Autograde.exclude_overwriting = {{'replaced': {REPLACEABLE}}}\n"
OWN = {"측정/표.csv": "mine", "도움.py": "seven = 7"}


def decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.slow
def test_files_are_found_however_their_names_are_composed(tmp_path):
    given = {decomposed("값.csv"): "x"}
    root = situations.assignment(tmp_path, "names", {"names": BOOK}, given)
    book = situations.handed_in(BOOK, code=CODE)
    macos = {decomposed(name): text for name, text in OWN.items()}
    over = {"값.csv": "overwritten"}
    for student, files in {"linux": OWN, "macos": macos, "over": macos | over}.items():
        situations.submit(root, student, "names", {"names.ipynb": book} | files)
    done, records = situations.grade(root, "names")
    assert done.returncode == 0, done.stderr
    assert [record["score"] for record in records.values()] == [8, 8, 8]


def test_a_file_of_the_assignment_does_not_count_in_another_unicode_form(tmp_path):
    root = situations.assignment(tmp_path, "names", {"names": BOOK}, {"값.csv": "x"})
    files = {"names.ipynb": BOOK, decomposed("값.csv"): "mine"}
    folder = situations.submit(root, "kim", "names", files)
    specs = Course(root).enter("names")
    assert read_submission(folder, specs, set(), frozenset({"값.csv"})).files == {}


@pytest.mark.slow
def test_files_that_students_may_replace_are_theirs_where_they_hand_them_in(tmp_path):
    given = {"blocks.py": "two = 2  # TODO", "params/size.txt": "1"}
    root = situations.assignment(tmp_path, "replaced", {"replaced": REPLACED}, given, CONFIG)
    book = {"replaced.ipynb": situations.handed_in(REPLACED, f="def f(x):\n    return x")}
    handed_in = {
        "replaces": {"blocks.py": "two = 3", "params/size.txt": "1"},
        "wrong": {"blocks.py": "two = 3", "params/size.txt": "7"},
        "forgets": {"params/size.txt": "1"},
        "notebook": {},
    }
    for student, files in handed_in.items():
        situations.submit(root, student, "replaced", book | files)
    done, records = situations.grade(root, "replaced")
    assert done.returncode == 0, done.stderr
    points = {student: record["score"] for student, record in records.items()}
    assert points == {"replaces": 6, "wrong": 4, "forgets": 2, "notebook": 2}
    assert not records["replaces"]["notes"]
    assert records["forgets"]["notes"] == ["내지 않아 과제의 것을 씀: blocks.py"]
    assert records["notebook"]["notes"] == ["내지 않아 과제의 것을 씀: blocks.py, params/size.txt"]


@pytest.mark.slow
def test_a_file_that_students_may_replace_is_their_own_fault_where_it_fails(tmp_path):
    config = "c.Autograde.exclude_overwriting = {'own': ['blocks.py', 'statistics.py']}\n"
    book = situations.notebook(
        [
            cell("setup", "import blocks\nsize = blocks.two", locked=True),
            answer("f", "def f(x):\n    return x"),
            cell("imported", "from blocks import two\nassert two == f(2)", 4),
        ]
    )
    given = {"blocks.py": "two = 2", "statistics.py": "three = 3"}
    root = situations.assignment(tmp_path, "own", {"own": book}, given, config)
    handed_in = {
        "fine": {"blocks.py": "two = 2"},
        "lacks": {"blocks.py": "import nothing_of_that_name\ntwo = 2"},
        "renamed": {"blocks.py": "zwei = 2"},
        "garbled": {"blocks.py": "two = = 2"},
        "shadows": {"blocks.py": "two = 2", "statistics.py": "three = 4"},
    }
    for student, files in handed_in.items():
        situations.submit(root, student, "own", {"own.ipynb": book} | files)
    done, records = situations.grade(root, "own")
    assert done.returncode == 3, done.stderr  # one for review
    assert {student: record["score"] for student, record in records.items()} == {
        "fine": 4, "lacks": 0, "renamed": 0, "garbled": 0, "shadows": 4,
    }  # fmt: skip
    assert not any(records[name]["unclear"] for name in ("fine", "lacks", "renamed", "garbled"))
    assert all(records[name]["inputs"] for name in ("lacks", "renamed", "garbled"))
    assert records["shadows"]["unclear"] == [
        "낸 것 대신 과제의 것을 씀: statistics.py (모듈을 가리는 파일을 뺌)"
    ]
