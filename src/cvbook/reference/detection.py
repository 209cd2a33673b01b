"""Anchors, assignment, and the metric of object detection.

Boxes are `(xmin, ymin, xmax, ymax)`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array

#: Results of `assign_anchors` for anchors without an object.
BACKGROUND, IGNORED = -1, -2


def pairwise_iou(a: ArrayLike, b: ArrayLike) -> Array:
    """Intersection over union of every box of `a` with every box of `b`.

    Parameters
    ----------
    a : (n, 4) array
    b : (m, 4) array

    Returns
    -------
    (n, m) float array
        In [0, 1]; 0 for disjoint boxes and where the union is empty.
    """
    a = np.asarray(a, dtype=float).reshape(-1, 1, 4)
    b = np.asarray(b, dtype=float).reshape(1, -1, 4)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    intersection = np.prod(np.maximum(sides, 0), axis=-1)
    areas = [np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1) for boxes in (a, b)]
    union = areas[0] + areas[1] - intersection
    ious: Array = np.divide(intersection, union, out=np.zeros_like(union), where=union > 0)
    return ious


def pairwise_mask_iou(a: ArrayLike, b: ArrayLike) -> Array:
    """Intersection over union of every mask of `a` with every mask of `b`.

    Parameters
    ----------
    a : (n, height, width) bool array
    b : (m, height, width) bool array

    Returns
    -------
    (n, m) float array
        In [0, 1]; 0 where both masks are empty.
    """
    a, b = np.asarray(a, dtype=bool), np.asarray(b, dtype=bool)
    pixels = int(np.prod(b.shape[1:]))
    flat_a, flat_b = (masks.reshape(len(masks), pixels).astype(float) for masks in (a, b))
    intersection = flat_a @ flat_b.T
    union = flat_a.sum(axis=1)[:, None] + flat_b.sum(axis=1) - intersection
    ious: Array = np.divide(intersection, union, out=np.zeros_like(union), where=union > 0)
    return ious


def match_detections(ious: ArrayLike, scores: ArrayLike, iou_threshold: float = 0.5) -> Array:
    """Give each object of one picture to at most one detection, as COCO's evaluation does.

    Detections choose in the order of their scores, each the object not yet taken that it overlaps
    most. For detections and objects of several classes, call this for each class.

    Parameters
    ----------
    ious : (detections, objects) array
        As from `pairwise_iou(detected, true)` or `pairwise_mask_iou`.
    scores : (detections,) array
    iou_threshold : float
        The smallest IoU that counts as found.

    Returns
    -------
    (detections,) int array
        Index of the object, or −1 for a false positive, in the order of the arguments.
    """
    scores = np.asarray(scores, dtype=float)
    free = np.array(ious, dtype=float)
    matches = np.full(len(scores), -1)
    if free.size == 0:  # no detection, or no object
        return matches
    for index in np.argsort(-scores, kind="stable"):
        best = int(np.argmax(free[index]))
        if free[index, best] >= iou_threshold:
            matches[index] = best
            free[:, best] = -1
    return matches


def precision_recall(
    scores: ArrayLike, correct: ArrayLike, num_objects: int
) -> tuple[Array, Array]:
    """Precision and recall when only the best 1, 2, … n detections are kept.

    Parameters
    ----------
    scores : (n,) array
        Of the detections of all pictures.
    correct : (n,) bool array
        Whether a detection found an object: `match_detections(…) >= 0`.
    num_objects : int
        Objects in all pictures, at least 1.

    Returns
    -------
    precision, recall : (n,) float arrays
        In the order of falling scores.

    Raises
    ------
    ValueError
        If there are no objects.
    """
    if num_objects < 1:
        raise ValueError(f"num_objects {num_objects}: recall needs at least one object")
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable")
    found = np.cumsum(np.asarray(correct, dtype=bool)[order])
    return found / np.arange(1, len(found) + 1), found / num_objects


def average_precision(scores: ArrayLike, correct: ArrayLike, num_objects: int) -> float:
    """Average precision as COCO's evaluation computes it at one IoU threshold.

    The mean, at the recalls 0, 0.01, … 1, of the largest precision at that recall or above. PASCAL
    VOC has taken the area under the same steps since 2010; the two differ by less than 0.01.
    COCO's own number is the mean over ten IoU thresholds from 0.5 to 0.95.

    Parameters
    ----------
    scores, correct, num_objects
        As for `precision_recall`.

    Returns
    -------
    float
        In [0, 1]; 0.0 without detections.

    Raises
    ------
    ValueError
        If there are no objects.
    """
    precision, recall = precision_recall(scores, correct, num_objects)
    starts = np.searchsorted(recall, np.arange(101) / 100)
    return float(np.mean([precision[start:].max(initial=0.0) for start in starts]))


def make_anchors(
    height: int, width: int, stride: int, sizes: Sequence[float], ratios: Sequence[float]
) -> Array:
    """Anchors of one level of a feature pyramid: some for each cell, around its centre.

    Parameters
    ----------
    height, width : int
        Of the picture, in pixels; the level has one cell for each `stride` pixels or part of them.
    stride : int
    sizes : sequence of float
        Square roots of the anchors' areas, in pixels.
    ratios : sequence of float
        Height divided by width.

    Returns
    -------
    (rows * columns * sizes * ratios, 4) float array
        Cell after cell, row by row; in a cell size after size. Anchors may leave the picture.
    """
    y = (np.arange(-(-height // stride)) + 0.5) * stride
    x = (np.arange(-(-width // stride)) + 0.5) * stride
    centers = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 1, 2)
    halves = np.array([[s / r**0.5, s * r**0.5] for s in sizes for r in ratios]) / 2
    anchors: Array = np.concatenate([centers - halves, centers + halves], axis=-1)
    return anchors.reshape(-1, 4)


def assign_anchors(
    anchors: ArrayLike, boxes: ArrayLike, positive: float = 0.5, negative: float = 0.4
) -> Array:
    """Assign each anchor to the object that it overlaps most, as RetinaNet does.

    Lin et al. 2017, section 4: an anchor belongs to an object when their IoU is at least 0.5, to
    the background when it is below 0.4 with every object, and is left out of the loss between.

    Parameters
    ----------
    anchors : (n, 4) array
    boxes : (m, 4) array
    positive, negative : float
        The two thresholds.

    Returns
    -------
    (n,) int array
        Index of the box, `BACKGROUND` (−1) or `IGNORED` (−2).
    """
    ious = pairwise_iou(anchors, boxes)
    if ious.shape[1] == 0:
        return np.full(len(ious), BACKGROUND)
    best = ious.max(axis=1)
    assigned = np.where(best < negative, BACKGROUND, IGNORED)
    return np.where(best >= positive, ious.argmax(axis=1), assigned)


def binary_focal_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, gamma: float = 2.0, alpha: float | None = None
) -> Array:
    """Focal loss of each probability, in nats.

    Parameters
    ----------
    y_true : array of 0 and 1
    y_pred : array of the same shape
        Probabilities between 0 and 1, both exclusive.
    gamma : float
        0 gives the binary cross-entropy.
    alpha : float or None
        Weight of the positives; the negatives get 1 − alpha. None weighs none.

    Returns
    -------
    float array of the same shape
    """
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred, dtype=float)
    p_true = np.where(y_true == 1, y_pred, 1 - y_pred)
    weight = 1.0 if alpha is None else np.where(y_true == 1, alpha, 1 - alpha)
    loss: Array = -weight * (1 - p_true) ** gamma * np.log(p_true)
    return loss
