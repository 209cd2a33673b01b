"""The course folder: assignments entered into the gradebook, staging folders, configuration."""

import os
import stat
import subprocess

import course
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from cvbook.cli import main
from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import with_driver


def test_a_configuration_that_cannot_be_read_is_an_error(tmp_path):
    course.make(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(CvbookError, match=r"nbgrader_config\.py – correct it"):
        Course(tmp_path)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_of_postgresql_gets_the_driver_that_is_installed(scheme):
    assert with_driver(f"{scheme}://me@here/grades") == "postgresql+psycopg://me@here/grades"
    assert with_driver("sqlite:///gradebook.db") == "sqlite:///gradebook.db"


def test_an_assignment_half_entered_by_a_killed_run_is_entered_again(tmp_path):
    root = course.make(tmp_path)
    whole = Course(root).enter("basics")
    with Gradebook(course.sqlite(root), "small") as gradebook:
        gradebook.db.delete(gradebook.find_source_cell("mean-hidden", "basics", "basics"))
        gradebook.db.commit()
    (root / ".cvbook" / "entered" / "basics.json").unlink()
    assert Course(root).enter("basics") == whole
    assert Course(root).enter("basics") == whole


def test_what_a_killed_run_left_is_removed_and_what_a_living_one_has_is_not(tmp_path):
    course.make(tmp_path)
    left = tmp_path / ".cvbook" / "stage-left"
    left.mkdir(parents=True)
    (left / "a.ipynb").touch()
    with Course(tmp_path).stage() as one, Course(tmp_path).stage() as other:
        assert one != other
        assert one.is_dir()
        assert not left.exists()
    assert not list((tmp_path / ".cvbook").glob("stage-*/"))


def test_folders_that_look_like_a_submission_and_are_none_are_named(tmp_path):
    root = course.make(tmp_path)
    course.hand_in(root, "kim")
    for place in ("lee/Basics", "park/1_basics/", "..choi/basics", "seo/other"):
        (root / "submitted" / place).mkdir(parents=True)
    (root / "submitted" / "han").mkdir()
    (root / "submitted" / "han" / "basics.ipynb").touch()
    one = Course(root)
    assert one.students("basics") == ["kim"]
    assert one.passed_over("basics") == [
        "submitted/..choi – its name starts with a dot",
        "submitted/han/basics.ipynb – not in a folder basics",
        "submitted/lee/Basics – is it basics?",
        "submitted/park/1_basics – is it basics?",
    ]


def test_a_gradebook_of_an_older_nbgrader_is_refused_with_the_remedy(tmp_path):
    one = Course(course.make(tmp_path))
    one.enter("basics")
    with one.gradebook() as gradebook:
        gradebook.db.execute(text("UPDATE alembic_version SET version_num = '50a4d84c131a'"))
        gradebook.db.execute(text("ALTER TABLE grade DROP COLUMN extra_credit"))
        gradebook.db.commit()
    with pytest.raises(CvbookError, match=r"older nbgrader .* run `nbgrader db upgrade`"):
        one.enter("basics")


def test_a_course_in_a_folder_with_brackets_is_entered(tmp_path):
    root = tmp_path / "CNN [2026] (봄)"
    root.mkdir()
    specs = Course(course.make(root)).enter("basics")
    assert [spec.name for spec in specs] == ["basics"]


def test_a_folder_that_is_no_course_is_refused_and_stays_empty(tmp_path, capsys):
    for command in ("grade", "feedback", "report", "export"):
        assert main([command, "basics", "--course", str(tmp_path)]) == 1
        assert "no course folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_we_write_into_a_course_is_ignored_by_git(tmp_path):
    root = course.make(tmp_path)
    Course(root).enter("basics")
    subprocess.run(["git", "init", "-q", root], check=True)
    command = ["git", "-C", root, "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "source/basics/basics.ipynb" in listed
    assert ".cvbook" not in listed


@pytest.fixture
def umask():
    """The process's umask, which a shared course changes, as it was afterwards."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize("how", ["rights", "setting"])
def test_in_a_shared_course_everything_is_the_groups_too(tmp_path, umask, how):
    root = course.make(tmp_path)
    (root / "gradebook.db").unlink()  # a new one is the group's too
    if how == "rights":
        root.chmod(0o2770)
    else:
        with (root / "nbgrader_config.py").open("a") as config:
            config.write("c.CourseDirectory.groupshared = True\n")
    Course(root).enter("basics")
    made = [root / "gradebook.db", *(root / ".cvbook").rglob("*")]
    assert len(made) > 4
    assert all(path.stat().st_mode & stat.S_IWGRP for path in made)


def test_a_file_of_jupyter_counts_in_the_folders_of_jupyter_only(tmp_path, monkeypatch):
    """As nbgrader has it: it does not read `jupyter_config` where it is started."""
    root = course.make(tmp_path / "course")
    setting = '{"CourseDirectory": {"submitted_directory": "%s"}}'
    (root / "jupyter_config.json").write_text(setting % "elsewhere")
    assert Course(root).directory.submitted_directory == "submitted"
    folder = tmp_path / "jupyter"
    folder.mkdir()
    (folder / "jupyter_config.json").write_text(setting % "handed_in")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder))
    assert Course(root).directory.submitted_directory == "handed_in"
