"""Search spaces of hyperparameters, and ensembles."""

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array


def grid_search_space(space: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Every combination of hyperparameter values, once, in `itertools.product` order.

    Parameters
    ----------
    space : dict of lists

    Returns
    -------
    list of dict
    """
    return [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]


def random_search_space(
    space: Mapping[str, Sequence[Any]], n: int, seed: int
) -> list[dict[str, Any]]:
    """Draw distinct combinations of hyperparameter values.

    Parameters
    ----------
    space : dict of lists
    n, seed : int

    Returns
    -------
    list of n dicts

    Raises
    ------
    ValueError
        If fewer than `n` combinations exist.
    """
    return random.Random(seed).sample(grid_search_space(space), n)


def ensemble(predictions: Sequence[ArrayLike], weights: ArrayLike | None = None) -> Array:
    """Weighted mean of several models' predictions.

    Parameters
    ----------
    predictions : list of (n, classes) arrays
    weights : list of float, optional
        Equal by default; normalised to sum 1.

    Returns
    -------
    (n, classes) array

    Raises
    ------
    ValueError
        If the weights have another length than `predictions`, or a sum of 0 or less.
    """
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, dtype=float)
    if weights.shape != (len(predictions),) or weights.sum() <= 0:
        raise ValueError("one weight per prediction, with a positive sum")
    return np.tensordot(weights / weights.sum(), np.asarray(predictions), axes=1)
