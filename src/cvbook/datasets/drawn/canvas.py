"""The drawn pets' canvas: smooth noise, curves, and parts that are lit and furred."""

import itertools
import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw, ImageFilter
from scipy.ndimage import uniform_filter1d

Array = np.ndarray
Points = ArrayLike  # (n, 2) float, x and y


def enlarge(field: Array, width: int, height: int) -> Array:
    """A small field stretched smoothly to a large one, float32 `(height, width)`."""
    image = Image.fromarray(field.astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def noise(
    generator: np.random.Generator,
    width: int,
    height: int,
    cells: float,
    octaves: int = 3,
    stretch: float = 1.0,
) -> Array:
    """Smooth noise in about ±0.5, each octave twice as fine and half as strong.

    `cells` is the number of its coarsest patches from top to bottom; `stretch` times as many lie
    from left to right.
    """
    total = np.zeros((height, width), np.float32)
    strength, strengths = 1.0, 0.0
    for octave in range(octaves):
        rows = max(2, int(cells * 2**octave))
        columns = max(2, int(cells * stretch * 2**octave))
        grid = generator.random((min(rows, height), min(columns, width)), np.float32)
        total += strength * enlarge(grid, width, height)
        strengths += strength
        strength *= 0.55
    return total / strengths - 0.5


def blur(field: Array, sigma: float) -> Array:
    """Nearly Gaussian: two box filters in a row."""
    size = 2 * max(1, round(sigma * 0.98 - 0.3)) + 1
    result = np.empty_like(field)
    uniform_filter1d(field, size, 0, result, mode="nearest")
    for axis in (1, 0, 1):
        uniform_filter1d(result, size, axis, result, mode="nearest")
    return result


def planar(pixels: Array) -> Array:
    """The same picture with each channel on its own in memory, where NumPy works on long rows."""
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)).transpose(1, 2, 0)


def to_image(pixels: Array) -> Image.Image:
    """A picture of a float array in 0–255."""
    channels = np.clip(pixels, 0, 255).astype(np.uint8).transpose(2, 0, 1)
    return Image.merge("RGB", [Image.fromarray(channel) for channel in channels])


def soften(pixels: Array | Image.Image, sigma: float) -> Array:
    """A picture blurred by a Gaussian, float32 in 0–255."""
    image = pixels if isinstance(pixels, Image.Image) else to_image(pixels)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(sigma))).astype(np.float32)


def closed_curve(points: Points, steps: int = 8) -> Array:
    """A closed Catmull–Rom spline through the points."""
    p1 = np.asarray(points, float)
    around = np.arange(len(p1))
    p0, p2, p3 = (p1[(around + shift) % len(p1)] for shift in (-1, 1, 2))
    t = (np.arange(steps) / steps)[:, None, None]
    curve = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def bezier(points: Points, steps: int = 20) -> Array:
    """An open Bézier curve, by de Casteljau's construction."""
    t = np.linspace(0, 1, steps)[:, None]
    level = [np.repeat(p[None], steps, 0) for p in np.asarray(points, float)]
    while len(level) > 1:
        level = [(1 - t) * a + t * b for a, b in itertools.pairwise(level)]
    return level[0]


def ellipse(x: float, y: float, a: float, b: float, steps: int = 32) -> Array:
    """An ellipse with half-axes `a` and `b`."""
    cosine, sine = _circle(steps)
    return np.column_stack([x + a * cosine, y + b * sine])


@cache
def _circle(steps: int) -> tuple[Array, Array]:
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.cos(angle), np.sin(angle)


def turned(points: Array, angle: float) -> Array:
    """Points turned about the origin; `angle` in radians, clockwise in a picture."""
    c, s = math.cos(angle), math.sin(angle)
    x, y = points.T
    result = np.empty_like(points)
    result[:, 0] = x * c - y * s
    result[:, 1] = x * s + y * c
    return result


class Frame:
    """Places a figure's own coordinates on the canvas: scale, flip, turn, move."""

    def __init__(self, scale: float, flip: int, angle: float, origin: tuple[float, float]):
        self.scale, self.flip, self.angle = scale, flip, angle
        self.stretch, self.origin = np.array([scale * flip, scale]), np.asarray(origin, float)

    def __call__(self, points: Points) -> Array:
        """From the figure's coordinates to the canvas's."""
        return turned(np.asarray(points, float) * self.stretch, self.angle) + self.origin


class Coat:
    """The fur of one animal: colour with pattern, plain colour, strands, ragged outline."""

    def __init__(
        self,
        generator: np.random.Generator,
        width: int,
        height: int,
        scale: float,
        color: Array,
        second: Array,
        pattern: str,
    ):
        g, w, h = generator, width, height
        patches = h / scale
        self.fine = noise(g, w, h, h / 4.4, 2)
        self.strands = self._strands(g, w, h, max(3, int(scale * 0.07)))
        self.strand_strength = g.uniform(0.06, 0.15)
        self.softness = g.uniform(0.006, 0.018)
        self.raggedness = g.uniform(0.25, 0.85)
        tone = noise(g, w, h, 2.2 * patches, 3)
        mask = self._pattern(g, w, h, patches, scale, tone, pattern)
        plain = color[:, None, None] * (1 + 0.25 * tone)
        patterned = plain * (1 - mask) + second.astype(np.float32)[:, None, None] * mask
        self.patterned = patterned.transpose(1, 2, 0)
        self.mean = np.add.accumulate(plain.reshape(3, -1), axis=1)[:, -1] / np.float32(w * h)

    @staticmethod
    def _strands(generator: np.random.Generator, width: int, height: int, length: int) -> Array:
        """Noise smeared along one direction, by doubling: log2(length) shifts, not length."""
        field = generator.standard_normal((height, width), np.float32)
        angle = generator.uniform(0, np.pi)
        step, count = 1, 1
        while count < length:
            shift = round(step * np.sin(angle)), round(step * np.cos(angle))
            field = field + np.roll(field, shift, (0, 1))
            step, count = step * 2, count * 2
        return field / np.sqrt(np.float32(count))

    def _pattern(
        self,
        g: np.random.Generator,
        w: int,
        h: int,
        patches: float,
        scale: float,
        tone: Array,
        pattern: str,
    ) -> Array:
        """Where the second colour shows, 0–1."""
        if pattern == "tabby":
            x = np.arange(w, dtype=np.float32)[None] / np.float32(scale)
            y = np.arange(h, dtype=np.float32)[:, None] / np.float32(scale)
            stripes = np.sin((x + y * g.uniform(-0.4, 0.4) + tone * 0.9) * g.uniform(14, 26))
            return np.clip(stripes * 1.6 - 0.5, 0, 1) * g.uniform(0.35, 0.7)
        if pattern == "spots":
            return np.clip((noise(g, w, h, patches * g.uniform(5, 9), 2) - 0.13) * 14, 0, 1)
        if pattern == "patches":
            return np.clip((noise(g, w, h, patches * 1.3, 2) - 0.03) * 14, 0, 1)
        if pattern == "ticked":
            return np.clip(0.5 + self.fine * 1.6, 0, 1) * 0.5
        return np.zeros((h, w), np.float32)


def _slopes(field: Array) -> Array:
    """Central differences from row to row, as `np.gradient` has them, in a third of the time."""
    result = np.empty_like(field)
    np.subtract(field[2:], field[:-2], out=result[1:-1])
    result[1:-1] /= 2
    result[0], result[-1] = field[1] - field[0], field[-1] - field[-2]
    return result


class Canvas:
    """A float picture that is painted from back to front.

    Attributes
    ----------
    pixels : float32 array, (height, width, 3)
        Colours in 0–255.
    alpha : float32 array, (height, width)
        How much of each pixel the current figure covers; `begin_figure` clears it.
    """

    def __init__(self, pixels: Array, light: tuple[float, float], tint: Array):
        self.pixels = planar(pixels)
        self.height, self.width = pixels.shape[:2]
        self.light, self.tint = light, tint.astype(np.float32)
        self.alpha = np.zeros((self.height, self.width), np.float32)

    def begin_figure(self) -> None:
        """Start a new figure; what is on the canvas becomes its background."""
        self.alpha = np.zeros((self.height, self.width), np.float32)

    def shape(self, points: Array) -> Image.Image:
        """Mask of a polygon in canvas coordinates."""
        mask = Image.new("L", (self.width, self.height))
        ImageDraw.Draw(mask).polygon(points.ravel().tolist(), fill=255)
        return mask

    def limb(self, points: Array, radii: Array) -> Image.Image:
        """Mask of a limb: discs along a line in canvas coordinates."""
        mask = Image.new("L", (self.width, self.height))
        draw = ImageDraw.Draw(mask)
        along = np.interp(np.linspace(0, 1, len(points)), np.linspace(0, 1, len(radii)), radii)
        for (x, y), r in zip(points, along, strict=True):
            draw.ellipse([x - r, y - r, x + r, y + r], fill=255)
        return mask

    def line(self, points: Array, color: Array, width: int) -> None:
        """Draw a thin line in canvas coordinates."""
        low = np.floor(points.min(0)).astype(int) - width - 1
        high = np.ceil(points.max(0)).astype(int) + width + 2
        x0, y0 = np.maximum(low, 0)
        x1, y1 = np.minimum(high, [self.width, self.height])
        if x0 >= x1 or y0 >= y1:
            return
        image = to_image(self.pixels[y0:y1, x0:x1])
        fill = tuple(int(v) for v in np.clip(color, 0, 255))
        path = [tuple(p) for p in points - [x0, y0]]
        ImageDraw.Draw(image).line(path, fill=fill, width=width, joint="curve")
        self.pixels[y0:y1, x0:x1] = np.asarray(image)

    def shadow(self, center: Array, radii: tuple[float, float], softness: float) -> None:
        """Darken the ground under a figure."""
        (x, y), (a, b) = center, radii
        k = blur(np.asarray(self.shape(ellipse(x, y, a, b)), np.float32) / 255, softness)
        self.pixels *= 1 - 0.5 * k[..., None]

    def paint(
        self,
        mask: Image.Image,
        scale: float,
        color: Array | None = None,
        *,
        coat: Coat | None = None,
        tone: float = 1.0,
        depth: float = 1.0,
        ragged: bool = True,
    ) -> tuple[slice, slice, Array] | None:
        """Paint one rounded part: furred where a coat is given, lit from the light's side.

        Returns the region of the canvas and the part's opacity there; None when it lies outside.
        """
        box = mask.getbbox()
        if box is None:
            return None
        margin = int(scale * 0.09) + 3
        x0, y0 = max(0, box[0] - margin), max(0, box[1] - margin)
        x1, y1 = min(self.width, box[2] + margin), min(self.height, box[3] + margin)
        region = slice(y0, y1), slice(x0, x1)
        cut = mask.crop((x0, y0, x1, y1))
        if coat is not None and ragged:
            edge = np.asarray(cut.filter(ImageFilter.GaussianBlur(scale * coat.softness)))
            wobble = coat.fine[region] * np.float32(coat.raggedness)
            k = np.clip((edge.astype(np.float32) / 255 - 0.5 + wobble) * 6 + 0.5, 0, 1)
        else:
            k = np.asarray(cut.filter(ImageFilter.GaussianBlur(0.5))).astype(np.float32) / 255
        # A blurred mask is a hill; its slope towards the light makes it look round.
        hill = np.sqrt(blur(k, max(1.0, scale * 0.07 * depth)) + np.float32(1e-4))
        down, right = _slopes(hill), _slopes(hill.T).T
        bulge = np.float32(scale * 0.24 * depth)
        slope = -right * np.float32(self.light[0]) - down * np.float32(self.light[1])
        shade = np.clip(0.80 + slope * bulge, 0.35, 1.35) * (0.72 + 0.30 * hill)
        shade *= np.float32(tone)
        planes = self.pixels.transpose(2, 0, 1)[:, *region]
        if coat is not None:
            shade *= 1 + coat.strands[region] * np.float32(coat.strand_strength)
        if coat is not None and color is None:
            albedo = coat.patterned.transpose(2, 0, 1)[:, *region] * shade
        else:
            albedo = np.asarray(color, np.float32)[:, None, None] * shade
        planes *= 1 - k
        if coat is not None:  # a furred part shades what it lies on in the same figure
            contact = blur(k, scale * 0.045) * self.alpha[region]
            planes *= 1 - np.float32(0.42) * contact
        albedo *= self.tint[:, None, None]
        albedo *= k
        planes += albedo
        np.maximum(self.alpha[region], k, out=self.alpha[region])
        return (*region, k)
