"""Text copied from a network's page: the list of what somebody follows, with its buttons, counts and alt texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from outreach.keys import identify, is_name
from outreach.likes.tables.amounts import size_of
from outreach.likes.tables.answers import is_nothing, is_prose, line_of
from outreach.likes.tables.interface import is_button, is_interface_word
from outreach.likes.tables.lines import heading
from outreach.likes.tables.titles import platform_of_titles, whose
from outreach.messages import message
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.messages import Message

__all__ = ["Dialog", "recognise_dialog"]

End: TypeAlias = Literal["button", "count"]

BETWEEN: Final = re.compile(r"(?:(?<!\s)\s+)?[·•‧∙⋅|]\s*")
FOLD: Final = re.IGNORECASE
FOLLOWED_BY: Final = re.compile(
    rf"(?:{'|'.join(texts_of('patterns.followed_by'))})\s.+\s(?:{'|'.join(texts_of('patterns.and_others'))})(?:\s.*)?"
    rf"|\d[\d\s.,KkМмтыс]*\s+(?:{'|'.join(texts_of('patterns.counts_of_profile'))})(?:\s.*)?",
    FOLD,
)
PICTURE: Final = re.compile("|".join(texts_of("patterns.picture")), FOLD)
HANDLE: Final = re.compile(r"@[\w.@-]+", re.ASCII)
LOGIN: Final = re.compile(r"(?=.*[a-z0-9])[a-z0-9_](?:[a-z0-9._-]{0,38}[a-z0-9_])?")
FEWEST_ENDS: Final = 2
END_SHARE: Final = 0.14  # a button for seven lines: a name, a handle, and a long description
LONGEST_LABEL: Final = 60
CUT_OFF: Final = message("list-cut-off")


class Line(NamedTuple):
    """A line with something on it, and whether blank lines, or nothing, stand above it and on both sides of it."""

    number: int
    text: str
    first: bool
    alone: bool


@dataclass(slots=True)
class Entry:
    """What was copied of one resource."""

    line: int = 0
    handle: str | None = None
    texts: list[str] = field(default_factory=list)
    above: str | None = None  # the text right above the handle
    size: str | None = None

    @property
    def empty(self) -> bool:
        return self.handle is None and not self.texts


@dataclass(frozen=True, slots=True)
class Dialog:
    """A list as a network shows it.

    Args:
        customer: Whom a title names; he follows what stands above the first label in the text.
        platform: The platform that a title names.
        end: What the last line of an entry is.
        logins: Whether the first line of an entry is a handle, though no ``@`` says so.
        handles: Whether entries have an ``@handle``; without one it is a description of the entry above.
        labels: Whether a line between two blank ones names the customer of what follows.
        labelled: Whether the text itself names customers.

    """

    customer: str | None
    platform: str | None
    end: End
    logins: bool
    handles: bool = False
    labels: bool = False
    labelled: bool = False

    @property
    def kind(self) -> Message:
        return message("shape-page")

    @property
    def roles(self) -> Sequence[str]:
        return ("customer", "platform", "handle", "name", "subscribers")

    def describe(self) -> str:
        customer = "a line with a colon, or of its own" if self.labelled else "the name of the file or tab"
        entry = "handle and name" if self.logins or self.handles else "name"
        return f"customer = {customer}, {entry} between {self.end}s" + (
            f", platform = {self.platform}" if self.platform else ""
        )

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        reading = _Reading(self, tally, self.customer, self.platform)
        for line in _lines(rows):
            yield from reading.read(line)
        yield from reading.leave_list()


@dataclass(slots=True)
class _Reading:
    """Where one is in the text, and what was seen of the entry so far."""

    shape: Dialog
    tally: Tally
    customer: str | None
    platform: str | None
    entry: Entry = field(default_factory=Entry)
    line: int = 1
    found: int = 0
    asked: bool = False  # a label or a heading announced a list

    def read(self, line: Line) -> Iterator[Record]:
        announces = line.first or (self.entry.empty and not self.shape.handles)  # a description may end with a colon
        found = heading(line.text) if announces and line.text.endswith(":") else None
        label = _customer_of(line, labels=self.shape.labels) if announces and found is None else None
        if found is not None or label is not None:
            yield from self.leave_list()
            self.customer = self.customer if label is None else label
            self.platform = found.platform if found else self.shape.platform
            self.line, self.asked = line.number, True
        elif not is_nothing(line.text):
            for part in _parts(line.text):
                yield from self._part(line.number, part)

    def _part(self, number: int, text: str) -> Iterator[Record]:
        """Put a text where it belongs; a button, or a count where there are none, ends the entry."""
        size = size_of(text)
        if size is not None and not self.entry.empty:
            self.entry.size = self.entry.size or size
            if self.shape.end == "count":
                yield from self._leave_entry()
        elif size is not None or _is_of_page(text):
            self.tally.dropped += 1
            if self.shape.end == "button" and _ends(text):
                yield from self._leave_entry()
        else:
            self._note(number, text)

    def _note(self, number: int, text: str) -> None:
        entry = self.entry
        entry.line = entry.line or number
        if entry.handle is None and _is_handle(text):
            entry.handle, entry.above = text, entry.texts[-1] if entry.texts else None
        elif text == entry.handle or text in entry.texts:
            self.tally.dropped += 1  # the alt text of the picture repeats the name
            if entry.handle is None and entry.texts[-1] != text:
                entry.texts.append(entry.texts.pop(entry.texts.index(text)))
        else:
            entry.texts.append(text)

    def _leave_entry(self, *, ended: bool = True) -> Iterator[Record]:
        """Yield the entry; of its texts the handle and the name stay, categories and descriptions are counted."""
        entry, self.entry = self.entry, Entry()
        if entry.empty:
            return
        texts, handle, name = entry.texts, entry.handle, entry.above
        if handle is None and self.shape.handles:
            self.tally.dropped += len(texts)
            return
        if handle is None and not ended:
            self.tally.reject(entry.line, CUT_OFF)
            return
        if handle is None and self.shape.logins and LOGIN.fullmatch(texts[0]):
            handle, texts = texts[0], texts[1:]
        if name is None and texts:
            name = next((text for text in texts if not is_prose(text)), texts[0])
        self.tally.dropped += len(texts) - (name is not None)
        self.found += 1
        yield entry.line, (self.customer, self.platform, handle, name, entry.size)

    def leave_list(self) -> Iterator[Record]:
        """Yield the last entry; where a list was announced and nothing came, say that it is empty."""
        yield from self._leave_entry(ended=False)
        if self.asked and not self.found and self.customer is not None:
            if self.platform:
                yield self.line, (self.customer, self.platform, None, None, None)
            else:
                self.tally.nothing += 1
        self.found, self.asked = 0, False


def recognise_dialog(head: Head) -> Dialog | None:
    """Recognise text from a network's page by its buttons and counts; None where nothing tells the customer.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> texts = ["baltic.smm", "Baltic SMM", "Following", "riga_ads", "Following"]
        >>> rows = [(line, [text]) for line, text in enumerate(texts, 1)]
        >>> shape = recognise_dialog(Head("Anna/instagram.txt", ["instagram", "Anna"], rows))
        >>> for _, values in shape.records(rows, Tally()):
        ...     print(values)
        ('Anna', 'instagram', 'baltic.smm', 'Baltic SMM', None)
        ('Anna', 'instagram', 'riga_ads', None, None)

    """
    if head.chosen or any(sum(map(bool, map(str.strip, cells))) > 1 for _, cells in head.rows):
        return None
    lines = list(_lines(head.rows))
    if sum(line.text.endswith(("{", "}", "},", "];", "],")) for line in lines) > 1:
        return None  # a program's text, whose words look like buttons
    parts = [part for line in lines for part in _parts(line.text)]
    end = _end(parts)
    if end is None:
        return None
    customer = whose(head)
    labels = _has_labels(lines, fewest=1 if customer is None else 2)
    labelled = any(_customer_of(line, labels=labels) for line in lines if line.first)
    if customer is None and not labelled and _customer_of(lines[0], labels=labels) is None:
        return None
    entries = _entries([line for line in lines if _customer_of(line, labels=labels) is None], end)
    logins = sum(LOGIN.fullmatch(texts[0]) is not None for texts in entries)
    handles = sum(any(HANDLE.fullmatch(text) for text in texts) for texts in entries)
    platform = platform_of_titles(head.titles)
    return Dialog(customer, platform, end, logins * 2 > len(entries), handles * 2 > len(entries), labels, labelled)


def _end(texts: Sequence[str]) -> End | None:
    """Return what ends the entries; None where this is no such text."""
    buttons, counts = sum(map(_ends, texts)), sum(size_of(text) is not None for text in texts)
    others = sum(not _is_of_page(text) and size_of(text) is None for text in texts)
    addresses = sum("/" in text and _is_handle(text) for text in texts)
    ends: tuple[tuple[End, int], ...] = (("button", buttons), ("count", counts))
    for end, number in ends:
        if number >= max(FEWEST_ENDS, END_SHARE * len(texts)) and others and addresses <= number // 2:
            return end
    return None


def _has_labels(lines: Iterable[Line], *, fewest: int) -> bool:
    """Whether what stands between blank lines are names of customers, and no words of the page."""
    alone = [line for line in lines if line.alone]
    if any(_is_of_page(line.text) or size_of(line.text) is not None for line in alone):
        return False
    return sum(_customer_of(line, labels=True) is not None for line in alone) >= fewest


def _entries(lines: Iterable[Line], end: End) -> list[list[str]]:
    """Return the texts of each entry, without words of the page."""
    entries: list[list[str]] = [[]]
    for line in lines:
        for part in _parts(line.text):
            size = size_of(part) is not None
            if (end == "button" and _ends(part)) or (end == "count" and size):
                entries.append([])
            elif not size and not _is_of_page(part):
                entries[-1].append(part)
    return [texts for texts in entries if texts]


def _lines(rows: Iterable[Row]) -> Iterator[Line]:
    before: Line | None = None
    gap = True
    for number, cells in rows:
        text = line_of(cells)
        if before is not None:
            yield before if text else before._replace(alone=before.first)
        before = Line(number, text, gap, False) if text else None
        gap = not text
    if before is not None:
        yield before


def _parts(text: str) -> list[str]:
    """Return what stands between the dots of a line, such as ``Public group · 3.4K members``."""
    parts = [part for part in BETWEEN.split(text) if part]
    told = any(size_of(part) is not None or _is_of_page(part) or HANDLE.fullmatch(part) for part in parts)
    return parts if told else [text]


def _ends(text: str) -> bool:
    """Whether a text is a button; one of Instagram's says what elsewhere stands above the list."""
    return is_button(text) or text.strip().casefold() in texts_of("page.ends_list")


def _is_of_page(text: str) -> bool:
    """Whether a text belongs to the page and not to a resource."""
    return is_interface_word(text) or PICTURE.fullmatch(text) is not None or FOLLOWED_BY.fullmatch(text) is not None


def _is_handle(text: str) -> bool:
    if HANDLE.fullmatch(text):
        return True
    key = identify(text)[0] if "/" in text else None
    return key is not None and not is_name(key)


def _customer_of(line: Line, *, labels: bool) -> str | None:
    """Return the customer whom a line names: with a colon behind, or between blank lines where ``labels`` says so."""
    label = line.text.removesuffix(":").strip()
    if label == line.text and not (labels and line.alone):
        return None
    known = heading(label) is not None or is_interface_word(label) or size_of(label) is not None or _is_handle(label)
    return None if known or len(label) > LONGEST_LABEL or is_prose(label) or PICTURE.fullmatch(label) else label
