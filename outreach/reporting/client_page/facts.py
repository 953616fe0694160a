"""What a page knows, before any of it is put into words: results of the month, the month before, posts, the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.reporting.client_page.options import month_before
from outreach.reporting.client_page.totals import Totals, totals
from outreach.reporting.measured import beside_ranking
from outreach.reporting.plan_places import Known
from outreach.tracking.lines import Choice as Counts
from outreach.tracking.report import report
from outreach.tracking.tried import OUT, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.ranking.shared import SharedMap
    from outreach.reporting.client_page.options import PageOptions, Sources
    from outreach.reporting.planning import Plan
    from outreach.tables import Table
    from outreach.tracking.base import Period
    from outreach.tracking.report import ConversionReport

__all__ = ["Facts", "facts"]

NOTHING: Final = Totals()
MOST_MONTHS: Final = 6
MOST_ON_MAP: Final = 150
CURVE: Final = 10
"""Places of the coverage curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the page says, as data; None and empty where it is not known.

    Args:
        report: Results of the month, or of the whole campaign.
        totals: What they add up to.
        before: Of the month before, where a month was chosen.
        months: First day and sums of the months up to it, the earliest first.
        posts: That went out in the month, the earliest first.
        undated: Posts that went out, nobody knows when.
        events: What happened, for what is owed.
        ranking: ``tables.RANKING`` or ``tables.MEASURED``.
        customers: Whose lists were read.
        plan: Where next.
        curve: Rows of ``tables.PLAN`` for the coverage curve.
        shared: Places tied by shared customers.
        owners: Names by the key of the place, where they are asked for.

    """

    report: ConversionReport | None = None
    totals: Totals = NOTHING
    before: Totals | None = None
    months: Sequence[tuple[Any, Totals]] = ()
    posts: Sequence[Placement] = ()
    undated: Sequence[Placement] = ()
    events: Sequence[Event] = ()
    ranking: Table | None = None
    customers: int = 0
    plan: Plan | None = None
    curve: Sequence[dict[str, Any]] = ()
    shared: SharedMap | None = None
    owners: dict[str, tuple[str, ...]] | None = None


def facts(sources: Sources, options: PageOptions) -> Facts:
    """Return what the sources say.

    Raises:
        InputError: A source cannot be read, or several count the same.

    """
    found: dict[str, Any] = {}
    wanted = set(options.sections)
    if sources.ledger is not None:
        found |= _of_ledger(sources, options)
    if sources.likes is not None and wanted & {"ranking", "coverage", "map", "next", "need"}:
        found |= _of_lists(sources, options)
    if options.with_owners and sources.book is not None:
        found["owners"] = _owners(sources)
    return Facts(**found)


def _of_ledger(sources: Sources, options: PageOptions) -> dict[str, Any]:
    ledger, month = sources.ledger, options.month
    assert ledger is not None  # noqa: S101 - asked before
    made = report(ledger, Counts(visits=sources.visits, currency=sources.currency, days=month))
    out = [one for one in ledger.placements() if one.status in OUT]
    posts = [one for one in out if one.published_at and (month is None or _is_in(one.published_at, month))]
    found: dict[str, Any] = {
        "report": made,
        "totals": totals(made.sections, _paid_before(sources, month)),
        "posts": sorted(posts, key=lambda one: (one.published_at or "", one.resource, one.variant, one.round)),
        "undated": [one for one in out if not one.published_at],
        "events": ledger.events(),
    }
    if month is not None:
        found["months"] = months = _months(sources, month, out)
        found["before"] = months[-2][1] if len(months) > 1 else Totals()
    return found


def _months(sources: Sources, month: Period, out: Sequence[Placement]) -> list[tuple[Any, Totals]]:
    """Return the sums of a month and of those before it, back to the first post."""
    first = min((one.published_at[:7] for one in out if one.published_at), default="")
    found: list[tuple[Any, Totals]] = []
    at: Period | None = month
    while at is not None and len(found) < MOST_MONTHS:
        if found and len(found) > 1 and f"{at.start:%Y-%m}" < first:
            break
        found.append((at.start, _totals(sources, at)))
        at = month_before(at)
    return found[::-1]


def _totals(sources: Sources, days: Period) -> Totals:
    assert sources.ledger is not None  # noqa: S101 - asked before
    try:
        made = report(sources.ledger, Counts(visits=sources.visits, currency=sources.currency, days=days))
    except InputError:  # the source that was chosen did not count yet
        return Totals()
    return totals(made.sections, _paid_before(sources, days))


def _paid_before(sources: Sources, days: Period | None) -> frozenset[str]:
    """Return the places that a post of earlier days was paid in, or that take no money."""
    assert sources.ledger is not None  # noqa: S101 - asked before
    first = days.start.isoformat() if days else ""
    return frozenset(
        one.resource
        for one in sources.ledger.placements()
        if one.deal == "barter" or (one.published_at and one.published_at[:10] < first)
    )


def _is_in(moment: str, days: Period) -> bool:
    return days.start.isoformat() <= moment[:10] <= days.end.isoformat()


def _of_lists(sources: Sources, options: PageOptions) -> dict[str, Any]:
    from outreach import ranking
    from outreach.errors import OptionError
    from outreach.ranking import Choice
    from outreach.reporting.planning import Wanted, plan

    likes, choice, ledger = sources.likes, sources.choice or Choice(), sources.ledger
    assert likes is not None  # noqa: S101 - asked before
    wanted = set(options.sections)
    found: dict[str, Any] = {"customers": likes.customers}
    if not likes.customers:
        return {}
    if "map" in wanted:
        from outreach.ranking.shared import shared_map

        drawn = shared_map(likes, choice, most=MOST_ON_MAP)
        found["shared"] = drawn if any(one.community for one in drawn.places) else None
    known = Known(
        today=options.today,
        placements=ledger.placements() if ledger is not None else (),
        book=sources.book,
        facts=sources.facts,
    )
    tried = measured(ledger) if ledger is not None and wanted & {"next", "need"} else None
    if wanted & {"coverage", "next", "need"}:
        try:
            asked = Wanted(posts=CURVE if tried is None else options.posts, currency=sources.currency)
            made = plan(likes, choice, asked, known, tried)
            rows = made.table.head()
            if tried is None:  # chosen by coverage: the curve begins with the plan
                found["curve"] = rows
            elif "coverage" in wanted:
                found["curve"] = plan(likes, choice, Wanted(posts=CURVE, currency=sources.currency), known).table.head()
            if tried is None and "next" in wanted:
                made = plan(likes, choice, Wanted(posts=options.posts, currency=sources.currency), known)
            found["plan"] = made if made.steps else None
        except OptionError:  # nothing to plan
            pass
    ranked = ranking.rank(likes, choice)
    if len(ranked.table):
        sections = found_sections(sources)
        found["ranking"] = beside_ranking(ranked.table, sections).table if sections else ranked.table
    return found


def found_sections(sources: Sources) -> Sequence[Any]:
    """Return the results of the whole campaign, which stand beside the ranking."""
    if sources.ledger is None:
        return ()
    made = report(sources.ledger, Counts(visits=sources.visits, currency=sources.currency))
    return made.sections if any(line.ours for one in made.sections for line in one.lines) else ()


def _owners(sources: Sources) -> dict[str, tuple[str, ...]]:
    from outreach.owners.contacts import contacts_of
    from outreach.reporting.words import plain

    assert sources.book is not None  # noqa: S101 - asked before
    events = sources.ledger.events() if sources.ledger is not None else []
    found: dict[str, list[str]] = {}
    for one in contacts_of(sources.book, events):
        if one.person is not None and one.place.resource:
            found.setdefault(one.place.resource, []).append(plain(one.person.name))
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}
