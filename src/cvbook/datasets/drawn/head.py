"""The head of a drawn pet: ears, skull, muzzle, eyes, nose and mouth.

A head has coordinates of its own: x to the right, y down, its radius 1, the origin in its centre.
"""

import numpy as np
from PIL import Image

from cvbook.datasets.drawn.curves import Points, bezier, closed_curve, ellipse, rotate
from cvbook.datasets.drawn.figure import Figure
from cvbook.datasets.drawn.pixels import Array
from cvbook.datasets.drawn.traits import BREEDS, CAT_EYES, DOG_EYES, PINK

DARK_SKIN = np.array([30, 26, 26], np.float32)
SIDES = ((-1, "left"), (1, "right"))


class Head:
    """Draws a head on a figure.

    Parameters
    ----------
    figure : Figure
        Whose head it is; keypoints are recorded there.
    breed : str
        One of `traits.BREEDS`.
    center : (float, float)
        In the figure's coordinates.
    radius : float
        In the figure's units.
    yaw : float
        How far it is turned to the figure's right, in radians.

    Attributes
    ----------
    mask : float32 array
        Opacity of the head alone, of the canvas's size.
    """

    def __init__(
        self, figure: Figure, breed: str, center: tuple[float, float], radius: float, yaw: float
    ):
        g = figure.generator
        self.figure, self.breed, self.center, self.radius = figure, breed, center, radius
        self.generator, self.canvas = g, figure.canvas
        self.is_cat = BREEDS[breed] == "cat"
        self.snout = 1.3 if breed == "langnase" else 1.0
        self.mask = np.zeros_like(figure.canvas.alpha)
        self.yaw = yaw
        self.roll, self.pitch = g.normal() * 0.13, np.clip(g.normal() * 0.15, -0.35, 0.35)
        # How far turning and nodding move the face over the skull.
        self.turn, self.nod = yaw * 0.42, self.pitch * 0.45
        self.muzzle_fur = figure.light_fur if g.random() < 0.6 else None

    @property
    def angles(self) -> tuple[float, float, float]:
        """Yaw, pitch and roll in degrees; positive to the right, down and clockwise on screen."""
        frame = self.figure.frame
        turned = [self.yaw * frame.flip, self.pitch, self.roll * frame.flip + frame.angle]
        yaw, pitch, roll = np.degrees(turned)
        return float(yaw), float(pitch), float(roll)

    def draw(self) -> None:
        """Draw it, from back to front."""
        g = self.generator
        tone = g.choice([0.6, 0.85, 1.0, 1.0])
        upright = self.is_cat or (self.breed == "langnase" and g.random() < 0.4)
        if upright:
            self._ears(tone, upright)
        self._skull()
        if not upright:
            self._ears(tone, upright)
        if g.random() < 0.35:
            self._blaze()
        self._muzzle()
        self._eyes()
        if self.is_cat:
            self._cat_nose()
            self._cat_mouth()
        else:
            self._dog_nose()
            self._dog_mouth()

    # ---- painting in the head's coordinates ----------------------------------------------------

    def _on_figure(self, points: Points) -> Array:
        """From the head's coordinates to the figure's."""
        return rotate(np.asarray(points, float) * self.radius, self.roll) + self.center

    def _mark(self, name: str, x: float, y: float) -> None:
        self.figure.mark(name, *self._on_figure(np.array([[x, y]]))[0])

    def _furred(
        self,
        points: Points,
        tone: float = 1.0,
        color: Array | None = None,
        depth: float = 1.0,
        ragged: bool = True,
    ) -> None:
        mask, scale = self._polygon(points), self.figure.frame.scale
        self._cover(
            self.canvas.paint(
                mask,
                scale,
                color,
                coat=self.figure.coat,
                tone=tone,
                depth=depth,
                ragged=ragged,
            )
        )

    def _bare(self, points: Points, color: Array, depth: float = 0.2) -> None:
        mask, scale = self._polygon(points), self.figure.frame.scale
        self._cover(self.canvas.paint(mask, scale, color, depth=depth))

    def _polygon(self, points: Points) -> Image.Image:
        return self.figure.polygon(self._on_figure(points))

    def _cover(self, painted: tuple[slice, slice, Array] | None) -> None:
        """Add what was painted to the head's mask."""
        if painted is not None:
            rows, columns, opacity = painted
            region = self.mask[rows, columns]
            np.maximum(region, opacity, out=region)

    def _line(self, points: Points, color: Array, width: int) -> None:
        self.canvas.line(self.figure.frame(self._on_figure(points)), color, width)

    # ---- ears ----------------------------------------------------------------------------------

    def _ears(self, tone: float, upright: bool) -> None:
        draw = self._cat_ear if self.is_cat else self._pricked_ear if upright else self._floppy_ear
        for side, name in SIDES:
            near = 1 - 0.35 * max(0.0, side * self.yaw)  # the ear turned away looks narrower
            tip = draw(side, near, tone)
            self._mark(f"{name}_ear", *tip)

    def _cat_ear(self, side: int, near: float, tone: float) -> Array:
        """Draw an ear with pink skin in it; returns its tip."""
        g, shift = self.generator, np.array([self.turn * 0.45, 0.0])
        tip = -g.uniform(1.32, 1.62) if self.breed == "Spitzohr" else -g.uniform(1.15, 1.4)
        outer = self.figure.jitter(
            [
                [side * 0.22 * near, -0.72],
                [side * 0.50 * near, tip * 0.95],
                [side * 0.66 * near, tip],
                [side * 0.90 * near, -0.62],
                [side * 0.80 * near, -0.30],
                [side * 0.4 * near, -0.5],
            ],
            0.02,
        )
        inner = np.array(
            [
                [side * 0.36 * near, -0.75],
                [side * 0.56 * near, tip * 0.85],
                [side * 0.63 * near, tip * 0.88],
                [side * 0.78 * near, -0.66],
                [side * 0.7 * near, -0.5],
                [side * 0.45 * near, -0.6],
            ]
        )
        skin = PINK * 0.85 + self.figure.coat.mean * 0.15
        self._furred(closed_curve(outer + shift, 6), 0.95 * tone)
        self._furred(closed_curve(inner + shift, 6), 0.9, skin)
        return np.asarray(outer[2] + shift)

    def _pricked_ear(self, side: int, near: float, tone: float) -> Array:
        """Draw a dog's upright ear; returns its tip."""
        shift = np.array([self.turn * 0.45, 0.0])
        tip = -self.generator.uniform(1.25, 1.55)
        outer = self.figure.jitter(
            [
                [side * 0.2 * near, -0.78],
                [side * 0.42 * near, tip],
                [side * 0.56 * near, tip],
                [side * 0.78 * near, -0.6],
                [side * 0.6 * near, -0.4],
            ],
            0.02,
        )
        self._furred(closed_curve(outer + shift, 6), 0.85 * tone)
        return np.asarray(outer[2] + shift)

    def _floppy_ear(self, side: int, near: float, tone: float) -> Array:
        """Draw a hanging ear, as wide on either side; returns its tip."""
        tip = self.generator.uniform(0.35, 0.95)
        outer = self.figure.jitter(
            [
                [side * 0.45, -0.82],
                [side * 0.85, -0.80],
                [side * 1.12, -0.2],
                [side * 1.12, tip],
                [side * 0.88, tip + 0.12],
                [side * 0.72, 0.1],
                [side * 0.60, -0.35],
            ],
            0.035,
        )
        self._furred(closed_curve(outer, 6), 0.8 * tone)
        return np.asarray(outer[3])

    # ---- skull and face ------------------------------------------------------------------------

    def _skull(self) -> None:
        if self.is_cat:
            wide = 0.92 if self.breed == "Spitzohr" else 1.06
            half = [[0.55, -0.80], [0.92 * wide, -0.25], [0.98 * wide, 0.18], [0.66, 0.66]]
            outline = [[0, -0.92], *half, [0, 0.86], *([-x, y] for x, y in reversed(half))]
        else:
            wide = 0.82 if self.breed == "langnase" else 0.95
            half = [[0.5, -0.88], [0.84 * wide, -0.35], [0.80 * wide, 0.2], [0.55 * wide, 0.72]]
            outline = [[0, -0.98], *half, [0, 0.95], *([-x, y] for x, y in reversed(half))]
        self._furred(closed_curve(self.figure.jitter(outline, 0.025)))

    def _blaze(self) -> None:
        """A light stripe from the forehead to the nose."""
        f = self.turn
        outline = [
            [f * 0.6, -0.85],
            [f * 0.8 + 0.13, -0.2],
            [f + 0.2, 0.2],
            [f - 0.2, 0.2],
            [f * 0.8 - 0.13, -0.2],
        ]
        self._furred(closed_curve(outline, 6), 1.0, self.figure.light_fur, ragged=False)

    def _muzzle(self) -> None:
        f, n = self.turn, self.nod
        if self.is_cat:
            for side, _ in SIDES:
                cheek = ellipse(f + side * 0.2, 0.42 + n, 0.27, 0.2)
                self._furred(cheek, 1.03, self.muzzle_fur, depth=0.5)
            return
        long = self.snout
        outline = [
            [f * 1.3 - 0.3, 0.02 + n],
            [f * 1.3 + 0.3, 0.02 + n],
            [f * 1.5 + 0.40, 0.5 * long + n],
            [f * 1.6 + 0.2, 0.82 * long + n],
            [f * 1.6 - 0.2, 0.82 * long + n],
            [f * 1.5 - 0.40, 0.5 * long + n],
        ]
        curve = closed_curve(self.figure.jitter(outline, 0.02), 7)
        self._furred(curve, 1.05, self.muzzle_fur, 0.8)

    def _eyes(self) -> None:
        g, f, n = self.generator, self.turn, self.nod * 0.6
        colors = CAT_EYES if self.is_cat else DOG_EYES
        iris = colors[g.integers(len(colors))].astype(np.float32)
        level = (-0.08 if self.is_cat else -0.2) + n
        shut, wide = g.random() < 0.07, g.random() < 0.4
        black, white = np.array([12, 12, 14], np.float32), np.array([250, 250, 250], np.float32)
        for side, name in SIDES:
            near = 1 - 0.3 * max(0.0, side * self.yaw)
            x = f * 0.9 + side * (0.42 if self.is_cat else 0.36) * near
            a, b = (0.19 * near, 0.15) if self.is_cat else (0.13 * near, 0.13)
            if shut:
                b = 0.03
            pupil = ((0.6 if wide else 0.3), 0.88) if self.is_cat else (0.62, 0.62)
            self._bare(ellipse(x, level, a * 1.18, b * 1.22, 20), DARK_SKIN)
            self._bare(ellipse(x, level, a, b, 20), iris, 0.3)
            self._bare(ellipse(x + f * 0.1, level, a * pupil[0], b * pupil[1], 20), black)
            if not shut:
                self._bare(ellipse(x - 0.05, level - 0.05, 0.04, 0.04, 10), white)
            self._mark(f"{name}_eye", x, level)

    # ---- nose and mouth ------------------------------------------------------------------------

    def _draw_mouth(self, points: Points) -> None:
        ink = np.clip(self.figure.coat.mean * 0.3, 0, 255)
        self._line(points, ink, max(1, int(self.figure.frame.scale * self.radius * 0.035)))

    def _cat_nose(self) -> None:
        f, n = self.turn, self.nod
        nose = [
            [f - 0.12, 0.2 + n],
            [f + 0.12, 0.2 + n],
            [f + 0.03, 0.33 + n],
            [f - 0.03, 0.33 + n],
        ]
        dark = np.array([60, 45, 45], np.float32)
        color = PINK * 0.9 if self.generator.random() < 0.6 else dark
        self._bare(closed_curve(nose, 5), color, 0.3)
        self._mark("nose", f, 0.26 + n)

    def _cat_mouth(self) -> None:
        """Mouth and whiskers."""
        f, n = self.turn, self.nod
        for side, _ in SIDES:
            mouth = [
                [f, 0.33 + n],
                [f, 0.5 + n],
                [f + side * 0.14, 0.56 + n],
                [f + side * 0.22, 0.5 + n],
            ]
            self._draw_mouth(bezier(mouth, 8))
            for row in range(3):
                y = 0.36 + 0.08 * row + n
                whisker = [
                    [f + side * 0.3, y],
                    [f + side * 0.8, y - 0.05 + 0.1 * (row - 1)],
                    [f + side * 1.25, y - 0.02 + 0.22 * (row - 1)],
                ]
                curve = bezier(self.figure.jitter(whisker, 0.03), 8)
                self._line(curve, np.array([240, 240, 234]), 1)

    def _dog_nose(self) -> None:
        f, n, long = self.turn, self.nod, self.snout
        nose = [
            [f * 1.7 - 0.2, 0.30 * long + n],
            [f * 1.7, 0.26 * long + n],
            [f * 1.7 + 0.2, 0.30 * long + n],
            [f * 1.7 + 0.12, 0.47 * long + n],
            [f * 1.7, 0.52 * long + n],
            [f * 1.7 - 0.12, 0.47 * long + n],
        ]
        color = np.array([34, 30, 32]) * self.generator.uniform(0.8, 1.8)
        self._bare(closed_curve(nose, 5), color, 0.3)
        self._mark("nose", f * 1.7, 0.38 * long + n)

    def _dog_mouth(self) -> None:
        """Mouth, and sometimes the tongue."""
        f, n, long = self.turn, self.nod, self.snout
        if self.generator.random() < 0.35:
            tongue = [
                [f * 1.6 - 0.12, 0.72 * long + n],
                [f * 1.6 + 0.12, 0.72 * long + n],
                [f * 1.6 + 0.13, 1.05 * long + n],
                [f * 1.6, 1.15 * long + n],
                [f * 1.6 - 0.13, 1.05 * long + n],
            ]
            self._bare(closed_curve(tongue, 5), np.array([214, 96, 104], np.float32), 0.4)
        middle = [f * 1.65, 0.66 * long + n]
        self._draw_mouth(np.array([[f * 1.7, 0.5 * long + n], middle]))
        for side, _ in SIDES:
            mouth = [
                [f * 1.6 + side * 0.26, 0.62 * long + n],
                [f * 1.6 + side * 0.1, 0.76 * long + n],
                middle,
            ]
            self._draw_mouth(bezier(mouth, 8))
