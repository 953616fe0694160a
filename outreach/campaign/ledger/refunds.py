"""Money paid back: rows of their own, so that the same one told twice counts once; sums take it off its order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from outreach.campaign.ledger.imports import Result

    Series = tuple[str, str, str, str, str]

__all__ = ["MARK", "order_of", "refund_of", "taken_off"]

MARK: Final = "/"
"""Stands in the number of an event between that of the order and that of the money paid back."""


def refund_of(order: str, refund: str) -> str:
    """Return the number of the event that money for an order was paid back.

    Example:
        >>> refund_of("7f", "a0"), order_of("7f/a0"), order_of("7f")
        ('7f/a0', '7f', '')

    """
    return f"{order}{MARK}{refund}"


def order_of(event_id: str) -> str:
    """Return the number of the order that an event pays money back for; empty for any other event."""
    order, mark, _ = event_id.partition(MARK)
    return order if mark else ""


def taken_off(
    sums: Iterable[Result], orders: Iterable[Result], refunds: Iterable[Result], series: Callable[[Result], Series]
) -> Iterator[Result]:
    """Yield sums with what was paid back taken off their orders, on the orders' days and links.

    An order whose money went back altogether does not count any more, and never brings less than nothing. What was paid
    back of an order that nobody told stands for itself.

    Args:
        sums: By import, day, link and currency, without the refunds.
        orders: Those that refunds are of, one by one.
        refunds: One by one.
        series: Of a row: what is a refund of an order in the same series alone.

    """
    left: dict[tuple[object, ...], Result] = {_where(one): one for one in sums}
    back: dict[tuple[Series, str, str], list[Result]] = defaultdict(list)
    for refund in refunds:
        back[series(refund), order_of(refund.event_id), refund.currency].append(refund)
    for order in orders:
        paid_back = back.pop((series(order), order.event_id, order.currency), ())
        where = _where(order)
        if paid_back and order.revenue is not None:
            left[where] = _less(left[where], order, paid_back)
    for several in back.values():
        for refund in several:
            alone = refund._replace(event_id="", numerator=0)
            there = left.get(_where(alone))
            left[_where(alone)] = alone if there is None else _and(there, alone)
    yield from left.values()


def _where(row: Result) -> tuple[object, ...]:
    return (row.import_id, row.day, row.link, row.currency)


def _less(sum_: Result, order: Result, refunds: Sequence[Result]) -> Result:
    """Return a sum with an order in it after its refunds."""
    before = order.revenue or 0.0
    after = max(0.0, round(before + sum(one.revenue or 0.0 for one in refunds), 6))
    gone = (order.numerator or 0) if before > 0 and after == 0 else 0
    revenue = round((sum_.revenue or 0.0) - before + after, 6)
    return sum_._replace(revenue=revenue, numerator=(sum_.numerator or 0) - gone)


def _and(one: Result, other: Result) -> Result:
    return one._replace(revenue=round((one.revenue or 0.0) + (other.revenue or 0.0), 6))
