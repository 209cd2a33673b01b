"""Backend of Matplotlib, `module://cvbook_live_figures`: Agg, whose `show` hands figures out."""

from collections.abc import Callable
from typing import Any

from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg

FigureCanvas = FigureCanvasAgg

#: Called by `show` with each figure.
on_show: Callable[[Any], object] = lambda figure: None  # noqa: E731


def show(*_: object, **__: object) -> None:
    """Hand out the open figures, and close them.

    Parameters
    ----------
    *_, **__ : object
        What Matplotlib gives a backend, such as `block`.
    """
    for number in pyplot.get_fignums():
        on_show(pyplot.figure(number))
    close()


def close() -> None:
    """Close all figures."""
    pyplot.close("all")
