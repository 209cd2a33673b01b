"""Reading and normalizing what was handed in, without a kernel."""

import os
from pathlib import Path

import course
import pytest

from cvbook.grading import submission
from cvbook.grading.nbgrader.course import Course


def test_names_that_hurt_a_terminal_are_shown_as_escapes():
    assert submission.printable("가\x1b[2J\n\udcff") == r"가\x1b[2J\n\udcff"


def test_links_are_not_followed_and_change_the_hash(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "secret").write_text("x")
    os.symlink(tmp_path / "secret", tmp_path / "a" / "link")
    before = submission.digest(tmp_path / "a")
    assert submission.read_submission(tmp_path / "a", [], set()).files == {}
    (tmp_path / "a" / "file").write_text("1")
    assert submission.digest(tmp_path / "a") != before


@pytest.mark.parametrize(
    ("name", "shadows"),
    [
        ("numpy.py", True),
        ("mylib/__init__.py", True),
        ("random.pyc", True),
        ("sitecustomize.py", True),
        ("a.pth", True),
        ("helper.py", False),
        ("numpy.txt", False),
    ],
)
def test_files_that_python_would_import_instead_of_a_module_are_known(name, shadows):
    assert submission.shadows_module(Path(name), {"mylib"}) is shadows


def test_a_notebook_gets_its_marks_points_and_locked_cells_from_the_gradebook(tmp_path):
    root = course.make(tmp_path)
    specs = Course(root).enter("basics")
    notebook = course.released()
    course.cell(notebook, "double-visible").source = "pass"  # an edited test
    course.cell(notebook, "double").metadata.nbgrader.points = 100
    notebook.cells = [one for one in notebook.cells if course.grade_id(one) != "mean-hidden"]
    read = submission.read_submission(course.hand_in(root, "kim", notebook), specs, set())
    cells = {one.metadata.nbgrader.grade_id: one for one in read.notebooks["basics"].cells[1:]}
    assert cells["double-visible"].source == "assert_allclose(double(3), 6)"
    assert "np.isclose" in cells["mean-hidden"].source
    assert cells["double"].source == course.RIGHT["double"]
    assert "points" not in cells["double"].metadata.nbgrader
    assert any("고쳐진 잠긴 셀" in note and "double-visible" in note for note in read.notes)
    assert any("지워진 잠긴 셀" in note and "mean-hidden" in note for note in read.notes)


def test_only_the_submissions_own_timestamp_says_when_it_was_handed_in(tmp_path):
    """nbgrader writes it; one in the notebook's folder is the student's own."""
    root = course.make(tmp_path)
    specs = Course(root).enter("basics")
    folder = course.hand_in(root, "kim", course.released())
    (folder / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    inside = folder / os.fsdecode(b"sub\xff")  # an encoding of its own
    inside.mkdir()
    for path in folder.glob("*.ipynb"):
        path.rename(inside / path.name)
    (inside / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    read = submission.read_submission(folder, specs, set())
    assert read.files["timestamp.txt"] == b"2026-03-02 10:00:00.000000 UTC"
    assert read.unclear == ["제출 시각으로 보지 않은 파일: sub\\udcff/timestamp.txt"]
