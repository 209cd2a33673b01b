"""Many drawn scenes, drawn once and kept in the user's cache; crops and keypoints."""

import gzip
import hashlib
import multiprocessing
import os
import pickle
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image
from platformdirs import user_cache_path

from cvbook._files import write_atomic

if TYPE_CHECKING:
    from cvbook.datasets.drawn import DrawnPet, DrawnScene

Array = np.ndarray

#: Names of the keypoints, the five of the head first.
KEYPOINTS = (
    *("nose", "left_eye", "right_eye", "left_ear", "right_ear", "neck", "tail_base", "tail_tip"),
    *("front_left_paw", "front_right_paw", "back_left_paw", "back_right_paw"),
)


def load_scenes(count: int, seed: int = 1, size: int = 192) -> "Sequence[DrawnScene]":
    """Load the scenes 0 … `count` − 1 of a seed, and draw them at first use.

    Parameters
    ----------
    count : int
        At least 1. Drawing takes about 0.1 s a scene and core.
    seed, size : int
        As for `drawn.draw_scene`.

    Returns
    -------
    list of DrawnScene
        Always the same for the same arguments.
    """
    from cvbook.datasets import drawn

    path = user_cache_path("cvbook") / f"scenes-{_digest()}-{count}x{size}-{seed}.pickle.gz"
    if path.is_file():
        stored: list[DrawnScene] = pickle.loads(gzip.decompress(path.read_bytes()))
        return stored
    # Spawned, not forked: TensorFlow's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, count), context) as pool:
        scenes = list(pool.map(partial(drawn.draw_scene, seed, size=size), range(count)))
    write_atomic(path, gzip.compress(pickle.dumps(scenes), compresslevel=1))
    return scenes


def _digest() -> str:
    """Hash of the code that draws: other code, other scenes."""
    from cvbook.datasets import drawn

    sources = sorted(Path(str(drawn.__file__)).parent.glob("*.py"))
    code = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(code).hexdigest()[:12]


def square_around(points: ArrayLike, margin: float) -> tuple[Array, float]:
    """Find the square around points, or around the two corners of a box.

    Parameters
    ----------
    points : (n, 2) array
        x, y in pixels.
    margin : float
        Side of the square over the larger extent of the points.

    Returns
    -------
    (2,) float array
        Centre of the square.
    float
        Its side, in pixels.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    return (low + high) / 2, float(margin * (high - low).max())


def crop_square(image: Array, center: Sequence[float], side: float, size: int) -> Array:
    """Cut a square out of a picture and resize it bilinearly.

    Parameters
    ----------
    image : (height, width, 3) uint8 array
    center : (x, y)
        In pixels.
    side : float
        Of the square, in pixels; what lies outside of the picture is black.
    size : int
        Height and width of the result.

    Returns
    -------
    (size, size, 3) uint8 array
    """
    x, y = np.asarray(center, dtype=float) - side / 2
    box = (x, y, x + side, y + side)
    method = Image.Resampling.BILINEAR
    picture = Image.fromarray(image).transform((size, size), Image.Transform.EXTENT, box, method)
    return np.asarray(picture)


def keypoint_arrays(pet: "DrawnPet") -> tuple[Array, Array]:
    """Keypoints of a pet, in the order of `KEYPOINTS`.

    Parameters
    ----------
    pet : DrawnPet

    Returns
    -------
    (12, 2) float array
        x, y in pixels; 0 for points that the pose does not show.
    (12,) bool array
        Whether the point is in the picture and not hidden.
    """
    known = [pet.keypoints.get(name, (0.0, 0.0, False)) for name in KEYPOINTS]
    return np.array([point[:2] for point in known]), np.array([point[2] for point in known])
