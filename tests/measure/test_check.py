"""Comparing new runs with the stored spread, and summaries of stored runs."""

import numpy as np
import pytest

from cvbook import results
from cvbook.errors import CvbookError
from cvbook.measure.check import bounds, deviations


def test_a_missing_file_names_the_command(tmp_path):
    with pytest.raises(CvbookError, match="cvbook measure noise"):
        results.load("noise", tmp_path)


def test_the_interval_is_the_range_widened_by_itself():
    low, high = bounds(np.array([[1.0], [2.0]]))
    assert (low, high) == ([0.0], [3.0])


def test_a_curve_may_leave_the_spread_at_few_points():
    rng = np.random.default_rng(0)
    runs = [{"loss": list(rng.normal(size=100))} for _ in range(5)]
    new = list(np.median([run["loss"] for run in runs], axis=0))
    assert deviations(runs, {"loss": new}) == []
    assert deviations(runs, {"loss": [9.0] * 5 + new[5:]}) == []
    assert deviations(runs, {"loss": [9.0] * 20 + new[20:]})


def test_times_belong_to_the_machine_and_only_their_ratios_are_compared():
    stored = [{"loss": 1.0, "seconds": {"step": [0.5, 0.5, 9.0], "pass": [0.1, 0.1, 0.1]}}]
    slower = {"step": [4.0, 5.0, 6.0], "pass": [1.0, 1.0, 1.0]}
    assert deviations(stored, {"loss": 1.0, "seconds": slower}) == []
    other = slower | {"pass": [5.0, 5.0, 5.0]}
    (line,) = deviations(stored, {"loss": 1.0, "seconds": other})
    assert line == "seconds/pass: 50% of all the time, stored 17%"
    assert deviations(stored, {"loss": 7.0, "seconds": slower})


def test_differences_are_paired_by_seed():
    assert (
        results.compare([0.5, 0.6, 0.7], [0.4, 0.5, 0.8], 1) == "+0.0 ± 0.1 (시드 3개 중 2개에서 +)"
    )
