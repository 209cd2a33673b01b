"""Matplotlib style of the book, and what several chapters draw.

Figures have a white background and dark text, so that they look the same in the light and the dark
theme and in print; colours are Okabe and Ito's (2008), distinct in grey and for the colour-blind.
"""

from collections.abc import Iterable, Mapping, Sequence

import koreanize_matplotlib  # noqa: F401  (registers NanumGothic, shipped inside the package)
import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle
from numpy.typing import ArrayLike, NDArray

from cvbook import reference

#: Okabe–Ito colours: blue, vermilion, green, purple, orange, sky, yellow, black.
COLORS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#F0E442",
    "#000000",
)


def use_style() -> None:
    """Set Matplotlib's defaults for the book: Korean font, colours, sizes, white background."""
    mpl.rcParams.update(
        {
            # DejaVu first: NanumGothic lacks the minus sign that logarithmic axes need.
            "font.family": ["DejaVu Sans", "NanumGothic"],
            "font.size": 11,
            "axes.unicode_minus": False,
            "axes.prop_cycle": cycler(color=COLORS),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": False,
            "figure.figsize": (7, 4),
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "savefig.facecolor": "white",
            "figure.constrained_layout.use": True,
            "image.interpolation": "nearest",
            "legend.frameon": False,
        }
    )


def number_grid(
    ax: Axes,
    values: ArrayLike,
    title: str = "",
    marked: ArrayLike | None = None,
    color: str = COLORS[5],
    fontsize: float = 11,
) -> None:
    """Draw a small matrix as a grid of numbers.

    Parameters
    ----------
    ax : matplotlib Axes
    values : (h, w) array
        NaN leaves a cell empty.
    title : str
    marked : (h, w) bool array or None
        Cells to fill with `color`; the others stay white.
    color : str
    fontsize : float
        In points.
    """
    values = np.asarray(values, dtype=float)
    marked = np.zeros(values.shape, bool) if marked is None else np.asarray(marked, dtype=bool)
    for i, j in np.ndindex(*values.shape):
        face = color if marked[i, j] else "white"
        ax.add_patch(Rectangle((j, i), 1, 1, facecolor=face, edgecolor="#333333", linewidth=0.8))
        if not np.isnan(values[i, j]):
            text = f"{values[i, j]:g}"
            ax.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=fontsize)
    ax.set(xlim=(-0.05, values.shape[1] + 0.05), ylim=(values.shape[0] + 0.05, -0.05))
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.set_title(title, fontsize=fontsize)


def show_image(ax: Axes, image: ArrayLike, title: str = "") -> None:
    """Show a picture without axes; what is drawn on it later does not change its limits.

    Parameters
    ----------
    ax : matplotlib Axes
    image : (height, width, 3) uint8 array, or what `imshow` takes
    title : str
    """
    height, width = np.shape(image)[:2]
    ax.imshow(np.asarray(image))
    ax.set(title=title, xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
    ax.set_axis_off()


def overlay(
    image: ArrayLike, labels: ArrayLike, colors: Sequence[str] = COLORS, alpha: float = 0.6
) -> NDArray[np.uint8]:
    """Colour the pixels of a picture by their labels.

    Parameters
    ----------
    image : (height, width, 3) uint8 array
    labels : (height, width) int array
        0 stays as it is, n gets the colour n − 1; after the last colour comes the first again.
    colors : sequence of str
    alpha : float
        1 hides the picture.

    Returns
    -------
    (height, width, 3) uint8 array
    """
    image, labels = np.asarray(image), np.asarray(labels)
    palette = 255 * np.array([to_rgb(color) for color in colors])
    mixed = (1 - alpha) * image + alpha * palette[(labels - 1) % len(palette)]
    return np.where(labels[..., None] > 0, mixed.round(), image).astype(np.uint8)


def label_legend(
    ax: Axes, names: Mapping[int, str], colors: Sequence[str] = COLORS, ncols: int = 3
) -> None:
    """Name the colours of `overlay` in a legend below the picture.

    Parameters
    ----------
    ax : matplotlib Axes
    names : dict of int to str
        Label to name.
    colors : sequence of str
    ncols : int
    """
    handles = [
        Patch(color=colors[(label - 1) % len(colors)], label=name) for label, name in names.items()
    ]
    ax.legend(
        handles=handles,
        ncols=ncols,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        fontsize=10,
        handlelength=1,
        columnspacing=1,
    )


def draw_boxes(
    ax: Axes,
    boxes: Iterable[Sequence[float]],
    color: str = COLORS[0],
    texts: Iterable[str] = (),
    linestyle: str = "-",
    linewidth: float = 2,
) -> None:
    """Draw boxes on a picture, with a text at the upper left corner of each.

    Parameters
    ----------
    ax : matplotlib Axes
    boxes : iterable of (xmin, ymin, xmax, ymax)
    color : str
    texts : iterable of str
        As many as boxes, or none.
    linestyle : str
    linewidth : float
        In points.
    """
    texts = list(texts)
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        # A pixel's centre has whole coordinates, its edges do not.
        corner = (x0 - 0.5, y0 - 0.5)
        ax.add_patch(
            Rectangle(corner, x1 - x0, y1 - y0, fill=False, ec=color, ls=linestyle, lw=linewidth)
        )
        if texts:
            ground = {"facecolor": color, "edgecolor": "none", "pad": 1}
            ax.text(
                *corner, texts[number], color="white", fontsize=9, va="bottom", bbox=ground
            ).set_clip_on(True)


def draw_skeleton(
    ax: Axes,
    points: Mapping[str, Sequence[float]],
    skeleton: Iterable[tuple[str, str]],
    color: str = COLORS[0],
) -> None:
    """Draw keypoints and the lines between them.

    Parameters
    ----------
    ax : matplotlib Axes
    points : dict of str to (x, y, …)
        In pixels; a line that lacks a point is not drawn.
    skeleton : iterable of (str, str)
    color : str
    """
    for a, b in skeleton:
        if a in points and b in points:
            ends = zip(points[a][:2], points[b][:2], strict=True)
            ax.plot(*ends, "o-", color=color, lw=2, ms=5, mec="white", mew=0.5)


def draw_head(
    ax: Axes,
    nose: Sequence[float],
    left_eye: Sequence[float],
    right_eye: Sequence[float],
    angles: Sequence[float],
) -> None:
    """Draw the turned mesh of a head where its nose and eyes fit those of the picture best.

    A line leads from the middle of the head to where it faces.

    Parameters
    ----------
    ax : matplotlib Axes
    nose, left_eye, right_eye : (x, y, …)
        In pixels; "left" is left in the picture.
    angles : (yaw, pitch, roll)
        In degrees, as in `reference.rotation_matrix`.
    """
    matrix = reference.rotation_matrix(*angles)
    face = (np.array([[0, 0.28, 0.5], [-0.4, -0.1, 0.4], [0.4, -0.1, 0.4]]) @ matrix.T)[:, :2]
    seen = np.array([point[:2] for point in (nose, left_eye, right_eye)], dtype=float)
    spread, wanted = face - face.mean(axis=0), seen - seen.mean(axis=0)
    radius = (spread * wanted).sum() / (spread**2).sum()
    corners = reference.head_mesh() @ matrix.T
    corners = corners[np.argsort(corners[..., 2].mean(axis=1))]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    facing = np.abs(normals[:, 2]) / np.linalg.norm(normals, axis=1)
    flat = seen.mean(axis=0) + radius * (corners[..., :2] - face.mean(axis=0))
    shades = mpl.colormaps["Blues_r"](0.1 + 0.7 * facing)  # blue throughout, unlike white fur
    ax.add_collection(PolyCollection(list(flat), fc=shades, ec="#223344", lw=0.3))
    middle = seen.mean(axis=0) - radius * face.mean(axis=0)
    ax.plot(*np.stack([middle, middle + 2 * radius * matrix[:2, 2]]).T, color=COLORS[1], lw=3)
