"""Lets the tests here import `course`; the sandbox; a class that was graded."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import course

from cvbook.kernels import sandbox


@pytest.fixture(scope="session")
def sandboxed():
    """Students' code never runs without the sandbox: skips, and fails in continuous integration."""
    if reason := sandbox.unavailable_reason():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def graded(sandboxed, tmp_path_factory):
    """A class graded in one go; the others are compared with it."""
    root = course.make_class(tmp_path_factory.mktemp("class"), 8)
    done = course.grade(root)
    assert done.returncode == 0, done.stderr
    return root
