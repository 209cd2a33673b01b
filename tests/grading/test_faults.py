"""A mended test counts at the next run; a fault of the machine or the course is never a zero."""

import datetime
import shutil

import nbformat
import pytest
import situations
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]

PLUGIN = """\
from nbgrader.plugins import BasePlugin


class Late(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {}
"""


def book(setup="import math", hidden="assert double(2) == 5", cells=()):
    hidden = f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    return situations.notebook(
        [
            cell("setup", setup, locked=True),
            answer("double", "def double(x):\n    return 2 * x"),
            cell("hidden", hidden, 3),
            cell("essay", "글", 2, kind="markdown", locked=False, solution=True),
            *cells,
        ]
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Three students who did everything right, against a hidden test with a mistake."""
    root = situations.assignment(tmp_path_factory.mktemp("faults"), "a", {"a": book()})
    with Course(root).gradebook() as gradebook:
        gradebook.add_assignment("a", duedate="2026-03-02 00:00:00 UTC")
    mine = situations.handed_in(
        book(), double="def double(x):\n    return 2 * x", essay="두 배", hidden=""
    )
    for student in ("kim", "lee", "park"):
        files = {"a.ipynb": mine, "timestamp.txt": "2026-03-01 00:00:00 UTC"}
        situations.submit(root, student, "a", files)
    done, records = situations.grade(root, "a")
    assert done.returncode == 0, done.stderr
    assert {one["score"] for one in records.values()} == {0}
    with Course(root).gradebook() as gradebook:
        grade = gradebook.find_grade("essay", "a", "a", "kim")
        grade.manual_score = 2
        gradebook.find_comment("essay", "a", "a", "kim").manual_comment = "좋음"
        gradebook.db.commit()
    return root


def scores(root):
    with Course(root).gradebook() as gradebook:
        return {
            submission.student.id: (submission.score, submission.late_submission_penalty)
            for submission in gradebook.assignment_submissions("a")
        }


def write(root, notebook):
    nbformat.write(notebook, root / "source" / "a" / "a.ipynb")


def is_refused(done, *said):
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert all(text in done.stderr for text in said), done.stderr
    return True


def test_a_mended_test_counts_at_the_next_run_and_manual_grades_stay(root):
    write(root, book(hidden="assert double(2) == 4"))
    done, records = situations.grade(root, "a")
    assert done.stdout.startswith("3 to grade again: 검사 셀이 바뀜: hidden\n"), done.stderr
    assert {name: one["score"] for name, one in records.items()} == {"kim": 5, "lee": 3, "park": 3}
    with Course(root).gradebook() as gradebook:
        assert gradebook.find_comment("essay", "a", "a", "kim").manual_comment == "좋음"


MENDED = "assert double(2) == 4"


def test_a_missing_module_ends_the_run_by_name_and_changes_nothing(root):
    before = scores(root)
    write(root, book("import math\nimport not_installed_here", MENDED))
    done, _ = situations.grade(root, "a")
    assert is_refused(done, "No module named 'not_installed_here'", "no grade was changed")
    assert scores(root) == before
    write(root, book(hidden=MENDED))
    again, _ = situations.grade(root, "a")
    assert "3 unchanged" in again.stdout, again.stdout


def test_first_submissions_that_all_fail_alike_end_the_run(root):
    before = scores(root)
    write(root, book("data = open('/not/there.csv').read()", MENDED))
    new = situations.submit(root, "jang", "a", {"a.ipynb": book()})  # one of four
    done, _ = situations.grade(root, "a")
    assert is_refused(done, "all fail alike – ", " – FileNotFoundError")
    named = done.stderr.partition("alike – ")[2].partition(" – ")[0].split(", ")
    assert len({*named}) == 3  # those that failed first
    assert {*named} < {"jang", "kim", "lee", "park"}
    assert scores(root) == before
    shutil.rmtree(new.parent)


SETUP = "import os\ndata = open(os.environ.get('DATA', '/not/there.csv')).read()"


@pytest.mark.parametrize("others", [False, True])
def test_an_error_before_any_answer_is_told_and_tried_again(tmp_path, others):
    root = situations.assignment(tmp_path, "a", {"a": book(SETUP, MENDED)})
    mine = situations.handed_in(book(SETUP), double="def double(x):\n    return 2 * x", hidden="")
    situations.submit(root, "lee", "a", {"a.ipynb": mine})
    if others:
        mine.cells.insert(
            0, nbformat.v4.new_code_cell("import os\nos.environ['DATA'] = '/dev/null'")
        )
        situations.submit(root, "kim", "a", {"a.ipynb": mine})
    for unchanged in (0, int(others)):
        done, records = situations.grade(root, "a")
        assert records["lee"]["status"] == "unclear", done.stderr
        assert "FileNotFoundError" in "".join(records["lee"]["unclear"])
        assert f" {unchanged} unchanged" in done.stdout
        assert not others or (records["kim"]["score"], records["kim"]["unclear"]) == (3, [])


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("import late\nc.AssignLatePenalties.plugin_class = late.Late\n", "No module named 'late'"),
        ("c.AssignLatePenalties.plugin_class = 'gone.Late'\n", "gone"),
        ("c.Autograde.create_student = 'yes'\n", "create_student"),
        ("c.Autograde.autograde_preprocessors = ['no.such.Step']\n", "no"),
    ],
)
def test_a_setting_or_plugin_that_fails_ends_the_run_before_the_first_submission(
    root, config, said
):
    write(root, book(hidden=MENDED))
    before, settings = scores(root), (root / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(settings + config)
    done, _ = situations.grade(root, "a")
    (root / "nbgrader_config.py").write_text(settings)
    assert is_refused(done, said)
    assert scores(root) == before


def test_a_plugin_of_another_folder_that_fails_changes_no_grade_either(root, tmp_path):
    write(root, book(hidden=MENDED))
    (tmp_path / "policy.py").write_text(PLUGIN.format("{}[student_id]"))
    settings = (root / "nbgrader_config.py").read_text()
    more = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport policy\n"
    more += "c.AssignLatePenalties.plugin_class = policy.Late\n"
    (root / "nbgrader_config.py").write_text(settings + more)
    stamp = root / "submitted" / "kim" / "a" / "timestamp.txt"
    stamp.write_text("2026-03-03 00:00:00 UTC")
    before = scores(root)
    done, _ = situations.grade(root, "a", "--student", "kim", "--force")
    (root / "nbgrader_config.py").write_text(settings)
    stamp.write_text("2026-03-01 00:00:00 UTC")
    assert is_refused(done, "grading failed – kim – KeyError")
    assert scores(root) == before


def test_a_plugin_of_the_course_folder_is_found_and_one_that_fails_changes_no_grade(root):
    write(root, book(hidden=MENDED))
    (root / "penalties.py").write_text(PLUGIN.format("1 / 0"))
    config = "import penalties\nc.AssignLatePenalties.plugin_class = penalties.Late\n"
    (root / "nbgrader_config.py").write_text((root / "nbgrader_config.py").read_text() + config)
    before = scores(root)
    (root / "submitted" / "lee" / "a" / "timestamp.txt").write_text("2026-03-03 00:00:00 UTC")
    done, _ = situations.grade(root, "a", "--student", "lee")
    assert is_refused(done, "grading failed – lee – ZeroDivisionError")
    assert scores(root) == before
    (root / "penalties.py").write_text(PLUGIN.format("1"))
    done, records = situations.grade(root, "a")
    assert records["lee"]["score"] == 2, done.stderr
    with Course(root).gradebook() as gradebook:
        gradebook.find_assignment("a").duedate = datetime.datetime(2026, 3, 4)
        gradebook.db.commit()
    done, records = situations.grade(root, "a")
    assert "마감 시각이 바뀜" in done.stdout
    assert records["lee"]["score"] == 3
