"""Things of a scene as solid bodies that stand on the floor: ball, box, plant, bowl, cushion."""

from collections.abc import Callable

import numpy as np
from PIL import ImageFilter

from cvbook.datasets.drawn.backgrounds import any_color
from cvbook.datasets.drawn.canvas import Canvas
from cvbook.datasets.drawn.curves import Points, bezier, closed_curve, ellipse
from cvbook.datasets.drawn.layout import SIZES, Item
from cvbook.datasets.drawn.pixels import Array

WHITE = np.array([238, 234, 226], np.float32)
TAPE = np.array([216, 196, 150], np.float32)
CARDBOARD = np.array([186, 142, 96], np.float32)
SOIL = np.array([62, 46, 36], np.float32)
STEEL = np.array([186, 190, 194], np.float32)
WATER = np.array([112, 150, 178], np.float32)
FOOD = np.array([128, 82, 48], np.float32)
#: Outline of a cushion seen from above, its half-sides 1.
CUSHION = np.array(
    [
        *([0.0, 0.86], [0.55, 0.88], [0.98, 1.0], [0.9, 0.5]),
        *([0.88, 0.0], [0.9, -0.5], [0.98, -1.0], [0.55, -0.88]),
        *([0.0, -0.86], [-0.55, -0.88], [-0.98, -1.0], [-0.9, -0.5]),
        *([-0.88, 0.0], [-0.9, 0.5], [-0.98, 1.0], [-0.55, 0.88]),
    ]
)

#: Colours or brightness of a face at `(x, y)`, in the thing's coordinates.
Look = Callable[[Array, Array], Array]


class Thing:
    """Paints one thing, in coordinates from the middle of its base: x right, y down.

    Parameters
    ----------
    generator : Generator
        Source of its shape and colours.
    canvas : Canvas
        Where to paint; `canvas.alpha` is its opacity afterwards.
    item : Item
        Its name, size and spot.
    """

    def __init__(self, generator: np.random.Generator, canvas: Canvas, item: Item):
        self.generator, self.canvas, self.item = generator, canvas, item
        self.half, self.height = SIZES[item.kind]
        self.tilt = item.spot.tilt
        right, down = canvas.light
        self.light = np.array([0.7 * right, 0.7 * down, 0.71])

    def draw(self) -> None:
        """Draw it with the shadow at its base."""
        self.canvas.begin_figure()
        {
            "ball": self._ball,
            "box": self._box,
            "plant": self._plant,
            "bowl": self._bowl,
            "cushion": self._cushion,
        }[self.item.kind]()

    # ---- painting ------------------------------------------------------------------------------

    def _face(self, points: Points, color: Array | Look, shade: float | Look = 1.0) -> None:
        """Paint a polygon in a colour, or in one for each point, times a brightness."""
        base = np.array([self.item.spot.x, self.item.spot.y])
        scale = self.item.scale
        mask = self.canvas.polygon(np.asarray(points, float) * scale + base)
        box = mask.getbbox()
        if box is None:
            return
        x0, y0 = max(0, box[0] - 2), max(0, box[1] - 2)
        x1, y1 = min(self.canvas.width, box[2] + 2), min(self.canvas.height, box[3] + 2)
        cut = mask.crop((x0, y0, x1, y1)).filter(ImageFilter.GaussianBlur(0.6))
        k = np.asarray(cut, np.float32) / 255
        x = ((np.arange(x0, x1, dtype=np.float32) - base[0]) / scale)[None]
        y = ((np.arange(y0, y1, dtype=np.float32) - base[1]) / scale)[:, None]
        colors = color(x, y) if callable(color) else color
        brightness = shade(x, y) if callable(shade) else np.float32(shade)
        colors = np.asarray(colors * np.asarray(brightness)[..., None], np.float32)
        self.canvas.cover((slice(y0, y1), slice(x0, x1)), k, np.broadcast_to(colors, (*k.shape, 3)))

    def _shadow(self, half: float, depth: float, back: float = 0.0) -> None:
        """Shadow on the floor, `back` behind the base: wide to the side, dark at the base."""
        x, y, scale = self.item.spot.x, self.item.spot.y, self.item.scale
        away = -0.35 * half * self.canvas.light[0]
        level = y - back * scale
        wide = 1.25 * half * scale, 1.3 * depth * scale
        self.canvas.floor_shadow((x + away * scale, level), wide, 0.5)
        self.canvas.floor_shadow((x, level), (half * scale, depth * scale), 0.6)

    def _lit(self, right: Array, down: Array, ambient: float = 0.45) -> Array:
        """Brightness of a round surface whose normal points so far to the right and down."""
        front = np.sqrt(np.clip(1 - right**2 - down**2, 0, 1))
        toward = right * self.light[0] + down * self.light[1] + front * self.light[2]
        return np.asarray(ambient + 0.7 * np.clip(toward, 0, 1))

    def _round(self, half: float) -> Look:
        """Brightness of an upright cylinder."""
        return lambda x, y: self._lit(np.clip(x / half, -1, 1), np.zeros_like(y))

    # ---- things --------------------------------------------------------------------------------

    def _ball(self) -> None:
        """A ball of panels, with a band or with a seam."""
        g, r = self.generator, self.half
        self._shadow(0.75 * r, 1.2 * r * self.tilt, 0.1 * r)
        first = any_color(g, 70, 220, 0.7)
        second = WHITE if g.random() < 0.5 else any_color(g, 70, 220, 0.7)
        kind = g.choice(["panels", "band", "seam"])
        turn = np.linalg.qr(g.normal(size=(3, 3)))[0]

        def normal(x: Array, y: Array) -> tuple[Array, Array, Array]:
            right, down = np.broadcast_arrays(x / r, y / r + 1)
            length = np.maximum(np.hypot(right, down), 1)
            right, down = right / length, down / length
            return right, down, np.sqrt(np.clip(1 - right**2 - down**2, 0, 1))

        def colors(x: Array, y: Array) -> Array:
            a, b, c = np.einsum("ij,jhw->ihw", turn, np.stack(normal(x, y)))
            around = np.arctan2(b, a)
            if kind == "panels":
                chosen = (np.floor(around / np.pi * 3) % 2 > 0) & (np.abs(c) < 0.93)
            elif kind == "band":
                chosen = np.abs(c) < 0.3
            else:
                chosen = np.abs(c - 0.45 * np.cos(2 * around)) < 0.09
            return np.asarray(np.where(chosen[..., None], second, first))

        def shade(x: Array, y: Array) -> Array:
            right, down, front = normal(x, y)
            gloss = right * self.light[0] + down * self.light[1] + front * self.light[2]
            for _ in range(4):  # to the power of 16
                gloss = np.square(np.clip(gloss, 0, 1))
            return np.asarray(self._lit(right, down, 0.35) + 0.5 * gloss)

        self._face(ellipse(0, -r, r, r, 48), colors, shade)

    def _box(self) -> None:
        """A carton, shut with tape or open."""
        g = self.generator
        color = any_color(g, 80, 200, 0.4) if g.random() < 0.35 else CARDBOARD
        color = color * g.uniform(0.85, 1.1)
        half, height, deep = 0.6, g.uniform(0.55, 0.8), g.uniform(0.7, 1.0)
        side = int(g.choice([-1, 1]))  # which one is seen
        back = np.array([side * 0.3 * deep, -1.1 * deep * self.tilt])
        near, far = np.array([side * (half - 0.1), 0]), np.array([-side * (half + 0.1), 0])
        up = np.array([0, -height])
        self._shadow(1.1 * half, 0.08 - 0.5 * back[1], -0.5 * float(back[1]))
        facing = 0.7 + 0.2 * side * self.light[0]
        self._face([near, near + back, near + back + up, near + up], color, facing)
        self._face([far, near, near + up, far + up], color, lambda x, y: 0.92 - 0.12 * y + 0 * x)
        top = np.array([far + up, near + up, near + back + up, far + back + up])
        if g.random() < 0.5:
            self._flaps(color, top, side)
        else:
            self._face(top, color, 1.18)
            middle, width = (near + far) / 2 + up, np.array([0.09, 0])
            band = np.array([middle - width, middle + width])
            self._face([*band, *(band + back)[::-1]], TAPE, 1.1)
            self._face([*band, *(band - 0.4 * up)[::-1]], TAPE, 0.92)
        edge = np.array([[0, 0.02]])
        self._face([*(top[:2] - edge), *(top[:2] + edge)[::-1]], color, 1.3)

    def _flaps(self, color: Array, top: Array, side: int) -> None:
        """Inside of an open box, and its four flaps."""
        front_far, front_near, back_near, back_far = top
        lean = np.array([side * 0.05, -0.3])
        self._face([back_far, back_near, back_near + lean, back_far + lean], color, 0.82)
        self._face(top, color, 0.36)
        inside = 0.5 * (front_far - back_far)
        self._face([back_far, back_near, back_near + inside, back_far + inside], color, 0.58)
        out = np.array([side * 0.34, 0.12])
        self._face([front_near, back_near, back_near + out, front_near + out], color, 1.05)
        out = out * [-1, 1]
        self._face([front_far, back_far, back_far + out, front_far + out], color, 1.1)
        down = np.array([[-side * 0.06, 0.26], [side * 0.06, 0.26]])
        self._face([front_far, front_near, *(top[:2] + down)[::-1]], color, 1.12)

    def _plant(self) -> None:
        g = self.generator
        pot = CARDBOARD * [1, 0.62, 0.5] if g.random() < 0.5 else any_color(g, 70, 225, 0.35)
        top, bottom, h = 0.40, 0.29, 0.62
        self._shadow(bottom * 1.15, bottom * self.tilt * 1.4)
        lower = ellipse(0, 0, bottom, bottom * self.tilt)
        lower = lower - [0, bottom * self.tilt]
        front = lower[: len(lower) // 2 + 1]
        self._face([*front, [-top, -h], [top, -h]], pot, self._round(top))
        rim = ellipse(0, -h, top * 1.08, top * self.tilt)
        low = rim[: len(rim) // 2 + 1]
        collar = low + np.array([0, 0.1])
        self._face([*collar, *low[::-1]], pot, self._round(top * 1.08))
        self._face(rim, pot, 1.15)
        self._face(ellipse(0, -h, top * 0.92, top * self.tilt * 0.85), SOIL)
        green = np.array([g.uniform(50, 110), g.uniform(110, 165), g.uniform(40, 85)], np.float32)
        blades = g.random() < 0.4
        count = int(g.integers(9, 13)) if blades else int(g.integers(11, 16))
        leans = np.sort(np.abs(np.linspace(-1, 1, count) + g.normal(size=count) * 0.05))[::-1]
        for number, lean in enumerate(leans):
            signed = lean * (1 if number % 2 else -1)
            self._leaf(signed, -h, green * g.uniform(0.75, 1.2), blades)

    def _leaf(self, lean: float, y: float, green: Array, blade: bool) -> None:
        """One leaf from the pot, leaning to a side: -1 to the left, 1 to the right."""
        length = self.height + y - 0.35 * abs(lean) - self.generator.uniform(0, 0.25)
        out, x = lean * (0.42 if blade else 0.62), 0.24 * lean
        path = [[x, y], [x + 0.3 * out, y - 0.75 * length], [out, y - length]]
        if not blade and abs(lean) > 0.5:  # the outer ones hang
            rise, tip = [out, y - 0.9 * length], [1.25 * out, y - 0.45 * length]
            path = [[x, y], [x + 0.5 * out, y - 1.1 * length], rise, tip]
        middle = bezier(path, 16)
        along = np.linspace(0, 1, len(middle))
        if blade:
            half = 0.068 * np.sqrt(1 - along**3)
        else:  # a stalk, then a broad leaf
            bulge = np.sin(np.pi * np.clip((along - 0.3) / 0.7, 0, 1))
            half = 0.014 + 0.155 * np.clip(bulge, 0, 1) ** 0.8
        step = np.gradient(middle, axis=0)
        side = np.column_stack([-step[:, 1], step[:, 0]])
        side *= (half / np.hypot(*side.T))[:, None]
        for edge in (side, -side):  # each half faces another way
            bright = 1 + 0.18 * np.sign(edge[8, 0] * self.light[0])
            self._face([*middle, *(middle + edge)[::-1]], green, bright)

    def _bowl(self) -> None:
        """A bowl with food or water."""
        g, tilt = self.generator, self.tilt
        top, bottom = 0.44, 0.52
        color = any_color(g, 80, 225, 0.6) if g.random() < 0.7 else STEEL
        self._shadow(1.05 * bottom, 1.15 * bottom * tilt, bottom * tilt)
        low = ellipse(0, -bottom * tilt, bottom, bottom * tilt, 48)
        level = -bottom * tilt - 0.26
        high = ellipse(0, level, top, top * tilt, 48)
        half = len(low) // 2 + 1
        self._face(low, color, self._round(bottom))
        self._face([*low[:half], *high[:half][::-1]], color, self._round(bottom))
        self._face(high, color, 1.2)
        inner = ellipse(0, level + 0.01, 0.88 * top, 0.86 * top * tilt, 48)
        self._face(inner, color, lambda x, y: 0.42 + 0.25 * (y - level) / (top * tilt) + 0 * x)
        fill = ellipse(0, level + 0.04, 0.76 * top, 0.66 * top * tilt, 40)
        if g.random() < 0.4:
            self._face(fill, WATER)
            self._face(ellipse(0.25 * self.light[0], level, 0.12, 0.2 * tilt), WHITE)
            return
        self._face(fill, FOOD)
        for _ in range(26):
            radius, angle = 0.68 * top * np.sqrt(g.random()), g.uniform(0, 2 * np.pi)
            x, y = radius * np.cos(angle), level - 0.01 + 0.9 * radius * tilt * np.sin(angle)
            self._face(ellipse(x, y, 0.045, 0.035, 10), FOOD, g.uniform(0.7, 1.45))

    def _cushion(self) -> None:
        """A cushion with four corners and a button, plain or patterned."""
        g = self.generator
        half, deep, thick = 0.88, 1.2 * self.tilt, 0.26
        first, second = any_color(g, 70, 225, 0.5), any_color(g, 70, 225, 0.5)
        self._shadow(0.98 * half, 1.02 * deep, deep)
        narrow = 0.9 + 0.1 * CUSHION[:, 1]  # the far edge looks shorter
        outline = closed_curve(CUSHION * [half, deep] * np.column_stack([narrow, narrow**0]), 6)
        for rise in np.linspace(0, 0.5, 5):
            self._face(outline - np.array([0, deep + thick * rise]), first, 0.6 + 0.5 * rise)
        middle = -deep - 0.6 * thick
        kind, turns = str(g.choice(["plain", "stripes", "checks", "dots"])), g.integers(2, 5)

        def place(x: Array, y: Array) -> tuple[Array, Array]:
            """Position on the cushion, -1–1 along each side."""
            b = (y - middle) / deep
            a, b = np.broadcast_arrays(x / (half * (0.9 + 0.1 * b)), b)
            return a, b

        def colors(x: Array, y: Array) -> Array:
            a, b = (c * float(turns) for c in place(x, y))
            if kind == "plain":
                return first
            if kind == "dots":
                chosen = (a % 1 - 0.5) ** 2 + (b % 1 - 0.5) ** 2 < 0.08
            else:
                chosen = (a % 1 < 0.5) ^ (b % 1 < 0.5) if kind == "checks" else a % 1 < 0.5
            return np.where(chosen[..., None], second, first)

        def shade(x: Array, y: Array) -> Array:
            a, b = place(x, y)
            dimple = 0.3 / np.square(1 + (a / 0.3) ** 2 + (b / 0.4) ** 2)
            return np.asarray(self._lit(0.8 * a * a * a, 0.8 * b * b * b - 0.3, 0.5) - dimple)

        self._face(outline + np.array([0, middle]), colors, shade)
        self._face(ellipse(0, middle, 0.05, 0.05), second if kind == "plain" else first, 0.9)
