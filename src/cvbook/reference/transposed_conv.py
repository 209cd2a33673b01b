"""Transposed convolution, and how often it covers each entry of its output."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from cvbook.arithmetic import output_size
from cvbook.reference._types import Array


def output_windows(
    input_shape: Sequence[int], kernel_shape: Sequence[int], strides: int
) -> Iterator[tuple[tuple[int, int], tuple[slice, slice]]]:
    """Windows of the output that the copies of the kernel cover in a transposed convolution.

    Parameters
    ----------
    input_shape, kernel_shape : (height, width)
    strides : int
        Step between two copies.

    Yields
    ------
    entry : (int, int)
        Index of an input entry.
    window : (slice, slice)
        The part of the "valid" output that its copy covers.
    """
    height, width = kernel_shape
    for i, j in np.ndindex(*input_shape):
        top, left = i * strides, j * strides
        yield (i, j), np.s_[top : top + height, left : left + width]


def conv2d_transpose(x: ArrayLike, kernel: ArrayLike, strides: int = 1) -> Array:
    """Transposed convolution of one channel, padding "valid".

    Every input entry adds a copy of the kernel, times itself, to its window of the output; where
    windows overlap, copies add up.

    Parameters
    ----------
    x : (h, w) array
    kernel : (k, l) array
    strides : int
        Step between two copies.

    Returns
    -------
    (H, W) array, see `cvbook.arithmetic.output_size`
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    size = [output_size(n, k, strides) for n, k in zip(x.shape, kernel.shape, strict=True)]
    y = np.zeros(size, dtype=np.result_type(x, kernel))
    for entry, window in output_windows(x.shape, kernel.shape, strides):
        y[window] += x[entry] * kernel
    return y


def conv2d_transpose_channels(
    x: ArrayLike, kernel: ArrayLike, strides: int = 1, padding: str = "valid"
) -> Array:
    """Transposed convolution, as `keras.layers.Conv2DTranspose` without bias.

    Parameters
    ----------
    x : (h, w, in) array
    kernel : (k, l, out, in) array
    strides : int
    padding : {"valid", "same"}
        "same" cuts the "valid" result to `strides` times the input, half of the surplus at
        the start, rounded down.

    Returns
    -------
    (H, W, out) array

    Raises
    ------
    ValueError
        If `padding` is neither of the two.
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    sizes = list(zip(x.shape[:2], kernel.shape[:2], strict=True))
    full = [output_size(n, k, strides) for n, k in sizes]
    y = np.zeros((*full, kernel.shape[2]), dtype=np.result_type(x, kernel))
    for entry, window in output_windows(x.shape[:2], kernel.shape[:2], strides):
        y[window] += kernel @ x[entry]
    height, width = (output_size(n, k, strides, padding) for n, k in sizes)
    top, left = (full[0] - height) // 2, (full[1] - width) // 2
    return y[top : top + height, left : left + width]


def overlap_count(n: int, kernel_size: int, strides: int) -> Array:
    """How many input entries contribute to each output entry of a transposed convolution.

    Parameters
    ----------
    n : int
        Side of the square input.
    kernel_size, strides : int

    Returns
    -------
    (H, H) int array, padding "valid"
    """
    ones = np.ones((n, n), dtype=int)
    return conv2d_transpose(ones, np.ones((kernel_size, kernel_size), dtype=int), strides)
