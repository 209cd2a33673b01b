"""Base class of the widgets: an anywidget with a static picture for print and its state as text."""

import base64
import io
from pathlib import Path
from typing import Any

import anywidget
import matplotlib as mpl
import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike
from PIL import Image

from cvbook import plots

LANGUAGES = ("ko", "en")

#: A module and a stylesheet per widget, bundled from `frontend/` by `make widgets`.
STATIC = Path(__file__).parent / "static"


def picture_url(image: ArrayLike) -> str:
    """Encode a picture for a page.

    Parameters
    ----------
    image : (height, width, 3) uint8 array

    Returns
    -------
    str
        A data URL with a JPEG, which keeps stored notebooks small.
    """
    stored = io.BytesIO()
    Image.fromarray(np.asarray(image, dtype=np.uint8)).save(stored, "JPEG", quality=70)
    return "data:image/jpeg;base64," + base64.b64encode(stored.getvalue()).decode()


class Widget(anywidget.AnyWidget):
    """Base of the book's widgets.

    A subclass defines synced traits, `_describe`, `_draw`, and the paths `_esm` and `_css`, which
    anywidget watches for hot reload.

    Attributes
    ----------
    lang : {"ko", "en"}
        Language of the page and of the picture.

    Raises
    ------
    traitlets.TraitError
        If a trait is set to a value outside of those that its class documents.
    """

    lang = traitlets.Enum(LANGUAGES, "ko").tag(sync=True)

    def _translate(self, korean: str, english: str) -> str:
        return korean if self.lang == "ko" else english

    def _describe(self) -> list[str]:
        """State and results as lines of text, for `repr`."""
        raise NotImplementedError

    def _draw(self, figure: Figure) -> None:
        """Draw the current state on an empty figure."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return "\n".join([type(self).__name__, *self._describe()])

    def figure(self) -> Figure:
        """Draw the current state as a static figure.

        Returns
        -------
        matplotlib Figure
        """
        with mpl.rc_context():
            plots.use_style()
            figure = Figure()
            self._draw(figure)
            figure.draw_without_rendering()
        return figure

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # Besides the live view: a PNG for PDF and code hosts, and text for reading and comparison.
        made = super()._repr_mimebundle_(**kwargs)
        data, metadata = made if isinstance(made, tuple) else (made, {})
        with mpl.rc_context():
            plots.use_style()
            figure = Figure()
            self._draw(figure)
            png = io.BytesIO()
            figure.savefig(png, format="png", dpi=100)
        return {
            **(data or {}),
            "image/png": base64.b64encode(png.getvalue()).decode(),
            "text/plain": repr(self),
        }, metadata
