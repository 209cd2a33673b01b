"""A trimap made smaller by nearest and by bilinear interpolation, and what that does to classes."""

from typing import Any, Literal

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from cvbook import plots
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget, picture_url

BODY, BACKGROUND, BORDER = 1, 2, 3
MOST = 128  # pixels
TINY = 1e-9  # means of halves are sums of many weights

Method = Literal["nearest", "bilinear"]


def _disc(side: int = 64) -> NDArray[np.uint8]:
    """A round body with a border, as the trimap of a drawn ball would be."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    distance = np.hypot(x, y)
    parts = [distance < 0.3 * side, distance < 0.38 * side]
    return np.select(parts, [BODY, BORDER], BACKGROUND).astype(np.uint8)


def _weights(length: int, size: int) -> NDArray[np.float64]:
    """Weights of each value in each result: a triangle as wide as two results."""
    scale = length / size
    centers = (np.arange(size)[:, None] + 0.5) * scale
    distances = np.abs(np.arange(length) + 0.5 - centers) / max(scale, 1)
    weights = np.clip(1 - distances, 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class MaskResizing(Widget):
    """A trimap, what two interpolations make of it, and where the value of a pixel comes from.

    Parameters
    ----------
    trimap : (height, width) array of 1, 2, 3, optional
        Body, background and border, at most 128 pixels high and wide.
    image : (h, w, 3) uint8 array, optional
        The picture below the masks, of any size.
    **traits
        The attributes below. Without a row and a column, a pixel is chosen that only bilinear
        interpolation makes background, if there is one.

    Attributes
    ----------
    size : int
        Height and width of the results, 4 to 64.
    row, column : int
        The pixel of the results that is explained, 0 to 63.
    values : {"trimap", "target"}
        Whether digits are those of the file or, one less, those of the target.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "mask_resizing.js")
    _css = bundled(STATIC / "mask_resizing.css")

    # A string of digits for each row: as lists of numbers they would fill a notebook.
    trimap = traitlets.List(traitlets.Unicode()).tag(sync=True)
    picture = traitlets.Unicode("").tag(sync=True)  # a data URL
    size = traitlets.Int(16, min=4, max=64).tag(sync=True)
    row = traitlets.Int(0, min=0, max=63).tag(sync=True)
    column = traitlets.Int(0, min=0, max=63).tag(sync=True)
    values = traitlets.Enum(("trimap", "target"), "trimap").tag(sync=True)

    def __init__(
        self, trimap: ArrayLike | None = None, image: ArrayLike | None = None, **traits: Any
    ) -> None:
        array = np.asarray(_disc() if trimap is None else trimap)
        if array.ndim != 2 or array.size == 0 or max(array.shape) > MOST:
            raise ValueError(f"trimap of shape {array.shape}: give at most {MOST}×{MOST} pixels")
        if not np.isin(array, (BODY, BACKGROUND, BORDER)).all():
            raise ValueError(f"trimap of values {np.unique(array)}: give 1, 2 and 3")
        if image is not None:
            traits["picture"] = picture_url(image)
        super().__init__(trimap=["".join(map(str, line)) for line in array.astype(int)], **traits)
        if not {"row", "column"} & traits.keys():
            self._choose_invented()

    def _choose_invented(self) -> None:
        places = np.argwhere(self._invented)
        middle = [self.size // 2, self.size // 2]
        self.row, self.column = map(int, places[len(places) // 2] if len(places) else middle)

    @property
    def _array(self) -> NDArray[np.uint8]:
        return np.array([list(map(int, line)) for line in self.trimap], dtype=np.uint8)

    @property
    def _invented(self) -> NDArray[np.bool_]:
        nearest, bilinear = self.resized("nearest"), self.resized("bilinear")
        invented: NDArray[np.bool_] = (bilinear == BACKGROUND) & (nearest != BACKGROUND)
        return invented

    def _means(self, layer: NDArray[Any]) -> NDArray[np.float64]:
        down, across = (_weights(length, self.size) for length in layer.shape)
        return np.asarray(down @ layer @ across.T)

    def resized(self, method: Method) -> NDArray[np.uint8]:
        """Resize the trimap.

        Nearest is `PIL.Image.resize`. So are the means of bilinear interpolation, which are
        rounded here once, halves up; Pillow rounds them twice, once across and once down.

        Parameters
        ----------
        method : {"nearest", "bilinear"}

        Returns
        -------
        (size, size) uint8 array
        """
        if method == "bilinear":
            return np.floor(self._means(self._array) + 0.5 + TINY).astype(np.uint8)
        image = Image.fromarray(self._array)
        return np.asarray(image.resize((self.size, self.size), Image.Resampling.NEAREST))

    @property
    def invented(self) -> int:
        """Pixels that bilinear interpolation makes background, and the nearest does not."""
        return int(self._invented.sum())

    @property
    def shares(self) -> NDArray[np.float64]:
        """Weights of 1, 2 and 3 in the mean that is the chosen pixel of the bilinear result."""
        row, column = (min(place, self.size - 1) for place in (self.row, self.column))
        return np.array([self._means(self._array == n)[row, column] for n in (1, 2, 3)])

    def _describe(self) -> list[str]:
        row, column = (min(place, self.size - 1) for place in (self.row, self.column))
        lines = [f"size={self.size} row={row} column={column}"]
        for method in ("nearest", "bilinear"):
            lines.append(f"{method} " + "".join(map(str, self.resized(method)[row])))
        shares = " ".join(f"{value}: {share:.2f}" for value, share in enumerate(self.shares, 1))
        return [*lines, f"shares {shares}", f"invented background {self.invented}"]

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(6.4, 2.5)
        colors = np.array([(230, 159, 0), (235, 235, 235), (0, 114, 178)], dtype=np.uint8)
        masks = {
            self._translate("트라이맵", "trimap"): self._array,
            self._translate("최근접 보간", "nearest"): self.resized("nearest"),
            self._translate("쌍선형 보간", "bilinear"): self.resized("bilinear"),
        }
        pictures = [colors[mask - 1] for mask in masks.values()]
        pictures[-1][self._invented] = (194, 59, 0)
        for ax, title, picture in zip(figure.subplots(1, 3), masks, pictures, strict=True):
            height, width = picture.shape[:2]
            plots.show_image(ax, picture, f"{title} {height}×{width}")
