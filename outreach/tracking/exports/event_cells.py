"""The cells of a list of sign-ups or orders: what each row says, as one event."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar
from urllib.parse import unquote

from outreach.errors import InputError
from outreach.files.cells import Unreadable, amount, blank
from outreach.files.contract import Rejected, reason
from outreach.files.dates import NUMBERS, day, day_first
from outreach.files.grid import FractionCell
from outreach.files.money import CURRENCIES, currency_of
from outreach.tracking.base import Tags
from outreach.tracking.exports.event_words import CANCELLED, PAID, PAYOUT, TESTED, UNKNOWN, UNPAID, status_of
from outreach.tracking.exports.trials import trials_of
from outreach.tracking.tags import decode_tag, is_mended, tags_in
from outreach.words.cells import is_total
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from outreach.files.grid import Row as Cells
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.exports.event_columns import Columns
    from outreach.tracking.exports.persons import Numbers

__all__ = ["TRIAL", "Event", "EventParser", "Parts", "RepeatedCells", "events_in", "with_cells"]

T = TypeVar("T")

Parts: TypeAlias = "tuple[int, str, str, str, str, str, int, float | None, float, int]"
"""Of an event its line, order, e-mail, telephone, row, answer, day as a number (0: none), sums, and its kind."""
WHO: Final = frozenset({"id", "record", "email", "phone", "date", "revenue", "refund", "heard_from"})
"""Columns that differ from row to row; what all others say is repeated by many rows."""
_AFTER_DAY: Final = ("", " ", "T")
MOST_REMEMBERED: Final = 50_000

NOBODY: Final = Tags()
NO: Final = words_of("values.false")
ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
JUDGING: Final = ("status", "stage", "cancelled", "mode", "captured")
LINES: Final = ("lineitem", "line item", "item name")  # an order of several goods has several rows, the later ones bare
_NAMES: Final = frozenset({"id", "record", "email", "phone", "date"})
NOTE: Final = re.compile(r"^\s*([^:=\n]{1,40}?)\s*[:=]\s*(.+?)\s*$", re.MULTILINE)
START_COMMAND: Final = re.compile(r"/start(?:@\w+)?\s+")
_WORD: Final = r"(?:[^\W\d_]{1,5}\.?|[^\w\s.,+%()-])?"
UNKNOWN_MONEY: Final = re.compile(rf"-?\(?{_WORD}\s*-?[0-9][0-9\s.,'’]*\s*{_WORD}\)?")
"""A number with one word or sign beside it: a sum in a currency that no list has."""
EMPTY: Final = "neither-person-nor-number"
TRIAL: Final = "trial-entry"


@dataclass(frozen=True, slots=True)
class Event:
    """One row.

    Args:
        line: Where it stands.
        order: Number of the order or of the record, as text.
        email: E-mail address, tidied.
        phone: Telephone number, by its digits and the code of its country.
        row: All of its cells, for a row that names nobody.
        day: Of the event.
        tags: The link.
        gross: Sum before refunds, None where the row has none.
        refund: Paid back.
        currency: Of both.
        status: One of those in ``event_words``, as the user's answers have it; None where the row has none.
        stage: What its words mean without an answer, and the words that an answer may be about; empty where none may.
        heard: Where the person heard of us, as written; empty where the cell says nothing.

    """

    line: int
    order: str
    email: str
    phone: str
    row: str
    day: date | None
    tags: Tags
    gross: float | None
    refund: float
    currency: str
    status: str | None
    stage: tuple[str, ...] = ()
    heard: str = ""
    joined: str = ""
    """Who it was, where other rows share the address or the number; filled in when all are read."""

    @property
    def person(self) -> str:
        """Return who it was: an address, else a number."""
        return self.joined or self.email or self.phone


class EventParser:
    """How the rows of one table are read; remembers what it read before, as most cells repeat.

    Args:
        label: What messages call the table.
        columns: Which column says what.
        options: What the user said.
        rows: All rows below the header; gone through several times.
        numbers: How telephone numbers are written in it, and in what is read with it.

    """

    def __init__(
        self, label: str, columns: Columns, options: ImportOptions, rows: Iterable[Cells], numbers: Numbers
    ) -> None:
        self.label: Final = label
        self.columns: Final = columns
        self.at: Final = dict(columns.at)
        self.options: Final = options
        self.answered: Final = frozenset(map(fold_header, options.paid))
        self._rows: Final = rows
        self.money: Final = _money_of_header(columns)
        self.linking: Final = _linking(columns)
        self.judging: Final = self._judging(rows)
        self.numbers: Final = numbers
        self._days: dict[str, date | None] = {}
        self._foreign: set[str] = set()
        self._mended: set[tuple[str, ...]] = set()
        self._sums: dict[str, tuple[float, str] | None] = {}
        self._tags: dict[tuple[str, ...], Tags] = {}
        self._statuses: dict[tuple[str, ...], tuple[str | None, tuple[str, ...]]] = {}
        self.in_lines: Final = any(text.startswith(LINES) for text in columns.headers)
        self.unknown: Final[Counter[str]] = Counter()
        self.sums_left_out = 0
        self.mended = 0

    def _column(self, rows: Iterable[Cells], role: str) -> Iterator[str]:
        place = self.at.get(role)
        if place is None:
            return iter(())
        return (cells[place] for _, cells in rows if place < len(cells))

    def _judging(self, rows: Iterable[Cells]) -> tuple[int, ...]:
        """Return the columns that judge a row; a "type" does only where one of its words is a status."""
        weak = words_of("headers.events.weak_status")
        place = self.at.get("status")
        if place is not None and self.columns.header >= 0 and self.columns.headers[place] in weak:
            words = set(self._column(rows, "status"))
            if "status" not in self.columns.named and all(status_of(word) is None for word in words):
                del self.at["status"]
        return tuple(self.at[role] for role in JUDGING if role in self.at)

    def cell(self, cells: Sequence[str], role: str) -> str:
        """Return what a row says in the column of a role, empty for nothing."""
        place = self.at.get(role, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    @cached_property
    def first(self) -> bool | None:
        """Whether the day stands first in dates like 05/06/2026; raises InputError where nothing tells.

        Asked for only where a date is written in such a way: all rows are looked through for it.
        """
        return _order_of_dates(self.label, self.columns, self.options, self._rows)

    def day(self, text: str) -> date | None:
        """Return a day; raises Unreadable."""
        iso = ISO.match(text)
        tidy = text[:10] if iso else text  # the times of a day are of one day
        if tidy not in self._days:
            _forget_many(self._days)
            first = None if iso else self.first
            self._days[tidy] = day(tidy, first=first, today=self.options.today)
        return self._days[tidy]

    def sum(self, cells: Sequence[str], role: str) -> tuple[float, str] | None:
        """Return a sum and its currency; raises Unreadable."""
        place = self.at.get(role, -1)
        if not 0 <= place < len(cells) or not (text := cells[place]):
            return None
        if isinstance(text, FractionCell):
            return amount(text)
        if text not in self._sums:
            _forget_many(self._sums)
            try:
                self._sums[text] = amount(text)
            except Unreadable:
                if not UNKNOWN_MONEY.fullmatch(text.strip()):
                    raise
                self._foreign.add(text)
                self._sums[text] = None
        self.sums_left_out += text in self._foreign
        return self._sums[text]

    def tags(self, cells: Sequence[str]) -> Tags:
        """Return what tells the link of a row."""
        key = tuple([cells[place] if place < len(cells) else "" for place in self.linking])
        found = self._tags.get(key)
        if found is None:
            _forget_many(self._tags)
            found = self._tags[key] = self._read_tags(cells)
            if any(is_mended(cells[place]) for place in self.columns.urls if place < len(cells)):
                self._mended.add(key)
        self.mended += key in self._mended
        return found

    def _read_tags(self, cells: Sequence[str]) -> Tags:
        """Return the tags of the first columns that are filled, else those of an address; codes from anywhere."""
        texts = [_link(cells, one.places) for one in self.columns.tags]
        notes = _notes(self.cell(cells, "notes"))
        urls = [cells[place] for place in self.columns.urls if place < len(cells)]
        links = [*texts, notes, _cookies(self.cell(cells, "cookies")), *map(tags_in, urls)]
        found = next((one for one in links if one.campaign or one.content), None)
        found = found or next((one for one in links if one.source or one.medium), NOBODY)
        promos = [decode_tag(self.cell(cells, "promo")), decode_tag(str(self.paid(cells).get("promocode") or ""))]
        start = decode_tag(START_COMMAND.sub("", self.cell(cells, "start")))
        return found._replace(
            promo=next((code for code in (*promos, *(one.promo for one in links)) if code), ""),
            start=next((code for code in (start, *(one.start for one in links)) if code), ""),
            resource=decode_tag(self.cell(cells, "place")),
        )

    def lasting(self, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells of a row that stay when it comes to another stage."""
        return [cell for place, cell in enumerate(cells) if place not in self.judging] if self.judging else cells

    def paid(self, cells: Sequence[str]) -> dict[str, Any]:
        """Return what Tilda's cell of a payment says, which is JSON; empty where there is none."""
        text = self.cell(cells, "payment")
        if not text.startswith("{"):
            return {}
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def status(self, cells: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """Return the status of a row and its stage, as an event has them."""
        if not self.judging:
            return None, ()
        key = tuple([cells[place] if place < len(cells) else "" for place in self.judging])
        if key not in self._statuses:
            _forget_many(self._statuses)
            judged = {role: self.cell(cells, role) for role in JUDGING}
            self._statuses[key] = _status(**judged, answered=self.answered)
        if self._statuses[key][0] == UNKNOWN:
            self.unknown[self.cell(cells, "stage") or self.cell(cells, "status")] += 1
        return self._statuses[key]


def _forget_many(known: dict[Any, Any]) -> None:
    """Forget what was read where too much is remembered: every address may have a number of its own in it."""
    if len(known) >= MOST_REMEMBERED:
        known.clear()


def _linking(columns: Columns) -> tuple[int, ...]:
    """Return the columns that tell the link."""
    tags = [place for one in columns.tags for place in one.places if place is not None]
    codes = [
        columns.at[role] for role in ("promo", "start", "notes", "payment", "place", "cookies") if role in columns.at
    ]
    return (*tags, *columns.urls, *codes)


def _link(cells: Sequence[str], places: Sequence[int | None]) -> Tags:
    source, medium, campaign, content = (
        decode_tag(cells[place]) if place is not None and place < len(cells) else "" for place in places
    )
    return Tags(source=source, medium=medium, campaign=campaign, content=content)


def _notes(text: str) -> Tags:
    r"""Return the tags in lines like ``utm_source: vk``, or in an address in them.

    Example:
        >>> _notes("gift: no\nutm_source: vk\nutm_content: smm-riga--a-f871v").content
        'smm-riga--a-f871v'

    """
    if not text:
        return NOBODY
    pairs = NOTE.findall(text)
    query = "&".join(
        f"{name.strip()}={value}" for name, value in pairs if fold_header(name).startswith(("utm ", "promo"))
    )
    return tags_in("?" + query) if query else tags_in(text.replace("\n", "&"))


def _cookies(text: str) -> Tags:
    """Return the tags in a cell of cookies, where Tilda keeps them: ``TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_...``.

    Example:
        >>> _cookies("_ym=1; TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_content%3Dsmm-riga--a-f871v%7C%7C%7C; x=1").content
        'smm-riga--a-f871v'

    """
    found = next((part for part in re.split(r";\s*(?!utm_)", text) if "utm_" in part), "")
    at = found.find("utm_")
    return tags_in("?" + unquote(unquote(found[at:])).replace("|||", "&")) if found else NOBODY


def _status(
    *, status: str, stage: str, cancelled: str, mode: str, captured: str, answered: frozenset[str]
) -> tuple[str | None, tuple[str, ...]]:
    if mode.casefold() in {"test", *NO}:
        return TESTED, ()
    if not blank(cancelled):
        return CANCELLED, ()
    if captured.casefold() in NO and captured:
        return status_of(status) or UNPAID, ()
    told = [text for text in (stage, status) if not blank(text)]
    known = next((found for text in told if (found := status_of(text)) is not None), None)
    meant = known or (UNKNOWN if told else None)
    if meant is None or meant in {PAID, TESTED, PAYOUT}:
        return meant, ()
    words = tuple(dict.fromkeys(map(fold_header, told)))
    return PAID if not answered.isdisjoint(words) else meant, (meant, *words)


def _money_of_header(columns: Columns) -> str:
    """Return the currency that stands in the header of the sums."""
    place = columns.at.get("revenue")
    words = re.split(r"[\s,()/]+", columns.raw[place]) if place is not None else []
    return next(
        (CURRENCIES[word.casefold().strip(".")] for word in words if word.casefold().strip(".") in CURRENCIES), ""
    )


def _order_of_dates(label: str, columns: Columns, options: ImportOptions, rows: Iterable[Cells]) -> bool | None:
    """Return whether the day stands first in dates like 05/06/2026.

    Raises:
        InputError: Nothing tells, and both readings are possible.

    """
    if said := options.columns.get("date_order"):
        return said.strip().casefold() != "month"
    place = columns.at.get("date")
    if place is None:
        return None
    texts = {" ".join(cells[place].split()) for _, cells in rows if place < len(cells) and cells[place][4:5] != "-"}
    doubtful = {text for text in texts if (found := NUMBERS.fullmatch(text)) and found[2] != "."}
    if not doubtful:
        return None
    first = day_first(doubtful)
    return _by_today(label, doubtful, options.today) if first is None else first


def _by_today(label: str, texts: set[str], today: date) -> bool | None:
    """Choose the reading in which nothing happens in the future, where there is one."""
    if all(_same(text) for text in texts):
        return None
    future = [max(filter(None, (day(text, first=first) for text in texts))) > today for first in (True, False)]
    if future[0] != future[1]:
        return not future[0]
    raise InputError(
        f"{label}: its dates can be read in two ways, the day first or the month first",
        hint="write them like 2026-05-12, or give the order: --columns date_order=day (or date_order=month)",
    )


def _same(text: str) -> bool:
    found = NUMBERS.fullmatch(text)
    return found is not None and int(found[1]) == int(found[3])


def events_in(parser: EventParser, rows: Iterable[Cells]) -> Iterator[Event | Rejected]:
    """Yield what each row says, and those that cannot be used."""
    return _usable(parser, rows, partial(_event, parser))


def _usable(
    parser: EventParser, rows: Iterable[Cells], read: Callable[[int, Sequence[str]], T | None]
) -> Iterator[T | Rejected]:
    """Yield what ``read`` makes of each row, and the rows of which it makes nothing."""
    is_trial, before = trials_of(parser.columns), False
    for line, cells in rows:
        before = is_trial(cells) or (before and parser.in_lines and not parser.cell(cells, "email"))
        if before:  # with the further lines of a trial order, which name nobody
            yield Rejected(parser.label, line, reason(TRIAL))
            continue
        try:
            found = read(line, cells)
        except Unreadable as err:
            yield Rejected(parser.label, line, err.reason)
            continue
        if found is not None:
            yield found
        elif not (parser.in_lines or is_total(_first(cells))):
            yield Rejected(parser.label, line, reason(EMPTY))


def with_cells(kind: Event, **cells: Any) -> Event:
    """Return an event of a kind, with what its own row says."""
    return replace(kind, **cells)


class RepeatedCells:
    """Reads many rows: what says the same in many of them is read once.

    Args:
        parser: Of the table.
        kinds: The events read so far without what is of one row alone, each with its number; grows.

    """

    def __init__(self, parser: EventParser, kinds: dict[Event, int]) -> None:
        self._parser: Final = parser
        self._kinds: Final = kinds
        at = parser.at
        others = {place for role, place in at.items() if role not in WHO}
        repeated = sorted(others | set(parser.linking) | set(parser.judging))
        self._repeated: Final = itemgetter(*repeated) if repeated else len
        self._width: Final = max((*at.values(), *repeated), default=-1) + 1
        self._date, self._email, self._phone = (at.get(role, -1) for role in ("date", "email", "phone"))
        self._has_order: Final = bool({"id", "record"} & at.keys())
        self._has_sums: Final = bool({"revenue", "refund"} & at.keys())
        self._has_answers: Final = "heard_from" in at
        self._ordinals: Final[dict[str, int]] = {}
        self._one_by_one: Final = "payment" in at
        self._known: Final[dict[object, tuple[int, int, tuple[tuple[str, int], ...]]]] = {}

    def parts_in(self, rows: Iterable[Cells]) -> Iterator[Parts | Rejected]:
        """Yield what each row says, and those that cannot be used, as :func:`events_in`."""
        return _usable(self._parser, rows, self._parts)

    def _parts(self, line: int, cells: Sequence[str]) -> Parts | None:
        parser = self._parser
        if self._one_by_one or len(cells) < self._width:
            return self._whole(line, cells)
        when = cells[self._date].strip() if self._date >= 0 else ""
        email = cells[self._email] if self._email >= 0 else ""
        if "@" not in email:
            email = ""
        elif not (
            email.islower() and email.isascii() and email.isprintable() and " " not in email and email[:1] != "m"
        ):
            email = _tidy_email(email)  # the others are tidy: none begins with mailto either
        phone = parser.numbers.tidy(cells[self._phone].strip()) if self._phone >= 0 else ""
        person = email or phone
        if not (person or when):
            return self._whole(line, cells)
        gross = refund = None
        if self._has_sums:
            gross, refund = parser.sum(cells, "revenue"), parser.sum(cells, "refund")
        key = (self._repeated(cells), gross[1] if gross else "")
        known = self._known.get(key)
        if known is None:
            return self._learn(line, cells, key)
        ordinal = 0 if not when else self._ordinals.get(when[:10], 0) if when[10:11] in _AFTER_DAY else 0
        if when and not ordinal:
            ordinal = _ordinal(parser.day(when))
            if ISO.match(when):
                _forget_many(self._ordinals)
                self._ordinals[when[:10]] = ordinal
        kind, mended, unknown = known
        parser.mended += mended
        for stage, times in unknown:
            parser.unknown[stage] += times
        order = _order(parser, cells, {}) if self._has_order else ""
        row = "" if order or person else _tidy("\x1f".join(parser.lasting(cells)))
        heard = _heard(parser, cells) if self._has_answers else ""
        amounts = (gross[0] if gross else None, abs(refund[0]) if refund else 0.0)
        return line, order, email, phone, row, heard, ordinal, *amounts, kind

    def _learn(self, line: int, cells: Sequence[str], key: object) -> Parts | None:
        """Read a row in full, and remember what others may repeat."""
        parser = self._parser
        left_out, mended, unknown = parser.sums_left_out, parser.mended, parser.unknown.copy()
        try:
            parts = self._whole(line, cells)
        finally:
            parser.sums_left_out = left_out  # its sums were counted before
        if parts is not None:
            _forget_many(self._known)
            self._known[key] = (parts[-1], parser.mended - mended, tuple((parser.unknown - unknown).items()))
        return parts

    def _whole(self, line: int, cells: Sequence[str]) -> Parts | None:
        event = _event(self._parser, line, cells)
        if event is None:
            return None
        texts = dict.fromkeys(("order", "email", "phone", "row", "heard"), "")
        bare = with_cells(event, line=0, day=None, gross=None, refund=0.0, **texts)
        kind = self._kinds.setdefault(bare, len(self._kinds))
        day_number = _ordinal(event.day)
        who = (event.order, event.email, event.phone, event.row, event.heard)
        return line, *who, day_number, event.gross, event.refund, kind


@cache
def _ordinal(when: date | None) -> int:
    return when.toordinal() if when else 0


def _event(parser: EventParser, line: int, cells: Sequence[str]) -> Event | None:
    """Return what a row says, None where it is about nobody.

    Raises:
        Unreadable: Its date or its sums cannot be read.

    """
    when = parser.cell(cells, "date")
    paid = parser.paid(cells) if "payment" in parser.at else {}
    order, email = _order(parser, cells, paid), _email(parser, cells)
    phone = parser.numbers.tidy(parser.cell(cells, "phone")) if "phone" in parser.at else ""
    person = email or phone
    if not (person or when) and (is_total(_first(cells)) or not (order or _NAMES.isdisjoint(parser.columns.at))):
        return None
    gross = parser.sum(cells, "revenue") or (amount(str(paid.get("amount") or "")) if paid else None)
    refund = parser.sum(cells, "refund")
    money = (
        _currency(parser.cell(cells, "currency"))
        or (gross[1] if gross else "")
        or parser.money
        or parser.options.currency
    )
    status, stage = parser.status(cells)
    return Event(
        line=line,
        order=order,
        email=email,
        phone=phone,
        row="" if order or person else _tidy("\x1f".join(parser.lasting(cells))),
        day=parser.day(when) if when else None,
        tags=parser.tags(cells),
        gross=gross[0] if gross else None,
        refund=abs(refund[0]) if refund else 0.0,
        currency=money,
        status=status,
        stage=stage,
        heard=_heard(parser, cells),
    )


def _order(parser: EventParser, cells: Sequence[str], paid: Mapping[str, Any]) -> str:
    """Return the number of an order, else that of the record."""
    text = parser.cell(cells, "id") or str(paid.get("orderid") or "")
    if not blank(text):
        return _tidy(text.lstrip("#№ "))
    token = parser.cell(cells, "record")
    if blank(token):
        return ""
    # forms make short tokens in which a and A are two
    return _tidy(token) if token in {token.lower(), token.upper()} else token.encode().hex()


def _heard(parser: EventParser, cells: Sequence[str]) -> str:
    text = parser.cell(cells, "heard_from")
    return "" if blank(text) else text


def _tidy(text: str) -> str:
    """Return a text as hashes see it, so that what they do not tell apart is one here too."""
    return " ".join(text.split()).casefold()


def _email(parser: EventParser, cells: Sequence[str]) -> str:
    email = parser.cell(cells, "email")
    return _tidy_email(email) if "@" in email else ""


def _tidy_email(text: str) -> str:
    return " ".join(text.strip().removeprefix("mailto:").split()).casefold()


def _first(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if cell.strip()), "")


def _currency(text: str) -> str:
    """Return the three letters of a currency: ``usd``, ``руб.``, ``Российский рубль``; empty for none."""
    known = currency_of(text) or currency_of(text.upper()) if text else None
    return known or next((CURRENCIES[word] for word in text.casefold().split() if word in CURRENCIES), "")
