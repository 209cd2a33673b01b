"""Layout of a scene: who and what stands where on the floor, and how large it looks there."""

from dataclasses import dataclass

import numpy as np

from cvbook.datasets.drawn.backgrounds import THINGS, VANISHING
from cvbook.datasets.drawn.traits import POSES

#: Rectangle `(xmin, ymin, xmax, ymax)` in canvas pixels.
Rectangle = tuple[float, float, float, float]
#: Extents of a pose to the left, above the soles and to the right, in units of the figure.
EXTENTS = {"sit": (0.6, 1.95, 0.75), "stand": (1.0, 1.75, 1.0), "lie": (1.1, 1.4, 1.05)}
#: Centre of the head from the soles, and half its side.
HEADS = {"sit": (0.0, 1.4, 0.42), "stand": (0.7, 1.25, 0.36), "lie": (0.55, 0.9, 0.4)}
#: Half the width and the height of things, in units of an animal's figure.
SIZES = {
    "ball": (0.38, 0.76),
    "box": (0.9, 1.15),
    "plant": (0.62, 1.9),
    "bowl": (0.52, 0.42),
    "cushion": (0.9, 1.0),
}
#: Spots tried for an item.
TRIES = 120


@dataclass(frozen=True)
class Spot:
    """A place on the floor.

    Attributes
    ----------
    x, y : float
        In canvas pixels.
    unit : float
        Canvas pixels for a unit of an animal's figure that stands there.
    tilt : float
        Height of a flat circle there over its width.
    """

    x: float
    y: float
    unit: float
    tilt: float


@dataclass(frozen=True)
class Item:
    """An animal or a thing in its spot.

    Attributes
    ----------
    kind : str
        A pose, of `traits.POSES`, or a thing, of `backgrounds.THINGS`.
    flip : {-1, 1}
        -1 mirrors it.
    size : float
        Its size over the usual one.
    spot : Spot
    """

    kind: str
    flip: int
    size: float
    spot: Spot

    @property
    def scale(self) -> float:
        """Canvas pixels for its unit."""
        return self.size * self.spot.unit

    @property
    def rectangle(self) -> Rectangle:
        """About what it covers."""
        if self.kind in EXTENTS:
            left, height, right = EXTENTS[self.kind]
            left, right = (left, right) if self.flip > 0 else (right, left)
        else:
            left, height = SIZES[self.kind]
            right = left
        x, y, scale = self.spot.x, self.spot.y, self.scale
        return x - left * scale, y - height * scale, x + right * scale, y

    @property
    def head(self) -> Rectangle | None:
        """About where its head is; None for a thing."""
        if self.kind not in HEADS:
            return None
        right, up, half = (self.scale * value for value in HEADS[self.kind])
        x, y = self.spot.x + self.flip * right, self.spot.y - up
        return x - half, y - half, x + half, y + half


class Floor:
    """The floor of a scene in perspective: what is nearer stands lower in the picture, and larger.

    Parameters
    ----------
    width, height : int
        Of the canvas, in pixels.
    line : float
        The floor line: where the floor ends, from the top, in canvas pixels.
    unit : float
        Unit of a figure at the lower edge of the canvas, in canvas pixels.
    """

    def __init__(self, width: int, height: int, line: float, unit: float):
        self.width, self.height, self.line = width, height, line
        self.vanishing = line - VANISHING * height
        self._growth = unit / (height - self.vanishing)

    def spot(self, x: float, y: float) -> Spot:
        """Spot at a position.

        Parameters
        ----------
        x, y : float
            In canvas pixels; y below the floor line.

        Returns
        -------
        Spot
        """
        below = y - self.vanishing
        return Spot(x, y, self._growth * below, 0.5 * below / self.height)


def arrange(
    g: np.random.Generator, width: int, height: int, line: float, pets: int, things: int
) -> list[Item]:
    """Put animals and things on the floor so that hardly any hides another.

    Parameters
    ----------
    g : Generator
    width, height : int
        Of the canvas, in pixels.
    line : float
        The floor line, in canvas pixels.
    pets, things : int
        How many.

    Returns
    -------
    list of Item
        From back to front.
    """
    unit = height * (g.uniform(0.29, 0.33) if pets < 3 else g.uniform(0.26, 0.3))
    floor = Floor(width, height, line, unit)
    far = (0.56, 0.66) if pets > 2 else (0.6, 0.76)
    levels = np.linspace(g.uniform(*far), g.uniform(0.9, 0.96), pets)
    items: list[Item] = []
    for level in levels[::-1]:
        pose, size = str(g.choice(POSES[:3])), g.uniform(0.95, 1.05)
        items.append(_place(g, floor, items, pose, size, (level, level)))
    names = [str(name) for name in g.choice(THINGS, size=things)]
    for name in sorted(names, key=lambda name: -SIZES[name][0]):  # small ones fit between
        size = g.uniform(0.85, 1.15)
        items.append(_place(g, floor, items, name, size, (line / height + 0.12, 0.985)))
    return sorted(items, key=lambda item: item.spot.y)


def _place(
    g: np.random.Generator,
    floor: Floor,
    others: list[Item],
    kind: str,
    size: float,
    levels: tuple[float, float],
) -> Item:
    """The best of many spots for one more item."""
    best, lowest = None, np.inf
    for _ in range(TRIES):
        spot = floor.spot(g.uniform(0, 1) * floor.width, g.uniform(*levels) * floor.height)
        item = Item(kind, int(g.choice([-1, 1])), size, spot)
        cost = _cost(item, others, floor) + g.uniform(0, 0.1)
        if cost < lowest:
            best, lowest = item, cost
    assert best is not None
    return best


def _cost(item: Item, others: list[Item], floor: Floor) -> float:
    """How bad a spot is: what is out of the picture, hidden, or in the same place."""
    inside = (0.0, 0.0, float(floor.width), float(floor.height))
    cost = 8 * (1 - _share(item.rectangle, inside))
    for other in others:
        far, near = sorted((item, other), key=lambda one: one.spot.y)
        hidden = _share(far.rectangle, near.rectangle)
        cost += 6 * hidden**2 + 15 * max(0.0, hidden - 0.35)
        if far.head is not None:
            cost += 5 * _share(far.head, near.rectangle)
        reach = _half_width(far) + _half_width(near)
        across = abs(far.spot.x - near.spot.x) / reach
        along = (near.spot.y - far.spot.y) / (0.55 * reach * near.spot.tilt)
        cost += 6 * max(0.0, 1 - np.hypot(across, along))
    return float(cost)


def _half_width(item: Item) -> float:
    xmin, _, xmax, _ = item.rectangle
    return (xmax - xmin) / 2


def _share(part: Rectangle, whole: Rectangle) -> float:
    """Share of a rectangle's area that lies in another."""
    width = min(part[2], whole[2]) - max(part[0], whole[0])
    height = min(part[3], whole[3]) - max(part[1], whole[1])
    area = (part[2] - part[0]) * (part[3] - part[1])
    return max(0.0, width) * max(0.0, height) / area
