"""Receptive field of a stack of layers, layer by layer, on a picture."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from cvbook import plots
from cvbook._bundles import bundled
from cvbook.arithmetic import receptive_field
from cvbook.widgets.base import STATIC, Widget, picture_url

#: Convolutions and poolings of VGG16, up to its third block.
LAYERS = ((3, 1), (3, 1), (2, 2), (3, 1), (3, 1), (2, 2), (3, 1), (3, 1), (3, 1), (2, 2))
SIDE = 224
MOST = 20


class ReceptiveField(Widget):
    """What the middle entry of each layer's output sees of the picture.

    Parameters
    ----------
    layers : sequence of (kernel_size, strides), optional
        1 to 20 convolutions and poolings, from the input on; kernel_size 1 to 7, strides 1 to 4.
    image : (n, n, 3) uint8 array, optional
        The picture; without it the field lies on an empty one of 224×224 pixels.
    **traits
        The attributes below.

    Attributes
    ----------
    step : int
        The layer that is shown, 0 for the input.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "receptive_field.js")
    _css = bundled(STATIC / "receptive_field.css")

    layers = traitlets.List(
        traitlets.List(traitlets.Int(min=1, max=7), minlen=2, maxlen=2), minlen=1, maxlen=MOST
    ).tag(sync=True)
    picture = traitlets.Unicode("").tag(sync=True)  # a data URL
    side = traitlets.Int(SIDE, min=1).tag(sync=True)
    step = traitlets.Int(1, min=0, max=MOST).tag(sync=True)

    def __init__(
        self,
        layers: Sequence[tuple[int, int]] = LAYERS,
        image: ArrayLike | None = None,
        **traits: Any,
    ) -> None:
        self._image = None if image is None else np.asarray(image, dtype=np.uint8)
        if self._image is not None:
            height, width = self._image.shape[:2]
            if height != width:
                raise ValueError(f"image of {height}×{width} pixels: give a square one")
            traits |= {"picture": picture_url(self._image), "side": width}
        super().__init__(layers=[list(layer) for layer in layers], **traits)

    @property
    def fields(self) -> list[int]:
        """Side of the receptive field after 0, 1, … layers, in pixels."""
        pairs = [(kernel_size, strides) for kernel_size, strides in self.layers]
        return [receptive_field(pairs[:count]) for count in range(len(pairs) + 1)]

    def _describe(self) -> list[str]:
        return [
            f"step={self.step}",
            *(
                f"kernel_size={kernel_size} strides={strides} field={field}"
                for (kernel_size, strides), field in zip(self.layers, self.fields[1:], strict=True)
            ),
        ]

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(4.2, 4.4)
        ax = figure.subplots()
        blank = np.full((self.side, self.side, 3), 245, dtype=np.uint8)
        title = self._translate("{}층 뒤 {}×{}픽셀", "after {} layers {}×{} pixels")
        step = min(self.step, len(self.layers))
        field = self.fields[step]
        plots.show_image(
            ax, blank if self._image is None else self._image, title.format(step, field, field)
        )
        for number in range(step + 1):
            half = self.fields[number] / 2
            corner = (self.side / 2 - half - 0.5, self.side / 2 - half - 0.5)
            last = number == step
            ax.add_patch(
                Rectangle(
                    corner,
                    2 * half,
                    2 * half,
                    fill=False,
                    ec=plots.COLORS[1] if last else "#777777",
                    lw=2.5 if last else 1,
                )
            )
