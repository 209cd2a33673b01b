"""Transposed convolution entry by entry: as stamps, overlaps, zero insertion and matrix."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from cvbook import plots, reference
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget

VIEWS = ("stamps", "overlaps", "zeros", "matrix")


class _Table(traitlets.TraitType[list[list[float]], ArrayLike]):
    """A small table of numbers, set from any array; stored as nested lists, as JSON requires."""

    def __init__(self, largest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.largest = largest

    def validate(self, obj: Any, value: Any) -> list[list[float]]:
        try:
            table = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            raise traitlets.TraitError(
                f"{self.name} is a table of numbers with rows of one length, not {value!r:.60}"
            ) from None
        if table.ndim != 2 or not 1 <= min(table.shape) <= max(table.shape) <= self.largest:
            raise traitlets.TraitError(
                f"{self.name} has 1 to {self.largest} rows and columns, not shape {table.shape}"
            )
        if not np.isfinite(table).all():
            raise traitlets.TraitError(f"{self.name} holds a number that is not finite")
        rows: list[list[float]] = table.tolist()
        return rows


def _paint(
    x: NDArray[Any], kernel: NDArray[Any], strides: int, padding: str
) -> NDArray[np.float64]:
    """Transposed convolution of one channel."""
    channels = x[..., None], kernel[..., None, None]
    return reference.conv2d_transpose_channels(*channels, strides, padding)[..., 0]


class TransposedConv2D(Widget):
    """One channel of `keras.layers.Conv2DTranspose`, entry by entry.

    Parameters
    ----------
    input : (h, w) array, sides 1 to 8
    kernel : (k, l) array, sides 1 to 5
    strides : int
        1 to 4.
    padding : {"valid", "same"}
    step : int, optional
        How many input entries are painted; all by default.
    **kwargs
        Other attributes.

    Attributes
    ----------
    view : {"stamps", "overlaps", "zeros", "matrix"}
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "transposed_conv2d.js")
    _css = bundled(STATIC / "transposed_conv2d.css")

    input = _Table(8).tag(sync=True)
    kernel = _Table(5).tag(sync=True)
    strides = traitlets.Int(2, min=1, max=4).tag(sync=True)
    padding = traitlets.Enum(("valid", "same"), "valid").tag(sync=True)
    step = traitlets.Int(0, min=0, max=64).tag(sync=True)
    view = traitlets.Enum(VIEWS, "stamps").tag(sync=True)

    def __init__(
        self,
        input: ArrayLike = ((1, 2), (3, 4)),
        kernel: ArrayLike = ((1, 0, 2), (0, 1, 0), (3, 0, 1)),
        strides: int = 2,
        padding: str = "valid",
        step: int | None = None,
        **kwargs: Any,
    ) -> None:
        step = np.asarray(input).size if step is None else step
        super().__init__(
            input=input, kernel=kernel, strides=strides, padding=padding, step=step, **kwargs
        )

    @property
    def output(self) -> NDArray[np.float64]:
        """Output with every input entry painted, whatever `step`: (H, W) float64 array."""
        return _paint(np.asarray(self.input), np.asarray(self.kernel), self.strides, self.padding)

    @property
    def shown(self) -> NDArray[np.float64]:
        """Output as the page shows it: (H, W) float64 array.

        The sum of the `step` stamps painted so far; where the view is not `stamps`, of all; in
        the view `overlaps`, how many stamps there are in each entry.
        """
        x, kernel = np.asarray(self.input), np.asarray(self.kernel)
        if self.view == "overlaps":
            x, kernel = np.ones(x.shape), np.ones(kernel.shape)
        if self.view == "stamps":
            painted = np.arange(x.size).reshape(x.shape) < self.step
            x = np.where(painted, x, 0)
        return _paint(x, kernel, self.strides, self.padding)

    def _describe(self) -> list[str]:
        def table(values: ArrayLike) -> str:
            rounded = np.round(np.asarray(values), 4) + 0.0  # no minus zero
            return "\n".join("  " + " ".join(f"{v:g}" for v in row) for row in rounded)

        return [
            f"strides={self.strides} padding={self.padding} step={self.step} view={self.view}",
            f"input\n{table(self.input)}",
            f"kernel\n{table(self.kernel)}",
            f"output\n{table(self.shown)}",
        ]

    def _draw(self, figure: Figure) -> None:
        x, kernel, y = np.asarray(self.input), np.asarray(self.kernel), self.shown
        widths = [x.shape[1], kernel.shape[1], y.shape[1]]
        figure.set_size_inches(6.4, 1.3 + 5.2 * max(len(x), len(kernel), len(y)) / sum(widths))
        axes = figure.subplots(1, 3, width_ratios=widths)
        # Marked: the input entry painted last, and the output entries that its stamp covers.
        count = min(self.step, x.size) if self.view == "stamps" else x.size
        last = np.arange(x.size).reshape(x.shape) == count - 1
        stamped = _paint(last, np.ones(kernel.shape), self.strides, self.padding) > 0
        size = 11 if max(widths) <= 8 else 7
        titles = [self._translate(*pair) for pair in (("입력", "input"), ("필터", "kernel"))]
        plots.number_grid(axes[0], x, titles[0], last, fontsize=size)
        plots.number_grid(axes[1], kernel, titles[1], np.ones(kernel.shape), plots.COLORS[2], size)
        title = self._translate("출력, 보폭 {}, {}", "output, strides {}, {}")
        title = title.format(self.strides, self.padding)
        if self.view == "stamps":
            title += "\n" + self._translate("{}/{} 찍음", "{}/{} painted").format(count, x.size)
        plots.number_grid(axes[2], y, title, stamped, fontsize=size)
