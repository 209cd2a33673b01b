"""The fur of a drawn pet."""

import numpy as np

from cvbook.datasets.drawn.pixels import Array, noise


class Coat:
    """The fur of one animal: patterned and mean colour, strands, raggedness of its outline.

    Parameters
    ----------
    generator : Generator
        Source of all variation that the other parameters do not fix.
    width, height : int
        Size of the canvas, in pixels.
    scale : float
        Canvas pixels for a unit of the figure.
    color, second : float32 array, (3,)
        Ground colour, and that of the pattern, in 0–255.
    pattern : str
        One of `traits.PATTERNS`.

    Attributes
    ----------
    patterned : float array, (height, width, 3)
        Colour of the fur at every canvas pixel.
    mean : float array, (3,)
        Mean of the ground colour.
    fine, strands : float32 array, (height, width)
        Fine noise, and noise smeared along one direction.
    strand_strength, softness, raggedness : float
        How much strands change the shade, how wide the outline's blur is for each unit of
        `scale`, and how much `fine` moves it.
    """

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
        mask = self._pattern(g, scale, tone, pattern)
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
        return np.asarray(field / np.sqrt(np.float32(count)))

    def _pattern(self, g: np.random.Generator, scale: float, tone: Array, pattern: str) -> Array:
        """Where the second colour shows, 0–1."""
        h, w = tone.shape
        patches = h / scale
        if pattern == "tabby":
            x = np.arange(w, dtype=np.float32)[None] / np.float32(scale)
            y = np.arange(h, dtype=np.float32)[:, None] / np.float32(scale)
            stripes = np.sin((x + y * g.uniform(-0.4, 0.4) + tone * 0.9) * g.uniform(14, 26))
            return np.asarray(np.clip(stripes * 1.6 - 0.5, 0, 1) * g.uniform(0.35, 0.7))
        if pattern == "spots":
            return np.clip((noise(g, w, h, patches * g.uniform(5, 9), 2) - 0.13) * 14, 0, 1)
        if pattern == "patches":
            return np.clip((noise(g, w, h, patches * 1.3, 2) - 0.03) * 14, 0, 1)
        if pattern == "ticked":
            return np.asarray(np.clip(0.5 + self.fine * 1.6, 0, 1) * 0.5)
        return np.zeros((h, w), np.float32)
