"""What a grade depends on: each piece that changes is a reason to grade again, and named."""

import collections
import dataclasses
import datetime
import json
import shutil

import course
import nbformat
import pytest
from traitlets.config.loader import LazyConfigValue

from cvbook.grading import inputs
from cvbook.grading.batch import Batch
from cvbook.grading.jobs import ExecutionLimits
from cvbook.grading.nbgrader import stable
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.records import GradeRecord

LATE = """
from nbgrader.plugins import BasePlugin


class Ten(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {}
"""
CONFIG = course.CONFIG + "import late\nc.AssignLatePenalties.plugin_class = late.Ten\n"


SCALE = """
from nbgrader.preprocessors import NbGraderPreprocessor


class Scale(NbGraderPreprocessor):
    def preprocess_cell(self, cell, resources, index):
        if "points" in cell.metadata.get("nbgrader", dict()):
            cell.metadata.nbgrader["points"] *= {}
        return cell, resources
"""
INSIDE = """
from nbgrader.plugins import BasePlugin

POINTS = {}

class Ten(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return POINTS

c.AssignLatePenalties.plugin_class = Ten
c.Autograde.post_convert_hook = lambda **named: None
c.InstantiateTests.sanitizers = dict(python3=lambda text: text.strip())
"""


@pytest.fixture(scope="module")
def entered(tmp_path_factory):
    root = course.make(tmp_path_factory.mktemp("inputs"))
    (root / "late.py").write_text(LATE.format(10))
    (root / "nbgrader_config.py").write_text(CONFIG)
    (root / "source" / "basics" / "helper.py").write_text("a = 1\n")
    course.hand_in(root, "kim")
    Course(root).enter("basics")
    return root


@pytest.fixture
def root(entered, tmp_path, monkeypatch):
    for name in ("late", "checker"):
        monkeypatch.delitem(__import__("sys").modules, name, raising=False)
    return shutil.copytree(entered, tmp_path / "course")


def pieces(root, **limits):
    batch = Batch(Course(root), "basics", ExecutionLimits(**limits))
    return batch._inputs("kim")


def mend_the_hidden_test(root):
    book = course.source()
    course.cell(book, "double-hidden").source = course.HIDDEN.replace("14", "7 * 2")
    nbformat.write(book, root / "source" / "basics" / "basics.ipynb")


def max_score(root):
    with Course(root).gradebook() as gradebook:
        return gradebook.find_assignment("basics").max_score


def set_a_due_date(root):
    with Course(root).gradebook() as gradebook:
        gradebook.find_assignment("basics").duedate = datetime.datetime(2026, 3, 2)
        gradebook.db.commit()


def answer_otherwise(root):
    (root / "submitted" / "kim" / "basics" / "more.txt").write_text("1")


def write(name, text):
    return lambda root: (root / name).write_text(text)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (mend_the_hidden_test, "검사 셀이 바뀜: double-hidden"),
        (set_a_due_date, "마감 시각이 바뀜"),
        (answer_otherwise, "제출물이 바뀜"),
        (write("source/basics/helper.py", "a = 2\n"), "파일이 바뀜: helper.py"),
        (write("source/basics/data.csv", "1\n"), "파일이 바뀜: data.csv"),
        (write("late.py", LATE.format(20)), "플러그인이 바뀜: late"),
        (
            write("nbgrader_config.py", CONFIG + "c.LimitOutput.max_lines = 5\n"),
            "설정이 바뀜: LimitOutput",
        ),
        (write("nbgrader_config.json", '{"IgnorePattern": {"pattern": "a"}}'),
         "설정이 바뀜: IgnorePattern"),
        (write("notes.txt", "x"), ""),
        (write("nbgrader_config.py", CONFIG + "c.Exchange.root = '/srv/exchange'\n"), ""),
        (lambda root: None, ""),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)  # fmt: skip
def test_what_has_changed_is_said(root, change, why):
    before = pieces(root)
    change(root)
    for name in ("late",):
        __import__("sys").modules.pop(name, None)
    assert inputs.difference(before, pieces(root)) == why


def test_a_plugin_of_the_release_that_is_named_in_a_text_counts(root, monkeypatch):
    # Compiled code is taken for that of a file of the same size and second.
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    config = "from nbgrader.converters import GenerateAssignment as made\n"
    config += "kept = made.preprocessors.default_args[0]\n"
    config += "c.GenerateAssignment.preprocessors = ['scale.Scale', *kept]\n"
    (root / "nbgrader_config.py").write_text(course.CONFIG + config)
    found = []
    for factor in (2, 2, 3):
        (root / "scale.py").write_text(SCALE.format(factor))
        monkeypatch.delitem(__import__("sys").modules, "scale", raising=False)
        found.append(pieces(root))
        assert max_score(root) == factor * 15
    assert not inputs.difference(found[0], found[1])
    assert inputs.difference(found[1], found[2]).endswith("; 플러그인이 바뀜: scale")


@pytest.mark.parametrize("place", ["nbgrader_config.py", "elsewhere/policy.py"])
def test_code_of_the_configuration_counts_wherever_it_is(root, monkeypatch, place):
    names = ["AssignLatePenalties", "Autograde", "InstantiateTests"]
    if place == "nbgrader_config.py":
        text, why = course.CONFIG + INSIDE, f"설정이 바뀜: {', '.join(names)}"
    else:
        text, why = LATE, "플러그인이 바뀜: policy"
        monkeypatch.syspath_prepend(root / "elsewhere")
        (root / "elsewhere").mkdir()
        config = "import policy\nc.AssignLatePenalties.plugin_class = policy.Ten\n"
        (root / "nbgrader_config.py").write_text(course.CONFIG + config)
    found = []
    for points in (4, 4, 7):
        (root / place).write_text(text.replace("{}", str(points)))
        monkeypatch.delitem(__import__("sys").modules, "policy", raising=False)
        found.append(pieces(root))
    assert not inputs.difference(found[0], found[1])
    assert inputs.difference(found[1], found[2]) == why


def test_any_object_of_the_configuration_is_described_without_its_address():
    class Slots:
        __slots__ = ("__width", "unset")

        def __init__(self, width):
            self.__width = width

    class Around:
        def __init__(self, width):
            self.own = {"around": self, "slots": Slots(width)}

    @dataclasses.dataclass
    class Policy:
        days: set[str]

    for make in (Around, lambda width: collections.deque([Around(width)])):
        first, same, other = (stable.of_setting(make(width)) for width in (3, 3, 4))
        assert first == same != other
    assert "at 0x" not in first
    days = "가나다라마바사아"
    described = stable.of_setting(Policy(set(days)))
    assert [letter for letter in described if letter in days] == list(days)


def test_the_command_and_environment_of_a_kernel_count(root, monkeypatch):
    folder = root / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_PATH", str(root / "jupyter"))
    (root / "nbgrader_config.py").write_text(CONFIG + "c.Execute.kernel_name = 'other'\n")
    spec = {"argv": ["sh", "{connection_file}"], "display_name": "x", "language": "sh"}
    found = []
    for change in ({}, {"env": {"SEED": "1"}}, {"argv": ["sh", "-e", "{connection_file}"]}):
        (folder / "kernel.json").write_text(json.dumps(spec | change))
        found.append(pieces(root))
    assert inputs.difference(found[0], found[1]) == "커널이 바뀜: basics"
    assert inputs.difference(found[0], found[2]) == "커널이 바뀜: basics"


def test_other_limits_and_versions_are_reasons_too(root, monkeypatch):
    before = pieces(root)
    assert inputs.difference(before, pieces(root, cell_seconds=1.0)) == "실행 한도가 바뀜"
    older = before | {"패키지: numpy": "1.26.4"}
    assert inputs.difference(older, before) == "패키지가 바뀜: numpy"


def test_a_configuration_in_the_home_folder_counts_below_the_courses_own(root, monkeypatch):
    home = root / "home"
    home.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home))
    (home / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///elsewhere.db'\n"
        "c.CourseDirectory.course_id = 'home'\nc.NbGrader.course_id = 'older'\n"
    )
    one = Course(root)
    assert one.db_url == f"sqlite:///{root}/elsewhere.db"
    assert one.directory.course_id == "small"
    (home / "nbgrader_config.py").unlink()
    (home / "nbgrader_config.json").write_text(
        '{"CourseDirectory": {"db_url": "sqlite:////tmp/other.db"}}'
    )
    assert Course(root).db_url == "sqlite:////tmp/other.db"


def test_a_record_of_an_earlier_version_is_graded_again(root):
    batch = Batch(Course(root), "basics", ExecutionLimits())
    path = root / ".cvbook" / "grades" / "basics" / "kim.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"student": "kim", "score": 3, "key": "of an earlier version"}')
    assert batch.records.read("kim") == GradeRecord("kim", score=3)
    assert batch.to_do(["kim"]) == {"kim": ""}


def test_code_that_the_configuration_appends_counts_and_its_address_does_not(tmp_path):
    def appended(source):
        path = tmp_path / "nbgrader_config.py"
        path.write_text(source)
        made = LazyConfigValue()
        made.append(eval(compile(source, str(path), "eval")))
        return stable.of_setting(made)

    assert appended("lambda cell: 1") == appended("lambda cell: 1")
    assert appended("lambda cell: 1") != appended("lambda cell: 2")
