"""Targets, loss and metrics of semantic segmentation."""

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array

#: The smallest probability a logarithm is taken of, as in Keras.
EPSILON = 1e-7


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
        If the trimap has any other value.
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
