"""Detections of one picture: IoU, non-maximum suppression, and what its thresholds do to AP."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from cvbook import plots, reference
from cvbook._bundles import bundled
from cvbook.widgets.base import STATIC, Widget, picture_url

#: Three animals, and detections of them: of each a good one, and worse ones of lower scores.
TRUE_BOXES = ((41, 147, 176, 230), (195, 178, 334, 276), (274, 122, 372, 192))
BOXES = ((44, 149, 179, 232), (57, 143, 192, 226), (198, 181, 337, 279), (298, 136, 396, 206))
SCORES = (0.95, 0.82, 0.9, 0.6)
SIZE = (384, 288)


class NonMaxSuppression(Widget):
    """Scored boxes on a picture, the boxes of its objects, and three thresholds.

    Parameters
    ----------
    boxes : (n, 4) array, optional
        Detections: xmin, ymin, xmax, ymax, in pixels.
    scores : (n,) array, optional
    true_boxes : (m, 4) array, optional
        Boxes of the objects.
    image : (height, width, 3) uint8 array, optional
        The picture; without it the boxes lie on an empty one of 384×288 pixels.
    **traits
        The attributes below.

    Attributes
    ----------
    score_threshold : float
        0 to 1: detections with lower scores are left out.
    nms_threshold : float
        0 to 1: a detection is suppressed when its IoU with a kept one is greater.
    iou_threshold : float
        0.05 to 0.95: the smallest IoU with an object that counts as found.
    selected : int
        The detection that the page's sliders move.
    lang : {"ko", "en"}
    """

    _esm = bundled(STATIC / "non_max_suppression.js")
    _css = bundled(STATIC / "non_max_suppression.css")

    boxes = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    scores = traitlets.List(traitlets.Float()).tag(sync=True)
    true_boxes = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    picture = traitlets.Unicode("").tag(sync=True)  # a data URL
    size = traitlets.List(traitlets.Int(), list(SIZE)).tag(sync=True)  # width, height
    score_threshold = traitlets.Float(0.0, min=0, max=1).tag(sync=True)
    nms_threshold = traitlets.Float(0.5, min=0, max=1).tag(sync=True)
    iou_threshold = traitlets.Float(0.5, min=0.05, max=0.95).tag(sync=True)
    selected = traitlets.Int(0, min=0).tag(sync=True)

    def __init__(
        self,
        boxes: ArrayLike = BOXES,
        scores: ArrayLike = SCORES,
        true_boxes: ArrayLike = TRUE_BOXES,
        image: ArrayLike | None = None,
        **traits: Any,
    ) -> None:
        found, true = (np.round(np.reshape(one, (-1, 4)), 1) for one in (boxes, true_boxes))
        if len(found) != np.size(scores):
            raise ValueError(f"{len(found)} boxes, {np.size(scores)} scores: give as many")
        self._image = None if image is None else np.asarray(image, dtype=np.uint8)
        if self._image is not None:
            traits |= {
                "picture": picture_url(self._image),
                "size": [self._image.shape[1], self._image.shape[0]],
            }
        super().__init__(
            boxes=found.tolist(),
            scores=np.asarray(scores, dtype=float).tolist(),
            true_boxes=true.tolist(),
            **traits,
        )

    @property
    def kept(self) -> list[int]:
        """Indices of the detections that are left, highest score first."""
        candidates = np.flatnonzero(np.asarray(self.scores) >= self.score_threshold)
        boxes, scores = np.reshape(self.boxes, (-1, 4)), np.asarray(self.scores)
        rows = reference.non_max_suppression(
            boxes[candidates], scores[candidates], self.nms_threshold
        )
        return [int(index) for index in candidates[rows]]

    @property
    def matches(self) -> list[int]:
        """The object that each detection of `kept` finds, or −1."""
        ious = reference.pairwise_iou(np.reshape(self.boxes, (-1, 4))[self.kept], self.true_boxes)
        scores = [self.scores[index] for index in self.kept]
        found = reference.match_detections(ious, scores, self.iou_threshold)
        return [int(one) for one in found]

    @property
    def average_precision(self) -> float:
        """AP of the detections that are left."""
        scores = [self.scores[index] for index in self.kept]
        correct = np.array(self.matches, dtype=int) >= 0
        return reference.average_precision(scores, correct, len(self.true_boxes))

    def _describe(self) -> list[str]:
        lines = [
            f"score_threshold={self.score_threshold:g} nms_threshold={self.nms_threshold:g} "
            f"iou_threshold={self.iou_threshold:g}"
        ]
        for index, match in zip(self.kept, self.matches, strict=True):
            lines.append(
                f"{self.scores[index]:.2f} " + (f"object {match + 1}" if match >= 0 else "false")
            )
        return [*lines, f"AP {self.average_precision:.3f}"]

    def _draw(self, figure: Figure) -> None:
        figure.set_size_inches(4, 3.1)
        ax = figure.subplots()
        width, height = self.size
        blank = np.full((height, width, 3), 245, dtype=np.uint8)
        # Few levels of brightness: a third of the bytes in the stored notebook.
        coarse = blank if self._image is None else self._image // 32 * 32 + 16
        title = self._translate("상자 {}개, AP {:.3f}", "{} boxes, AP {:.3f}")
        plots.show_image(
            ax,
            coarse,
            title.format(len(self.kept), self.average_precision),
        )
        plots.draw_boxes(ax, self.true_boxes, plots.COLORS[0], linestyle="--")
        dropped = [box for n, box in enumerate(self.boxes) if n not in self.kept]
        plots.draw_boxes(ax, dropped, "#777777", linestyle=":", linewidth=1.2)
        texts = [f"{self.scores[index]:.2f}" for index in self.kept]
        plots.draw_boxes(ax, [self.boxes[index] for index in self.kept], plots.COLORS[1], texts)
