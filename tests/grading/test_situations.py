"""Situations from public bug reports: the points, and the reason wherever they could be others."""

import unicodedata

import pytest
import situations
from nbgrader.api import Gradebook
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]

SETUP = """\
from decimal import Decimal
from fractions import Fraction
import numpy as np


def right():
    return [f(x) == 2 * x for x in (1, 2, 3, 4)]"""
TESTS = {
    "float": "float(sum(right()))",
    "numpy-float": "4 * np.mean(right())",
    "numpy-int": "np.sum(right())",
    "array": "np.array(float(sum(right())))",
    "fraction": "Fraction(int(sum(right())), 1)",
    "decimal": "Decimal(int(sum(right())))",
    "all": "bool(np.all(right()))",
    "total": "4 * (f(1.0) + f(2.0)) / 6",
    "assertion": "assert f(3) == 6",
    "opened": "assert open('points.txt').read() and f(3) == 6",
    "rounded": "4 * (f(0.05) + f(0.05) + f(0.05)) / 0.3",
}
BOOK = situations.notebook(
    [
        cell("setup", SETUP, locked=True),
        answer("f", "def f(x):\n    return 2 * x"),
        *(cell(name, source, 4) for name, source in TESTS.items()),
        cell("essay", "### BEGIN MARK SCHEME\n2점: …\n### END MARK SCHEME\n답을 쓰세요.", 4,
             kind="markdown", grade=False, task=True),
    ]
)  # fmt: skip
CHATTER = """\
import logging, os, sys, warnings
from tqdm import tqdm

held = sys.stderr


def f(x):
    print("python", file=sys.stderr)
    print("held", file=held)
    os.write(2, b"descriptor\\n")
    warnings.warn("warning")
    logging.warning("log")
    for _ in tqdm(range(2)):
        pass
    return 2 * x"""
ANSWERS = {
    "right": "def f(x):\n    return 2 * x",
    "half": "def f(x):\n    return 2 * x if x <= 2 else 0 * x",
    "wrong": "def f(x):\n    return 0 * x",
    "nothing": "raise NotImplementedError",
    "nan": "def f(x):\n    return float('nan')",
    "negative": "def f(x):\n    return -2 * x",
    "chatter": CHATTER,
}
#: Points of each test cell in the order of `TESTS`, as a careful human would give them.
POINTS = {
    "right": [4] * 11,
    "half": [2, 2, 2, 2, 2, 2, 0, 4, 0, 0, 4],
    "wrong": [0] * 11,
    "nothing": [0] * 11,
    "nan": [0] * 11,
    "negative": [0] * 11,
    "chatter": [4] * 11,
}
MINSEO = "김민서"
DUE = "2026-03-02 11:00:00 UTC"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = situations.assignment(
        tmp_path_factory.mktemp("course [1]"), "points", {"points": BOOK},
        files={"points.txt": "x"},
        config=(
            "c.Autograde.create_student = False\n"
            "import late\nc.AssignLatePenalties.plugin_class = late.Ten\n"
        ),
    )  # fmt: skip
    (root / "late.py").write_text(
        "from nbgrader.plugins import BasePlugin\n\n\nclass Ten(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return 10\n"
    )
    with Course(root).gradebook() as gradebook:
        gradebook.add_assignment("points", duedate=DUE)
        for student in [*ANSWERS, MINSEO, "korean", "cp949", "free-text", "late", "early"]:
            gradebook.add_student(student)
    for student, source in ANSWERS.items():
        book = situations.handed_in(BOOK, f=source, essay="답을 쓰세요.")
        situations.submit(root, student, "points", {"points.ipynb": book})
    good = situations.handed_in(BOOK, f=ANSWERS["right"], essay="답을 쓰세요.")
    for student, time in {
        unicodedata.normalize("NFD", MINSEO): "",
        "korean": "2026년 3월 2일 오후 7시",
        "cp949": "2026년 3월 2일 오후 7시".encode("cp949"),
        "free-text": "어제 저녁에 냈어요",
        "early": "2026-03-02 19:00:00 KST",
        "late": "2026-03-02 21:00:00 KST",
        "eraly": "",  # a slip in the name
    }.items():
        files = {"points.ipynb": good, "timestamp.txt": time}
        situations.submit(root, student, "points", files)
    return root


@pytest.fixture(scope="module")
def graded(root):
    done, records = situations.grade(root, "points")
    assert done.returncode == 3, done.stderr
    return records


@pytest.fixture(scope="module")
def compared(root, graded):
    """What a second run says of four students, whom plain nbgrader grades too."""
    names = ("chatter", "half", "nan", unicodedata.normalize("NFD", MINSEO))
    return situations.grade(root, "points", "--compare", "4", "--student", *names)


@pytest.mark.parametrize("student", POINTS)
def test_each_test_cell_gives_the_points_that_a_careful_human_would_give(student, graded):
    cells = graded[student]["cells"]["points"]
    assert [cells[name]["score"] for name in TESTS] == POINTS[student]


def test_what_could_be_read_in_two_ways_is_listed_with_the_reason(graded):
    assert graded["right"]["status"] == graded["chatter"]["status"] == "graded"
    for student, name, shown in [
        ("half", "all", "False"),
        ("nan", "total", "nan"),
        ("negative", "total", "-4.0"),
    ]:
        assert graded[student]["status"] == "unclear"
        assert any(line.startswith(f"{name}: 결과 {shown}") for line in graded[student]["unclear"])


def test_what_plain_nbgrader_would_grade_otherwise_is_said(graded):
    half = "; ".join(graded["half"]["notes"])
    for name in ("numpy-float", "numpy-int", "array", "fraction", "decimal"):
        assert f"{name}: 결과 " in half
    assert "float: 결과 2.0" not in half.replace("numpy-float", "")
    (chatter,) = [note for note in graded["chatter"]["notes"] if "stderr" in note]
    assert chatter.endswith(": " + ", ".join(TESTS))


def test_every_difference_from_plain_nbgrader_is_printed_with_its_reason(compared):
    done, _ = compared
    assert "4 graded by plain nbgrader too" in done.stdout, done.stderr
    lines = [line.split("  ", 2) for line in done.stdout.splitlines() if ", nbgrader " in line]
    found = {(student, points.partition(":")[0]): why for student, points, why in lines}
    assert {name for student, name in found if student == "chatter"} == set(TESTS)
    assert {name for student, name in found if student == "half"} == {
        "numpy-float", "numpy-int", "array", "fraction", "decimal", "all", "rounded"
    }  # fmt: skip
    assert ("nan", "float") not in found
    for (student, name), why in found.items():
        assert f"{name}: " in why or "stderr" in why, (student, name, why)


def test_a_mark_scheme_in_a_task_cell_is_no_edit_of_the_student(graded):
    said = [note for one in graded.values() for note in one["notes"]]
    assert not any("고쳐진" in note for note in said)


@pytest.mark.parametrize("student", ["korean", "cp949", "free-text", "early"])
def test_a_time_of_submission_costs_no_points_unless_it_is_late(student, graded):
    assert graded[student]["score"] == 44
    assert graded["free-text"]["status"] == "unclear"


def test_scores_are_those_of_the_gradebook_after_the_penalty(graded):
    assert graded["late"]["score"] == 34


def test_a_name_in_another_unicode_form_is_the_same_student(root, graded, compared):
    assert graded[MINSEO]["score"] == 44
    assert MINSEO in compared[1]
    assert "4 unchanged" in compared[0].stdout
    with Gradebook(f"sqlite:///{root}/gradebook.db", "situations") as gradebook:
        names = [one.id for one in gradebook.students]
    assert names.count(MINSEO) == 1
    assert unicodedata.normalize("NFD", MINSEO) not in names


def test_a_slip_in_a_name_makes_no_student_where_none_is_to_be_made(root, graded):
    assert graded["eraly"]["status"] == "broken"
    assert "(early?)" in "; ".join(graded["eraly"]["notes"])
    with Gradebook(f"sqlite:///{root}/gradebook.db", "situations") as gradebook:
        assert "eraly" not in [one.id for one in gradebook.students]


def test_a_folder_that_differs_from_the_list_in_case_is_for_a_person(tmp_path):
    book = situations.notebook([answer("f", "f = 1"), cell("t", "assert f == 1", 4)])
    root = situations.assignment(tmp_path, "hw", {"hw": book})
    with Course(root).gradebook() as gradebook:
        gradebook.add_student("kim")
        gradebook.add_student("lee")
    for student in ("Kim", "lee"):
        situations.submit(root, student, "hw", {"hw.ipynb": book})
    done, records = situations.grade(root, "hw")
    assert done.returncode == 3
    assert [records[name]["score"] for name in ("Kim", "lee")] == [4, 4]
    assert records["Kim"]["unclear"] == ["성적부에 대소문자만 다른 학생이 있음: kim"]
    assert not records["lee"]["unclear"]
