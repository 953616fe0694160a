"""Umami's interface on tags: the list that tells most of the link counts, and no two lists are added."""

from pathlib import Path

import pytest

from outreach.errors import InputError
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "umami_report"


def test_page_views_by_content(read):
    """The same page views stand in the lists of source and campaign."""
    report = read(DATA / "utm.json").report
    assert [(row.tags.content, row.tags.source, row.denominator) for row in report.rows] == [("a--a-1", "", 7)]
    assert (report.tool, report.unit, report.kind, report.total) == ("umami", "pageview", "", (7, None))


def test_conversions_by_source(read):
    """Where no other list is filled; page views of all are no visits of these."""
    report = read(DATA / "attribution.json").report
    assert [(row.tags.source, row.numerator) for row in report.rows] == [("vk", 5)]
    assert (report.unit, report.kind, report.total) == ("", "conversion", (None, 5))


def test_a_full_list_may_be_cut_off(read, export):
    """Umami answers the first fifty."""
    rows = ", ".join(f'{{"utm": "c{number}", "views": 1}}' for number in range(50))
    text = f'{{"utm_source": [], "utm_medium": [], "utm_campaign": [], "utm_content": [{rows}]}}'
    assert described(read(export("a.json", text)).report.flags) == ("perhaps cut off at 50 rows",)


@pytest.mark.parametrize("views", ['"many"', "null", "-1", "2.5"])
def test_a_count_that_is_none_is_refused(read, export, views):
    """With its row."""
    text = f'{{"utm_source": [], "utm_campaign": [], "utm_content": [{{"utm": "a", "views": {views}}}]}}'
    with pytest.raises(InputError, match="row 1"):
        read(export("a.json", text))
