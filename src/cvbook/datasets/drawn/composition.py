"""Steps shared by pictures of one pet and scenes of several: light, animal, camera."""

import numpy as np
from PIL import Image, ImageFilter

from cvbook.datasets.drawn.animal import Animal
from cvbook.datasets.drawn.canvas import SUPERSAMPLING, Canvas
from cvbook.datasets.drawn.coat import Coat
from cvbook.datasets.drawn.curves import Frame
from cvbook.datasets.drawn.pixels import Array, to_image
from cvbook.datasets.drawn.traits import FUR, PATTERNS


def light_canvas(g: np.random.Generator, pixels: Array) -> Canvas:
    """Canvas with a background, under light from above of a random direction and colour.

    Parameters
    ----------
    g : Generator
    pixels : float32 array, (canvas height, canvas width, 3)
        The background, in 0–255.

    Returns
    -------
    Canvas
    """
    angle = g.uniform(-2.5, -0.6)
    tint = np.array([1 + g.normal() * 0.05, 1, 1 + g.normal() * 0.05]) * g.uniform(0.8, 1.15)
    return Canvas(pixels, (float(np.cos(angle)), float(np.sin(angle))), tint)


def add_animal(
    g: np.random.Generator,
    canvas: Canvas,
    breed: str,
    pose: str,
    frame: Frame,
    floor: float | None = None,
) -> Animal:
    """Draw an animal with a coat at random.

    Parameters
    ----------
    g : Generator
    canvas : Canvas
        Where to draw it; `canvas.alpha` is its opacity afterwards.
    breed, pose : str
        Of `traits.BREEDS` and `traits.POSES`.
    frame : Frame
        Its position, size and orientation.
    floor : float, optional
        Height in the canvas of the floor, on which its feet are put.

    Returns
    -------
    Animal
    """
    first, second = FUR[g.integers(len(FUR), size=2)]
    first = first * np.float32(g.uniform(0.85, 1.15))
    pattern = str(g.choice(PATTERNS, p=[0.24, 0.18, 0.25, 0.22, 0.11]))
    if pattern in ("tabby", "ticked") or (pattern == "spots" and g.random() < 0.6):
        second = first * np.float32(0.45)
    coat = Coat(g, canvas.width, canvas.height, frame.scale, first, second, pattern)
    animal = Animal(g, canvas, frame, coat, breed, pose, floor)
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
