"""What a page knows, before any of it is put into words: results of the month, the month before, posts, the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.reporting.client_page.options import month_before
from outreach.reporting.client_page.totals import Totals, totals
from outreach.tracking.lines import Choice as Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.likes import Likes
    from outreach.ranking import Choice
    from outreach.ranking.shared import SharedMap
    from outreach.reporting.client_page.options import PageOptions, Sources
    from outreach.reporting.planning import Plan, Sample
    from outreach.tables import Table
    from outreach.tracking.base import Period
    from outreach.tracking.report import ConversionReport, Kept
    from outreach.tracking.tried import Measured

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
        events: What happened for these campaigns until today, for what is owed and what waits for an answer.
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
    so_far: _SoFar | None = None
    if sources.ledger is not None:
        so_far = _so_far(sources.ledger, sources)
        found |= _of_ledger(so_far, sources, options)
        found["events"] = _events(sources, so_far.kept)
    if sources.likes is not None and wanted & {"ranking", "coverage", "map", "next", "need"}:
        found |= _of_lists(sources, options, so_far)
    if options.with_owners and sources.book is not None:
        found["owners"] = _owners(sources)
    return Facts(**found)


def _events(sources: Sources, kept: Kept) -> list[Event]:
    """Return what happened for the campaigns of the posts; a book holds what happened for other clients, too."""
    assert sources.ledger is not None  # noqa: S101 - asked before
    campaigns = {one.campaign for one in kept.placements}
    talk = sources.book.events() if sources.book is not None else []
    return [one for one in (*sources.ledger.events(), *talk) if one.campaign in campaigns]


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What the ledger has, and the results of the whole campaign."""

    kept: Kept
    report: ConversionReport


def _so_far(ledger: Ledger, sources: Sources) -> _SoFar:
    from outreach.tracking.report import kept_in, report_of

    kept = kept_in(ledger, sources.currency)
    return _SoFar(kept, report_of(kept, Counts(visits=sources.visits, currency=sources.currency)))


def _of_ledger(so_far: _SoFar, sources: Sources, options: PageOptions) -> dict[str, Any]:
    from outreach.tracking.report import report_of
    from outreach.tracking.tried import OUT

    kept, month, made = so_far.kept, options.month, so_far.report
    if month is not None:
        made = report_of(kept, Counts(visits=sources.visits, currency=sources.currency, days=month))
    out = [one for one in kept.placements if one.status in OUT]
    posts = [one for one in out if one.published_at and (month is None or _is_in(one.published_at, month))]
    found: dict[str, Any] = {
        "report": made,
        "totals": totals(made.sections, _paid_before(kept, month)),
        "posts": sorted(posts, key=lambda one: (one.published_at or "", one.resource, one.variant, one.round)),
        "undated": [one for one in out if not one.published_at],
    }
    if month is not None:
        first = min((one.published_at[:7] for one in out if one.published_at), default="")
        found["months"] = months = _months(kept, sources, month, first)
        found["before"] = months[-2][1] if len(months) > 1 else Totals()
    return found


def _months(kept: Kept, sources: Sources, month: Period, first: str) -> list[tuple[Any, Totals]]:
    """Return the sums of a month and of those before it, back to the month of the first post."""
    found: list[tuple[Any, Totals]] = []
    at: Period | None = month
    while at is not None and len(found) < MOST_MONTHS:
        if found and len(found) > 1 and f"{at.start:%Y-%m}" < first:
            break
        found.append((at.start, _totals(kept, sources, at)))
        at = month_before(at)
    return found[::-1]


def _totals(kept: Kept, sources: Sources, days: Period) -> Totals:
    from outreach.tracking.report import report_of

    counts = Counts(visits=sources.visits, currency=sources.currency, days=days, rated=False)
    try:
        made = report_of(kept, counts)
    except InputError:  # the source that was chosen did not count yet
        return Totals()
    return totals(made.sections, _paid_before(kept, days))


def _paid_before(kept: Kept, days: Period | None) -> frozenset[str]:
    """Return the places that a post of earlier days was paid in, or that take no money."""
    first = days.start.isoformat() if days else ""
    return frozenset(
        one.resource
        for one in kept.placements
        if one.deal == "barter" or (one.published_at and one.published_at[:10] < first)
    )


def _is_in(moment: str, days: Period) -> bool:
    return days.start.isoformat() <= moment[:10] <= days.end.isoformat()


def _of_lists(sources: Sources, options: PageOptions, so_far: _SoFar | None) -> dict[str, Any]:
    from outreach.ranking import Choice
    from outreach.reporting.planning import sample_of

    likes, choice = sources.likes, sources.choice or Choice()
    assert likes is not None  # noqa: S101 - asked before
    if not likes.customers:
        return {}
    wanted = set(options.sections)
    sample = sample_of(likes, choice)
    found: dict[str, Any] = {"customers": likes.customers}
    if "map" in wanted:
        from outreach.ranking.shared import map_of, map_places

        drawn = map_of(sample.followers, map_places(sample.ranked, MOST_ON_MAP))
        found["shared"] = drawn if any(one.community for one in drawn.places) else None
    if wanted & {"coverage", "next", "need"}:
        found |= _plans(sources, options, sample, so_far)
    found["ranking"] = _ranking(likes, choice, sample, so_far)
    return found


def _plans(sources: Sources, options: PageOptions, sample: Sample, so_far: _SoFar | None) -> dict[str, Any]:
    """Return the next posts, and the places of the coverage curve."""
    from outreach.errors import OptionError
    from outreach.ranking import Choice
    from outreach.reporting.plan_places import Known
    from outreach.reporting.planning import Wanted, plan

    wanted = set(options.sections)
    placements = so_far.kept.placements if so_far else ()
    known = Known(today=options.today, placements=placements, book=sources.book, facts=sources.facts)
    tried = _tried(so_far) if so_far and wanted & {"next", "need"} else None

    def planned(posts: int, tried: Measured | None) -> Plan:
        asked = Wanted(posts=posts, currency=sources.currency)
        assert sources.likes is not None  # noqa: S101 - asked before
        return plan(sources.likes, sources.choice or Choice(), asked, known, tried, sample=sample)

    found: dict[str, Any] = {}
    try:
        if "coverage" in wanted:
            found["curve"] = planned(CURVE, None).table.head()
        if wanted & {"next", "need"}:
            made = planned(options.posts, tried)
            found["plan"] = made if made.steps else None
    except OptionError:  # nothing to plan
        pass
    return found


def _tried(so_far: _SoFar) -> Measured | None:
    from outreach.tracking.tried import measured_in

    return measured_in(so_far.report.sections, so_far.kept)


def _ranking(likes: Likes, choice: Choice, sample: Sample, so_far: _SoFar | None) -> Table | None:
    """Return the ranking, beside the results of the whole campaign where there are any."""
    from outreach import ranking
    from outreach.reporting.measured import beside_ranking

    same = choice.by == "overlap" and not choice.top
    table = (sample.ranked if same else ranking.rank(likes, choice)).table
    if not len(table):
        return None
    sections = so_far.report.sections if so_far else ()
    has_results = any(line.ours for one in sections for line in one.lines)
    return beside_ranking(table, sections).table if has_results else table


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
