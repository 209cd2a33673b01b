"""Many drawn scenes: drawn in parallel once, then read from the user's cache."""

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

from platformdirs import user_cache_path

from cvbook._files import write_atomic

if TYPE_CHECKING:
    from cvbook.datasets.drawn import DrawnScene


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
