"""Draw the picture of the book's first page: one drawn scene and four answers to it.

    python tools/intro_picture.py       writes book/_static/intro.webp (`make pictures`)

Draw it again when drawn scenes change: a test compares it with what this draws.
"""

import io
import itertools
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from PIL import Image

from cvbook import plots
from cvbook.datasets import drawn

TARGET = Path(__file__).parents[1] / "book/_static/intro.webp"
BLUE, RED = plots.COLORS[:2]


def find_scene() -> drawn.DrawnScene:
    """Choose the first scene with a cat, a dog and two things.

    Returns
    -------
    DrawnScene
    """
    for index in itertools.count():
        scene = drawn.draw_scene(1, index, size=384)
        species = {pet.species for pet in scene.pets}
        if len(species) == 2 and len(scene.objects) >= 2:
            return scene


def write(ax: plt.Axes, x: float, y: float, word: str) -> None:
    """Write a word on white.

    Parameters
    ----------
    ax : Axes
    x, y : float
        Its middle, in pixels of the picture.
    word : str
    """
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(x, y, word, ha="center", va="center", fontsize=11, bbox=ground, clip_on=True)


def draw() -> NDArray[np.uint8]:
    """Draw the picture.

    Returns
    -------
    (height, width, 3) uint8 array
    """
    plots.use_style()
    scene = find_scene()
    figure, axes = plt.subplots(2, 2, figsize=(7.6, 6.1))
    titles = (
        "무엇이 있는가: 태그",
        "어디에 있는가: 상자",
        "어느 픽셀인가: 마스크",
        "어떤 자세인가: 골격",
    )
    height, width = scene.image.shape[:2]
    for ax, title in zip(axes.flat, titles, strict=True):
        ax.imshow(scene.image)
        ax.set(title=title, xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
        ax.set_axis_off()
    tags, boxes, mask, pose = axes.flat
    write(tags, width / 2, height * 0.06, ", ".join(scene.tags))
    for thing in (*scene.objects, *scene.pets):
        x0, y0, x1, y1 = thing.box
        pet = isinstance(thing, drawn.DrawnPet)
        frame = {"fill": False, "edgecolor": BLUE if pet else RED, "linewidth": 2}
        boxes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, **frame))
        write(boxes, (x0 + x1) / 2, y0, thing.species if pet else thing.name)
    shown = np.unique(scene.semantic, return_inverse=True)[1].reshape(height, width)
    mask.imshow(np.ma.masked_equal(shown, 0), cmap="viridis", alpha=0.7)
    for pet in scene.pets:
        points = {name: (x, y) for name, (x, y, seen) in pet.keypoints.items() if seen}
        for a, b in pet.skeleton:
            if a in points and b in points:
                ends = zip(points[a], points[b], strict=True)
                pose.plot(*ends, "o-", color=BLUE, markersize=5, markeredgecolor="white")
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()
    plt.close(figure)
    return pixels


def main() -> None:
    """Write the picture."""
    file = io.BytesIO()
    Image.fromarray(draw()).save(file, "WEBP", quality=88, method=6)
    TARGET.write_bytes(file.getvalue())
    print(f"{TARGET.name}: {file.tell() / 1000:.0f} kB")


if __name__ == "__main__":
    main()
