"""Backgrounds of drawn pets: four kinds of place, and flat things far behind a single pet."""

from collections.abc import Callable

import numpy as np
from PIL import ImageDraw

from cvbook.datasets.drawn.curves import closed_curve
from cvbook.datasets.drawn.pixels import Array, enlarge, noise, soften, to_image

PLACES = ("room", "meadow", "cloth", "bokeh")
THINGS = ("ball", "box", "plant", "bowl", "cushion")

#: A colour as Pillow takes it: RGB, or one number for a mask.
Ink = tuple[int, ...] | int
#: Lowest and highest floor line, as shares of the height; None for a picture of one pet, where
#: the place decides and the floor of a cloth or of blurred lights fills the picture.
Lines = tuple[float, float] | None
#: Distance of the vanishing line above the floor line, as a share of the height.
VANISHING = 0.25


def any_color(
    generator: np.random.Generator, low: float = 40, high: float = 235, saturation: float = 0.3
) -> Array:
    """Colour of random lightness and hue.

    Parameters
    ----------
    generator : Generator
    low, high : float
        Bounds of the lightness, in 0–255.
    saturation : float
        How far a channel may differ from the lightness, as a share of it.

    Returns
    -------
    float32 array, (3,)
        RGB in 10–250.
    """
    lightness = generator.uniform(low, high)
    shift = (generator.random(3) - 0.5) * 2 * saturation
    return np.clip(lightness * (1 + shift), 10, 250).astype(np.float32)


def _room(
    g: np.random.Generator, width: int, height: int, lines: Lines = None
) -> tuple[Array, float]:
    """A wall and a floor, sometimes of planks."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    horizon = g.uniform(*(lines or (0.35, 0.75)))
    wall, floor = any_color(g, 90, 235, 0.2), any_color(g, 60, 190)
    side = 1 - 0.25 * (x - 0.5) * g.uniform(-1, 1)
    below = y > horizon
    floor, wall = floor[:, None, None] * (0.75 + 0.35 * y), wall[:, None, None] * side
    planes = np.where(below, floor, wall)
    if g.random() < 0.6:
        planks = (x - 0.5) / np.maximum(y - horizon + VANISHING, 0.05) * g.uniform(1.5, 3.3)
        joint = (np.abs(planks - np.round(planks)) < 0.03) & below
        planes = np.where(joint, planes * 0.7, planes)
    grain = noise(g, width, height, 5, 4, 0.4) * np.where(below, 0.20, 0.06)
    skirting = np.where(np.abs(y - horizon) < 0.012, 0.6, 1.0)
    pixels: Array = (planes * (1 + grain) * skirting).astype(np.float32)
    return pixels.transpose(1, 2, 0), horizon


def _meadow(
    g: np.random.Generator, width: int, height: int, lines: Lines = None
) -> tuple[Array, float]:
    """Grass, under a blurred sky where the horizon is high enough."""
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    horizon = g.uniform(*(lines or (-0.2, 0.45)))
    green = np.array([g.uniform(60, 120), g.uniform(105, 160), g.uniform(30, 70)], np.float32)
    pixels = green * (0.8 + 0.5 * y) * (1 + 0.5 * noise(g, width, height, 14, 4)[..., None])
    if horizon > 0:
        sky = np.array([150, 180, 205], np.float32) * g.uniform(0.6, 1.15)
        sky = sky * (1 + 0.5 * noise(g, width, height, 3, 3)[..., None])
        woods = noise(g, width, height, 4, 3)[..., None] > 0.03
        sky = np.where(woods, sky * np.array([0.5, 0.68, 0.45], np.float32), sky)
        above = np.clip((horizon - y) * 12 + 0.5, 0, 1)
        pixels = pixels * (1 - above) + soften(sky, width * 0.012) * above
    image = to_image(pixels)
    draw = ImageDraw.Draw(image)
    for _ in range(int(g.uniform(100, 320))):
        x0, y0 = g.uniform(0, width), g.uniform(max(0.0, horizon), 1) * height
        length = g.uniform(0.015, 0.06) * height
        fill = tuple(int(v) for v in np.clip(green * g.uniform(0.55, 1.5), 0, 255))
        draw.line([(x0, y0), (x0 + g.normal() * length * 0.4, y0 - length)], fill=fill, width=2)
    return np.asarray(image).astype(np.float32), horizon


def _cloth(
    g: np.random.Generator, width: int, height: int, lines: Lines = None
) -> tuple[Array, float]:
    """A blanket in folds; with a floor line, spread out in front of a wall."""
    line = 0.0 if lines is None else g.uniform(*lines)
    first, second = any_color(g, 50), any_color(g, 50)
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    if lines is None:
        mask = _pattern(g, x, y, width, height)
    else:  # it runs back to the vanishing line
        away = np.maximum(y - line + VANISHING, 0.6 * VANISHING)
        mask = _pattern(g, 0.5 + 0.45 * (x - 0.5) / away, -0.3 / away, width, height)
    folds = 1 + 0.6 * noise(g, width, height, 3, 3)[..., None]
    weave = 1 + 0.12 * noise(g, width, height, 40, 2)[..., None]
    pixels = np.asarray((first * mask + second * (1 - mask)) * folds * weave)
    if lines is not None:
        hem = line + 0.02 * noise(g, width, height, 2, 2)
        side = 1 - 0.3 * (x - 0.5) * g.uniform(-1, 1)
        dim = 1 - 0.35 * np.clip(1 - (line - y) / 0.03, 0, 1)  # where the blanket meets the wall
        wall = any_color(g, 90, 235, 0.2) * (side * dim)[..., None]
        pixels = np.where((y > hem)[..., None], pixels, wall)
    return pixels, line


def _pattern(g: np.random.Generator, x: Array, y: Array, width: int, height: int) -> Array:
    """Share of a cloth's first colour, 0–1: stripes, checks, dots or blotches."""
    angle, waves = g.uniform(0, np.pi), 0.03 * noise(g, width, height, 3, 2)
    u = (x * np.cos(angle) + y * np.sin(angle) + waves) * g.uniform(4, 16)
    v = (y * np.cos(angle) - x * np.sin(angle) + waves) * g.uniform(4, 16)
    kind = g.choice(["stripes", "checks", "dots", "blotches"])
    if kind == "stripes":
        mask = u % 1 < 0.5
    elif kind == "checks":
        mask = (u % 1 < 0.5) ^ (v % 1 < 0.5)
    elif kind == "dots":
        mask = (u % 1 - 0.5) ** 2 + (v % 1 - 0.5) ** 2 < 0.09
    else:
        mask = 0.5 + noise(g, width, height, 6, 3)
    return np.asarray(mask.astype(np.float32)[..., None])


def _bokeh(
    g: np.random.Generator, width: int, height: int, lines: Lines = None
) -> tuple[Array, float]:
    """Blurred discs of light; with a floor line, behind a blurred floor."""
    ground = any_color(g, 40, 180, 0.25)
    image = to_image(ground * (1 + 0.8 * noise(g, width, height, 2, 2)[..., None]))
    draw = ImageDraw.Draw(image)
    for _ in range(g.integers(12, 40)):
        x, y, r = g.uniform(0, width), g.uniform(0, height), g.uniform(0.02, 0.12) * width
        fill = tuple(int(c) for c in any_color(g, 40, 240, 0.35))
        draw.ellipse([x - r, y - r, x + r, y + r], fill=fill)
    # Blurred at half the size: it looks the same and takes a quarter of the time.
    small = image.resize((width // 2, height // 2))
    blurred = soften(small, width * g.uniform(0.005, 0.017))
    pixels = np.stack([enlarge(blurred[..., c], width, height) for c in range(3)], axis=-1)
    if lines is None:
        return pixels, 0.0
    line = g.uniform(*lines)
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    color = any_color(g, 50, 170, 0.2) * (0.65 + 0.45 * rows)
    floor = color * (1 + 0.25 * noise(g, width, height, 5, 4, 0.4)[..., None])
    above = np.clip(np.round((2 * line - rows.ravel()) * height), 0, height - 1).astype(int)
    floor = 0.8 * floor + 0.2 * soften(pixels, width * 0.03)[above]  # the lights shine on it
    below = np.clip((rows - line) * 14 + 0.5, 0, 1)
    return np.asarray(pixels * (1 - below) + floor * below), line


#: Paint a place: `PAINTERS[place](generator, width, height, lines)`, sizes in pixels, returns a
#: float array `(height, width, 3)` in about 0–255 and the floor line, a share of the height: what
#: stands, stands below it.
Painter = Callable[[np.random.Generator, int, int, Lines], tuple[Array, float]]
PAINTERS: dict[str, Painter] = {
    "room": _room,
    "meadow": _meadow,
    "cloth": _cloth,
    "bokeh": _bokeh,
}


def draw_thing(
    draw: ImageDraw.ImageDraw,
    g: np.random.Generator,
    name: str,
    center: tuple[float, float],
    size: float,
    fill: Ink,
    dark: Ink,
    light: Ink,
) -> None:
    """Draw one flat thing, about twice `size` wide.

    Parameters
    ----------
    draw : ImageDraw
        Where to draw.
    g : Generator
        Source of its shape.
    name : str
        One of `THINGS`.
    center : (float, float)
        x and y, in pixels.
    size : float
        In pixels.
    fill, dark, light : tuple of int, or int
        Its colours; in a mask, numbers.
    """
    (x, y), q = center, size
    if name == "ball":
        draw.ellipse([x - q * 0.6, y - q * 0.6, x + q * 0.6, y + q * 0.6], fill=fill)
        draw.ellipse([x - q * 0.35, y - q * 0.4, x + q * 0.05, y], fill=light)
    elif name == "box":
        draw.rectangle([x - q, y - q * 0.7, x + q, y + q * 0.7], fill=fill)
        draw.rectangle([x - q * 0.85, y - q * 0.55, x + q * 0.85, y + q * 0.55], fill=dark)
        draw.line([(x, y - q * 0.7), (x, y + q * 0.7)], fill=light, width=max(1, int(q * 0.12)))
    elif name == "plant":
        for _ in range(7):
            a = g.uniform(-2.6, -0.5)
            tip = x + np.cos(a) * q * 1.4, y + np.sin(a) * q * 1.4
            draw.line([(x, y), tip], fill=fill, width=int(q * 0.16) + 1)
        pot = [(-0.4, 0.0), (0.4, 0.0), (0.28, 0.6), (-0.28, 0.6)]
        draw.polygon([(x + u * q, y + v * q) for u, v in pot], fill=dark)
    elif name == "bowl":
        draw.pieslice([x - q, y - q * 0.9, x + q, y + q * 0.7], 0, 180, fill=fill)
        draw.ellipse([x - q, y - q * 0.3, x + q, y + q * 0.1], fill=light)
        draw.ellipse([x - q * 0.85, y - q * 0.24, x + q * 0.85, y + q * 0.04], fill=dark)
    else:
        angle = np.arange(7) * 2 * np.pi / 7
        outline = np.column_stack(
            [
                x + q * 1.1 * np.cos(angle) * g.uniform(0.75, 1.1, 7),
                y + q * 0.7 * np.sin(angle) * g.uniform(0.75, 1.1, 7),
            ]
        )
        draw.polygon([tuple(p) for p in closed_curve(outline)], fill=fill)
