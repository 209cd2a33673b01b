"""Points from the text of a value, whatever stands there."""

import pytest

from cvbook.grading import scoring


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1/3", 1 / 3),
        ("1.5/3", 0.5),
        ("nan/3", 0.0),
        ("inf/2", 0.0),
        ("2/0", 0.0),
        ("Fraction(2, 3)", 2 / 3),
        ("1" * 400, 0.0),
        ("1" * 200_000, 0.0),
        (f"{'1' * 2000}/3", None),
        (f"Fraction(1, {'1' * 500})", 0.0),
    ],
    ids=lambda one: str(one)[:20],
)
def test_any_text_is_read(text, points):
    assert scoring.shown_points(text, 3).value == pytest.approx(points)
    scoring.like_points(text, 3)
