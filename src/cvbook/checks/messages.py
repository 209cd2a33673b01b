"""Messages for students: exceptions of failed tests, and values formatted in one line."""

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from cvbook.checks.cases import Case, is_keras, is_keras_tensor

#: How NumPy words that shapes do not fit; other errors with the word "shape" have other causes.
NUMPY_SHAPES = (
    "could not be broadcast together", "could not broadcast input array", "not aligned",
    "mismatch in its core dimension", "shape mismatch",
)  # fmt: skip


class CheckFailed(Exception):
    """A failed test; the message is shown to the student.

    Attributes
    ----------
    second_call : bool
        Whether a second call did not do what the first did.
    """

    second_call = False

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook, without the frames of this package."""
        return str(self).split("\n")


class NotAttempted(CheckFailed):
    """The function still raises the `NotImplementedError` of the released exercise."""


@dataclass(frozen=True)
class Difference:
    """How a result differs from what was expected, in Korean.

    Attributes
    ----------
    expected, actual : str
        The parts that differ.
    hint : str
        The likely cause, where there is one.
    guessed : bool
        Whether one call alone does not show that it is the cause: any two numbers have a ratio.
    """

    expected: str
    actual: str
    hint: str = ""
    guessed: bool = False


def failure(
    name: str, case: Case, expected: str | None, actual: str, hint: str = ""
) -> CheckFailed:
    """Build the exception that explains a failed test case.

    Parameters
    ----------
    name : str
        Of the student's function.
    case : Case
    expected, actual, hint : str
        Rows of the explanation; left out where empty or None.

    Returns
    -------
    CheckFailed
        Not raised yet.
    """
    rows = [("입력", format_call(name, case)), ("기대", expected), ("결과", actual), ("힌트", hint)]
    text = [f"{name}: 기대한 결과가 아닙니다."]
    for title, value in rows:
        if value:
            text.append(f"  {title}: " + textwrap.indent(value, " " * 8).lstrip())
    return CheckFailed("\n".join(text))


def missing_function(name: str) -> CheckFailed:
    """Build the exception for a function that the notebook does not define.

    Parameters
    ----------
    name : str

    Returns
    -------
    CheckFailed
    """
    return CheckFailed(
        f"{name}: 이런 이름의 함수가 없습니다.\n"
        f"  `def {name}(…)`이 있는 셀을 먼저 실행하고, 거기에 오류가 있으면 그것부터 고치세요."
    )


def changed_arguments(name: str, case: Case) -> CheckFailed:
    """Build the exception for a function that has modified its arguments.

    Parameters
    ----------
    name : str
    case : Case

    Returns
    -------
    CheckFailed
    """
    return CheckFailed(
        f"{name}: 함수가 받은 인수를 바꾸어 놓았습니다.\n"
        f"  입력: {format_call(name, case)}\n"
        "  힌트: `+=`, `x[…] = …`, `.sort()`, `.pop()`은 부른 쪽의 배열이나 목록까지 바꿉니다.\n"
        "        먼저 복사하거나 새로 만드세요."
    )


def hidden_failure(name: str) -> CheckFailed:
    """Build the exception for a failed hidden test, without its inputs.

    Parameters
    ----------
    name : str

    Returns
    -------
    CheckFailed
    """
    return CheckFailed(
        f"{name}: 숨은 검사를 통과하지 못했습니다.\n"
        "  보이는 검사에 없는 입력에서 틀렸습니다. 함수의 설명을 다시 읽고,\n"
        "  크기가 다른 입력과 특별한 경우를 직접 만들어 시험해 보세요."
    )


def hint_for_error(error: BaseException) -> str:
    """Hint about the likely cause of an exception.

    Parameters
    ----------
    error : BaseException
        Raised by the student's function.

    Returns
    -------
    str
        In Korean; empty if there is no hint.
    """
    if isinstance(error, (IndexError, KeyError)):
        return "범위를 벗어난 자리를 읽었습니다. 반복의 끝과 배열의 모양을 확인하세요."
    if isinstance(error, ZeroDivisionError):
        return "0으로 나누었습니다. 분모가 0이 되는 입력을 따로 다루세요."
    if isinstance(error, NameError):
        return "이름을 잘못 썼거나, 아직 만들지 않은 변수를 읽었습니다."
    text = str(error)
    if any(words in text for words in NUMPY_SHAPES):
        return "모양이 맞지 않는 배열끼리 계산했습니다. `.shape`를 출력해 보세요."
    if "should be unique" in text or "already exists" in text:
        return "한 모델에서 두 층의 이름이 같습니다. 층의 `name`을 정하지 마세요."
    return ""


def format_call(name: str, case: Case) -> str:
    """Format the call of a test case as a line of Python.

    Parameters
    ----------
    name : str
        Of the function.
    case : Case

    Returns
    -------
    str
    """
    parts = [format_value(value) for value in case.args]
    parts += [f"{key}={format_value(value)}" for key, value in case.kwargs.items()]
    return f"{name}({', '.join(parts)})"


def format_value(value: Any) -> str:
    """Format a value in one short line.

    Parameters
    ----------
    value : object
        Large arrays, Keras tensors and models are reduced to their shapes.

    Returns
    -------
    str
    """
    if isinstance(value, np.ndarray) or type(value).__name__ == "EagerTensor":
        array = np.asarray(value)
        if array.size > 16:
            return f"<배열 {array.shape} {array.dtype}>"
        text = np.array2string(array, precision=4, separator=", ", floatmode="maxprec")
        return " ".join(text.split())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)) and any(isinstance(v, np.ndarray) for v in value):
        return f"[{', '.join(map(format_value, value))}]"
    if is_keras_tensor(value):
        return f"케라스 텐서 {value.shape}"
    if is_keras(value):
        shape = getattr(value, "output_shape", None) if hasattr(value, "layers") else None
        return type(value).__name__ if shape is None else f"케라스 모델, 출력 {shape}"
    return textwrap.shorten(repr(value), 200, placeholder=" …")
