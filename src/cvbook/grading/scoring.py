"""Points of a test cell that ran to its end: nbgrader's rule, where its letter gives wrong points.

nbgrader gives all points to a cell that shows anything but a plain number, `np.float64(2.0)`,
`nan` and `False` included, and none to one that writes anything on stderr.
"""

import math
import re
from dataclasses import dataclass, replace

from nbformat import NotebookNode
from nbformat.v4 import new_output

_NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)"
#: How libraries show one number: NumPy, TensorFlow, PyTorch, JAX, decimal, fractions, SymPy.
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:np|numpy|jnp|ml_dtypes)\.\w+\(({_NUMBER})\)",
        rf"<tf\.(?:Tensor|Variable)\b.*\bnumpy=({_NUMBER})>",
        rf"tf\.Tensor\(({_NUMBER}), shape=\(\).*\)",
        rf"(?:array|tensor|Array|Tensor|mpf|Decimal)\('?({_NUMBER})'?(?:,.*)?\)",
        rf"\[1\] ({_NUMBER})",  # R
        rf"Fraction\(({_NUMBER}), (\d+)\)",
        rf"({_NUMBER})/(\d+)",
    )
]
#: A number in a wrapper that holds nothing else.
_WRAPPED = re.compile(rf"(?:(?:\w+\.)*\w+\()?[\[('\"]+({_NUMBER}),?[\])'\"]+(?:,.*)?\)?", re.I)
_FALSE = re.compile(
    r"False|(?:\[1\] )?FALSE|false|(?:np|numpy)\.False_"
    r"|<tf\.Tensor.*numpy=False>|[^,]*[(\[]False[)\]].*"
)
_TRUE = re.compile(
    r"True|(?:\[1\] )?TRUE|true|(?:np|numpy)\.True_"
    r"|<tf\.Tensor.*numpy=True>|(?:array|tensor)\(True.*\)"
)
#: Results of `unittest` and `doctest` that a cell shows.
_FAILED_TESTS = re.compile(r"\b(?:failed|failures|errors)=[1-9]")
#: What `unittest` writes last on stderr; programs write the words above there for other reasons.
_UNITTEST_FAILED = re.compile(r"^FAILED \([\w ]+=\d", re.MULTILINE)
#: Characters of the longest text that is taken for a number.
_LONGEST = 1000
#: Rounding that may lift a sum of parts over the maximum.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Points:
    """The points of a test cell, and how they were read.

    Attributes
    ----------
    value : float or None
        None for all of the cell's points.
    note : str
        Where nbgrader would give other points: what was done, in Korean.
    unclear : str
        Where the outcome can be read in two ways: how it was read, in Korean.
    stderr : bool
        Whether the cell wrote on stderr, for which nbgrader gives no points.
    too_many : bool
        Whether it was more than the cell has, which is no honest result either.
    """

    value: float | None
    note: str = ""
    unclear: str = ""
    stderr: bool = False
    too_many: bool = False


def shown_points(text: str, maximum: float) -> Points:
    """Read the points from the value that a test cell shows.

    Parameters
    ----------
    text : str
        The value's `text/plain`.
    maximum : float
        Points of the cell.

    Returns
    -------
    Points
    """
    if not maximum:
        return Points(0.0)
    text = text.strip()
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    number, plain, bare = _number(text)
    if number is None:
        if _TRUE.fullmatch(text):
            return Points(None)
        if _FALSE.fullmatch(text) or _FAILED_TESTS.search(text):
            return Points(0.0, unclear=f"결과 {shown}: 0점으로 셈 (nbgrader라면 만점)")
        return Points(
            None, unclear=f"결과 {shown}: 점수로 읽을 수 없어 만점으로 셈 (nbgrader와 같음)"
        )
    if math.isnan(number) or number < 0:
        return Points(0.0, unclear=f"결과 {shown}: 0점으로 셈 (nbgrader라면 만점)")
    if number > maximum * (1 + _ROUNDING):
        reason = f"결과 {shown}: 만점 {maximum:g}점보다 커서 0점으로 셈"
        return Points(0.0, unclear=reason, too_many=True)
    value = min(number, maximum)
    if number > maximum:
        return Points(value, f"결과 {shown}: 만점으로 셈 (nbgrader라면 채점하지 못함)")
    if plain or value == maximum:
        return Points(value)
    how = f"결과 {shown}: {value:g}점으로 셈 (nbgrader라면 만점)"
    return Points(value, how) if bare else Points(value, unclear=how)


def _number(text: str) -> tuple[float | None, bool, bool]:
    """Return the number that is shown, and whether as a plain one, and whether as a scalar."""
    try:
        return float(text), True, True
    except ValueError:
        pass
    if len(text) > _LONGEST:
        return None, False, False
    for form in _FORMS:
        if match := form.fullmatch(text):
            value = float(match[1].replace("_", ""))
            if form.groups == 2:
                below = float(match[2])
                value = value / below if below else math.nan
            return value, False, True
    match = _WRAPPED.fullmatch(text)
    return (float(match[1]), False, False) if match else (None, False, False)


def like_points(text: str, maximum: float) -> str:
    """Say that what a test prints or hides at its end is no score, where it looks like one.

    Parameters
    ----------
    text : str
        Its last line, or the value that a semicolon hides.
    maximum : float
        Points of the cell.

    Returns
    -------
    str
        In Korean; empty where it does not look like one.
    """
    text = text.strip()
    number = _number(text)[0]
    low = number is not None and 0 <= number < maximum
    if not low and not _FALSE.fullmatch(text):
        return ""
    return f"끝의 {text[:60]}: 셀의 값으로 나타내지 않아 만점으로 셈 (nbgrader와 같음)"


def set_shown(cell: NotebookNode, value: str | None) -> None:
    """Let a cell show one value, whatever of it was lost on the way.

    Parameters
    ----------
    cell : NotebookNode
        Changed in place.
    value : str or None
        The value's text; None for no value.
    """
    shown = [output for output in cell.outputs if output.output_type == "execute_result"]
    cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
    if value is not None:
        result = shown[0] if shown else new_output("execute_result", data={})
        result.data["text/plain"] = value
        cell.outputs.append(result)


def read_points(cell: NotebookNode) -> Points:
    """Read the points of a test cell that passed, and rewrite its outputs so that nbgrader agrees.

    Parameters
    ----------
    cell : NotebookNode
        Its outputs are changed in place: stderr is removed, the shown value becomes a number.

    Returns
    -------
    Points
    """
    stderr = "".join(str(output.text) for output in cell.outputs if _is_stderr(output))
    cell.outputs = [output for output in cell.outputs if not _is_stderr(output)]
    points = Points(None)
    for output in cell.outputs:
        if output.output_type == "execute_result":
            maximum = float(cell.metadata.nbgrader.points)
            points = shown_points(str(output.data.get("text/plain", "")), maximum)
            value = maximum if points.value is None else points.value
            output.data["text/plain"] = f"{value:.12g}"
            break
    if _UNITTEST_FAILED.search(stderr):
        cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
        return Points(0.0, unclear="stderr에 실패한 검사가 있음: 0점으로 셈 (nbgrader와 같음)")
    if stderr.strip():
        points = replace(points, stderr=True)
    return points


def _is_stderr(output: NotebookNode) -> bool:
    return (output.output_type, output.get("name")) == ("stream", "stderr")
