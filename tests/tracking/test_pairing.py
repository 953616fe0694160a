"""What a rate divides by: one series of each kind, over days that both tell of, and never two that count the same."""

from __future__ import annotations

import pytest

from outreach.errors import InputError
from outreach.messages import describe
from outreach.tracking.pairing import pairs, series_of


def paired(*imports, **options):
    """Return for each section: unit, kind, denominators, numerators, outside."""
    series = series_of([one for one, _ in imports], [row for _, rows in imports for row in rows])
    found = pairs(series, lambda row: row.utm_content or None, **options)
    return [
        (
            pair.unit,
            pair.kind,
            None if pair.denominators is None else sum(row.denominator or 0 for row in pair.denominators),
            None if pair.numerators is None else sum(row.numerator or 0 for row in pair.numerators),
            pair.outside,
        )
        for pair in found
    ]


def test_one_export_with_both_counts_is_a_pair(imported, row):
    """Visits and visits with the goal are from the same table."""
    assert paired(imported("yandex-metrica", row("a", 10, 2), kind="conversion")) == [
        ("visit", "conversion", 10, 2, (0, 0))
    ]


def test_orders_are_divided_by_visits_of_their_days(imported, row):
    """An order of June is no success of the visits of May."""
    visits = imported("ga4", row("a", 10))
    orders = imported("sign-ups", row("a", None, 1, day="2026-05-02"), row("a", None, 1, day="2026-06-02"), kind="sale")
    assert paired(visits, orders) == [("session", "sale", 10, 1, (0, 1))]


def test_sign_ups_and_orders_are_two_numerators(imported, row):
    """A person who signed up is no buyer yet."""
    imports = [imported("ga4", row("a", 10))]
    imports += [imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind=kind) for kind in ("signup", "sale")]
    assert [section[:4] for section in paired(*imports)] == [("session", "signup", 10, 1), ("session", "sale", 10, 1)]


def test_units_are_never_added(imported, row):
    """Sessions and log visits of the same people are two sections."""
    imports = [imported("ga4", row("a", 10)), imported("access-log", row("a", 40, day="2026-05-02"))]
    imports.append(imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="signup"))
    assert [section[:4] for section in paired(*imports)] == [("session", "signup", 10, 1), ("visit", "signup", 40, 1)]


def test_two_tools_that_count_the_same_are_refused_with_the_choices(imported, row):
    """Metrica and Matomo both count visits; adding them would count people twice."""
    imports = [imported("yandex-metrica", row("a", 10)), imported("matomo", row("a", 12))]
    with pytest.raises(InputError, match="visits were counted by several sources: yandex-metrica and matomo") as told:
        paired(*imports)
    assert "--visits yandex-metrica" in told.value.hint
    assert paired(*imports, visits="matomo") == [("visit", "", 12, None, (0, 0))]
    with pytest.raises(InputError, match="--visits plausible: no such source was imported"):
        paired(*imports, visits="plausible")


def test_the_tool_that_knows_the_links_of_the_orders_is_taken(imported, row):
    """A counter of another site has visits, and none by these links."""
    imports = [imported("yandex-metrica", row("z", 1000)), imported("matomo", row("a", 12))]
    orders = imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="sale")
    assert paired(*imports, orders) == [("visit", "sale", 12, 1, (0, 0))]


def test_two_goals_of_a_tool_share_their_visits(imported, row):
    """The same report of two goals is two sections with the same denominators, not twice the visits."""
    imports = [
        imported("yandex-metrica", row("a", 10, 2), kind="conversion", goal="Order"),
        imported("yandex-metrica", row("a", 10, 5), kind="conversion", goal="Cart"),
        imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="sale"),
    ]
    assert [section[:4] for section in paired(*imports)] == [
        ("visit", "conversion", 10, 2), ("visit", "conversion", 10, 5), ("visit", "sale", 10, 1),
    ]  # fmt: skip


def test_the_same_goal_of_two_sources_is_refused(imported, row):
    """Two counters on one page see the same success."""
    imports = [
        imported("yandex-metrica", row("a", 10, 2), kind="conversion", source_name=name) for name in ("one", "two")
    ]
    with pytest.raises(InputError, match="conversions were counted by two sources"):
        paired(*imports)
    assert paired(*imports, conversions="yandex-metrica:two", visits="yandex-metrica:two")[0][:2] == (
        "visit", "conversion",
    )  # fmt: skip


def test_days_of_one_side_only_are_left_out_and_counted(imported, row):
    """Visits are of 1-3 May by day, the other tool's conversions of 2-3 May: the first stays outside."""
    visits = imported(
        "access-log", *(row("a", 10, day=f"2026-05-0{day}") for day in (1, 2, 3)), start="2026-05-01", end="2026-05-03"
    )
    orders = imported("sign-ups", row("a", None, 1, day="2026-05-03"), row("a", None, 1, day="2026-05-09"), kind="sale")
    assert paired(visits, orders) == [("visit", "sale", 30, 1, (0, 1))]


def test_events_without_a_day_count_and_are_said(imported, row):
    """A list without dates is taken as of these days, and the doubt is told."""
    visits, orders = imported("ga4", row("a", 10)), imported("sign-ups", row("a", None, 3), kind="signup")
    series = series_of([visits[0], orders[0]], [*visits[1], *orders[1]])
    (pair,) = pairs(series, lambda row: row.utm_content)
    assert sum(row.numerator for row in pair.numerators) == 3
    assert "3 of the conversions have no date" in describe(pair.doubts[0])


def test_clicks_divide_only_where_nothing_better_is_known(imported, row):
    """A click on a short link may be a robot's; a visit is better."""
    clicks = imported("short-links", row("a", 50))
    orders = imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="sale")
    assert paired(clicks, orders)[0][:3] == ("click", "sale", 50)
    assert paired(clicks, orders, imported("ga4", row("a", 10)))[0][:3] == ("session", "sale", 10)


def test_orders_without_any_visits_stand_alone(imported, row):
    """Counts are shown, and no rate is made up."""
    orders = imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="sale")
    assert paired(orders) == [("", "sale", None, 1, (0, 0))]


def test_conversions_typed_without_visits_are_divided_by_those_of_a_tool(imported, row):
    """A sheet with an empty column of visits has numerators and nothing to divide them by; they never vanish."""
    typed = imported("sheet", row("a", None, 3), kind="conversion")
    assert paired(typed) == [("", "conversion", None, 3, (0, 0))]
    assert paired(typed, imported("access-log", row("a", 40, day="2026-05-02"))) == [
        ("visit", "conversion", 40, 3, (0, 0))
    ]


def test_each_day_comes_from_one_import_of_a_tool(imported, row):
    """May with a goal and the same May without: the visits count once."""
    imports = [
        imported("yandex-metrica", row("a", 10)),
        imported("yandex-metrica", row("a", 10, 2), kind="conversion", goal="Order"),
        imported("yandex-metrica", row("a", 7), start="2026-06-01", end="2026-06-30"),
        imported("sign-ups", row("a", None, 1, day="2026-06-02"), kind="sale"),
    ]
    assert ("visit", "sale", 17, 1, (0, 0)) in paired(*imports)


def test_days_that_only_one_goal_tells_of_are_not_lost(imported, row):
    """Half of May with one goal, from the middle of May on with another: days are taken one by one."""
    days = [row("a", 1, 0, day=f"2026-05-{day:02}") for day in range(1, 21)]
    later = [row("a", 1, 0, day=f"2026-05-{day:02}") for day in range(15, 32)]
    imports = [
        imported("matomo", *days, kind="conversion", goal="One", end="2026-05-20"),
        imported("matomo", *later, kind="conversion", goal="Two", start="2026-05-15", end="2026-06-30"),
        imported("sign-ups", row("a", None, 1, day="2026-05-02"), kind="signup"),
    ]
    assert ("visit", "signup", 31, 1, (0, 0)) in paired(*imports)


def test_a_list_that_ends_before_the_visits_is_said(imported, row):
    """Nobody signed up for half a month, or the list was exported in the middle of it."""
    visits = imported("ga4", row("a", 10))
    for last, said in ((15, True), (28, False)):
        days = [row("a", None, 1, day=f"2026-05-{day:02}") for day in (2, 5, 6, 11, last)]
        events = imported("sign-ups", *days, kind="signup")
        series = series_of([visits[0], events[0]], [*visits[1], *events[1]])
        (pair,) = pairs(series, lambda row: row.utm_content or None)
        assert any("visits go on for 16 days" in text for text in map(describe, pair.doubts)) == said
