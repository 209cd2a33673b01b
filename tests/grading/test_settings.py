"""A course's settings of the integrity checks."""

import pkgutil
import subprocess
import sys
import xml
from pathlib import Path

import pytest
from traitlets.config import Config

from cvbook.errors import CvbookError
from cvbook.grading.integrity import settings
from cvbook.grading.nbgrader.course import Course

ROOT = Path(__file__).parents[2]


def guard(watched):
    config = Config({"IntegrityGuard": {"watched_modules": watched}})
    return settings.from_config(config)[0]


def test_a_wildcard_means_the_package_and_all_submodules_at_any_depth():
    expected = {"xml", *(one.name for one in pkgutil.walk_packages(xml.__path__, "xml."))}
    assert {"xml.etree", "xml.etree.ElementTree"} < expected
    assert set(settings.find_modules("xml.*")) == expected
    assert settings.find_modules("xml.etree") == ["xml.etree"]


def test_modules_are_found_without_being_imported():
    code = (
        "import sys; from cvbook.grading.integrity import settings\n"
        "before = set(sys.modules)\n"
        "assert settings.find_modules('keras.ops.*') and settings.find_modules('cvbook.checks.*')\n"
        "print([m for m in set(sys.modules) - before if m.startswith(('keras', 'cvbook.checks'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_modules_are_watched_when_the_assignment_imports_their_package():
    one = guard({"math": ["json.*"]})
    assert "json.scanner" in one.modules(["from math import pi"])
    assert "json.scanner" not in one.modules(["import random"])


def test_nothing_of_a_course_is_watched_by_default():
    one, review = settings.from_config(Config())
    assert one.modules(["import json.decoder"]) == ("json.decoder",)
    assert review.modules() == ()


@pytest.mark.parametrize("name", ["no_such_package", "json.no_such", "json.no_such.*", "..", ""])
def test_a_module_that_does_not_exist_is_an_error_that_names_it(name):
    with pytest.raises(CvbookError, match=r"no such module – .* in IntegrityGuard"):
        guard({"math": [name]}).modules([])
    config = Config({"IntegrityReview": {"answer_modules": [name]}})
    with pytest.raises(CvbookError, match=r"no such module – .* in IntegrityReview"):
        settings.from_config(config)[1].modules()


def test_a_setting_of_the_wrong_type_is_an_error():
    with pytest.raises(CvbookError, match=r"wrong setting – nbgrader_config\.py"):
        guard(["json"])


def test_this_courses_settings_name_modules_that_exist():
    one, review = settings.from_config(Course(ROOT).config)
    assert "cvbook.checks" in one.modules(["from cvbook import checks"])
    assert "cvbook.reference" in review.modules()
