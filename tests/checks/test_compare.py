"""Comparing results: what counts as equal, and which difference is named."""

import copy

import numpy as np
import pytest

from cvbook import checks
from cvbook.checks import compare


@pytest.mark.parametrize(
    "answer",
    [
        [1.0, 2.0],
        (1, 2),
        np.array([1, 2]),
        np.array([1, 2], dtype="float32"),
        [np.float64(1), np.float32(2.000001)],
    ],
)
def test_anything_that_makes_the_same_array_is_right(said, answer):
    assert said(lambda: copy.copy(answer), checks.call().gives(np.array([1.0, 2.0]))) is None


@pytest.mark.parametrize(
    ("expected", "answer", "words"),
    [
        (3, 4, "1만큼"),
        (3, None, "return"),
        (3, [3], "숫자 하나"),
        (3, (3, 3), "힌트: 숫자 하나를"),
        (np.zeros((2, 3)), np.zeros((3, 2)), "축의 순서"),
        (np.zeros((2, 3)), np.zeros((1, 2, 3)), "크기가 1인 축"),
        (np.zeros((2, 3)), np.zeros(2), "축을 너무 많이"),
        (np.eye(2)[:, ::-1] * [1, 2], np.eye(2)[:, ::-1] * [2, 1] * [[1], [1]], "행과 열"),
        (np.array([1.0, 2.0]), np.array([2.0, 4.0]), "2배"),
        (np.array([1.5, 2.2]), np.array([1, 2]), "소수 부분"),
        (np.array([1.0, 2.0]), np.array([-1.0, -2.0]), "부호"),
        (np.array([1.0, 2.0]), np.array([np.nan, 2.0]), "음수의 제곱근"),
        (np.array([True]), np.array([1]), "bool"),
        (np.array([1], dtype="uint8"), np.array([1]), "uint8"),
        (True, 1, "bool"),
        ({"a": 1}, {"b": 1}, "key"),
        (None, 0, "None"),
        ([(1, 2), (3, 4)], [(1, 2)], "2개"),
        ([(1, 2), (3, 4)], [(1, 2), (3, 5)], "[1] [1]"),
        (1.0, "1.0", "str"),
        (np.zeros(2), [[1], [1, 2]], "배열로 바꿀 수 없음"),
    ],
)
def test_says_what_was_expected_and_what_the_result_was(said, expected, answer, words):
    case = checks.call().gives(expected)
    message = said(lambda: answer, case, case)
    assert "기대" in message
    assert "결과" in message
    assert words in message


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ([(4, 4), (3, 3)], [(4, 4), (4, 4)]),  # a layer left out, not a step
        ([(8, 4), (8, 2)], [(8, 4), (8, 4)]),
        (np.array([0, 2]), np.array([0])),  # a box is missing, not a row of pixels
    ],
)
def test_no_cause_is_guessed_where_results_are_lists(said, expected, answer):
    case = checks.call().gives(expected)
    assert "힌트" not in said(lambda: answer, case, case)


def test_the_first_wrong_value_is_shown_with_its_place():
    expected = np.arange(20.0).reshape(4, 5)
    answer = expected.copy()
    answer[2, 3] += 100
    found = compare.difference(expected, answer, rtol=1e-4, atol=1e-5)
    assert found.expected == "[2, 3] 자리에서 13"
    assert found.actual == "[2, 3] 자리에서 113 (값 20개 중 1개가 다름)"


def test_floats_are_compared_with_the_given_tolerances():
    assert compare.difference(1.0, 1.05, rtol=0.1, atol=0) is None
    assert compare.difference(1.0, 1.05, rtol=0.01, atol=0) is not None
    assert compare.difference(0.0, 0.05, rtol=0.1, atol=0.1) is None


@pytest.mark.slow
def test_tensorflow_results_are_arrays(said):
    import tensorflow as tf

    assert said(lambda: tf.ones(2), checks.call().gives(np.ones(2))) is None
