"""Another gradebook, and one that other programs write into: scores follow the source and ours."""

import contextlib
import sqlite3
import subprocess
import sys

import course
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]


@pytest.fixture
def root(tmp_path):
    root = course.make(tmp_path)
    for student in ("kim", "lee"):
        course.hand_in(root, student)
    done = course.grade(root)
    assert done.returncode == 0, done.stderr
    return root


def test_what_another_program_graded_is_graded_again(root):
    before = course.scores(course.sqlite(root))
    with course.Gradebook(course.sqlite(root), "small") as gradebook:
        gradebook.find_grade("mean-hidden", "basics", "basics", "lee").auto_score = 0
        gradebook.find_grade("written", "basics", "basics", "kim").manual_score = 4
        gradebook.db.commit()
    done = course.grade(root)
    assert "1 to grade again: 성적부의 점수가 다름\n" in done.stdout, done.stderr
    assert "1 unchanged" in done.stdout
    assert course.scores(course.sqlite(root)) == before


def test_a_trial_with_another_gradebook_leaves_nothing_unchanged_in_this_one(root):
    book = course.source()
    course.cell(book, "mean-visible").source = "assert mean([1, 2, 3]) == 3"
    course.nbformat.write(book, root / "source" / "basics" / "basics.ipynb")
    done = course.grade(root, "--db", f"sqlite:///{root}/trial.db")
    assert "검사 셀이 바뀜: mean-visible" in done.stdout, done.stderr
    done = course.grade(root)
    assert "2 to grade again: 성적부의 점수가 다름\n" in done.stdout, done.stderr
    for url in (course.sqlite(root), f"sqlite:///{root}/trial.db"):
        found = course.scores(url)
        assert found["kim", "mean-visible"] == found["lee", "mean-visible"] == 0
        assert found["kim", "mean-hidden"] == 3


@pytest.mark.parametrize("command", ["export", "report", "feedback", "grade"])
def test_a_database_that_fails_is_one_line(root, command):
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
        database.execute("ALTER TABLE grade RENAME COLUMN auto_score TO lost")
    words = [sys.executable, "-m", "cvbook.cli", command, "basics", "--course", str(root)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=root, timeout=300)
    assert done.returncode == 1
    assert "no such column: grade.auto_score" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
