"""Counts, sums and days as tools and office programs write them; nonsense is refused and never mended."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.files.cells import Unreadable, amount, whole
from outreach.files.dates import day
from outreach.tracking.base import Tags
from outreach.tracking.tags import tags_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("12", 12), ("12.0", 12), ("12,00", 12), ("1 234", 1234), ("1\u00a0234\u202f567", 1234567),
        ("1,234,567", 1234567), ("1.234", 1234), ("1'234", 1234), ("+5", 5), ("", None), (" - ", None), ("n/a", None),
        ("(not set)", None),
    ],
)  # fmt: skip
def test_counts(text, number):
    """Three digits behind a sign are thousands; an empty cell is not known."""
    assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-1", "negative"), ("\u22125", "negative"), ("1.5", "fraction"), ("0,25", "fraction"),
        ("12abc", "not a number"),
        ("1e5", "not a number"), ("10" * 10, "larger"), ("1000000000000000", "larger"), ("1,23,456", "not a number"),
        ("٣", "not a number"), ("1.234,5", "not a number"),
    ],
)  # fmt: skip
def test_what_is_no_count(text, why):
    """A file with such a cell is no count of visits."""
    with pytest.raises(Unreadable, match=why):
        whole(text)


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("12.50", (12.5, "")), ("1 500,50 €", (1500.5, "EUR")), ("-20 USD", (-20.0, "USD")), ("(15.00)", (-15.0, "")),
        ("1 200 ₽", (1200.0, "RUB")), ("", None),
    ],
)  # fmt: skip
def test_sums(text, sum_):
    """With the currency where one is named; what was paid back is negative."""
    assert amount(text) == sum_


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20260512", date(2026, 5, 12)), ("2026051214", date(2026, 5, 12)),
        ("2026-05-12T23:59:00-05:00", date(2026, 5, 12)),
        ("12.05.2026 10:00", date(2026, 5, 12)), ("46154", date(2026, 5, 12)), ("2026/05/12", date(2026, 5, 12)),
        ("13/05/2026", date(2026, 5, 13)), ("", None),
    ],
)  # fmt: skip
def test_days(text, found):
    """With a zone the day is that of the zone, which is the tool's."""
    assert day(text) == found


@pytest.mark.parametrize("text", ["05/06/2026", "31.02.2026", "20261301", "soon", "12.05.0999", "99999"])
def test_what_is_no_day(text):
    """Two readings are none."""
    with pytest.raises(Unreadable):
        day(text)


def test_a_column_tells_the_order_of_day_and_month():
    """Whoever knows it says so."""
    assert day("05/06/2026", first=True) == date(2026, 6, 5)
    assert day("05/06/2026", first=False) == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("url", "content"),
    [
        ("https://x.example/?utm_content=a#b", "a"), ("/p?UTM_Content=a&utm_content=b", "a"),
        ("?utm_content=a%20b", "a b"),
        ("/p#utm_content=a", "a"), ("/p%3Futm_content=a", "a"), ("/?x=1&amp;utm_content=a", "a"),
        ("utm_content=a", "a"),
        ("/?utm_content=", ""), ("/?utm_content=(not%20set)", ""), ("/plain", ""), ("/?utm_content=%ff", "\ufffd"),
    ],
)  # fmt: skip
def test_tags_in_addresses(url, content):
    """Every way in which they stand there."""
    assert tags_in(url).content == content


def test_tags_of_other_tools_count():
    """Matomo's names and a bot's payload."""
    assert tags_in("/?mtm_campaign=Spring&mtm_source=vk") == Tags(campaign="Spring", source="vk")
    assert tags_in("https://t.me/bot?start=a--b-12345").start == "a--b-12345"
