"""``outreach owners play``: ways to get acquainted before asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from outreach.campaign.clock import this_day
from outreach.campaign.events import PLAYS, Event
from outreach.cli.campaign import campaign_of
from outreach.cli.output import need_output, say, say_wrapped
from outreach.cli.owners_shared import (
    campaign_name,
    ledger_beside,
    line,
    meant,
    named,
    of_ledger,
    the_book,
    the_ledger,
)
from outreach.cli.shared import language_option, remark
from outreach.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.owners.book import Book
    from outreach.owners.plays import Play
    from outreach.owners.who import Meant
    from outreach.owners.working_days import WorkingDays

__all__ = ["play"]

LANGUAGES: Final = ("en", "ru", "el", "lv", "hy")
USUAL: Final = "comment"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed: the play, its first day, the language, the folder of own plays, the campaign."""

    play: str
    start: date | None
    language: str
    templates: str | None
    campaign: str | None


@click.command(short_help="Plan how to get acquainted with an owner.")
@click.argument("name", required=False)
@click.option(
    "--with", "with_", metavar="PLAY", help="comment, interview, free-work. [default: the play begun, or comment]"
)
@click.option("--from", "table", metavar="FILE", help="Plan for the places of a ranking or a sheet.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the first N places. [default: 5]")
@click.option("--begin", metavar="DATE", help="Begin on DATE and record it: today, 2026-12-01.")
@language_option(LANGUAGES, "Language of the steps.")
@click.option("--templates", metavar="DIR", help="Folder with your own plays/, used before ours.")
@click.option("--campaign", metavar="NAME", help="Campaign. [default: this folder's]")
@the_book
@the_ledger
def play(
    *,
    name: str | None,
    with_: str | None,
    table: str | None,
    top: int | None,
    begin: str | None,
    language: str,
    templates: str | None,
    campaign: str | None,
    book: str | None,
    db: str | None,
) -> None:
    """Plan how to get acquainted with the owner of the place NAME: what to do on each working day, and when to write.

    Where you post yourself, submit or buy, you need no acquaintance; the command shows the next step instead.

    Example:

    \b
        outreach owners play "SMM Riga" --with comment
        outreach owners play --from ranking.csv --top 5 --begin today

    """
    from outreach.campaign.ledger.typed_values import typed_day
    from outreach.owners import open_book

    need_output()
    if (name is None) == (table is None):
        raise click.UsageError(
            'Name a place, or give a table.\nExample: outreach owners play "SMM Riga" --with comment'
        )
    opened, ledger = open_book(book), ledger_beside(db)
    start = date.fromisoformat(typed_day("--begin", begin, this_day())[:10]) if begin else None
    asked = _Asked(with_ or "", start, language, templates, campaign)
    planned = False
    for place, one in enumerate(_meant(opened, ledger, name, table, top or 5)):
        if place:
            say("")
        planned |= _show(opened, ledger, one, asked)
    if not planned:
        remark(f"Next: {line('list')}")
    elif start is None and name is not None:
        remark(f"Next: {line('play', name, '--with', _option(with_ or USUAL), '--begin', 'today')}")
    else:
        remark(f"Next: {line('list', '--stage', 'new')}")


def _meant(book: Book, ledger: Ledger | None, name: str | None, table: str | None, top: int) -> Sequence[Meant]:
    if name is not None:
        return [meant(book, ledger, name)]
    from outreach.messages import describe
    from outreach.teasers.targets import choose

    chosen = choose((), table, top)
    remark(*map(describe, chosen.remarks))
    return [meant(book, ledger, one.resource) for one in chosen.targets]


def _show(book: Book, ledger: Ledger | None, one: Meant, asked: _Asked) -> bool:
    """Print the plan of a place; of one that nobody need be acquainted with, the next step, and return False."""
    from outreach.owners.contacts import thread_in
    from outreach.owners.plays import play_named, play_of, read_play, schedule
    from outreach.words.ways_in import WRITE

    if not one.place.resource:
        raise OptionError(f"{named(one)} decides at no place, or at several", hint="name the place")
    say(named(one))
    if one.place.way not in {"", WRITE}:
        say_wrapped(f"  {_other_way(one)}")
        return False
    events = thread_in(book, one.place.resource, one.person, of_ledger(ledger))
    begun, day = play_of(events)
    wanted = play_named(asked.play) if asked.play else begun or USUAL
    plan = read_play(wanted, asked.language, asked.templates or _templates())
    if asked.start is not None:
        _begin(book, one, plan, asked.start, campaign_name(asked.campaign, ledger, one.place.resource))
    first = asked.start or (date.fromisoformat(day) if begun == wanted else this_day())
    _say_play(plan, asked.language)
    for due in schedule(plan, first, events, _working_days()):
        say_wrapped(f"  {due.day}  {'done' if due.done else '    '}  {due.step.do}")
        if due.step.write_down and not due.done:
            say_wrapped(f"                    {_word('play-write-down', asked.language)} {due.step.write_down}")
    return True


def _say_play(plan: Play, language: str) -> None:
    say_wrapped(f"  {plan.title}, {_word('play-days', language, days=plan.days)}. {plan.when}")
    for code, text in (("play-enough", plan.enough), ("play-change", plan.change), ("play-stop", plan.stop)):
        if text:
            say_wrapped(f"  {_word(code, language)} {text}")


def _word(code: str, language: str, **values: int) -> str:
    from outreach.messages import describe, message

    return describe(message(code, **values), language)


def _begin(book: Book, one: Meant, plan: Play, start: date, campaign: str) -> None:
    """Write down that a play was begun; the same one on the same day once."""
    if plan.name not in PLAYS:
        raise OptionError(f"--begin: {plan.name} is not in {', '.join(map(_option, PLAYS))}", hint="leave --begin out")
    person = one.person.id if one.person else ""
    event = Event(
        kind="began",
        answer=plan.name,
        at=start.isoformat(),
        resource=one.place.resource,
        person=person,
        campaign=campaign,
    )
    book.log([event], again=False)


def _other_way(one: Meant) -> str:
    """Return the next step where no acquaintance is needed."""
    from outreach.reporting import plain

    rules = f" Rules: {plain(one.place.rules)}" if one.place.rules else ""
    price = f" Price: {plain(one.place.price)}." if one.place.price else ""
    steps = {
        "post": "You post here yourself and need no acquaintance.",
        "submit": "Submit your post here, as the rules say.",
        "buy": "Buy your post here: ask for price and format, then book.",
        "exchange": "Buy your post through an exchange: find the place there by its address.",
    }
    return f"{steps[one.place.way]}{price}{rules}"


def _working_days() -> WorkingDays:
    """Return the working days of the campaign's market."""
    from outreach.owners.working_days import WorkingDays

    campaign = campaign_of()
    return WorkingDays(campaign.settings.market if campaign is not None else "")


def _templates() -> str | None:
    campaign = campaign_of()
    return campaign.path(campaign.settings.templates) or None if campaign is not None else None


def _option(name: str) -> str:
    return name.replace("_", "-")
