"""Keypoints, rotations, and a mesh of a head."""

import numpy as np
from numpy.typing import ArrayLike

from cvbook.reference._types import Array


def pck(
    true: ArrayLike,
    predicted: ArrayLike,
    visible: ArrayLike,
    scale: ArrayLike,
    alpha: float = 0.1,
) -> float:
    """Percentage of correct keypoints, as a fraction.

    Parameters
    ----------
    true, predicted : (n, points, 2) arrays
        In pixels.
    visible : (n, points) bool array
        Points that are counted.
    scale : (n,) array
        Length that the tolerance is a share of, in pixels: often the longer side of the box.
    alpha : float
        A point is correct within `alpha * scale` of the true one.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If no point is visible.
    """
    visible = np.asarray(visible, dtype=bool)
    if not visible.any():
        raise ValueError("visible: no point to count")
    distance = np.linalg.norm(np.asarray(predicted, float) - np.asarray(true, float), axis=-1)
    correct = distance <= alpha * np.asarray(scale, dtype=float)[:, None]
    return float(correct[visible].mean())


def rotation_matrix(yaw: float, pitch: float, roll: float) -> Array:
    """Matrix of a head's rotation: yaw first, then pitch, then roll.

    Axes are those of a picture: x right, y down, z towards the viewer.

    Parameters
    ----------
    yaw, pitch, roll : float
        In degrees: positive to the right, down and clockwise in the picture.

    Returns
    -------
    (3, 3) float array
        `points @ matrix.T` rotates points (n, 3).
    """
    (cy, cp, cr), (sy, sp, sr) = (f(np.radians((yaw, pitch, roll))) for f in (np.cos, np.sin))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    matrix: Array = about_z @ about_x @ about_y
    return matrix


def rotation_distance(a: ArrayLike, b: ArrayLike) -> float:
    """Angle of the one rotation that turns `a` into `b`.

    Parameters
    ----------
    a, b : (3, 3) arrays
        Rotation matrices.

    Returns
    -------
    float
        In degrees, from 0 to 180.
    """
    cosine = (np.trace(np.asarray(a, float).T @ np.asarray(b, float)) - 1) / 2
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def head_mesh() -> Array:
    """Triangles of a simple head without ears: a skull of radius 1 and a muzzle, facing the viewer.

    Returns
    -------
    (triangles, 3, 3) float array
        Corners x, y, z; x right, y down, z towards the viewer. The nose is near `(0, 0.28, 1.2)`.
    """
    skull = _sphere(6, 12) * [1, 0.9, 0.85]
    muzzle = _sphere(4, 8) * [0.42, 0.34, 0.5] + [0, 0.35, 0.8]
    return np.concatenate([skull, muzzle])


def _sphere(rings: int, columns: int) -> Array:
    """Triangles of the unit sphere between circles of latitude."""
    latitude = np.linspace(0, np.pi, rings + 1)[:, None]
    longitude = np.linspace(0, 2 * np.pi, columns + 1)
    level = np.cos(latitude) * np.ones_like(longitude)
    across, along = np.sin(latitude) * np.cos(longitude), np.sin(latitude) * np.sin(longitude)
    points = np.stack([across, level, along], axis=-1)
    a, b, c, d = points[:-1, :-1], points[:-1, 1:], points[1:, :-1], points[1:, 1:]
    upper, lower = np.stack([a, b, d], axis=-2)[1:], np.stack([a, d, c], axis=-2)[:-1]
    return np.concatenate([upper.reshape(-1, 3, 3), lower.reshape(-1, 3, 3)])
