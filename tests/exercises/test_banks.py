"""The tests of the exercises, tested: wrong answers lose their points, right ones lose none."""

import functools

import pytest
import submissions

from cvbook import oracles

pytestmark = pytest.mark.slow  # imports TensorFlow

exercise = functools.cache(submissions.solution)


def _slug(path):
    return f"{path.parts[-3]}-{path.stem}"


@pytest.mark.parametrize("path", submissions.bank("wrong"), ids=_slug)
def test_wrong_answer_loses_points_of_its_function_only(path):
    own = path.stem.partition("__")[0]
    task = exercise(path.parts[-3])
    source = path.read_text()
    outcome = task.points({own: source})
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


@pytest.mark.parametrize("path", submissions.bank("right"), ids=_slug)
def test_right_answer_written_otherwise_loses_nothing(path):
    own = path.stem.partition("__")[0]
    task = exercise(path.parts[-3])
    outcome = task.points({own: path.read_text()})
    assert outcome.messages == {}
    assert outcome.points == {function: task.full(function) for function in task.tests}


@pytest.mark.parametrize("name", submissions.names())
def test_every_function_has_its_bank(name):
    for function in exercise(name).tests:
        for kind, least in [("wrong", 8), ("right", 3)]:
            found = [
                path
                for path in submissions.bank(kind)
                if path.parts[-3] == name and path.stem.startswith(f"{function}__")
            ]
            assert len(found) >= least, f"{kind} answers of {function}: {len(found)}"


def test_the_oracles_know_which_functions_belong_together():
    assert [list(exercise(name).tests) for name in submissions.names()] == oracles.EXERCISES
