"""Words exactly, numbers within a tolerance."""

import pytest

from cvbook.reproduce.compare.text import compare


@pytest.mark.parametrize(
    ("expected", "actual", "rtol"),
    [
        ("정확도 0.30000000000000004", "정확도 0.3", 1e-6),
        ("[0.1  0.25]", "[0.10000001 0.25]", 1e-6),
        ("1e-07", "1.00000001e-07", 1e-6),
        ("−0.5", "-0.5000000001", 1e-6),
        ("1,234.5", "1234.6", 1e-3),
        ("약3.2배", "약3.3배", 0.05),
        ("0.0", "-0.0", 1e-6),
        ("nan inf -inf", "nan inf -inf", 1e-6),
        ("끝  \n", "끝\n", 1e-6),
    ],
)
def test_equal(expected, actual, rtol):
    assert compare(expected, actual, rtol).difference is None


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("0.0", "1e-17"),
        ("3", "3.0"),
        ("3", "4"),
        ("1,000", "1,001"),
        ("12%", "13%"),
        ("2.21.0", "2.22.0"),
        ("conv2d_1", "conv2d_2"),
        ("float32", "float16"),
        ("#336699", "#336698"),
        ("0x1f", "0x2f"),
        ("nan", "0.0"),
        ("inf", "-inf"),
        ("0.5", "-0.5"),
        ("(3, 4)", "(3, 4, 5)"),
        ("0.5 0.5", "0.5"),
        ("a b", "ab"),
        ("a\nb", "a b"),
        ("007", "7"),
        ("", "0.5"),
        ("1e999", "2.0"),
    ],
)
def test_different_even_within_the_widest_tolerance(expected, actual):
    assert compare(expected, actual, 0.25).difference is not None
    assert compare(actual, expected, 0.25).difference is not None


@pytest.mark.parametrize("digit", range(6))
def test_every_printed_digit_counts(digit):
    number = "0.123456"
    other = number[: 2 + digit] + str((int(number[2 + digit]) + 1) % 10) + number[3 + digit :]
    assert compare(number, other, 1e-6).difference is not None


def test_tolerance_is_relative_to_the_larger_and_inclusive():
    assert compare("8.0", "10.0", 0.2).difference is None
    assert compare("8.0", "10.1", 0.2).difference is not None


def test_message_names_line_and_both_numbers():
    found = compare("손실\n정확도 0.5\n", "손실\n정확도 0.75\n", 0.1)
    assert found.difference == "line 2: stored '0.5', now '0.75', 3.3e-01 apart with rtol 0.1"


def test_largest_tolerated_difference_is_kept():
    assert compare("1.0 2.0", "1.05 2.0", 0.1).max_relative_error == pytest.approx(0.05 / 1.05)
