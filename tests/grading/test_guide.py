"""The instructors' guide: every command on an LMS does what the text says."""

import re
import shlex
from pathlib import Path

import course
import nbformat
import pytest
from test_lms import (
    NOTEBOOK,
    canvas_file,
    canvas_list,
    make_zip,
    moodle_list,
    people,
    read_csv,
)

from cvbook.cli import main
from cvbook.grading.nbgrader.course import Course

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # nbgrader's models
]
GUIDE = (Path(__file__).parents[2] / "book/instructor_guide.md").read_text("utf-8")
NAME = "07_separable_conv"


def commands(title):
    """The guide's commands under that first line."""
    block = re.search(rf"^```bash\n# {title}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[1]
    return [shlex.split(line)[1:] for line in block.splitlines()]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The guide's course folder, with a small assignment of that name."""
    (tmp_path / "nbgrader_config.py").write_text(course.CONFIG)
    source = tmp_path / "source" / NAME
    source.mkdir(parents=True)
    nbformat.write(course.source(), source / f"{NAME}.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grade_by_hand(folder):
    with Course(folder).gradebook() as gradebook:
        for student in gradebook.students:
            gradebook.update_or_create_submission(NAME, student.id)
            for grade in gradebook.find_submission(NAME, student.id).notebooks[0].grades:
                grade.manual_score, grade.needs_manual_grade = grade.max_score, False
        gradebook.db.commit()


@pytest.mark.parametrize("kind", ["Canvas", "Moodle"])
def test_a_class_of_an_lms_is_collected_and_its_list_filled(folder, kind, capsys):
    students = people()[:3]
    if kind == "Canvas":
        roster = canvas_list(folder / "grades.csv", students)
        roster.write_bytes(roster.read_bytes().replace(b"basics (4711)", f"{NAME} (4711)".encode()))
        names = [canvas_file(one, 10 + n, f"{NAME}.ipynb") for n, one in enumerate(students)]
    else:
        moodle_list(folder / "worksheet.csv", students)
        names = [
            f"{one['last']}{one['first']}_{one['lms']}_assignsubmission_file/{NAME}.ipynb"
            for one in students
        ]
    make_zip(folder / "submissions.zip", dict.fromkeys(names, NOTEBOOK))
    collect, export = commands(kind)
    assert main(collect) == 0
    assert "3 new" in capsys.readouterr().out
    grade_by_hand(folder)
    assert main(export) == 0
    column = f"{NAME} (4711)" if kind == "Canvas" else "성적"
    header, *rows = read_csv(folder / "upload.csv")
    lms = 1 if kind == "Canvas" else 0
    scores = {row[lms].split()[-1]: row[header.index(column)] for row in rows if row[lms].strip()}
    assert [scores[one["lms"]] for one in students] == ["15"] * 3


def test_folders_are_collected_and_grades_written_as_csv(folder):
    for student in ("kim", "lee"):
        place = folder / "downloads" / student
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_text(NOTEBOOK)
    for command in commands("폴더"):
        assert main(command) == 0
    with Course(folder).gradebook() as gradebook:
        gradebook.add_student("kim")
    grade_by_hand(folder)
    for command in commands("CSV"):
        assert main(command) == 0
    written = {path.name for path in folder.glob("*.csv")}
    assert written == {f"{NAME}.csv", f"{NAME}-tasks.csv", "grades.csv"}
