"""Measure stored runs again and compare them with the spread over the seeds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cvbook.measure.runner import Measurement
from cvbook.results import flat_keys, look_up

#: A spread is taken to be at least this share of the mean: seeds may agree by chance.
SMALLEST = 1e-3
#: Share of a curve's points that must lie within the spread.
POINTS = 0.9
#: Values below this key are times, which belong to the machine: only their ratios are compared.
TIMES = "seconds"
#: So often may a ratio of times be what was stored, or the other way round.
TIMES_FACTOR = 2.0


def bounds(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the interval in which a new run is expected.

    Parameters
    ----------
    values : (seeds, …) array

    Returns
    -------
    tuple of two (…) arrays
        Minimum and maximum over the seeds, widened by their distance on both sides.
    """
    low, high = values.min(axis=0), values.max(axis=0)
    width = np.maximum(high - low, SMALLEST * np.abs(values).mean(axis=0))
    return low - width, high + width


def deviations(runs: list[dict[str, Any]], new: dict[str, Any]) -> list[str]:
    """Compare a new run with the stored ones.

    Parameters
    ----------
    runs : list of dict
        Values of each stored run.
    new : dict
        Values of the new run.

    Returns
    -------
    list of str
        What lies outside the spread, in a line each.
    """
    found = []
    if sorted(flat_keys(new)) != sorted(flat_keys(runs[0])):
        return [f"other values: {', '.join(flat_keys(new))}"]
    for key in flat_keys(new):
        if _is_time(key):
            continue
        values = [np.asarray(look_up(run, key), dtype=float) for run in runs]
        actual = np.asarray(look_up(new, key), dtype=float)
        if any(value.shape != actual.shape for value in values):
            found.append(f"{key}: shape {actual.shape}, stored {values[0].shape}")
            continue
        low, high = bounds(np.stack(values))
        inside = (low <= actual) & (actual <= high)
        if actual.ndim == 0 and not inside:
            found.append(f"{key}: {actual:.4g}, outside {low:.4g} … {high:.4g}")
        elif inside.mean() < POINTS:
            found.append(f"{key}: {1 - inside.mean():.0%} of the points outside the spread")
    return found + _slower(runs, new)


def _is_time(key: str) -> bool:
    return TIMES in key.split("/")


def _shares(run: dict[str, Any]) -> dict[str, float]:
    """Each time as a share of the sum of all times of a run; the median of several rounds."""
    times = {key: float(np.median(look_up(run, key))) for key in flat_keys(run) if _is_time(key)}
    return {key: time / sum(times.values()) for key, time in times.items()}


def _slower(runs: list[dict[str, Any]], new: dict[str, Any]) -> list[str]:
    """What takes another share of the time than in the stored runs."""
    stored = [_shares(run) for run in runs]
    found = []
    for key, share in _shares(new).items():
        usual = float(np.median([shares[key] for shares in stored]))
        if not usual / TIMES_FACTOR <= share <= usual * TIMES_FACTOR:
            found.append(f"{key}: {share:.0%} of all the time, stored {usual:.0%}")
    return found


def stale(measurement: Measurement) -> str:
    """Say why a stored file does not belong to the experiment any more; empty if it does.

    Parameters
    ----------
    measurement : Measurement
        With a stored file.
    """
    stored = measurement.stored() or {}
    if stored.get("code") != measurement.experiment.digest:
        return "the experiment's code has changed"
    if stored.get("data") != measurement.data():
        return "the data set is another"
    return ""
