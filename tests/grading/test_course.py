"""The course folder: assignments entered into the gradebook, staging folders, configuration."""

import course
import pytest
from nbgrader.api import Gradebook

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
    left = tmp_path / ".cvbook" / "stage-left"
    left.mkdir(parents=True)
    (left / "a.ipynb").touch()
    with Course(tmp_path).stage() as one, Course(tmp_path).stage() as other:
        assert one != other
        assert one.is_dir()
        assert not left.exists()
    assert not list((tmp_path / ".cvbook").glob("stage-*/"))
