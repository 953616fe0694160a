"""The letter to an owner on the page of contacts, as ``outreach letter`` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outreach.app import contacting
from outreach.app.drafting import brief_path
from outreach.app.ledgers import database_of
from outreach.campaign.values import is_there, value_of

if TYPE_CHECKING:
    from outreach.app.desk import Desk
    from outreach.messages import Message
    from outreach.owners.letter import Letter
    from outreach.owners.letter_facts import Given
    from outreach.owners.person import Person
    from outreach.teasers.brief import Brief

__all__ = ["Draft", "draft_for", "findings_in", "given_in"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to an owner, or what keeps it from being written.

    Args:
        letter: With what is to be mended in each text; None where facts are missing or nothing is to be written.
        missing: Facts that only the user knows.
        refused: Why the owner is not to be written to.

    """

    letter: Letter | None
    missing: tuple[Message, ...] = ()
    refused: Message | None = None


def draft_for(desk: Desk, person: Person, place: str, given: Given, *, mail: bool) -> Draft:
    """Write the letter to an owner; hold the lock meanwhile.

    Args:
        desk: The campaign.
        person: Who decides at the place.
        place: Its key.
        given: Facts of this letter.
        mail: Whether it is an e-mail.

    Raises:
        OutreachError: A file, a template or a database cannot be used.

    """
    from outreach.owners.letter import LetterTemplates, write_letter
    from outreach.owners.letter_check import with_findings
    from outreach.owners.letter_facts import missing
    from outreach.owners.letter_sources import cells_of, facts_of_letter, recipient_of, target_of
    from outreach.sheet.facts import facts_in

    campaign = desk.campaign()
    named = value_of(campaign, "sheet")
    table = named if named and is_there(named) else None
    facts = facts_in(table) if table else ()
    target, _ = target_of(place, table)
    book = contacting.book_of()
    recipient = recipient_of(target, cells_of(target, facts), book, person, database_of(campaign), mail=mail)
    if recipient.refused:
        return Draft(None, refused=recipient.refused)
    templates = LetterTemplates(campaign.path(campaign.settings.templates) or None)
    brief = _brief(desk, target.platform, target.resource)
    market = (brief.market if brief else "") or campaign.settings.market or ""
    whole = facts_of_letter(target, recipient, brief, given, campaign.settings, in_eu=templates.checklist.in_eu(market))
    if needed := missing(whole):
        return Draft(None, needed)
    return Draft(with_findings(write_letter(whole, templates), templates.checklist, market))


def findings_in(desk: Desk, text: str, kind: str, subject: str) -> list[Message]:
    """Return what is to be mended in a letter, as ``outreach letter --check`` finds it.

    Raises:
        OutreachError: The campaign's file or a template cannot be used.

    """
    from outreach.owners.letter import LetterTemplates
    from outreach.owners.letter_check import check_text

    campaign = desk.campaign()
    templates = LetterTemplates(campaign.path(campaign.settings.templates) or None)
    market = campaign.settings.market or ""
    return [one.what for one in check_text(text, kind, templates.checklist, subject=subject, market=market)]


def given_in(typed: dict[str, str]) -> Given:
    """Return the facts of a letter that were typed into the form.

    Raises:
        InputError: A day is none, or a topic has no headline or no sentences.

    Example:
        >>> given_in({"found": "website", "headline": "Bridges", "topic": "What they cost. How long they last."}).found
        'website'

    """
    from outreach.owners.letter_facts import Given, Post, Topic, day_typed, one_line

    lines: dict[str, Any] = {name: one_line(typed[name]) for name in ("found", "why", "gets") if typed.get(name)}
    day: Any = day_typed(typed["post_date"]) if typed.get("post_date") else None
    post = Post(day, one_line(typed["post_fact"]) if typed.get("post_fact") else "")
    headline, text = typed.get("headline", ""), " ".join(typed.get("topic", "").split())
    topics = (Topic(one_line(headline), text),) if headline and text else ()
    return Given(**lines, post=post, topics=topics)


def _brief(desk: Desk, platform: str, resource: str) -> Brief | None:
    """Return the brief as it holds for a place; None where there is none."""
    from outreach.teasers.brief import read_brief

    campaign = desk.campaign()
    path = brief_path(desk, campaign)
    return read_brief(path, campaign.settings).for_place(platform, resource) if path.is_file() else None
