"""Tasks: which tests belong to which answer, and what students see as its title."""

import course as small
import nbformat
import situations
from nbformat.v4 import new_markdown_cell

from cvbook.grading import tasks
from cvbook.grading.nbgrader.course import Course


def test_a_test_belongs_to_the_answer_before_it_and_an_essay_is_a_task_of_its_own():
    found = tasks.of_notebook(small.source(), "basics")
    assert [(task.name, task.points, task.by_hand) for task in found] == [
        ("double", 5, False), ("mean", 5, False), ("written", 5, True),
    ]  # fmt: skip
    assert [cell.name for cell in found[0].cells] == ["double-visible", "double-hidden"]


def test_a_title_is_the_last_heading_and_no_comment_of_an_example():
    book = situations.notebook([
        new_markdown_cell("# 과제\n\n## 1. 두 배 ##\n\n```python\n# 주석\n```\n답을 쓴다."),
        situations.answer("f"), situations.cell("f-test", "f(1)", 2),
        new_markdown_cell("더 쓴다."), situations.answer("g"), situations.cell("g-test", "g(1)", 2),
    ])  # fmt: skip
    one, other = tasks.of_notebook(book, "a")
    assert (one.title, other.title) == ("1. 두 배 – f", "1. 두 배 – g")
    assert one.question == "```python\n# 주석\n```\n답을 쓴다."


def test_tests_without_an_answer_are_tasks_and_the_notebook_need_not_be_here(tmp_path):
    root = small.make(tmp_path)
    one = Course(root)
    one.enter("basics")
    here = tasks.of_assignment(one, "basics")
    (root / "source" / "basics" / "basics.ipynb").unlink()
    assert {task.name for task in tasks.of_assignment(one, "basics")} >= {"written"}
    assert sum(task.points for task in tasks.of_assignment(one, "basics")) == 15
    assert [task.name for task in here] == ["double", "mean", "written"]
    lone = situations.notebook([situations.cell("t", "1", 3)])
    assert [task.name for task in tasks.of_notebook(nbformat.from_dict(lone), "a")] == ["t"]
