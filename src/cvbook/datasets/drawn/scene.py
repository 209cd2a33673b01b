"""A scene of several drawn pets and things."""

from dataclasses import dataclass

import numpy as np

from cvbook.datasets.drawn.animal import Animal
from cvbook.datasets.drawn.backgrounds import PLACES, THINGS
from cvbook.datasets.drawn.canvas import SUPERSAMPLING, Canvas
from cvbook.datasets.drawn.composition import (
    Thing,
    add_animal,
    photograph,
    prepare_canvas,
    visible_things,
)
from cvbook.datasets.drawn.labels import (
    Box,
    Cover,
    DrawnPet,
    label,
    mask_box,
    picture_tags,
    shrink,
)
from cvbook.datasets.drawn.pixels import Array
from cvbook.datasets.drawn.traits import BREEDS, POSES

#: Classes of a scene's semantic mask, after the background.
SEMANTIC_CLASSES = ("cat", "dog", *THINGS)


@dataclass(frozen=True)
class DrawnThing:
    """A thing of a scene.

    Attributes
    ----------
    name : str
        One of ball, box, plant, bowl, cushion.
    mask : bool array, (height, width)
        Its visible pixels.
    """

    name: str
    mask: Array

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
        From back to front; their `image` is the scene's.
    objects : tuple of DrawnThing
        Those that are visible.
    tags : tuple of str
    semantic : uint8 array, (height, width)
        0 background, then 1 + the index in `SEMANTIC_CLASSES`.
    instances : uint8 array, (height, width)
        0 background, then 1 + the index of the pet.
    """

    image: Array
    pets: tuple[DrawnPet, ...]
    objects: tuple[DrawnThing, ...]
    tags: tuple[str, ...]
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
    big = width * SUPERSAMPLING, height * SUPERSAMPLING
    place = str(g.choice(PLACES, p=[0.5, 0.3, 0.1, 0.1]))
    canvas, things = prepare_canvas(g, place, big, count=int(g.integers(2, 5)), blurred=False)
    animals, alphas = _draw_animals(g, canvas)
    image = photograph(g, canvas.pixels, width, height)
    visible = visible_things(things, np.max(alphas, axis=0))
    tags = picture_tags([BREEDS[animal.breed] for animal in animals], visible, place)
    pets = _label_all(animals, alphas, image, tags)
    objects, semantic, instances = _segment(things, pets, width, height)
    return DrawnScene(image, pets, objects, tags, semantic, instances)


def _draw_animals(g: np.random.Generator, canvas: Canvas) -> tuple[list[Animal], list[Array]]:
    """Two or three animals and their opacity; those further back come first, higher and smaller."""
    count = int(g.integers(2, 4))
    columns = (np.arange(count) + 0.5 + g.uniform(-0.15, 0.15, count)) / count
    animals, alphas = [], []
    for depth, column in enumerate(g.permutation(columns)):
        near = depth / max(1, count - 1)
        scale = canvas.height * g.uniform(0.24, 0.29) * (0.85 + 0.3 * near)
        level = 0.5 + 0.14 * near + g.normal() * 0.02
        breed = str(g.choice(list(BREEDS)))
        pose = str(g.choice(POSES[:3]))
        origin = canvas.width * column, canvas.height * level
        animals.append(add_animal(g, canvas, breed, pose, scale, origin))
        alphas.append(canvas.alpha)
    return animals, alphas


def _label_all(
    animals: list[Animal], alphas: list[Array], image: Array, tags: tuple[str, ...]
) -> tuple[DrawnPet, ...]:
    """Label the animals from front to back, each occluded by those before."""
    pets: tuple[DrawnPet, ...] = ()
    cover = Cover(np.zeros_like(alphas[0]), np.zeros(image.shape[:2], bool))
    for animal, alpha in zip(reversed(animals), reversed(alphas), strict=True):
        pet = label(animal, image, alpha, cover, tags)
        pets = (pet, *pets)
        cover = Cover(np.maximum(cover.alpha, alpha), cover.mask | pet.instance_mask)
    return pets


def _segment(
    things: list[Thing], pets: tuple[DrawnPet, ...], width: int, height: int
) -> tuple[tuple[DrawnThing, ...], Array, Array]:
    """Visible things, semantic mask and instances; pets lie in front of all things."""
    semantic = np.zeros((height, width), np.uint8)
    instances = np.zeros((height, width), np.uint8)
    owner = np.zeros((height, width), np.uint8)
    for number, (name, mask) in enumerate(things, start=1):
        small = shrink(mask.astype(np.float32), width, height) > 0.5
        owner[small] = number
        semantic[small] = 1 + SEMANTIC_CLASSES.index(name)
    for number, pet in enumerate(pets, start=1):
        owner[pet.instance_mask] = 0
        semantic[pet.instance_mask] = 1 + SEMANTIC_CLASSES.index(pet.species)
        instances[pet.instance_mask] = number
    objects = tuple(
        DrawnThing(name, owner == number)
        for number, (name, _) in enumerate(things, start=1)
        if (owner == number).sum() >= 9
    )
    return objects, semantic, instances
