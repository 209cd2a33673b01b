"""Output shapes of a block and its shortcut, and whether `keras.layers.add` accepts them."""

from typing import Literal

import traitlets
from matplotlib.figure import Figure

from cvbook import plots
from cvbook._bundles import bundled
from cvbook.arithmetic import Shape, conv_output_size, projection
from cvbook.widgets.base import STATIC, Widget


class ResidualShapes(Widget):
    """A block of two 3×3 convolutions with a shortcut, and whether their shapes fit.

    Attributes
    ----------
    size, channels : int
        Height and width (16 to 64) and channels (1 to 128) of the block's input.
    filters, strides, padding
        Of the block's convolutions; `strides` (1 to 3) of the first only.
    pooling : bool
        Whether the block ends in ``MaxPooling2D(2, padding="same")``.
    shortcut : {"identity", "conv"}
        The input as it is, or a 1×1 convolution of it.
    shortcut_filters, shortcut_strides : int
        1 to 128 and 1 to 16.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "residual_shapes.js")
    _css = bundled(STATIC / "residual_shapes.css")

    size = traitlets.Int(32, min=16, max=64).tag(sync=True)
    channels = traitlets.Int(32, min=1, max=128).tag(sync=True)
    filters = traitlets.Int(64, min=1, max=128).tag(sync=True)
    strides = traitlets.Int(1, min=1, max=3).tag(sync=True)
    padding = traitlets.Enum(("valid", "same"), "same").tag(sync=True)
    pooling = traitlets.Bool(False).tag(sync=True)
    shortcut = traitlets.Enum(("identity", "conv"), "identity").tag(sync=True)
    shortcut_filters = traitlets.Int(64, min=1, max=128).tag(sync=True)
    shortcut_strides = traitlets.Int(1, min=1, max=16).tag(sync=True)

    @property
    def block_shape(self) -> Shape:
        """Output shape of the block: (height, width, channels)."""
        n = conv_output_size(self.size, 3, self.strides, self.padding)
        n = conv_output_size(n, 3, 1, self.padding)
        if self.pooling:
            n = conv_output_size(n, 2, 2, "same")
        return n, n, self.filters

    @property
    def shortcut_shape(self) -> Shape:
        """Output shape of the shortcut: (height, width, channels)."""
        if self.shortcut == "identity":
            return self.size, self.size, self.channels
        n = conv_output_size(self.size, 1, self.shortcut_strides)
        return n, n, self.shortcut_filters

    @property
    def verdict(self) -> Literal["right", "broadcast", "wrong"]:
        """What `keras.layers.add` does: adds, broadcasts one channel, or raises."""
        block, shortcut = self.block_shape, self.shortcut_shape
        if block == shortcut:
            return "right"
        if block[:2] == shortcut[:2] and 1 in (block[2], shortcut[2]):
            return "broadcast"
        return "wrong"

    @property
    def code(self) -> str:
        """Keras code of the block."""
        same = ', padding="same"' if self.padding == "same" else ""
        first = f", strides={self.strides}" if self.strides > 1 else ""
        lines = [
            f"inputs = keras.Input(shape=({self.size}, {self.size}, {self.channels}))",
            f'x = layers.Conv2D({self.filters}, 3{first}, activation="relu"{same})(inputs)',
            f'x = layers.Conv2D({self.filters}, 3, activation="relu"{same})(x)',
        ]
        if self.pooling:
            lines.append('x = layers.MaxPooling2D(2, padding="same")(x)')
        if self.shortcut == "conv":
            stride = f", strides={self.shortcut_strides}" if self.shortcut_strides > 1 else ""
            lines.append(f"residual = layers.Conv2D({self.shortcut_filters}, 1{stride})(inputs)")
        else:
            lines.append("residual = inputs")
        return "\n".join([*lines, "x = layers.add([x, residual])"])

    @property
    def remedy(self) -> dict[str, int | str]:
        """Settings that make the shapes equal; empty if they are."""
        if self.verdict == "right":
            return {}
        start = (self.size, self.size, self.channels)
        try:
            needed = projection(start, self.block_shape)
        except ValueError:
            return {"padding": "same"}
        if needed is None:
            return {"shortcut": "identity"}
        return {
            "shortcut": "conv",
            "shortcut_filters": needed["filters"],
            "shortcut_strides": needed["strides"],
        }

    def _describe(self) -> list[str]:
        return [
            f"block {self.block_shape}",
            f"shortcut {self.shortcut_shape}",
            f"add {self.verdict}",
            self.code,
        ]

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(6, 3.4)
        ax = figure.subplots()
        ax.set(xlim=(0, 10), ylim=(0, 7))
        ax.set_axis_off()
        good = self.verdict == "right"
        box = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": "#333333"}

        def write(x: float, y: float, text: str, color: str = "#333333") -> None:
            ax.text(x, y, text, ha="center", va="center", bbox={**box, "edgecolor": color})

        arrow = {"arrowstyle": "->", "color": "#333333"}
        for x, top in ((2.6, 4.5), (7.4, 4.5)):
            ax.annotate("", (x, top), (5, 5.6), arrowprops=arrow)
            ax.annotate("", (5, 1.9), (x, 2.6), arrowprops=arrow)
        write(5, 6.2, f"{(self.size, self.size, self.channels)}")
        write(2.6, 3.5, self._translate("블록", "block") + f"\n{self.block_shape}", plots.COLORS[0])
        write(
            7.4,
            3.5,
            self._translate("지름길", "shortcut") + f"\n{self.shortcut_shape}",
            plots.COLORS[2],
        )
        result = (
            self._translate("더할 수 있다", "fits")
            if good
            else self._translate("맞지 않는다", "does not fit")
        )
        write(5, 1.1, f"add: {result}", plots.COLORS[2] if good else plots.COLORS[1])
