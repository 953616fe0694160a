"""One column a customer, what he follows downwards; and one customer's list with one column a platform."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from outreach.files.grid import marked
from outreach.keys import platform_named
from outreach.likes.tables.amounts import AMOUNT, FOLD
from outreach.likes.tables.answers import is_prose
from outreach.likes.tables.cells import (
    LISTS,
    holds_address,
    is_address,
    is_counter,
    is_tidy_address,
    is_unnamed_customer,
    mostly,
    tells_total,
)
from outreach.likes.tables.interface import are_pasted, is_interface_word
from outreach.likes.tables.notes import A_NOTE, rightwards
from outreach.likes.tables.profile import Above, typed
from outreach.likes.tables.readings import Reading
from outreach.likes.tables.titles import blank, cell_at, either, is_role, may_be_handle, platform_of_titles, whose
from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.cells import Mark, mark_of
from outreach.words.sizes import is_size_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.likes.tables.profile import Cell, Column, Table
    from outreach.messages import Message

__all__ = ["NO_LABEL", "People", "column_readings"]

NO_LABEL: Final = message("cell-without-customer")
Owner: TypeAlias = "tuple[str, str | None]"
"""A customer, and the platform of his list where it is known."""

QUESTION: Final = ("?", "\u037e", "՞")
LONGEST_LABEL: Final = 80
A_SIZE: Final = pattern(AMOUNT, FOLD)
SHORTEST_ID: Final = 7
"""Digits of a number that surely is no amount, no year and no age."""
SHORTEST_SIGNED_ID: Final = 4
"""Digits behind the sign that VK puts before the numbers of communities."""


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
        pasted: Whether words of a network's page stand among the places.
        stranger: Whether the tab's name is no platform that we know.
        sizes: Position of a list to that of the sizes beside it.
        networks: Position of a list to that of the platforms beside it.

    """

    columns: Sequence[tuple[int, str, str | None]]
    counters: Sequence[int]
    header_line: int
    titled: bool = False
    one: bool = False
    stacked: bool = False
    stranger: bool = False
    pasted: bool = False
    sizes: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    networks: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return ("customer", "resource", "platform", *(["subscribers"] if self.sizes else []))

    @property
    def kind(self) -> Message:
        """What the remark calls it."""
        return message("shape-one-by-platform" if self.one else "shape-columns")

    def describe(self) -> str:
        """Return how it was understood."""
        if self.one:
            return "customer = the name of the file, tab or folder, platform = the header of the column"
        if self.stacked:
            return "customer and platform = the two rows of the header"
        if self.stranger:
            return "customer = the header of the column, platform = other, because the name of the tab is unknown"
        by_title = f", platform = {self.columns[0][2]}, by the name of the file, tab or folder" if self.titled else ""
        beside = ", subscribers = the column next to it" if self.sizes else ""
        beside += ", platform = the column before it" if self.networks else ""
        return f"customer = the header of the column{by_title}{beside}"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what stands below the headers; at the end the customers whose list is empty."""
        above = Above()
        columns: dict[int, Owner | None] = dict.fromkeys(
            (*self.counters, *self.sizes.values(), *self.networks.values())
        )
        columns |= {at: (customer, platform) for at, customer, platform in self.columns}
        told: dict[int, bool] = {}  # column -> whether it holds more than a no
        for line, cells in rows:
            if line <= self.header_line or blank(cells):
                continue
            filled = [cell for cell in cells if cell.strip()]
            if (tells_total(filled[0]) and not any(map(is_address, cells))) or above.counted(cells):
                tally.totals += 1
                continue
            above.note(cells)
            if len(filled) == 1 and is_prose(filled[0]) and not holds_address(filled[0]):
                tally.reject(line, A_NOTE)
                continue
            yield from self._of_row((line, cells), columns, told, tally)
        yield from self._empty(told, tally)

    def _of_row(
        self, row: Row, columns: Mapping[int, Owner | None], told: dict[int, bool], tally: Tally
    ) -> Iterator[Record]:
        """Yield what stands in the lists of a row; columns of no customer hold something else."""
        line, cells = row
        for at, cell in enumerate(cells):
            if not cell or cell.isspace():
                continue
            if at not in columns:
                tally.reject(line, NO_LABEL)
                continue
            owner = columns[at]
            if owner is None:
                continue
            customer, platform = owner
            if at in self.networks:
                platform = cell_at(cells, self.networks[at]) or platform
            size = (_size(cells, self.sizes.get(at)),) if self.sizes else ()
            for item in self._items(line, at, cell, told, tally):
                yield line, (customer, item, platform, *size)

    def _items(self, line: int, at: int, cell: str, told: dict[int, bool], tally: Tally) -> Iterator[str]:
        """Yield the resources in a cell; a column in which somebody wrote "?" is not known to be empty."""
        if is_tidy_address(cell):
            told[at] = True
            yield cell
            return
        for part in LISTS.parts(cell):
            mark = mark_of(part)
            if self.pasted and is_interface_word(part):
                tally.dropped += 1
            elif mark is Mark.NO:
                told.setdefault(at, False)
            else:
                told[at] = True
                if mark is Mark.UNKNOWN:
                    tally.unsaid.append(line)
                else:
                    yield part

    def _empty(self, told: Mapping[int, bool], tally: Tally) -> Iterator[Record]:
        """Yield the customers who follow nothing; one without a name was perhaps not asked, unless a no says so."""
        for at, customer, platform in self.columns:
            if told.get(at) or (at not in told and is_unnamed_customer(customer)):
                continue
            if platform is not None:
                yield self.header_line, (customer, None, platform, *([None] if self.sizes else []))
            else:
                tally.nothing += 1


def _size(cells: Sequence[str], at: int | None) -> str | None:
    """Return the size beside a place, with what kind of number it is in a workbook."""
    return None if at is None or at >= len(cells) else marked(cells[at]).strip() or None


def column_readings(table: Table, head: Head) -> Iterator[Reading]:
    """Yield how a table can have one column for each customer, or one customer's list one column a platform.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["Анна", "Борис", "Вера"]), (2, ["@smm_riga", "@kopuking", ""]), (3, ["@kopuking", "", ""])]
        >>> head = Head("follows.xlsx", ["Telegram", "follows"], rows)
        >>> shape = next(column_readings(next(tables_of(head)), head)).shape
        >>> for record in shape.records(rows, Tally()):
        ...     print(record)
        (2, ('Анна', '@smm_riga', 'telegram'))
        (2, ('Борис', '@kopuking', 'telegram'))
        (3, ('Анна', '@kopuking', 'telegram'))
        (1, ('Вера', None, 'telegram'))

    """
    wide = max((sum(map(bool, cells)) for _, cells in table.body), default=0) > 1
    if not table.line or table.lost or (table.above and not wide):
        return
    stacked = _in_two_rows(table)
    if stacked is not None:
        yield Reading(stacked, ((7.0, "two-rows-above"),))
        return
    yield from _of_platforms(table, head)
    yield from _of_customers(table, head)


def _of_customers(table: Table, head: Head) -> Iterator[Reading]:
    """Read the header as customers."""
    pasted = are_pasted([cell for one in table.columns for cell in one.filled])
    stacks = [[cell for cell in one.filled if not (pasted and is_interface_word(cell.text))] for one in table.columns]
    if table.words < 2 and sum(map(bool, stacks)) > 1:
        return  # a title above a wider table
    platform = platform_of_titles(head.titles)
    counters = [one.at for one in table.columns if one.counts]
    sizes = _sizes_beside(table)
    networks = _networks_before(table)
    lists_at = {before: at for at, before in networks.items()}
    named = [one for one in table.columns if one.at not in {*counters, *sizes.values()} and one.header]
    lists = [stacks[lists_at.get(one.at, one.at)] for one in named]
    if not named or not all(_may_be_label(one.header) for one in named):
        return
    told = [stack for stack in lists if stack]
    shares = [sum(cell.holds for cell in stack) / len(stack) for stack in told]
    overall = mostly(cell.holds for stack in told for cell in stack)
    if not _are_lists(named, told, shares, head, platform, overall=overall):
        return
    cells = sum(map(len, told))
    reasons = (
        (1.0, "header-may-be-customers"),
        (2 * sum(cell.holds for stack in told for cell in stack) / cells if cells else 0.0, "addresses-below"),
        (1.0 if platform else 0.0, "title-names-platform"),
        (1.0 if _share_names(told, ids=head.assumed is not None) else 0.0, "same-names-below-several"),
    )
    if len(named) == 1 and may_be_handle(named[0].header):
        if whose(head) is None:
            yield Reading(either(head.label), reasons)
        return
    columns = [(lists_at.get(one.at, one.at), one.header, platform) for one in named]
    titled = platform is not None
    shape = People(columns, counters, table.line, titled=titled, pasted=pasted, sizes=sizes, networks=networks)
    yield Reading(shape, reasons)


def _sizes_beside(table: Table) -> dict[int, int]:
    """Return the columns of sizes right of lists: ``Anna, Members, Boris, Members``."""
    columns = table.columns
    found = [
        one
        for one in columns[1:]
        if one.filled and (is_size_header(one.header) if one.header else _is_beside_list(one, columns[one.at - 1]))
    ]
    return {one.at - 1: one.at for one in found if mostly(map(_is_size, one.texts)) and columns[one.at - 1].filled}


def _is_size(text: str) -> bool:
    return typed(text).number or A_SIZE.fullmatch(text) is not None


def _is_beside_list(column: Column, before: Column) -> bool:
    """Whether a column without a header holds sizes, for it goes along with the addresses before it."""
    pairs = zip(column.cells, before.cells, strict=True)
    return (
        bool(before.header) and before.addressed and not column.counts and all(on.text for of, on in pairs if of.text)
    )


def _networks_before(table: Table) -> dict[int, int]:
    """Return the columns of platforms left of lists, with the customer above them: merged cells over both."""
    columns = table.columns
    return {
        one.at: one.at - 1
        for one in columns[1:]
        if one.addressed and not one.header and columns[one.at - 1].header and columns[one.at - 1].networks
    }


def _in_two_rows(table: Table) -> People | None:
    """Recognise a header of customers above platforms, or of platforms above customers; merged cells above are one."""
    if len(table.body) < 2:
        return None
    line, under = table.body[0]
    width = max(len(table.header), len(under))
    below = [[one.cells[at] for at in range(1, len(table.body))] for one in table.columns]
    counters = [at for at in range(width) if is_counter("", [cell.text for cell in below[at]])]
    columns = [at for at in range(width) if at not in counters and cell_at(under, at)]
    if len(columns) < 2 or not cell_at(table.header, columns[0]):
        return None
    over = rightwards(table.header, width)
    upper, lower = [over[at] for at in columns], [cell_at(under, at) for at in columns]
    for labels, networks in ((upper, lower), (lower, upper)):
        platforms = [platform_named(text) for text in networks]
        pairs = list(zip(labels, platforms, strict=True))
        # One platform a column above names would be one customer's table, with names of places in its first row.
        several = networks is lower or len(set(platforms)) < len(platforms)
        if all(platforms) and all(map(_may_be_label, labels)) and several and len(set(pairs)) == len(pairs):
            return People([(at, *pair) for at, pair in zip(columns, pairs, strict=True)], counters, line, stacked=True)
    return None


def _may_be_label(text: str) -> bool:
    """Whether a header can be a customer's label."""
    cell = typed(text)
    known = (
        is_role(text) or cell.address or (cell.holds and "/" in text) or platform_named(text) is not None or cell.total
    )
    return not known and not text.endswith(QUESTION) and len(text) <= LONGEST_LABEL and mark_of(text) is None


def _are_lists(  # noqa: PLR0911 - a list of reasons
    named: Sequence[Column],
    told: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    head: Head,
    platform: str | None,
    *,
    overall: bool,
) -> bool:
    """Whether lists of resources stand below the labels: addresses, or names where the platform is known."""
    if head.read_as == "columns":
        return bool(told)
    if platform is None:
        each = all(share > 0 or len(stack) < 4 for share, stack in zip(shares, told, strict=True))
        alike = _share_names(told, ids=head.assumed is not None) or (
            head.assumed is not None and _differ_in_length(named)
        )
        return len(named) > 1 and ((overall and shares[0] >= 0.5 and each) or alike)
    if not told:
        return any(is_unnamed_customer(one.header) for one in named) or len(named) > 1
    if mostly((cell.number for stack in told for cell in stack), 0.5) or any(map(_are_properties, told)):
        return False
    if len(told) > 1 and shares[0] == 0 and mostly((share >= 0.5 for share in shares[1:]), 1.0):
        return False  # labels beside addresses: one like a row, under a header that nobody knows
    if len(named) == 1 and 0 < shares[0] < 1:
        return False  # names between the addresses of a single column can be customers
    lonely = len(named) == 1 and not overall and not is_unnamed_customer(named[0].header)
    return not (lonely and whose(head) is not None)


def _share_names(stacks: Sequence[Sequence[Cell]], *, ids: bool) -> bool:
    """Whether lists without addresses name the same places: then they are lists of places.

    Args:
        stacks: What stands below each header.
        ids: Whether numbers may be places, because the user says of which platform they are.

    """
    lists = [[cell.text.casefold() for cell in stack] for stack in stacks]
    met = Counter(text for texts in lists for text in set(texts))
    return len(lists) > 1 and any(times > 1 for times in met.values()) and _are_plain_lists(stacks, ids=ids)


def _differ_in_length(named: Sequence[Column]) -> bool:
    """Whether columns of names are lists and no rows: without gaps, nothing in one twice, and some of them longer."""
    stacks = [[cell.text for cell in one.cells] for one in named]
    heights = [len(one.filled) for one in named]
    whole = all(all(stack[:height]) for stack, height in zip(stacks, heights, strict=True))
    return whole and len(set(heights)) > 1 and all(heights) and _are_plain_lists([one.filled for one in named])


def _are_plain_lists(stacks: Sequence[Sequence[Cell]], *, ids: bool = False) -> bool:
    """Whether lists hold nothing but names, or ids where these may be places, and none of them twice."""
    cells = [cell for stack in stacks for cell in stack]
    named = not mostly((cell.number for cell in cells), 0.4) or (ids and all(map(_is_id, cells)))
    plain = named and all(cell.mark is None and not is_prose(cell.text) for cell in cells)
    return plain and all(len({cell.text.casefold() for cell in stack}) == len(stack) for stack in stacks)


def _is_id(cell: Cell) -> bool:
    signed = cell.text[:1] == "-"
    number = cell.text[1:] if signed else cell.text
    return number.isdecimal() and len(number) >= (SHORTEST_SIGNED_ID if signed else SHORTEST_ID)


def _are_properties(cells: Sequence[Cell]) -> bool:
    """Whether a column holds numbers, or yes and no: facts about the places in another one."""
    return any(cell.number for cell in cells) and all(cell.number or cell.mark is not None for cell in cells)


def _of_platforms(table: Table, head: Head) -> Iterator[Reading]:
    """Read the header as platforms; the customer is the name of the file, tab or folder."""
    customer = whose(head)
    if customer is None:
        return
    counters = [one.at for one in table.columns if one.counts]
    named = [one for one in table.columns if one.header and one.at not in counters]
    columns = [(one.at, customer, platform_named(one.header)) for one in named]
    if not columns or not all(platform for _, _, platform in columns):
        return
    cells = [text for one in named for text in one.texts]
    if not cells or mostly(len(LISTS.parts(text)) > 1 for text in cells):
        return
    reasons = ((2.0, "header-names-platforms"), (1.0, "title-is-customer"), (1.0, "lists-below"))
    yield Reading(People(columns, counters, table.line, one=True), reasons)
