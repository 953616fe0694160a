"""The client's page of an open campaign, as ``outreach report`` makes it, and what the marketer adds to it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from outreach.app import uploads
from outreach.app.ledgers import ledger_of
from outreach.campaign.clock import this_day
from outreach.campaign.editing import keep_settings
from outreach.campaign.values import is_there, value_of
from outreach.errors import InputError, OutputError
from outreach.files.output import store_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.app.desk import Desk
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.settings import Campaign
    from outreach.files.money import Money
    from outreach.reporting.client_page import Page, Sources

__all__ = [
    "WORDS", "Change", "Chosen", "Made", "file_of", "keep_logo", "keep_words", "made", "mark_of", "months",
    "own_words", "preview", "remove_logo", "undo", "undone_next", "version",
]  # fmt: skip

WORDS: Final[Mapping[str, str]] = {"intro": "intro.md", "outro": "outro.md"}
"""Own words before and after, and the files of the campaign's folder that hold them."""
MOST_KEPT: Final = 20
MOST_MONTHS: Final = 60
OUT: Final = frozenset({"published", "removed"})

_changes: WeakKeyDictionary[Desk, list[Change]] = WeakKeyDictionary()
"""What can be taken back, until the app ends."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen for a page.

    Args:
        month: Like 2026-11; empty for the whole campaign.
        sections: Which ones.
        language: Of the page.
        with_owners: Whether owners are named.

    """

    month: str
    sections: tuple[str, ...]
    language: str
    with_owners: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A page with where its templates are, and whether there is nothing to report: no post is out, no result read."""

    page: Page
    templates: str | None
    nothing: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be taken back.

    Args:
        number: Of the change.
        what: ``words`` or ``logo``.
        before: Files that were changed, by name, with what they held; None where there was none.
        after: Likewise afterwards.
        logo: The setting before and afterwards; None where it was not changed.

    """

    number: int
    what: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    logo: tuple[str, str] | None = None


def made(desk: Desk, chosen: Chosen, seconds: float | None = None) -> Made:
    """Return the client's page.

    Args:
        desk: The campaign; its lock is held until the page is used.
        chosen: Month, sections, language.
        seconds: How long to wait for the lists; None until they are read.

    Raises:
        OutreachError: Lists, sheet, database, logo or templates cannot be used, or the month is none.
        StillReading: The lists are still read.

    """
    from outreach.reporting.client_page import PageOptions, client_page, month_of
    from outreach.reporting.client_page.logo import read_logo

    campaign = desk.campaign()
    logo = value_of(campaign, "logo")
    words = own_words(desk)
    options = PageOptions(
        today=this_day(),
        client=campaign.settings.client,
        logo=read_logo(logo) if logo else None,
        month=month_of(chosen.month) if chosen.month else None,
        language=chosen.language,
        budget=_budget(campaign),
        intro=words["intro"],
        outro=words["outro"],
        sections=chosen.sections,
        with_owners=chosen.with_owners,
        templates=value_of(campaign, "templates") or None,
    )
    ledger = ledger_of(campaign)
    page = client_page(_sources(desk, campaign, ledger, seconds), options)
    desk.forget_ranking()  # the page ranks in the same engine
    return Made(page, options.templates, ledger is None or not _has_anything(ledger))


def _has_anything(ledger: Ledger) -> bool:
    from outreach.campaign.ledger.results import Results

    return any(one.status in OUT for one in ledger.placements()) or bool(Results(ledger.database).imports())


def _budget(campaign: Campaign) -> Money | None:
    from outreach.files.money import money

    return money(campaign.settings.budget) if campaign.settings.budget else None


def _sources(desk: Desk, campaign: Campaign, ledger: Ledger | None, seconds: float | None) -> Sources:
    from outreach.files.money import currency_of
    from outreach.owners import existing_book
    from outreach.reporting.client_page import Sources
    from outreach.sheet.facts import facts_in

    likes = choice = None
    lists = value_of(campaign, "lists")
    if lists and is_there(lists):
        ranked = desk.ranked(desk.usual_choice(campaign), seconds)
        likes, choice = ranked.likes, replace(ranked.choice, exclude=(*ranked.choice.exclude, *ranked.excluded))
    sheet = value_of(campaign, "sheet")
    currency = campaign.settings.currency
    return Sources(
        ledger=ledger,
        likes=likes,
        choice=choice,
        facts=facts_in(sheet) if sheet and is_there(sheet) else (),
        book=existing_book(os.environ.get("OUTREACH_BOOK") or None),
        visits=campaign.settings.visits,
        currency=(currency_of(currency.upper()) or "") if currency else "",
    )


def file_of(desk: Desk, chosen: Chosen, form: str) -> bytes:
    """Return the page as the file that ``outreach report -o`` writes.

    Args:
        desk: The campaign; its lock is held.
        chosen: Month, sections, language.
        form: Ending of the file.

    Raises:
        OutreachError: As :func:`made` does, or it cannot be written.

    """
    from outreach.reporting.client_page import store_page

    found = made(desk, chosen)
    with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
        return store_page(found.page, str(Path(folder, f"report.{form}")), found.templates).read_bytes()


def preview(desk: Desk, chosen: Chosen) -> tuple[str, str]:
    """Return the page as HTML, and what it may do.

    Raises:
        OutreachError: As :func:`made` does.

    """
    from outreach.reporting.client_page.html import page_html, page_policy

    found = made(desk, chosen)
    return page_html(found.page, found.templates), page_policy(found.page)


def months(desk: Desk) -> list[str]:
    """Return the months with posts or results, the last one first, like 2026-11.

    Raises:
        OutreachError: The database cannot be used.

    """
    from outreach.campaign.ledger.results import Results

    ledger = ledger_of(desk.campaign())
    found = {this_day().isoformat()[:7]}
    if ledger is not None:
        found |= {one.published_at[:7] for one in ledger.placements() if one.published_at}
        for one in Results(ledger.database).imports():
            if one.period_start and one.period_end:
                found |= set(_from_to(one.period_start[:7], one.period_end[:7]))
    return sorted(found, reverse=True)[:MOST_MONTHS]


def _from_to(first: str, last: str) -> list[str]:
    begin, end = (12 * int(one[:4]) + int(one[5:7]) - 1 for one in (first, last))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(max(begin, end - MOST_MONTHS), end + 1)]


# What the marketer adds


def own_words(desk: Desk) -> dict[str, str]:
    """Return the own words, empty where there are none.

    Raises:
        InputError: A file of them leads out of the campaign's folder, cannot be read, or is no text.

    """
    from outreach.reporting.client_page.own_words import read_own_words

    paths = {name: desk.within(desk.folder / file) for name, file in WORDS.items()}
    return {name: read_own_words(str(path)) if os.path.lexists(path) else "" for name, path in paths.items()}


def mark_of(words: Mapping[str, str]) -> str:
    """Return what tells these words from others: a page that was made of others may not write over them."""
    return sha256("\0".join(_lines(words[name]) for name in WORDS).encode()).hexdigest()[:16]


def keep_words(desk: Desk, typed: Mapping[str, str], seen: str) -> bool:
    """Write own words into the campaign's folder; return whether anything changed.

    A file whose words were all deleted goes where replaced files are.

    Args:
        desk: The campaign; its lock is held.
        typed: Markdown by the names of :data:`WORDS`.
        seen: Mark of the words that the page showed.

    Raises:
        InputError: They are too long, lead out of the folder, or others stand there by now.
        OutputError: They cannot be written.

    """
    from outreach.reporting.client_page.options import MOST_WORDS

    now = own_words(desk)
    texts = {name: typed[name].replace("\r\n", "\n").replace("\r", "\n").strip() for name in WORDS if name in typed}
    changed = {name: text for name, text in texts.items() if text != _lines(now[name])}
    if changed and mark_of(now) != seen:
        raise InputError("the words were changed in another program meanwhile", hint="save again to replace them")
    if any(len(text) >= MOST_WORDS for text in changed.values()):
        raise InputError(f"own words are longer than {MOST_WORDS:,} characters", hint="shorten them")
    if not changed:
        return False
    before = {WORDS[name]: _bytes(desk, WORDS[name]) for name in changed}
    after = {WORDS[name]: f"{text}\n".encode() if text else None for name, text in changed.items()}
    for file, content in after.items():
        _put(desk, file, content)
    _remember(desk, "words", before, after)
    return True


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def keep_logo(desk: Desk, content: bytes) -> None:
    """Make a picture the client's logo: a file of the campaign's folder, and the setting ``logo``.

    Args:
        desk: The campaign; its lock is held.
        content: Of the picture.

    Raises:
        InputError: It is none, or too large.
        OutputError: It cannot be written.

    """
    from outreach.reporting.client_page.logo import logo_in

    campaign = desk.campaign()
    name = f"logo.{logo_in(content).kind.removeprefix('image/').replace('jpeg', 'jpg')}"
    before = {name: _bytes(desk, name)}
    uploads.keep_file(desk, name, BytesIO(content), desk.folder)
    keep_settings(campaign.file, {"logo": name})
    if (before[name], campaign.settings.logo) != (content, name):
        _remember(desk, "logo", before, {name: content}, (campaign.settings.logo, name))


def remove_logo(desk: Desk) -> None:
    """Let the page go without a logo; the picture stays where it is.

    Raises:
        InputError: There is none.
        OutputError: The settings cannot be written.

    """
    campaign = desk.campaign()
    if not campaign.settings.logo:
        raise InputError("there is no logo any more", hint="reload the page")
    keep_settings(campaign.file, {"logo": None})
    _remember(desk, "logo", {}, {}, (campaign.settings.logo, ""))


def _remember(
    desk: Desk, what: str, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None],
    logo: tuple[str, str] | None = None,
) -> None:  # fmt: skip
    kept = _changes.setdefault(desk, [])
    kept.append(Change(kept[-1].number + 1 if kept else 1, what, before, after, logo))
    del kept[:-MOST_KEPT]


def undone_next(desk: Desk) -> Change | None:
    """Return what would be taken back next."""
    return next(iter(_changes.get(desk, [])[-1:]), None)


def undo(desk: Desk, number: int) -> Change:
    """Take the last change back.

    Args:
        desk: The campaign; its lock is held.
        number: Of the change that the page offers to take back.

    Raises:
        InputError: It is another one by now, or the files were changed since.
        OutputError: They cannot be written.

    """
    last = undone_next(desk)
    if last is None or last.number != number:
        raise InputError("there is nothing to take back", hint="reload the page")
    campaign = desk.campaign()
    same = all(_bytes(desk, file) == content for file, content in last.after.items())
    if not same or (last.logo and campaign.settings.logo != last.logo[1]):
        _changes[desk].pop()
        raise InputError("this was changed since in another program", hint="nothing was taken back")
    for file, content in last.before.items():
        _put(desk, file, content)
    if last.logo:
        keep_settings(campaign.file, {"logo": last.logo[0] or None})
    _changes[desk].pop()
    return last


def _bytes(desk: Desk, file: str) -> bytes | None:
    path = desk.within(desk.folder / file)
    try:
        return path.read_bytes() if os.path.lexists(path) else None
    except OSError as err:
        raise InputError("the file cannot be read", where=file, hint="check its permissions") from err


def _put(desk: Desk, file: str, content: bytes | None) -> None:
    """Write a file of the campaign's folder; without a content, put the one aside that is there."""
    path = desk.within(desk.folder / file)
    if content is not None:
        where = store_bytes(path, content)
        if where != path:
            raise OutputError(f"{file}: it could not be replaced", hint="close it in the other program")
    elif os.path.lexists(path):
        uploads.put_aside(desk, file, desk.folder)


def version(desk: Desk, made_page: Made) -> str:
    """Return what changes with own words and logo: a frame that shows the page loads it anew then."""
    logo = made_page.page.logo
    return sha256(mark_of(own_words(desk)).encode() + (logo.content if logo else b"")).hexdigest()[:12]
