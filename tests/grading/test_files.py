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


def same_ids(n):
    """Two notebooks with the same grade ids have different tests."""
    cells = [answer("f", "f = 1"), cell("t", f"assert f({n}) == {2 * n}", 4)]
    return situations.notebook(cells)


A, B = same_ids(3), same_ids(5)


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    return situations.assignment(tmp_path_factory.mktemp("twins"), "hw", {"a": A, "b": B})


@pytest.mark.parametrize(
    "name", ["B.ipynb", "b (1).ipynb", "b-Copy1.ipynb", "b - 복사본 (2).ipynb", "b_kim.ipynb"]
)
def test_one_file_is_never_two_notebooks(twins, name):
    read_one = read(situations.submit(twins, name, "hw", {name: B}), twins, "hw")
    assert list(read_one.notebooks) == ["b"]
    assert read_one.missing == ["a"]
    assert f"파일 이름이 다름: {name} → b.ipynb" in read_one.notes


def test_renamed_notebooks_with_the_same_grade_ids_are_told_apart_by_their_tests(twins):
    one, two = situations.handed_in(A, f="f = 3"), situations.handed_in(B, f="f = 5")
    files = {"a_kim.ipynb": one, "b_kim.ipynb": two}
    given = read(situations.submit(twins, "both", "hw", files), twins, "hw")
    answers = {name: book.cells[0].source for name, book in given.notebooks.items()}
    assert answers == {"a": "f = 3", "b": "f = 5"}
    assert not given.unclear
    # a second draft of one notebook does not stand in for the missing other one
    drafts = {"a_kim.ipynb": one, "a_kim_old.ipynb": A}
    given = read(situations.submit(twins, "drafts", "hw", drafts), twins, "hw")
    assert given.missing == ["b"]
    assert len(given.unclear) == 1


def test_a_file_that_could_be_either_of_two_notebooks_is_named(tmp_path):
    root = situations.assignment(tmp_path, "hw", {"a": A, "b": A})
    given = read(situations.submit(root, "kim", "hw", {"mine.ipynb": A}), root, "hw")
    assert given.missing == ["b"]
    assert given.unclear == ["mine.ipynb은(는) b.ipynb일 수도 있음: a.ipynb(으)로 채점함"]


@pytest.mark.parametrize("other", ["one (1).ipynb", "mywork/one.ipynb", "final.ipynb"])
def test_a_blank_notebook_beside_a_finished_one_is_for_a_person(root, other):
    blank = situations.handed_in(ONE, a="# YOUR CODE HERE\nraise NotImplementedError()")
    files = {"one.ipynb": blank, other: situations.handed_in(ONE, a="a = 9"), "기초.ipynb": TWO}
    given = read(situations.submit(root, f"blank {other[:3]}", "pair", files), root)
    assert given.unclear == [
        f"one.ipynb에서 비어 있는 답이 {other}에는 있음: one.ipynb을(를) 채점함"
    ]


def test_a_copy_with_other_answers_is_noted(root):
    files = {"one.ipynb": ONE, "one (1).ipynb": situations.handed_in(ONE, a="a = 9")}
    given = read(situations.submit(root, "noted", "pair", files | {"기초.ipynb": TWO}), root)
    assert given.notes == ["답이 다른 사본을 뺌: one (1).ipynb"]
    assert not given.unclear


@pytest.mark.parametrize("broken", ["", "{cut"])
def test_a_broken_notebook_is_replaced_by_its_copy_and_a_person_told(root, broken):
    files = {"one.ipynb": broken, "one-Copy1.ipynb": ONE, "기초.ipynb": TWO}
    given = read(situations.submit(root, f"broken{broken}", "pair", files), root)
    assert not given.missing
    assert given.notebooks["one"].cells[1].source == ONE.cells[1].source
    assert len(given.unclear) == 1
    assert "one.ipynb (깨진 JSON (1번째 줄)) 대신 one-Copy1.ipynb" in given.unclear[0]


def test_a_broken_notebook_in_a_folder_is_said_to_be_broken(root):
    files = {"hw/one.ipynb": "{cut", "기초.ipynb": TWO}
    given = read(situations.submit(root, "broken in a folder", "pair", files), root)
    assert given.missing == ["one"]
    assert given.notes == ["읽을 수 없는 노트북 hw/one.ipynb: 깨진 JSON (1번째 줄)"]
