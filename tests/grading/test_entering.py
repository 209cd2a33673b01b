"""What is in the gradebook is what the source says, whatever happened to either in between."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import course
import nbformat
import pytest
import situations
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course

TEST = "assert double(1) == {}"
AUTOTESTS = """
python3:
    setup: "x = 1"
    hash: "str({{snippet}})"
    dispatch: "type({{snippet}})"
    normalize: "str({{snippet}})"
    check: 'assert {{snippet}} == "{{value}}", "{{message}}"'
    success: "print('ok')"
    templates:
        default:
            - test: "{{snippet}} MORE"
              fail: "{{snippet}} is wrong"
"""


def book(expected=2, test=TEST):
    cells = [answer("double", "def double(x):\n    return 2 * x")]
    return situations.notebook([*cells, cell("test", test.format(expected), 2)])


def write(root, notebook, path="source/a/a.ipynb"):
    nbformat.write(notebook, root / path)


@pytest.fixture
def root(tmp_path):
    root = situations.assignment(tmp_path / "course", "a", {"a": book()})
    (root / "gradebook.db").write_bytes(course.empty_gradebook())
    return root


def entered(root, name="test"):
    """The cell of the gradebook after entering."""
    Course(root).enter("a")
    with Course(root).gradebook() as gradebook:
        return gradebook.find_source_cell(name, "a", "a").source


def nbgrader(root, *line):
    program = [sys.executable, "-m", "nbgrader", *line]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    }
    subprocess.run(program, cwd=root, env=environment, check=True, capture_output=True, timeout=200)


def test_what_is_as_it_was_is_not_entered_again(root):
    entered(root)
    before = (root / "gradebook.db").read_bytes()
    entered(root)
    assert (root / "gradebook.db").read_bytes() == before


def test_a_restored_gradebook_gets_the_mended_test_again(root):
    write(root, book(3))
    entered(root)
    shutil.copy(root / "gradebook.db", root / "backup.db")
    write(root, book(2))
    assert entered(root) == TEST.format(2)
    shutil.copy(root / "backup.db", root / "gradebook.db")
    assert entered(root) == TEST.format(2)


def test_what_nbgrader_entered_in_between_is_replaced_by_the_source(root):
    entered(root)
    write(root, book(3))
    nbgrader(root, "generate_assignment", "a", "--force")
    write(root, book(2))
    assert entered(root) == TEST.format(2)


def test_a_mended_header_and_footer_count_and_stay_where_they_are(root):
    config = "c.IncludeHeaderFooter.header = 'header.ipynb'\n"
    config += "c.IncludeHeaderFooter.footer = 'footer.ipynb'\n"
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(config)
    for name, text in (("header", "n = 3"), ("footer", "m = 3")):
        write(root, situations.notebook([cell(name, text, locked=True)]), f"{name}.ipynb")
    assert entered(root, "header") == "n = 3"
    write(root, situations.notebook([cell("header", "n = 2", locked=True)]), "header.ipynb")
    write(root, situations.notebook([cell("footer", "m = 2", locked=True)]), "footer.ipynb")
    assert entered(root, "header") == "n = 2"
    assert entered(root, "footer") == "m = 2"
    (spec,) = Course(root).specs("a")
    assert list(spec.cells) == ["header", "double", "test", "footer"]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["source/a/autotests.yml", "autotests.yml"])
def test_a_mended_autotests_yml_makes_another_test(root, place):
    write(root, book(test="### AUTOTEST double(1)"))
    (root / place).write_text(AUTOTESTS.replace("MORE", "+ 1"))
    assert '== "3"' in entered(root)
    (root / place).write_text(AUTOTESTS.replace("MORE", "+ 2"))
    assert '== "4"' in entered(root)
