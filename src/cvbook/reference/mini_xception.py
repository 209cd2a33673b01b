"""Accuracy of a binary classifier."""

import numpy as np
from numpy.typing import ArrayLike


def binary_accuracy(target: ArrayLike, probs: ArrayLike) -> float:
    """Fraction of right answers when a probability of 0.5 or more means class 1.

    Parameters
    ----------
    target : (n,) or (n, 1) array of 0 and 1
    probs : array with as many entries

    Returns
    -------
    float
    """
    return float(np.mean((np.ravel(probs) >= 0.5) == (np.ravel(target) >= 0.5)))
