"""One drawn cat or dog: its poses, and the parts of its body from back to front."""

import numpy as np

from cvbook.datasets.drawn.canvas import Canvas
from cvbook.datasets.drawn.coat import Coat
from cvbook.datasets.drawn.curves import Frame, Points, bezier, closed_curve, ellipse
from cvbook.datasets.drawn.figure import Figure
from cvbook.datasets.drawn.head import Head
from cvbook.datasets.drawn.pixels import Array
from cvbook.datasets.drawn.traits import BREEDS

#: Legs of a standing animal, and x of their upper ends: the far ones first.
LEGS = (
    ("back_left", -0.42),
    ("front_left", 0.36),
    ("back_right", -0.48),
    ("front_right", 0.42),
)


class Animal(Figure):
    """A figure with the body and head of one breed, in one pose.

    Parameters
    ----------
    generator, canvas, frame, coat
        As for `Figure`.
    breed : str
        One of `traits.BREEDS`.
    pose : str
        One of `traits.POSES`.
    floor : float, optional
        Height in the canvas of the floor under its feet; None leaves them where the frame has
        them.

    Attributes
    ----------
    head_mask : float32 array
        Opacity of the head alone, of the canvas's size; once it is drawn.
    head_angles : (float, float, float)
        Yaw, pitch and roll in degrees; positive to the right, down and clockwise in the picture.
    """

    head_mask: Array
    head_angles: tuple[float, float, float]

    def __init__(
        self,
        generator: np.random.Generator,
        canvas: Canvas,
        frame: Frame,
        coat: Coat,
        breed: str,
        pose: str,
        floor: float | None = None,
    ):
        super().__init__(generator, canvas, frame, coat)
        self.breed, self.pose, self.floor = breed, pose, floor
        self.is_cat = BREEDS[breed] == "cat"
        self.slim = generator.uniform(0.85, 1.15)
        self.pale_paws = generator.random() < 0.35
        self.pale_belly = generator.random() < 0.5

    def draw(self) -> None:
        """Draw the whole animal in its pose."""
        self.canvas.begin_figure()
        {"sit": self._sit, "stand": self._stand, "lie": self._lie, "portrait": self._portrait}[
            self.pose
        ]()
        self._name_sides()

    # ---- parts ---------------------------------------------------------------------------------

    def _body(self, points: Points, tone: float = 1.0, color: Array | None = None) -> None:
        mask = self.polygon(points)
        self.canvas.paint(mask, self.frame.scale, color, coat=self.coat, tone=tone)

    def _limb(self, points: Points, radii: list[float], tone: float = 1.0) -> None:
        mask = self.canvas.limb(self.frame(bezier(points)), np.array(radii) * self.frame.scale)
        self.canvas.paint(mask, self.frame.scale, coat=self.coat, tone=tone)

    def _paw(self, name: str, x: float, y: float, a: float, b: float, tone: float = 1.0) -> None:
        if self.floor is not None:
            sole = self.frame(np.array([[x, y + 0.7 * b]]))[0]
            radii = 1.1 * a * self.frame.scale, 0.9 * b * self.frame.scale
            self.canvas.floor_shadow((sole[0], sole[1]), radii, 0.6)
        self._body(ellipse(x, y, a, b), tone, self.light_fur if self.pale_paws else None)
        self.mark(name, x, y)

    def _tail(self, points: Points) -> None:
        bent = self.jitter(points, 0.06)
        if self.is_cat:
            radii = [0.05, 0.055, 0.05, 0.035]
        elif self.generator.random() < 0.6:
            radii = [0.07, 0.075, 0.06, 0.03]
        else:
            radii = [0.06, 0.11, 0.13, 0.05]
        self._limb(bent, radii, 0.93)
        self.mark("tail_base", *bent[0])
        self.mark("tail_tip", *bent[-1])

    def _head(self, x: float, y: float, radius: float, yaw: float) -> None:
        head = Head(self, self.breed, (x, y), radius, yaw)
        head.draw()
        self.head_mask, self.head_angles = head.mask, head.angles

    def _ground(self, y: float, sole: float, half: float) -> None:
        """Draw the shadow below it.

        In a picture of its own, an ellipse at `y`. On a floor, the animal is first moved so that
        its soles, at `sole`, are on it; the shadow is `2 * half` wide.
        """
        scale = self.frame.scale
        if self.floor is None:
            center = self.frame(np.array([[0, y]]))[0]
            self.canvas.shadow(center, (scale * 0.85, scale * 0.145), scale * 0.07)
            return
        self.frame.origin[1] += self.floor - self.frame(np.array([[0, sole]]))[0][1]
        x = self.frame.origin[0] - 0.2 * scale * self.canvas.light[0]
        level = self.floor - 0.1 * scale
        self.canvas.floor_shadow((x, level), (half * scale, 0.2 * scale), 0.55)

    def _name_sides(self) -> None:
        """Swap the names of paired keypoints where needed: left and right refer to the picture."""
        pairs = [
            ("left_eye", "right_eye"),
            ("left_ear", "right_ear"),
            ("front_left_paw", "front_right_paw"),
            ("back_left_paw", "back_right_paw"),
        ]
        points = self.keypoints
        for left, right in pairs:
            if left in points and right in points and points[left][0] > points[right][0]:
                points[left], points[right] = points[right], points[left]

    # ---- poses ---------------------------------------------------------------------------------

    def _sit(self) -> None:
        g, slim = self.generator, self.slim
        self._ground(0.92, 0.98, 0.75)
        if not self.is_cat:
            self._tail([[0.3, 0.75], [0.6, 0.75], [0.75, 0.5], [0.7, 0.3]])
        elif g.random() < 0.5:
            self._tail([[0.3, 0.8], [0.75, 0.95], [0.95, 0.55], [0.8, 0.15]])
        else:
            self._tail([[0.3, 0.85], [0.8, 0.95], [0.55, 1.0], [0.05, 0.98]])
        for side in (-1, 1):
            self._body(ellipse(side * 0.33, 0.72, 0.24 * slim, 0.24), 0.9)
        half = [[0.24 * slim, -0.1], [0.33 * slim, 0.3], [0.40 * slim, 0.75], [0.2, 0.92]]
        outline = [[0, -0.28], *half, *([-x, y] for x, y in reversed(half))]
        self._body(closed_curve(self.jitter(outline, 0.012)))
        if self.pale_belly:
            self._body(ellipse(0, 0.2, 0.16 * slim, 0.3), 1, self.light_fur)
        for side, name in ((-1, "left"), (1, "right")):
            leg = [[side * 0.16, 0.25], [side * 0.18, 0.55], [side * 0.15, 0.9]]
            self._limb(leg, [0.12, 0.10, 0.09])
            self._paw(f"front_{name}_paw", side * 0.15, 0.92, 0.12, 0.07, 1.02)
            self._paw(f"back_{name}_paw", side * 0.4, 0.92, 0.13, 0.065, 0.95)
        self.mark("neck", 0, -0.1)
        self._head(g.normal() * 0.05, -0.42 + g.normal() * 0.03, 0.355, g.uniform(-0.6, 0.6))

    def _stand(self) -> None:
        g = self.generator
        long, legs = g.uniform(0.85, 1.15), g.uniform(0.42, 0.6)
        self._ground(0.78, legs + 0.26, 0.8)
        if not self.is_cat:
            tail = [[-0.5, -0.02], [-0.75, -0.2], [-0.85, -0.45], [-0.65, -0.6]]
        elif g.random() < 0.6:
            tail = [[-0.5, 0.02], [-0.85, -0.1], [-0.95, -0.5], [-0.8, -0.8]]
        else:
            tail = [[-0.5, 0.02], [-0.8, 0.1], [-0.95, 0.4], [-1.1, 0.55]]
        # In a picture of its own a short trunk may end before the tail begins.
        shift = 0 if self.floor is None else 0.5 - 0.44 * long
        self._tail([[x + shift, y] for x, y in tail])
        swing = g.normal(size=4) * 0.07
        for number, (name, x) in enumerate(LEGS):
            if number == 2:  # the body hides the far legs and is hidden by the near ones
                self._trunk(long)
            self._leg(name, x, long, legs, swing[number], far=number < 2)
        neck = [[0.45 * long, 0.0], [0.6 * long, -0.15], [0.66 * long, -0.35]]
        self._limb(neck, [0.22, 0.18, 0.17])
        self.mark("neck", *neck[1])
        x, y = 0.70 * long + g.normal() * 0.03, -0.45 + g.normal() * 0.05
        self._head(x, y, 0.285, g.uniform(-0.1, 0.75))

    def _trunk(self, long: float) -> None:
        """Trunk of a standing animal, `long` times as long as usual."""
        slim = self.slim
        outline = [
            [-0.55 * long, -0.1],
            [-0.25 * long, -0.2],
            [0.15 * long, -0.17],
            [0.5 * long, -0.2],
            [0.6 * long, 0.05],
            [0.45 * long, 0.3],
            [0.05 * long, 0.29 * slim],
            [-0.3 * long, 0.24 * slim],
            [-0.55 * long, 0.2],
        ]
        self._body(closed_curve(self.jitter(outline, 0.015)))

    def _leg(
        self, name: str, x: float, long: float, length: float, swing: float, far: bool
    ) -> None:
        """Leg of a standing animal from the trunk at `x` to its paw; the far ones are darker."""
        foot = 0.2 + length - (0.03 if far else 0)
        knee = [(x - 0.05) * long + swing * 0.5, 0.2 + length * 0.5]
        self._limb(
            [[x * long, 0.12], knee, [x * long + swing, foot]],
            [0.15 if x < 0 else 0.12, 0.085, 0.065],
            0.72 if far else 0.97,
        )
        tone = 0.75 if far else 1.0
        self._paw(f"{name}_paw", x * long + swing + 0.04, foot + 0.02, 0.095, 0.05, tone)

    def _lie(self) -> None:
        g, slim = self.generator, self.slim
        self._ground(0.5, 0.6, 1.0)
        outline = [
            [-0.8, 0.2],
            [-0.6, -0.1],
            [-0.1, -0.2 * slim],
            [0.35, -0.18],
            [0.62, 0.1],
            [0.6, 0.45],
            [0, 0.52],
            [-0.6, 0.52],
        ]
        self._body(closed_curve(self.jitter(outline, 0.02)))
        self._body(ellipse(-0.52, 0.27, 0.27, 0.24), 1.02)
        self._paw("back_right_paw", -0.38, 0.49, 0.2, 0.07, 0.97)
        if g.random() < 0.6:
            self._tail([[-0.7, 0.35], [-1.0, 0.5], [-0.6, 0.62], [-0.1, 0.58]])
        else:
            self._tail([[-0.7, 0.35], [-1.0, 0.3], [-1.15, 0.25], [-1.2, 0.15]])
        for name, lower, tone in (("left", -0.02, 0.85), ("right", 0.05, 1.0)):
            leg = [[0.4, 0.38 + lower], [0.6, 0.48 + lower], [0.92, 0.45 + lower]]
            self._limb(leg, [0.12, 0.085, 0.07], tone)
            self._paw(f"front_{name}_paw", 0.94, 0.46 + lower, 0.09, 0.065, tone)
        neck = [[0.42, 0.1], [0.5, -0.1], [0.52, -0.25]]
        self._limb(neck, [0.24, 0.2, 0.18])
        self.mark("neck", *neck[1])
        self._head(0.55 + g.normal() * 0.04, -0.33 + g.normal() * 0.05, 0.31, g.uniform(-0.3, 0.7))

    def _portrait(self) -> None:
        g, slim = self.generator, self.slim
        half = [[0.3, 0.2], [0.5 * slim, 0.6], [0.6 * slim, 1.3]]
        outline = [[0, 0.1], *half, *([-x, y] for x, y in reversed(half))]
        self._body(closed_curve(self.jitter(outline, 0.02)), 0.95)
        if self.pale_belly:
            self._body(ellipse(0, 0.75, 0.25 * slim, 0.42), 1, self.light_fur)
        self.mark("neck", 0, 0.3)
        self._head(g.normal() * 0.03, -0.12, 0.46, g.uniform(-0.6, 0.6))
