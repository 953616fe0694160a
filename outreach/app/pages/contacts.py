"""The people who decide at places: how far each is, what to write, and what they answered."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode
from zlib import crc32

from starlette.exceptions import HTTPException
from starlette.routing import Route

from outreach.app import contacting, lettering
from outreach.app.downloads import attachment
from outreach.app.refusal import RefusalError
from outreach.app.render import Page, campaigns_of, failed, render, see, with_form
from outreach.campaign.clock import this_day
from outreach.campaign.events import PLAYS, Event
from outreach.errors import InputError, OutreachError
from outreach.owners.due import LATE, TODAY
from outreach.reporting.words import plain, safe_address
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from outreach.app.contacting import Group
    from outreach.app.desk import Desk
    from outreach.app.texts import Texts
    from outreach.owners.contacts import Contact
    from outreach.owners.due import Due
    from outreach.owners.person import Channel, Person

__all__ = ["ROUTES"]

ON_A_PAGE: Final = 12
MOST_SOON: Final = 20
ANSWERS: Final = {
    "wrote": ("wrote", ""), "followed_up": ("followed_up", ""), "replied": ("replied", ""), "yes": ("replied", "yes"),
    "price": ("replied", "price"), "agreed": ("agreed", ""),
    "no": ("replied", "no"), "invoiced": ("invoiced", ""), "paid": ("paid", ""),
}  # fmt: skip
"""Buttons to what they write down."""
OF_MONEY: Final = ("invoiced", "paid")
KINDS: Final = ("message", "email", "follow_up")
OF_USER: Final = ("found", "post_date", "post_fact", "headline", "topic", "why", "gets")
"""Facts of a letter that its form asks for."""
ASKED_AS: Final = {"headline": "topic"}
"""What the library calls a fact that the form asks for in two fields."""
OF_WRITER: Final = ("name", "role", "years", "published")
OF_LETTER: Final = ("kind", "place", *OF_USER)
MOST_TYPED: Final = 2_000
TAKES_TEXT: Final = re.compile(r"https://(?:t\.me/\w+|wa\.me/[0-9]+)")
QUERY: Final = re.compile(r"[A-Za-z0-9_=&%.+~-]+")
SAFE: Final = re.compile(r"(?:https://[^\s\"'<>]+|mailto:[^\s\"'<>?&]+|tel:\+?[0-9()./-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class At:
    """A person at one place: its key, name, stage, price, sums, play with its next step, whether it has a post."""

    key: str
    name: str
    stage: str
    price: str
    money: tuple[str, ...]
    play: str
    step: str
    step_day: str
    posted: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A card: whom it is about, their places, channels with where each opens, the last note, what is due, a warning."""

    id: str
    name: str
    role: str
    at: tuple[At, ...]
    channels: tuple[tuple[str, str, str], ...]
    last: str
    note: str
    due: tuple[tuple[str, str, str, bool], ...]
    warning: tuple[str, str] | None
    do_not_contact: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Written:
    """A letter on the page: what it is, its text, and what to do with it; or what it still needs.

    Args:
        kind: ``message``, ``email`` or ``follow_up``.
        place: Key of the place that it is about.
        typed: The facts in the form.
        text: To be edited; empty where it was not written.
        subject: Of an e-mail.
        findings: What is to be mended, with the language of the sentence.
        links: Channels, each with the address that opens it with the text.
        needs: Fields of the form that are still to be filled in.
        of_writer: Answers of the settings that are missing.
        faults: Why it was not written, with the language of the sentence.
        stamp: Of the text as it was written, so that a new one replaces it on the page.

    """

    kind: str
    place: str
    typed: Mapping[str, str]
    text: str = ""
    subject: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    of_writer: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    stamp: str = ""


def _desk(request: Request) -> Desk:
    desk = campaigns_of(request).desk(request.path_params["id"])
    if desk is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return desk


def _page(request: Request) -> Response:
    return _shown(request, _desk(request), request.query_params)


def _draft(request: Request, form: FormData) -> Response:
    """Show one contact with the letter that the facts in the form make."""
    typed = {name: str(form.get(name, "")).strip()[:MOST_TYPED] for name in OF_LETTER}
    asked = {"who": str(form.get("person", "")), "where": str(form.get("where", ""))}
    return _shown(request, _desk(request), asked, typed)


def _shown(request: Request, desk: Desk, asked: Mapping[str, str], typed: Mapping[str, str] | None = None) -> Response:
    """Show the page, for one contact with their letter out of what was typed for it."""
    page = Page(request, desk, "contacts")
    who, place = asked.get("who", ""), asked.get("place", "")
    wanted = fold_header(asked.get("q", ""))
    with desk.lock:
        try:
            made = contacting.overview(desk)
            dues, groups = made.dues, made.groups
            of: dict[str, list[Due]] = defaultdict(list)
            for one in dues:
                of[one.person or one.resource].append(one)
            found = [one for one in groups if _is_meant(one, who, place, wanted)]
            found.sort(key=lambda some: min((one.day for one in _dues(some, of)), default=date.max))
            pages = max(1, -(-len(found) // ON_A_PAGE))
            number = min(max(1, int(asked.get("page", "1")) if asked.get("page", "1").isdecimal() else 1), pages)
            first = (number - 1) * ON_A_PAGE
            seen = found[first : first + ON_A_PAGE]
            shown = contacting.contacts(desk, seen)
            campaign = contacting.campaign_name(desk)
            undo = contacting.taken_back_next(desk)
        except OutreachError as err:
            return failed(page, err)
    cards = [
        _card(some, _dues(one, of), campaign, made.posted, desk, page.texts)
        for one, some in zip(seen, shown, strict=True)
    ]
    waiting = sum(any(one.kind in {"answer", "running"} for one in _dues(some, of)) for some in groups)
    now = [one for one in dues if one.when(this_day()) in {LATE, TODAY} and one.person]
    main = next((one for one in cards if one.channels and not one.do_not_contact), None)
    letter = _letter(desk, shown[0], typed or {}, page.texts) if len(cards) == 1 and cards[0].id else None
    return render(
        page, "contacts.html", HTTPStatus.OK,
        cards=cards, total=len(groups), found=len(found), number=number, pages=pages, q=asked.get("q", ""),
        narrowed=bool(who or place), waiting=waiting, due_now=len(now), main=main, undo=undo,
        soon=[(page.texts.day(one.day), plain(one.who), *page.texts.message(one.what))
              for one in dues if one.when(this_day()) not in {LATE, TODAY} and one.who][:MOST_SOON],
        plays=PLAYS, of_money=OF_MONEY, letter=letter, where=urlencode(
            {name: value for name, value in (("who", who), ("place", place), ("q", asked.get("q", ""))) if value}),
        opened=len(cards) == 1,
    )  # fmt: skip


def _is_meant(one: Group, who: str, place: str, wanted: str) -> bool:
    if who or place:
        return bool((one.person and who == one.person.id) or any(place and at.resource == place for at in one.places))
    return not wanted or wanted in one.search


def _dues(one: Group, of: Mapping[str, Sequence[Due]]) -> list[Due]:
    keys = [*([one.person.id] if one.person else []), *(at.resource for at in one.places if at.resource)]
    return [due for key in keys for due in of.get(key, ())]


def _card(  # noqa: PLR0917 - what a card is made of
    some: Sequence[Contact], dues: Sequence[Due], campaign: str, posted: frozenset[str], desk: Desk, texts: Texts
) -> Card:
    from outreach.owners.contacts import lately_written

    person = some[0].person
    events = [event for one in some for event in one.events]
    other = next(iter(lately_written(events, person, campaign, this_day())), None) if person else None
    last = max((one.last for one in some if one.last), key=lambda one: (one.day, one.recorded_at), default=None)
    return Card(
        id=person.id if person else "",
        name=plain(person.name) if person else plain(some[0].place.name or some[0].place.resource),
        role=plain(person.role) if person else "",
        at=tuple(_at(one, posted, desk, texts) for one in some if one.place.resource),
        channels=tuple((one.kind, plain(one.address), _link(one)) for one in person.channels) if person else (),
        last=texts.day(date.fromisoformat(last.day)) if last else "",
        note=plain(next((one.note for one in reversed(some) if one.note), "") or (person.note if person else "")),
        due=tuple((texts.day(one.day), *texts.message(one.what), one.when(this_day()) == LATE) for one in dues),
        warning=(texts.day(date.fromisoformat(other.day)), plain(other.campaign)) if other else None,
        do_not_contact=bool(person and person.do_not_contact),
        mark=person.id if person else some[0].place.resource.replace(":", "-"),
    )


def _at(one: Contact, posted: frozenset[str], desk: Desk, texts: Texts) -> At:
    from outreach.owners.money import money_of
    from outreach.owners.plays import play_of, read_play, schedule

    name, first = play_of(one.events)
    step = None
    if name:
        campaign = desk.campaign()
        try:
            play = read_play(name, texts.language, campaign.path(campaign.settings.templates) or None)
            steps = schedule(play, date.fromisoformat(first), one.events, contacting.working_days(campaign))
            step = next((due for due in steps if not due.done), None)
        except InputError:  # a play of the user's own that is gone
            step = None
    sums = [
        texts(
            f"contacts.{what}",
            sum=f"{texts.number(amount, 0 if amount == int(amount) else 2)} {money.currency}".strip(),
        )
        for money in money_of(one.events)
        for what, amount in (("owed", money.owed), ("spent", money.spent))
        if amount
    ]
    return At(
        one.place.resource, plain(one.place.name or one.place.resource), one.stage, plain(one.price), tuple(sums), name,
        plain(step.step.do) if step else "", texts.day(date.fromisoformat(step.day)) if step else "",
        one.place.resource in posted,
    )  # fmt: skip


def _letter(desk: Desk, some: Sequence[Contact], typed: Mapping[str, str], texts: Texts) -> Written | None:
    """Return the letter to the one person whom the page shows; None where there is nobody to write to."""
    person, places = some[0].person, [one.place.resource for one in some if one.place.resource]
    if person is None or person.do_not_contact:
        return None
    usual = "email" if person.channels and person.channels[0].kind == "email" else "message"
    kind = typed.get("kind") if typed.get("kind") in KINDS else usual
    place = typed["place"] if typed.get("place") in places else next(iter(places), "")
    blank = Written(kind or usual, place, dict(typed))
    if not place:
        return blank
    try:
        with desk.lock:
            draft = lettering.draft_for(desk, person, place, lettering.given_in(dict(typed)), mail=kind == "email")
    except OutreachError as err:
        return replace(blank, faults=((str(err.message), "en"),))
    if draft.refused:
        return replace(blank, faults=(texts.message(draft.refused),))
    if draft.letter is None:
        codes = [one.code.removeprefix("letter-needs-").replace("-", "_") for one in draft.missing]
        return replace(
            blank,
            needs=tuple(name for name in OF_USER if ASKED_AS.get(name, name) in codes),
            of_writer=tuple(name for name in OF_WRITER if name in codes),
            faults=tuple(texts.message(one) for one in draft.missing if one.code.startswith("letter-foreign")),
            typed=dict(typed),
        )
    part = next(one for one in draft.letter.parts if one.kind == kind)
    subject = part.subject or (f"Re: {draft.letter.email.subject}" if kind == "follow_up" else "")
    return replace(
        blank, text=part.text, subject=subject, findings=tuple(texts.sentence(one) for one in part.remarks),
        links=_links(person, subject, part.text), stamp=f"{crc32(part.text.encode()):08x}",
    )  # fmt: skip


def _links(person: Person | None, subject: str, text: str) -> tuple[tuple[str, str], ...]:
    """Return each channel of a person with the address that opens it with a text."""
    if person is None or person.do_not_contact:
        return ()
    return tuple((one.kind, link) for one in person.channels if (link := _link(one, subject, text)))


def _link(channel: Channel, subject: str = "", text: str = "") -> str:
    """Return an address that opens a conversation, one that is safe to follow; empty where there is none."""
    from outreach.owners.channels import link_of

    address = link_of(channel)
    if channel.kind == "messenger" and not address and re.fullmatch(r"[\w.]{3,60}", channel.address):
        address = f"https://m.me/{channel.address}"
    if not SAFE.fullmatch(address) or (address.startswith("http") and not safe_address(address)):
        return ""
    if address.startswith("mailto:"):
        parts = [f"{name}={quote(value)}" for name, value in (("subject", subject), ("body", text)) if value]
        return address + ("?" + "&".join(parts) if parts else "")
    return f"{address}?text={quote(text)}" if text and TAKES_TEXT.fullmatch(address) else address


def _person(form: FormData) -> Person | None:
    """Return the person whom a form is about; None where it is about a place.

    Raises:
        RefusalError: They are not in the book any more.

    """
    wanted = str(form.get("person", ""))
    if not wanted:
        return None
    book = contacting.book_of()
    found = book.person(wanted) if book else None
    if found is None:
        raise RefusalError("contacts.fail-gone")
    return found


def _back(desk: Desk, form: FormData) -> Response:
    where = str(form.get("where", ""))
    return see(f"/c/{desk.id}/contacts{f'?{where}' if QUERY.fullmatch(where) else ''}")


def _log(request: Request, form: FormData) -> Response:
    """Write down what was done or answered."""
    from outreach.campaign.ledger.typed_values import typed_sum

    desk, texts = _desk(request), Page(request).texts
    kind, answer = ANSWERS.get(str(form.get("what", "")), ("", ""))
    with desk.noting_failures():
        if not kind:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        person = _person(form)
        amount, currency = None, ""
        if typed := str(form.get("sum", "")).strip():
            amount, currency = typed_sum("", typed)
        event = Event(
            kind=kind, answer=answer, at="", resource=str(form.get("place", "")), amount=amount, currency=currency,
            note=str(form.get("note", "")).strip(), channel="email" if form.get("by") == "email" else "",
        )  # fmt: skip
        name = plain(person.name) if person else event.resource
        contacting.log(desk, event, person, name)
        desk.note("contacts.note-logged", who=name, what=texts(f"contacts.log-{form.get('what')}"))
    return _back(desk, form)


def _undo(request: Request, form: FormData) -> Response:
    desk = _desk(request)
    with desk.noting_failures():
        desk.note("contacts.note-undone", who=contacting.take_back(desk).who)
    return _back(desk, form)


def _add(request: Request, form: FormData) -> Response:
    """Add a person by hand."""
    from outreach.keys import identify, is_name, platform_of
    from outreach.owners import Person
    from outreach.owners.channels import channels_in
    from outreach.owners.person import checked

    desk = _desk(request)
    with desk.noting_failures():
        key, typed = "", str(form.get("address", "")).strip()
        if typed:
            key = identify(typed).key or ""
            if not key or is_name(key) or key.startswith("other:"):
                raise RefusalError("contacts.fail-place")
        channels, left = channels_in(str(form.get("channel", "")), platform_of(key) if key else "")
        person = Person(
            name=str(form.get("name", "")), channels=channels, note=left, places=(key,) if key else (),
            found=str(form.get("found", "")), language=str(form.get("language", "")),
        )  # fmt: skip
        checked(person)  # before a book is made
        book = contacting.book_of(create=True)
        if book:
            desk.note("contacts.note-added", who=plain(book.add(person).name))
    return see(f"/c/{desk.id}/contacts")


def _from_sheet(request: Request, _form: FormData) -> Response:
    """Take the owners of the sheet of places into the book, as ``outreach owners import`` does."""
    from outreach.owners.from_sheet import from_sheet

    desk = _desk(request)
    with desk.noting_failures():
        sheet = desk.sheet(desk.campaign())
        there = contacting.book_of()
        people, places = from_sheet(sheet, there.people() if there else (), there.places() if there else ())
        if people or places:
            book = contacting.book_of(create=True)
            if book:
                book.write(people, places)
        desk.note("contacts.note-taken", people=len(people))
    return see(f"/c/{desk.id}/contacts")


def _contact(request: Request, form: FormData) -> Response:
    """Keep whether a person may be written to."""
    desk = _desk(request)
    with desk.noting_failures():
        person, book, no = _person(form), contacting.book_of(), form.get("not") == "1"
        if person and book:
            if not book.set_contact(person.id, allowed=not no):
                raise RefusalError("contacts.fail-gone")
            desk.note("contacts.note-not" if no else "contacts.note-may", who=plain(person.name))
    return _back(desk, form)


def _play(request: Request, form: FormData) -> Response:
    """Begin a way to get acquainted."""
    desk = _desk(request)
    with desk.noting_failures():
        person = _person(form)
        event = Event(
            kind="began", answer=str(form.get("play", "")), at=this_day().isoformat(),
            resource=str(form.get("place", "")),
        )  # fmt: skip
        name = plain(person.name) if person else event.resource
        contacting.log(desk, event, person, name)
        desk.note("contacts.note-begun", who=name)
    return _back(desk, form)


def _forget_page(request: Request) -> Response:
    """Ask before a person is removed."""
    desk = _desk(request)
    page = Page(request, desk, "contacts")
    with desk.lock:
        try:
            book = contacting.book_of()
            person = book.person(request.query_params.get("person", "")) if book else None
            if book is None or person is None:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            events, files = len(book.events(person=person.id)), [path for path in book.files() if os.path.exists(path)]  # noqa: PTH110
        except OutreachError as err:
            return failed(page, err)
    return render(
        page, "contacts_forget.html", HTTPStatus.OK, person=person, name=plain(person.name), events=events,
        files=[plain(path) for path in files],
    )  # fmt: skip


def _forget(request: Request, form: FormData) -> Response:
    desk = _desk(request)
    with desk.noting_failures():
        person, book = _person(form), contacting.book_of()
        if person and book:
            gone = book.forget(person)
            contacting.forget_logged(desk, person)
            desk.note("contacts.note-forgotten", events=gone.events)
    return see(f"/c/{desk.id}/contacts")


def _check(request: Request, form: FormData) -> Response:
    """Check a letter as ``outreach letter --check`` does; the links open it in the channels."""
    desk = _desk(request)
    page = Page(request, desk, "contacts")
    text, subject = str(form.get("text", "")).replace("\r\n", "\n")[:20_000], str(form.get("subject", ""))[:500]
    kind = str(form.get("kind", ""))
    kind = kind if kind in KINDS else "message"
    with desk.lock:
        try:
            person = _person(form)
            found = lettering.findings_in(desk, text, kind, subject)
        except OutreachError as err:
            return failed(page, err)
    letter = Written(
        kind, str(form.get("place", "")), {}, text=text, subject=subject, links=_links(person, subject, text),
        findings=tuple(map(page.texts.sentence, found)), stamp=str(form.get("stamp", "")),
    )  # fmt: skip
    return render(
        page, "contacts_letter.html", HTTPStatus.OK, letter=letter, id=person.id if person else "",
        name=plain(person.name) if person else "", where=str(form.get("where", "")),
    )  # fmt: skip


def _calendar(request: Request) -> Response:
    """Give what is due as a calendar, as ``outreach today -o today.ics`` writes it."""
    from outreach.reporting.agenda import agenda_calendar

    desk = _desk(request)
    page = Page(request, desk, "contacts")
    with desk.lock:
        try:
            dues = contacting.overview(desk).dues
        except OutreachError as err:
            return failed(page, err)
    content = agenda_calendar(dues, this_day(), page.texts.language)
    return attachment(content, "today.ics")


ROUTES: Final = (
    Route("/c/{id}/contacts", _page, methods=["GET"]),
    Route("/c/{id}/contacts/today.ics", _calendar, methods=["GET"]),
    Route("/c/{id}/contacts/forget", _forget_page, methods=["GET"]),
    Route("/c/{id}/contacts/forget", with_form(_forget), methods=["POST"]),
    Route("/c/{id}/contacts/log", with_form(_log), methods=["POST"]),
    Route("/c/{id}/contacts/undo", with_form(_undo), methods=["POST"]),
    Route("/c/{id}/contacts/add", with_form(_add), methods=["POST"]),
    Route("/c/{id}/contacts/from-sheet", with_form(_from_sheet), methods=["POST"]),
    Route("/c/{id}/contacts/contact", with_form(_contact), methods=["POST"]),
    Route("/c/{id}/contacts/play", with_form(_play), methods=["POST"]),
    Route("/c/{id}/contacts/draft", with_form(_draft), methods=["POST"]),
    Route("/c/{id}/contacts/letter", with_form(_check), methods=["POST"]),
)
