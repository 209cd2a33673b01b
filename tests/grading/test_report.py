"""The instructor's report."""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import course
import pytest
from nbgrader.api import Gradebook

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import alike, analysis, links, report
from cvbook.grading.outputs.results import Result
from cvbook.grading.records import BROKEN, FLAGGED, GradeRecord
from cvbook.grading.tasks import Cell, Task

TASKS = [Task(f"q{i}", f"{i + 1}. q{i}", "a", (Cell(f"q{i}-test", 2.0),), False) for i in range(3)]
FAILED = """\
CheckFailed: q0: 기대한 결과가 아닙니다.
  입력: q0({})
  힌트: 편향을 빠뜨렸습니다.
        더하세요."""


def results(points):
    """Results of students by their points for q0, q1, q2."""
    return [
        Result(name, sum(each), 6.0, {("a", f"q{i}-test"): float(s) for i, s in enumerate(each)})
        for name, each in points.items()
    ]


def test_difficulty_and_discrimination_are_those_of_a_worked_example():
    found = analysis.task_statistics(
        TASKS, results({"a": (0, 0, 2), "b": (2, 0, 2), "c": (2, 2, 2)})
    )
    assert [one.mean for one in found] == [2 / 3, 1 / 3, 1.0]
    assert [(one.full, one.none) for one in found] == [(2, 1), (1, 2), (3, 0)]
    # q0 (0, 2, 2) with q1 + q2 (2, 2, 4): covariance 4/9 · 2 over √(8/9 · 8/9)
    assert found[0].discrimination == pytest.approx(0.5)
    assert found[2].constant


def test_an_essay_that_waits_is_no_zero_in_its_statistics():
    one, other = results({"a": (0, 0, 2), "b": (2, 0, 2)})
    one.to_grade = {("a", "q0-test")}
    found = analysis.task_statistics(TASKS, [one, other])[0]
    assert (found.mean, found.waiting) == (1.0, ["a"])


def test_failures_are_counted_by_hint_with_each_student_once():
    def record(name, **messages):
        cells = {f"{q}-test": {"message": text} for q, text in messages.items()}
        return GradeRecord(name, cells={"a": cells})

    records = [
        record("a", q0=FAILED.format(1)),
        record("b", q0=FAILED.format("다른 입력")),
        record("c", q0="ValueError: shapes", q1="NotAttempted: q1: 아직 풀지 않음"),
    ]
    (first, causes), (second, others) = analysis.failures(TASKS, records)
    assert (first.name, second.name) == ("q0", "q1")
    assert [(one.hint, one.students) for one in causes] == [
        ("편향을 빠뜨렸습니다. 더하세요.", ["a", "b"]), ("ValueError: shapes", ["c"]),
    ]  # fmt: skip
    assert [one.hint for one in others] == ["q1: 아직 풀지 않음"]


def test_every_score_is_in_one_bar_also_above_the_maximum():
    scores = {"zero": 0.0, "edge": 50.0, "full": 100.0, "more": 112.0, "just more": 100.5}
    bars = analysis.distribution(scores, 100.0)
    where = {name: bar for bar in bars for name in bar.students}
    assert sorted(where) == sorted(scores)
    assert sum(len(bar.students) for bar in bars) == len(scores)
    assert (where["edge"].low, where["full"].high) == (50, 100)
    assert where["just more"].low == 100
    assert where["more"].low <= 112 < where["more"].high


def test_alike_answers_are_marked_line_by_line_against_the_released_code():
    given = {"def f(x):", "raise NotImplementedError"}
    one, other = alike.compare(
        [
            "def f(x):\n    total = x + 1  # 내 것\n    return total",
            "def f(x):\n    sum_ = x + 1\n    return 7",
        ],
        given,
    )
    assert [line.kind for line in one] == [alike.GIVEN, alike.RENAMED, ""]
    assert [line.kind for line in other] == [alike.GIVEN, alike.RENAMED, ""]
    assert alike.shape("if a in b: return 1") == alike.shape("if c in d: return 1")
    assert alike.shape("if a in b: return 1") != alike.shape("for a in b: return 1")


def test_pairs_with_a_common_student_are_one_group():
    pairs = [("a", "b", 1.0), ("c", "d", 0.97), ("b", "e", 0.95)]
    assert alike._components(pairs) == [["a", "b", "e"], ["c", "d"]]


def test_what_students_wrote_is_text_in_the_report():
    evil = "<script>alert(1)</script>"
    task = Task("q", evil, evil, (Cell("q", 2.0),), True)
    line = alike.Line(evil, "")
    found = report.ClassResults(
        evil,
        [task],
        [
            GradeRecord(
                evil, FLAGGED, flags=[evil], cells={evil: {"q": {"message": f"x\n힌트: {evil}"}}}
            )
        ],
        {
            evil: Result(
                evil,
                1.0,
                2.0,
                {(evil, "q"): 0.0},
                {(evil, "q")},
                seconds_late=9e4,
                penalties={},
                ids={evil: evil},
            )
        },
        [evil],
        [alike.Group([evil, evil], 1.0, [(evil, [[line], [line]])])],
    )
    statistics = analysis.task_statistics(found.tasks, list(found.results.values()))
    page = report.render(found, statistics, links.Formgrader("http://f"))
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 12
    links_of_page = re.findall(r'href="(http[^"#]*)', page)
    assert links_of_page
    assert all(unquote(one).count(evil) == one.count("%3Cscript") for one in links_of_page)


def test_links_lead_to_the_server_of_the_hub_and_need_no_host(tmp_path):
    environment = {"JUPYTERHUB_SERVICE_PREFIX": "/user/teach/"}
    assert links.find(tmp_path, environment) == "/user/teach/formgrader"
    environment["JUPYTERHUB_HOST"] = "https://teach.hub.example"
    assert links.find(tmp_path, environment) == "https://teach.hub.example/user/teach/formgrader"
    assert links.find(tmp_path, {}) == "http://localhost:8888/formgrader"


@pytest.mark.slow
def test_the_report_works_offline_and_has_tasks_late_and_unreadable_ones(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    one = Course(root)
    record = report.GradeRecords(root, "basics").read("s003")
    record.status, record.notes = BROKEN, ["깨진 JSON"]
    report.GradeRecords(root, "basics").write(record)
    with Gradebook(course.sqlite(root), "small") as gradebook:
        before = gradebook.find_submission("basics", "s000").score
        gradebook.find_grade("written", "basics", "basics", "s000").manual_score = 5
        gradebook.find_grade("written", "basics", "basics", "s001").extra_credit = 9
        late = gradebook.find_submission("basics", "s002")
        late.assignment.duedate = late.timestamp = datetime(2026, 3, 2)
        late.timestamp = datetime(2026, 3, 4)
        gradebook.db.commit()
        identifier = late.notebooks[0].id
        mean = sum(s.score for s in gradebook.assignment_submissions("basics")) / 8
    page, numbers = report.write(one, "basics", tmp_path / "r.html", "/user/teach/formgrader/")
    text = page.read_text("utf-8")
    assert before == 10
    assert "제출 8명" in text
    assert f"평균 {mean:.1f}점" in text
    assert 'href="/user/teach/formgrader/gradebook/basics"' in text
    assert f'href="/user/teach/formgrader/submissions/{identifier}/' in text
    assert 'href="/user/teach/formgrader/manage_students/s003/basics"' in text
    assert not re.search(r"(src|url)[=(]\W?(https?:)?//", text)
    assert "NotImplementedError" in text  # a failure that students saw
    assert ">2일<" in text
    lines = numbers.read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["task", "double", "mean", "written"]


@pytest.mark.slow
def test_links_of_the_report_open_formgrader_behind_a_prefix(
    graded, start_jupyterlab, chromium, tmp_path
):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    prefix = "/user/teach/"
    (tmp_path / "settings").mkdir()
    settings = tmp_path / "settings" / "jupyter_server_config.py"
    settings.write_text(f"get_config().ServerApp.base_url = {prefix!r}\n")
    lab = start_jupyterlab(root, environment={"JUPYTER_CONFIG_DIR": str(settings.parent)})
    # As in a terminal of a server that a hub started; the running server is found without it, too.
    environment = os.environ | {"JUPYTERHUB_SERVICE_PREFIX": prefix}
    command = [sys.executable, "-m", "cvbook.cli", "report", "basics"]
    subprocess.run(command, cwd=root, env=environment, check=True, timeout=100)
    host, token = lab.split("/lab/")[0], lab.rpartition("?")[2]
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{host}{prefix}files/basics-report.html?{token}")
    assert links.find(root, {}).removeprefix("http://").endswith(f"{prefix}formgrader")
    page.get_by_text("모든 점수").click()
    page.locator("#scores ~ details").first.get_by_role("link", name="s002").click()
    page.wait_for_url(f"{host}{prefix}formgrader/submissions/**")
    page.get_by_text("basics", exact=True).first.wait_for()
    assert page.locator("#double-visible").count() == 1
    page.close()
