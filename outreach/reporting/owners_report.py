"""Does acquaintance pay: money, stages, replies and conversions of the places behind the contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.intervals import newcombe_difference, wilson
from outreach.messages import Message, message
from outreach.owners.figures import at_stages, between_stages, replies_by_play
from outreach.owners.money import money_of
from outreach.reporting.words import plain
from outreach.tracking.conclusion import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.events import Event
    from outreach.owners.contacts import Contact
    from outreach.owners.figures import Between, Replies
    from outreach.owners.money import Money
    from outreach.tracking.lines import Section

__all__ = ["Brought", "OwnersReport", "Rate", "as_json", "owners_report"]

NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those who were written to answered, with the likely range."""

    replies: Replies
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Brought:
    """What the posts of a place brought.

    Args:
        resource: Key.
        visits: Of its links, in the unit that the campaign measures; None where nothing was.
        conversions: Likewise.

    """

    resource: str
    visits: int | None
    conversions: int | None


@dataclass(frozen=True, slots=True)
class OwnersReport:
    """What an address book adds up to; it names places, and nobody.

    Args:
        stages: Stage to the number of contacts.
        between: Days between stages.
        rates: Replies by way of acquaintance.
        money: By place, campaign and currency.
        brought: By place, those with contacts.
        names: Key to what the place is called.
        sentence: Whether acquaintance pays, as far as that can be said; None where nobody was written to.

    """

    stages: dict[str, int]
    between: list[Between]
    rates: list[Rate]
    money: list[Money]
    brought: list[Brought]
    names: dict[str, str]
    sentence: Message | None


def owners_report(
    contacts: Sequence[Contact], events: Iterable[Event], sections: Sequence[Section] = ()
) -> OwnersReport:
    """Return what contacts add up to.

    Args:
        contacts: Of a book, with the events of the ledger.
        events: All of them, for the money.
        sections: Of the campaign's results.

    """
    rates = []
    for one in replies_by_play(contacts):
        likely = wilson(one.replied, one.written)
        if likely is not None:
            rates.append(Rate(one, likely.low, likely.high))
    keys = {one.place.resource for one in contacts}
    names = {one.place.resource: plain(one.place.name) for one in contacts if one.place.name}
    return OwnersReport(
        at_stages(contacts),
        between_stages(contacts),
        rates,
        money_of(events),
        _brought(keys, sections),
        names,
        _sentence([one.replies for one in rates]),
    )


def as_json(found: OwnersReport) -> dict[str, Any]:
    """Return a report for programs."""
    return {
        "stages": found.stages,
        "between": [
            {"start": one.start, "end": one.end, "contacts": one.contacts, "days": one.days} for one in found.between
        ],
        "replies": [
            {
                "play": one.replies.play,
                "written": one.replies.written,
                "replied": one.replies.replied,
                "low": one.low,
                "high": one.high,
            }
            for one in found.rates
        ],
        "money": [
            {
                "place": one.resource,
                "campaign": one.campaign,
                "currency": one.currency,
                "spent": one.spent,
                "owed": one.owed,
                "refunded": one.refunded,
            }
            for one in found.money
        ],
        "brought": [
            {"place": one.resource, "visits": one.visits, "conversions": one.conversions} for one in found.brought
        ],
        "conclusion": str(found.sentence) if found.sentence else None,
    }


def _brought(keys: set[str], sections: Sequence[Section]) -> list[Brought]:
    section = nearest(sections) if sections else None
    lines = [one for one in section.lines if one.ours and one.label in keys] if section else []
    return [Brought(one.label, one.denominator, one.conversions) for one in sorted(lines, key=lambda one: one.label)]


def _sentence(replies: Sequence[Replies]) -> Message | None:
    """Return whether more of those answered with whom one was acquainted, as far as chance allows to say so."""
    after = [one for one in replies if one.play != NOTHING]
    without = [one for one in replies if one.play == NOTHING]
    if not replies:
        return None
    values = {
        "replied": sum(one.replied for one in after),
        "written": sum(one.written for one in after),
        "others": sum(one.replied for one in without),
        "others_written": sum(one.written for one in without),
    }
    if not values["written"] or not values["others_written"]:
        return message("acquaintance-one-kind", **values)
    apart = newcombe_difference(values["replied"], values["written"], values["others"], values["others_written"])
    if apart is not None and apart.low > 0:
        return message("acquaintance-pays", **values)
    return message("acquaintance-behind" if apart is not None and apart.high < 0 else "acquaintance-unknown", **values)
