"""Operations on pixel arrays: smooth noise, blurs, conversion to and from Pillow's images."""

import numpy as np
from PIL import Image, ImageFilter
from scipy.ndimage import uniform_filter1d

Array = np.ndarray


def enlarge(field: Array, width: int, height: int) -> Array:
    """Bicubic enlargement of a small field.

    Parameters
    ----------
    field : array, (rows, columns)
        Converted to float32.
    width, height : int
        Size of the result, in pixels.

    Returns
    -------
    float32 array, (height, width)
    """
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
    """Value noise: random grids, enlarged smoothly and summed over octaves.

    Parameters
    ----------
    generator : Generator
        Source of the grids.
    width, height : int
        Size of the result, in pixels.
    cells : float
        Rows of the coarsest grid.
    octaves : int
        Number of grids, each twice as fine and 0.55 times as strong as the one before.
    stretch : float
        Columns of a grid for each of its rows.

    Returns
    -------
    float32 array, (height, width)
        In about ±0.5.
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
    """Approximate Gaussian blur: two box filters along each axis.

    Parameters
    ----------
    field : float32 array, (height, width)
    sigma : float
        Standard deviation, in pixels.

    Returns
    -------
    float32 array, (height, width)
    """
    size = 2 * max(1, round(sigma * 0.98 - 0.3)) + 1
    result = np.empty_like(field)
    uniform_filter1d(field, size, 0, result, mode="nearest")
    for axis in (1, 0, 1):
        uniform_filter1d(result, size, axis, result, mode="nearest")
    return result


def planar(pixels: Array) -> Array:
    """A copy of a picture with each channel contiguous in memory, as NumPy is fastest on it.

    Parameters
    ----------
    pixels : array, (height, width, 3)

    Returns
    -------
    array, (height, width, 3)
    """
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)).transpose(1, 2, 0)


def to_image(pixels: Array) -> Image.Image:
    """Convert a float array to an RGB image, clipping it to 0–255.

    Parameters
    ----------
    pixels : float array, (height, width, 3)

    Returns
    -------
    Image
    """
    channels = np.clip(pixels, 0, 255).astype(np.uint8).transpose(2, 0, 1)
    return Image.merge("RGB", [Image.fromarray(channel) for channel in channels])


def soften(pixels: Array | Image.Image, sigma: float) -> Array:
    """Gaussian blur of a picture.

    Parameters
    ----------
    pixels : Image, or float array (height, width, 3)
        In 0–255.
    sigma : float
        Standard deviation, in pixels.

    Returns
    -------
    float32 array, (height, width, 3)
        In 0–255.
    """
    image = pixels if isinstance(pixels, Image.Image) else to_image(pixels)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(sigma))).astype(np.float32)
