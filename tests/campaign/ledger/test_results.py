"""Imports of analytics exports: twice changes nothing, what overlaps in part is refused, orders are corrected."""

from __future__ import annotations

import pytest

from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.refunds import refund_of
from outreach.campaign.ledger.results import Results
from outreach.errors import InputError


@pytest.fixture
def results(ledger):
    return Results(ledger.database)


def visits(start="2026-05-01", end="2026-05-31", **values):
    """Return an import of visits."""
    values = {"sha256": "1", "tool": "ga4", "source_name": "shop", "grain": "period", "unit": "session", **values}
    return Import(period_start=start, period_end=end, **values)


def row(content="a", count=5, **values):
    return Result(utm_content=content, denominator=count, **values)


def orders(sha256="1", **values):
    return Import(sha256=sha256, tool="sign-ups", source_name="orders", grain="event", kind="sale", **values)


def order(number, day="2026-05-02", **values):
    return Result(event_id=number, day=day, **{"numerator": 1, "revenue": 20.0, "currency": "EUR", **values})


def counted(results):
    """Return what the ledger says: (content, day, denominator, numerator, revenue)."""
    return [(one.utm_content, one.day, one.denominator, one.numerator, one.revenue) for one in results.sums()]


def test_the_same_import_again_changes_nothing(results):
    """The same bytes under the same assumptions are left alone."""
    assert results.put(visits(), [row()]).change == "added"
    assert results.put(visits(), [row()]).change == "as before"
    assert counted(results) == [("a", None, 5, None, None)]
    assert len(results.imports()) == 1


def test_an_identical_period_replaces(results):
    """A later export of the same days is the better one."""
    results.put(visits(), [row()])
    assert results.put(visits(sha256="2"), [row(count=7), row("b", 1)]).gone == 1
    assert counted(results) == [("a", None, 7, None, None), ("b", None, 1, None, None)]


def test_a_partial_overlap_is_refused_and_keeps_everything(results):
    """Two exports that share days would count those twice."""
    results.put(visits(), [row()])
    with pytest.raises(InputError, match=r"partly overlaps an import of shop \(sessions, 2026-05-01 to 2026-05-31\)"):
        results.put(visits("2026-05-20", "2026-06-20", sha256="2"), [row(count=9)])
    assert counted(results) == [("a", None, 5, None, None)]
    results.put(visits("2026-05-20", "2026-06-20", sha256="2"), [row(count=9)], again=True)
    assert counted(results) == [("a", None, 9, None, None)]


def test_other_series_do_not_meet(results):
    """Another source, another unit or another goal counts something else."""
    results.put(visits(), [row()])
    results.put(visits(source_name="blog"), [row()])
    results.put(visits(unit="visitor"), [row()])
    results.put(visits(goal="Signup", kind="conversion"), [row()])
    assert len(results.imports()) == 4


def test_a_period_that_nobody_told_replaces_itself_and_meets_all_others(results):
    """Without a period nothing shows that two exports are of different days."""
    results.put(visits(None, None), [row()])
    assert results.put(visits(None, None, sha256="2"), [row(count=6)]).gone == 1
    with pytest.raises(InputError, match="are unknown, so they may count the same"):
        results.put(visits(sha256="3"), [row()])


def test_the_same_file_may_be_told_its_period_later(results):
    """The remark asks for --period; who follows it is not refused."""
    results.put(visits(None, None), [row()])
    assert results.put(visits(), [row()]).change == "replaced"
    assert [one.period_start for one in results.imports()] == ["2026-05-01"]


def test_days_replace_days(results):
    """Of days that come again the later rows count; the other days stay."""
    first = [row(day="2026-05-01"), row(day="2026-05-02")]
    results.put(visits("2026-05-01", "2026-05-02", grain="day"), first)
    later = visits("2026-05-02", "2026-05-03", grain="day", sha256="2")
    assert results.put(later, [row(day="2026-05-02", count=8), row(day="2026-05-03", count=1)]).gone == 1
    assert [(day, count) for _, day, count, _, _ in counted(results)] == [
        ("2026-05-01", 5), ("2026-05-02", 8), ("2026-05-03", 1),
    ]  # fmt: skip
    assert results.put(visits("2026-05-01", "2026-05-02", grain="day"), first).change == "replaced"


def test_no_two_imports_of_a_series_speak_of_one_day(results):
    """A month of which a week was exported again is what was before that week, the week, and what came after it."""
    month = [row(day=f"2026-05-{day:02}") for day in (5, 15, 25)]
    results.put(visits(grain="day"), month)
    week = visits("2026-05-12", "2026-05-18", grain="day", sha256="2")
    assert results.put(week, [row(day="2026-05-15", count=8)]).gone == 1
    assert sorted((one.period_start, one.period_end) for one in results.imports()) == [
        ("2026-05-01", "2026-05-11"), ("2026-05-12", "2026-05-18"), ("2026-05-19", "2026-05-31"),
    ]  # fmt: skip
    assert sorted((day, count) for _, day, count, _, _ in counted(results)) == [
        ("2026-05-05", 5), ("2026-05-15", 8), ("2026-05-25", 5),
    ]  # fmt: skip
    results.put(visits("2026-05-06", "2026-05-07", grain="day", sha256="3"), [row(day="2026-05-06")])
    assert ("2026-05-08", "2026-05-11") in [
        (one.period_start, one.period_end) for one in results.imports()
    ]  # nobody came
    assert results.put(visits(grain="day"), month).change == "replaced"
    assert len(counted(results)) == 3


def test_files_of_one_call_never_replace_each_other(results):
    """Two sheets without days: which of them counts is not for their order to say."""
    first, second = visits(None, None), visits(None, None, sha256="2")
    with pytest.raises(InputError, match="two of these files count that"):
        results.put_all([(first, [row()]), (second, [row("b")])], again=True)
    assert counted(results) == []
    assert [one.change for one in results.put_all([(first, [row()]), (first, [row()])])] == ["added", "as before"]


def test_forgotten_orders_come_back_with_the_next_file_that_has_them(results):
    """The second file told them too, though they stood in the first one's import."""
    results.put(orders(), [order("1")])
    results.put(orders("2"), [order("1"), order("2")])
    results.forget(results.imports()[0].id)
    results.put(orders("2"), [order("1"), order("2")])
    assert sum(one.numerator or 0 for one in results.sums()) == 2


def test_a_day_without_visits_takes_older_ones_away(results):
    """The period of an export says which days it speaks of, also where it has no row."""
    results.put(visits("2026-05-01", "2026-05-01", grain="day"), [row(day="2026-05-01")])
    results.put(visits("2026-05-01", "2026-05-02", grain="day", sha256="2"), [row(day="2026-05-02")])
    assert [day for _, day, *_ in counted(results)] == ["2026-05-02"]


def test_a_log_day_is_not_replaced_unasked(results):
    """A log that was cut by its rotation may hold half of a day."""
    log = {"tool": "access-log", "unit": "visit", "grain": "day"}
    results.put(visits("2026-05-01", "2026-05-02", **log), [row(day="2026-05-01"), row(day="2026-05-02")])
    more = visits("2026-05-02", "2026-05-03", sha256="2", **log)
    with pytest.raises(InputError, match="has days that were imported before: 2026-05-02"):
        results.put(more, [row(day="2026-05-02", count=1)])
    assert results.put(more, [row(day="2026-05-02", count=1)], again=True).gone == 1


def test_an_order_counts_once_and_a_later_file_corrects_it(results):
    """The link of the first import stays, the sum of the last one counts."""
    results.put(orders(), [order("1", utm_content="a"), order("2", utm_content="a")])
    kept = results.put(orders("2"), [order("1", "2026-05-09", utm_content="b", numerator=0, revenue=0.0), order("3")])
    assert (kept.rows, kept.again) == (1, 1)
    assert counted(results) == [("a", "2026-05-02", None, 1, 20.0), ("", "2026-05-02", None, 1, 20.0)]


def refund(number, what, revenue, day="2026-06-09", **values):
    return order(refund_of(number, what), day, revenue=revenue, numerator=0, **values)


def test_money_paid_back_goes_off_the_order(results):
    """On the order's day and by its link; one of which all was paid back does not count."""
    results.put(orders(), [order("1", utm_content="a"), order("2", utm_content="a")])
    results.put(orders("2"), [refund("1", "x", -5.0), refund("2", "y", -20.0)])
    assert counted(results) == [("a", "2026-05-02", None, 1, 15.0)]


def test_the_same_refund_in_two_files_is_taken_off_once(results):
    """Lists of two months overlap; another refund of the same order is another one."""
    results.put(orders(), [order("1")])
    results.put(orders("2"), [refund("1", "x", -5.0)])
    kept = results.put(orders("3"), [refund("1", "x", -5.0), refund("1", "y", -5.0, "2026-07-01")])
    assert (kept.rows, kept.again) == (1, 1)
    assert counted(results) == [("", "2026-05-02", None, 1, 10.0)]


def test_a_refund_outlives_the_next_list_of_orders(results):
    """A shop lists every order each month, and knows nothing of what the payment service paid back."""
    results.put(orders(), [order("1")])
    results.put(orders("2"), [refund("1", "x", -5.0)])
    results.put(orders("3"), [order("1"), order("2")])
    assert counted(results) == [("", "2026-05-02", None, 1, 15.0), ("", "2026-05-02", None, 1, 20.0)]


def test_more_than_all_is_nothing(results):
    """Postage came back too; an order that does not count anyway stays at nothing."""
    results.put(orders(), [order("1"), order("2", revenue=0.0, numerator=0)])
    results.put(orders("2"), [refund("1", "x", -25.0), refund("2", "y", -20.0)])
    assert counted(results) == [("", "2026-05-02", None, 0, 0.0)]


def test_a_refund_is_of_the_same_list_and_currency(results):
    """Two shops may give their orders the same numbers; currencies are never added."""
    results.put(orders(), [order("1")])
    results.put(orders("2", goal="other shop"), [refund("1", "x", -5.0)])
    results.put(orders("3"), [refund("1", "y", -5.0, currency="USD")])
    assert sorted((one.revenue, one.currency) for one in results.sums()) == [
        (-5.0, "EUR"),
        (-5.0, "USD"),
        (20.0, "EUR"),
    ]


def test_a_refund_that_is_forgotten_counts_no_more(results):
    results.put(orders(), [order("1")])
    results.put(orders("2"), [refund("1", "x", -20.0)])
    assert [one.numerator for one in results.sums()] == [0]
    results.forget(results.imports()[1].id)
    assert counted(results) == [("", "2026-05-02", None, 1, 20.0)]


def test_a_link_that_was_not_found_before_is_taken(results):
    """The same list again, now with its columns named: whoever was untagged that day has a link."""
    results.put(orders(), [order("1")])
    results.put(orders("2"), [order("1", utm_content="a")])
    results.put(orders("3"), [order("1", utm_content="b")])
    assert counted_by_content(results) == {"a": 1}


@pytest.mark.parametrize(("paid_back", "left"), [(-5.0, (1, 15.0)), (-20.0, (0, 0.0))])
def test_a_refund_and_its_order_come_in_any_order(results, paid_back, left):
    """A payment service lists it as a row of its own, in another month; the same file twice does nothing."""
    files = [(orders(), [order("1")]), (orders("2"), [refund("1", "x", paid_back)])]
    for order_of_files in (files, files[::-1]):
        for told, rows in (*order_of_files, *order_of_files):
            results.put(told, rows)
        assert [(one.numerator, one.revenue) for one in results.sums()] == [left]
        for one in results.imports():
            results.forget(one.id)


def counted_by_content(results):
    return {one.utm_content: one.numerator for one in results.sums()}


def test_an_earlier_import_of_a_person_gives_the_link(results):
    """Files come in any order; whoever signed up twice came by the first link."""
    results.put(orders(), [order("1", "2026-05-09", utm_content="late")])
    results.put(orders("2"), [order("1", "2026-05-02", utm_content="early")])
    assert counted_by_content(results) == {"early": 1}


def test_forgetting_takes_the_rows_along(results):
    """An import that was a mistake goes whole."""
    results.put(visits(), [row()])
    assert results.forget(results.imports()[0].id).source_name == "shop"
    assert results.forget(99) is None
    assert counted(results) == []
    assert results.imports() == []
