"""Values of a course's settings that tests read and students must not know; rankings by score."""

import csv
import os
import random

import pytest
import situations
from situations import answer, cell

from cvbook.grading.batch import Batch
from cvbook.grading.jobs import ExecutionLimits
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import ranking, report

SECRET = "83920571"
CONFIG = f"import os\nc.TestValues.values = {{'COURSE_SEED': os.environ.get('SEED', {SECRET!r})}}\n"
TEST = """\
import os, random
quality = random.Random(os.environ.get("COURSE_SEED", "public")).random()
print(f"quality {quality:.4f}")
round(4 * f() * quality, 2)"""
BOOK = situations.notebook(
    [
        answer("f", "def f():\n    return 1"),
        cell("scored", TEST, 4),
        cell("after", "assert 'COURSE_' + 'SEED' not in os.environ", 1),
    ]
)
#: What a student's code finds of the value before, during and after the test.
CURIOUS = """\
import os
from pathlib import Path

before = str(dict(os.environ)) + Path("/proc/self/environ").read_text()


def f():
    return 1"""


@pytest.fixture(scope="module")
def graded(require_sandbox, tmp_path_factory):
    """A course whose instructor has set the variable in the shell too."""
    root = tmp_path_factory.mktemp("course")
    situations.assignment(root, "a", {"a": BOOK}, config=CONFIG)
    answers = {"curious": CURIOUS, "half": "def f():\n    return 0.5", "none": "def f(:"}
    for student, source in answers.items():
        book = situations.handed_in(BOOK, f=source)
        looked = f"assert {SECRET[:4]!r} + {SECRET[4:]!r} not in before + str(os.environ)"
        extra = situations.new_code_cell(looked)
        if student == "curious":
            book.cells.append(extra)
        situations.submit(root, student, "a", {"a.ipynb": book})
    environment = os.environ | {"COURSE_SEED": SECRET}
    done, records = situations.grade(root, "a", env=environment)
    return root, done, records


@pytest.mark.slow
def test_only_the_test_that_names_a_value_sees_it(graded):
    root, _, records = graded
    expected = random.Random(SECRET).random()
    found = {student: one["cells"]["a"] for student, one in records.items()}
    assert found["curious"]["scored"]["score"] == round(4 * expected, 2)
    assert found["curious"]["scored"]["shown"] == f"quality {expected:.4f}"
    assert found["half"]["scored"]["score"] == round(2 * expected, 2)
    assert found["none"]["scored"]["score"] == 0
    assert [one["after"]["score"] for one in found.values()] == [1, 1, 1]
    text = (root / "autograded/curious/a/a.ipynb").read_text()
    assert "AssertionError" not in text  # the student's last cell found nothing
    assert SECRET not in text
    assert not any(SECRET in path.read_text() for path in (root / ".cvbook").rglob("*.json"))


@pytest.mark.slow
def test_the_report_ranks_the_class_and_the_list_for_the_class_has_no_names(graded, tmp_path):
    root, _, records = graded
    written = report.write(Course(root), "a", tmp_path / "r.html", "http://x", anonymous=True)
    page = written[0].read_text()
    table = page[page.index('id="ranking"') :]
    assert table.index("curious") < table.index("half") < table.index("none")
    with written[2].open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))[1:]
    points = [
        records[name]["cells"]["a"]["scored"]["score"] for name in ("curious", "half", "none")
    ]
    assert [(int(row[1]), float(row[2])) for row in rows] == list(enumerate(points, start=1))
    assert not any(name in written[2].read_text() for name in records)


def test_a_changed_value_grades_what_names_it_again(tmp_path, monkeypatch):
    situations.assignment(tmp_path, "a", {"a": BOOK}, config=CONFIG)
    plain = situations.notebook([answer("f", "def f():\n    return 1"), cell("t", "f()", 1)])
    (tmp_path / "source/b").mkdir()
    situations.nbformat.write(plain, tmp_path / "source/b/b.ipynb")

    def inputs():
        names = ("a", "b")
        return [Batch(Course(tmp_path), name, ExecutionLimits()).inputs for name in names]

    before = inputs()
    monkeypatch.setenv("SEED", "another")
    after = inputs()
    assert {key for key in before[0] if before[0][key] != after[0][key]} == {"설정: COURSE_SEED"}
    assert before[1] == after[1]


def test_equal_points_share_a_place_and_tests_without_a_score_are_not_ranked():
    from cvbook.grading.records import GradeRecord
    from cvbook.grading.tasks import Cell, Task

    def record(name, score, **more):
        cells = {"t": {"score": score, "max_score": 4.0, "message": "", **more}}
        return GradeRecord(name, cells={"a": cells | {"u": {"score": 1.0, "message": ""}}})

    task = Task("t", "T", "a", (Cell("t", 4.0), Cell("u", 1.0)), False)
    records = [record("a", 2.0, shown="s"), record("b", 4.0, shown=""), record("c", 2.0, shown="")]
    (found,) = ranking.of_class([task], [*records, record("d", 0.0)])
    assert [(row.place, row.student) for row in found.rows] == [
        (1, "b"), (2, "a"), (2, "c"), (4, "d"),
    ]  # fmt: skip
    assert ranking.of_class([task], [record("b", 4.0, shown="")]) == []
