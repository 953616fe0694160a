"""The rows of a report of many events, which are made while they are asked for and never stand in memory together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, overload

from outreach.campaign.ledger.imports import Result
from outreach.campaign.ledger.refunds import refund_of
from outreach.campaign.ledger.stages import booking_of
from outreach.tracking.base import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outreach.campaign.ledger.imports import Link
    from outreach.tracking.base import Period, Tags

__all__ = ["EventRows", "assumed_currency", "event_id_of", "has_ids", "has_stages"]


class EventRows(Sequence[Row]):
    """Rows of events, each with an id.

    Args:
        count: How many there are.
        batches: Gives all of them in order, some at a time, as often as it is called.
        total: What their counts add up to.
        period: From the first day to the last.
        staged: Whether some have a stage.
        bare: Whether some have a sum without a currency.
        assumed: The currency that these have all the same, as the user says.

    """

    def __init__(
        self,
        count: int,
        batches: Callable[[], Iterable[Sequence[Row]]],
        total: int,
        period: Period | None,
        *,
        staged: bool = False,
        bare: bool = False,
        assumed: str = "",
    ) -> None:
        self.total: Final = total
        self.period: Final = period
        self.staged: Final = staged
        self.assumed: Final = assumed
        self._count: Final = count
        self._batches: Final = batches
        self._bare: Final = bare

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for some in self._batches():
            yield from map(self._with_assumed, some) if self.assumed else some

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return tuple(self)[place]

    def with_currency(self, currency: str) -> EventRows:
        """Return the rows in which sums without a currency have this one."""
        return EventRows(
            self._count,
            self._batches,
            self.total,
            self.period,
            staged=self.staged,
            bare=self._bare,
            assumed=currency if self._bare else "",
        )

    def _with_assumed(self, one: Row) -> Row:
        """Return a row that has the currency that the user said, where it has a sum and none of its own."""
        bare = not one.currency and (one.revenue is not None or one.expected is not None)
        return one._replace(currency=self.assumed, assumed=True) if bare else one

    def results(self, link: Callable[[Tags], Result]) -> Iterator[Result]:
        """Yield the rows as the ledger keeps them.

        Args:
            link: Returns what the ledger keeps of a link.

        """
        links: dict[int, tuple[Tags, Link]] = {}
        iso = cache(lambda day: day.isoformat() if day else None)
        for tags, day, _, numerator, revenue, currency, _, number, _, order, person, stage, expected, assumed in self:
            known = links.get(id(tags))
            if known is None:
                known = links[id(tags)] = (tags, link(tags).link)  # held, so that no other has its id
            event = event_id_of(number, person, order) if person or order else number
            sums = (revenue if expected is None else expected, None, currency)
            yield Result(None, iso(day), *known[1], None, numerator, *sums, event, stage, int(assumed))


def event_id_of(number: str, person: str, order: str) -> str:
    """Return the number of an event in the ledger.

    Args:
        number: Its own.
        person: Whose booking it is, empty where it is none.
        order: What money was paid back for, likewise.

    """
    if person:
        return booking_of(person, number)
    return refund_of(order, number) if order else number


def has_ids(rows: Sequence[Row]) -> bool:
    """Tell whether any row is of a person or an order."""
    return len(rows) > 0 if isinstance(rows, EventRows) else any(row.id for row in rows)


def has_stages(rows: Sequence[Row]) -> bool:
    """Tell whether any row has a stage."""
    return rows.staged if isinstance(rows, EventRows) else any(row.stage for row in rows)


def assumed_currency(rows: Sequence[Row]) -> str:
    """Return the currency that the user said of sums without one, empty where there are none."""
    if isinstance(rows, EventRows):
        return rows.assumed
    return next((row.currency for row in rows if row.assumed), "")
