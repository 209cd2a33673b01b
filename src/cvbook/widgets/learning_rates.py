"""Training losses of stored runs at several learning rates, with and without normalization."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from cvbook import plots
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget

MOST = 3  # models, which differ by colour and dashes
LIMIT = 100.0


def _example() -> dict[str, NDArray[np.float64]]:
    """Losses of two made-up models at two rates: only the second learns at the larger one."""
    epochs, seeds = np.arange(8), np.arange(3)[:, None]
    falling = 0.7 * 0.8**epochs + 0.02 * seeds
    staying = np.full(falling.shape, np.log(2)) + 0.01 * seeds
    diverged = np.full((1, 8), LIMIT)
    return {
        "A": np.stack([falling, np.concatenate([staying[:2], diverged])], axis=1),
        "B": np.stack([falling, falling * 0.7], axis=1),
    }


class LearningRates(Widget):
    """Losses of up to three models by epoch, at a learning rate that the reader chooses.

    Parameters
    ----------
    losses : mapping of str to (seeds, rates, epochs) array, optional
        By the models' names.
    rates : sequence of float, optional
        The learning rates.
    **traits
        The attributes below.

    Attributes
    ----------
    rate : int
        Index of the learning rate that is shown.
    epoch : int
        The epoch that is read, from 1.
    limit : float
        A run with such a loss or a larger one has diverged: it is counted, not averaged.
    chance : float
        The loss of guessing, ln 2 for two classes.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "learning_rates.js")
    _css = bundled(STATIC / "learning_rates.css")

    models = traitlets.List(traitlets.Unicode(), minlen=1, maxlen=MOST).tag(sync=True)
    rates = traitlets.List(traitlets.Float(), minlen=1).tag(sync=True)
    losses: traitlets.List[Any] = traitlets.List().tag(sync=True)
    limit = traitlets.Float(LIMIT).tag(sync=True)
    chance = traitlets.Float(float(np.log(2))).tag(sync=True)
    rate = traitlets.Int(0, min=0).tag(sync=True)
    epoch = traitlets.Int(1, min=1).tag(sync=True)

    def __init__(
        self,
        losses: Mapping[str, ArrayLike] | None = None,
        rates: Sequence[float] = (0.1, 1.0),
        **traits: Any,
    ) -> None:
        arrays = {k: np.asarray(v, dtype=float) for k, v in (losses or _example()).items()}
        shapes = {array.shape for array in arrays.values()}
        if len(shapes) != 1 or len(shape := shapes.pop()) != 3 or shape[1] != len(rates):
            raise ValueError(
                f"losses of shapes {[one.shape for one in arrays.values()]} at {len(rates)} rates: "
                "give (seeds, rates, epochs) of every model"
            )
        traits.setdefault("epoch", shape[2])
        super().__init__(
            models=list(arrays),
            rates=[float(rate) for rate in rates],
            losses=[np.round(array, 4).tolist() for array in arrays.values()],
            **traits,
        )

    def values(self, model: str, rate: int) -> NDArray[np.float64]:
        """Collect the losses at the epoch that is read, without runs that diverged.

        Parameters
        ----------
        model : str
        rate : int
            Index of the learning rate.

        Returns
        -------
        (n,) float array
        """
        losses = np.asarray(self.losses[self.models.index(model)])[:, rate, self.epoch - 1]
        return losses[losses < self.limit]

    def _summary(self, model: str, rate: int) -> str:
        values, seeds = self.values(model, rate), len(self.losses[0])
        spread = values.std(ddof=1) if len(values) > 1 else 0.0
        parts = [f"{values.mean():.2f} ± {spread:.2f}"] if len(values) else []
        if diverged := seeds - len(values):
            parts.append(self._translate("발산 {}/{}", "{}/{} diverged").format(diverged, seeds))
        return ", ".join(parts)

    def _describe(self) -> list[str]:
        lines = [f"rate={self.rates[self.rate]:g} epoch={self.epoch} seeds={len(self.losses[0])}"]
        for rate, value in enumerate(self.rates):
            found = "; ".join(f"{model} {self._summary(model, rate)}" for model in self.models)
            lines.append(f"{value:g}: {found}")
        return lines

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(5.2, 3.2)
        ax = figure.subplots()
        for n, (model, style) in enumerate(zip(self.models, ("-", "--", ":"), strict=False)):
            curves = np.asarray(self.losses[n])[:, self.rate]
            epochs = np.arange(1, curves.shape[1] + 1)
            ax.plot(epochs, curves.T, style, color=plots.COLORS[n], lw=0.7)
            kept = curves[curves.max(axis=1) < self.limit]
            if len(kept):
                ax.plot(epochs, kept.mean(axis=0), style, color=plots.COLORS[n], lw=2.4)
            label = f"{model} {self._summary(model, self.rate)}"
            ax.plot([], [], style, color=plots.COLORS[n], lw=2.4, label=label)
        ax.axhline(self.chance, color="#777777", lw=0.8)
        ax.axvline(self.epoch, color="#222222", lw=0.8)
        title = self._translate("학습률 {:g}", "learning rate {:g}").format(self.rates[self.rate])
        ax.set(title=title, ylim=(0, 1.4), xlabel=self._translate("에포크", "epoch"))
        ax.set_ylabel(self._translate("훈련 손실", "training loss"))
        figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", fontsize=10)
