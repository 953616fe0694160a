"""Whom a letter goes to and what it says, out of the sheet, the address book, the database, the brief, the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outreach.campaign.clock import this_day
from outreach.errors import InputError
from outreach.messages import LANGUAGES, describe, message
from outreach.owners.letter_facts import Facts, Recipient, from_brief
from outreach.owners.profile import writer_for
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.campaign.settings import Settings
    from outreach.messages import Message
    from outreach.owners.book import Book
    from outreach.owners.letter_facts import Given
    from outreach.owners.person import Person
    from outreach.sheet.facts import Fact
    from outreach.teasers.brief import Brief
    from outreach.teasers.targets import Target

__all__ = ["address_of", "cells_of", "facts_of_letter", "name_of", "recipient_of", "target_of"]


def address_of(place: str, facts: Sequence[Fact], book: Book | None) -> str:
    """Return the key of a place that was named, as the sheet or the address book names it; else what was typed.

    Raises:
        InputError: Several places have this name.

    Example:
        >>> from outreach.sheet.facts import Fact
        >>> address_of("SMM Riga", [Fact(row=2, key="telegram:smm_riga", name="SMM Riga")], None)
        'telegram:smm_riga'

    """
    from outreach.campaign.ledger.names import matching
    from outreach.keys import identify, is_name
    from outreach.owners.place import Place

    key = identify(place).key
    if key is not None and not is_name(key) and not key.startswith("other:"):
        return place
    known = {one.key: Place(resource=one.key, name=one.name or "") for one in facts if one.key}
    known |= {one.resource: one for one in book.places()} if book else {}
    found = matching(list(known.values()), place, {})
    if len(found) > 1:
        shown = "\n".join(f"  {one.name or one.resource} ({one.resource})" for one in found)
        raise InputError(f"{len(found)} places are called {place}:\n{shown}", hint="give the address of one")
    return found[0].resource if found else place


def target_of(place: str, table: str | None) -> tuple[Target, list[str]]:
    """Return a place as a table knows it, and what there is to say about the table.

    Args:
        place: Its key or address.
        table: A ranking or a sheet; None for none.

    Raises:
        InputError: The table cannot be read, or the place is none.

    """
    from outreach.teasers.targets import choose

    chosen = choose([place], table)
    return chosen.targets[0], [describe(one) for one in chosen.remarks]


def cells_of(target: Target, facts: Sequence[Fact]) -> Mapping[str, str]:
    """Return the cells of a place's row in the sheet; none where it has no row."""
    return next((one.cells for one in facts if one.key == target.resource), {})


def recipient_of(
    target: Target, cells: Mapping[str, str], book: Book | None, person: Person | None, db: str | None, *, mail: bool
) -> Recipient:
    """Return who decides at a place, and why nothing is to be written to them, where that is so.

    Args:
        target: The place.
        cells: Of its row in the sheet.
        book: The address book.
        person: Who decides there, as the book has them.
        db: The campaign's database, which knows who declined.
        mail: Whether it is an e-mail, which goes to an e-mail address.

    Raises:
        OutreachError: The database or the book cannot be used.

    """
    refused = message("letter-refused-no") if target.accepts_posts == "no" else _declined(target, db)
    sheet = Recipient(_cell(cells, "owner"), _cell(cells, "contact"), target.language, refused=refused)
    if book is None or person is None:
        return sheet
    if person.do_not_contact:
        refused = message("letter-refused-asked")
    elif refused is None and (campaign := _declined_for(book, person)):
        refused = message("letter-refused-declined", campaign=campaign)
    return Recipient(
        name=person.name,
        channel=_channel(person, mail=mail) or sheet.channel,
        language=person.language or sheet.language,
        found=person.found,
        refused=refused,
    )


def facts_of_letter(
    target: Target, recipient: Recipient, brief: Brief | None, given: Given, usual: Settings | None, *, in_eu: bool
) -> Facts:
    """Return what a letter says; what was given for it counts before what is known.

    Args:
        target: The place.
        recipient: Who decides there.
        brief: Of the article; None for none.
        given: For this letter.
        usual: Settings of the campaign: who writes, and in which language; None for none.
        in_eu: Whether the rules of the EU hold for the owner.

    Raises:
        InputError: There are no letters in the language.

    """
    language = _language(given.language or recipient.language, brief, usual)
    writer = writer_for(given.writer or (usual.writer if usual else {}), language)
    topics, bonus = from_brief(brief, language)
    return Facts(
        writer=replace(writer, company=writer.company or (brief.company if brief else "")),
        recipient=replace(
            recipient,
            name=given.to or recipient.name,
            channel=given.channel or recipient.channel,
            language=language,
            found=given.found or recipient.found,
        ),
        place=name_of(target),
        platform=target.platform,
        post=given.post,
        topics=given.topics or tuple(topics),
        gets=given.gets or bonus or writer.offer,
        overlap=target.overlap,
        listed=target.listed,
        why=given.why,
        subject=given.subject,
        language=language,
        paid=target.deal == "paid",
        in_eu=in_eu,
        today=this_day(),
    )


def name_of(target: Target) -> str:
    """Return what a place is called in a letter.

    Example:
        >>> from outreach.teasers.targets import targets
        >>> name_of(targets(["t.me/smm_riga"])[0])
        'smm_riga'

    """
    return " ".join((target.name or own_words(target.resource)).split())


def _channel(person: Person, *, mail: bool) -> str:
    """Return where a person is written to: an e-mail address for an e-mail, else their best channel."""
    addresses = [one.address for one in person.channels]
    of_mail = [one.address for one in person.channels if one.kind == "email"]
    return next(iter(of_mail if mail and of_mail else addresses), "")


def _declined_for(book: Book, person: Person) -> str:
    """Return for which campaign a person declined, where that is how far it is; empty where it is not."""
    from outreach.campaign.events import stage_of

    events = book.events(person=person.id)
    if stage_of(events) != "declined":
        return ""
    return next((one.campaign for one in reversed(events) if one.kind == "declined" or one.answer == "no"), "") or "?"


def _declined(target: Target, db: str | None) -> Message | None:
    """Return that the last post was declined, where the database says so."""
    from outreach.campaign.ledger import is_there, open_ledger
    from outreach.teasers.history import History

    if db is None or not is_there(db):
        return None
    last = History(open_ledger(db, create=False).placements()).last(target.resource)
    if last is None or last.status != "declined":
        return None
    return message("letter-refused-declined", campaign=last.campaign)


def _cell(cells: Mapping[str, str], name: str) -> str:
    """Return a cell of the sheet on one line; a dash says that there is nothing."""
    from outreach.words.accepting import NOTHING

    text = " ".join(cells.get(name, "").split())
    return "" if text in NOTHING else text


def _language(known: str, brief: Brief | None, usual: Settings | None) -> str:
    """Return the language of the letter.

    Raises:
        InputError: There are no letters in it.

    """
    language = known or (brief.language if brief else "") or (usual.language if usual else "") or "en"
    if language not in LANGUAGES:
        raise InputError(f"outreach has no letters in {language}", hint=f"--lang takes {', '.join(LANGUAGES)}")
    return language
