"""Test cases: the arguments of a call and its expected outcome."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

#: Sentinel for the oracle's result, since None may itself be the expected result.
FROM_ORACLE = object()

Verify = Callable[[Any], str | None]


@dataclass(frozen=True)
class SymbolicInput:
    """A `keras.Input` among the arguments of a test case, created anew for every call."""

    shape: tuple[int | None, ...]

    def __repr__(self) -> str:
        return f"keras.Input({self.shape})"


@dataclass(frozen=True)
class Case:
    """A test case: arguments, and the expected outcome, by default what the oracle returns.

    Attributes
    ----------
    args, kwargs : tuple, dict
        Of the call.
    expected : object
        The expected result.
    error : type or None
        The exception that is expected instead.
    mentions : str
        What its message has to contain.
    verify : callable or None
        Takes the result; returns None to accept it, else an error message in Korean.
    new : bool
        Whether the result must not share memory with an array among the arguments.
    may_raise : bool
        Whether an answer that raises an error passes too.
    integers : bool
        Whether floats are refused, be they whole numbers.
    """

    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    expected: Any = FROM_ORACLE
    error: type[Exception] | None = None
    mentions: str = ""
    verify: Verify | None = None
    new: bool = False
    may_raise: bool = False
    integers: bool = False

    def gives(self, expected: Any) -> "Case":
        """Copy the case, with this expected value.

        Parameters
        ----------
        expected : object
            A number, array, list, tuple, dict, string, None or Keras model.

        Returns
        -------
        Case
        """
        return replace(self, expected=expected)

    def raises(self, error: type[Exception], mentions: str = "") -> "Case":
        """Copy the case, with an exception as its expected outcome.

        Parameters
        ----------
        error : type
            Of the exception.
        mentions : str
            What its message has to contain.

        Returns
        -------
        Case
        """
        return replace(self, error=error, mentions=mentions)

    def fits(self, verify: Verify) -> "Case":
        """Copy the case, with a predicate in place of an expected value.

        Parameters
        ----------
        verify : callable
            Takes the result; returns None to accept it, else an error message in Korean.

        Returns
        -------
        Case
        """
        return replace(self, verify=verify)

    def or_raises(self) -> "Case":
        """Copy the case, and let an answer pass that raises an error.

        For arguments that the task does not promise, such as whole numbers: TensorFlow refuses to
        multiply them by floats, which is no wrong result; one that is cut off is.

        Returns
        -------
        Case
        """
        return replace(self, may_raise=True)

    def gives_new_array(self) -> "Case":
        """Copy the case, and refuse a result that shares memory with an argument.

        Returns
        -------
        Case
        """
        return replace(self, new=True)

    def gives_integers(self) -> "Case":
        """Copy the case, and refuse floats: sizes and counts are used as such.

        Returns
        -------
        Case
        """
        return replace(self, integers=True)

    def copied(self) -> tuple[list[Any], dict[str, Any]]:
        """Copy the arguments, so that the called function may modify them.

        Returns
        -------
        (list, dict)
            Positional and keyword arguments.
        """
        return (
            [_copied(value) for value in self.args],
            {name: _copied(value) for name, value in self.kwargs.items()},
        )


def call(*args: Any, **kwargs: Any) -> Case:
    """Make a test case.

    Parameters
    ----------
    *args, **kwargs : object
        Arguments of the call; `tensor` creates a Keras input.

    Returns
    -------
    Case
        Expects what the oracle returns; refine it with `gives`, `raises` or `fits`.
    """
    return Case(args, kwargs)


def tensor(*shape: int | None) -> SymbolicInput:
    """Make a Keras input for the arguments of `call`.

    Parameters
    ----------
    *shape : int or None
        Without the batch.

    Returns
    -------
    SymbolicInput
    """
    return SymbolicInput(shape)


def draw(count: int, make: Callable[[np.random.Generator], Case], seed: int = 0) -> list[Case]:
    """Generate random test cases, the same for the same seed.

    Parameters
    ----------
    count : int
    make : callable
        Creates one test case with a random generator.
    seed : int

    Returns
    -------
    list of Case
    """
    rng = np.random.default_rng(seed)
    return [make(rng) for _ in range(count)]


def each_changed(*args: float, **kwargs: float) -> list[Case]:
    """Make a test case of numbers, and for each of them one in which that alone is another.

    A result that is kept for some of the arguments is then given for others.

    Parameters
    ----------
    *args, **kwargs : int, float or bool
        Of the first call.

    Returns
    -------
    list of Case
    """

    def other(value: float) -> float:
        return not value if isinstance(value, bool) else value + 1

    cases = [Case(args, kwargs)]
    for place, value in enumerate(args):
        cases.append(Case((*args[:place], other(value), *args[place + 1 :]), kwargs))
    return [*cases, *(Case(args, kwargs | {name: other(kwargs[name])}) for name in kwargs)]


def as_integers(case: Case, dtype: str) -> Case:
    """Copy a case, with its first argument as whole numbers, as pictures are.

    What is made with the dtype of the input then loses its fractions.

    Parameters
    ----------
    case : Case
        Its first argument is an array of non-negative whole numbers.
    dtype : str
        Such as "uint8".

    Returns
    -------
    Case
    """
    first, *others = case.args
    return replace(case, args=(np.asarray(first).astype(dtype), *others))


def in_column_order(case: Case, count: int) -> Case:
    """Copy a case, with arrays in Fortran's order in memory, as a transposed array has it.

    Parameters
    ----------
    case : Case
    count : int
        How many of its arrays, from the first.

    Returns
    -------
    Case
        Its arguments are equal to those of the given one.
    """
    args = list(case.args)
    arrays = [i for i, value in enumerate(args) if isinstance(value, np.ndarray) and value.ndim]
    for i in arrays[:count]:
        args[i] = np.asfortranarray(args[i])
    return replace(case, args=tuple(args))


def by_keyword(case: Case, names: Sequence[str]) -> Case:
    """Copy a case, with all arguments but the first given by their names.

    Parameters
    ----------
    case : Case
    names : sequence of str
        Of the function's parameters.

    Returns
    -------
    Case
    """
    named = dict(zip(names[1:], case.args[1:], strict=False))
    rest = case.args[len(names) :]
    return replace(case, args=(*case.args[:1], *rest), kwargs=named | case.kwargs)


def variants(case: Case, count: int = 2) -> list[Case]:
    """Make further cases from one: other rows first, other numbers.

    The arrays among the arguments that have the same length get the same new order; arrays of
    floats are scaled as a whole, so that boxes stay boxes and probabilities stay proportional.

    Parameters
    ----------
    case : Case
    count : int

    Returns
    -------
    list of Case
        Without an expected result; empty where no argument is an array of floats.
    """
    if not any(isinstance(value, np.ndarray) and value.dtype.kind == "f" for value in case.args):
        return []
    found = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        scale = rng.uniform(0.6, 0.9)

        def change(value: Any, seed: int = seed, scale: float = scale) -> Any:
            if not isinstance(value, np.ndarray) or value.ndim == 0:
                return value
            order = np.random.default_rng([seed, len(value)]).permutation(len(value))
            value = value[order]
            return (value * scale).astype(value.dtype) if value.dtype.kind == "f" else value

        found.append(
            Case(
                tuple(map(change, case.args)),
                {name: change(value) for name, value in case.kwargs.items()},
            )
        )
    return found


def indices(answer: Any) -> str | None:
    """Check that a result holds integer indices; for `Case.fits`.

    Parameters
    ----------
    answer : object

    Returns
    -------
    str or None
        None for integers, in an array or a list; else an error message in Korean.
    """
    dtype = np.asarray(answer).dtype
    return None if dtype.kind in "iu" else f"번호는 정수여야 하는데 자료형이 {dtype}입니다."


def is_keras(value: Any) -> bool:
    """Whether a value is a Keras object, or of a subclass, without importing Keras.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool
    """
    return any(base.__module__.partition(".")[0] == "keras" for base in type(value).__mro__)


def is_keras_tensor(value: Any) -> bool:
    """Whether a value is a symbolic tensor of Keras.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool
    """
    return type(value).__name__ == "KerasTensor"


def keras_tensors(args: Sequence[Any], kwargs: dict[str, Any]) -> list[Any]:
    """List the symbolic tensors among the arguments of a call.

    Parameters
    ----------
    args, kwargs : sequence, dict

    Returns
    -------
    list of KerasTensor
    """
    return [value for value in (*args, *kwargs.values()) if is_keras_tensor(value)]


def _copied(value: Any) -> Any:
    """Copy an argument; equal values are never the same object, as `is` would find."""
    if isinstance(value, SymbolicInput):
        import keras

        return keras.Input(value.shape)
    if type(value) is str:
        return "".join(list(value))
    if type(value) is int:
        return int(str(value))
    if type(value) in (list, tuple):
        return type(value)(map(_copied, value))
    if type(value) is dict:
        return {_copied(key): _copied(entry) for key, entry in value.items()}
    return value if is_keras(value) else copy.deepcopy(value)
