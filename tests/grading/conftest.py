"""Lets the tests here import `course`; a class that was graded."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import course


@pytest.fixture(scope="session")
def graded(require_sandbox, tmp_path_factory):
    """A class graded in one go; the others are compared with it."""
    root = course.make_class(tmp_path_factory.mktemp("class"), 8)
    done = course.grade(root)
    assert done.returncode == 0, done.stderr
    return root
