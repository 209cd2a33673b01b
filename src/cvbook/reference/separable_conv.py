"""Depthwise separable convolution and its two steps."""

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array


def depthwise_conv2d(x: ArrayLike, kernel: ArrayLike) -> Array:
    """Convolve every channel with its own kernel, padding "valid", stride 1.

    Parameters
    ----------
    x : (h, w, c) array
    kernel : (k, k, c) array

    Returns
    -------
    (h − k + 1, w − k + 1, c) array
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    k = len(kernel)
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(0, 1))
    y: Array = np.einsum("hwcij,ijc->hwc", windows, kernel)
    return y


def pointwise_conv2d(x: ArrayLike, kernel: ArrayLike) -> Array:
    """Mix the channels of every pixel: a 1×1 convolution.

    Parameters
    ----------
    x : (h, w, c) array
    kernel : (c, f) array

    Returns
    -------
    (h, w, f) array
    """
    y: Array = np.asarray(x) @ np.asarray(kernel)
    return y


def separable_conv2d(
    x: ArrayLike, depthwise_kernel: ArrayLike, pointwise_kernel: ArrayLike
) -> Array:
    """Depthwise, then pointwise convolution, as `keras.layers.SeparableConv2D` without bias.

    Parameters
    ----------
    x : (h, w, c) array
    depthwise_kernel : (k, k, c) array
    pointwise_kernel : (c, f) array

    Returns
    -------
    (h − k + 1, w − k + 1, f) array
    """
    return pointwise_conv2d(depthwise_conv2d(x, depthwise_kernel), pointwise_kernel)
