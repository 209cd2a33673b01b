"""What every widget is: an anywidget with a figure for print and its state as text."""

import base64
import io
from importlib.resources import files
from typing import Any

import anywidget
import matplotlib as mpl
import traitlets
from matplotlib.figure import Figure

from cvbook import plots

LANGUAGES = ("ko", "en")


class Widget(anywidget.AnyWidget):
    """Base of the book's widgets.

    A subclass defines synced traits, `_describe` and `_draw`, and names its files by `stem`.
    """

    lang = traitlets.Enum(LANGUAGES, "ko").tag(sync=True)

    def __init_subclass__(cls, stem: str = "", **kwargs: Any) -> None:
        # One module out of two files: the static page and JupyterLab load a single blob, and a
        # blob has no neighbour to import from.
        folder = files("cvbook.widgets")
        for name, suffix in (("_esm", "js"), ("_css", "css")):
            if stem:  # none where traitlets derives a class of its own to add traits
                parts = [folder / f"{part}.{suffix}" for part in ("common", stem)]
                setattr(cls, name, "\n".join(part.read_text("utf-8") for part in parts))
        super().__init_subclass__(**kwargs)

    def _say(self, korean: str, english: str) -> str:
        return korean if self.lang == "ko" else english

    def _describe(self) -> list[str]:
        """Lines that hold the whole state that matters."""
        raise NotImplementedError

    def _draw(self, figure: Figure) -> None:
        """Draw the present state on an empty figure, for print."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return "\n".join([type(self).__name__, *self._describe()])

    def figure(self) -> Figure:
        """Draw the present state as a still picture.

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
        # Beside the live view a picture, for PDF and code hosts, and text, to read and compare.
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
