"""The operations of the book in plain NumPy, written to be read as formulas.

Images are `(height, width, channels)`, boxes `(xmin, ymin, xmax, ymax)`, kernels laid out as in
Keras. No function changes its arguments.
"""

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cvbook.arithmetic import output_size

Array = NDArray[Any]

#: The smallest probability a logarithm is taken of, as in Keras.
EPSILON = 1e-7


# --- Tasks: labels, boxes, similarity -----------------------------------------------------------


def multi_hot(labels: Sequence[Sequence[str]], class_names: Sequence[str]) -> Array:
    """Encode lists of class names as rows of 0 and 1.

    Parameters
    ----------
    labels : list of n lists of str
    class_names : list of str

    Returns
    -------
    (n, classes) int array

    Raises
    ------
    ValueError
        For a name that is not among `class_names`; the message holds it.
    """
    column = {name: index for index, name in enumerate(class_names)}
    encoded = np.zeros((len(labels), len(class_names)), dtype=int)
    for row, names in zip(encoded, labels, strict=True):
        for name in names:
            if name not in column:
                raise ValueError(f"unknown class name: {name!r}")
            row[column[name]] = 1
    return encoded


def predict_single_label(probs: ArrayLike) -> Array:
    """Index of the most probable class.

    Parameters
    ----------
    probs : (n, classes) array

    Returns
    -------
    (n,) int array
    """
    return np.argmax(probs, axis=-1)


def predict_multi_label(probs: ArrayLike, threshold: float = 0.5) -> Array:
    """Every class whose probability reaches the threshold.

    Parameters
    ----------
    probs : (n, classes) array
    threshold : float

    Returns
    -------
    (n, classes) bool array
    """
    return np.asarray(probs) >= threshold


def box_iou(a: ArrayLike, b: ArrayLike) -> float:
    """Intersection over union of two boxes.

    Parameters
    ----------
    a, b : (xmin, ymin, xmax, ymax)

    Returns
    -------
    float
        In [0, 1]; 0.0 for disjoint boxes and where the union is empty.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    width, height = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0)
    intersection = width * height
    union = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - intersection
    return float(intersection / union) if union > 0 else 0.0


def non_max_suppression(boxes: ArrayLike, scores: ArrayLike, iou_threshold: float = 0.5) -> Array:
    """Keep the best of boxes that overlap.

    Parameters
    ----------
    boxes : (n, 4) array
    scores : (n,) array
    iou_threshold : float
        A box is dropped when its IoU with a kept one is greater than this.

    Returns
    -------
    (kept,) int array
        Indices, highest score first; of equal scores the earlier box first.
    """
    boxes = np.asarray(boxes)
    kept: list[int] = []
    for index in np.argsort(-np.asarray(scores), kind="stable"):
        if all(box_iou(boxes[index], boxes[other]) <= iou_threshold for other in kept):
            kept.append(int(index))
    return np.array(kept, dtype=int)


def cosine_similarity(features: ArrayLike) -> Array:
    """Cosine of the angle between every two feature vectors.

    Parameters
    ----------
    features : (n, d) array

    Returns
    -------
    (n, n) float array
        A zero vector has similarity 0 with everything, itself included.
    """
    features = np.asarray(features, dtype=float)
    norms = np.linalg.norm(features, axis=1, keepdims=True)
    unit = np.divide(features, norms, out=np.zeros_like(features), where=norms > 0)
    return unit @ unit.T


# --- Segmentation: targets and metrics ----------------------------------------------------------


def trimap_to_target(trimap: ArrayLike) -> Array:
    """Turn trimap values 1, 2, 3 into class indices 0, 1, 2.

    Parameters
    ----------
    trimap : int array of any shape

    Returns
    -------
    uint8 array of the same shape

    Raises
    ------
    ValueError
        For any other value.
    """
    trimap = np.asarray(trimap)
    if not np.isin(trimap, (1, 2, 3)).all():
        raise ValueError(f"a trimap holds 1, 2 and 3 only, not {np.unique(trimap).tolist()}")
    return (trimap - 1).astype("uint8")


def pixel_accuracy(target: ArrayLike, predicted: ArrayLike) -> float:
    """Fraction of equal pixels.

    Parameters
    ----------
    target, predicted : int arrays of one shape

    Returns
    -------
    float
    """
    return float(np.mean(np.asarray(target) == np.asarray(predicted)))


def mean_iou(target: ArrayLike, predicted: ArrayLike, num_classes: int) -> float:
    """Mean of the class IoUs over the classes present in either array.

    Parameters
    ----------
    target, predicted : int arrays of one shape
        Classes 0 … num_classes − 1.
    num_classes : int

    Returns
    -------
    float
    """
    target, predicted = np.asarray(target), np.asarray(predicted)
    ious = []
    for label in range(num_classes):
        union = np.sum((target == label) | (predicted == label))
        if union > 0:
            ious.append(np.sum((target == label) & (predicted == label)) / union)
    return float(np.mean(ious))


def sparse_categorical_crossentropy(target: ArrayLike, probs: ArrayLike) -> float:
    """Mean cross-entropy, in nats.

    Parameters
    ----------
    target : (…) int array
    probs : (…, classes) array
        Clipped to [1e-7, 1 − 1e-7], as Keras does, so that the result is finite.

    Returns
    -------
    float
    """
    clipped: Array = np.clip(np.asarray(probs, dtype=float), EPSILON, 1 - EPSILON)
    chosen = np.take_along_axis(clipped, np.asarray(target, dtype=int)[..., None], axis=-1)
    return float(-np.log(chosen).mean())


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


# --- Transposed convolution ---------------------------------------------------------------------


def conv2d_transpose(x: ArrayLike, kernel: ArrayLike, strides: int = 1) -> Array:
    """Transposed convolution of one channel, padding "valid".

    Every input entry lays a copy of the kernel, times itself, on the output; where copies
    overlap they add up.

    Parameters
    ----------
    x : (h, w) array
    kernel : (k, k) array
    strides : int
        Step between two copies.

    Returns
    -------
    (H, W) array, see `cvbook.arithmetic.output_size`
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    k = len(kernel)
    height, width = (output_size(n, k, strides) for n in x.shape)
    y = np.zeros((height, width), dtype=np.result_type(x, kernel))
    for i, j in np.ndindex(*x.shape):
        top, left = i * strides, j * strides
        y[top : top + k, left : left + k] += x[i, j] * kernel
    return y


def conv2d_transpose_channels(
    x: ArrayLike, kernel: ArrayLike, strides: int = 1, padding: str = "valid"
) -> Array:
    """Transposed convolution, as `keras.layers.Conv2DTranspose` without bias.

    Parameters
    ----------
    x : (h, w, in) array
    kernel : (k, k, out, in) array
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
        For another padding.
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    k, _, filters, _ = kernel.shape
    full = [output_size(n, k, strides) for n in x.shape[:2]]
    y = np.zeros((*full, filters), dtype=np.result_type(x, kernel))
    for i, j in np.ndindex(*x.shape[:2]):
        top, left = i * strides, j * strides
        y[top : top + k, left : left + k] += kernel @ x[i, j]
    height, width = (output_size(n, k, strides, padding) for n in x.shape[:2])
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


# --- Batch normalization ------------------------------------------------------------------------


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
    return (np.asarray(x) - np.asarray(moving_mean)) * scale + np.asarray(beta)


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


# --- Depthwise separable convolution ------------------------------------------------------------


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
    return np.einsum("hwcij,ijc->hwc", windows, kernel)


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
    return np.asarray(x) @ np.asarray(kernel)


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


# --- Better results: search spaces and ensembles ------------------------------------------------


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
        Where fewer than `n` combinations exist.
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
        For weights of another length than `predictions`, or with a sum of 0 or less.
    """
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, dtype=float)
    if weights.shape != (len(predictions),) or weights.sum() <= 0:
        raise ValueError("one weight per prediction, with a positive sum")
    return np.tensordot(weights / weights.sum(), np.asarray(predictions), axes=1)
