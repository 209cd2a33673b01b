"""One drawn cat or dog: its pose, its parts from back to front, its head.

A figure has coordinates of its own: x to the right, y down, the unit about half its height, the
origin in its chest. `Frame` places them on the canvas.
"""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from cvbook.datasets.drawn.canvas import (
    Array,
    Canvas,
    Coat,
    Frame,
    Points,
    bezier,
    closed_curve,
    ellipse,
    turned,
)

#: Invented breeds and what tells them apart; capitals are cats, as in the real data set.
BREEDS = {"Spitzohr": "cat", "Rundkopf": "cat", "schlappohr": "dog", "langnase": "dog"}
POSES = ("sit", "stand", "lie", "portrait")
PATTERNS = ("tabby", "spots", "patches", "plain", "ticked")

FUR = np.array(
    [
        (205, 128, 62),  # ginger
        (128, 128, 132),  # grey
        (48, 44, 44),  # black
        (224, 200, 164),  # cream
        (126, 88, 58),  # brown
        (232, 228, 222),  # white
        (86, 56, 40),  # chocolate
        (206, 164, 96),  # golden
    ],
    np.float32,
)
CAT_EYES = np.array([(150, 170, 60), (196, 160, 50), (96, 150, 190), (110, 150, 90)])
DOG_EYES = np.array([(74, 46, 28), (96, 60, 30), (50, 34, 26), (120, 90, 50)])
PINK = np.array([214, 150, 145], np.float32)

#: Which keypoints a skeleton joins.
SKELETON = (
    ("nose", "left_eye"),
    ("nose", "right_eye"),
    ("left_eye", "left_ear"),
    ("right_eye", "right_ear"),
    ("nose", "neck"),
    ("neck", "front_left_paw"),
    ("neck", "front_right_paw"),
    ("neck", "tail_base"),
    ("tail_base", "back_left_paw"),
    ("tail_base", "back_right_paw"),
    ("tail_base", "tail_tip"),
)


@dataclass
class Animal:
    """Draws itself on a canvas and remembers where its keypoints came to lie.

    Attributes
    ----------
    keypoints : dict of str to (float, float)
        In canvas pixels; those that the pose does not show are missing.
    head_mask : float32 array
        Opacity of the head alone, of the canvas's size.
    head_angles : (float, float, float)
        Yaw, pitch and roll in degrees; positive to the right, down and clockwise in the picture.
    """

    generator: np.random.Generator
    canvas: Canvas
    breed: str
    pose: str
    frame: Frame
    coat: Coat
    keypoints: dict[str, tuple[float, float]] = field(default_factory=dict)
    head_angles: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        g = self.generator
        self.is_cat = BREEDS[self.breed] == "cat"
        self.slim = g.uniform(0.85, 1.15)
        self.light_fur = np.clip(self.coat.mean * 1.28 + 28, 0, 245)
        self.pale_paws = g.random() < 0.35
        self.pale_belly = g.random() < 0.5
        self.head_mask = np.zeros_like(self.canvas.alpha)
        self.in_head = False

    def draw(self) -> None:
        """Draw the whole animal in its pose."""
        self.canvas.begin_figure()
        {"sit": self._sit, "stand": self._stand, "lie": self._lie, "portrait": self._portrait}[
            self.pose
        ]()

    # ---- parts ---------------------------------------------------------------------------------

    def _jitter(self, points: Points, amount: float) -> Array:
        exact = np.asarray(points, float)
        return exact + self.generator.normal(size=exact.shape) * amount

    def _paint(self, mask: Image.Image, color: Array | None = None, **how) -> None:
        painted = self.canvas.paint(mask, self.frame.scale, color, **how)
        if painted is not None and self.in_head:
            rows, columns, opacity = painted
            region = self.head_mask[rows, columns]
            np.maximum(region, opacity, out=region)

    def _body(self, points: Points, tone: float = 1.0, color: Array | None = None) -> None:
        self._paint(self.canvas.shape(self.frame(points)), color, coat=self.coat, tone=tone)

    def _limb(self, points: Points, radii: list[float], tone: float = 1.0) -> None:
        mask = self.canvas.limb(self.frame(bezier(points)), np.array(radii) * self.frame.scale)
        self._paint(mask, coat=self.coat, tone=tone)

    def _paw(self, name: str, x: float, y: float, a: float, b: float, tone: float = 1.0) -> None:
        self._body(ellipse(x, y, a, b), tone, self.light_fur if self.pale_paws else None)
        self._mark(name, x, y)

    def _tail(self, points: Points) -> None:
        bent = self._jitter(points, 0.06)
        if self.is_cat:
            radii = [0.05, 0.055, 0.05, 0.035]
        elif self.generator.random() < 0.6:
            radii = [0.07, 0.075, 0.06, 0.03]
        else:
            radii = [0.06, 0.11, 0.13, 0.05]
        self._limb(bent, radii, 0.93)
        self._mark("tail_base", *bent[0])
        self._mark("tail_tip", *bent[-1])

    def _mark(self, name: str, x: float, y: float) -> None:
        point = self.frame(np.array([[x, y]]))[0]
        self.keypoints[name] = (float(point[0]), float(point[1]))

    # ---- poses ---------------------------------------------------------------------------------

    def _ground(self, y: float) -> None:
        scale = self.frame.scale
        center = self.frame(np.array([[0, y]]))[0]
        self.canvas.shadow(center, (scale * 0.85, scale * 0.145), scale * 0.07)

    def _sit(self) -> None:
        g, slim = self.generator, self.slim
        self._ground(0.92)
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
        self._body(closed_curve(self._jitter(outline, 0.012)))
        if self.pale_belly:
            self._body(ellipse(0, 0.2, 0.16 * slim, 0.3), 1, self.light_fur)
        for side, name in ((-1, "left"), (1, "right")):
            leg = [[side * 0.16, 0.25], [side * 0.18, 0.55], [side * 0.15, 0.9]]
            self._limb(leg, [0.12, 0.10, 0.09])
            self._paw(f"front_{name}_paw", side * 0.15, 0.92, 0.12, 0.07, 1.02)
            self._paw(f"back_{name}_paw", side * 0.4, 0.92, 0.13, 0.065, 0.95)
        self._mark("neck", 0, -0.1)
        self._head(g.normal() * 0.05, -0.42 + g.normal() * 0.03, 0.355, g.uniform(-0.6, 0.6))

    def _stand(self) -> None:
        g, slim = self.generator, self.slim
        self._ground(0.78)
        long, legs = g.uniform(0.85, 1.15), g.uniform(0.42, 0.6)
        if not self.is_cat:
            self._tail(np.array([[-0.5, -0.02], [-0.75, -0.2], [-0.85, -0.45], [-0.65, -0.6]]))
        elif g.random() < 0.6:
            self._tail(np.array([[-0.5, 0.02], [-0.85, -0.1], [-0.95, -0.5], [-0.8, -0.8]]))
        else:
            self._tail(np.array([[-0.5, 0.02], [-0.8, 0.1], [-0.95, 0.4], [-1.1, 0.55]]))
        swing = g.normal(size=4) * 0.07
        far_near = (
            ("back_left", -0.42),
            ("front_left", 0.36),
            ("back_right", -0.48),
            ("front_right", 0.42),
        )
        for number, (name, x) in enumerate(far_near):
            far = number < 2
            if number == 2:  # the body hides the far legs and is hidden by the near ones
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
                self._body(closed_curve(self._jitter(outline, 0.015)))
            foot = 0.2 + legs - (0.03 if far else 0)
            knee = [(x - 0.05) * long + swing[number] * 0.5, 0.2 + legs * 0.5]
            self._limb(
                [[x * long, 0.12], knee, [x * long + swing[number], foot]],
                [0.15 if x < 0 else 0.12, 0.085, 0.065],
                0.72 if far else 0.97,
            )
            self._paw(
                f"{name}_paw",
                x * long + swing[number] + 0.04,
                foot + 0.02,
                0.095,
                0.05,
                0.75 if far else 1.0,
            )
        neck = [[0.45 * long, 0.0], [0.6 * long, -0.15], [0.66 * long, -0.35]]
        self._limb(neck, [0.22, 0.18, 0.17])
        self._mark("neck", *neck[1])
        self._head(
            0.70 * long + g.normal() * 0.03, -0.45 + g.normal() * 0.05, 0.285, g.uniform(-0.1, 0.75)
        )

    def _lie(self) -> None:
        g, slim = self.generator, self.slim
        self._ground(0.5)
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
        self._body(closed_curve(self._jitter(outline, 0.02)))
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
        self._mark("neck", *neck[1])
        self._head(0.55 + g.normal() * 0.04, -0.33 + g.normal() * 0.05, 0.31, g.uniform(-0.3, 0.7))

    def _portrait(self) -> None:
        g, slim = self.generator, self.slim
        half = [[0.3, 0.2], [0.5 * slim, 0.6], [0.6 * slim, 1.3]]
        outline = [[0, 0.1], *half, *([-x, y] for x, y in reversed(half))]
        self._body(closed_curve(self._jitter(outline, 0.02)), 0.95)
        if self.pale_belly:
            self._body(ellipse(0, 0.75, 0.25 * slim, 0.42), 1, self.light_fur)
        self._mark("neck", 0, 0.3)
        self._head(g.normal() * 0.03, -0.12, 0.46, g.uniform(-0.6, 0.6))

    # ---- head ----------------------------------------------------------------------------------

    def _head(self, x: float, y: float, radius: float, yaw: float) -> None:
        """Draw the head; `yaw` in radians turns it to the figure's right."""
        g = self.generator
        roll, pitch = g.normal() * 0.13, np.clip(g.normal() * 0.15, -0.35, 0.35)
        self.in_head = True
        self.center, self.radius, self.roll = (x, y), radius, roll
        self.yaw, self.turn, self.nod = yaw, yaw * 0.42, pitch * 0.45
        self.bare_dark = np.array([30, 26, 26], np.float32)
        self.muzzle_fur = self.light_fur if g.random() < 0.6 else None
        ear_tone = g.choice([0.6, 0.85, 1.0, 1.0])
        ears_up = self.is_cat or (self.breed == "langnase" and g.random() < 0.4)
        if ears_up:
            self._ears(ear_tone, ears_up)
        self._skull()
        if not ears_up:
            self._ears(ear_tone, ears_up)
        if g.random() < 0.35:
            self._blaze()
        self._muzzle()
        self._eyes()
        self._nose_and_mouth()
        self.in_head = False
        flip = self.frame.flip
        yaw_, pitch_, roll_ = np.degrees([yaw * flip, pitch, roll * flip + self.frame.angle])
        self.head_angles = float(yaw_), float(pitch_), float(roll_)
        self._name_sides()

    def _on_head(self, points: Points) -> Array:
        """From the head's coordinates (radius 1) to the figure's."""
        return turned(np.asarray(points, float) * self.radius, self.roll) + self.center

    def _furred(
        self,
        points: Points,
        tone: float = 1.0,
        color: Array | None = None,
        depth: float = 1.0,
        ragged: bool = True,
    ) -> None:
        mask = self.canvas.shape(self.frame(self._on_head(points)))
        self._paint(mask, color, coat=self.coat, tone=tone, depth=depth, ragged=ragged)

    def _bare(self, points: Points, color: Array, depth: float = 0.2) -> None:
        mask = self.canvas.shape(self.frame(self._on_head(points)))
        self._paint(mask, color, depth=depth)

    def _mark_head(self, name: str, x: float, y: float) -> None:
        self._mark(name, *self._on_head(np.array([[x, y]]))[0])

    def _ears(self, tone: float, up: bool) -> None:
        g = self.generator
        for side, name in ((-1, "left_ear"), (1, "right_ear")):
            near = 1 - 0.35 * max(0.0, side * self.yaw)  # the ear turned away looks narrower
            shift = np.array([self.turn * 0.45 if up else 0.0, 0.0])
            if self.is_cat:
                tip = -g.uniform(1.32, 1.62) if self.breed == "Spitzohr" else -g.uniform(1.15, 1.4)
                outer = self._jitter(
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
                self._furred(closed_curve(outer + shift, 6), 0.95 * tone)
                self._furred(
                    closed_curve(inner + shift, 6), 0.9, PINK * 0.85 + self.coat.mean * 0.15
                )
            elif up:
                tip = -g.uniform(1.25, 1.55)
                outer = self._jitter(
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
            else:
                tip = g.uniform(0.35, 0.95)
                outer = self._jitter(
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
            self._mark_head(name, *(outer[2 if up else 3] + shift))

    def _skull(self) -> None:
        if self.is_cat:
            wide = 0.92 if self.breed == "Spitzohr" else 1.06
            half = [[0.55, -0.80], [0.92 * wide, -0.25], [0.98 * wide, 0.18], [0.66, 0.66]]
            outline = [[0, -0.92], *half, [0, 0.86], *([-x, y] for x, y in reversed(half))]
        else:
            wide = 0.82 if self.breed == "langnase" else 0.95
            half = [[0.5, -0.88], [0.84 * wide, -0.35], [0.80 * wide, 0.2], [0.55 * wide, 0.72]]
            outline = [[0, -0.98], *half, [0, 0.95], *([-x, y] for x, y in reversed(half))]
        self._furred(closed_curve(self._jitter(outline, 0.025)))

    def _blaze(self) -> None:
        f = self.turn
        outline = [
            [f * 0.6, -0.85],
            [f * 0.8 + 0.13, -0.2],
            [f + 0.2, 0.2],
            [f - 0.2, 0.2],
            [f * 0.8 - 0.13, -0.2],
        ]
        self._furred(closed_curve(outline, 6), 1.0, self.light_fur, ragged=False)

    def _muzzle(self) -> None:
        f, n = self.turn, self.nod
        if self.is_cat:
            for side in (-1, 1):
                self._furred(
                    ellipse(f + side * 0.2, 0.42 + n, 0.27, 0.2), 1.03, self.muzzle_fur, depth=0.5
                )
            return
        long = self._snout()
        outline = [
            [f * 1.3 - 0.3, 0.02 + n],
            [f * 1.3 + 0.3, 0.02 + n],
            [f * 1.5 + 0.40, 0.5 * long + n],
            [f * 1.6 + 0.2, 0.82 * long + n],
            [f * 1.6 - 0.2, 0.82 * long + n],
            [f * 1.5 - 0.40, 0.5 * long + n],
        ]
        self._furred(closed_curve(self._jitter(outline, 0.02), 7), 1.05, self.muzzle_fur, 0.8)

    def _snout(self) -> float:
        return 1.3 if self.breed == "langnase" else 1.0

    def _eyes(self) -> None:
        g, f, n = self.generator, self.turn, self.nod * 0.6
        colors = CAT_EYES if self.is_cat else DOG_EYES
        iris = colors[g.integers(len(colors))].astype(np.float32)
        level = (-0.08 if self.is_cat else -0.2) + n
        shut, wide = g.random() < 0.07, g.random() < 0.4
        for side, name in ((-1, "left_eye"), (1, "right_eye")):
            near = 1 - 0.3 * max(0.0, side * self.yaw)
            x = f * 0.9 + side * (0.42 if self.is_cat else 0.36) * near
            a, b = (0.19 * near, 0.15) if self.is_cat else (0.13 * near, 0.13)
            if shut:
                b = 0.03
            pupil = ((0.6 if wide else 0.3), 0.88) if self.is_cat else (0.62, 0.62)
            self._bare(ellipse(x, level, a * 1.18, b * 1.22, 20), self.bare_dark)
            self._bare(ellipse(x, level, a, b, 20), iris, 0.3)
            self._bare(
                ellipse(x + f * 0.1, level, a * pupil[0], b * pupil[1], 20),
                np.array([12, 12, 14], np.float32),
            )
            if not shut:
                self._bare(
                    ellipse(x - 0.05, level - 0.05, 0.04, 0.04, 10),
                    np.array([250, 250, 250], np.float32),
                )
            self._mark_head(name, x, level)

    def _nose_and_mouth(self) -> None:
        g, f, n = self.generator, self.turn, self.nod
        ink = np.clip(self.coat.mean * 0.3, 0, 255)
        width = max(1, int(self.frame.scale * self.radius * 0.035))

        def line(points: Points, color: Array, wide: int) -> None:
            self.canvas.line(self.frame(self._on_head(points)), color, wide)

        if self.is_cat:
            nose = [
                [f - 0.12, 0.2 + n],
                [f + 0.12, 0.2 + n],
                [f + 0.03, 0.33 + n],
                [f - 0.03, 0.33 + n],
            ]
            dark = np.array([60, 45, 45], np.float32)
            self._bare(closed_curve(nose, 5), PINK * 0.9 if g.random() < 0.6 else dark, 0.3)
            self._mark_head("nose", f, 0.26 + n)
            for side in (-1, 1):
                mouth = [
                    [f, 0.33 + n],
                    [f, 0.5 + n],
                    [f + side * 0.14, 0.56 + n],
                    [f + side * 0.22, 0.5 + n],
                ]
                line(bezier(mouth, 8), ink, width)
                for row in range(3):
                    y = 0.36 + 0.08 * row + n
                    whisker = [
                        [f + side * 0.3, y],
                        [f + side * 0.8, y - 0.05 + 0.1 * (row - 1)],
                        [f + side * 1.25, y - 0.02 + 0.22 * (row - 1)],
                    ]
                    line(bezier(self._jitter(whisker, 0.03), 8), np.array([240, 240, 234]), 1)
            return
        long = self._snout()
        nose = [
            [f * 1.7 - 0.2, 0.30 * long + n],
            [f * 1.7, 0.26 * long + n],
            [f * 1.7 + 0.2, 0.30 * long + n],
            [f * 1.7 + 0.12, 0.47 * long + n],
            [f * 1.7, 0.52 * long + n],
            [f * 1.7 - 0.12, 0.47 * long + n],
        ]
        self._bare(closed_curve(nose, 5), np.array([34, 30, 32]) * g.uniform(0.8, 1.8), 0.3)
        self._mark_head("nose", f * 1.7, 0.38 * long + n)
        if g.random() < 0.35:
            tongue = [
                [f * 1.6 - 0.12, 0.72 * long + n],
                [f * 1.6 + 0.12, 0.72 * long + n],
                [f * 1.6 + 0.13, 1.05 * long + n],
                [f * 1.6, 1.15 * long + n],
                [f * 1.6 - 0.13, 1.05 * long + n],
            ]
            self._bare(closed_curve(tongue, 5), np.array([214, 96, 104], np.float32), 0.4)
        middle = [f * 1.65, 0.66 * long + n]
        line(np.array([[f * 1.7, 0.5 * long + n], middle]), ink, width)
        for side in (-1, 1):
            mouth = [
                [f * 1.6 + side * 0.26, 0.62 * long + n],
                [f * 1.6 + side * 0.1, 0.76 * long + n],
                middle,
            ]
            line(bezier(mouth, 8), ink, width)

    def _name_sides(self) -> None:
        """Left and right are the picture's, whatever way the animal is flipped."""
        pairs = [
            ("left_eye", "right_eye"),
            ("left_ear", "right_ear"),
            ("front_left_paw", "front_right_paw"),
            ("back_left_paw", "back_right_paw"),
        ]
        for left, right in pairs:
            points = self.keypoints
            if left in points and right in points and points[left][0] > points[right][0]:
                points[left], points[right] = points[right], points[left]
