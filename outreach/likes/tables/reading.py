"""The lines of a text one after another: whose they are, of which platform, and what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.answers import NOT_A_LIST, is_address, is_courtesy, is_none, is_unknown, parts
from outreach.likes.tables.cells import is_tidy_address
from outreach.likes.tables.lines import COLON, Heading, Line, heading, lines_of, tells_address, with_next
from outreach.likes.tables.sentences import is_said, is_speech
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.grid import Row
    from outreach.likes.tables.blocks import Blocks
    from outreach.likes.tables.contract import Record, Tally

__all__ = ["Reading"]

NO_ADDRESS: Final = message("neither-name-nor-address")


@dataclass(slots=True)
class Reading:
    """Where one is in a text: under which customer and platform, and what was found there."""

    shape: Blocks
    tally: Tally
    customer: str | None
    platform: str | None
    heading: Heading | None = None
    outer: bool = False  # platforms stand above the customers
    line: int = 1
    found: int = 0  # records of the customer
    found_here: int = 0  # records since the heading
    unknown: bool = False
    fresh_card: bool = False

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        rows = iter(rows)
        if not self.shape.header and self.customer is not None:
            values = self.customer, self.platform
            for row in rows:  # many lists hold nothing but plain addresses, and those need no closer look
                number, cells = row
                if len(cells) != 1 or not is_tidy_address(cells[0]):
                    rows = chain([row], rows)
                    break
                self.found += 1
                yield number, (*values, cells[0])
        self.found_here = self.found
        lines = lines_of(rows, self.tally, pasted=self.shape.pasted, above=self.found)
        for line, following in with_next(lines):
            if line.number == self.shape.header:
                self.tally.headings.append(line.number)
            else:
                yield from self._read(line, following)
        yield from self._leave_customer()

    def _read(self, line: Line, following: Line | None) -> Iterator[Record]:
        if is_tidy_address(line.text):
            yield from self._item(line, line.text)
        elif (found := heading(line.text)) and not self._is_handle(line.text, found):
            self.fresh_card = False
            yield from self._enter_platform(line, found)
            yield from self._items(line, found.rest, listed=True)
        elif label := self.shape.label(line, following):
            if label.card and self.fresh_card:  # a name, and then an e-mail address
                return
            self.fresh_card = label.card
            yield from self._leave_customer()
            self.customer, self.line, self.found, self.unknown = label.customer, line.number, 0, False
            yield from self._items(line, label.rest, listed=True)
        elif self.shape.behind == "card" and COLON.search(line.text) and not tells_address(line.text):
            self.tally.reject(line.number, NO_ADDRESS)
        else:
            yield from self._items(line, line.text, listed=False)

    def _is_handle(self, text: str, found: Heading) -> bool:
        """Whether the name of a platform is a handle there: @instagram is the account most followed on Instagram."""
        return self.shape.assumed is not None and found == (self.shape.assumed, "") and text == text.lower()

    def _items(self, line: Line, text: str, *, listed: bool) -> Iterator[Record]:
        """Yield the resources of a line; names are cut at commas only where a list was announced."""
        if not text or is_none(text):
            return
        if is_unknown(text):
            self.unknown = True
            self.tally.unsaid.append(line.number)
            return
        items = [item for item in parts(text) if not listed or not is_courtesy(item)]
        bare = not any(map(is_address, items))
        if bare and (is_speech(text) if listed else is_said(text)):
            self.tally.reject(line.number, NOT_A_LIST)
            self.unknown = self.unknown or listed
            return
        if bare and not listed:
            items = [text] if not re.search("[;|]", text) else items
        for item in items:
            yield from self._item(line, item)

    def _item(self, line: Line, item: str) -> Iterator[Record]:
        self.fresh_card = False
        self.found += 1
        self.found_here += 1
        yield line.number, (self.customer, self._platform(), item)

    def _platform(self) -> str | None:
        return self.heading.platform if self.heading else self.platform

    def _enter_platform(self, line: Line, found: Heading) -> Iterator[Record]:
        if self.customer is None and self.shape.layout != "none":
            self.outer = True
        if self.outer:
            yield from self._leave_customer()
            self.customer, self.platform = None, found.platform
            return
        yield from self._leave_platform()
        self.heading, self.line, self.found_here, self.unknown = found, line.number, 0, False

    def _leave_platform(self) -> Iterator[Record]:
        """Say that a list is empty where nothing stands under its platform."""
        if self.heading is None:
            return
        if not self.found_here and self.heading.platform and not self.unknown:
            self.found += 1
            yield self.line, (self.customer, self.heading.platform, None)
        self.heading = None

    def _leave_customer(self) -> Iterator[Record]:
        yield from self._leave_platform()
        if self.customer is None or self.found or self.unknown:
            return
        if self.platform:
            yield self.line, (self.customer, self.platform, None)
        else:
            self.tally.nothing += 1
