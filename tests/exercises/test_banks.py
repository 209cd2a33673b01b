"""The tests of the exercises, tested: wrong answers lose their points, right ones lose none.

A share of the answers each day: of the wrong ones a third, of the right ones half, of those to
training tasks a fifth; beside a sixth of the wrong ones other functions are tested. `make
test-exhaustive` runs all. Right answers to training tasks have passed with twenty seeds
(`test_trainings.py`).
"""

import functools

import mutants
import pytest
import submissions
import trainings
from sampling import drawn

from cvbook.checks import bank

pytestmark = pytest.mark.slow  # imports TensorFlow

exercise = functools.cache(submissions.solution)
TRAINED = mutants.SCORED | {
    training.function for name in submissions.names() for training in trainings.trainings(name)
}


def _split(kind):
    """Answers to other tasks, and to training tasks."""
    long = [p for p in submissions.bank(kind) if p.stem.partition("__")[0] in TRAINED]
    return sorted({*submissions.bank(kind)} - {*long}), long


def _answers(kind):
    others, long = _split(kind)
    return sorted([*drawn(others, days=3 if kind == "wrong" else 2), *drawn(long, days=5)])


#: Wrong answers with which the tests of other functions that can call them are run, too.
BESIDE = {*drawn(_split("wrong")[0], days=6), *_split("wrong")[1]}


def _slug(path):
    return f"{path.parts[-3]}-{path.stem}"


@pytest.mark.parametrize("path", _answers("wrong"), ids=_slug)
def test_wrong_answer_loses_points_of_its_function_only(path):
    own = path.stem.partition("__")[0]
    task = exercise(path.parts[-3])
    source = path.read_text()
    outcome = task.points({own: source}, task.tests if path in BESIDE else [own])
    assert outcome.points[own] < task.full(own)
    for function, points in outcome.points.items():
        if function != own:
            assert points == task.full(function), function
    said = "\n".join(outcome.messages.values())
    for message in outcome.messages.values():  # never a bare assertion or traceback
        assert message.startswith(("CheckFailed", "NotAttempted"))
    first, *_ = source.splitlines()
    if first.startswith("# hint: "):
        assert first.removeprefix("# hint: ") in said


@pytest.mark.parametrize("path", _answers("right"), ids=_slug)
def test_right_answer_written_otherwise_loses_nothing(path):
    own = path.stem.partition("__")[0]
    task = exercise(path.parts[-3])
    outcome = task.points({own: path.read_text()})
    assert outcome.messages == {}
    assert own in outcome.points
    assert outcome.points == {function: task.full(function) for function in outcome.points}


@pytest.mark.parametrize("name", submissions.names())
def test_every_function_is_tested_with_wrong_and_right_answers(name):
    for kind in ("wrong", "right"):
        paths = [path for path in submissions.bank(kind) if path.parts[-3] == name]
        assert {path.stem.partition("__")[0] for path in paths} == set(exercise(name).tests)


@pytest.mark.parametrize(
    ("name", "function", "misconception"),
    [
        pytest.param(assignment.name, one.name, each, id=f"{one.name}-{each.answer.__name__}")
        for assignment in bank.ASSIGNMENTS
        for one in assignment.exercises()
        for each in one.misconceptions
    ],
)
def test_a_misconception_loses_points_and_is_explained_by_its_own_hint(
    name, function, misconception
):
    messages = exercise(name).explained(function, misconception.answer)
    assert messages
    said = " ".join(" ".join(messages).split())
    assert misconception.hint in said or "실행하다 멈춤" in said
