"""Tolerance of a cell's outputs, declared in its metadata under `cvbook`."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Self

from nbformat import NotebookNode

from cvbook.reproduce.compare import images

MAX_RTOL = 0.25
MAX_RMS = 40.0  # levels of 255
MAX_SHIFT = 40  # pixels


@dataclass(frozen=True)
class Tolerance:
    """How far a cell's outputs may differ from the stored ones.

    Attributes
    ----------
    rtol : float
        Relative tolerance of decimal numbers, at most `MAX_RTOL`.
    rms : float
        Root mean square difference of images, in levels of 255, at most `MAX_RMS`.
    shift : int
        Pixels by which coloured parts of an image may move, at most `MAX_SHIFT`.
    stderr : bool
        Whether the cell may write to stderr.
    """

    rtol: float = 1e-6
    rms: float = images.RMS
    shift: int = 0
    stderr: bool = False

    @classmethod
    def of(cls, cell: NotebookNode) -> Self:
        """Read a cell's metadata; invalid values, which `lint` reports, are replaced by defaults.

        Parameters
        ----------
        cell : NotebookNode

        Returns
        -------
        Tolerance
        """
        given = cell.metadata.get("cvbook", {})
        invalid = dict(invalid_values(given))
        names = [field.name for field in fields(cls)]
        return cls(**{name: given[name] for name in names if name in given and name not in invalid})


def invalid_values(metadata: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Validate the metadata `cvbook` of a cell.

    Parameters
    ----------
    metadata : dict

    Yields
    ------
    tuple of str
        Key, and what is wrong with it or its value.
    """
    limits = {"rtol": MAX_RTOL, "rms": MAX_RMS, "shift": MAX_SHIFT}
    for key, value in metadata.items():
        if key == "stderr":
            if not isinstance(value, bool):
                yield key, "`stderr` must be true or false"
        elif key not in limits:
            yield key, f"unknown key `{key}`: there are rtol, rms, shift and stderr"
        elif isinstance(value, bool) or not isinstance(value, int | float):
            yield key, f"`{key}` must be a number"
        elif key == "shift" and not isinstance(value, int):
            yield key, "`shift` must be a whole number of pixels"
        elif not 0 <= value <= limits[key]:
            yield key, f"`{key}` is {value:g}: it must lie between 0 and {limits[key]:g}"
