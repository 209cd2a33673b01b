"""Retries after transient errors of the gradebook's database."""

import sqlite3
import time

import pytest
from sqlalchemy.exc import OperationalError

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import BACKOFF, retry


def test_a_locked_database_is_tried_again_with_growing_pauses(tmp_path):
    """Another process holds the write lock during the first two attempts."""
    (tmp_path / "source").mkdir()
    path = tmp_path / "gradebook.db"
    with Course(tmp_path).gradebook():
        pass
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    times = []

    def add():
        times.append(time.monotonic())
        if len(times) == 3:
            other.execute("COMMIT")
        with sqlite3.connect(path, timeout=0) as own:
            try:
                own.execute("INSERT INTO student (id) VALUES ('kim')")
            except sqlite3.OperationalError as error:
                raise OperationalError("INSERT", {}, error) from error
        return "added"

    assert retry(add) == "added"
    first, second = times[1] - times[0], times[2] - times[1]
    assert first >= BACKOFF
    assert second >= 2 * BACKOFF


def test_the_last_attempt_raises_its_error_and_other_errors_are_not_retried():
    calls = []

    def fail(error):
        calls.append(error)
        raise error

    with pytest.raises(OperationalError):
        retry(lambda: fail(OperationalError("SELECT", {}, Exception("gone"))), attempts=2)
    assert len(calls) == 2
    with pytest.raises(ValueError, match="no"):
        retry(lambda: fail(ValueError("no")))
    assert len(calls) == 3
