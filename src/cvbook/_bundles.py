"""Bundled JavaScript and CSS, which the build makes and git does not hold."""

from pathlib import Path

from cvbook.errors import CvbookError


def bundled(path: Path) -> Path:
    """Give the path of a bundle that must be there.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Path
        The same.

    Raises
    ------
    CvbookError
        If it was not bundled.
    """
    if not path.is_file():
        raise CvbookError(
            f"JavaScript is not bundled – {path} – run: make widgets, or install cvbook again"
        )
    return path
