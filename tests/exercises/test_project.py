"""The project, assignment 10: its secret, its time, and the points that a score gives."""

import json
import os
import statistics
import subprocess
import sys
import zipfile

import nbformat
import nbgrader_course
import numpy as np
import pytest
import submissions
from provenance import digest

from cvbook.checks import project
from cvbook.commands import release

NAME, FUNCTION = "10_shared_backbone", "build_and_train"
SECRET = "the pictures of spring 5081"


def test_another_secret_draws_other_pictures_and_the_same_one_the_same(monkeypatch):
    monkeypatch.setattr(project, "HIDDEN", 3)
    (one, mask), (again, _), (other, _) = map(project.hidden_pictures, (SECRET, SECRET, "5082"))
    assert np.array_equal(one, again)
    assert not any(np.array_equal(a, b) for a in one for b in other)
    assert one.shape == (3, 48, 48, 3)
    assert set(np.unique(mask)) == {0, 1, 2}


def test_a_student_cannot_change_the_pictures_of_the_next_call():
    (images, masks), _ = project.pictures()
    before = images.copy()
    images[:], masks[:] = 0, 0
    assert np.array_equal(project.pictures()[0][0], before)


def test_points_rise_straight_from_a_constant_answer_over_half_of_them_to_all():
    scores = [0.0, project.NOTHING, 0.425, project.HALF, 0.7, project.ALL, 1.0]
    assert np.allclose([project.share(score) for score in scores], [0, 0, 0.25, 0.5, 0.75, 1, 1])


def test_half_of_the_points_is_the_lectures_model_and_the_solution_leaves_headroom():
    stored = json.loads((submissions.BANKS / NAME / "scores.json").read_text("utf-8"))
    sources = {
        "lecture": (submissions.BANKS / NAME / "lecture.py").read_text("utf-8"),
        "solution": submissions.solution(NAME).answers[FUNCTION],
    }
    assert stored["processor_seconds"] == project.SECONDS
    means = {}
    for answer, source in sources.items():
        one = stored["answers"][answer]
        assert one["code"] == digest(source), f"{stored['command']} (the code has changed since)"
        assert len(one["scores"]) >= 5
        means[answer] = statistics.mean(one["scores"])
        if answer == "lecture":
            assert abs(means[answer] - project.HALF) < statistics.stdev(one["scores"])
    assert project.HALF < means["solution"] < project.ALL
    assert project.share(means["solution"]) > 0.75


def test_texts_say_how_much_points_differ_when_the_same_answer_is_graded_again():
    stored = json.loads((submissions.BANKS / NAME / "repeated.json").read_text("utf-8"))
    points = [sum(both, []) for both in stored["answers"].values()]
    assert {len(one) for one in points} == {30}
    spreads = ", ".join(f"{value:.1f}" for value in sorted(map(statistics.stdev, points)))
    guide = (submissions.ROOT / "book" / "instructor_guide.md").read_text("utf-8")
    assert f"표준편차가 {spreads}점이었고" in guide
    released = (submissions.ROOT / "exercises" / NAME / f"{NAME}.ipynb").read_text("utf-8")
    wide, narrow = (stored["answers"][name] for name in ("train_on_batch", "epochs"))
    for one in (wide, narrow):
        ends = [round(end(sum(one, []))) for end in (min, max)]
        assert f"{ends[0]}점부터 {ends[1]}점까지" in released


def test_the_bundle_of_students_does_not_hold_the_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("CVBOOK_PROJECT_SEED", SECRET)
    release.bundle(submissions.ROOT, [NAME], tmp_path / "students.zip")
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, content in contents.items() if SECRET.encode() in content]
    config = contents["cvbook/nbgrader_config.py"]
    assert b"CVBOOK_PROJECT" not in config


@pytest.mark.slow
def test_a_class_is_graded_on_hidden_pictures_within_the_time(tmp_path, require_sandbox):
    """One trains in time, one for too long, one is broken; points are what the score gives."""
    course = nbgrader_course.make_course(tmp_path / "course")
    bank = submissions.BANKS / NAME
    answers = {
        "trains": (bank / "right" / f"{FUNCTION}__train_on_batch.py").read_text(),
        "too_long": (bank / "wrong" / f"{FUNCTION}__a_little_too_long.py").read_text(),
        "broken": f"def {FUNCTION}(:",
    }
    released = submissions.ROOT / "exercises" / NAME / f"{NAME}.ipynb"
    for student, source in answers.items():
        notebook = nbformat.read(released, as_version=4)
        next(cell for cell in notebook.cells if cell.id == FUNCTION).source = source
        folder = course / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "cvbook.cli", "grade", NAME, "--course", course,
         "--workers", "2", "--json", tmp_path / "records.json"],
        env=os.environ | {"CVBOOK_PROJECT_SEED": SECRET, "CVBOOK_PROJECT_SECONDS": "8"},
        capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    cells = {
        one["student"]: one["cells"][NAME]
        for one in json.loads((tmp_path / "records.json").read_text())
    }
    hidden = cells["trains"][f"{FUNCTION}-hidden"]
    score = float(hidden["shown"].split()[-1])
    assert score > project.NOTHING
    assert hidden["score"] == pytest.approx(60 * project.share(score), abs=0.1)
    assert cells["trains"][f"{FUNCTION}-visible"]["score"] > 0
    for student, reason in (
        ("too_long", "프로세서 시간 8초가 주어졌는데"),
        ("broken", "함수가 없"),
    ):
        assert cells[student][f"{FUNCTION}-hidden"]["score"] == 0
        assert reason in cells[student][f"{FUNCTION}-visible"]["message"]
    place = course / "autograded" / "trains" / NAME / f"{NAME}.ipynb"
    assert SECRET not in place.read_text()
