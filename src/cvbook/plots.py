"""Figures that several chapters share, and the style of all of them.

Figures keep a white ground with dark ink, so that they read the same in the light and the dark
theme and in print; colours are Okabe and Ito's (2008), told apart in grey and by the colour-blind.
"""

import koreanize_matplotlib  # noqa: F401  (registers NanumGothic, shipped inside the package)
import matplotlib as mpl
from cycler import cycler

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
    """Set Matplotlib's defaults for the book: Korean font, colours, sizes, white ground."""
    mpl.rcParams.update(
        {
            "font.family": "NanumGothic",
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
