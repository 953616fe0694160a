"""Bookings and deals: how far each person came, and what that counts as."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.imports import LINK_FIELDS, Import, Result
from outreach.campaign.ledger.stages import person_of
from outreach.tracking.base import STEP, STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["REACHED", "counted_steps", "enquiries_only", "farthest", "kinds_of", "people_by_kind"]

ENQUIRED: Final = ("enquiry",)
BOOKED: Final = (*ENQUIRED, "booked")
CAME: Final = (*BOOKED, "came")

REACHED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "paid": (*CAME, "paid"),
        "came": CAME,
        "booked": BOOKED,
        "no_show": (*BOOKED, "no-show"),
        "enquiry": ENQUIRED,
        "unpaid": ENQUIRED,
        "cancelled": (*ENQUIRED, "cancelled"),
        "refunded": (*ENQUIRED, "cancelled"),
    }
)
"""What a stage counts as, the farthest first; any other (unknown, a test, a payout) counts as nothing."""

SHOWN_WITH: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "booked": frozenset({"booked", "no_show", "came"}),
        "came": frozenset({"came", "no_show"}),
        "paid": frozenset({"paid"}),
        "no-show": frozenset({"no_show"}),
        "cancelled": frozenset({"cancelled", "refunded"}),
    }
)
"""Which stages show that a table tells of a kind; of enquiries every one does."""


def farthest(codes: Collection[str]) -> str:
    """Return the stage that counts of several of one person; of those that count as nothing the first by name.

    Example:
        >>> farthest(["cancelled", "came", "booked"]), farthest(["unknown"])
        ('came', 'unknown')

    """
    return next((code for code in REACHED if code in codes), min(codes))


def kinds_of(codes: Collection[str]) -> tuple[str, ...]:
    """Return the kinds that a table with these stages tells of.

    Example:
        >>> kinds_of({"enquiry", "came", "cancelled"})
        ('enquiry', 'cancelled', 'booked', 'came')

    """
    return tuple(kind for kind in STEPS if kind == "enquiry" or not SHOWN_WITH[kind].isdisjoint(codes))


def people_by_kind(bookings: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many people count as each kind.

    Args:
        bookings: Person and stage of each.

    Example:
        >>> people_by_kind([("a", "no_show"), ("a", "came"), ("b", "cancelled")])
        {'enquiry': 2, 'cancelled': 1, 'booked': 1, 'no-show': 0, 'came': 1}

    """
    stages: dict[str, set[str]] = defaultdict(set)
    for person, code in bookings:
        stages[person].add(code)
    codes = [farthest(some) for some in stages.values()]
    return {
        kind: sum(kind in REACHED.get(code, ()) for code in codes) for kind in kinds_of(set().union(*stages.values()))
    }


def counted_steps(imports: Sequence[Import], rows: Sequence[Result]) -> tuple[Sequence[Import], Sequence[Result]]:
    """Return imports and rows in which bookings are counts of the kinds of :data:`STEPS`.

    A person counts once in each kind, on the day and with the link of the first booking that has one; what all bookings
    at the farthest stage brought is the person's.

    Args:
        imports: Of the ledger.
        rows: Of these, with bookings one by one.

    """
    tables = {one.id: one for one in imports if one.kind == STEP}
    if not tables:
        return imports, rows
    bookings: dict[tuple[str, ...], list[Result]] = defaultdict(list)
    for row in rows:
        if row.import_id in tables:
            bookings[tables[row.import_id].series].append(row)
    made: list[Import] = []
    counts: list[Result] = []
    number = max(one.id or 0 for one in imports)
    for series, some in bookings.items():
        people = _people(some)
        for kind in kinds_of({row.stage for row in some}):
            own = {}
            for one in tables.values():
                if one.series == series:
                    number += 1
                    own[one.id] = number
                    made.append(replace(one, id=number, kind=kind))
            counts += [row._replace(import_id=own[row.import_id]) for row in _counts(people, kind)]
    others = [one for one in imports if one.id not in tables]
    return [*others, *made], [*(row for row in rows if row.import_id not in tables), *counts]


def enquiries_only(imports: Sequence[Import], rows: Sequence[Result]) -> tuple[Sequence[Import], Sequence[Result]]:
    """Return imports and rows of which a person is in no more than one: for lists of links, which add all kinds."""
    further = {one.id for one in imports if one.kind in STEPS and one.kind != "enquiry"}
    return [one for one in imports if one.id not in further], [row for row in rows if row.import_id not in further]


@dataclass(frozen=True, slots=True)
class _Person:
    """One person of a table of bookings.

    Args:
        stage: The farthest.
        first: The first booking with a link, else the first.
        at_stage: The bookings at that stage.

    """

    stage: str
    first: Result
    at_stage: tuple[Result, ...]

    @property
    def link(self) -> tuple[object, ...]:
        """Where and on what day the person is counted."""
        return (self.first.import_id, self.first.day, *self.first.link)

    @property
    def sums(self) -> dict[str, float]:
        """What the bookings at the farthest stage brought, by currency."""
        found: dict[str, float] = defaultdict(float)
        for row in self.at_stage:
            if row.revenue is not None:
                found[row.currency] += row.revenue
        return found


def _people(bookings: Iterable[Result]) -> list[_Person]:
    of_person: dict[str, list[Result]] = defaultdict(list)
    for row in sorted(bookings, key=lambda row: (row.day or "9999", row.event_id)):
        of_person[person_of(row.event_id)].append(row)
    found = []
    for some in of_person.values():
        stage = farthest([row.stage for row in some])
        first = next((row for row in some if any(row.link)), some[0])
        found.append(_Person(stage, first, tuple(row for row in some if row.stage == stage)))
    return found


def _counts(people: Sequence[_Person], kind: str) -> list[Result]:
    """Return how many people count as a kind, by import, day, link and currency.

    The money is that of who paid; of a table without payments, of who came.
    """
    brings = "paid" if any(one.stage == "paid" for one in people) else "came"
    counts: dict[tuple[object, ...], int] = defaultdict(int)
    money: dict[tuple[object, ...], float] = {}
    for one in people:
        sums = one.sums if kind == brings == one.stage else {}
        counts[*one.link, min(sums, default="")] += kind in REACHED.get(one.stage, ())
        for currency, amount in sums.items():
            counts[*one.link, currency] += 0
            money[*one.link, currency] = round(money.get((*one.link, currency), 0.0) + amount, 6)
    names = ("import_id", "day", *LINK_FIELDS, "currency")
    return [
        Result(**dict(zip(names, key, strict=True)), numerator=count, revenue=money.get(key))  # type: ignore[arg-type]  # as named
        for key, count in counts.items()
    ]
