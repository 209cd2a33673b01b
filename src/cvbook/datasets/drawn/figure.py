"""A furred figure on a canvas: painting operations that its body and head share.

A figure has coordinates of its own: x to the right, y down, the unit about half its height, the
origin in its chest. A `Frame` places them on the canvas.
"""

import numpy as np
from PIL import Image

from cvbook.datasets.drawn.canvas import Canvas
from cvbook.datasets.drawn.coat import Coat
from cvbook.datasets.drawn.curves import Frame, Points
from cvbook.datasets.drawn.pixels import Array


class Figure:
    """Paints parts given in the figure's coordinates, and records keypoints.

    Parameters
    ----------
    generator : Generator
        Source of all variation.
    canvas : Canvas
        Where to paint.
    frame : Frame
        Position, scale and rotation on the canvas.
    coat : Coat
        Its fur.

    Attributes
    ----------
    keypoints : dict of str to (float, float)
        x and y in canvas pixels; those that the pose does not show are missing.
    light_fur : float array, (3,)
        A lighter colour of the coat, for paws, bellies and muzzles.
    """

    def __init__(self, generator: np.random.Generator, canvas: Canvas, frame: Frame, coat: Coat):
        self.generator, self.canvas, self.frame, self.coat = generator, canvas, frame, coat
        self.keypoints: dict[str, tuple[float, float]] = {}
        self.light_fur = np.clip(coat.mean * 1.28 + 28, 0, 245)

    def jitter(self, points: Points, amount: float) -> Array:
        """Points, each moved at random.

        Parameters
        ----------
        points : array, (n, 2)
        amount : float
            Standard deviation, in the units of the points.

        Returns
        -------
        float array, (n, 2)
        """
        exact = np.asarray(points, float)
        return exact + self.generator.normal(size=exact.shape) * amount

    def polygon(self, points: Points) -> Image.Image:
        """Mask of a polygon.

        Parameters
        ----------
        points : array, (n, 2)
            In the figure's coordinates.

        Returns
        -------
        Image
            As `Canvas.polygon` gives it.
        """
        return self.canvas.polygon(self.frame(points))

    def mark(self, name: str, x: float, y: float) -> None:
        """Record a keypoint.

        Parameters
        ----------
        name : str
            As in `traits.SKELETON`.
        x, y : float
            In the figure's coordinates.
        """
        point = self.frame(np.array([[x, y]]))[0]
        self.keypoints[name] = (float(point[0]), float(point[1]))
