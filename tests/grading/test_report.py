"""The instructor's report."""

import re
import shutil
from pathlib import Path

import course
import pytest
from nbgrader.api import Gradebook

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import report
from cvbook.grading.records import FLAGGED, GradeRecord


def cell(score, message=""):
    return {"score": score, "max_score": 2.0, "message": message}


def test_difficulty_and_discrimination_are_those_of_a_worked_example():
    scores = {"a": (0, 0, 2), "b": (2, 0, 2), "c": (2, 2, 2)}
    records = [
        GradeRecord(name, cells={f"q{i}": cell(float(s)) for i, s in enumerate(each)})
        for name, each in scores.items()
    ]
    found = report.item_statistics(records)
    assert [item.mean for item in found] == [2 / 3, 1 / 3, 1.0]
    # q0 (0, 2, 2) with q1 + q2 (2, 2, 4): covariance 4/9 · 2 over √(8/9 · 8/9)
    assert found[0].discrimination == pytest.approx(0.5)
    assert found[2].constant


def test_what_students_wrote_is_text_in_the_report():
    evil = "<script>alert(1)</script>"
    records = [GradeRecord(evil, FLAGGED, flags=[evil], cells={"q": cell(0.0, evil)})]
    items = report.item_statistics(records)
    page = report.render(
        evil, records, items, missing=[evil], copies=[(evil, evil, 1.0)], formgrader="http://f"
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7
    assert 'href="http://f/manage_students/%3Cscript%3Ealert%281%29%3C/script%3E/' in page


@pytest.mark.slow
def test_the_report_works_offline_and_links_to_formgrader(graded, tmp_path):
    page, numbers = report.write(
        Course(graded), "basics", tmp_path / "r.html", "http://here:8888/formgrader/"
    )
    text = page.read_text("utf-8")
    assert "제출 8명" in text
    assert 'href="http://here:8888/formgrader/gradebook/basics"' in text
    assert 'href="http://here:8888/formgrader/manage_students/s001/basics"' in text
    assert not re.search(r"(src|url)[=(]\W?(https?:)?//", text)
    assert "NotImplementedError" in text  # a failure that students saw
    lines = numbers.read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == [
        "cell", "double-visible", "double-hidden", "mean-visible", "mean-hidden",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_report_counts_what_was_graded_by_hand(graded, tmp_path):
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    with Gradebook(course.sqlite(root), "small") as gradebook:
        before = gradebook.find_submission("basics", "s000").score
        grade = gradebook.find_grade("written", "basics", "basics", "s000")
        grade.manual_score = 5
        gradebook.db.commit()
        mean = sum(s.score for s in gradebook.assignment_submissions("basics")) / 8
    page, _ = report.write(Course(root), "basics", tmp_path / "r.html", "http://here/formgrader")
    assert before == 10
    assert f"평균 {mean:.1f}점" in page.read_text("utf-8")
