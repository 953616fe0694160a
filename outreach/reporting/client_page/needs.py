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
    from collections.abc import Iterator

    from outreach.reporting.client_page.facts import Facts
    from outreach.reporting.client_page.options import PageOptions
    from outreach.reporting.client_page.wording import Wording

__all__ = ["need"]

QUOTED: Final = "quoted"
"""Stage of a place whose owner named terms and has no answer yet."""


def need(found: Facts, options: PageOptions, words: Wording) -> Part | None:
    """Return what the client should do; the user's own words take the place of what was found."""
    title = words.text("need")
    if options.need.strip():
        return Part("need", title, (Prose(options.need),))
    lines = tuple(_lines(found, words))
    return Part("need", title, (Lines(lines),)) if lines else None


def _lines(found: Facts, words: Wording) -> Iterator[str]:
    names = {one.resource: name_of(one) for one in found.report.placements} if found.report else {}

    def called(resource: str) -> str:
        return names.get(resource) or plain(own_words(resource))

    owed: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for one in money_of(found.events):
        if one.owed:
            owed[one.currency].append((called(one.resource), one.owed))
    for currency, some in sorted(owed.items()):
        amount = words.money(sum(sum_ for _, sum_ in some), currency)
        yield words.text("need_pay", amount=amount, places=words.names(dict.fromkeys(name for name, _ in some)))
    threads = defaultdict(list)
    for event in found.events:
        if event.resource:
            threads[event.resource].append(event)
    if waiting := sorted(called(key) for key, some in threads.items() if stage_of(some) == QUOTED):
        yield words.text("need_answer", places=words.names(waiting))
    unpriced = [one for one in found.posts if one.cost is None and one.deal not in ("barter", "free")]
    if unpriced:
        yield words.text("need_prices", count=len(unpriced), places=words.names(names_of(unpriced)))
    yield from _of_results(found, words)
    if found.plan is not None:
        yield words.text("need_plan")


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
