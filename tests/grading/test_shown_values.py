"""Values that test cells end in: their points, whatever the notebook does to what is shown."""

import pytest
import situations
from situations import answer, cell

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]

TESTS = {
    "score": "4 * sum(f(x) == 2 * x for x in (1, 2, 3)) / 3",
    "printed": "print(4 * sum(f(x) == 2 * x for x in (1, 2, 3)) / 3)",
    "hidden": "4 * sum(f(x) == 2 * x for x in (1, 2, 3)) / 3;",
    "array": "import numpy as np\nnp.array(4 * np.mean([f(x) == 2 * x for x in (1, 2, 3)]))",
    "commented": "4 * (f(3) == 6)  # points;",
    "timed": "%%time\n4 * (f(3) == 6)",
    "quiet": "assert f(3) == 6\nf(300);  # nothing to show",
    "several": "f(2)\nassert f(3) == 6\nisinstance(f(1), int)\nassert f(1) == 2",
    "assigns": "assert f(3) == 6\ntotal = 3",
    "separator": "s = 'a\u2028b'\nassert f(3) == 6\nprint('checked', s)",
    "separated": "s = 'a\u2028b'\n4 * (f(3) == 6)",
    "page": "import math\n\f\nassert f(3) == 6\nprint('checked')",
    "doctest": "import doctest\nfound = doctest.testmod()\nassert tuple(found) == (0, 1), found",
}
BOOK = situations.notebook(
    [
        answer("f"),
        *(cell(name, source, 4) for name, source in TESTS.items()),
        cell("free", "f(3)", 0),
    ]
)
SHELL = "%config InteractiveShell.ast_node_interactivity ="
#: What students write before their answer, which changes what later cells show.
SETTINGS = {
    "usual": "",
    "all": (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.ast_node_interactivity = 'all'"
    ),
    "assignments": f"{SHELL} 'last_expr_or_assign'",
    "none": f"{SHELL} 'none'",
    "digits": "%precision 0",
    "numpy": "import numpy as np\nnp.set_printoptions(precision=1, suppress=True)",
    "formatter": "import numpy as np\nnp.set_printoptions(formatter={'all': lambda v: '4'})",
    "logs": "import logging",
}
#: Right for 1 alone: a third of the points where the test counts.
ANSWER = '''
def f(x):
    """
    >>> f(3)
    6
    """
    {}
    return 2 * x{}
'''
#: Lines of the function, and what follows it, of some students.
INSIDE = {
    "flood": "print('x' * 400_000)",
    "logs": "logging.warning('12 rows read, errors=3 failed=1')",
}
AFTER = {"semicolon": "f(1);"}
STUDENTS = [*SETTINGS, "flood", "semicolon"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Each student twice: with a right answer and with one that is right for 1 alone."""
    root = situations.assignment(tmp_path_factory.mktemp("course"), "shown", {"shown": BOOK})
    for student in STUDENTS:
        for kind, end in {"right": "", "third": " if x == 1 else 0"}.items():
            text = ANSWER.format(INSIDE.get(student, "pass"), end)
            text = f"{SETTINGS.get(student, '')}\n{text}{AFTER.get(student, '')}"
            files = {"shown.ipynb": situations.handed_in(BOOK, f=text)}
            situations.submit(root, f"{student}-{kind}", "shown", files)
    done, records = situations.grade(root, "shown")
    assert records, done.stderr
    return records


@pytest.mark.parametrize("student", STUDENTS)
def test_a_right_answer_gets_all_points_and_no_suspicion(student, graded):
    record = graded[f"{student}-right"]
    printed = {"doctest": 0} if student == "flood" else {}  # doctest compares what is printed too
    expected = dict.fromkeys(TESTS, 4) | printed
    assert {name: record["cells"]["shown"][name]["score"] for name in TESTS} == expected
    assert record["status"] == "graded", (record["flags"], record["unclear"])


@pytest.mark.parametrize("student", STUDENTS)
def test_a_wrong_answer_gets_what_its_value_says(student, graded):
    cells = graded[f"{student}-third"]["cells"]["shown"]
    expected = dict.fromkeys(TESTS, 0) | {"score": 4 / 3, "array": 4 / 3, "printed": 4, "hidden": 4}
    assert {name: cells[name]["score"] for name in TESTS} == pytest.approx(expected)


def test_a_number_printed_or_hidden_at_the_end_counts_as_in_nbgrader_and_is_listed(
    graded,
):
    for student in SETTINGS:
        said = graded[f"{student}-third"]["unclear"]
        assert [line[:15] for line in said] == ["printed: 끝의 1.3", "hidden: 끝의 1.33"]


def test_a_cell_without_points_may_show_any_number(graded):
    assert {record["cells"]["shown"]["free"]["score"] for record in graded.values()} == {0}
    said = [line for record in graded.values() for line in record["notes"] + record["unclear"]]
    assert not any(line.startswith("free") for line in said)
