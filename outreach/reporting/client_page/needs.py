"""What is needed from the client: what is owed, what nobody knows yet, what waits for an answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import stage_of
from outreach.owners.money import money_of
from outreach.reporting.client_page.blocks import Lines, Part, Prose
from outreach.reporting.client_page.results import name_of, names_of
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words
from outreach.tracking.conclusion import FEW_UNTAGGED, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.campaign.events import Event
    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions
    from outreach.reporting.client_page.wording import Wording
    from outreach.tracking.base import Period

__all__ = ["need"]

QUOTED: Final = "quoted"
"""Stage of a place whose owner named terms and has no answer yet."""
SETTLED: Final = frozenset({"paid", "refunded"})


def need(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return what the client should do; the user's own words take the place of what was found."""
    title = words.text("need")
    if options.need.strip():
        return Part("need", title, (Prose(options.need),))
    lines = tuple(_lines(found, options, words))
    return Part("need", title, (Lines(lines),)) if lines else None


def _lines(found: Facts, options: PageOptions, words: Wording) -> Iterator[str]:
    names = {one.resource: name_of(one) for one in found.report.placements} if found.report else {}

    def called(resource: str) -> str:
        return names.get(resource) or plain(own_words(resource))

    owed: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for resource, currency, left in _owed(found.events, options.month):
        owed[currency].append((called(resource), left))
    for currency, some in sorted(owed.items()):
        amount = words.money(sum(sum_ for _, sum_ in some), currency)
        yield words.text("need_pay", amount=amount, places=words.names(dict.fromkeys(name for name, _ in some)))
    threads = defaultdict(list)
    for event in found.events:
        if event.resource:
            threads[event.resource].append(event)
    quoted = {one.resource for one in found.events if one.stage == QUOTED and _is_in(one.day, options.month)}
    if waiting := sorted(called(key) for key in quoted if stage_of(threads[key]) == QUOTED):
        yield words.text("need_answer", places=words.names(waiting))
    unpriced = [one for one in found.posts if one.cost is None and one.deal not in ("barter", "free")]
    if unpriced:
        yield words.text("need_prices", count=len(unpriced), places=words.names(names_of(unpriced)))
    yield from _of_results(found, words)
    if found.plan is not None:
        yield words.text("need_plan")


def _owed(events: Sequence[Event], month: Period | None) -> Iterator[tuple[str, str, float]]:
    """Yield place, currency and sum of what the days came to and nobody paid until today.

    What was paid settles older debts first, so that of a month's sum no more is left than of all until its end.
    """
    until = [one for one in events if month is None or one.kind in SETTLED or one.day <= month.end.isoformat()]
    of_days = [one for one in events if one.kind not in SETTLED and _is_in(one.day, month)]
    due = {(one.resource, one.campaign, one.currency): one.owed for one in money_of(of_days)}
    for one in money_of(until):
        left = min(one.owed, due.get((one.resource, one.campaign, one.currency), 0.0))
        if left:
            yield one.resource, one.currency, left


def _is_in(day: str, month: Period | None) -> bool:
    return month is None or month.start.isoformat() <= day <= month.end.isoformat()


def _of_results(found: Facts, words: Wording) -> Iterator[str]:
    section = nearest(found.report.sections) if found.report else None
    if section is None or not section.pair.kind or section.pair.numerators is None:
        if found.posts:
            yield words.text("need_figures")
        return
    out = {one.resource for one in found.posts}
    if section.pair.denominators is not None:
        bare = [line for line in section.lines if line.label in out and not line.denominator]
        if bare:
            yield words.text("need_link", count=len(bare), places=words.names(line.name or line.label for line in bare))
    if (section.untagged or 0.0) > FEW_UNTAGGED:
        total = section.total
        yield words.text("need_ask", count=round((section.untagged or 0.0) * total), total=total)
