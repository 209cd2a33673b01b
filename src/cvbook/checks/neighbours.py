"""Replacement of an assignment's other functions by their oracles while one function is tested.

So one mistake costs points once: a function that calls a wrong one of another task can be right.
"""

import contextlib
import inspect
import io
import linecache
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from cvbook.checks import bank

Function = Callable[..., Any]


def code_of(function: Any) -> CodeType | None:
    """Find the code that a function runs, through decorators such as `lru_cache`, `tf.function`.

    Parameters
    ----------
    function : object

    Returns
    -------
    code or None
        None for what is written in no Python function.
    """
    with contextlib.suppress(ValueError):  # decorators in a circle
        function = inspect.unwrap(function)
    function = getattr(function, "python_function", function)
    code = getattr(function, "__code__", None)
    return code if isinstance(code, CodeType) else None


def cell_of(function: Any) -> str | None:
    """Return the file name in a function's code; in a notebook, every cell has its own.

    Parameters
    ----------
    function : object

    Returns
    -------
    str or None
    """
    code = code_of(function)
    return None if code is None else code.co_filename


class Neighbours:
    """The other functions of the assignment as the notebook defines them.

    A function that is defined in the tested function's own cell does not count.

    Parameters
    ----------
    name : str
        Of the tested function.
    function : callable
        The tested function.
    """

    def __init__(self, name: str, function: Function):
        self.name = name
        self._cell = cell_of(function)
        with contextlib.suppress(ValueError):
            function = inspect.unwrap(function)
        function = getattr(function, "python_function", function)
        self._namespace: dict[str, Any] = getattr(function, "__globals__", {})

    def _replacements(self) -> dict[str, Function]:
        exercise = bank.find(self.name)
        found: dict[str, Function] = {}
        for name in exercise.neighbours if exercise else ():
            neighbour, value = bank.find(name), self._namespace.get(name)
            cell = cell_of(value)
            if not (neighbour and neighbour.oracle and callable(value)):
                continue
            if cell not in (None, self._cell):
                found[name] = _oracle_with_fallback(neighbour.oracle, value)
        return found

    def exist(self) -> bool:
        """Whether there is any."""
        return bool(self._replacements())

    @contextlib.contextmanager
    def replaced(self) -> Iterator[None]:
        """Replace them, in the names of the notebook; restore them afterwards."""
        replacements = self._replacements()
        originals = {name: self._namespace[name] for name in replacements}
        self._namespace.update(replacements)
        try:
            yield
        finally:
            self._namespace.update(originals)

    @contextlib.contextmanager
    def rebuilt(self) -> Iterator[Function | None]:
        """Replace them, and execute the tested function's cell again, with empty caches.

        A neighbour that was reached through a cache, or a graph that was traced before, is left
        behind by that.

        Yields
        ------
        callable or None
            The tested function anew; None where it does not mention a neighbour.
        """
        source = "".join(linecache.getlines(self._cell or ""))
        if not any(name in source for name in self._replacements()):
            yield None
            return
        names = dict(self._namespace)
        try:
            with self.replaced():
                # A neighbour that is imported or defined in this cell stays the student's.
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(source, str(self._cell), "exec"), self._namespace)
                self._clear_caches()
                yield self._namespace.get(self.name)
        finally:
            self._namespace.clear()
            self._namespace.update(names)
            self._clear_caches()

    def _clear_caches(self) -> None:
        for value in list(self._namespace.values()):
            clear = getattr(value, "cache_clear", None)
            if callable(clear) and cell_of(value) is not None:
                clear()


def _oracle_with_fallback(oracle: Function, fallback: Function) -> Function:
    """Wrap an oracle; calls that do not fit its signature go to the student's function."""
    signature = inspect.signature(oracle)

    def answer(*args: Any, **kwargs: Any) -> Any:
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            return fallback(*args, **kwargs)
        return oracle(*args, **kwargs)

    return answer
