"""The report's two charts, as PNG files in base64."""

import base64
import io
from collections.abc import Callable, Sequence
from typing import Any

import koreanize_matplotlib  # noqa: F401  (registers NanumGothic, shipped inside the package)
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

_STYLE: Any = {
    "font.family": ["DejaVu Sans", "NanumGothic"],  # the first has the minus sign
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
#: Blue and vermilion of Okabe and Ito (2008), distinguishable by the colour-blind.
_BLUE, _VERMILION = "#0072B2", "#D55E00"


def histogram(scores: Sequence[float], max_score: float) -> str:
    """Draw the distribution of scores.

    Parameters
    ----------
    scores : sequence of float
    max_score : float

    Returns
    -------
    str
        PNG in base64.
    """

    def draw(axes: Axes) -> None:
        bins = list(np.linspace(0, max(max_score, 1.0), 21))
        axes.hist(scores, bins=bins, color=_BLUE, edgecolor="white")
        axes.set_xlabel("점수")
        axes.set_ylabel("학생 수")

    return _png(draw, 3.0)


def difficulty(
    names: Sequence[str], means: Sequence[float], discriminations: Sequence[float]
) -> str:
    """Draw difficulty and discrimination of each test as bars.

    Parameters
    ----------
    names : sequence of str
    means : sequence of float
        Mean share of the points.
    discriminations : sequence of float
        NaN is drawn as 0.

    Returns
    -------
    str
        PNG in base64.
    """

    def draw(axes: Axes) -> None:
        places = np.arange(len(names))
        axes.barh(places - 0.2, means, 0.4, color=_BLUE, label="평균 득점률")
        shown = np.nan_to_num(np.asarray(discriminations, dtype=float))
        axes.barh(places + 0.2, shown, 0.4, color=_VERMILION, label="변별도")
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.set_xlim(-0.3, 1.05)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)

    return _png(draw, max(2.0, 0.28 * len(names) + 1))


def _png(draw: Callable[[Axes], None], height: float) -> str:
    buffer = io.BytesIO()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7, height), layout="constrained")
        draw(figure.subplots())
        figure.savefig(buffer, format="png", dpi=110)
    return base64.b64encode(buffer.getvalue()).decode()
