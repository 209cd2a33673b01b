"""A picture of one drawn pet."""

import numpy as np

from cvbook.datasets.drawn.backgrounds import PLACES
from cvbook.datasets.drawn.canvas import SUPERSAMPLING
from cvbook.datasets.drawn.composition import (
    add_animal,
    photograph,
    prepare_canvas,
    visible_things,
)
from cvbook.datasets.drawn.labels import Cover, DrawnPet, label, picture_tags
from cvbook.datasets.drawn.traits import BREEDS, POSES

#: Size of an animal, lowest and highest, as a share of the picture's shorter side.
SCALE = {"sit": (0.38, 0.58), "stand": (0.36, 0.58), "lie": (0.40, 0.62), "portrait": (0.55, 0.95)}
#: Height of its chest in the picture, from the top.
LEVEL = {"sit": 0.48, "stand": 0.52, "lie": 0.58, "portrait": 0.55}


def draw_pet(seed: int, index: int, size: int = 128) -> DrawnPet:
    """Draw one cat or dog.

    Parameters
    ----------
    seed, index : int
        Decide everything; the breed is `index` modulo 4.
    size : int
        The picture's longer side in pixels, at least 32.

    Returns
    -------
    DrawnPet
        The picture and its labels.

    Raises
    ------
    ValueError
        If `size` is below 32.
    """
    if size < 32:
        raise ValueError(f"size {size}: must be at least 32 pixels")
    g = np.random.default_rng([seed, index])
    ratio = g.choice([1.0, 1.33, 0.75, 1.5, 0.8], p=[0.2, 0.35, 0.15, 0.15, 0.15])
    width, height = (size, int(size / ratio)) if ratio >= 1 else (int(size * ratio), size)
    big = width * SUPERSAMPLING, height * SUPERSAMPLING
    place = str(g.choice(PLACES, p=[0.38, 0.24, 0.2, 0.18]))
    canvas, things = prepare_canvas(g, place, big, count=int(g.poisson(2.6)), blurred=True)
    breed = list(BREEDS)[index % len(BREEDS)]
    pose = str(g.choice(POSES, p=[0.32, 0.26, 0.2, 0.22]))
    origin = (big[0] * (0.5 + g.normal() * 0.08), big[1] * (LEVEL[pose] + g.normal() * 0.05))
    animal = add_animal(g, canvas, breed, pose, min(big) * g.uniform(*SCALE[pose]), origin)
    image = photograph(g, canvas.pixels, width, height)
    tags = picture_tags([BREEDS[breed]], visible_things(things, canvas.alpha), place)
    nothing = Cover(np.zeros_like(canvas.alpha), np.zeros(image.shape[:2], bool))
    return label(animal, image, canvas.alpha, nothing, tags)
