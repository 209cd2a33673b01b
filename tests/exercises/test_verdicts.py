"""A student who runs `cvbook check` reads the points that visible tests will give."""

import random

import pytest
import submissions
import verdicts
from sampling import SAMPLE

NAMES = [name for name in submissions.names() if name != "10_shared_backbone"]


@pytest.mark.slow
def test_check_and_grade_give_every_drawn_answer_the_same_points(tmp_path, require_sandbox):
    """All answers: `benchmarks/verdicts.py`."""
    assignment = random.Random(SAMPLE).choice(NAMES)
    drawn = verdicts.one_notebook(assignment, SAMPLE)
    count, differing = verdicts.differences(tmp_path, assignment, {"drawn": drawn})
    assert count >= len(drawn)
    assert differing == [], f"repeat with CVBOOK_SAMPLE={SAMPLE}"
