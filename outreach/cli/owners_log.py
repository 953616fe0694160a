"""``outreach owners log``: what happened between us and an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from outreach.campaign.clock import this_day, this_moment
from outreach.campaign.events import CHANNELS, KINDS
from outreach.cli.owners_shared import (
    campaign_name,
    ledger_beside,
    line,
    meant,
    named,
    of_ledger,
    remark_other_letter,
    the_book,
    the_ledger,
)
from outreach.cli.shared import remark
from outreach.errors import OptionError

if TYPE_CHECKING:
    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.owners import Person
    from outreach.owners.book import Book
    from outreach.owners.who import Meant

__all__ = ["log"]


@click.command(short_help="Record what happened.")
@click.argument("name")
@click.argument("what")
@click.argument("answer", required=False)
@click.option("--date", "day", metavar="DATE", help="When: 2026-05-12, 12.05.2026, today, yesterday. [default: now]")
@click.option("--note", default="", metavar="TEXT", help="Content of the message or comment, under which post.")
@click.option("--channel", metavar="NAME", help=f"Channel: {', '.join(CHANNELS)}. [default: their first]")
@click.option("--sum", "sum_", metavar="SUM", help='Price, fee or payment, like "20 EUR".')
@click.option("--slot", default="", metavar="TEXT", help="Format sold: 1/24, 2/48, story.")
@click.option("--due", metavar="DATE", help="Day for which something was promised.")
@click.option("--url", default="", metavar="URL", help="Address of the post, comment or invoice.")
@click.option("--views", type=click.IntRange(0), metavar="N", help="Views of the post, with viewed.")
@click.option("--campaign", metavar="NAME", help="Campaign. [default: this folder's]")
@click.option("--person", default="", metavar="NAME", help="Person, if the place has several.")
@click.option("--place", default="", metavar="NAME", help="Place, if the person has several.")
@click.option("--by", "acted", default="", metavar="NAME", help="Who acted on your side.")
@the_book
@the_ledger
def log(
    *,
    name: str,
    what: str,
    answer: str | None,
    day: str | None,
    campaign: str | None,
    person: str,
    place: str,
    book: str | None,
    db: str | None,
    **given: Any,
) -> None:
    """Record the event WHAT of NAME, a place or a person; for a reply, its ANSWER too.

    \b
    WHAT is one of
        followed, commented, shared, asked, interview asked, interview done,
        free work offered, free work delivered, wrote, followed up,
        replied (yes, no, price, later), quoted, agreed, declined, note;
        of a post: sent, booked, invoiced, paid, refunded, published, viewed, removed.

    The words of the five languages are understood, too. Events are only added, never changed.

    Example:

    \b
        outreach owners log "SMM Riga" commented --date yesterday --note "under the post on prices"
        outreach owners log Marina replied price --sum "20 EUR" --slot 1/24
        outreach owners log t.me/smm_riga paid --sum "20 EUR"

    """
    from outreach.owners import open_book
    from outreach.owners.contacts import LETTERS
    from outreach.owners.record import record

    opened, ledger = open_book(book), ledger_beside(db)
    one = meant(opened, ledger, name, place=place, person=person)
    for_campaign = campaign_name(campaign, ledger, one.place.resource)
    event = _event(one, for_campaign, given | {"what": what, "answer": answer, "day": day})
    if one.person is not None and event.kind in LETTERS:
        _warn(opened, one.person, event)
    *_, placed = record(opened, ledger, event)
    _tell(opened, ledger, one, event, placed)


def _event(one: Meant, campaign: str, given: dict[str, Any]) -> Event:
    """Return what was typed as an event.

    Raises:
        OptionError: A word or a value is not known.

    """
    from outreach.campaign.events import Event, checked
    from outreach.campaign.ledger.typed_values import typed_day, typed_sum
    from outreach.owners.channels import channel_named
    from outreach.owners.reading import answer_named, kind_named

    what, answer, day = given["what"], given["answer"], given["day"]
    if not (kind := kind_named(what)):
        known = ", ".join(name.replace("_", " ") for name in KINDS)
        raise OptionError(f"{what}: not a known event", hint=f"one of {known}")
    meaning = answer_named(kind, answer) if answer else ""
    if meaning is None or (kind == "set_back" and not meaning):
        answers = ", ".join(KINDS[kind].answers)
        raise OptionError(
            f"{answer or kind}: {kind} has no such answer", hint=f"one of {answers}" if answers else "leave it out"
        )
    channel = channel_named(given["channel"]) if given["channel"] else _best(one.person, kind)
    if given["channel"] and not channel:
        raise OptionError(f"--channel {given['channel']}: not known", hint=f"one of {', '.join(CHANNELS)}")
    amount, currency = typed_sum("--sum", given["sum_"]) if given["sum_"] else (None, "")
    return checked(
        Event(
            kind=kind,
            at=typed_day("--date", day, this_day()) if day else this_moment(),
            answer=meaning,
            channel=channel,
            campaign=campaign,
            resource=one.place.resource,
            person=one.person.id if one.person else "",
            by=given["acted"],
            amount=amount,
            currency=currency,
            format=given["slot"],
            count=given["views"],
            due=typed_day("--due", given["due"], this_day())[:10] if given["due"] else "",
            url=given["url"],
            note=given["note"],
        )
    )


def _best(person: Person | None, kind: str) -> str:
    """Return the channel of a letter or an answer where none was typed: the best one of the person."""
    from outreach.owners.contacts import LETTERS

    spoken = kind in {*LETTERS, "replied", "quoted", "interview_asked", "free_work_offered"}
    return person.channels[0].kind if person and person.channels and spoken else ""


def _warn(book: Book, person: Person, event: Event) -> None:
    """Say that a person asked to be left alone, or was written to for another campaign a short while ago."""
    from outreach.reporting import plain

    if person.do_not_contact:
        remark(f"{plain(person.name)} asked not to be contacted.")
    remark_other_letter(book.events(person=person.id), person, event.campaign)


def _tell(book: Book, ledger: Ledger | None, one: Meant, event: Event, placed: Placement | None) -> None:
    """Say what was written down, how far it is, and what comes next."""
    from outreach.campaign.events import ENOUGH, acquaintance, stage_of
    from outreach.owners.contacts import thread_in

    events = thread_in(book, one.place.resource, one.person, of_ledger(ledger))
    known = acquaintance(events)
    stage = stage_of(events)
    what = " ".join(filter(None, (event.kind.replace("_", " "), event.answer))).strip()
    where = f" ({placed.campaign}, variant {placed.variant}, repeat {placed.round})" if placed else ""
    is_early = _is_for_letters(one) and stage == "acquainted" and known < ENOUGH
    more = f", {known} of {ENOUGH} before a letter" if is_early else ""
    remark(f"{named(one)}{where}: {what} on {event.day}; stage {stage}{more}.")
    remark(f"Next: {line('show', one.place.resource or (one.person.name if one.person else ''))}")


def _is_for_letters(one: Meant) -> bool:
    return one.place.way in {"", "write"}
