"""The rows of a report of many events, which are made while they are asked for and never stand in memory together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from outreach.store.refunds import refund_of
from outreach.tracking.base import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from outreach.store.imports import Values
    from outreach.tracking.base import Period, Tags

__all__ = ["EventCells", "EventRows"]


class EventCells(NamedTuple):
    """What there is to say of one event; the fields of a row that events have."""

    tags: Tags
    day: date | None
    numerator: int
    revenue: float | None
    currency: str
    id: str
    line: int
    refund_of: str = ""


class EventRows(Sequence[Row]):
    """Rows of events, each with an id.

    Args:
        count: How many there are.
        batches: Gives all of them in order, some at a time, as often as it is called.
        total: What their counts add up to.
        period: From the first day to the last.

    """

    def __init__(
        self, count: int, batches: Callable[[], Iterable[Sequence[EventCells]]], total: int, period: Period | None
    ) -> None:
        self.total: Final = total
        self.period: Final = period
        self._count: Final = count
        self._batches: Final = batches

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for some in self._batches():
            for tags, day, numerator, revenue, currency, number, line, order in some:
                yield Row(tags, day, None, numerator, revenue, currency, None, number, line, order)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return tuple(self)[place]

    def values(self, link: Callable[[Tags], Sequence[str | int]]) -> Iterator[Values]:
        """Yield the rows as the ledger keeps them.

        Args:
            link: Returns the values of the ledger's fields of a link.

        """
        links: dict[int, tuple[Tags, tuple[str | int, ...]]] = {}
        iso = cache(lambda day: day.isoformat() if day else None)
        for some in self._batches():
            for tags, day, numerator, revenue, currency, number, _, order in some:
                known = links.get(id(tags))
                if known is None:
                    known = links[id(tags)] = (tags, tuple(link(tags)))  # held, so that no other has its id
                event = refund_of(order, number) if order else number
                yield (None, iso(day), *known[1], None, numerator, revenue, None, currency, event)
