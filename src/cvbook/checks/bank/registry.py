"""Registry of an assignment's exercises: their oracles and misconceptions.

An *exercise* is a function that students write. Its *oracle* is the right answer that test cases
are compared with; a *misconception* is a known wrong answer, with a hint for students
who give it. A module of `cvbook.checks.bank` makes one `Assignment` and fills it by decorators::

    bank = Assignment("07_separable_conv")

    @bank.oracle
    def conv2d_params(kernel_size, in_channels, filters, use_bias=False): ...

    @bank.misconception("conv2d_params", hint="편향을 빠뜨렸습니다.")
    def params_without_bias(kernel_size, in_channels, filters, use_bias=False): ...

Oracles may be exact only up to the tolerance of a test. They import Keras when they are called, so
that this package can be imported without it. Where Keras is not installed, as in a browser, the
function of `cvbook.reference` or `cvbook.arithmetic` with the same name is the oracle.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, NamedTuple, TypeVar

from cvbook import arithmetic, reference

Function = Callable[..., Any]
F = TypeVar("F", bound=Function)

HAS_KERAS = find_spec("keras") is not None


class Misconception(NamedTuple):
    """A wrong answer that students often give.

    Attributes
    ----------
    hint : str
        Shown to the student, in Korean.
    answer : callable
        Takes the arguments of the exercise and returns the wrong result. It may raise for inputs
        for which the misconception is undefined.
    """

    hint: str
    answer: Function


class Exercise(NamedTuple):
    """A function that students write.

    Attributes
    ----------
    name : str
        Of the function.
    oracle : callable or None
        The right answer; None if every test case specifies its expected outcome.
    misconceptions : tuple of Misconception
        In the order of comparison: the first that gives the student's results provides the hint.
    neighbours : tuple of str
        The other exercises of the assignment, which this one may call.
    """

    name: str
    oracle: Function | None
    misconceptions: tuple[Misconception, ...]
    neighbours: tuple[str, ...]


def without_keras(name: str) -> Function | None:
    """Find what an exercise is compared with where Keras is not installed.

    Parameters
    ----------
    name : str
        Of the exercise.

    Returns
    -------
    callable or None
        The implementation in NumPy or plain Python; None where there is none.
    """
    found: Function | None = getattr(reference, name, None) or getattr(arithmetic, name, None)
    return found


class Assignment:
    """The exercises of one assignment, in the order of its notebook.

    Parameters
    ----------
    name : str
        Of its folder in solutions/, such as "07_separable_conv".
    """

    def __init__(self, name: str):
        self.name = name
        self._oracles: dict[str, Function | None] = {}
        self._misconceptions: dict[str, list[Misconception]] = {}

    def oracle(self, function: F) -> F:
        """Register the right answer of the exercise that has this function's name.

        Parameters
        ----------
        function : callable
            With the signature of the exercise.

        Returns
        -------
        callable
            The same function, so that this can be used as a decorator.
        """
        self._add(function.__name__, function)
        return function

    def without_oracle(self, exercise: str) -> None:
        """Register an exercise whose test cases all specify their expected outcome.

        Parameters
        ----------
        exercise : str
            Name of its function.
        """
        self._add(exercise, None)

    def misconception(self, exercise: str, hint: str) -> Callable[[F], F]:
        """Register a wrong answer; those registered first are compared first.

        Parameters
        ----------
        exercise : str
            Name of an exercise that is registered already.
        hint : str
            Shown to students who give this answer, in Korean.

        Returns
        -------
        callable
            Decorator of a function with the signature of the exercise.

        Raises
        ------
        KeyError
            If the exercise is not registered.
        """

        def register(function: F) -> F:
            self._misconceptions[exercise].append(Misconception(hint, function))
            return function

        return register

    def exercises(self) -> tuple[Exercise, ...]:
        """List the exercises registered so far.

        Returns
        -------
        tuple of Exercise
        """
        return tuple(
            Exercise(
                name,
                oracle if HAS_KERAS or oracle is None else without_keras(name) or oracle,
                tuple(self._misconceptions[name]),
                tuple(other for other in self._oracles if other != name),
            )
            for name, oracle in self._oracles.items()
        )

    def _add(self, exercise: str, oracle: Function | None) -> None:
        if exercise in self._oracles:
            raise ValueError(f"{exercise} is registered already – {self.name} – give it one oracle")
        self._oracles[exercise] = oracle
        self._misconceptions[exercise] = []
