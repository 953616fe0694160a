"""The lines of the report: they add up, nothing unknown is 0, and chance is not called success."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from outreach.campaign.ledger.imports import Import, Result
from outreach.messages import describe, message
from outreach.reporting.conversion import cost_words, show_conversion
from outreach.reporting.overview import overview
from outreach.reporting.report_sheet import report_sheet
from outreach.tracking.attribution import Attribution
from outreach.tracking.conclusion import conclude
from outreach.tracking.conversion import conversion
from outreach.tracking.grouping import ASSISTANTS, OTHER, OURS_NOT, UNTAGGED, Grouping
from outreach.tracking.lines import Choice
from tests.tracking.described import described


def told(placements, *imports, **choice):
    """Return the sections of a report."""
    rows = [row for _, rows in imports for row in rows]
    asked = Choice(**choice)
    return conversion(Grouping(Attribution(placements), asked.by), [one for one, _ in imports], rows, asked)


def counts(section):
    """Return what each line counts."""
    return {line.label: (line.denominator, line.conversions) for line in section.lines}


def test_the_lines_add_up_to_the_file(placement, imported, row):
    """Ours, somebody's tagged link, untagged visits and what the tool no longer tells apart."""
    visits = imported(
        "yandex-metrica",
        row("a", 100, 9), row("b", 50, 1), row("strange", 7, 1), row("", 300, 4), row("", 20, 0, rest=1),
        kind="conversion",
    )  # fmt: skip
    (section,) = told([placement("a"), placement("b")], visits)
    assert counts(section) == {
        "vk:a": (100, 9), "vk:b": (50, 1), OURS_NOT: (7, 1), UNTAGGED: (300, 4), OTHER: (20, 0),
    }  # fmt: skip
    assert [line.label for line in section.lines][-3:] == [OURS_NOT, UNTAGGED, OTHER]
    assert sum(line.share for line in section.lines) == pytest.approx(1)
    assert section.untagged == pytest.approx(4 / 15)


def test_a_place_without_a_row_had_no_visits_where_a_tool_counts(placement, imported, row):
    """A log knows of every visit; n/a is no 0 %."""
    visits = imported("access-log", row("a", 100, 9, day="2026-05-02"), kind="conversion")
    (section,) = told([placement("a"), placement("b"), placement("c", status="drafted")], visits)
    line = next(line for line in section.lines if line.label == "vk:b")
    assert (line.denominator, line.conversions, line.rate, line.low) == (0, 0, None, None)
    assert line.verdict == "no visits yet"
    assert "vk:c" not in counts(section)


def test_an_empty_cell_of_a_person_is_not_known(placement, imported, row):
    """Nobody typed a number: there may have been visits."""
    typed = imported("sheet", row("a", 100, 9), kind="conversion")
    (section,) = told([placement("a"), placement("b")], typed)
    assert counts(section)["vk:b"] == (None, None)


def test_rates_have_their_interval(placement, imported, row):
    """Wilson's, of the raw counts; the shrunk rate lies between the raw one and the others'."""
    (section,) = told(
        [placement("a"), placement("b")], imported("m", row("a", 20, 4), row("b", 2000, 20), kind="conversion")
    )
    line = section.lines[0]
    assert line.label == "vk:a"
    assert (line.rate, line.low, line.high) == (0.2, pytest.approx(0.0806576626), pytest.approx(0.4160174322))
    assert 0.01 < line.shrunk < 0.2


def test_a_leader_by_chance_is_not_ahead(placement, imported, row):
    """Two conversions of ten visits beside one of ten say nothing."""
    (section,) = told(
        [placement("a"), placement("b")], imported("m", row("a", 10, 2), row("b", 10, 1), kind="conversion")
    )
    assert section.told_apart is False
    assert {line.verdict for line in section.lines} <= {"can't tell yet", "can't tell by visits alone"}
    assert all(line.more for line in section.lines if line.verdict == "can't tell yet")


def test_a_real_leader_is_ahead(placement, imported, row):
    """Sixty of a thousand beside ten of a thousand each."""
    rows = [row("a", 1000, 60), *(row(place, 1000, 10) for place in "bcd")]
    placements = [placement(place) for place in "abcd"]
    (section,) = told(placements, imported("m", *rows, kind="conversion"))
    assert (section.lines[0].label, section.lines[0].verdict) == ("vk:a", "ahead")


def test_events_have_a_number_per_visit_and_its_interval(placement, imported, row):
    """Twelve reaches in ten visits are no 120 %."""
    (section,) = told([placement("a")], imported("ga4", row("a", 10, 12), kind="event"))
    line = section.lines[0]
    assert (line.rate, line.verdict, line.flags) == (1.2, "", (message("events-repeat"),))
    assert (line.low, line.high) == pytest.approx((chi2.ppf(0.025, 24) / 20, chi2.ppf(0.975, 26) / 20), rel=1e-9)


def test_a_goal_that_happens_once_in_a_visit_has_a_rate(placement, imported, row):
    """Then a part of the visits reaches it, and the places can be told apart."""
    leads = imported("ga4", row("a", 100, 12), row("b", 100, 1), kind="event", goal="lead")
    (section,) = told([placement("a"), placement("b")], leads, once_per_visit=("lead",))
    assert section.lines[0].verdict == "ahead"
    assert section.lines[0].high < 0.2


def test_more_conversions_than_visits_give_no_rate(placement, imported, row):
    """Orders of people whom the counter did not see."""
    visits = imported("ga4", row("a", 1), row("b", 50))
    orders = imported("sign-ups", *(row("a", None, 1, day=f"2026-05-0{day}") for day in (1, 2, 3)), kind="sale")
    (section,) = told([placement("a"), placement("b")], visits, orders)
    line = next(line for line in section.lines if line.label == "vk:a")
    assert (line.rate, line.denominator, line.conversions) == (None, 1, 3)
    assert "no rate" in described(line.flags)[0]


def test_money_of_one_currency_is_added_and_of_two_is_not(placement, imported, row):
    """The ledger's costs; orders' revenue; what cannot be added is said."""
    placements = [placement("a", cost=20.0, currency="EUR"), placement("a", "b", cost=10.0, currency="EUR"),
                  placement("b", cost=5.0, currency="EUR"), placement("b", "b", cost=500.0, currency="RUB"),
                  placement("c", cost=5.0, currency="EUR")]  # fmt: skip
    visits = imported("ga4", row("a", 10), row("b", 10), row("c", 10))
    orders = imported(
        "sign-ups",
        row("a", None, 1, day="2026-05-01", revenue=40.0, currency="EUR"),
        row("a", None, 1, day="2026-05-01", revenue=-5.0, currency="EUR"),
        row("c", None, 1, day="2026-05-01", revenue=400.0, currency="RUB"),
        kind="sale",
    )
    (section,) = told(placements, visits, orders)
    by = {line.label: line for line in section.lines}
    assert (by["vk:a"].cost, by["vk:a"].revenue, by["vk:a"].currency) == (30.0, 35.0, "EUR")
    assert by["vk:a"].cost_per_conversion == 15.0
    assert by["vk:b"].cost is None
    assert described(by["vk:b"].flags) == ("costs in several currencies, not added: 5.00 EUR, 500.00 RUB",)
    assert (by["vk:c"].cost, by["vk:c"].revenue, by["vk:c"].currency) == (5.0, None, "EUR")
    assert described(by["vk:c"].flags) == ("revenue 400.00 RUB, not in the currency of the cost",)


def test_revenue_of_nought_is_of_any_currency(placement, imported, row):
    """Free orders beside a cost, or beside orders that were paid, are no revenue in another currency."""
    placements = [placement("a", cost=20.0, currency="EUR"), placement("b", cost=20.0, currency="EUR")]
    orders = imported(
        "sign-ups",
        row("a", None, 1, day="2026-05-01", revenue=0.0, currency="RUB"),
        row("b", None, 1, day="2026-05-01", revenue=0.0, currency="RUB"),
        row("b", None, 1, day="2026-05-01", revenue=40.0, currency="EUR"),
        kind="sale",
    )
    (section,) = told(placements, imported("ga4", row("a", 10), row("b", 10)), orders)
    by = {line.label: line for line in section.lines}
    assert [(one.revenue, one.currency, one.flags) for one in (by["vk:a"], by["vk:b"])] == [
        (0.0, "EUR", ()),
        (40.0, "EUR", ()),
    ]


def test_typed_costs_stand_where_the_ledger_has_none(placement, imported, row):
    """The two are added up over a line's placements; where both know one, the ledger's counts and that is said."""
    placements = [placement("a", cost=20.0, currency="EUR"), placement("b")]
    typed = imported(
        "sheet", row("a", 10, cost=25.0, currency="EUR"), row("b", 10, cost=30.0, currency="EUR"), kind="conversion"
    )
    (section,) = told(placements, typed)
    by = {line.label: line for line in section.lines}
    assert (by["vk:a"].cost, by["vk:b"].cost) == (20.0, 30.0)
    assert described(by["vk:a"].flags) == ("the cost in the ledger counts, not 25.00 EUR in a sheet",)
    (section,) = told(placements, typed, by="platform")
    assert section.lines[0].cost == 50.0


def test_columns_without_room_are_told(placement, imported, row, capsys):
    """On 80 cells counts and rates go before money; who paid is told that there is more."""
    placements = [placement("a", name="A name of more than twenty letters", cost=20.0, currency="EUR"), placement("b")]
    imports = [imported("m", row("a", 200, 4), row("b", 50, 1), kind="conversion"),
               imported("sheet", row("a", 5000), unit="view")]  # fmt: skip
    sections = told(placements, *imports)
    assert show_conversion(sections, width=120) == []
    assert "per one" in capsys.readouterr().out
    assert show_conversion(sections, width=80) == ["views", "cost", "per one"]
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].startswith("place ")
    assert max(map(len, shown)) < 80
    assert show_conversion(told(placements, *imports, by="campaign"), by="campaign", width=80) == []
    assert capsys.readouterr().out.splitlines()[1].startswith("campaign ")


def test_one_line_alone_is_not_said_to_differ_by_chance(placement, imported, row):
    """A single campaign has nothing to be told apart from."""
    (section,) = told([placement("a")], imported("m", row("a", 20, 4), kind="conversion"), by="campaign")
    assert section.told_apart is None


def test_clicks_and_views_stand_beside(placement, imported, row):
    """A tool's clicks go before those that were typed; visits for a thousand views."""
    imports = [
        imported("ga4", row("a", 10)),
        imported("sheet", row("a", 70), unit="click"),
        imported("sheet", row("a", 4000), unit="view"),
        imported("short-links", row("a", 64)),
    ]
    (section,) = told([placement("a")], *imports)
    line = section.lines[0]
    assert (line.clicks, line.views, line.per_1000_views) == (64, 4000, 2.5)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("resource", {"vk:a", "vk:b"}), ("campaign", {"spring"}), ("platform", {"vk"}), ("variant", {"a", "b"}),
    ],
)  # fmt: skip
def test_lines_by(placement, imported, row, by, labels):
    """The same rows in other lines, and the same sum."""
    rows = [row("a", 10, 1), row("b", 5, 1), row(utm_content="a--b-1xxxx", visits=7, conversions=0)]
    placements = [placement("a"), placement("a", "b"), placement("b")]
    (section,) = told(placements, imported("m", *rows, kind="conversion"), by=by)
    assert {line.label for line in section.lines} == labels
    assert sum(line.denominator for line in section.lines) == 22


def test_a_campaign_alone_tells_the_campaign_and_no_place(placement, imported, row):
    """An export of campaigns only cannot say which of its places it was."""
    visits = imported("plausible", row(utm_campaign="Spring", visits=10))
    (section,) = told([placement("a")], visits, by="campaign")
    assert counts(section) == {"spring": (10, None)}
    (section,) = told([placement("a")], visits)
    assert counts(section)[OURS_NOT] == (10, None)


def test_without_a_ledger_the_tags_are_the_lines(imported, row):
    """By utm_content, else by source and campaign."""
    rows = [row("a", 10), row(utm_source="VK", utm_campaign="Spring", visits=5), row("", 3)]
    (section,) = told([], imported("ga4", *rows))
    assert counts(section) == {"a--a-1xxxx": (10, None), "vk / spring": (5, None), UNTAGGED: (3, None)}


def test_nothing_imported_is_no_section():
    """And no error."""
    assert told([]) == []


def test_only_one_kind(placement, imported, row):
    """What was not asked for is not shown."""
    imports = [imported("m", row("a", 10))]
    imports += [imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind=kind) for kind in ("signup", "sale")]
    assert [section.pair.kind for section in told([placement("a")], *imports, kind="sale")] == ["sale"]


tags = st.sampled_from(["a--a-1xxxx", "b--a-1xxxx", "A--A-1XXXX", "a--a-1xxx", "elsewhere", ""])
rows_of_files = st.lists(
    st.builds(
        lambda content, source, visits, share, rest: Result(
            import_id=1, utm_content=content, utm_source=source, denominator=visits,
            numerator=int(visits * share), rest=int(rest),
        ),
        tags, st.sampled_from(["vk", "", "google"]), st.integers(0, 500), st.floats(0, 1), st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(rows_of_files)
def test_any_file_adds_up(rows):
    """Whatever the links are, no visit and no conversion is lost, and every rate lies in its interval."""
    from outreach.campaign.ledger import Placement

    placements = [
        Placement(campaign="s", resource=f"vk:{place}", final_url="https://x.example", status="published",
                  utm_source="vk", utm_campaign="s", utm_content=f"{place}--a-1xxxx")
        for place in "ab"
    ]  # fmt: skip
    one = Import(id=1, sha256="1", tool="m", source_name="m", grain="period", unit="visit", kind="conversion")
    sections = conversion(Grouping(Attribution(placements)), [one], rows)
    lines = [line for section in sections for line in section.lines]
    assert sum(line.denominator or 0 for line in lines) == sum(row.denominator for row in rows)
    assert sum(line.conversions or 0 for line in lines) == sum(row.numerator for row in rows)
    for line in lines:
        if line.rate is not None:
            assert 0 <= line.low <= line.rate <= line.high <= 1


def test_a_price_that_was_only_asked_for_is_no_cost(placement, imported, row):
    """The second round was quoted, the third is a draft; only the first was paid."""
    rounds = [
        placement("a", turn=number, cost=cost, currency="EUR", status=status)
        for number, (status, cost) in enumerate((("published", 100.0), ("quoted", 500.0), ("drafted", 900.0)), start=1)
    ]
    one, rows = imported("ga4", row("a", 10))
    assert [line.cost for line in conversion(Grouping(Attribution(rounds)), [one], rows)[0].lines] == [100.0]
    assert [
        line.cost for line in conversion(Grouping(Attribution(rounds[1:2])), [one], rows)[0].lines if line.ours
    ] == [500.0]


def test_a_source_alone_is_somebodys_tag(placement, imported, row):
    """What a tool found out is untagged, assistants are a line of their own, a tagged source is nobody's post."""
    one = imported(
        "ga4",
        row(visits=600, utm_source="vk", utm_medium="social"),
        row(visits=50, utm_source="telegram"),
        row(visits=9, utm_source="chatgpt.com", utm_medium="referral"),
        row(visits=7, utm_source="google", utm_medium="organic"),
        row(visits=3, utm_source="t.me"),
        row(visits=400),
    )
    (section,) = conversion(Grouping(Attribution([placement()])), [one[0]], one[1])
    assert counts(section) == {
        "vk:a": (0, None),
        OURS_NOT: (650, None),
        ASSISTANTS: (9, None),
        UNTAGGED: (410, None),
    }
    (section,) = conversion(Grouping(Attribution([placement()]), "platform"), [one[0]], one[1])
    found = counts(section)
    assert (found["(not in the ledger: vk)"], found["(not in the ledger: telegram)"]) == ((600, None), (50, None))
    assert not any(line.ours for line in section.lines if line.label.startswith("("))


def test_no_price_of_one_while_a_cost_is_missing(placement, imported, row):
    """What some posts cost is no price of the events of all: it is the least, and how many have none is shown."""
    posts = [
        placement("a", cost=40.0, currency="EUR"), placement("b", deal="paid"), placement("c", deal="barter"),
        placement("d", status="drafted"),
    ]  # fmt: skip
    visits, rows = imported("access-log", row("a", 60, 6), row("b", 60, 6), kind="conversion")
    views, seen = imported("sheet", row("a", 4000), row("b", 500), unit="view")
    grouping = Grouping(Attribution(posts), "platform")
    section = conversion(grouping, [visits, views], [*rows, *seen], Choice("platform"))[0]
    line = section.lines[0]
    assert (line.cost, line.unpriced, line.cost_per_conversion, line.cost_per_1000_views) == (40.0, 1, None, None)
    assert "1 of 3 posts have no cost" in describe(line.flags[0])
    last = conclude([section])[-1]
    assert last.code == "conclusion-costs-missing"
    assert "1 post has no cost" in describe(last)
    table = overview([section])
    cells = report_sheet(table, [], "platform").rows[0].cells
    assert "40+" in cells
    assert cost_words(line) == "40+ EUR"
    typed, costs = imported("sheet", row("b", cost=10.0, currency="EUR"))
    line = conversion(grouping, [visits, typed], [*rows, *costs], Choice("platform"))[0].lines[0]
    assert (line.cost, line.unpriced, round(line.cost_per_conversion, 2)) == (50.0, 0, 4.17)
