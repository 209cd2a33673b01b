"""Penalties for lateness follow extensions, times, marks and the policy; nothing is executed."""

import json

import pytest
import situations
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]

POLICY = """\
import json
from pathlib import Path
from nbgrader.plugins import BasePlugin


class Share(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score * json.loads(Path(__file__).with_name("policy.json").read_text())
"""
LATE, IN_TIME = "2026-03-03 11:00:00 UTC", "2026-03-01 11:00:00 UTC"
STUDENTS = ("extended", "free-text", "late", "marked", "missing", "removed")


def book(name):
    essay = cell(f"{name}-essay", "글", 10, kind="markdown", locked=False, solution=True)
    test = cell(f"{name}-test", f"assert {name}(1) == 2", 10)
    return situations.notebook([answer(name, f"def {name}(x):\n    return 2 * x"), test, essay])


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Everybody has 10 points in each of two notebooks, and loses half of them."""
    books = {name: book(name) for name in "ab"}
    config = "import by_share\nc.AssignLatePenalties.plugin_class = by_share.Share\n"
    root = situations.assignment(tmp_path_factory.mktemp("late"), "hw", books, (), config)
    (root / "by_share.py").write_text(POLICY)
    (root / "policy.json").write_text("0.5")
    with Course(root).gradebook() as gradebook:
        gradebook.add_assignment("hw", duedate="2026-03-02 11:00:00 UTC")
    files = {f"{name}.ipynb": situations.handed_in(one) for name, one in books.items()}
    for student in STUDENTS:
        situations.submit(root, student, "hw", files | {"timestamp.txt": LATE})
    done, records = situations.grade(root, "hw")
    assert {one["score"] for one in records.values()} == {10}, done.stderr
    return root


def test_what_changes_after_grading_changes_the_penalty(root):
    place = root / "submitted"
    with Course(root).gradebook() as gradebook:
        gradebook.grant_extension("hw", "extended", days=3)
        gradebook.find_grade("a-essay", "a", "hw", "marked").manual_score = 10
        gradebook.db.commit()
    (place / "removed" / "hw" / "timestamp.txt").unlink()
    (place / "free-text" / "hw" / "timestamp.txt").write_text("제때 냈어요")
    (place / "missing" / "hw" / "timestamp.txt").write_text(IN_TIME)
    (place / "missing" / "hw" / "b.ipynb").unlink()
    done, records = situations.grade(root, "hw")
    assert {name: one["score"] for name, one in records.items()} == {
        "extended": 20, "free-text": 20, "late": 10, "marked": 15, "missing": 10, "removed": 20,
    }, done.stderr  # fmt: skip
    assert "2 with another penalty for lateness: extended, marked\n" in done.stdout
    assert "6 submission(s), 3 unchanged" in done.stdout
    with Course(root).gradebook() as gradebook:  # as Formgrader and exports see it
        late = {
            one.student.id: (one.total_seconds_late, one.late_submission_penalty)
            for one in gradebook.assignment_submissions("hw")
        }
    on_time = dict.fromkeys(("extended", "free-text", "missing", "removed"), (0, 0))
    assert late == on_time | {"late": (24 * 3600, 10), "marked": (24 * 3600, 15)}


def test_data_that_the_policy_reads_counts_at_the_next_run(root):
    (root / "policy.json").write_text("1")
    done, records = situations.grade(root, "hw")
    assert records["late"]["score"] == records["marked"]["score"] == 0, done.stderr
    assert records["removed"]["score"] == 20
    assert "6 unchanged" in done.stdout


def test_a_policy_that_fails_ends_the_run_and_changes_nothing(root):
    with Course(root).gradebook() as gradebook:
        gradebook.grant_extension("hw", "extended")
    before = (root / ".cvbook" / "grades" / "hw" / "late.json").read_text()
    (root / "policy.json").write_text('{"no": "number"}')
    for more in ((), ("--force",)):
        done, _ = situations.grade(root, "hw", *more)
        assert done.returncode == 1
        assert "TypeError" in done.stderr
        assert "Traceback" not in done.stderr
    (root / "policy.json").write_text("0.5")
    assert (root / ".cvbook" / "grades" / "hw" / "late.json").read_text() == before
    done, records = situations.grade(root, "hw")
    assert "6 unchanged" in done.stdout
    assert records["extended"]["score"] == 10
    assert json.loads(before)["cells"]
