"""Measurements of an experiment over many seeds, as stored in `book/results/`.

`cvbook measure` writes the files; chapters load them and show mean and spread beside one live run.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cvbook.errors import CvbookError

#: Where chapters find the files: they run in the folder of the book.
FOLDER = Path("results")


@dataclass(frozen=True)
class Results:
    """All runs of one experiment on one data set.

    Attributes
    ----------
    experiment : str
        Name of the function in the notebook.
    runs : tuple of dict
        For each seed `{"seed", "values", "seconds"}`; `values` is what the experiment returned.
    source : dict
        Where the numbers are from: notebook, command, data set, profile, device, versions, date.
    """

    experiment: str
    runs: tuple[dict[str, Any], ...]
    source: dict[str, Any]

    @property
    def seeds(self) -> list[int]:
        """Seeds of the runs."""
        return [run["seed"] for run in self.runs]

    def values(self, key: str) -> NDArray[np.float64]:
        """Collect one value of every run.

        Parameters
        ----------
        key : str
            Name of the value; `a/b` for `b` inside the dictionary `a`.

        Returns
        -------
        (seeds, …) float array

        Raises
        ------
        KeyError
            If the runs have no such value; the message lists those there are.
        """
        return np.array([look_up(run["values"], key) for run in self.runs], dtype=float)

    def summary(self, key: str, digits: int = 2) -> str:
        """Write the mean, the standard deviation and the number of seeds.

        Parameters
        ----------
        key : str
            Of a number, as in `values`.
        digits : int
            Decimals.

        Returns
        -------
        str
            Such as `0.86 ± 0.02 (시드 5개)`.
        """
        return summarize(self.values(key), digits)


def summarize(values: ArrayLike, digits: int = 2) -> str:
    """Write the mean and the sample standard deviation of measurements.

    Parameters
    ----------
    values : (n,) array
        One number a seed.
    digits : int
        Decimals.

    Returns
    -------
    str
        Such as `0.86 ± 0.02 (시드 5개)`.
    """
    array = np.asarray(values, dtype=float)
    spread = array.std(ddof=1) if len(array) > 1 else 0.0
    return f"{array.mean():.{digits}f} ± {spread:.{digits}f} (시드 {len(array)}개)"


def compare(first: ArrayLike, second: ArrayLike, digits: int = 2) -> str:
    """Write the difference of two measurements that share their seeds.

    Parameters
    ----------
    first, second : (n,) array
        Entry `i` of both is from the same seed.
    digits : int
        Decimals.

    Returns
    -------
    str
        Mean and standard deviation of `first - second`, and in how many seeds it is positive.
    """
    difference = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
    n = len(difference)
    spread = difference.std(ddof=1) if n > 1 else 0.0
    higher = int((difference > 0).sum())
    return f"{difference.mean():+.{digits}f} ± {spread:.{digits}f} (시드 {n}개 중 {higher}개에서 +)"


def load(name: str, folder: Path | None = None) -> Results:
    """Load stored results.

    Parameters
    ----------
    name : str
        Of the file without `.json`: the experiment, and `.DATA` for a data set other than the
        drawn pets.
    folder : Path, optional
        Default: `results` below the working folder.

    Returns
    -------
    Results

    Raises
    ------
    CvbookError
        If the file is missing or cannot be read.
    """
    path = (folder or FOLDER) / f"{name}.json"
    try:
        content = json.loads(path.read_text("utf-8"))
        runs = tuple(content.pop("runs"))
    except FileNotFoundError:
        remedy = f"run `cvbook measure {name.partition('.')[0]}` in the book's folder"
        raise CvbookError(f"no results – {path} – {remedy}") from None
    except (ValueError, KeyError) as error:
        raise CvbookError(f"broken results – {path}: {error} – measure again") from error
    return Results(content.pop("experiment"), runs, content)


def look_up(values: Mapping[str, Any], key: str) -> Any:
    """Find a value by its path of keys.

    Parameters
    ----------
    values : mapping
        May hold mappings.
    key : str
        Keys, joined by `/`.

    Raises
    ------
    KeyError
        If there is none; the message lists the keys there are.
    """
    found: Any = values
    for part in key.split("/"):
        if not isinstance(found, Mapping) or part not in found:
            raise KeyError(f"{key}: there are {', '.join(flat_keys(values))}")
        found = found[part]
    return found


def flat_keys(values: Mapping[str, Any], prefix: Sequence[str] = ()) -> list[str]:
    """List the paths of all values.

    Parameters
    ----------
    values : mapping
        May hold mappings.
    prefix : sequence of str
        Keys that lead to `values`.
    """
    found: list[str] = []
    for key, value in values.items():
        path = [*prefix, key]
        found += flat_keys(value, path) if isinstance(value, Mapping) else ["/".join(path)]
    return found
