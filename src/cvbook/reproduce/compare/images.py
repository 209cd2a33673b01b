"""Compare images pixel by pixel: as a whole, and window by window.

The root mean square (RMS) of the pixel difference, as in `matplotlib.testing.compare`, averages a
small change over a mostly white figure: a changed digit in an axis label may stay below 2 of
255. So the worst window of 16 × 16 pixels counts too, with ten times the tolerance. Noise of one or
two levels per pixel passes both; a digit, a moved marker or a shifted curve does not.

A curve from a training moves by a few pixels between processors. Its RMS does not measure
the distance (two thin lines side by side differ as much as two lines far apart, and as much as a
line and no line), so such a cell declares `shift`: the colour of every pixel must occur within that
many pixels in the other image. Where coloured areas change, as in a predicted mask, a cell declares
a wider `rms`, limited to half of the RMS that the loss of all colour would give. Neither applies to
pixels that are black or white in both images, which are text, axes and background: they stay within
the default tolerance, so that another digit, label or figure is not accepted as a moved curve.
"""

import base64
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WINDOW = 16  # pixels
WINDOW_FACTOR = 10
RMS = 2.0  # levels, the default tolerance
COLOURLESS = 32  # levels between the channels of a pixel, up to which it has no colour
BLACK, WHITE = 80, 200  # levels up to and from which a pixel without colour counts as such

MIMES = ("image/png", "image/jpeg", "image/svg+xml")

Pixels = NDArray[Any]  # (height, width, 6): RGB over white, then over black
Squares = NDArray[np.float32]  # (height, width): mean square difference of a pixel


@dataclass(frozen=True)
class ImageResult:
    """Result of comparing two images.

    Attributes
    ----------
    difference : str or None
        What exceeds the tolerance; None where the images count as equal.
    rms : float
        Root mean square difference of the whole image, in levels of 255.
    window_rms : float
        The same of the worst window.
    """

    difference: str | None
    rms: float
    window_rms: float


def decode(data: str, mime: str) -> Pixels:
    """Decode an image as stored in a notebook.

    Parameters
    ----------
    data : str
        Base64 of PNG or JPEG, or the text of an SVG.
    mime : str
        One of `MIMES`.

    Returns
    -------
    ndarray
        uint8 (height, width, 6): RGB over white, then over black, so that transparency counts.
    """
    if mime == "image/svg+xml":
        import resvg_py

        content = bytes(resvg_py.svg_to_bytes(svg_string=data, dpi=96))
    else:
        content = base64.b64decode(data)
    with Image.open(io.BytesIO(content)) as file:
        image = file.convert("RGBA")
    layers = []
    for background in ("white", "black"):
        canvas = Image.new("RGBA", image.size, background)
        canvas.alpha_composite(image)
        layers.append(np.asarray(canvas)[..., :3])
    return np.concatenate(layers, axis=-1)


def compare(expected: Pixels, actual: Pixels, rms: float = RMS, shift: int = 0) -> ImageResult:
    """Compare two decoded images.

    Parameters
    ----------
    expected, actual : ndarray
        uint8 (height, width, 6), as `decode` returns them.
    rms : float
        Tolerance of the whole image, in levels of 255; that of the worst window is `WINDOW_FACTOR`
        times as large.
    shift : int
        Pixels by which coloured parts may move.

    Returns
    -------
    ImageResult
    """
    if expected.shape != actual.shape:
        sizes = " and ".join(f"{p.shape[1]}×{p.shape[0]}" for p in (expected, actual))
        return ImageResult(f"sizes differ: {sizes} pixels (stored and now)", 255.0, 255.0)
    a, b = expected.astype(np.int16), actual.astype(np.int16)
    unshifted, neutral = _squares(np.abs(a - b)), _is_neutral(a) & _is_neutral(b)
    shifted = unshifted
    if shift:
        shifted = np.where(neutral, unshifted, _squares(_shifted_difference(a, b, shift)))
    black_white = " of black and white (text, axes, background)"
    found = _result(np.where(neutral, unshifted, 0), min(rms, RMS), black_white)
    if found.difference is None:
        coloured = np.where(_is_neutral(a)[..., None], 0, 255 - a)
        rms = max(min(rms, float(np.sqrt(_squares(coloured).mean())) / 2), min(rms, RMS))
        found = _result(shifted, rms, f" beyond a shift of {shift} px" if shift else "")
    return found


def _is_neutral(pixels: Pixels) -> NDArray[np.bool_]:
    """Black or white, and not beside a coloured pixel: where lines cross, colours mix to grey."""
    from scipy.ndimage import minimum_filter

    high, low = pixels[..., :3].max(axis=-1), pixels[..., :3].min(axis=-1)
    colourless: NDArray[np.bool_] = minimum_filter(high - low <= COLOURLESS, 3)
    neutral: NDArray[np.bool_] = colourless & ((high <= BLACK) | (low >= WHITE))
    return neutral


def _squares(difference: Pixels) -> Squares:
    squares: Squares = np.mean(np.square(difference, dtype=np.float32), axis=-1)
    return squares


def _shifted_difference(a: Pixels, b: Pixels, shift: int) -> Pixels:
    """Distance of each pixel's colour from the range of its neighbourhood in the other image."""
    from scipy.ndimage import maximum_filter, minimum_filter

    def outside(pixels: Pixels, other: Pixels) -> Pixels:
        size = (2 * shift + 1, 2 * shift + 1, 1)
        low, high = minimum_filter(other, size), maximum_filter(other, size)
        difference: Pixels = np.maximum(np.maximum(low - pixels, pixels - high), 0)
        return difference

    difference: Pixels = np.maximum(outside(a, b), outside(b, a))
    return difference


def _result(squares: Squares, tolerance: float, where: str) -> ImageResult:
    from scipy.ndimage import uniform_filter

    whole = float(np.sqrt(squares.mean()))
    windows = uniform_filter(squares, WINDOW, mode="nearest")
    window = float(np.sqrt(max(windows.max(), 0.0)))
    if whole > tolerance:
        return ImageResult(f"RMS {whole:.2f}{where}, tolerance {tolerance:g}", whole, window)
    if window > WINDOW_FACTOR * tolerance:
        row, column = np.unravel_index(windows.argmax(), windows.shape)
        return ImageResult(
            f"RMS {window:.1f}{where} in the window around pixel ({column}, {row}), "
            f"tolerance {WINDOW_FACTOR * tolerance:g} ({WINDOW_FACTOR} × rms)",
            whole,
            window,
        )
    return ImageResult(None, whole, window)


def write_files(expected: Pixels, actual: Pixels, stem: Path) -> list[Path]:
    """Write two images and, where the sizes match, their difference as PNG files.

    Parameters
    ----------
    expected, actual : ndarray
        uint8 (height, width, 6), as `decode` returns them.
    stem : Path
        Start of the files' names.

    Returns
    -------
    list of Path
        The files written.
    """
    layers = {"expected": expected[..., :3], "actual": actual[..., :3]}
    if expected.shape == actual.shape:
        difference = np.abs(expected.astype(np.int16) - actual)[..., :3]
        stretch = 255 / max(int(difference.max()), 1)
        layers["difference"] = (255 - difference * stretch).astype(np.uint8)
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, pixels in layers.items():
        path = stem.with_name(f"{stem.name}-{name}.png")
        Image.fromarray(np.ascontiguousarray(pixels)).save(path)
        paths.append(path)
    return paths
