"""One column a customer, what he follows downwards; and one customer's list with one column a platform."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.files.lines import BadLine
from outreach.keys import platform_named
from outreach.likes.plain.interface import is_interface_word
from outreach.likes.plain.shapes.cells import (
    Splitter,
    holds_address,
    is_address,
    is_counter,
    is_tidy_address,
    is_unnamed_customer,
    mostly,
)
from outreach.likes.plain.shapes.header import (
    blank,
    cell_at,
    customer_of_titles,
    either,
    is_role,
    may_be_handle,
    platform_of_titles,
    top_rows,
)
from outreach.likes.plain.shapes.stacked import A_NOTE, rightwards
from outreach.likes.plain.shapes.words import is_prose
from outreach.words.cells import Mark, is_total, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.plain.shapes.base import Head, Record, Tally

__all__ = ["People", "is_number", "recognise_people", "recognise_platforms"]

NO_LABEL: Final = "a cell under no name of a customer"
QUESTION: Final = ("?", "\u037e", "՞")
LONGEST_LABEL: Final = 80
NUMBER: Final = re.compile(r"[\d\s.,:/%-]*\d[\d\s.,:/%-]*")


@dataclass(frozen=True, slots=True)
class People:
    """One column a list.

    Args:
        columns: Position, customer and platform of each column; a customer left empty is a template's own.
        counters: Positions that only number the rows.
        header_line: The line of the header.
        titled: Whether the platform is the name of the tab or file.
        one: Whether all columns are one customer's, each of a platform.
        stacked: Whether the header has two rows, customers and platforms.
        stranger: Whether the tab's name is no platform that we know.

    """

    columns: Sequence[tuple[int, str, str | None]]
    counters: Sequence[int]
    header_line: int
    titled: bool = False
    one: bool = False
    stacked: bool = False
    stranger: bool = False

    roles = ("customer", "resource", "platform")

    @property
    def kind(self) -> str:
        """What the remark calls it."""
        return "one customer's list, one column a platform" if self.one else "one column a customer"

    def said(self) -> str:
        """Return how it was understood."""
        if self.one:
            return "customer = the name of the file, tab or folder, platform = the header of the column"
        if self.stacked:
            return "customer and platform = the two rows of the header"
        if self.stranger:
            return "customer = the header of the column, platform = other, because the tab's name is none that we know"
        by_title = f", platform = {self.columns[0][2]}, by the name of the file, tab or folder" if self.titled else ""
        return f"customer = the header of the column{by_title}"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what stands below the headers; at the end the customers whose list is empty."""
        splitter = Splitter("\n;|")
        columns = {at: (customer, platform) for at, customer, platform in self.columns}
        told: set[int] = set()
        for line, cells in rows:
            if line <= self.header_line or blank(cells):
                continue
            filled = [cell for cell in cells if cell.strip()]
            if is_total(filled[0]) and not any(map(is_address, cells)):
                tally.totals += 1
                continue
            if len(filled) == 1 and is_prose(filled[0]) and not holds_address(filled[0]):
                tally.bad.append(BadLine(line, A_NOTE))
                continue
            for at, cell in enumerate(cells):
                if not cell or at in self.counters or cell.isspace():
                    continue
                if at not in columns:
                    tally.bad.append(BadLine(line, NO_LABEL))
                    continue
                for item in self._items(at, cell, splitter, told, tally):
                    yield line, (columns[at][0], item, columns[at][1])
        yield from self._empty(told, tally)

    def _items(self, at: int, cell: str, splitter: Splitter, told: set[int], tally: Tally) -> Iterator[str]:
        """Yield the resources in a cell; a column in which somebody wrote "?" is not known to be empty."""
        if is_tidy_address(cell):
            told.add(at)
            yield cell
            return
        for part in splitter.parts(cell):
            mark = mark_of(part)
            if is_interface_word(part):
                tally.dropped += 1
            elif mark is not Mark.NO:
                told.add(at)
                if mark is not Mark.UNKNOWN:
                    yield part

    def _empty(self, told: set[int], tally: Tally) -> Iterator[Record]:
        for at, customer, platform in self.columns:
            if at in told or is_unnamed_customer(customer):
                continue
            if platform is not None:
                yield self.header_line, (customer, None, platform)
            else:
                tally.nothing += 1


def recognise_people(head: Head) -> People | None:
    """Recognise a table of one column a customer.

    Raises:
        InputError: The one header may be a customer as well as a place.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Анна", "Борис", "Вера"]), (2, ["@smm_riga", "@kopuking", ""]), (3, ["@kopuking", "", ""])]
        >>> shape = recognise_people(Head("follows.xlsx", ["Telegram", "follows"], rows))
        >>> for record in shape.records(rows, Tally()):
        ...     print(record)
        (2, ('Анна', '@smm_riga', 'telegram'))
        (2, ('Борис', '@kopuking', 'telegram'))
        (3, ('Анна', '@kopuking', 'telegram'))
        (1, ('Вера', None, 'telegram'))

    """
    if head.chosen:
        return None
    platform = platform_of_titles(head.titles)
    for (line, header), below in top_rows(head):
        if (stacked := _in_two_rows(header, below)) is not None:
            return stacked
        body = [cells for _, cells in below if not is_total(next(cell for cell in cells if cell.strip()))]
        width = max([len(header), *(len(cells) for cells in body)])
        stacks = [[text for cells in body if (text := _told(cells, at))] for at in range(width)]
        if _is_title(header, stacks):
            continue
        counters = [at for at, stack in enumerate(stacks) if is_counter(cell_at(header, at), stack)]
        labels = {at: label for at in range(width) if at not in counters and (label := cell_at(header, at))}
        lists = [stacks[at] for at in labels]
        if not all(map(_may_be_label, labels.values())) or not _are_lists(list(labels.values()), lists, head, platform):
            return None
        if len(labels) == 1 and may_be_handle(*labels.values()):
            if customer_of_titles(head.titles) is None:
                raise either(head.label)
            return None
        columns = [(at, label, platform) for at, label in labels.items()]
        return People(columns, counters, line, titled=platform is not None)
    return None


def _told(cells: Sequence[str], at: int) -> str:
    """Return a cell; nothing where it holds a word of a network's page."""
    text = cell_at(cells, at)
    return "" if is_interface_word(text) else text


def _in_two_rows(header: Sequence[str], below: Sequence[Row]) -> People | None:
    """Recognise a header of customers above platforms, or of platforms above customers; merged cells above are one."""
    if len(below) < 2:
        return None
    line, under = below[0]
    width = max(len(header), len(under))
    counters = [at for at in range(width) if is_counter("", [cell_at(cells, at) for _, cells in below[1:]])]
    columns = [at for at in range(width) if at not in counters and cell_at(under, at)]
    if len(columns) < 2 or not cell_at(header, columns[0]):
        return None
    over = rightwards(header, width)
    upper, lower = [over[at] for at in columns], [cell_at(under, at) for at in columns]
    for labels, networks in ((upper, lower), (lower, upper)):
        platforms = [platform_named(text) for text in networks]
        pairs = list(zip(labels, platforms, strict=True))
        # One platform a column above names would be one customer's table, with names of places in its first row.
        several = networks is lower or len(set(platforms)) < len(platforms)
        if all(platforms) and all(map(_may_be_label, labels)) and several and len(set(pairs)) == len(pairs):
            return People([(at, *pair) for at, pair in zip(columns, pairs, strict=True)], counters, line, stacked=True)
    return None


def _is_title(header: Sequence[str], stacks: Sequence[Sequence[str]]) -> bool:
    """Whether a row has a title in one cell and stands above a wider table."""
    return sum(bool(cell.strip()) for cell in header) < 2 and sum(bool(stack) for stack in stacks) > 1


def _may_be_label(text: str) -> bool:
    """Whether a header can be a customer's label."""
    known = is_role(text) or is_address(text) or platform_named(text) is not None or is_total(text)
    return not known and not text.endswith(QUESTION) and len(text) <= LONGEST_LABEL and mark_of(text) is None


def _are_lists(labels: Sequence[str], lists: Sequence[Sequence[str]], head: Head, platform: str | None) -> bool:
    """Whether lists of resources stand below the labels: addresses, or names where the platform is known."""
    told = [stack for stack in lists if stack]
    shares = [sum(map(holds_address, stack)) / len(stack) for stack in told]
    overall = mostly(holds_address(text) for stack in told for text in stack)
    if platform is None:
        each = all(share > 0 or len(stack) < 4 for share, stack in zip(shares, told, strict=True))
        return len(labels) > 1 and overall and shares[0] >= 0.5 and each
    if not told:
        return any(map(is_unnamed_customer, labels)) or len(labels) > 1
    if mostly((is_number(text) for stack in told for text in stack), 0.5) or any(map(_are_properties, told)):
        return False
    if len(told) > 1 and shares[0] == 0 and mostly((share >= 0.5 for share in shares[1:]), 1.0):
        return False  # labels beside addresses: one like a row, under a header that nobody knows
    if len(labels) == 1 and 0 < shares[0] < 1:
        return False  # names between the addresses of a single column can be customers
    lonely = len(labels) == 1 and not overall and not is_unnamed_customer(labels[0])
    return not (lonely and customer_of_titles(head.titles) is not None)


def _are_properties(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers, or yes and no: facts about the places in another one."""
    return any(map(is_number, cells)) and all(is_number(text) or mark_of(text) is not None for text in cells)


def is_number(text: str) -> bool:
    """Return whether a cell is a number, a date or a mark rather than a name or an address."""
    return NUMBER.fullmatch(text) is not None or mark_of(text) is Mark.YES


def recognise_platforms(head: Head) -> People | None:
    """Recognise one customer's list with one column a platform; the customer is the name of the file, tab or folder.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Telegram", "ВК"]), (2, ["@smm_riga", "club7"]), (3, ["@kopuking", ""])]
        >>> shape = recognise_platforms(Head("Anna.csv", ["Anna"], rows))
        >>> list(shape.records(rows, Tally()))[1:]
        [(2, ('Anna', 'club7', 'vk')), (3, ('Anna', '@kopuking', 'telegram'))]

    """
    customer = customer_of_titles(head.titles)
    if customer is None or head.chosen:
        return None
    for (line, header), below in top_rows(head):
        told = {at: text for at, cell in enumerate(header) if (text := cell.strip())}
        stacks = [[cell_at(cells, at) for _, cells in below] for at in range(len(header))]
        counters = [at for at, text in told.items() if is_counter(text, stacks[at])]
        columns = [(at, customer, platform_named(text)) for at, text in told.items() if at not in counters]
        if not columns or not all(platform for _, _, platform in columns):
            if len(told) < 2:
                continue
            return None
        cells = [text for at, _, _ in columns for text in stacks[at] if text]
        if _in_two_rows(header, below) or not cells or mostly(len(Splitter("\n;|").parts(text)) > 1 for text in cells):
            return None
        return People(columns, counters, line, one=True)
    return None
