"""All that the agenda is made from: the ledger, the address book, the sheet of places."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.campaign.events import Event
    from outreach.campaign.settings import Campaign
    from outreach.owners import Person
    from outreach.owners.agenda import Matters
    from outreach.owners.due import Due
    from outreach.owners.working_days import WorkingDays

__all__ = ["matters_of"]

BEFORE_A_LETTER: Final = frozenset({"new", "acquainted"})
"""Stages in which a play goes on."""


def matters_of(
    db: str,
    sheet: str | None = None,
    book: str | None = None,
    *,
    campaign: Campaign | None = None,
    days: WorkingDays | None = None,
) -> Matters:
    """Return what a campaign's database, the sheet and the address book know.

    Args:
        db: The campaign's database; it may still be missing where there is an address book.
        sheet: The sheet of places; None for none.
        book: The address book; None for this machine's own, where there is one.
        campaign: The folder whose campaign it is about; None for all that the book knows.
        days: Of the market, for the steps of plays; None for weekends alone.

    Raises:
        InputError: One of them cannot be read.

    """
    from outreach.campaign.ledger import is_there, open_ledger
    from outreach.campaign.ledger.placement import in_currency
    from outreach.campaign.ledger.results import Results
    from outreach.owners import existing_book
    from outreach.owners.agenda import Matters
    from outreach.owners.campaign_names import names_of
    from outreach.owners.working_days import WorkingDays

    opened = existing_book(book)
    ledger = open_ledger(db, create=False) if opened is None or is_there(db) else None
    currency = campaign.settings.currency if campaign else ""
    placements = in_currency(ledger.placements(), currency) if ledger else []
    imports = Results(ledger.database).imports() if ledger else ()
    until = max((one.period_end or "" for one in imports), default="")
    people = opened.people() if opened else []
    events = [*(ledger.events() if ledger else ()), *(opened.events() if opened else ())]
    if campaign is not None:
        ours = {"", *(one.campaign for one in placements), *names_of(campaign)}
        events = [one for one in events if one.campaign in ours]
    if currency:
        bare = (one.amount is not None and not one.currency for one in events)
        events = [one._replace(currency=currency) if none else one for one, none in zip(events, bare, strict=True)]
    ways = {one.resource: one.way for one in opened.places() if one.way} if opened else {}
    return Matters(
        events=events, people=people, placements=placements, ways=ways | _ways(sheet),
        steps=tuple(_steps(events, people, campaign, days or WorkingDays())),
        results_until=date.fromisoformat(until[:10]) if until else None,
    )  # fmt: skip


def _steps(
    events: Sequence[Event], people: Sequence[Person], campaign: Campaign | None, days: WorkingDays
) -> Iterator[Due]:
    """Yield the next step of each play that was begun and not yet followed by a letter."""
    from outreach.campaign.events import stage_of
    from outreach.errors import InputError
    from outreach.messages import message
    from outreach.owners.due import Due
    from outreach.owners.plays import play_of, read_play, schedule
    from outreach.sheet.facts import own_words

    names = {one.id: one.name for one in people}
    threads: Mapping[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.resource:
            threads[event.resource, event.campaign].append(event)
    language = campaign.settings.my_language if campaign else ""
    templates = campaign.path(campaign.settings.templates) if campaign else ""
    for (resource, of_campaign), some in sorted(threads.items()):
        name, first = play_of(some)
        if not name or stage_of(some) not in BEFORE_A_LETTER:
            continue
        try:
            play = read_play(name, language or "en", templates or None)
        except InputError:  # a play of the user's own that is gone
            continue
        step = next((one for one in schedule(play, date.fromisoformat(first), some, days) if not one.done), None)
        if step is None:
            continue
        person = next((one.person for one in reversed(some) if one.person in names), "")
        yield Due(
            day=date.fromisoformat(step.day), kind="play", what=message("today-step", text=step.step.do),
            since=f"{name} {first} {step.step.day}", who=names.get(person) or own_words(resource), person=person,
            campaign=of_campaign, resource=resource, note=next((one.note for one in reversed(some) if one.note), ""),
        )  # fmt: skip


def _ways(sheet: str | None) -> dict[str, str]:
    """Return how a post gets into each place of the sheet."""
    if not sheet:
        return {}
    from outreach.sheet.facts import read_sheet
    from outreach.words.ways_in import way_of

    ways = ((one.key, way_of(one.cells.get("way_in", ""))) for one in read_sheet(sheet).facts)
    return {key: way for key, way in ways if way}
