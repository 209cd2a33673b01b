"""The students' feedback pages; what they sanitize is tested by the hostile submissions."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import course
import nbformat
import pytest
import situations
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook

from cvbook.grading.lms.roster import read_roster
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import comments, feedback, giving_back
from cvbook.grading.outputs.hidden import HideTests
from cvbook.grading.records import GradeRecords

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "60600000000400012734270a0000000049454e44ae426082"
)
TEXT = r"""
한 줄 안의 $a_i < b^2$ 와 `$5`, 그리고

$$\frac{1}{n}\sum_i x_i$$

\begin{align} y &= 2x \\ z &= 3 \end{align}

![그림](plot%20one.png) <img src="plot one.png"> ![밖](../secret.png) ![먼](https://other.example/a.png)
[먼 곳](https://other.example) <a href="//other.example">x</a>
"""


@pytest.fixture
def page(graded, tmp_path):
    """The page of a student whose notebook has formulas, pictures and links."""
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    folder = root / "autograded" / "s000" / "basics"
    (folder / "plot one.png").write_bytes(PNG)
    (folder.parent / "secret.png").write_bytes(PNG)
    notebook = nbformat.read(folder / "basics.ipynb", as_version=4)
    shown = new_output("execute_result", {"text/latex": r"$\displaystyle \sqrt{2}$"})
    figure = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    notebook.cells += [new_markdown_cell(TEXT), new_code_cell("1", outputs=[shown, figure])]
    (folder / "basics.ipynb").chmod(0o644)
    nbformat.write(notebook, folder / "basics.ipynb")
    return (feedback.write(Course(root), "basics", "s000") / "basics.html").read_text()


@pytest.mark.slow
def test_a_page_is_complete_without_any_other_host(page):
    assert page.count("<math ") == 4
    assert "<code>$5</code>" in page
    assert len(re.findall(r'<img[^>]*src="data:image/png;base64,[^"]+"', page)) == 3
    loads = re.findall(r'(?:href|src)="((?!#|data:)[^"]*)"', page)
    assert not [address for address in loads if address], loads
    assert not re.search(r"<(script|link|iframe)\b|@import|url\(['\"]?(https?:)?//", page)
    assert not re.search(r"url\((?!['\"]?data:)", page)
    assert "script-src" not in page
    assert "default-src 'none'" in page


def test_hidden_tests_are_neither_in_sources_nor_in_outputs():
    secret = "assert close(double(7), expected_value_of_seven)"
    hidden = f"# 숨은 검사\n### BEGIN HIDDEN TESTS\nx = 1\n{secret}\n### END HIDDEN TESTS"
    book = situations.notebook([
        situations.answer("double", "print(In)"),
        situations.cell("own", hidden, 1), situations.cell("numpy", hidden, 1),
        situations.cell("seen", "assert double(2) == 4", 1),
    ])  # fmt: skip
    answer, own, numpy, seen = book.cells
    answer.outputs = [new_output("stream", name="stdout", text=f"['', '{secret}']\nx = 1")]
    advice = "double: 숨은 검사를 통과하지 못했습니다.\n  다시 읽으세요."
    trace = ["\x1b[31mdouble: 숨은 검사를 통과하지 못했습니다.", "  다시 읽으세요."]
    own.outputs = [new_output("error", ename="CheckFailed", evalue=advice, traceback=trace)]
    values = "\nNot equal to tolerance rtol=1e-07\n\n DESIRED: 14"
    frames = ["-----", f"----> {secret}", values]
    numpy.outputs = [
        new_output("stream", name="stdout", text="14"),
        new_output("error", ename="AssertionError", evalue=values, traceback=frames),
    ]
    seen.outputs = [new_output("error", ename="E", evalue="2", traceback=["assert double(2) == 4"])]
    HideTests(enabled=True)(book, {})
    assert "seven" not in nbformat.writes(book)
    assert own.source.splitlines() == ["# 숨은 검사", "# 숨은 검사는 보이지 않습니다."]
    assert own.outputs[0].traceback == trace
    assert numpy.outputs[0].traceback == ["AssertionError: Not equal to tolerance rtol=1e-07"]
    assert answer.outputs[0].text.endswith("x = 1")  # may be anybody's line
    assert seen.outputs[0].traceback == ["assert double(2) == 4"]


def test_a_comment_is_set_as_markdown_and_runs_nothing():
    html = comments.as_html(
        "첫째 `a < b && c`\n\n- $x^2 < 3$\n- <b>굵게</b> <script>alert(1)</script>"
        "<img src=x onerror=alert(1)><math><mi>y</mi></math>\n\n$$\\frac{1}{2}$$"
    )
    assert "&lt;p&gt;" not in html
    assert "<p>첫째 <code>a &lt; b &amp;&amp; c</code></p>" in html
    assert html.count("<math ") == 2
    assert "<li><b>굵게</b>" in html
    assert not re.search(r"<script|onerror|<mi>y", html)
    assert "formula-" not in html


def test_a_formula_in_the_text_of_a_picture_adds_no_attribute():
    source = "![넓이 $x onerror=alert(1) y$](data:image/png;base64,AAAA)"
    picture = BeautifulSoup(comments.as_html(source), "html.parser").img
    assert set(picture.attrs) <= {"src", "alt"}
    assert picture["alt"].startswith("넓이 x")


def test_a_mark_scheme_is_the_graders_own():
    """A student's cell that looks like one is left as it is, closed or not."""
    text = "### BEGIN MARK SCHEME\n축의 이름 1점\n### END MARK SCHEME\n그림을 그린다."
    task = situations.cell("k", text, 3, kind="markdown", grade=False, task=True)
    essay = situations.cell("e", "### BEGIN MARK SCHEME", 3, kind="markdown", solution=True,
                            locked=False)  # fmt: skip
    own = new_markdown_cell("### BEGIN MARK SCHEME\n내 것")
    HideTests(enabled=True)(situations.notebook([task, essay, own]), {})
    assert task.source == "그림을 그린다."
    assert (essay.source, own.source) == ("### BEGIN MARK SCHEME", "### BEGIN MARK SCHEME\n내 것")


@pytest.mark.slow
def test_a_page_starts_with_the_points_of_each_task_and_what_lateness_cost(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    with Gradebook(course.sqlite(root), "small") as gradebook:
        late = gradebook.find_submission("basics", "s001")
        late.assignment.duedate = datetime(2026, 3, 2)
        late.timestamp = datetime(2026, 3, 3, 5)
        late.notebooks[0].late_submission_penalty = 1.5
        essay = gradebook.find_grade("written", "basics", "basics", "s000")
        essay.manual_score, essay.needs_manual_grade = 4, False
        gradebook.find_comment("written", "basics", "basics", "s000").manual_comment = "좋은 **답**"
        gradebook.db.commit()
        score = late.score

    def text(student, **more):
        folder = feedback.Writer(Course(root), "basics", **more).write(student)
        return (folder / "basics.html").read_text()

    done, waiting = text("s000"), text("s001")
    assert "basics: 14 / 15점" in done
    assert re.findall(r'<td class="n[ a-z]*">([^<]*)</td>', done)[:3] == ["5 / 5", "5 / 5", "4 / 5"]
    assert re.search(r"<b>의견</b> <p>좋은 <strong>답</strong></p>", done)
    assert "채점 전" not in done
    assert f"basics: {score - 1.5:g} / 15점" in waiting
    assert "늦게 냄 (1일 5시간)" in waiting
    assert "−1.5" in waiting
    assert "채점 전" in waiting
    assert "expected = 14" not in done
    assert "expected = 14" in re.sub(r"<[^>]*>", "", text("s000", hidden_tests=True))


@pytest.mark.slow
def test_work_that_cannot_be_read_has_a_page_that_says_so_and_no_earlier_one(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    one = Course(root)
    feedback.write(one, "basics", "s001")
    record = GradeRecords(root, "basics").read("s001")
    record.status, record.score, record.notes = "broken", 0.0, ["읽을 수 없는 노트북 <b>"]
    GradeRecords(root, "basics").write(record)
    with one.gradebook() as gradebook:
        for grade in gradebook.find_submission_notebook("basics", "basics", "s001").grades:
            grade.auto_score = 0
        gradebook.db.commit()
    shutil.rmtree(root / "autograded" / "s001")
    (root / "submitted" / "s001" / "basics" / "submission_secret.txt").write_text("x")
    folder = feedback.write(one, "basics", "s001")
    text = (folder / "basics.html").read_text()
    assert "basics: 0 / 15점" in text
    assert "읽을 수 없는 노트북 &lt;b&gt;" in text
    assert "받은 파일: <code>basics.ipynb</code>" in text
    assert "할 일" in text
    assert (folder / "submission_secret.txt").read_text() == "x"  # so that it can be released


@pytest.mark.slow
def test_one_page_that_cannot_be_made_does_not_keep_the_others_back(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    (root / "autograded" / "s003" / "basics" / "basics.ipynb").write_text("{")
    done = situations.run(root, "feedback", "basics", "--workers", "2")
    assert done.returncode == 1
    assert re.search(r"nbgrader cannot write it – \S*s003/basics – \w+", done.stderr)
    assert "traceback" not in done.stderr.lower()
    pages = {path.parts[-3] for path in (root / "feedback").glob("*/basics/basics.html")}
    assert pages == {f"s{number:03d}" for number in range(8)} - {"s003"}
    assert "7 of 8" in done.stdout


@pytest.mark.slow
def test_released_feedback_is_what_nbgrader_fetches(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    (root / "release" / "basics").mkdir(parents=True)
    nbformat.write(course.released(), root / "release" / "basics" / "basics.ipynb")
    for name in ("exchange", "home"):
        (tmp_path / name).mkdir()
    settings = course.CONFIG + f"c.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    settings += f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n"
    for folder in (root, tmp_path / "home"):
        (folder / "nbgrader_config.py").write_text(settings)

    def nbgrader(folder, *command):
        line = [sys.executable, "-m", "nbgrader", *command]
        subprocess.run(line, cwd=folder, check=True, env=os.environ | {"USER": "s000"}, timeout=100)

    nbgrader(root, "release_assignment", "basics")
    shutil.copytree(root / "submitted" / "s000" / "basics", tmp_path / "home" / "basics")
    nbgrader(tmp_path / "home", "submit", "basics")
    (submitted,) = (tmp_path / "cache" / "small").iterdir()
    for name in ("timestamp.txt", "submission_secret.txt"):  # as collecting and grading do
        shutil.copy(submitted / name, root / "autograded" / "s000" / "basics")
    done = situations.run(root, "feedback", "basics", "--release", "--student", "s000", "s001")
    assert done.returncode == 0, done.stderr
    assert "released 1 of 2" in done.stdout
    assert "left out: s001 – not submitted through the exchange" in done.stderr
    nbgrader(tmp_path / "home", "fetch_feedback", "basics")
    (fetched,) = (tmp_path / "home" / "basics" / "feedback").glob("*/basics.html")
    assert fetched.read_text() == (root / "feedback/s000/basics/basics.html").read_text()


def moodle_reads(path):
    """Participant and name of a feedback file, as Moodle's importziplib.php splits a path."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) == 5 and info[1].isdigit() and info[2:4] == ["assignsubmission", "file"]:
            return int(info[1]), "/".join([info[4], *parts])
    return None


def test_a_zip_for_moodle_is_read_by_its_rule(tmp_path):
    root = course.make(tmp_path / "course")
    for student in ("kim1", "kim2", "lee", "stranger"):
        folder = root / "feedback" / student / "basics"
        folder.mkdir(parents=True)
        (folder / "basics.html").write_text(student)
    (tmp_path / "w.csv").write_text(
        "Identifier,Full name,Username,Email address,Grade\n"
        "Participant 11,김 민수,kim1,a@x,\nParticipant 12,김 민수,kim2,b@x,\n"
        "Participant 13,이_수/진,lee,c@x,\n"
    )
    path = tmp_path / "out.zip"
    students = ["kim1", "kim2", "lee", "stranger"]
    one, roster = Course(root), read_roster(tmp_path / "w.csv", "Username")
    inside, left = giving_back.zip_for_moodle(one, "basics", students, roster, path)
    with zipfile.ZipFile(path) as archive:
        found = {moodle_reads(name): archive.read(name).decode() for name in archive.namelist()}
    assert found == {
        (11, "/basics.html"): "kim1", (12, "/basics.html"): "kim2", (13, "/basics.html"): "lee",
    }  # fmt: skip
    assert inside == ["kim1", "kim2", "lee"]
    assert left == [("stranger", "no participant number in w.csv")]
