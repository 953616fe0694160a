"""What of a ledger belongs to some days, like a month: results by their own days, costs by the day of the post."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach.tracking.grouping import tags_of_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.tracking.attribution import Attribution
    from outreach.tracking.base import Period

__all__ = ["Cut", "costs_of", "cut", "posts_of"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What was counted on some days.

    Args:
        imports: With results of these days, their own days cut to them.
        rows: Of these imports.
        uncut: Imports that may have results of these days, but do not tell which: they are left out as a whole.

    """

    imports: tuple[Import, ...]
    rows: tuple[Result, ...]
    uncut: tuple[Import, ...]


def cut(imports: Iterable[Import], rows: Iterable[Result], days: Period) -> Cut:
    """Return the imports and rows of some days.

    Rows with a day are taken by it. Rows without one are taken where the whole import is of these days; where only a
    part of it is, or its days are not known, nothing can tell what belongs to them: those rows are left out, and the
    import is among the uncut.

    Args:
        imports: Of the ledger, with bookings as counts already.
        rows: Of these imports.
        days: First and last day, both included.

    """
    by_import: dict[int | None, list[Result]] = {}
    for row in rows:
        by_import.setdefault(row.import_id, []).append(row)
    kept, taken, uncut = [], [], []
    for one in imports:
        some = by_import.get(one.id, [])
        known = bool(one.period_start and one.period_end)
        whole = known and _within(one, days)
        dated = [row for row in some if row.day and _is_in(row.day, days)]
        undated = [row for row in some if not row.day]
        if undated and not whole and (not known or _overlaps(one, days)):
            uncut.append(one)
        mine = [*dated, *(undated if whole else ())]
        if mine or _tells_of(one, some, days):
            kept.append(_shortened(one, days))
            taken += mine
    return Cut(tuple(kept), tuple(taken), tuple(uncut))


def posts_of(placements: Iterable[Placement], days: Period) -> list[Placement]:
    """Return placements as they stood at the end of some days, with a cost only where the post went out on them.

    A post of later days is not out yet; one of earlier days, or whose day nobody knows, goes on bringing people and
    costs nothing more.
    """
    found = []
    for one in placements:
        day = (one.published_at or "")[:10]
        if day and day > days.end.isoformat():
            found.append(replace(one, status="drafted", cost=None))
        elif day and _is_in(day, days):
            found.append(one)
        else:
            found.append(replace(one, cost=None, deal="barter"))  # no cost is missing of it
    return found


def costs_of(rows: Iterable[Result], attribution: Attribution, days: Period) -> list[Result]:
    """Return rows without the costs that a person typed for posts that are known to be of other days."""
    return [
        row._replace(cost=None) if row.cost is not None and _of_other_days(row, attribution, days) else row
        for row in rows
    ]


def _of_other_days(row: Result, attribution: Attribution, days: Period) -> bool:
    published = [one.published_at[:10] for one in attribution.match(tags_of_row(row)).placements if one.published_at]
    return bool(published) and not any(_is_in(day, days) for day in published)


def _is_in(day: str, days: Period) -> bool:
    return days.start.isoformat() <= day[:10] <= days.end.isoformat()


def _within(one: Import, days: Period) -> bool:
    return days.start.isoformat() <= (one.period_start or "") and (one.period_end or "") <= days.end.isoformat()


def _overlaps(one: Import, days: Period) -> bool:
    return (one.period_start or "") <= days.end.isoformat() and days.start.isoformat() <= (one.period_end or "")


def _tells_of(one: Import, rows: Sequence[Result], days: Period) -> bool:
    """Tell whether an import without a row of these days still says that nobody came on them."""
    if one.grain == "period":
        return False
    if one.period_start and one.period_end:
        return _overlaps(one, days)
    told = sorted(row.day for row in rows if row.day)
    return bool(told) and told[0][:10] <= days.end.isoformat() and days.start.isoformat() <= told[-1][:10]


def _shortened(one: Import, days: Period) -> Import:
    """Return an import whose period is the part of it within these days."""
    if not (one.period_start and one.period_end):
        return one
    start = max(one.period_start, days.start.isoformat())
    return replace(one, period_start=start, period_end=min(one.period_end, days.end.isoformat()))
