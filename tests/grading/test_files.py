"""What is beside a notebook, and which file is which notebook: without a kernel."""

import json
import unicodedata

import pytest
import situations
from situations import answer, cell

from cvbook.grading.nbgrader.course import Course
from cvbook.grading.submission import read_submission


def book(text):
    cells = [cell("setup", "import csv", locked=True), answer("a", text), cell("t", "assert a", 4)]
    return situations.notebook(cells)


ONE, TWO = book("a = 1"), book("a = 2")


def read(folder, root, name="pair", trusted=frozenset()):
    specs = Course(root).enter(name)
    return read_submission(folder, specs, set(trusted))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("files")
    return situations.assignment(root, "pair", {"one": ONE, "기초": TWO}, {"data.csv": "1"})


def test_a_notebook_is_never_read_as_another_one_with_the_same_grade_ids(root):
    mine = situations.handed_in(ONE, a="a = 7")
    read_one = read(situations.submit(root, "a", "pair", {"one.ipynb": mine}), root)
    assert read_one.missing == ["기초"]
    assert list(read_one.notebooks) == ["one"]
    in_folder = read(situations.submit(root, "b", "pair", {"x/one.ipynb": mine}), root)
    assert (in_folder.missing, list(in_folder.notebooks)) == (["기초"], ["one"])


def test_a_name_in_another_unicode_form_is_the_same_notebook(root):
    name = unicodedata.normalize("NFD", "기초.ipynb")
    given = read(situations.submit(root, "nfd", "pair", {name: TWO, "one.ipynb": ONE}), root)
    assert sorted(given.notebooks) == ["one", "기초"]


def test_files_of_the_folder_that_a_learning_platform_makes_stay_beside_the_notebook(root):
    files = {
        "hw_kim/one.ipynb": ONE,
        "hw_kim/기초.ipynb": TWO,
        "hw_kim/measured.csv": "1,2",
        "hw_kim/mine/__init__.py": "",
        "hw_kim/mine/blocks.py": "b = 1",
        "hw_kim/numpy.py": "",
        "measured.csv": "other",
        "more/notes.txt": "x",
        "__MACOSX/hw_kim/._one.ipynb": b"\x00\x05\x16\x07",
        "__MACOSX/hw_kim/._measured.csv": b"\x00\x05\x16\x07",
    }
    given = read(situations.submit(root, "lms", "pair", files), root)
    assert given.files == {
        "measured.csv": b"1,2",
        "mine/__init__.py": b"",
        "mine/blocks.py": b"b = 1",
        "more/notes.txt": b"x",
    }
    said = "; ".join(given.notes)
    assert "모듈을 가리는 파일을 뺌: hw_kim/numpy.py" in said
    assert "같은 이름의 파일이 노트북 옆에 있어 뺌: measured.csv" in said


def test_two_files_that_could_be_the_notebook_are_named(root):
    other = situations.handed_in(ONE, a="a = 8")
    files = {"one (1).ipynb": ONE, "one (2).ipynb": other, "기초.ipynb": TWO}
    given = read(situations.submit(root, "twice", "pair", files), root)
    assert len(given.unclear) == 1
    assert "one (1).ipynb" in given.unclear[0]
    assert "one (2).ipynb" in given.unclear[0]


def test_the_notebook_that_the_student_names_right_counts_beside_a_copy(root):
    other = situations.handed_in(ONE, a="a = 8")
    files = {"one.ipynb": ONE, "one-Copy1.ipynb": other, "기초.ipynb": TWO}
    given = read(situations.submit(root, "copy", "pair", files), root)
    assert not given.unclear
    assert json.loads(json.dumps(given.notebooks["one"].cells))[1]["source"] == ONE.cells[1].source
