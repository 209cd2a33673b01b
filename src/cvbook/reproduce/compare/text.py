"""Compare texts word by word, their decimal numbers within a relative tolerance.

A number with a decimal point or an exponent may differ within the tolerance. Everything else is
exact: words, integers (with or without thousands separators, so shapes and percentages too),
versions, hexadecimal numbers, names that hold digits (`conv2d_1`), `nan` and `inf`. Spaces count
as one however many there are, and not at all beside a number, since NumPy pads with them.
"""

import math
import re
from dataclasses import dataclass

# ASCII letters only: in '약 3.2배' and '총3.2배' the number is a number.
_TOKEN = re.compile(
    r"""
    [A-Za-z_][A-Za-z0-9_]*                      # a name, whose digits belong to it
  | \#[0-9A-Fa-f]{3,8}\b | 0x[0-9A-Fa-f]+       # a colour, a hexadecimal number
  | \d+(?:\.\d+){2,}                            # a version
  | (?P<number>
        (?:(?<![A-Za-z0-9_)\].])[-+\N{MINUS SIGN}])?
        (?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.(?!\.)\d*)?|\.\d+)
        (?:[eE][-+]?\d+)?
    )
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"[^\S\n]+")
_BLANK_AT_END = re.compile(r"[^\S\n]+(?=\n|$)")


@dataclass(frozen=True)
class TextResult:
    """Result of comparing two texts.

    Attributes
    ----------
    difference : str or None
        A message about the first difference; None where the texts count as equal.
    max_relative_error : float
        The largest relative difference of two numbers that was tolerated.
    """

    difference: str | None
    max_relative_error: float


def compare(expected: str, actual: str, rtol: float) -> TextResult:
    """Compare two texts.

    Parameters
    ----------
    expected, actual : str
        The stored text and the new one.
    rtol : float
        Relative tolerance of decimal numbers.

    Returns
    -------
    TextResult
    """
    left, right = _split(expected), _split(actual)
    largest = 0.0
    for index, ((word, start), (other, _)) in enumerate(zip(left, right, strict=False)):
        detail = ""
        if index % 2:
            error = _relative_error(word, other)
            if error <= rtol:
                largest = max(largest, error)
                continue
            if math.isfinite(error):
                detail = f", {error:.1e} apart with rtol {rtol:g}"
        elif word == other:
            continue
        line = expected.count("\n", 0, start + len(word) - len(word.lstrip())) + 1
        return TextResult(_describe(line, word, other, detail), largest)
    if len(left) != len(right):
        longer, text = (left, "stored") if len(left) > len(right) else (right, "new")
        extra = longer[min(len(left), len(right))]
        return TextResult(f"only the {text} text continues with {extra[0]!r}", largest)
    return TextResult(None, largest)


def _split(text: str) -> list[tuple[str, int]]:
    """Split into text, number, text, …, number, text, with positions; blanks are normalized."""
    text = text.replace("\r\n", "\n")
    parts: list[tuple[str, int]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match["number"]:
            parts += [(text[end : match.start()], end), (match["number"], match.start())]
            end = match.end()
    parts.append((text[end:], end))
    last = len(parts) - 1
    return [
        (part, start) if index % 2 else (_normalize_blanks(part, index > 0, index < last), start)
        for index, (part, start) in enumerate(parts)
    ]


def _normalize_blanks(text: str, after_number: bool, before_number: bool) -> str:
    text = _BLANK.sub(" ", _BLANK_AT_END.sub("", text))
    text = text.lstrip(" ") if after_number else text
    return text.rstrip(" ") if before_number else text.rstrip()


def _relative_error(expected: str, actual: str) -> float:
    """Relative difference of two numbers; infinite if they differ and only equality is allowed."""
    if expected == actual:
        return 0.0
    if not (_is_decimal(expected) and _is_decimal(actual)):
        return math.inf
    a, b = _value(expected), _value(actual)
    if a == b:
        return 0.0
    return abs(a - b) / max(abs(a), abs(b))


def _is_decimal(number: str) -> bool:
    return any(mark in number for mark in ".eE")


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def _describe(line: int, word: str, other: str, detail: str) -> str:
    if len(word) > 80 or len(other) > 80:
        same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), 0)
        first = max(0, same - 20)
        word, other = word[first : first + 60], other[first : first + 60]
    return f"line {line}: stored {word!r}, now {other!r}{detail}"
