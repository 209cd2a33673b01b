"""A picture of one drawn pet."""

import numpy as np
from PIL import Image, ImageDraw

from cvbook.datasets.drawn.backgrounds import PAINTERS, PLACES, THINGS, any_color, draw_thing
from cvbook.datasets.drawn.canvas import SUPERSAMPLING
from cvbook.datasets.drawn.composition import add_animal, light_canvas, photograph
from cvbook.datasets.drawn.curves import Frame
from cvbook.datasets.drawn.labels import Cover, DrawnPet, label, picture_tags
from cvbook.datasets.drawn.pixels import Array, soften, to_image
from cvbook.datasets.drawn.traits import BREEDS, POSES

#: Name and bool mask, (canvas height, canvas width), of a thing in the background.
Thing = tuple[str, Array]

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
    background, things = _background(g, place, *big, count=int(g.poisson(2.6)))
    canvas = light_canvas(g, background)
    breed = list(BREEDS)[index % len(BREEDS)]
    pose = str(g.choice(POSES, p=[0.32, 0.26, 0.2, 0.22]))
    origin = (big[0] * (0.5 + g.normal() * 0.08), big[1] * (LEVEL[pose] + g.normal() * 0.05))
    scale = min(big) * g.uniform(*SCALE[pose])
    frame = Frame(scale, int(g.choice([-1, 1])), g.normal() * 0.07, origin)
    animal = add_animal(g, canvas, breed, pose, frame)
    image = photograph(g, canvas.pixels, width, height)
    tags = picture_tags([BREEDS[breed]], _visible(things, canvas.alpha), place)
    nothing = Cover(np.zeros_like(canvas.alpha), np.zeros(image.shape[:2], bool))
    return label(animal, image, canvas.alpha, nothing, tags)


def _background(
    g: np.random.Generator, place: str, width: int, height: int, count: int
) -> tuple[Array, list[Thing]]:
    """A place out of focus, and flat things on it from back to front."""
    image = to_image(PAINTERS[place](g, width, height, None)[0])
    draw = ImageDraw.Draw(image)
    things = []
    for _ in range(count):
        name = str(g.choice(THINGS))
        center = g.uniform(-0.02, 1.02) * width, g.uniform(0.25, 0.97) * height
        size = g.uniform(0.07, 0.18) * min(width, height)
        color = any_color(g, 40, 220, 0.45)
        dark, light = (tuple(int(v) for v in np.clip(color * k, 0, 255)) for k in (0.7, 1.25))
        fill = tuple(int(v) for v in color)
        state = g.bit_generator.state
        draw_thing(draw, g, name, center, size, fill, dark, light)
        g.bit_generator.state = state  # the mask repeats the same random strokes
        mask = Image.new("L", (width, height))
        draw_thing(ImageDraw.Draw(mask), g, name, center, size, 255, 255, 255)
        things.append((name, np.asarray(mask) > 0))
    return soften(image, SUPERSAMPLING * g.uniform(0.3, 1.6)), things


def _visible(things: list[Thing], alpha: Array) -> list[str]:
    """Names of the things of which a third, and more than a speck, is not behind the animal."""
    uncovered = alpha < 0.5
    return [name for name, mask in things if (mask & uncovered).sum() > max(40, mask.sum() / 3)]
