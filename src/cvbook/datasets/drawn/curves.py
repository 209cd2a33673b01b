"""Curves as arrays of points, and the transformation that places them on a canvas."""

import itertools
import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from cvbook.datasets.drawn.pixels import Array

#: Points as `(n, 2)` floats, x and y.
Points = ArrayLike


def closed_curve(points: Points, steps: int = 8) -> Array:
    """Closed Catmull–Rom spline through the points.

    Parameters
    ----------
    points : array, (n, 2)
    steps : int
        Points of the result for each given one.

    Returns
    -------
    float array, (n * steps, 2)
    """
    p1 = np.asarray(points, float)
    around = np.arange(len(p1))
    p0, p2, p3 = (p1[(around + shift) % len(p1)] for shift in (-1, 1, 2))
    t = (np.arange(steps) / steps)[:, None, None]
    curve: Array = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def bezier(points: Points, steps: int = 20) -> Array:
    """Open Bézier curve, by de Casteljau's algorithm.

    Parameters
    ----------
    points : array, (n, 2)
        Control points.
    steps : int
        Points of the result.

    Returns
    -------
    float array, (steps, 2)
    """
    t = np.linspace(0, 1, steps)[:, None]
    level = [np.repeat(p[None], steps, 0) for p in np.asarray(points, float)]
    while len(level) > 1:
        level = [(1 - t) * a + t * b for a, b in itertools.pairwise(level)]
    return level[0]


def ellipse(x: float, y: float, a: float, b: float, steps: int = 32) -> Array:
    """Ellipse along the axes, as a polygon.

    Parameters
    ----------
    x, y : float
        Centre.
    a, b : float
        Half-axes along x and y.
    steps : int
        Corners.

    Returns
    -------
    float array, (steps, 2)
    """
    cosine, sine = _circle(steps)
    return np.column_stack([x + a * cosine, y + b * sine])


@cache
def _circle(steps: int) -> tuple[Array, Array]:
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.cos(angle), np.sin(angle)


def rotate(points: Array, angle: float) -> Array:
    """Rotate points about the origin.

    Parameters
    ----------
    points : float array, (n, 2)
    angle : float
        In radians, clockwise in a picture.

    Returns
    -------
    float array, (n, 2)
    """
    c, s = math.cos(angle), math.sin(angle)
    x, y = points.T
    result = np.empty_like(points)
    result[:, 0] = x * c - y * s
    result[:, 1] = x * s + y * c
    return result


class Frame:
    """Similarity transformation from a figure's coordinates to canvas pixels.

    Parameters
    ----------
    scale : float
        Canvas pixels for a unit of the figure.
    flip : {-1, 1}
        -1 mirrors the figure.
    angle : float
        Rotation in radians, clockwise.
    origin : (float, float)
        Position of the figure's origin, in canvas pixels.
    """

    def __init__(self, scale: float, flip: int, angle: float, origin: tuple[float, float]):
        self.scale, self.flip, self.angle = scale, flip, angle
        self.stretch, self.origin = np.array([scale * flip, scale]), np.asarray(origin, float)

    def __call__(self, points: Points) -> Array:
        """Transform points.

        Parameters
        ----------
        points : array, (n, 2)
            In the figure's coordinates.

        Returns
        -------
        float array, (n, 2)
            In canvas pixels.
        """
        placed: Array = rotate(np.asarray(points, float) * self.stretch, self.angle) + self.origin
        return placed
