"""Comparison of a student's result with the expected one, and hints about likely mistakes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cvbook.checks.cases import is_keras
from cvbook.checks.keras_models import is_model, model_difference
from cvbook.checks.messages import Difference, format_value

Array = NDArray[Any]
#: So many values do not show a pattern by chance.
MANY = 4
#: Factors that are forgotten or put twice: small whole numbers, their inverses, levels of grey.
SIMPLE_RATIOS = tuple(r for n in (2, 3, 4, 9, 100, 255) for r in (float(n), 1 / n))


def same_arguments(a: Any, b: Any) -> bool:
    """Whether arguments are exactly equal, including the dtypes of arrays.

    Parameters
    ----------
    a, b : object
        Keras objects always count as equal, and NaN equals NaN.

    Returns
    -------
    bool
    """
    if isinstance(a, np.ndarray):
        same = np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
        return a.dtype == b.dtype and a.shape == b.shape and same
    if isinstance(a, dict):
        return list(a) == list(b) and all(same_arguments(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same_arguments, a, b))
    return is_keras(a) or bool(a == b) or bool(a != a and b != b)


def difference(
    expected: Any, answer: Any, rtol: float, atol: float, tensors: Sequence[Any] = ()
) -> Difference | None:
    """Compare a result with the expected one.

    Parameters
    ----------
    expected : object
        A number, array, list, tuple, dict, string, None or Keras model. For an
        array, any sequence with the same values is accepted; only bool and uint8 dtypes must match.
    answer : object
        Result of the student's function.
    rtol, atol : float
        Tolerances for floats, as in `numpy.testing.assert_allclose`.
    tensors : sequence of KerasTensor
        Symbolic inputs among the arguments, for models.

    Returns
    -------
    Difference or None
        The first difference; None where there is none.
    """
    if answer is None and expected is not None:
        return Difference(
            format_value(expected), "None (아무것도 돌려주지 않음)", "`return`을 잊지 않았나요?"
        )
    if is_model(expected):
        return model_difference(expected, answer, tensors)
    if expected is None or isinstance(expected, str):
        same = type(answer) is type(expected) and answer == expected
        return None if same else Difference(format_value(expected), format_value(answer))
    if isinstance(expected, dict):
        if not isinstance(answer, dict) or set(answer) != set(expected):
            return Difference(
                format_value(expected), format_value(answer), "사전의 열쇠(key)를 보세요."
            )
        items = [(f"[{key!r}]", expected[key], answer[key]) for key in expected]
    elif isinstance(expected, (list, tuple)):
        if not isinstance(answer, (list, tuple, np.ndarray)) or len(answer) != len(expected):
            actual = f"{len(answer)}개" if hasattr(answer, "__len__") else type(answer).__name__
            return Difference(
                f"{len(expected)}개: {format_value(expected)}", f"{actual}: {format_value(answer)}"
            )
        pairs = zip(expected, answer, strict=True)
        items = [(f"[{i}]", *pair) for i, pair in enumerate(pairs)]
    else:
        return array_difference(np.asarray(expected), answer, rtol, atol)
    for key, expected_item, actual_item in items:
        found = difference(expected_item, actual_item, rtol, atol)
        if found is not None:
            # Of a list of shapes, one number may differ for any reason.
            guess = found.guessed and isinstance(expected_item, (dict, list, tuple))
            return replace(
                found,
                expected=f"{key} {found.expected}",
                actual=f"{key} {found.actual}",
                hint="" if guess else found.hint,
            )
    return None


def array_difference(expected: Array, answer: Any, rtol: float, atol: float) -> Difference | None:
    """Compare a result with an expected array or number.

    Parameters
    ----------
    expected : array
        Of any shape; () for a number.
    answer : array_like
        Result of the student's function.
    rtol, atol : float

    Returns
    -------
    Difference or None
    """
    try:
        actual = np.asarray(answer)
    except Exception as error:
        return Difference(
            _format_shape(expected),
            f"{type(answer).__name__} (배열로 바꿀 수 없음: {error})",
            "넘파이 배열이나 숫자를 돌려주세요.",
        )
    if actual.dtype.kind not in "buif":
        return Difference(
            _format_shape(expected), f"{type(answer).__name__}: {format_value(answer)}"
        )
    if actual.shape != expected.shape:
        several = expected.ndim == 0 and isinstance(answer, (list, tuple))
        hint = "숫자 하나를 돌려주어야 합니다." if several else _shape_hint(expected, actual)
        return Difference(_format_shape(expected), _format_shape(actual), hint)
    strict = expected.dtype == bool or expected.dtype == np.uint8
    if strict and actual.dtype != expected.dtype and actual.size:
        hint = f"자료형(dtype)이 `{expected.dtype}`이어야 합니다."
        return Difference(f"dtype {expected.dtype}", f"dtype {actual.dtype}", hint)
    exact = expected.dtype.kind in "bui"
    try:
        if exact:
            np.testing.assert_array_equal(actual, expected)
        else:
            np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol, equal_nan=False)
    except AssertionError:
        wrong = actual != expected if exact else ~np.isclose(actual, expected, rtol, atol)
        hint, guessed = _value_hint(expected, actual, rtol, atol)
        return replace(_value_difference(expected, actual, wrong, hint), guessed=guessed)
    return None


def _value_difference(expected: Array, actual: Array, wrong: Array, hint: str) -> Difference:
    """Describe the first wrong value, and small arrays as a whole."""
    if expected.ndim == 0:
        return Difference(format_value(expected[()]), format_value(actual[()]), hint)
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"[{', '.join(map(str, index))}] 자리에서"
    return Difference(
        f"{where} {format_value(expected[index])}"
        + (f", 전체 {format_value(expected)}" if expected.size <= 16 else ""),
        f"{where} {format_value(actual[index])}"
        + (f", 전체 {format_value(actual)}" if actual.size <= 16 else "")
        + f" (값 {wrong.size}개 중 {wrong.sum()}개가 다름)",
        hint,
    )


def _format_shape(array: Array) -> str:
    return "숫자 하나" if array.ndim == 0 else f"모양 {array.shape}"


def _shape_hint(expected: Array, actual: Array) -> str:
    """Guess a misconception from the shapes."""
    if actual.ndim == 0:
        return "배열이 아니라 숫자 하나를 돌려주었습니다. 줄여서는 안 되는 축까지 줄였습니다."
    if actual.size == expected.size and sorted(actual.shape) == sorted(expected.shape):
        return "축의 순서가 다릅니다. 높이와 너비, 또는 채널의 자리를 바꾸지 않았나요?"
    if actual.squeeze().shape == expected.squeeze().shape:
        return "크기가 1인 축이 더 있거나 모자랍니다."
    if actual.ndim < expected.ndim:
        return "축을 너무 많이 줄였습니다. `axis`를 확인하세요."
    if actual.ndim > expected.ndim:
        return "줄여야 할 축이 남았습니다. `axis`를 확인하세요."
    return "출력의 크기를 구하는 식을 확인하세요." if expected.ndim > 1 else ""


def _value_hint(expected: Array, actual: Array, rtol: float, atol: float) -> tuple[str, bool]:
    """Guess a misconception from the values alone; also whether other calls have to confirm it."""

    def equal(a: Array, b: Array) -> bool:
        return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol)

    if not np.isfinite(actual).all():
        return (
            "NaN이나 무한대가 나왔습니다. 0으로 나눈 것, 0의 로그, 음수의 제곱근이 없는지 보세요.",
            False,
        )
    if expected.dtype == bool:
        return "", False
    whole = expected.dtype.kind in "ui"
    actual, expected = actual.astype(float), expected.astype(float)
    if equal(actual, -expected):
        return "부호가 반대입니다.", expected.size < MANY
    if expected.ndim >= 2:
        if equal(actual, np.swapaxes(expected, 0, 1)):
            return "높이와 너비(행과 열)가 서로 바뀌었습니다.", expected.size < MANY
        if equal(actual, expected[::-1, ::-1]):
            return "위아래와 좌우가 뒤집혔습니다.", expected.size < MANY
    if whole and expected.ndim == 0 and abs(actual - expected) == 1:
        return "1만큼 다릅니다. 끝을 포함하는지 세어 보세요.", True
    if equal(actual, np.floor(expected)):
        return "소수 부분이 사라졌습니다. `//`나 정수 자료형을 쓰지 않았나요?", expected.size < MANY
    nonzero = np.abs(expected) > atol
    if nonzero.any():
        ratio = float(np.median(actual[nonzero] / expected[nonzero]))
        simple = next((r for r in SIMPLE_RATIOS if np.isclose(ratio, r, rtol=1e-3)), None)
        if simple is not None and np.allclose(actual, simple * expected, rtol=1e-3, atol=atol):
            return f"기대한 값의 {simple:.4g}배입니다. 곱하거나 나누는 수를 확인하세요.", True
    return "", False
