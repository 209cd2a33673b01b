"""The numbers of a question: its values, and what they give, evaluated as the book is built."""

import itertools
import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import getmembers, isfunction

from cvbook import arithmetic
from cvbook.errors import CvbookError

#: How far an answer with decimals may be off: it is rounded.
TOLERANCE = 0.01
MOST = 12
#: What an expression may call: the book's own arithmetic, and Python's.
FUNCTIONS = {
    **{name: one for name, one in getmembers(arithmetic, isfunction) if name[0] != "_"},
    **{name: getattr(math, name) for name in ("ceil", "floor", "log2", "sqrt")},
    **{one.__name__: one for one in (abs, max, min, round)},
}


@dataclass(frozen=True)
class Case:
    """One set of values.

    Attributes
    ----------
    shown : tuple of str
        The values and what else the text shows, as the text writes them.
    answer : float
    wrong : tuple of float
        What each mistake gives.
    """

    shown: tuple[str, ...]
    answer: float
    wrong: tuple[float, ...]


def parse_values(text: str) -> dict[str, list[float]]:
    """Read the option `values`: `n = 10, 8; k = 4, 5`.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to list of float

    Raises
    ------
    CvbookError
        If it is not of this form.
    """
    found = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        match = re.fullmatch(r"([a-z]\w*)\s*=\s*([\d.,\s]+)", part)
        if match is None:
            raise CvbookError(f"no values – {part} – write them as: n = 10, 8, 12")
        found[match[1]] = [_number(float(one)) for one in match[2].split(",")]
    return found


def make_cases(
    answer: str, values: Mapping[str, Sequence[float]], also: Sequence[str], wrong: Sequence[str]
) -> list[Case]:
    """Evaluate a question for its values.

    Parameters
    ----------
    answer : str
        An expression of the names in `values`.
    values : dict of str to sequence of float
    also : sequence of str
        Expressions for other numbers that the solution shows.
    wrong : sequence of str
        Expressions for what mistakes give.

    Returns
    -------
    list of Case
        The first has the first values; at most `MOST`. Values for which a mistake gives the right
        answer, or two mistakes the same, are left out.

    Raises
    ------
    CvbookError
        If an expression is invalid, or the first values do not tell the answers apart.
    """
    found = []
    combinations = list(itertools.product(*values.values()))
    rest = combinations[1:]
    random.Random(0).shuffle(rest)
    for number, combination in enumerate([combinations[0], *rest]):
        names = dict(zip(values, combination, strict=True))
        right, *others = (evaluate(one, names) for one in (answer, *wrong))
        shown = (*combination, *(evaluate(one, names) for one in also), right)
        if _are_distinct([right, *others]):
            found.append(Case(tuple(map(write, shown)), right, tuple(others)))
        elif number == 0:
            raise CvbookError(
                f"two answers are equal – {answer}: {right, *others} – choose other first values"
            )
    first = found[0].shown
    if len(found) > 1 and len(set(first)) < len(first):
        raise CvbookError(
            f"two numbers of the text are equal – {answer}: {first} – choose other first values"
        )
    return found[:MOST]


def evaluate(expression: str, names: Mapping[str, float]) -> float:
    """Evaluate an expression of a chapter's author.

    Parameters
    ----------
    expression : str
        Python, with the functions in `FUNCTIONS`.
    names : dict of str to float

    Returns
    -------
    float
        An int where it is one.

    Raises
    ------
    CvbookError
        If it cannot be evaluated.
    """
    try:
        return _number(eval(expression, {"__builtins__": {}, **FUNCTIONS, **names}))
    except Exception as error:
        raise CvbookError(f"cannot evaluate – {expression} – {error}") from error


def write(number: float) -> str:
    """Write a number as the book does: 1,024 and 0.4286.

    Parameters
    ----------
    number : float

    Returns
    -------
    str
    """
    return f"{number:,}" if isinstance(number, int) else f"{number:.4g}"


def token(number: str) -> re.Pattern[str]:
    """Compile an expression that finds a number in a text, not within another or in a name.

    Parameters
    ----------
    number : str

    Returns
    -------
    Pattern
    """
    return re.compile(rf"(?<![A-Za-z0-9_])(?<!\d[.,]){re.escape(number)}(?![A-Za-z0-9_]|[.,]\d)")


def _number(value: float) -> float:
    return round(value) if abs(value - round(value)) < 1e-9 else float(value)


def _are_distinct(numbers: Sequence[float]) -> bool:
    """Whether no answer that is accepted for one of them is accepted for another."""
    return all(
        not math.isclose(a, b, rel_tol=0 if isinstance(a, int) and isinstance(b, int) else 0.025)
        for a, b in itertools.combinations(numbers, 2)
    )
