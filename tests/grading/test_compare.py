"""The comparison with plain nbgrader, where points differ from one run to the next."""

import pytest
import situations
from situations import answer, cell

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("require_sandbox")]


def test_a_test_whose_points_are_drawn_is_said_to_differ_in_every_run(tmp_path):
    book = situations.notebook(
        [
            answer("f"),
            cell("same", "4 * (f(3) == 6)", 4),
            cell("drawn", "import secrets\nsecrets.randbelow(10**6) / 10**6 * f(2)", 4),
        ]
    )
    root = situations.assignment(tmp_path, "a", {"a": book})
    for student in ("kim", "lee"):
        files = {"a.ipynb": situations.handed_in(book, f="def f(x):\n    return 2 * x")}
        situations.submit(root, student, "a", files)
    done, _ = situations.grade(root, "a", "--compare", "2")
    lines = [line for line in done.stdout.splitlines() if ", nbgrader " in line]
    assert [line.split(": ")[0] for line in lines] == ["kim  drawn", "lee  drawn"]
    assert all("실행할 때마다 다른 점수: nbgrader로 다시 채점하면 " in line for line in lines)
