"""``outreach owners``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.campaign.clock import this_day
from outreach.campaign.events import CLOSED, STAGES
from outreach.cli.output import deliver, is_terminal, need_output
from outreach.cli.owners_log import log
from outreach.cli.owners_play import play
from outreach.cli.owners_report import report
from outreach.cli.owners_shared import (
    FORMS,
    campaign_name,
    ledger_beside,
    line,
    meant,
    of_ledger,
    open_existing,
    remark_other_letter,
    the_book,
    the_ledger,
)
from outreach.cli.shared import counted, language_option, remark, shell_quoted
from outreach.errors import InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outreach.owners import Person, Place
    from outreach.owners.book import Book
    from outreach.owners.contacts import Contact
    from outreach.owners.reading import Read

__all__ = ["owners"]

MOST_SHOWN: Final = 20
LANGUAGES: Final = ("en", "ru", "el", "lv", "hy")
CHANNEL_OPTIONS: Final = ("telegram", "whatsapp", "messenger", "message", "email", "form", "telephone")
FACT_OPTIONS: Final = ("way_in", "price", "rules")


@click.group()
def owners() -> None:
    """Keep the address book: the owners of places, and your progress with each.

    All campaigns on this computer share one book. Give places and people by an address or a part of their name.

    Example:

    \b
        outreach owners add Marina --place t.me/smm_riga --telegram @marina_example
        outreach owners log "SMM Riga" commented --date yesterday --note "under the post on prices"
        outreach owners list

    """


@owners.command("list", short_help="List places and people with their stages.")
@click.argument("names", nargs=-1)
@click.option("--stage", type=click.Choice([*STAGES, *CLOSED]), help="Only this stage.")
@click.option("--campaign", metavar="NAME", help="Only events of this campaign, or of none.")
@click.option("--format", "form", type=click.Choice(FORMS[:-1]), help="[default: table on a terminal, csv in a pipe]")
@the_book
@the_ledger
def list_owners(
    *,
    names: tuple[str, ...],
    stage: str | None,
    campaign: str | None,
    form: str | None,
    book: str | None,
    db: str | None,
) -> None:
    """List places and people, all or those named NAMES, with the stage of each.

    Example:

    \b
        outreach owners list
        outreach owners list riga --stage quoted

    """
    from outreach.owners.contacts import contacts_of

    need_output("outreach owners export -o owners.csv writes a file")
    opened, ledger = open_existing(book), ledger_beside(db)
    wanted = campaign_name(campaign, ledger) if campaign else ""
    found = contacts_of(opened, of_ledger(ledger), wanted)
    keys, people = _narrowed(opened, names)
    rows = [
        one
        for one in found
        if (not names or one.place.resource in keys or (one.person is not None and one.person.id in people))
        and (stage is None or one.stage == stage)
    ]
    if form == "table" or (form is None and is_terminal()):
        from outreach.cli.owners_table import show_contacts

        show_contacts(rows)
    else:
        _send(rows, form or "csv")
    remark(f"{counted(len(rows), 'contact')}." if rows else f"No contact in {opened.label} matches.")
    remark(f"Example: {line('log', 'NAME', 'commented', '--date', 'yesterday')}")


@owners.command("show", short_help="Show a place or a person with all events.")
@click.argument("name")
@click.option("--campaign", metavar="NAME", help="Only events of this campaign, or of none.")
@the_book
@the_ledger
def show(*, name: str, campaign: str | None, book: str | None, db: str | None) -> None:
    """Show the place or the person NAME: contacts, prices, events.

    Example:

    \b
        outreach owners show "SMM Riga"
        outreach owners show Marina

    """
    from outreach.cli.owners_table import show_contact
    from outreach.owners.contacts import contacts_of

    need_output()
    opened, ledger = open_existing(book), ledger_beside(db)
    one = meant(opened, ledger, name)
    here = campaign_name(campaign, ledger, one.place.resource)
    found = [
        contact
        for contact in contacts_of(opened, of_ledger(ledger), here if campaign else "")
        if (not one.place.resource or contact.place.resource == one.place.resource)
        and (one.person is None or (contact.person is not None and contact.person.id == one.person.id))
    ]
    if not found:
        raise InputError(f"{name}: nothing is recorded about this place yet", hint=line("log", name, "followed"))
    for contact in found:
        show_contact(contact)
        if contact.person is not None and here:
            remark_other_letter(contact.events, contact.person, here)
    remark(f"Example: {line('log', name, 'commented', '--date', 'yesterday')}")


@owners.command("add", short_help="Add or change a person or a place.")
@click.argument("name", required=False)
@click.option("--place", "places", multiple=True, metavar="ADDRESS", help="Place where they decide; may be repeated.")
@click.option("--role", metavar="TEXT", help="Their role there: admin, editor.")
@click.option("--telegram", metavar="HANDLE", help="How to reach them; the first of these options is the best way.")
@click.option("--whatsapp", metavar="NUMBER", help="Likewise.")
@click.option("--messenger", metavar="NAME", help="Likewise.")
@click.option("--message", metavar="NAME", help="Likewise: direct messages of the place's own network.")
@click.option("--email", metavar="ADDRESS", help="Likewise.")
@click.option("--form", metavar="URL", help="Likewise: a form on their site.")
@click.option("--telephone", metavar="NUMBER", help="Likewise.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language in which you write to them.")
@click.option("--found", metavar="TEXT", help="Where you found the contact; the first letter names it.")
@click.option("--note", metavar="TEXT", help="Anything else.")
@click.option(
    "--keep", type=click.IntRange(1, 1200), metavar="MONTHS", help="How long to keep them after the last event."
)
@click.option("--do-not-contact/--may-contact", default=None, help="Whether they asked not to be contacted.")
@click.option("--way-in", metavar="TEXT", help="How a post gets in: post myself, submit, write, buy, exchange.")
@click.option("--price", metavar="TEXT", help="Price of a post.")
@click.option("--rules", metavar="TEXT", help="Rules for posts.")
@click.option("--new", "is_new", is_flag=True, help="Another person of the same name.")
@the_book
def add(*, name: str | None, places: tuple[str, ...], is_new: bool, book: str | None, **given: Any) -> None:
    """Add or change the person NAME; without NAME, only places.

    Example:

    \b
        outreach owners add Marina --place t.me/smm_riga --telegram @marina_example --found "the channel's description"
        outreach owners add --place vk.com/smm --way-in "post myself" --rules "no links on Fridays"
        outreach owners add Marina --do-not-contact

    """
    from outreach.owners import open_book

    if not name and not places:
        raise click.UsageError(
            "Name a person, or a place with --place.\nExample: outreach owners add Marina --place t.me/a"
        )
    opened = open_book(book)
    keys = [_place_key(opened, one) for one in places]
    facts = {column: given.pop(column) for column in FACT_OPTIONS}
    changed = _places_with(opened, keys, {column: text for column, text in facts.items() if text is not None})
    people = [_person_with(opened, name, keys, given, is_new=is_new)] if name else []
    new, updated = opened.write(people, changed)
    what = people[0].name if people else ", ".join(keys)
    remark(f"{what}: {'added' if new else 'changed' if updated else 'unchanged'}.")
    remark(f"Next: {line('log', name or keys[0], 'followed')}")


@owners.command("import", short_help="Read owners and events from a table or a sheet.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--encoding", metavar="NAME", help="Encoding of a text file, like cp1251. [default: recognised]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, without writing it.")
@the_book
def import_owners(*, paths: tuple[str, ...], encoding: str | None, dry_run: bool, book: str | None) -> None:
    """Read owners, events or a resources sheet from PATHS: workbooks or text tables, in any of five languages.

    Empty cells change nothing. A table of owners overrides the book; a resources sheet only fills in empty fields. Each
    event is added once, however often you import it.

    Example:

    \b
        outreach owners import sample_data/owners.csv sample_data/events.csv
        outreach owners import sheet.xlsx --dry-run

    """
    from outreach.owners import open_book

    opened = open_book(book)
    for path in paths:
        found = _read(path, opened, encoding)
        _tell_bad(path, found)
        if not (found.people or found.places or found.events) and found.bad:
            raise InputError(f"{path}: no usable row", hint="see the lines above")
        if dry_run:
            what = (counted(len(rows), noun) for rows, noun in _parts(found))
            remark(f"{path}: {', '.join(what)} would be added or changed; nothing was written.")
            continue
        new, changed = opened.write(found.people, found.places)
        added = opened.log(found.events, again=False)
        remark(f"{path}: {new} added, {changed} changed, {counted(len(added), 'event')} added.")
    remark(f"Next: {line('list')}")


@owners.command("export", short_help="Write the address book, or its events.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending sets the format.")
@click.option("--format", "form", type=click.Choice(FORMS[1:]), help="Format. [default: csv]")
@click.option("--events", "is_events", is_flag=True, help="Write events instead of people and places.")
@language_option(LANGUAGES, "Language of the workbook's first tab.")
@click.option("--to-sheet", metavar="FILE", help="Fill in empty cells of a resources sheet: owner, contact, price.")
@the_book
def export_owners(
    *, output: str | None, form: str | None, is_events: bool, to_sheet: str | None, language: str, book: str | None
) -> None:
    """Write the whole address book to a file, or with --to-sheet into your sheet; `import` reads it back.

    Example:

    \b
        outreach owners export -o owners.xlsx
        outreach owners export --events -o events.csv

    """
    from outreach.engine import Engine
    from outreach.owners.table import events_table, owners_table
    from outreach.reporting import format_of, write
    from outreach.reporting.owners_sheet import owners_sheet

    opened = open_existing(book)
    if to_sheet is not None:
        _fill_sheet(opened, to_sheet)
        return
    form = form or (format_of(output) if output else "csv")
    if output is None:
        need_output("give a file: -o owners.csv")
        if form == "xlsx" and is_terminal():
            raise OptionError("a workbook cannot be shown on a terminal", hint="outreach owners export -o owners.xlsx")
    people, places, events = opened.people(), opened.places(), opened.events()
    with Engine() as engine:
        table = events_table(engine, events) if is_events else owners_table(engine, people, places)
        around = owners_sheet(people, places, language) if form == "xlsx" and not is_events else None
        if output is None:
            deliver(table, form, around=around)
        else:
            _refuse_book(output, opened)
            write(table, form, output, around=around)
            opened.note_file(os.path.abspath(output))  # noqa: PTH100 - Path's fails without a folder
        rows = len(table)
    remark(f"{counted(rows, 'row')} written{f' to {output}' if output else ''}.")
    if output:
        remark(f"Example: {shell_quoted(['outreach', 'owners', 'import', output, '--book', 'other.db'])}")


@owners.command("forget", short_help="Remove a person's data for good.")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@the_book
def forget(*, name: str, yes: bool, book: str | None) -> None:
    """Remove all data of the person NAME for good. Events stay, without a name.

    Lists the files written from the book: they may still contain the data.

    Example:

    \b
        outreach owners forget Marina

    """
    from outreach.cli.brief import can_ask

    opened = open_existing(book)
    one = meant(opened, None, name)
    if one.person is None:
        raise InputError(f"{name}: this is a place without a known owner", hint="name the person")
    if not yes:
        asked = f"Remove {one.person.name} ({', '.join(one.person.places) or 'no place'}) for good?"
        if not can_ask():
            raise OptionError(asked, hint="--yes removes without asking")
        click.confirm(asked, abort=True, err=True)
    gone = opened.forget(one.person)
    remark(
        f"Removed; {counted(gone.events, 'event')} without a name stay, and {counted(gone.texts, 'note')} on others."
    )
    there = [path for path in gone.files if os.path.exists(path)]  # noqa: PTH110 - as it was noted
    if there:
        remark("Files written from the book may still contain the data:", *(f"  {path}" for path in there))
    if not gone.compacted:
        remark("Another program is reading the book: the next removal will rewrite its file.")
    if opened.database.file is None:
        remark("The server's backups and logs may contain the data until they are overwritten: ask its administrator.")


for below in (log, play, report):
    owners.add_command(below)


def _narrowed(book: Book, names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return the keys of places and the ids of people that names mean, each of them one or several.

    Raises:
        InputError: A name means nothing.

    """
    from outreach.campaign.ledger.names import matching
    from outreach.words.fold import fold_header

    keys: set[str] = set()
    ids: set[str] = set()
    places, people = book.places(), book.people()
    for name in names:
        called = fold_header(name)
        there = {one.resource for one in matching(places, name, {})}
        who = {one.id for one in people if called and called in fold_header(one.name)}
        if not there and not who:
            raise InputError(f"{name}: nothing in {book.label} has this name", hint="outreach owners list")
        keys |= there
        ids |= who
    return keys, ids


def _place_key(book: Book, text: str) -> str:
    one = meant(book, None, text)
    if not one.place.resource:
        raise OptionError(f"--place {text}: this is a person, no place", hint="give an address, like t.me/smm_riga")
    return one.place.resource


def _places_with(book: Book, keys: Sequence[str], facts: dict[str, str]) -> list[Place]:
    from dataclasses import replace

    from outreach.owners import Place

    known = {one.resource: one for one in book.places()}
    return [replace(known.get(key, Place(resource=key)), **facts) for key in keys]


def _person_with(book: Book, name: str, keys: Sequence[str], given: dict[str, Any], *, is_new: bool) -> Person:
    """Return the person of a name with what was typed.

    Raises:
        InputError: Several people are called so.

    """
    from dataclasses import replace

    from outreach.owners import Channel, Person
    from outreach.words.fold import fold_header

    same = (
        [] if is_new else [one for one in book.people() if fold_header(one.name) == fold_header(name) or one.id == name]
    )
    if len(same) > 1 and len(at := [one for one in same if set(keys) & set(one.places)]) == 1:
        same = at
    if len(same) > 1:
        shown = "\n".join(
            f"  {one.name}, {', '.join(one.places) or 'no place'} ({one.id})" for one in same[:MOST_SHOWN]
        )
        raise InputError(f"{len(same)} people are called {name}:\n{shown}", hint="give the id in brackets, or --new")
    one = same[0] if same else Person(name=name)
    typed = [Channel(kind, given[kind]) for kind in _order(CHANNEL_OPTIONS) if given[kind]]
    kept = tuple(channel for channel in one.channels if channel not in typed)
    values = {column: given[column] for column in ("role", "language", "found", "note") if given[column] is not None}
    if given["keep"] is not None:
        values["keep"] = given["keep"]
    if given["do_not_contact"] is not None:
        values["do_not_contact"] = given["do_not_contact"]
    return replace(one, places=(*one.places, *keys), channels=(*typed, *kept), **values)


def _order(options: Sequence[str]) -> list[str]:
    """Return options in the order in which they were typed."""
    from outreach.cli.shared import TYPED

    words = list(click.get_current_context().find_root().meta.get(TYPED, ()))

    def place(option: str) -> int:
        flag = f"--{option}"
        return next((at for at, word in enumerate(words) if word == flag or word.startswith(f"{flag}=")), len(words))

    return sorted(options, key=place)


def _read(path: str, book: Book, encoding: str | None) -> Read:
    """Return what a file says: a resources sheet fills in what is empty, any other table counts."""
    from outreach.files.streams import read_once
    from outreach.owners.from_sheet import from_sheet
    from outreach.owners.reading import Read, read_book_file
    from outreach.sheet.facts import read_sheet

    people, places = book.people(), book.places()
    with read_once(path) as file:
        if not _is_sheet(file, encoding, path):
            return read_book_file(file, today=this_day(), people=people, places=places, encoding=encoding, label=path)
        sheet = read_sheet(file, encoding, path)
    remark(*sheet.describe())
    found, facts = from_sheet(sheet, people, places)
    return Read(found, facts)


def _is_sheet(file: Path, encoding: str | None, label: str) -> bool:
    """Whether a file is a resources sheet: nothing else says how many follow a place, or whether it takes posts."""
    from outreach.errors import UnknownFormatError
    from outreach.sheet.grid import grid_of

    try:
        columns = grid_of(file, encoding, label).columns
    except UnknownFormatError:
        return False
    return not {"customers", "subscribers", "accepts_posts"}.isdisjoint(columns)


def _parts(found: Read) -> tuple[tuple[Sequence[object], str], ...]:
    return (found.people, "contact"), (found.places, "place"), (found.events, "event")


def _tell_bad(path: str, found: Read) -> None:
    from outreach.messages import describe

    for bad in found.bad[:MOST_SHOWN]:
        remark(f"{path}, line {bad.line}: {describe(bad.reason)}")
    if len(found.bad) > MOST_SHOWN:
        remark(f"{path}: and {len(found.bad) - MOST_SHOWN} more such lines")


def _fill_sheet(book: Book, path: str) -> None:
    from outreach.owners.from_sheet import cells_for
    from outreach.reporting.resources.base import Change
    from outreach.reporting.resources_sheet import save_cells
    from outreach.sheet.facts import read_sheet

    sheet = read_sheet(path)
    cells = [Change(row, column, text) for row, column, text in cells_for(sheet, book.people(), book.places())]
    saved = save_cells(path, sheet, cells)
    if saved.changed:
        book.note_file(str(saved.path.resolve()))
    remark(*saved.remarks)
    remark(f"{counted(len(cells), 'empty cell')} filled in {saved.path}." if cells else f"{path}: nothing to fill in.")


def _refuse_book(output: str, book: Book) -> None:
    from outreach.cli.shared import refuse_overwriting

    refuse_overwriting([str(book.database.file)] if book.database.file else [], output)


def _send(rows: Sequence[Contact], form: str) -> None:
    from outreach.engine import Engine
    from outreach.owners.table import contacts_table

    with Engine() as engine:
        deliver(contacts_table(engine, rows), form)
