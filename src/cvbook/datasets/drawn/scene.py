"""A scene of several drawn pets and things on one floor."""

from dataclasses import dataclass, replace

import numpy as np

from cvbook.datasets.drawn.animal import Animal
from cvbook.datasets.drawn.backgrounds import PAINTERS, PLACES, THINGS
from cvbook.datasets.drawn.canvas import SUPERSAMPLING, Canvas
from cvbook.datasets.drawn.composition import add_animal, light_canvas, photograph
from cvbook.datasets.drawn.curves import Frame
from cvbook.datasets.drawn.labels import (
    Box,
    Cover,
    DrawnPet,
    label,
    mask_box,
    picture_tags,
    shrink,
)
from cvbook.datasets.drawn.layout import Item, arrange
from cvbook.datasets.drawn.pixels import Array, soften
from cvbook.datasets.drawn.things import Thing
from cvbook.datasets.drawn.traits import BREEDS, POSES

#: Classes of a scene's semantic mask, after the background.
SEMANTIC_CLASSES = ("cat", "dog", *THINGS)
#: Lowest and highest floor line of a place, as shares of the height.
LINES = {"room": (0.3, 0.44), "meadow": (0.28, 0.4), "cloth": (0.3, 0.42), "bokeh": (0.32, 0.44)}

#: What was drawn, its animal if it is one, and its opacity on the canvas.
Figure = tuple[Item, Animal | None, Array]


@dataclass(frozen=True)
class DrawnThing:
    """A thing of a scene.

    Attributes
    ----------
    name : str
        One of ball, box, plant, bowl, cushion.
    mask : bool array, (height, width)
        Its visible pixels.
    floor_y : float
        Height at which it stands on the floor, in pixels: what is nearer stands lower.
    """

    name: str
    mask: Array
    floor_y: float

    @property
    def box(self) -> Box:
        """Box around the visible pixels, the last ones exclusive."""
        return mask_box(self.mask)


@dataclass(frozen=True)
class DrawnScene:
    """Several pets and things in one place.

    Attributes
    ----------
    image : uint8 array, (height, width, 3)
    pets : tuple of DrawnPet
        From left to right; their `image` is the scene's.
    objects : tuple of DrawnThing
        Those of which a third or more is visible, from left to right.
    tags : tuple of str
    floor_line : float
        Height at which the floor ends, in pixels; everything stands below it.
    semantic : uint8 array, (height, width)
        0 background, then 1 + the index in `SEMANTIC_CLASSES`.
    instances : uint8 array, (height, width)
        0 background, then 1 + the index of the pet.
    """

    image: Array
    pets: tuple[DrawnPet, ...]
    objects: tuple[DrawnThing, ...]
    tags: tuple[str, ...]
    floor_line: float
    semantic: Array
    instances: Array


def draw_scene(seed: int, index: int, size: int = 192) -> DrawnScene:
    """Draw a scene with two or three pets and two to four things, labelled in every way.

    Parameters
    ----------
    seed, index : int
        Decide everything.
    size : int
        The picture's width in pixels, at least 64; its height is three quarters of it.

    Returns
    -------
    DrawnScene

    Raises
    ------
    ValueError
        If `size` is below 64.
    """
    if size < 64:
        raise ValueError(f"size {size}: must be at least 64 pixels")
    g = np.random.default_rng([seed, index, 1])
    width, height = size, size * 3 // 4
    big_width, big_height = width * SUPERSAMPLING, height * SUPERSAMPLING
    place = str(g.choice(PLACES, p=[0.5, 0.3, 0.1, 0.1]))
    background, line = PAINTERS[place](g, big_width, big_height, LINES[place])
    canvas = light_canvas(g, soften(background, 0.4 * SUPERSAMPLING))
    pets, things = int(g.integers(2, 4)), int(g.integers(2, 5))
    items = arrange(g, big_width, big_height, line * big_height, pets, things)
    figures = [_draw(g, canvas, item) for item in items]
    image = photograph(g, canvas.pixels, width, height)
    return _label_all(figures, image, place, line * height)


def _draw(g: np.random.Generator, canvas: Canvas, item: Item) -> Figure:
    """Draw an animal or a thing where it stands."""
    if item.kind not in POSES:
        Thing(g, canvas, item).draw()
        return item, None, canvas.alpha
    breed = str(g.choice(list(BREEDS)))
    frame = Frame(item.scale, item.flip, g.normal() * 0.02, (item.spot.x, item.spot.y))
    animal = add_animal(g, canvas, breed, item.kind, frame, item.spot.y)
    return item, animal, canvas.alpha


def _label_all(figures: list[Figure], image: Array, place: str, line: float) -> DrawnScene:
    """Label everything from front to back, each occluded by those before."""
    height, width = image.shape[:2]
    pets: list[DrawnPet] = []
    things: list[DrawnThing] = []
    semantic = np.zeros((height, width), np.uint8)
    cover = Cover(np.zeros_like(figures[0][2]), np.zeros((height, width), bool))
    for item, animal, alpha in reversed(figures):
        if animal is not None:
            pet = label(animal, image, alpha, cover, ())
            mask = pet.instance_mask
            semantic[mask] = 1 + SEMANTIC_CLASSES.index(pet.species)
            pets.append(pet)
        else:
            mask = (shrink(alpha * (1 - cover.alpha), width, height) > 0.5) & ~cover.mask
            semantic[mask] = 1 + SEMANTIC_CLASSES.index(item.kind)
            if mask.sum() > max(9, shrink(alpha, width, height).sum() / 3):
                things.append(DrawnThing(item.kind, mask, item.spot.y / SUPERSAMPLING))
        cover = Cover(np.maximum(cover.alpha, alpha), cover.mask | mask)
    tags = picture_tags([pet.species for pet in pets], [thing.name for thing in things], place)
    pets = [replace(pet, tags=tags) for pet in sorted(pets, key=_middle)]
    instances = np.zeros((height, width), np.uint8)
    for number, pet in enumerate(pets, start=1):
        instances[pet.instance_mask] = number
    objects = tuple(sorted(things, key=_middle))
    return DrawnScene(image, tuple(pets), objects, tags, line, semantic, instances)


def _middle(one: DrawnPet | DrawnThing) -> float:
    xmin, _, xmax, _ = one.box
    return (xmin + xmax) / 2
