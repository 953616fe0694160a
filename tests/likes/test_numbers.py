"""Sizes as tables hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.likes.plain.numbers import LARGEST, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("5000", 5000),
        ("5 000", 5000),
        ("5\u00a0000", 5000),
        ("1\u202f234\u202f567", 1_234_567),
        ("5,000", 5000),
        ("1,234,567", 1_234_567),
        (" 12 ", 12),
        ("31000.0", 31_000),
        ("007", 7),
        (str(LARGEST - 1), LARGEST - 1),
    ],
)
def test_whole_numbers(text, number):
    """Plain, or with thousands set apart by one kind of sign."""
    assert whole(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "?", "0", "0.0", "-5", "5,00", "5 00", "5.000", "1.234.000", "1,234 567", "12,5K",
     "1e5", "1.5", "5k", "٣", "²", "1_000", "n/a", "Infinity", str(LARGEST), "9" * 500, "1 2 3"],
)  # fmt: skip
def test_no_whole_number(text):
    """Zero is no size, and nothing is guessed."""
    assert whole(text) is None


@given(st.integers(1, LARGEST - 1), st.sampled_from(["{}", "{:,}", "{}.0"]), st.sampled_from([",", " ", "\u00a0"]))
def test_written_numbers_are_read(number, style, sign):
    """What a program writes comes back."""
    assert whole(style.format(number).replace(",", sign)) == number


@given(st.text(max_size=20))
def test_nothing_raises(text):
    """Any text is a number above zero or none."""
    assert (whole(text) or 1) > 0
