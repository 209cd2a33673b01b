"""Parameters and operations of Conv2D and SeparableConv2D side by side."""

import traitlets
from matplotlib.figure import Figure

from cvbook import arithmetic, plots
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget


class SeparableConvCounter(Widget):
    """Counts for Conv2D and SeparableConv2D with the same settings, padding "same".

    Attributes
    ----------
    kernel_size : int
        1 to 7.
    channels, filters : int
        1 to 512.
    size : int
        Height and width of the picture, 1 to 256.
    use_bias : bool
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "separable_conv_counter.js")
    _css = bundled(STATIC / "separable_conv_counter.css")

    kernel_size = traitlets.Int(3, min=1, max=7).tag(sync=True)
    channels = traitlets.Int(3, min=1, max=512).tag(sync=True)
    filters = traitlets.Int(64, min=1, max=512).tag(sync=True)
    size = traitlets.Int(32, min=1, max=256).tag(sync=True)
    use_bias = traitlets.Bool(False).tag(sync=True)

    @property
    def params(self) -> dict[str, int]:
        """Number of parameters of each layer."""
        shape = (self.kernel_size, self.channels, self.filters, self.use_bias)
        return {
            "Conv2D": arithmetic.conv2d_params(*shape),
            "SeparableConv2D": arithmetic.separable_conv2d_params(*shape),
        }

    @property
    def macs(self) -> dict[str, int]:
        """Multiply-accumulate operations of each layer for one picture."""
        shape = (self.size, self.size, self.kernel_size, self.channels, self.filters)
        return {
            "Conv2D": arithmetic.conv2d_macs(*shape),
            "SeparableConv2D": arithmetic.separable_conv2d_macs(*shape),
        }

    def _describe(self) -> list[str]:
        lines = [
            f"kernel_size={self.kernel_size} channels={self.channels} filters={self.filters} "
            f"size={self.size} use_bias={self.use_bias}"
        ]
        for name, counts in (("params", self.params), ("macs", self.macs)):
            lines.append(f"{name} " + " ".join(f"{k}={v}" for k, v in counts.items()))
        return lines

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(6.4, 2.6)
        title = self._translate("{}×{} 필터 {}개, {}채널", "{}×{} kernels, {} filters, {} channels")
        figure.suptitle(
            title.format(self.kernel_size, self.kernel_size, self.filters, self.channels),
            fontsize=11,
        )
        names = (self._translate("파라미터", "parameters"), self._translate("MAC", "MACs"))
        for ax, name, counts in zip(
            figure.subplots(1, 2), names, (self.params, self.macs), strict=True
        ):
            bars = ax.barh(list(counts), list(counts.values()), color=plots.COLORS[:2])
            ax.bar_label(bars, [f"{v:,}" for v in counts.values()], padding=3, fontsize=10)
            ax.set(title=name, xticks=[], xlim=(0, max(counts.values()) * 1.6))
            ax.invert_yaxis()
