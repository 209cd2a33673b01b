"""Labels, boxes and similarity of feature vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array


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
        If a name is not among `class_names`; the message contains it.
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
    indices: Array = np.argmax(probs, axis=-1)
    return indices


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
    similarity: Array = unit @ unit.T
    return similarity
