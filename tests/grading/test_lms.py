"""A class of an LMS: its download is collected, its list of students is filled with the grades."""

import csv
import io
import re
import unicodedata
import zipfile

import course
import nbformat
import pytest

from cvbook.cli import main
from cvbook.errors import CvbookError
from cvbook.grading.lms.roster import read_roster
from cvbook.grading.nbgrader.course import Course

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # nbgrader's models
]

COUNT = 200
NOTEBOOK = nbformat.writes(course.released())
FAMILY, GIVEN = "김이박최정", ["민수", "서연", "도윤", "하은"]


def people() -> list[dict[str, str]]:
    """200 students; by five and four syllables there are ten of each name."""
    return [
        {
            "last": FAMILY[n % 5],
            "first": GIVEN[n % 4],
            "lms": str(9000 + n),
            "login": f"s2026{n:04d}",
        }
        for n in range(COUNT)
    ]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A course folder."""
    course.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_csv(path, lines, encoding="utf-8"):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(lines)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def canvas_list(path, students):
    """What *Grades, Export* writes."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "basics (4711)"]
    lines = [
        [f"{one['last']}, {one['first']}", one["lms"], "", one["login"], "1반", "", "3"]
        for one in students
    ]
    points = ["    Points Possible", "", "", "", "", "15", "(read only)"]
    test = ["Student, Test", "1", "", "test", "1반", "", ""]
    return write_csv(path, [[*header, "Final Score"], points, *lines, test], "utf-8-sig")


def canvas_file(one, number, name="basics.ipynb", late=False):
    """A name as Canvas's `get_filename` makes it: sortable name, LATE, user and file."""
    parts = [f"{one['last']}, {one['first']}".lower(), *["LATE"] * late, one["lms"]]
    start = re.sub(r"[^\w]", "", "_".join(parts))
    return f"{start}_{number}_{name}"


def moodle_list(path, students):
    """The grading worksheet of an assignment, in Korean."""
    header = ["식별자", "성명", "이메일 주소", "상태", "성적", "최고 성적", "최종 수정 (성적)"]
    lines = [
        [
            *(f"참가자 {one['lms']}", f"{one['last']}{one['first']}"),
            *(f"{one['login']}@school.kr", "제출됨", "", "15.00", "-"),
        ]
        for one in students
    ]
    return write_csv(path, [header, *lines])


def make_zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def enter_grades(folder, scores):
    """Give the submissions grades, as a grading run and a person would."""
    with Course(folder).gradebook() as gradebook:
        for student, score in scores.items():
            gradebook.add_submission("basics", student)
            for name in ("double-visible", "double-hidden", "mean-visible", "mean-hidden"):
                gradebook.find_grade(name, "basics", "basics", student).auto_score = 0
            grade = gradebook.find_grade("written", "basics", "basics", student)
            grade.manual_score = score
            for one in gradebook.find_submission("basics", student).notebooks[0].grades:
                one.needs_manual_grade = False
        gradebook.db.commit()


def submitted(folder):
    return {path.parts[-3] for path in folder.glob("submitted/*/basics/basics.ipynb")}


@pytest.mark.parametrize("kind", ["canvas", "moodle"])
def test_every_grade_of_200_returns_to_its_place_or_is_named(folder, capsys, kind):
    students = people()
    unknown = {"last": "남", "first": "궁", "lms": "77", "login": "x"}
    present = [*students[:-1], unknown]  # the last one hands in nothing
    if kind == "canvas":
        roster = canvas_list(folder / "list.csv", students)
        names = {one["lms"]: one["login"] for one in students}
        files = {canvas_file(one, 5000 + n): NOTEBOOK for n, one in enumerate(present)}
    else:
        roster = moodle_list(folder / "list.csv", students)
        names = {one["lms"]: f"{one['login']}@school.kr" for one in students}
        files = {
            f"{one['last']}{one['first']}_{one['lms']}_assignsubmission_file/basics.ipynb": NOTEBOOK
            for one in present
        }
    download = make_zip(folder / "all.zip", files)
    arguments = ["collect", "basics", str(download), "--from", kind, "--roster", str(roster)]
    assert main(arguments) == 3
    said = capsys.readouterr().out
    expected = {names[one["lms"]] for one in students[:-1]}
    assert submitted(folder) == expected
    assert "남궁 77 is not in list.csv" in said
    assert f"nothing from: {names[students[-1]['lms']]}" in said

    given = {names[one["lms"]]: n % 6 for n, one in enumerate(students[:-1])}
    enter_grades(folder, given)
    assert main(["export", "basics", "--roster", str(roster), "-o", "back.csv"]) == 0
    before, after = read_csv(roster), read_csv(folder / "back.csv")
    at = after[0].index("basics (4711)" if kind == "canvas" else "성적")
    lms = 1 if kind == "canvas" else 0
    found = {row[lms].split()[-1]: row[at] for row in after[1:] if row[lms].strip()}
    assert {number: found[number] for number in names} == {
        one["lms"]: str(given.get(names[one["lms"]], "")) for one in students
    }
    # The importer finds the columns that it reads, as they were.
    kept = range(5) if kind == "canvas" else [0, 1, 2, 3, 5, 6]
    assert [[row[i] for i in kept] for row in after] == [[row[i] for i in kept] for row in before]
    assert ("Final Score" in after[0]) is False


def test_the_newest_attempt_counts_and_the_others_are_named(folder, capsys):
    one = people()[0]
    files = {
        canvas_file(one, 10): "{}",
        canvas_file(one, 30, "basics-2.ipynb"): NOTEBOOK,
        canvas_file(one, 20, "basics-1.ipynb"): "{}",
    }
    download = make_zip(folder / "all.zip", files)
    assert main(["collect", "basics", str(download), "--from", "canvas"]) == 3
    assert (folder / "submitted/9000/basics/basics.ipynb").read_text() == NOTEBOOK
    said = capsys.readouterr().out
    assert said.count("older than 김민수_9000_") == 2
    assert "basics-2.ipynb is basics.ipynb" in said


def test_a_second_download_updates_what_changed_and_nothing_else(folder, capsys):
    first, second = people()[:2]
    files = {canvas_file(first, 1): NOTEBOOK, canvas_file(second, 2): NOTEBOOK}
    command = ["collect", "basics", "all.zip", "--from", "canvas"]
    make_zip(folder / "all.zip", files)
    assert main(command) == 0
    assert "2 new, 0 updated, 0 unchanged" in capsys.readouterr().out
    changed = course.released()
    course.answer(changed, "written", "다시 쓴 답")
    make_zip(folder / "all.zip", {**files, canvas_file(second, 3): nbformat.writes(changed)})
    assert main(command) == 3  # the older attempt is named
    assert "0 new, 1 updated, 1 unchanged" in capsys.readouterr().out
    assert "다시 쓴 답" in (folder / "submitted/9001/basics/basics.ipynb").read_text()


def test_a_notebook_is_known_by_its_cells_and_another_assignment_stays_out(folder, capsys):
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    files = {
        "kim/과제 최종.ipynb": NOTEBOOK,
        "lee/basics (1).ipynb": NOTEBOOK,
        "park/07_other.ipynb": nbformat.writes(other),
        "stray.ipynb": NOTEBOOK,
    }
    make_zip(folder / "all.zip", files)
    assert main(["collect", "basics", "all.zip", "--from", "files"]) == 3
    assert submitted(folder) == {"kim", "lee"}
    said = capsys.readouterr().out
    assert "left out: park/07_other.ipynb – no notebook of this assignment" in said
    assert "left out: stray.ipynb – in no student's folder" in said


def test_zip_files_within_are_opened_with_korean_names_of_windows(folder):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("AAAA/basics.ipynb", NOTEBOOK)
        archive.writestr("AAAA/AAAA.csv", "1,2")
        archive.writestr("__MACOSX/basics.ipynb", "junk")
    raw = inner.getvalue().replace(b"AAAA", "자료".encode("cp949"))  # Windows does not say which
    make_zip(folder / "all.zip", {"김민수_9000_assignsubmission_file_/제출.zip": raw})
    assert main(["collect", "basics", "all.zip", "--from", "moodle"]) == 0
    names = {path.name for path in (folder / "submitted/9000/basics").iterdir()}
    assert names == {"basics.ipynb", "자료.csv"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("moodle", "김민수_9000_assignsubmission_file_/work.zip"),
        ("canvas", "김민수_9000_456_work.zip"),
        ("canvas", "submissions_2026_03_02/김민수_LATE_9000_456_work.zip"),
        ("files", "9000/work.zip"),
    ],
)
def test_a_zip_file_of_a_student_keeps_its_folders(folder, capsys, kind, name):
    inner = io.BytesIO()
    files = {
        "hw_kim/old/basics.ipynb": "{}",
        "hw_kim/basics.ipynb": NOTEBOOK,
        "hw_kim/basics (1).ipynb": "{}",
        "hw_kim/data/measured.csv": "mine",
        "hw_kim/blocks/__init__.py": "",
        "hw_kim/old/measured.csv": "old",
        "hw_kim/lab_1_2_notes.txt": "notes",
        "hw_kim/timestamp.txt": "2020-01-01 00:00:00 UTC",
        f"hw_kim/{'긴' * 90}.txt": "",
        "notes.txt": "beside the folder",
    }
    make_zip(inner, files)
    make_zip(folder / "all.zip", {name: inner.getvalue()})
    assert main(["collect", "basics", "all.zip", "--from", kind]) == 3  # the copies are named
    said = capsys.readouterr()
    assert "timestamp.txt – the student's own, no time of submission" in said.out + said.err
    assert "a name of more than 255 bytes" in said.out + said.err
    place = folder / "submitted/9000/basics"
    found = {p.relative_to(place).as_posix(): p.read_text() for p in place.rglob("*.*")}
    assert found == {
        "basics.ipynb": NOTEBOOK,
        "data/measured.csv": "mine",
        "blocks/__init__.py": "",
        "old/measured.csv": "old",
        "lab_1_2_notes.txt": "notes",
        "work/notes.txt": "beside the folder",
    }


def test_a_notebook_in_an_old_format_or_broken_stops_nothing(folder, capsys):
    old = nbformat.v3.writes_json(nbformat.convert(course.released(), 3))
    broken = ["{}", "[]", '{"cells": 5}', '{"cells": [{"source": 5, "metadata": []}]}', "{cut"]
    files = {f"s{n}_{n}_{n}_mine.ipynb": text for n, text in enumerate([old, *broken, NOTEBOOK])}
    make_zip(folder / "all.zip", files)
    assert main(["collect", "basics", "all.zip", "--from", "canvas"]) == 3
    assert submitted(folder) == {"0", "6"}
    assert capsys.readouterr().out.count("left out: ") == 5


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Léa Müller", "cp437"),
        ("Øystein", "cp850"),
        ("Zoë", "cp850"),
        ("Ñandú", "cp437"),
        ("김민수", "cp949"),
        ("똠방각하", "cp949"),
        ("김민수A반", "cp949"),
        ("Kim김", "cp949"),
        ("Léa", "utf-8"),
    ],
)
def test_names_that_windows_encodes_without_saying_how_are_read(folder, name, encoding):
    raw = name.encode(encoding)
    plain = "A" * len(raw)
    path = make_zip(folder / "all.zip", {f"{plain}/basics.ipynb": NOTEBOOK})
    path.write_bytes(path.read_bytes().replace(plain.encode(), raw))
    assert main(["collect", "basics", "all.zip", "--from", "files"]) == 0
    assert submitted(folder) == {name}


@pytest.mark.parametrize("evil", ["../../gradebook.db", "/etc/passwd", "C:\\x.ipynb"])
def test_a_zip_file_of_a_student_cannot_leave_the_folder(folder, capsys, evil):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(evil, "stolen")
        archive.writestr("basics.ipynb", NOTEBOOK)
    make_zip(folder / "all.zip", {"kim/work.zip": inner.getvalue()})
    assert main(["collect", "basics", "all.zip", "--from", "files"]) == 3
    assert "leads out of the folder" in capsys.readouterr().out
    assert {p.name for p in (folder / "submitted/kim/basics").iterdir()} == {"basics.ipynb"}


def test_two_of_one_name_are_not_mixed_up(folder, capsys):
    lines = [["사용자 아이디", "이름"], ["kim1", "김민수"], ["kim2", "김민수"], ["lee", "이서연"]]
    write_csv(folder / "list.csv", lines, "cp949")  # as Excel in Korean saves it
    decomposed = unicodedata.normalize("NFD", "이서연")  # as macOS writes it
    files = {"김민수/basics.ipynb": NOTEBOOK, f"{decomposed}/basics.ipynb": NOTEBOOK}
    make_zip(folder / "all.zip", files)
    assert main(["collect", "basics", "all.zip", "--from", "files", "--roster", "list.csv"]) == 3
    assert submitted(folder) == {"lee"}
    assert "2 students of list.csv are called 김민수" in capsys.readouterr().out


def test_late_marks_of_canvas_are_kept(folder, capsys):
    with Course(folder).gradebook() as gradebook:
        gradebook.update_or_create_assignment("basics", duedate="2026-11-20 12:00:00 UTC")
    one = people()[0]
    make_zip(folder / "all.zip", {canvas_file(one, 1, late=True): NOTEBOOK})
    assert main(["collect", "basics", "all.zip", "--from", "canvas"]) == 0
    assert "late" in capsys.readouterr().out
    stamp = folder / "submitted/9000/basics/timestamp.txt"
    assert stamp.read_text() == "2026-11-20 12:00:01 UTC"


def test_grades_are_not_written_while_answers_wait_for_a_person(folder):
    roster = canvas_list(folder / "list.csv", people()[:1])
    make_zip(folder / "all.zip", {canvas_file(people()[0], 1): NOTEBOOK})
    main(["collect", "basics", "all.zip", "--from", "canvas", "--roster", str(roster)])
    enter_grades(folder, {"s20260000": 5})
    with Course(folder).gradebook() as gradebook:
        grade = gradebook.find_grade("written", "basics", "basics", "s20260000")
        grade.manual_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()
    command = ["export", "basics", "--roster", str(roster), "-o", "back.csv"]
    assert main(command) == 1
    assert not (folder / "back.csv").exists()
    assert main([*command, "--partial"]) == 0


def test_points_of_another_scale_are_refused_or_converted(folder, capsys):
    roster = canvas_list(folder / "list.csv", people()[:1])
    roster.write_bytes(roster.read_bytes().replace(b",15,", b",100,"))
    Course(folder).enter("basics")
    with Course(folder).gradebook() as gradebook:
        gradebook.add_student("s20260000")
    enter_grades(folder, {"s20260000": 5})
    command = ["export", "basics", "--roster", str(roster), "-o", "back.csv"]
    assert main(command) == 1
    assert "100 points there, 15 here" in capsys.readouterr().err
    assert main([*command, "--scale"]) == 0
    row = next(row for row in read_csv(folder / "back.csv") if row[1] == "9000")
    assert float(row[-1]) == pytest.approx(100 * 5 / 15)


def test_a_grade_of_a_student_who_is_not_in_the_list_is_named(folder, capsys):
    roster = canvas_list(folder / "list.csv", people()[:1])
    Course(folder).enter("basics")
    with Course(folder).gradebook() as gradebook:
        gradebook.add_student("guest")
    enter_grades(folder, {"guest": 4})
    assert main(["export", "basics", "--roster", str(roster), "-o", "back.csv"]) == 3
    assert "not in list.csv: guest, 4" in capsys.readouterr().out


def test_a_grade_is_found_whatever_the_case_of_the_name_or_else_named(folder, capsys):
    students = [people()[n] | {"login": login} for n, login in enumerate(("kim", "lee", "choi"))]
    roster = canvas_list(folder / "list.csv", students)
    Course(folder).enter("basics")
    scores = {"Kim": 4, "lee": 3, "Lee": 2, "Choi": 1, "CHOI": 5}
    with Course(folder).gradebook() as gradebook:
        for student in scores:
            gradebook.add_student(student)
    enter_grades(folder, scores)
    assert main(["export", "basics", "--roster", str(roster), "-o", "back.csv"]) == 3
    said = capsys.readouterr().out
    assert "not in list.csv: CHOI, 5" in said
    assert "not in list.csv: Choi, 1" in said
    assert "not in list.csv: Lee, 2" in said
    rows = {row[3]: row[-1] for row in read_csv(folder / "back.csv")}
    assert [rows[name] for name in ("kim", "lee", "choi")] == ["4", "3", ""]


def test_a_list_that_tells_nobody_apart_is_refused(tmp_path):
    path = write_csv(tmp_path / "list.csv", [["이름", "반"], ["김민수", "1"], ["김민수", "1"]])
    with pytest.raises(CvbookError, match="no column tells the students apart"):
        read_roster(path)


@pytest.fixture
def submit(folder):
    """Hand in to the exchange."""
    inbound = folder / "exchange/small/inbound"
    inbound.mkdir(parents=True)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Exchange.root = {str(folder / 'exchange')!r}\n")
        config.write("c.ExchangeCollect.check_owner = False\n")

    def hand_in(student, stamp, text):
        place = inbound / f"{student}+basics+{stamp}+x"
        place.mkdir()
        notebook = course.released()
        course.answer(notebook, "written", text)
        course.save(place, notebook)
        (place / "timestamp.txt").write_text(stamp)
        return place / "basics.ipynb"

    return hand_in


def test_the_exchange_is_collected_and_a_newer_submission_replaces_the_old(folder, submit, capsys):
    command = ["collect", "basics", "--from", "exchange"]
    submit("kim", "2026-11-20 10:00:00 UTC", "첫 답")
    assert main(command) == 0
    submit("kim", "2026-11-20 11:00:00 UTC", "둘째 답")
    assert main(command) == 0
    assert "0 new, 1 updated" in capsys.readouterr().out
    taken = nbformat.read(folder / "submitted/kim/basics/basics.ipynb", as_version=4)
    assert course.cell(taken, "written").source == "둘째 답"
    assert main(command) == 0
    assert "1 unchanged" in capsys.readouterr().out


def test_of_the_exchange_is_said_who_was_late_and_what_cannot_be_read(folder, submit, capsys):
    with Course(folder).gradebook() as gradebook:
        gradebook.update_or_create_assignment("basics", duedate="2026-11-20 12:00:00 UTC")
    submit("kim", "2026-11-20 11:59:59 UTC", "제때")
    submit("lee", "2026-11-20 12:00:01 UTC", "늦게").write_text('{"cells": [')
    assert main(["collect", "basics", "--from", "exchange"]) == 0
    kim, lee = capsys.readouterr().out.splitlines()[1:3]
    assert "late" not in kim
    assert lee.endswith("late)")
    assert "basics.ipynb cannot be read: 깨진 JSON" in lee
