"""Test cells whose own names are not those of the notebook."""

import importlib
import inspect
from collections.abc import Callable

#: Modules that a test may ask for, by the name of the parameter.
MODULES = {
    "checks": "cvbook.checks",
    "itertools": "itertools",
    "keras": "keras",
    "layers": "keras.layers",
    "np": "numpy",
}


def isolated(test: Callable[..., None]) -> None:
    """Decorate a function that holds a test cell: it runs at once.

    What the cell defines is local to the function: a helper of the same name in the notebook stays
    what it is. The modules that the test uses are its parameters: a student's variable `np` does
    not reach it.

    Parameters
    ----------
    test : callable
        Its parameters are keys of `MODULES`.

    Examples
    --------
    >>> from cvbook import checks
    >>> def double(x):
    ...     return 2 * x
    >>> @checks.isolated
    ... def _tests(np, checks):
    ...     rng = np.random.default_rng(0)
    ...     checks.visible("double", checks.call(rng.integers(9)).fits(lambda answer: None))
    통과: double (입력 1가지)
    """
    names = inspect.signature(test).parameters
    test(**{name: importlib.import_module(MODULES[name]) for name in names})
