"""Steps shared by pictures of one pet and scenes of several: background, animal, camera."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cvbook.datasets.drawn.animal import Animal
from cvbook.datasets.drawn.backgrounds import PAINTERS, THINGS, any_color, draw_thing
from cvbook.datasets.drawn.canvas import SUPERSAMPLING, Canvas
from cvbook.datasets.drawn.coat import Coat
from cvbook.datasets.drawn.curves import Frame
from cvbook.datasets.drawn.pixels import Array, soften, to_image
from cvbook.datasets.drawn.traits import FUR, PATTERNS

#: Name and bool mask, (canvas height, canvas width), of a thing in the background.
Thing = tuple[str, Array]


def prepare_canvas(
    g: np.random.Generator, place: str, size: tuple[int, int], count: int, blurred: bool
) -> tuple[Canvas, list[Thing]]:
    """Canvas with a place and things on it, and its light.

    Parameters
    ----------
    g : Generator
    place : str
        One of `backgrounds.PLACES`.
    size : (int, int)
        Width and height of the canvas, in pixels.
    count : int
        Number of things.
    blurred : bool
        Whether the background is out of focus.

    Returns
    -------
    Canvas
    list of (str, bool array)
        The things from back to front, with masks that include hidden parts.
    """
    pixels, things = _background(g, place, *size, count, blurred)
    angle = g.uniform(-2.5, -0.6)
    tint = np.array([1 + g.normal() * 0.05, 1, 1 + g.normal() * 0.05]) * g.uniform(0.8, 1.15)
    return Canvas(pixels, (float(np.cos(angle)), float(np.sin(angle))), tint), things


def _background(
    g: np.random.Generator, place: str, width: int, height: int, count: int, blurred: bool
) -> tuple[Array, list[Thing]]:
    image = to_image(PAINTERS[place](g, width, height))
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
    sigma = SUPERSAMPLING * (g.uniform(0.3, 1.6) if blurred else 0.4)
    return soften(image, sigma), things


def add_animal(
    g: np.random.Generator,
    canvas: Canvas,
    breed: str,
    pose: str,
    scale: float,
    origin: tuple[float, float],
) -> Animal:
    """Draw an animal with a coat and an orientation at random.

    Parameters
    ----------
    g : Generator
    canvas : Canvas
        Where to draw it; `canvas.alpha` is its opacity afterwards.
    breed, pose : str
        Of `traits.BREEDS` and `traits.POSES`.
    scale : float
        Canvas pixels for a unit of the figure, about half its height.
    origin : (float, float)
        Position of its chest, in canvas pixels.

    Returns
    -------
    Animal
    """
    frame = Frame(scale, int(g.choice([-1, 1])), g.normal() * 0.07, origin)
    first, second = FUR[g.integers(len(FUR), size=2)]
    first = first * np.float32(g.uniform(0.85, 1.15))
    pattern = str(g.choice(PATTERNS, p=[0.24, 0.18, 0.25, 0.22, 0.11]))
    if pattern in ("tabby", "ticked") or (pattern == "spots" and g.random() < 0.6):
        second = first * np.float32(0.45)
    coat = Coat(g, canvas.width, canvas.height, scale, first, second, pattern)
    animal = Animal(g, canvas, frame, coat, breed, pose)
    animal.draw()
    return animal


def photograph(g: np.random.Generator, pixels: Array, width: int, height: int) -> Array:
    """Camera model: vignette, exposure, a little blur, the final size, sensor noise.

    Parameters
    ----------
    g : Generator
    pixels : float32 array, (canvas height, canvas width, 3)
        In 0–255.
    width, height : int
        Size of the picture.

    Returns
    -------
    uint8 array, (height, width, 3)
    """
    big_height, big_width = pixels.shape[:2]
    y, x = np.ogrid[-1 : 1 : big_height * 1j, -1 : 1 : big_width * 1j]
    vignette = (1 - g.uniform(0, 0.25) * (x**2 + y**2)).astype(np.float32)
    gamma, sigma = g.uniform(0.85, 1.2), SUPERSAMPLING * g.uniform(0.05, 0.55)
    curve = [round(255 * (v / 255) ** gamma) for v in range(256)] * 3
    image = to_image(pixels * vignette[..., None]).point(curve)
    image = image.filter(ImageFilter.GaussianBlur(sigma))
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    grain = g.standard_normal((height, width, 1), np.float32) * np.float32(g.uniform(0.5, 4))
    return np.asarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def visible_things(things: list[Thing], alpha: Array) -> list[str]:
    """Names of the things of which at least a third, and more than a speck, is not hidden.

    Parameters
    ----------
    things : list of (str, bool array)
    alpha : float32 array, (canvas height, canvas width)
        Opacity of the animals in front of them.

    Returns
    -------
    list of str
    """
    uncovered = alpha < 0.5
    return [name for name, mask in things if (mask & uncovered).sum() > max(40, mask.sum() / 3)]
