"""What files say about owners and about what happened: tables that the program wrote, and those that people keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign import events as vocabulary
from outreach.campaign.events import Event
from outreach.errors import InputError
from outreach.files.contract import Rejected, sentence
from outreach.files.dates import day_first, moment
from outreach.files.money import currency_of, money
from outreach.keys import identify, is_name
from outreach.messages import message
from outreach.owners import person as people_
from outreach.owners import place as places_
from outreach.owners.book_files import EVENTS, read_book_tables
from outreach.owners.channels import channel_named, channels_in
from outreach.owners.person import LANGUAGES, Channel, Person
from outreach.owners.place import FACTS, Place
from outreach.owners.who import Everybody
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from outreach.messages import Message
    from outreach.owners.book_files import BookTable

__all__ = ["Read", "answer_named", "kind_named", "read_book_file"]

BY_CHANNEL: Final = ("telegram", "whatsapp", "messenger", "message", "email", "form", "telephone", "meeting")
"""Columns of people's own tables that hold an address each."""
OF_PERSON: Final = ("role", "language", "found", "note")
NUMBER: Final = re.compile(r"[0-9]{1,12}")
CODES: Final = frozenset(vocabulary.KINDS)


class _Unusable(Exception):  # noqa: N818 - a reason, not an error
    """Why a row cannot be used."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason: Final = reason


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says.

    Args:
        people: As they are to be in the book.
        places: Likewise.
        events: In the order of the rows.
        bad: Rows that cannot be used.

    """

    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    bad: tuple[Rejected, ...] = ()


def kind_named(text: str) -> str:
    """Return the kind of event that a word means; empty for a word that means none.

    Example:
        >>> kind_named("прокомментировала"), kind_named("followed up"), kind_named("danced")
        ('commented', 'followed_up', '')

    """
    plain = text.strip().casefold().replace("-", "_").replace(" ", "_")
    return plain if plain in CODES else meanings_of("event_kinds").get(fold_header(text), "")


def answer_named(kind: str, text: str) -> str | None:
    """Return the answer that a word means for a kind of event; None for a word that means none.

    Example:
        >>> answer_named("replied", "позже"), answer_named("began", "free work"), answer_named("wrote", "yes")
        ('later', 'free_work', None)

    """
    answers = vocabulary.KINDS[kind].answers
    table = "plays" if kind == "began" else "replies"
    word = text.strip().casefold()
    meant = word if word in answers else (meanings_of("plays") if table == "plays" else meanings_of("replies")).get(
        fold_header(text), ""
    )  # fmt: skip
    return meant if meant in answers else None


def read_book_file(
    path: str | Path,
    *,
    today: date,
    people: Iterable[Person] = (),
    places: Iterable[Place] = (),
    encoding: str | None = None,
    label: str | None = None,
) -> Read:
    """Read owners and events from a delimited text or a workbook, in any of five languages.

    A cell that is empty changes nothing; what a row says counts before what the book has.

    Args:
        path: Where it lies.
        today: What ``yesterday`` counts from.
        people: Of the book: whoever is in it already is recognised by id, by an address, or by name and place.
        places: Of the book.
        encoding: Of a text; None finds out.
        label: What messages call it; the path if there is none.

    Raises:
        InputError: It cannot be read, or holds neither owners nor events.

    """
    everybody = Everybody(people, places)
    before = (everybody.people, everybody.places)
    events: list[Event] = []
    bad: list[Rejected] = []
    tables = read_book_tables(path, encoding, label)
    for table in sorted(tables, key=lambda one: one.form is EVENTS):  # people first: events name them
        bad += [Rejected(table.label, row, message("formula-without-value")) for row in table.formulas]
        if table.form is EVENTS:
            found, wrong = _events(table, everybody, today)
            events += found
            bad += wrong
        else:
            bad += _people(table, everybody)
    known_people, known_places = set(before[0]), set(before[1])
    return Read(
        tuple(one for one in everybody.people if one not in known_people),
        tuple(one for one in everybody.places if one not in known_places),
        tuple(events),
        tuple(bad),
    )


def _people(table: BookTable, everybody: Everybody) -> list[Rejected]:
    bad = []
    for line, cells in table.rows:
        try:
            _row(cells, everybody)
        except _Unusable as err:
            bad.append(Rejected(table.label, line, err.reason))
        except InputError as err:
            bad.append(Rejected(table.label, line, sentence(err.what)))
    return bad


def _row(cells: Mapping[str, str], everybody: Everybody) -> None:
    """Take over what a row says of a place and a person."""
    key = _key(cells.get("key", ""), cells.get("place", ""), everybody)
    facts = {("name" if name == "place" else name): cells[name] for name in ("place", *FACTS[1:]) if name in cells}
    if key:
        if "key" not in cells and identify(facts.get("name", "")).key == key:
            facts.pop("name", None)  # the address stands under place
        old = everybody.place(key) or Place(resource=key)
        everybody.put_place(places_.checked(replace(old, **facts)))
    channels, left = _channels(cells, key.partition(":")[0])
    if not (channels or {"id", "person"} & cells.keys()):
        return
    known = everybody.meant(cells.get("id", ""), cells.get("person", ""), channels, key)
    name = cells.get("person", "") or (known.name if known else channels[0].address if channels else "")
    if not name.strip():
        raise _Unusable(message("owner-without-name"))
    base = known or Person(id=cells.get("id", ""), name=name)
    values = _of_person(cells)
    if left and left not in base.note:
        values["note"] = "\n".join(filter(None, (values.get("note", base.note), left)))
    if channels:
        values["channels"] = channels if "channels" in cells else (*channels, *base.channels)
    taken = (*base.places, key) if key else base.places
    everybody.put(people_.checked(replace(base, name=name, places=taken, **values)))


def _of_person(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row says of a person, apart from name, channels and places."""
    values: dict[str, Any] = {column: cells[column] for column in OF_PERSON if column in cells}
    if "language" in values:
        values["language"] = _language(values["language"])
    if "do_not_contact" in cells:
        values["do_not_contact"] = _yes(cells["do_not_contact"])
    if "keep" in cells:
        values["keep"] = _whole(cells["keep"])
    if vocabulary.MOMENT.fullmatch(cells.get("since", "")):
        values["created_at"] = cells["since"]
    return values


def _key(text: str, name: str, everybody: Everybody) -> str:
    """Return the key of the place that a row names; empty where it names none."""
    for given in filter(None, (text.strip(), name.strip())):
        found = identify(given).key
        if found and (found == given or not (is_name(found) or found.startswith("other:"))):
            return found
        if meant := everybody.named(given):
            return meant
    if text.strip() or name.strip():
        raise _Unusable(message("owner-place-unknown"))
    return ""


def _channels(cells: Mapping[str, str], platform: str) -> tuple[tuple[Channel, ...], str]:
    found: list[Channel] = []
    left: list[str] = []
    if "channels" in cells:
        several, rest = channels_in(cells["channels"], platform)
        found += several
        left += [rest] if rest else []
    for kind in BY_CHANNEL:
        if kind in cells:
            found += [Channel(kind, part.strip()) for part in re.split(r"[;\n]", cells[kind]) if part.strip()]
    return tuple(dict.fromkeys(found)), "; ".join(left)


def _language(text: str) -> str:
    code = meanings_of("languages").get(text.strip().casefold(), text.strip().casefold())
    if code not in LANGUAGES:
        raise _Unusable(message("owner-language-unknown"))
    return code


def _yes(text: str) -> bool:
    folded = fold_header(text)
    if folded in words_of("cells.yes"):
        return True
    if folded in words_of("cells.no"):
        return False
    raise _Unusable(message("owner-neither-yes-nor-no"))


def _whole(text: str) -> int:
    plain = text.strip().removesuffix(".0")
    if not NUMBER.fullmatch(plain):
        raise _Unusable(message("owner-no-number"))
    return int(plain)


def _events(table: BookTable, everybody: Everybody, today: date) -> tuple[list[Event], list[Rejected]]:
    first = day_first(cells["date"] for _, cells in table.rows if "date" in cells)
    found: list[Event] = []
    bad: list[Rejected] = []
    for line, cells in table.rows:
        try:
            found.append(vocabulary.checked(_event(cells, everybody, today, first=first, ours=table.ours)))
        except _Unusable as err:
            bad.append(Rejected(table.label, line, err.reason))
        except InputError as err:
            bad.append(Rejected(table.label, line, sentence(err.what)))
    return found, bad


def _event(cells: Mapping[str, str], everybody: Everybody, today: date, *, first: bool | None, ours: bool) -> Event:
    if not (kind := kind_named(cells.get("kind", ""))):
        raise _Unusable(message("event-kind-unknown"))
    answer = answer_named(kind, cells["answer"]) if cells.get("answer") else ""
    if answer is None:
        raise _Unusable(message("event-answer-unknown"))
    channel = channel_named(cells["channel"]) if cells.get("channel") else ""
    if cells.get("channel") and not channel:
        raise _Unusable(message("event-channel-unknown"))
    amount, currency = _amount(cells)
    key = _key(cells["resource"], "", everybody) if cells.get("resource") else ""
    plain: dict[str, Any] = {
        name: cells.get(name, "") for name in ("campaign", "variant", "format", "url", "note", "recorded_at")
    }
    return Event(
        kind=kind,
        at=_moment(cells.get("date", ""), today, first=first),
        answer=answer,
        channel=channel,
        resource=key,
        round=_whole(cells["round"]) if "round" in cells else 0,
        person=_person(cells.get("person", ""), key, everybody, ours=ours),
        by=cells.get("acted", ""),
        amount=amount,
        currency=currency,
        count=_whole(cells["count"]) if "count" in cells else None,
        due=_moment(cells["due"], today, first=first)[:10] if cells.get("due") else "",
        **plain,
    )


def _moment(text: str, today: date, *, first: bool | None) -> str:
    if vocabulary.MOMENT.fullmatch(text):
        return text
    if (found := moment(text, today, first=first)) is None:
        raise _Unusable(message("date-unclear"))
    return found


def _amount(cells: Mapping[str, str]) -> tuple[float | None, str]:
    named = cells.get("currency", "")
    currency = currency_of(named) or currency_of(named.upper()) if named else ""
    if currency is None:
        raise _Unusable(message("currency-unknown"))
    if "amount" not in cells:
        return None, currency
    if (found := _sum(cells["amount"])) is None:
        raise _Unusable(message("cost-no-sum"))
    return found[0], found[1] or currency


def _sum(text: str) -> tuple[float, str] | None:
    try:
        return float(text), ""
    except ValueError:
        found = money(text)
    return (found.amount, found.currency or "") if found else None


def _person(text: str, key: str, everybody: Everybody, *, ours: bool) -> str:
    """Return the id of the person that a cell names; in our own files it is the id."""
    if not text.strip():
        return ""
    if ours and people_.ID.fullmatch(text):
        return text
    channels, _ = channels_in(text, key.partition(":")[0])
    if (one := everybody.meant(text, text, channels, key)) is None:
        raise _Unusable(message("event-person-unknown"))
    return one.id
