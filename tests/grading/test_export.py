"""Exported grades, by `cvbook export` and by `nbgrader export`."""

import subprocess
import sys
from pathlib import Path

import course
import nbformat
import pytest
import situations

from cvbook.cli import main
from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs import export

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's models


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A course folder whose gradebook was filled by hand: two assignments, two students."""
    (tmp_path / "nbgrader_config.py").write_text(course.CONFIG)
    (tmp_path / "gradebook.db").write_bytes(course.empty_gradebook())
    monkeypatch.chdir(tmp_path)
    with Course(tmp_path).gradebook() as gradebook:
        for name in ("one", "two"):
            gradebook.add_assignment(name)
            gradebook.add_notebook("n", name)
            gradebook.add_grade_cell("q", "n", name, max_score=10, cell_type="code")
        gradebook.add_student("=cmd()", email="a@b", lms_user_id="7")
        gradebook.add_student("kim", first_name="철수", last_name="김")
        gradebook.add_submission("one", "kim")
        grade = gradebook.find_grade("q", "n", "one", "kim")
        grade.auto_score, grade.needs_manual_grade = 7.5, False
        gradebook.db.commit()
    return tmp_path


def write_source(root, *cells):
    """Write the notebook of the first assignment, which says which cells are a task."""
    folder = root / "source" / "one"
    folder.mkdir(parents=True)
    nbformat.write(situations.notebook(list(cells)), folder / "n.ipynb")


def lines(path):
    content = path.read_bytes()
    assert content.startswith("\ufeff".encode())  # or spreadsheets garble Korean
    return content.decode("utf-8-sig").split("\r\n")[:-1]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "csv",
            [
                "assignment,student,first_name,last_name,email,score,max_score,late_penalty,"
                "needs_manual_grade",
                "one,'=cmd(),,,a@b,,10,0,False",
                "one,kim,철수,김,,7.5,10,0,False",
            ],
        ),
        (
            "canvas",
            [
                "Student,ID,SIS Login ID,Section,one",
                "    Points Possible,,,,10",
                "'=cmd(),7,'=cmd(),,",
                '"김, 철수",,kim,,7.5',
            ],
        ),
        ("moodle", ["username,email,idnumber,one", "'=cmd(),a@b,7,-", "kim,,,7.5"]),
    ],
)
def test_each_format_has_the_columns_that_its_reader_looks_for(small, capsys, kind, expected):
    assert main(["export", "one", "--to", kind, "-o", "out.csv"]) == 0
    assert "2 student(s)" in capsys.readouterr().out
    assert lines(small / "out.csv") == expected


def test_nbgrader_exports_with_our_exporters_several_assignments_side_by_side(small):
    name = f"{export.CanvasExporter.__module__}.CanvasExporter"
    nbgrader = Path(sys.executable).with_name("nbgrader")
    subprocess.run(
        [nbgrader, "export", f"--exporter={name}", "--to=canvas.csv", "--student=kim"],
        cwd=small, check=True, capture_output=True,
    )  # fmt: skip
    assert lines(small / "canvas.csv") == [
        "Student,ID,SIS Login ID,Section,one,two",
        "    Points Possible,,,,10,10",
        '"김, 철수",,kim,,7.5,',
    ]


def test_an_assignment_that_the_gradebook_does_not_know_is_an_error(small):
    with (
        Course(small).gradebook() as gradebook,
        pytest.raises(CvbookError, match="not in the gradebook – other"),
    ):
        export.grades(gradebook, "other")
    assert main(["export", "other"]) == 1
    assert not (small / "other.csv").exists()


def test_a_column_for_each_task_is_empty_while_it_waits_for_a_person(small, capsys):
    write_source(
        small, situations.answer("answer"), situations.cell("q", "f()", 10),
        situations.cell("q-hidden", "f()", 5),
        situations.cell("essay", "쓴다", 4, kind="markdown", solution=True, locked=False),
    )  # fmt: skip
    with Course(small).gradebook() as gradebook:
        gradebook.add_grade_cell("q-hidden", "n", "one", max_score=5, cell_type="code")
        gradebook.add_grade_cell("essay", "n", "one", max_score=4, cell_type="markdown")
        gradebook.remove_submission("one", "kim")
        gradebook.add_submission("one", "kim")
        for name, score in (("q", 7.5), ("q-hidden", 5)):
            grade = gradebook.find_grade(name, "n", "one", "kim")
            grade.auto_score, grade.needs_manual_grade = score, False
        gradebook.find_grade("essay", "n", "one", "kim").needs_manual_grade = True
        gradebook.db.commit()
    assert main(["export", "one", "--per-task"]) == 0
    assert lines(small / "one-tasks.csv") == [
        "student,name,one,one/answer (15),one/essay (4)",
        "'=cmd(),,,,",
        'kim,"김, 철수",12.5,12.5,',
    ]
    assert "one: answers of 1 student(s) wait" in capsys.readouterr().err


def test_nbgraders_own_names_of_cells_make_one_column_a_task_in_the_notebooks_order(small):
    """JupyterLab's extension names cells `cell-` and a hash."""
    names = ["cell-9f2e", "cell-0a1b", "cell-77aa", "cell-1c3d"]
    write_source(
        small, situations.answer(names[0]), situations.cell(names[1], "f()", 3),
        situations.answer(names[2]), situations.cell(names[3], "g()", 3),
    )  # fmt: skip
    with Course(small).gradebook() as gradebook:
        gradebook.remove_submission("one", "kim")
        for name in (names[3], names[1]):
            gradebook.add_grade_cell(name, "n", "one", max_score=3, cell_type="code")
        gradebook.add_submission("one", "kim")
        for name, score in (("q", 1), (names[1], 2), (names[3], 3)):
            grade = gradebook.find_grade(name, "n", "one", "kim")
            grade.auto_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
    nbgrader = Path(sys.executable).with_name("nbgrader")
    kind = f"--exporter={export.TaskExporter.__module__}.TaskExporter"
    subprocess.run(
        [nbgrader, "export", kind, "--to=t.csv", "--student=kim", "--assignment=one"],
        cwd=small, check=True, capture_output=True,
    )  # fmt: skip
    # What the notebook no longer has, and the gradebook still counts, has a column too.
    header = "student,name,one,one/cell-9f2e (3),one/cell-77aa (3),one/q (10)"
    assert lines(small / "t.csv") == [header, 'kim,"김, 철수",6,2,3,1']


def test_all_assignments_go_into_one_file(small):
    assert main(["export", "--all", "--to", "canvas"]) == 0
    assert lines(small / "grades-canvas.csv")[0] == "Student,ID,SIS Login ID,Section,one,two"
    assert main(["export", "--all", "--per-task"]) == 0
    header = "student,name,one,one/q (10),two,two/q (10)"
    assert lines(small / "grades-tasks.csv")[0] == header


@pytest.mark.parametrize(
    "arguments", [[], ["one", "--all"], ["--all", "--roster", "x.csv", "--column", "one"]]
)
def test_unclear_wishes_are_refused(small, arguments, capsys):
    assert main(["export", *arguments]) == 1
    assert "cvbook export" in capsys.readouterr().err


def canvas(path, *titles, points=10):
    """What Canvas's *Grades, Export* writes for one student and a guest."""
    students = ["Student,ID,SIS Login ID,Section", "    Points Possible,,,", '"김, 철수",7,kim,1']
    cells = [",".join(titles), ",".join([str(points)] * len(titles)), "," * (len(titles) - 1)]
    text = "\n".join(f"{line},{cell}" for line, cell in zip(students, cells, strict=True))
    path.write_text(text + "\n", encoding="utf-8-sig")


def test_every_assignment_with_a_column_goes_into_the_list_of_canvas(small, capsys):
    with Course(small).gradebook() as gradebook:
        gradebook.add_assignment("three")  # nobody was graded
        gradebook.add_submission("two", "kim")
        grade = gradebook.find_grade("q", "n", "two", "kim")
        grade.auto_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    canvas(small / "list.csv", "other (1)", "two (2)", "one (3)", "three (4)")
    assert main(["export", "--all", "--roster", "list.csv"]) == 0
    assert lines(small / "grades-list.csv") == [
        "Student,ID,SIS Login ID,Section,two (2),one (3)",
        "    Points Possible,,,,10,10",
        '"김, 철수",7,kim,1,2,7.5',
    ]
    canvas(small / "list.csv", "one (3)")
    assert main(["export", "--all", "--roster", "list.csv"]) == 3
    assert "no column in list.csv: two" in capsys.readouterr().out
    canvas(small / "list.csv", "other (1)")
    assert main(["export", "--all", "--roster", "list.csv"]) == 1
    assert "no column for one, two – list.csv" in capsys.readouterr().err


def test_no_column_is_filled_while_an_answer_of_one_assignment_waits(small, capsys):
    with Course(small).gradebook() as gradebook:
        gradebook.add_submission("two", "kim")
        gradebook.find_grade("q", "n", "two", "kim").needs_manual_grade = True
        gradebook.db.commit()
    canvas(small / "list.csv", "one (3)", "two (2)")
    assert main(["export", "--all", "--roster", "list.csv"]) == 1
    assert "two: kim" in capsys.readouterr().err
    assert not (small / "grades-list.csv").exists()


def test_a_worksheet_of_moodle_which_holds_one_assignment_is_not_filled_with_all(small, capsys):
    (small / "list.csv").write_text("식별자,성명,성적,최고 성적\n참가자 7,김철수,,10\n")
    assert main(["export", "--all", "--roster", "list.csv"]) == 1
    assert "has one assignment – list.csv – name that" in capsys.readouterr().err
