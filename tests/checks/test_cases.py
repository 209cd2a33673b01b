"""Test cases: drawn at random, results that only have to fit, Keras inputs."""

import numpy as np
import pytest

from cvbook import checks


def test_drawn_cases_are_the_same_every_time():
    def make(rng):
        return checks.call(int(rng.integers(1000)))

    assert checks.draw(5, make, seed=3) == checks.draw(5, make, seed=3)
    assert checks.draw(5, make, seed=3) != checks.draw(5, make, seed=4)


def test_a_result_may_only_have_to_fit(said):
    def even(answer):
        return None if answer % 2 == 0 else "홀수입니다."

    assert said(lambda: 4, checks.call().fits(even)) is None
    assert "홀수" in said(lambda: 3, checks.call().fits(even))


def test_indices_are_whole_numbers(said):
    case = checks.call().fits(checks.indices)
    assert said(lambda: [2, 0], case) is None
    assert said(lambda: np.array([2, 0], "uint8"), case) is None
    assert "정수" in said(lambda: np.array([2.0, 0.0]), case)
    assert "정수" in said(lambda: [True, False], case)


def test_arguments_are_copied_for_every_call():
    case = checks.call(np.zeros(2), names=["a"])
    args, kwargs = case.copied()
    args[0][0] = 1
    kwargs["names"].append("b")
    (again,), more = case.copied()
    np.testing.assert_array_equal(again, [0, 0])
    assert more == {"names": ["a"]}


@pytest.mark.slow
def test_a_tensor_becomes_a_keras_input_of_its_own_in_every_call():
    case = checks.call(checks.tensor(8, None, 3))
    (first,), _ = case.copied()
    (second,), _ = case.copied()
    assert first.shape == (None, 8, None, 3)
    assert first is not second


def test_whole_numbers_lose_fractions_in_an_answer_of_their_dtype(said):
    case = checks.as_integers(checks.call(np.arange(4.0)).gives(np.arange(4) / 2), "uint8")
    assert said(lambda x: x / 2, case) is None
    assert said(lambda x: (x / 2).astype(x.dtype), case)
