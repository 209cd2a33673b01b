"""Matplotlib style of the book, and a figure that several chapters share.

Figures have a white background and dark text, so that they look the same in the light and the dark
theme and in print; colours are Okabe and Ito's (2008), distinct in grey and for the colour-blind.
"""

import koreanize_matplotlib  # noqa: F401  (registers NanumGothic, shipped inside the package)
import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

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
