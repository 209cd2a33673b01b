"""Compare pictures as one would by eye: as a whole, and window by window.

The root mean square of the pixel difference, as in `matplotlib.testing.compare`, thins a small
change out over a mostly white figure: a changed digit in an axis label may stay below 2 of 255.
So the worst window of 16 × 16 pixels counts too, with ten times the tolerance. Noise of one or two
levels per pixel passes both; a digit, a moved marker or a shifted curve does not.

A curve from a training moves by a few pixels between processors. Its root mean square says little
(two thin lines side by side differ as much as two lines far apart, and as much as a line and no
line), so such a cell declares `shift`: every pixel must find its colour within that many pixels in
the other picture. Where coloured areas change, as in a predicted mask, a cell declares a wider
`rms`, of which no more counts than half of what the loss of all colour would give. Neither holds
for ink and paper, what is black or white in both pictures: text, axes and the ground stay within
the default tolerance, so that no other digit, label or figure passes for a moved curve.
"""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

WINDOW = 16  # pixels
LOCAL_FACTOR = 10
RMS = 2.0  # levels, the default tolerance
COLOURLESS = 32  # levels between the channels of a pixel, up to which it has no colour
INK, PAPER = 80, 200  # levels up to which, and from which, what has no colour is ink or paper

MIMES = ("image/png", "image/jpeg", "image/svg+xml")


@dataclass(frozen=True)
class PictureResult:
    """How far two pictures are apart; `difference` is None where they count as equal."""

    difference: str | None
    rms: float  # levels, 0-255
    local: float  # levels, worst window


def decode(data: str, mime: str) -> np.ndarray:
    """Decode a picture as a notebook holds it.

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
        picture = file.convert("RGBA")
    layers = []
    for ground in ("white", "black"):
        canvas = Image.new("RGBA", picture.size, ground)
        canvas.alpha_composite(picture)
        layers.append(np.asarray(canvas)[..., :3])
    return np.concatenate(layers, axis=-1)


def compare(
    expected: np.ndarray, actual: np.ndarray, rms: float = RMS, shift: int = 0
) -> PictureResult:
    """Compare two decoded pictures.

    Parameters
    ----------
    expected, actual : ndarray
        As `decode` gives them.
    rms : float
        Tolerance of the whole picture; of the worst window it is `LOCAL_FACTOR` times that.
    shift : int
        Pixels that coloured things may move by.

    Returns
    -------
    PictureResult
        The measured differences, and the verdict in words.
    """
    if expected.shape != actual.shape:
        sizes = " and ".join(f"{p.shape[1]}×{p.shape[0]}" for p in (expected, actual))
        return PictureResult(f"sizes differ: {sizes} pixels (stored and now)", 255.0, 255.0)
    a, b = expected.astype(np.int16), actual.astype(np.int16)
    plain, fixed = _squares(np.abs(a - b)), _is_fixed(a) & _is_fixed(b)
    moved = np.where(fixed, plain, _squares(_beyond(a, b, shift))) if shift else plain
    found = _verdict(np.where(fixed, plain, 0), min(rms, RMS), " of ink and paper (text, axes)")
    if found.difference is None:
        drawn = np.where(_is_fixed(a)[..., None], 0, 255 - a)
        rms = max(min(rms, float(np.sqrt(_squares(drawn).mean())) / 2), min(rms, RMS))
        found = _verdict(moved, rms, f" beyond a shift of {shift} px" if shift else "")
    return found


def _is_fixed(picture: np.ndarray) -> np.ndarray:
    """Ink and paper, not beside a pixel with colour: where lines cross, colours mix to grey."""
    from scipy.ndimage import minimum_filter

    high, low = picture[..., :3].max(axis=-1), picture[..., :3].min(axis=-1)
    colourless = minimum_filter(high - low <= COLOURLESS, 3)
    return colourless & ((high <= INK) | (low >= PAPER))


def _squares(apart: np.ndarray) -> np.ndarray:
    return np.mean(np.square(apart, dtype=np.float32), axis=-1)


def _beyond(a: np.ndarray, b: np.ndarray, shift: int) -> np.ndarray:
    """How far a pixel's colour lies outside the range of the colours around in the other."""
    from scipy.ndimage import maximum_filter, minimum_filter

    def outside(picture: np.ndarray, other: np.ndarray) -> np.ndarray:
        size = (2 * shift + 1, 2 * shift + 1, 1)
        low, high = minimum_filter(other, size), maximum_filter(other, size)
        return np.maximum(np.maximum(low - picture, picture - high), 0)

    return np.maximum(outside(a, b), outside(b, a))


def _verdict(squares: np.ndarray, tolerance: float, where: str) -> PictureResult:
    from scipy.ndimage import uniform_filter

    whole = float(np.sqrt(squares.mean()))
    windows = uniform_filter(squares, WINDOW, mode="nearest")
    local = float(np.sqrt(max(windows.max(), 0.0)))
    if whole > tolerance:
        return PictureResult(f"RMS {whole:.2f}{where}, tolerance {tolerance:g}", whole, local)
    if local > LOCAL_FACTOR * tolerance:
        row, column = np.unravel_index(windows.argmax(), windows.shape)
        return PictureResult(
            f"RMS {local:.1f}{where} in the window around pixel ({column}, {row}), "
            f"tolerance {LOCAL_FACTOR * tolerance:g} ({LOCAL_FACTOR} × rms)",
            whole,
            local,
        )
    return PictureResult(None, whole, local)


def write_files(expected: np.ndarray, actual: np.ndarray, stem: Path) -> list[Path]:
    """Write both pictures and, where the sizes match, their difference, for a person to look at.

    Parameters
    ----------
    expected, actual : ndarray
        As `decode` gives them.
    stem : Path
        Start of the files' names.

    Returns
    -------
    list of Path
        The files written.
    """
    pictures = {"expected": expected[..., :3], "actual": actual[..., :3]}
    if expected.shape == actual.shape:
        apart = np.abs(expected.astype(np.int16) - actual)[..., :3]
        stretch = 255 / max(int(apart.max()), 1)
        pictures["difference"] = (255 - apart * stretch).astype(np.uint8)
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, pixels in pictures.items():
        path = stem.with_name(f"{stem.name}-{name}.png")
        Image.fromarray(np.ascontiguousarray(pixels)).save(path)
        paths.append(path)
    return paths
