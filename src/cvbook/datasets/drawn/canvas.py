"""The canvas: rounded, furred parts painted from back to front."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from cvbook.datasets.drawn.coat import Coat
from cvbook.datasets.drawn.curves import ellipse
from cvbook.datasets.drawn.pixels import Array, blur, planar, to_image

#: Canvas pixels along each side of a picture's pixel.
SUPERSAMPLING = 2

Region = tuple[slice, slice]


class Canvas:
    """A float picture that is painted from back to front.

    Parameters
    ----------
    pixels : float32 array, (height, width, 3)
        The background, in 0–255.
    light : (float, float)
        Unit vector towards the light, x and y.
    tint : float array, (3,)
        Colour of the light; 1 is white.

    Attributes
    ----------
    pixels : float32 array, (height, width, 3)
        Colours in 0–255.
    alpha : float32 array, (height, width)
        Opacity of the current figure; `begin_figure` clears it.
    standing : float32 array, (height, width)
        Opacity of all figures before the current one.
    """

    def __init__(self, pixels: Array, light: tuple[float, float], tint: Array):
        self.pixels = planar(pixels)
        self.height, self.width = pixels.shape[:2]
        self.light, self.tint = light, tint.astype(np.float32)
        self.alpha = np.zeros((self.height, self.width), np.float32)
        self.standing = np.zeros_like(self.alpha)

    def begin_figure(self) -> None:
        """Start a new figure; what is on the canvas becomes its background."""
        np.maximum(self.standing, self.alpha, out=self.standing)
        self.alpha = np.zeros((self.height, self.width), np.float32)

    def polygon(self, points: Array) -> Image.Image:
        """Mask of a polygon.

        Parameters
        ----------
        points : float array, (n, 2)
            Corners in canvas pixels.

        Returns
        -------
        Image
            Mode "L", of the canvas's size, 255 inside.
        """
        mask = Image.new("L", (self.width, self.height))
        ImageDraw.Draw(mask).polygon(points.ravel().tolist(), fill=255)
        return mask

    def limb(self, points: Array, radii: Array) -> Image.Image:
        """Mask of a limb: discs along a line.

        Parameters
        ----------
        points : float array, (n, 2)
            Centres of the discs in canvas pixels.
        radii : float array, (m,)
            Radii at even distances along the line, in canvas pixels; interpolated between.

        Returns
        -------
        Image
            Mode "L", of the canvas's size, 255 inside.
        """
        mask = Image.new("L", (self.width, self.height))
        draw = ImageDraw.Draw(mask)
        along = np.interp(np.linspace(0, 1, len(points)), np.linspace(0, 1, len(radii)), radii)
        for (x, y), r in zip(points, along, strict=True):
            draw.ellipse([x - r, y - r, x + r, y + r], fill=255)
        return mask

    def line(self, points: Array, color: Array, width: int) -> None:
        """Draw a thin line.

        Parameters
        ----------
        points : float array, (n, 2)
            In canvas pixels.
        color : float array, (3,)
            In 0–255.
        width : int
            In canvas pixels.
        """
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
        """Darken the ground under a figure, in an ellipse.

        Parameters
        ----------
        center : float array, (2,)
            In canvas pixels.
        radii : (float, float)
            Half-axes along x and y, in canvas pixels.
        softness : float
            Standard deviation of its blur, in canvas pixels.
        """
        (x, y), (a, b) = center, radii
        k = blur(np.asarray(self.polygon(ellipse(x, y, a, b)), np.float32) / 255, softness)
        self.pixels *= 1 - 0.5 * k[..., None]

    def floor_shadow(
        self, center: tuple[float, float], radii: tuple[float, float], strength: float
    ) -> None:
        """Darken the floor around a place where something stands, but no figure.

        Parameters
        ----------
        center : (float, float)
            x and y in canvas pixels.
        radii : (float, float)
            Half-axes along x and y of the ellipse in which it is darkest, in canvas pixels.
        strength : float
            Share of the light that it takes in the middle, 0–1.
        """
        (x, y), (a, b) = center, radii
        x0, y0 = max(0, int(x - 2.2 * a)), max(0, int(y - 2.2 * b))
        x1, y1 = min(self.width, int(x + 2.2 * a) + 1), min(self.height, int(y + 2.2 * b) + 1)
        if x0 >= x1 or y0 >= y1:
            return
        rows, columns = np.ogrid[y0:y1, x0:x1]
        distance = ((columns - x) / a) ** 2 + ((rows - y) / b) ** 2
        region = slice(y0, y1), slice(x0, x1)
        floor = 1 - np.maximum(self.standing[region], self.alpha[region])
        shade = np.square(np.square(np.clip(1 - distance / 2.2**2, 0, 1))).astype(np.float32)
        self.pixels[region] *= 1 - np.float32(strength) * (shade * floor)[..., None]

    def cover(self, region: Region, k: Array, colors: Array) -> None:
        """Paint finished colours under the canvas's light.

        Parameters
        ----------
        region : (slice, slice)
            Rows and columns of the canvas.
        k : float32 array
            Opacity there.
        colors : float32 array
            Colours there, in 0–255, with an axis of three channels at the end.
        """
        part = self.pixels[region]
        part *= 1 - k[..., None]
        part += np.clip(colors * self.tint, 0, 255) * k[..., None]
        np.maximum(self.alpha[region], k, out=self.alpha[region])

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

        Parameters
        ----------
        mask : Image
            The part, of `polygon` or `limb`.
        scale : float
            Canvas pixels for a unit of the figure.
        color : float array, (3,), optional
            In 0–255; None takes the coat's pattern.
        coat : Coat, optional
            None for bare parts such as eyes, which need a colour.
        tone : float
            Factor on the brightness.
        depth : float
            How far the part bulges out of the picture; 1 for limbs and bodies.
        ragged : bool
            Whether the fur frays the outline.

        Returns
        -------
        (slice, slice, float32 array) or None
            Rows and columns of the canvas and the part's opacity there; None when the mask is
            empty.
        """
        box = mask.getbbox()
        if box is None:
            return None
        margin = int(scale * 0.09) + 3
        x0, y0 = max(0, box[0] - margin), max(0, box[1] - margin)
        x1, y1 = min(self.width, box[2] + margin), min(self.height, box[3] + margin)
        region = slice(y0, y1), slice(x0, x1)
        k = _opacity(mask.crop((x0, y0, x1, y1)), region, scale, coat if ragged else None)
        shade = self._shade(k, scale, depth)
        shade *= np.float32(tone)
        self._blend(region, k, shade, scale, color, coat)
        np.maximum(self.alpha[region], k, out=self.alpha[region])
        return (*region, k)

    def _shade(self, k: Array, scale: float, depth: float) -> Array:
        """Brightness of a part with opacity `k`, lit as if its blurred mask were a height map."""
        hill = np.sqrt(blur(k, max(1.0, scale * 0.07 * depth)) + np.float32(1e-4))
        down, right = _slopes(hill), _slopes(hill.T).T
        bulge = np.float32(scale * 0.24 * depth)
        slope = -right * np.float32(self.light[0]) - down * np.float32(self.light[1])
        return np.asarray(np.clip(0.80 + slope * bulge, 0.35, 1.35) * (0.72 + 0.30 * hill))

    def _blend(
        self,
        region: Region,
        k: Array,
        shade: Array,
        scale: float,
        color: Array | None,
        coat: Coat | None,
    ) -> None:
        """Blend a part with opacity `k` into the canvas; changes `shade`."""
        planes = self.pixels.transpose(2, 0, 1)[:, *region]
        if coat is not None:
            shade *= 1 + coat.strands[region] * np.float32(coat.strand_strength)
        if coat is not None and color is None:
            albedo = coat.patterned.transpose(2, 0, 1)[:, *region] * shade
        else:
            albedo = np.asarray(color, np.float32)[:, None, None] * shade
        planes *= 1 - k
        if coat is not None:  # contact shadow on the parts of the same figure below
            contact = blur(k, scale * 0.045) * self.alpha[region]
            planes *= 1 - np.float32(0.42) * contact
        albedo *= self.tint[:, None, None]
        albedo *= k
        planes += albedo


def _opacity(cut: Image.Image, region: Region, scale: float, coat: Coat | None) -> Array:
    """Opacity of a mask, its outline frayed by a coat or only smoothed."""
    if coat is None:
        return np.asarray(cut.filter(ImageFilter.GaussianBlur(0.5))).astype(np.float32) / 255
    edge = np.asarray(cut.filter(ImageFilter.GaussianBlur(scale * coat.softness)))
    wobble = coat.fine[region] * np.float32(coat.raggedness)
    return np.clip((edge.astype(np.float32) / 255 - 0.5 + wobble) * 6 + 0.5, 0, 1)


def _slopes(field: Array) -> Array:
    """Central differences from row to row, as `np.gradient` has them, in a third of the time."""
    result = np.empty_like(field)
    np.subtract(field[2:], field[:-2], out=result[1:-1])
    result[1:-1] /= 2
    result[0], result[-1] = field[1] - field[0], field[-1] - field[-2]
    return result
