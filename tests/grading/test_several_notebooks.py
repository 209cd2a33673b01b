"""An assignment of two notebooks whose cells and headings have the same names."""

import csv
import re
import shutil
from pathlib import Path

import pytest
import situations
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook

from cvbook.cli import main
from cvbook.grading import tasks
from cvbook.grading.marking import Marking
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import alike, feedback, report

RIGHT = """\
def f(x):
    total = 0
    for number in range(x):
        total = total + number * 2 - number
        if number % 7 == 3 and total > 5:
            total = total + 1 - 1
    return 2 * x"""
WRONG = "def f(x):\n    return 0 * x"
NOISY = "import sys\n\ndef f(x):\n    print('x', file=sys.stderr)\n    return 2 * x"


def book(number: int):
    """The same ids in each notebook; what is tested and asked differs."""
    return situations.notebook([
        new_markdown_cell("# 두 배"), situations.answer("f"),
        situations.cell("t", f"assert f({number}) == {2 * number}, '{number}의 두 배'", 4),
        situations.cell("part", f"print('{number} of 3')\nf(1) and {number / 2}", 3),
        situations.cell("e", "쓴다", 3, kind="markdown", solution=True, locked=False),
    ])  # fmt: skip


BOOKS = {"a": book(3), "b": book(5)}
#: Answer of each student in `a` and in `b`, and the points of the cells `t` and `part`.
ANSWERS = {
    "kim": (RIGHT, WRONG, {"a": (4, 1.5), "b": (0, 0)}),
    "lee": (WRONG, RIGHT, {"a": (0, 0), "b": (4, 2.5)}),
    "noisy": (NOISY, RIGHT, {"a": (4, 1.5), "b": (4, 2.5)}),
}


@pytest.fixture(scope="module")
def done(require_sandbox, tmp_path_factory):
    """The course, graded, and what the command wrote."""
    root = situations.assignment(tmp_path_factory.mktemp("course"), "hw", BOOKS)
    for student, (one, other, _) in ANSWERS.items():
        files = {
            "a.ipynb": situations.handed_in(BOOKS["a"], f=one, e=f"{student}, a"),
            "b.ipynb": situations.handed_in(BOOKS["b"], f=other, e=f"{student}, b"),
        }
        if student == "lee":
            files["b.ipynb"].cells.pop(3)  # `part`, which is put in again
        situations.submit(root, student, "hw", files)
    process, records = situations.grade(root, "hw", "--compare", "3")
    assert records, process.stderr
    return root, records, process.stdout


@pytest.fixture
def marked(done, tmp_path):
    """The course, with the essays of kim marked and commented on."""
    root = Path(shutil.copytree(done[0], tmp_path / "course"))
    with Gradebook(f"sqlite:///{root}/gradebook.db", "situations") as gradebook:
        for notebook, points in (("a", 3), ("b", 1)):
            grade = gradebook.find_grade("e", notebook, "hw", "kim")
            grade.manual_score, grade.needs_manual_grade = points, False
            comment = gradebook.find_comment("e", notebook, "hw", "kim")
            comment.manual_comment = f"{notebook}의 의견"
        gradebook.db.commit()
    return root


def of_gradebook(root):
    with Gradebook(f"sqlite:///{root}/gradebook.db", "situations") as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions("hw")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_a_record_has_the_points_of_each_notebooks_cells(done):
    root, records, _ = done
    for student, (_, _, expected) in ANSWERS.items():
        for notebook, points in expected.items():
            cells = records[student]["cells"][notebook]
            assert (cells["t"]["score"], cells["part"]["score"]) == points
            if not points[0]:
                assert f"{'35'['ab'.index(notebook)]}의 두 배" in cells["t"]["message"]
    recorded = {
        (student, notebook, name): cell["score"]
        for student, record in records.items()
        for notebook, cells in record["cells"].items()
        for name, cell in cells.items()
    }
    assert recorded == of_gradebook(root)


def test_what_is_said_of_a_cell_names_its_notebook(done):
    _, records, _ = done
    (note,) = [note for note in records["noisy"]["notes"] if "stderr" in note]
    assert re.fullmatch(r"a: stderr.*: t, part", note), note
    (note,) = [note for note in records["lee"]["notes"] if "지워진" in note]
    assert re.fullmatch(r"b: .*: part", note), note
    assert [note for note in records["kim"]["notes"] if note.startswith("a: ")] == []


def test_a_cell_that_nbgrader_grades_otherwise_is_named_with_its_notebook(done):
    _, _, said = done
    lines = [line for line in said.splitlines() if ", nbgrader " in line]
    where = {line.partition(": ")[0] for line in lines}
    assert where == {"lee  b/part", "noisy  a/t", "noisy  a/part"}, said
    assert ["지워진" in line for line in lines] == [True, False, False]
    assert ["stderr" in line for line in lines] == [False, True, True]
    assert "3 graded by plain nbgrader too, 3 test cell(s) differ" in said


def test_each_notebooks_page_has_its_own_points_and_comments(marked):
    folder = feedback.write(Course(marked), "hw", "kim")
    for notebook, other, expected in (
        ("a", "b", "8.5 / 10점"),
        ("b", "a", "1 / 10점"),
    ):
        page = (folder / f"{notebook}.html").read_text()
        text = re.sub(r"<[^>]+>", "", page)
        assert f"{notebook}: {expected}" in text
        assert f"{notebook}의 의견" in text
        assert f"{other}의 의견" not in text
    table = re.findall(r'<td class="n[ a-z]*">([^<]*)</td>', (folder / "a.html").read_text())
    assert table[:2] == ["5.5 / 7", "3 / 3"]


def test_each_task_of_each_notebook_has_a_column(marked, monkeypatch):
    monkeypatch.chdir(marked)
    assert main(["export", "hw", "--per-task"]) == 0
    with (marked / "hw-tasks.csv").open(encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert list(rows["kim"])[2:] == ["hw", "hw/a/f (7)", "hw/a/e (3)", "hw/b/f (7)", "hw/b/e (3)"]
    assert list(rows["kim"].values())[2:] == ["9.5", "5.5", "3", "0", "1"]
    assert list(rows["lee"].values())[2:] == ["6.5", "0", "", "6.5", ""]


def test_the_report_tells_tasks_of_the_same_name_apart(marked, tmp_path):
    page, numbers, ranking = report.write(
        Course(marked), "hw", tmp_path / "r.html", "http://f", anonymous=True
    )
    with numbers.open(encoding="utf-8-sig") as file:
        rows = {row["task"]: row for row in csv.DictReader(file)}
    assert {name: float(row["difficulty"]) for name, row in rows.items()} == {
        "a/f": pytest.approx(11 / 21, abs=1e-3), "a/e": 1,
        "b/f": pytest.approx(13 / 21, abs=1e-3), "b/e": pytest.approx(1 / 3, abs=1e-3),
    }  # fmt: skip
    assert [rows[name]["to_grade"] for name in ("a/e", "b/e")] == ["2", "2"]
    titles = [row["title"] for row in rows.values()]
    assert len(set(titles)) == 4, titles
    text = page.read_text()
    failed = text[text.index('id="failures"') : text.index('id="review"')]
    one, other = failed.split("<h3>")[1:]
    assert ("3의 두 배" in one, "5의 두 배" in one) == (True, False)
    assert ("lee" in one, "kim" in one) == (True, False)
    assert ("5의 두 배" in other, "kim" in other, "lee" in other) == (True, True, False)
    with ranking.open(encoding="utf-8-sig") as file:
        ranked = [(row["test"], row["points"], row["shown"]) for row in csv.DictReader(file)]
    assert ranked == [
        ("a/part", "1.5", "3 of 3"), ("a/part", "1.5", "3 of 3"), ("a/part", "0", "3 of 3"),
        ("b/part", "2.5", "5 of 3"), ("b/part", "2.5", "5 of 3"), ("b/part", "0", "5 of 3"),
    ]  # fmt: skip


def test_answers_by_hand_are_read_and_marked_in_their_notebook(marked):
    widget = Marking("hw", marked)
    widget.task = 1
    assert [task["title"] for task in widget.tasks] == ["b: 두 배 – e", "a: 두 배 – e"][::-1]
    texts = {group["text"]: number for number, group in enumerate(widget.groups)}
    assert set(texts) == {"kim, b", "lee, b", "noisy, b"}
    message = {"type": "save", "group": texts["lee, b"], "score": 2, "comment": "더"}
    widget._receive(widget, message, None)
    with Gradebook(f"sqlite:///{marked}/gradebook.db", "situations") as gradebook:
        marks = {name: gradebook.find_grade("e", name, "hw", "lee").manual_score for name in "ab"}
    assert marks == {"a": None, "b": 2}


def test_alike_answers_are_compared_within_each_notebook(marked):
    course = Course(marked)
    found = alike.find(course, "hw", list(ANSWERS), tasks.of_assignment(course, "hw"))
    (group,) = [group for group in found if {"kim", "lee"} <= set(group.students)]
    for title, index in (("a: 두 배 – f", 0), ("b: 두 배 – f", 1)):
        (lines,) = [lines for shown, lines in group.answers if shown == title]
        texts = ["\n".join(line.text for line in each) for each in lines]
        assert texts == [ANSWERS[student][index] for student in group.shown]
