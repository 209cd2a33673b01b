"""Handed in again without what a person has marked: the mark stays, and the person looks again."""

import pytest
import situations
from situations import answer, cell

from cvbook.grading import tasks
from cvbook.grading.marking import answers
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import feedback

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]


def essay(name, points):
    return cell(name, "글", points, kind="markdown", locked=False, solution=True)


ONE = situations.notebook(
    [
        answer("double", "def double(x):\n    return 2 * x"),
        cell("test", "assert double(2) == 4", 4),
        essay("first", 5),
    ]
)
TWO = situations.notebook([essay("second", 3)])
STUDENTS = ("broken", "deleted", "missing", "same")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = situations.assignment(tmp_path_factory.mktemp("again"), "a", {"one": ONE, "two": TWO})
    for student in STUDENTS:
        situations.submit(root, student, "a", {"one.ipynb": ONE, "two.ipynb": TWO})
    done, _ = situations.grade(root, "a")
    assert done.returncode == 0, done.stderr
    course = Course(root)
    for task in tasks.of_assignment(course, "a"):
        if task.by_hand:
            answers.mark(course, "a", task, STUDENTS, task.points, "")
    without = situations.handed_in(ONE)
    without.cells = [one for one in without.cells if one.id != "first"]
    situations.submit(root, "deleted", "a", {"one.ipynb": without})
    situations.submit(root, "broken", "a", {"one.ipynb": "{", "two.ipynb": "{"})
    (root / "submitted" / "missing" / "a" / "two.ipynb").unlink()
    _, records = situations.grade(root, "a")
    return root, records


def test_marks_stay_and_wait_for_a_second_look(graded):
    _, records = graded
    assert {name: one["score"] for name, one in records.items()} == {
        "broken": 8, "deleted": 12, "missing": 12, "same": 12,
    }  # fmt: skip
    waiting = {name for name, one in records.items() if one["manual"]}
    assert waiting == {"broken", "deleted", "missing"}


def test_the_marking_page_shows_them(graded):
    course = Course(graded[0])
    found = {
        task.name: {
            name
            for group in answers.groups(course, "a", task)
            if group.state == answers.AGAIN
            for name in group.students
        }
        for task in tasks.of_assignment(course, "a")
        if task.by_hand
    }
    again = {"broken", "deleted", "missing"}
    assert found == {"first": again, "second": again}


def test_feedback_has_the_score_of_the_gradebook(graded):
    course = Course(graded[0])
    for student, name, said in (
        ("broken", "one", "one: 5 / 9점"),
        ("broken", "two", "two: 3 / 3점"),
        ("missing", "two", "two: 3 / 3점"),
    ):
        page = feedback.write(course, "a", student) / f"{name}.html"
        assert said in page.read_text()
