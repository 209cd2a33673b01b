"""Batch normalization on batches of feature maps: statistics, gamma and beta, moving averages."""

import math
from collections.abc import Callable

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cvbook import plots, reference
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget

#: Per channel: mean, spread from picture to picture, spread from pixel to pixel.
CHANNELS = ((2.0, 0.6, 0.5), (-1.0, 0.3, 0.2), (0.5, 2.0, 1.5))
SIDE = 3  # of a feature map, in pixels


def _uniform(seed: int) -> Callable[[], float]:
    """Random number generator for (0, 1]: mulberry32, short enough to have in JavaScript too."""
    state = seed

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ state >> 15) * (1 | state)) & 0xFFFFFFFF
        t = (t + ((t ^ t >> 7) * (61 | t)) & 0xFFFFFFFF) ^ t
        return (((t ^ t >> 14) & 0xFFFFFFFF) + 1) / 2**32

    return draw


def batch(index: int, batch_size: int) -> NDArray[np.float64]:
    """One batch of feature maps, reproducibly random.

    Parameters
    ----------
    index : int
        Number of the batch, from 0; seeds the generator.
    batch_size : int
        Number of pictures.

    Returns
    -------
    array, (batch_size, 3, 3, 3), float64
        Pictures, rows, columns, channels.
    """
    draw = _uniform(index + 1)

    def normal() -> float:
        return math.sqrt(-2 * math.log(draw())) * math.cos(2 * math.pi * draw())

    x = np.empty((batch_size, SIDE, SIDE, len(CHANNELS)))
    for picture in x:
        for channel, (mean, between, within) in enumerate(CHANNELS):
            centre = mean + between * normal()
            for i, j in np.ndindex(SIDE, SIDE):
                picture[i, j, channel] = centre + within * normal()
    return x


class BatchNormPlayground(Widget):
    """`keras.layers.BatchNormalization` on a stream of batches with three channels.

    Attributes
    ----------
    gamma, beta : float
        0 to 3 and -3 to 3, the same for every channel.
    momentum : float
        0 to 0.99.
    batch_size : int
        2 to 32 pictures.
    steps : int
        How many batches have been trained on, 0 to 100.
    mode : {"training", "inference"}
    activation : {"none", "before", "after"}
        No ReLU; normalization before the ReLU; normalization after it.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "batch_norm_playground.js")
    _css = bundled(STATIC / "batch_norm_playground.css")

    gamma = traitlets.Float(1.0, min=0, max=3).tag(sync=True)
    beta = traitlets.Float(0.0, min=-3, max=3).tag(sync=True)
    momentum = traitlets.Float(0.9, min=0, max=0.99).tag(sync=True)
    batch_size = traitlets.Int(8, min=2, max=32).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=100).tag(sync=True)
    mode = traitlets.Enum(("training", "inference"), "training").tag(sync=True)
    activation = traitlets.Enum(("none", "before", "after"), "none").tag(sync=True)

    def _incoming(self, index: int) -> NDArray[np.float64]:
        x = batch(index, self.batch_size)
        return np.maximum(x, 0) if self.activation == "after" else x

    @property
    def input(self) -> NDArray[np.float64]:
        """Input of the normalization: batch number `steps`, (batch, 3, 3, 3) float64 array."""
        return self._incoming(self.steps)

    @property
    def moving(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Moving mean and moving variance after `steps` batches: (3,) float64 arrays."""
        mean, variance = np.zeros(len(CHANNELS)), np.ones(len(CHANNELS))
        for index in range(self.steps):
            x, m = self._incoming(index), self.momentum
            mean = m * mean + (1 - m) * x.mean(axis=(0, 1, 2))
            variance = m * variance + (1 - m) * x.var(axis=(0, 1, 2))
        return mean, variance

    @property
    def output(self) -> NDArray[np.float64]:
        """Normalized batch, after the ReLU if `activation` is "before": (batch, 3, 3, 3) array."""
        x = self.input
        statistics = x.mean((0, 1, 2)), x.var((0, 1, 2))
        if self.mode == "inference":
            statistics = self.moving
        y = reference.batch_norm_inference(x, self.gamma, self.beta, *statistics)
        return np.maximum(y, 0) if self.activation == "before" else y

    def _describe(self) -> list[str]:
        mean, variance = self.moving

        def row(values: NDArray[np.float64]) -> str:
            return " ".join(f"{v:.3f}" for v in np.round(values, 3) + 0.0)

        lines = [
            f"gamma={self.gamma:g} beta={self.beta:g} momentum={self.momentum:g} "
            f"batch_size={self.batch_size} steps={self.steps} mode={self.mode} "
            f"activation={self.activation}",
            f"moving mean      {row(mean)}",
            f"moving variance  {row(variance)}",
        ]
        for name, values in (("input", self.input), ("output", self.output)):
            lines += [f"{name} mean  {row(values.mean((0, 1, 2)))}"]
            lines += [f"{name} std   {row(values.std((0, 1, 2)))}"]
        return lines

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(6.6, 3)
        axes = figure.subplots(1, 2, sharey=True)
        titles = (self._translate("들어온 값", "input"), self._translate("나간 값", "output"))
        for ax, values, title in zip(axes, (self.input, self.output), titles, strict=True):
            for channel in range(len(CHANNELS)):
                label = self._translate("채널", "channel") + f" {channel}"
                ax.hist(
                    values[..., channel].ravel(),
                    bins=np.linspace(-6, 6, 33),
                    color=plots.COLORS[channel],
                    alpha=0.6,
                    label=label,
                )
            ax.set(title=title, xlim=(-6, 6))
        axes[0].legend(fontsize=10)
