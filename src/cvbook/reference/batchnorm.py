"""Batch normalization in training and inference, and folded into a convolution."""

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array


def batch_norm_train(
    x: ArrayLike, gamma: ArrayLike, beta: ArrayLike, epsilon: float = 1e-3
) -> tuple[Array, Array, Array]:
    """Batch normalization with the statistics of the batch itself.

    Parameters
    ----------
    x : (n, h, w, c) array
    gamma, beta : (c,) arrays
    epsilon : float

    Returns
    -------
    y : (n, h, w, c) array
    mean, variance : (c,) arrays
        Per channel, over batch, height and width.
    """
    x = np.asarray(x)
    mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
    return batch_norm_inference(x, gamma, beta, mean, variance, epsilon), mean, variance


def update_moving(moving: ArrayLike, batch: ArrayLike, momentum: float = 0.99) -> Array:
    """Moving average of a statistic after one more batch.

    Parameters
    ----------
    moving, batch : (c,) arrays
        The average so far, and the statistic of the batch.
    momentum : float
        Share of the average so far.

    Returns
    -------
    (c,) array
    """
    return momentum * np.asarray(moving) + (1 - momentum) * np.asarray(batch)


def batch_norm_inference(
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    moving_mean: ArrayLike,
    moving_variance: ArrayLike,
    epsilon: float = 1e-3,
) -> Array:
    """Batch normalization with given statistics.

    Parameters
    ----------
    x : (n, h, w, c) array
    gamma, beta, moving_mean, moving_variance : (c,) arrays
    epsilon : float

    Returns
    -------
    (n, h, w, c) array
    """
    scale = np.asarray(gamma) / np.sqrt(np.asarray(moving_variance) + epsilon)
    y: Array = (np.asarray(x) - np.asarray(moving_mean)) * scale + np.asarray(beta)
    return y


def fold_batch_norm(
    kernel: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    moving_mean: ArrayLike,
    moving_variance: ArrayLike,
    epsilon: float = 1e-3,
) -> tuple[Array, Array]:
    """Merge a bias-free `Conv2D` and the batch normalization after it into one `Conv2D`.

    Parameters
    ----------
    kernel : (k, k, in, out) array
    gamma, beta, moving_mean, moving_variance : (out,) arrays
    epsilon : float

    Returns
    -------
    kernel : (k, k, in, out) array
    bias : (out,) array
    """
    scale = np.asarray(gamma) / np.sqrt(np.asarray(moving_variance) + epsilon)
    return np.asarray(kernel) * scale, np.asarray(beta) - np.asarray(moving_mean) * scale
