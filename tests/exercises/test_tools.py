"""The programs in tools/ that show what the exercises and their tests do."""

import sys
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import exercise_report
import grade_demo
import submissions

ROWS = [
    exercise_report.Row("00_example", "double", 5, (3, 4), (2, 2), (9, 10), 1),
    exercise_report.Row("00_example", "halve", 2.5, (1, 2), (1, 1), (0, 0), 0),
]


class _Cells(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.shares = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.shares.append(dict(attributes)["style"])

    def handle_data(self, data):
        if self.rows and data.strip():
            self.rows[-1].append(data.strip())


def test_the_report_of_the_exercises_adds_up():
    lines = exercise_report.markdown(ROWS).splitlines()
    assert lines[2] == "| 00_example | double | 5 | 3/4 | 2/2 | 9/10 | 1 |"
    assert lines[-1] == "| all | 2 functions | | 4/6 | 3/3 | 9/10 | 1 |"


def test_the_page_shows_every_row_with_its_shares():
    cells = _Cells(exercise_report.page(ROWS))
    assert cells.rows[0] == ["Assignment", *exercise_report.HEADINGS]
    assert cells.rows[1] == ["00_example", "double", "5", "3/4", "2/2", "9/10", "1"]
    shares = [share.removeprefix("--share: ") for share in cells.shares]
    assert shares[:6] == ["0%", "0%", "75%", "100%", "90%", "0%"]
    assert shares[6:] == ["0%", "0%", "50%", "100%", "0%", "0%"]


def test_the_demonstration_of_grading_shows_points_by_task():
    tests = submissions.solution("08_mini_xception").tests
    points = dict.fromkeys(tests, 0) | {"binary_accuracy": 10, "build_mini_xception": 3}
    text = grade_demo.table("08_mini_xception", {"half": points})
    head, *rows, total, _ = text.splitlines()
    assert head.split() == ["points", "half"]
    assert {row.split()[0]: float(row.split()[2]) for row in rows} == points
    assert total.split()[0::2] == ["sum", "13"]
