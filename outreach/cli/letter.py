"""``outreach letter``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.campaign.clock import this_moment
from outreach.cli.campaign import campaign_of, settings_of_campaign
from outreach.cli.letter_check import NAMES, check_letters
from outreach.cli.output import need_output, put, say
from outreach.cli.owners_shared import campaign_name, ledger_beside, remark_other_letter, the_book
from outreach.cli.shared import (
    BRIEF,
    database_option,
    refuse_overwriting,
    remark,
    shell_quoted,
    typed_options,
    usual_value,
)
from outreach.errors import InputError, OptionError, OutputError
from outreach.messages import LANGUAGES, describe, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.campaign.events import Event
    from outreach.owners import Person
    from outreach.owners.book import Book
    from outreach.owners.letter import Letter
    from outreach.owners.letter_facts import Facts, Given, Recipient
    from outreach.teasers.brief import Brief
    from outreach.teasers.targets import Target

__all__ = ["letter"]

KINDS: Final = ("message", "email", "follow-up")
ASKED: Final = {
    "letter-needs-to": ("to", "Name of the owner, as you address them"),
    "letter-needs-found": ("found", "Where you found the contact, like: channel description"),
    "letter-needs-post-date": ("post_date", "Day of a post of theirs that you read, like 2026-11-03"),
    "letter-needs-post-fact": ("post_fact", 'What you noticed in it; continues "In your post of 3 November"'),
    "letter-needs-why": ("why", "Why this audience, in a sentence"),
    "letter-needs-gets": ("gets", "What readers get"),
}
"""What a person at a terminal is asked for: the option that they would have typed, and the question."""


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """What was typed behind ``outreach letter``, beside the place."""

    table: str | None
    brief: str | None
    facts: str | None
    to: str | None
    channel: str | None
    found: str | None
    post_date: str | None
    post_fact: str | None
    topics: tuple[str, ...]
    why: str | None
    gets: str | None
    subject: str | None
    language: str | None
    output: str | None
    follow_up: bool
    templates: str | None
    book: str | None
    db: str | None
    log: bool
    anyway: bool
    force: bool
    checked: tuple[str, ...]
    kind: str | None
    strict: bool


@click.command(short_help="Write the letter to the owner of a place, or check one.")
@click.argument("place", required=False)
@click.argument("more", nargs=-1, metavar="[FILE]...")
@click.option("--from", "table", metavar="FILE", help="Ranking or sheet with the place: owner, followers.")
@click.option("--brief", metavar="FILE", help=f"Brief of the article: topic and bonus. [default: {BRIEF}, if there]")
@click.option("--facts", metavar="FILE", help="File with the facts of this letter; options override it.")
@click.option("--to", metavar="NAME", help="The owner, as you address them. [default: the sheet's]")
@click.option("--channel", metavar="TEXT", help="Where you write: a handle, an e-mail address. [default: the sheet's]")
@click.option("--found", metavar="TEXT", help='Where you found the contact, like "channel description".')
@click.option("--post-date", metavar="DAY", help="Day of a post of theirs that you read.")
@click.option("--post-fact", metavar="TEXT", help='What you noticed in it; continues "In your post of 3 November".')
@click.option("--topic", "topics", multiple=True, metavar="TEXT", help='"Headline | Two sentences."; give up to three.')
@click.option("--why", metavar="TEXT", help="Why this audience; replaces the number of customers who follow it.")
@click.option("--gets", metavar="TEXT", help="What readers get. [default: the brief's bonus]")
@click.option("--subject", metavar="TEXT", help="Subject of the e-mail. [default: from topic and place]")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language. [default: the brief's]")
@click.option("-o", "--output", metavar="FILE", help=".md for all texts, .eml to open and send yourself.")
@click.option("--follow-up", is_flag=True, help="With -o x.eml: write the follow-up, not the e-mail.")
@click.option("--templates", metavar="DIR", help="Folder with your own templates, used before ours.")
@the_book
@database_option("The campaign's database, which records who declined.")
@click.option("--log", is_flag=True, help="Record in the address book that you wrote.")
@click.option("--anyway", is_flag=True, help="Write even if no letter is needed or the owner declined.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--check", "checked", multiple=True, metavar="FILE", help="Only check a letter: .md, .txt or .eml.")
@click.option("--kind", type=click.Choice(KINDS), help="Kind of text for --check. [default: recognised]")
@click.option("--strict", is_flag=True, help="Exit with code 3 if --check finds something.")
@click.pass_context
def letter(ctx: click.Context, /, place: str | None, more: tuple[str, ...], **typed: Any) -> None:
    """Write to the owner of PLACE: a direct message, an e-mail and a follow-up.

    It uses your profile ([writer] in outreach.toml), the brief, and what is known of the place and its owner. It gives
    how many customers follow the place, never who, and only if five or more were asked. Outreach asks for missing facts
    and never invents them. Nothing is sent.

    --check examines letters and gives the reason and the source of each finding.

    Example:

    \b
        outreach letter t.me/smm_riga --from sheet.xlsx --facts letter.toml
        outreach letter "SMM Riga" --from sheet.xlsx --facts letter.toml -o marina.eml
        outreach letter --check marina.md

    """
    from outreach.owners import existing_book
    from outreach.owners.letter_sources import address_of, cells_of, name_of, recipient_of, target_of
    from outreach.owners.who import owner_of
    from outreach.sheet.facts import facts_in

    options = LetterOptions(**typed)
    if options.checked:
        check_letters(ctx, [*options.checked, *filter(None, (place, *more))])
        return
    if not place or more:
        raise click.UsageError("Give one place.\nExample: outreach letter t.me/smm_riga --from sheet.xlsx")
    _refuse_output(options)
    book = existing_book(options.book)
    facts = facts_in(options.table) if options.table and options.table != "-" else ()
    target, remarks = target_of(address_of(place, facts, book), options.table)
    cells = cells_of(target, facts)
    remark(*remarks)
    if not options.anyway and (reasons := _without_letter(target, cells, book)):
        for line in reasons:
            say(line)
        return
    person = owner_of(target.resource, book.people(), options.to or "") if book else None
    recipient = recipient_of(target, cells, book, person, options.db, mail=_is_mail(options))
    if recipient.refused and not options.anyway:
        raise InputError(f"{name_of(target)}: {describe(recipient.refused)}", hint="--anyway writes the letter anyway")
    said, answers = _write(target, recipient, options)
    _warn_or_log(target, said, book, person, options)
    remark(f"Next: {_next(ctx, place, options, answers)}")


def _write(target: Target, recipient: Recipient, options: LetterOptions) -> tuple[Facts, list[str]]:
    """Write the letter, and say what to look at in it; return what it says, and the answers as options."""
    from outreach.owners.letter import LetterTemplates, write_letter
    from outreach.owners.letter_check import with_findings
    from outreach.owners.letter_sources import facts_of_letter

    templates = LetterTemplates(options.templates)
    brief = _brief(options.brief, target)
    market = _market(brief)
    facts, answers = _asked(
        lambda given: facts_of_letter(
            target, recipient, brief, given, settings_of_campaign(), in_eu=templates.checklist.in_eu(market)
        ),
        _given(options),
    )
    made = with_findings(write_letter(facts, templates), templates.checklist, market)
    _deliver(made, facts, options)
    for part in made.parts:
        for one in part.remarks:
            remark(f"Please check the {NAMES[part.kind]}: {describe(one)}.")
    return facts, answers


def _warn_or_log(
    target: Target, facts: Facts, book: Book | None, person: Person | None, options: LetterOptions
) -> None:
    """Warn where the owner was written to lately for somebody else; record the letter where that is asked for."""
    from outreach.campaign.events import ENOUGH, acquaintance
    from outreach.owners import open_book
    from outreach.owners.contacts import thread_in
    from outreach.owners.letter_sources import name_of

    ledger = ledger_beside(options.db)
    campaign = campaign_name(None, ledger, target.resource)
    known = acquaintance(thread_in(book, target.resource, person) if book else ())
    if known < ENOUGH and not options.follow_up:
        play = shell_quoted(["outreach", "owners", "play", target.resource])
        remark(f"Acquaintance so far: {known} of {ENOUGH} events. Get to know the owner first: {play}")
    if book and person:
        remark_other_letter(book.events(person=person.id), person, campaign)
        if options.output not in {None, "-"}:
            book.note_file(os.path.abspath(options.output or ""))  # noqa: PTH100 - Path's raises without a folder
    if options.log:
        opened = book or open_book(options.book)
        event = _written(target, facts, person, campaign, options)
        opened.log([event])
        remark(f"{opened.label}: {name_of(target)}, {event.kind.replace('_', ' ')}. Send it now; nothing was sent.")


def _written(target: Target, facts: Facts, person: Person | None, campaign: str, options: LetterOptions) -> Event:
    """Return the event that a letter was written."""
    from outreach.campaign.events import Event
    from outreach.owners.letter_files import address_in

    by_mail = _is_mail(options) or bool(address_in(facts.recipient.channel))
    known = person.channels[0].kind if person and person.channels else ""
    return Event(
        kind="followed_up" if options.follow_up else "wrote",
        at=this_moment(),
        channel="email" if by_mail else known,
        campaign=campaign,
        resource=target.resource,
        person=person.id if person else "",
    )


def _is_mail(options: LetterOptions) -> bool:
    return (options.output or "").lower().endswith(".eml")


def _refuse_output(options: LetterOptions) -> None:
    """Refuse before anything is read what could not be written, or would write over somebody's work."""
    output = options.output
    if output is None or output == "-":
        need_output("give a file: -o letter.md")
        return
    if Path(output).suffix.lower() not in {".md", ".eml"}:
        raise OutputError(f"{output}: a letter is a Markdown file or an e-mail", hint="call it letter.md or letter.eml")
    refuse_overwriting([one for one in (options.table, options.brief, options.facts) if one], output)
    if not options.force and os.path.lexists(output):
        raise OutputError(
            f"{output}: the file exists, and you may have edited it",
            hint="give another name, or --force to replace it",
        )


def _without_letter(target: Target, cells: Mapping[str, str], book: Book | None) -> list[str]:
    """Return what to do where no letter is needed: the way in, the rules, the next step; nothing where one is."""
    from outreach.owners.letter_sources import name_of
    from outreach.words.ways_in import WRITE, way_of

    of_book = (one.way for one in book.places() if one.resource == target.resource) if book else ()
    way = way_of(cells.get("way_in", "")) or next(iter(of_book), "")
    if way in {"", WRITE}:  # where none is known, the owner is written to
        return []
    lines = [f"{name_of(target)}: {describe(message(f'letter-way-{way}'))}."]
    if target.rules:
        lines.append(f"Rules: {target.rules}")
    if target.price:
        lines.append(f"Price: {target.price}")
    next_step = ["outreach", "draft", BRIEF, target.resource]
    return [*lines, f"Next: {shell_quoted(next_step)}", "To write a letter anyway: --anyway"]


def _brief(path: str | None, target: Target) -> Brief | None:
    """Return the brief as it holds for a place; None where there is none."""
    from outreach.teasers.brief import read_brief

    where = path or (BRIEF if os.path.isfile(BRIEF) else None)  # noqa: PTH113 - Path's fails at long names
    return read_brief(where, settings_of_campaign()).for_place(target.platform, target.resource) if where else None


def _market(brief: Brief | None) -> str:
    campaign = campaign_of()
    return (brief.market if brief else "") or (campaign.settings.market if campaign else "")


def _given(options: LetterOptions) -> Given:
    """Return what was typed for this letter: options over the file."""
    from outreach.owners.letter_facts import Given, Post, day_typed, one_line, read_given, typed_topic

    texts = {}
    for name in ("to", "channel", "found", "why", "gets", "subject"):
        if (value := getattr(options, name)) is not None:
            texts[name] = _option(name, one_line, value)
    post = Post(
        _option("post-date", day_typed, options.post_date) if options.post_date else None,
        _option("post-fact", one_line, options.post_fact) if options.post_fact else "",
    )
    topics = tuple(_option("topic", typed_topic, one) for one in options.topics)
    typed = Given(**texts, language=options.language or "", post=post, topics=topics)
    return typed.over(read_given(options.facts)) if options.facts else typed


def _option(name: str, check: Any, value: str) -> Any:
    try:
        return check(value)
    except InputError as err:
        raise OptionError(f"--{name}: {err.message}", hint=err.hint) from err


def _asked(put_together: Any, given: Given) -> tuple[Facts, list[str]]:
    """Return the facts; who sits at a terminal is asked for what can be answered in a line."""
    from outreach.cli.brief import can_ask
    from outreach.owners.letter_facts import Given, Post, day_typed, missing, one_line

    facts: Facts = put_together(given)
    needed = [one.code for one in missing(facts)]
    if not can_ask() or not ASKED.keys() >= set(needed):  # what takes an editor is asked for before anything is typed
        return facts, []
    answers: list[str] = []
    for code in needed:
        name, question = ASKED[code]
        check = day_typed if name == "post_date" else one_line
        value = click.prompt(question, err=True, value_proc=partial(_answer, check))
        answers += [f"--{name.replace('_', '-')}", str(value)]
        if name in {"post_date", "post_fact"}:
            more = Given(post=Post(value, "") if name == "post_date" else Post(None, value))
        else:
            more = Given(**{name: value})
        given = more.over(given)
    asked: Facts = put_together(given)
    return asked, answers


def _answer(check: Any, typed: str) -> Any:
    """Return an answer as it is used; click asks again where it cannot be."""
    try:
        return check(typed)
    except InputError as err:
        raise click.BadParameter(f"{err.message}; {err.hint}") from err


def _deliver(made: Letter, facts: Facts, options: LetterOptions) -> None:
    """Write the letter into its file, or print it."""
    from outreach.files.output import describe_place, store_bytes
    from outreach.owners.letter_files import address_in, eml, page

    text = page(made, facts.place)
    if options.output is None or options.output == "-":
        put(text, "md")
        return
    if _is_mail(options):
        part = made.follow_up if options.follow_up else made.email
        to = address_in(facts.recipient.channel)
        content = eml(part, to, facts.recipient.name, reply=options.follow_up, subject=made.email.subject)
    else:
        content = text.encode()
    where = store_bytes(Path(options.output), content)
    remark(*describe_place(Path(options.output), where))
    if _is_mail(options) and not address_in(facts.recipient.channel):
        remark("The owner's e-mail address is unknown: enter it before you send.")
    remark(f"Written to {where}; nothing was sent.")


def _next(ctx: click.Context, place: str, options: LetterOptions, answers: Sequence[str]) -> str:
    """Return the line to go on with: check the file, or write one."""
    if options.output and options.output != "-":
        return shell_quoted(["outreach", "letter", "--check", options.output])
    without = [f"--{name}" for name in ("from", "brief", "templates") if usual_value(ctx, "letter", _parameter(name))]
    typed = typed_options(ctx, without=(*_taken(ctx, without), "--output"))
    return shell_quoted(["outreach", "letter", place, *typed, *answers, "-o", "letter.md"])


def _parameter(name: str) -> str:
    return {"from": "table"}.get(name, name)


def _taken(ctx: click.Context, options: Sequence[str]) -> list[str]:
    """Return those of some options that were not typed; they come from the campaign's file."""
    return [one for one in options if not typed_options(ctx, only=(one,))]
