"""One row a customer, with what he follows in the cells behind the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.likes.plain.interface import is_interface_word
from outreach.likes.plain.shapes.cells import Splitter, holds_address, is_address, is_counter, is_tidy_address, mostly
from outreach.likes.plain.shapes.header import RESOURCE_ROLES, blank, cell_at, platform_of_titles, top_rows
from outreach.likes.plain.shapes.words import in_sentence, is_prose
from outreach.words.cells import Mark, is_total, mark_of
from outreach.words.columns import VOCABULARY, map_columns
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.plain.shapes.base import Head, Record, Tally

__all__ = ["Rows", "recognise_rows"]

BEFORE_ADDRESSES: Final = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a customer.

    Args:
        customer: Position of the label.
        platform_at: Position of the platform; None where no column says it.
        listed: Positions of the cells that the header calls resources.
        beyond: From this position on all cells are resources.
        header_line: The line of the header, 0 without one.
        skip: The last line above the data.
        platform: The platform of all rows, where no column says it.

    """

    customer: int
    platform_at: int | None
    listed: Sequence[int]
    beyond: int
    header_line: int
    skip: int
    platform: str | None = None

    kind = "one row a customer"
    roles = ("customer", "resource", "platform")

    def said(self) -> str:
        """Return how it was understood."""
        said = [f"customer = column {self.customer + 1}"]
        first = min([*self.listed, self.beyond])
        said.append(f"resources = the cells from column {first + 1} on")
        if self.platform is not None:
            said.append(f"platform = {self.platform}, by the name of the file, tab or folder")
        return ", ".join(said)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield one record for each resource of a row, and one for a customer who follows nothing there."""
        splitter = Splitter("\n;|")
        for line, cells in rows:
            if line <= self.skip or blank(cells):
                continue
            label = cell_at(cells, self.customer)
            if (is_total(cells[0]) or is_total(label)) and not any(map(is_address, cells)):
                tally.totals += 1
                continue
            platform = self.platform
            if self.platform_at is not None:
                platform = cell_at(cells, self.platform_at) or None
            items, unknown = self._items(cells, splitter, tally)
            for item in items:
                yield line, (label or None, item, platform)
            if not items and platform and not unknown:
                yield line, (label or None, None, platform)
            elif not items:
                tally.nothing += 1

    def _items(self, cells: Sequence[str], splitter: Splitter, tally: Tally) -> tuple[list[str], bool]:
        """Return the resources of a row, and whether a cell says that nobody knows."""
        items: list[str] = []
        unknown = False
        for at in (*self.listed, *range(self.beyond, len(cells))):
            cell = cell_at(cells, at)
            if is_tidy_address(cell):
                items.append(cell)
                continue
            for part in splitter.parts(cell):
                mark = mark_of(part)
                unknown = unknown or mark is Mark.UNKNOWN
                if is_interface_word(part):
                    tally.dropped += 1
                elif mark not in {Mark.NO, Mark.UNKNOWN}:
                    items.append(part)
        return items, unknown


def recognise_rows(head: Head) -> Rows | None:
    """Recognise a table of one row a customer, with a header line or without.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["Anna", "t.me/smm_riga", "vk.com/club7"]), (2, ["Boris", "vk.com/club7"])]
        >>> shape = recognise_rows(Head("likes.csv", [], rows))
        >>> shape.said()
        'customer = column 1, resources = the cells from column 2 on'
        >>> [values[:2] for _, values in shape.records(rows, Tally())]
        [('Anna', 't.me/smm_riga'), ('Anna', 'vk.com/club7'), ('Boris', 'vk.com/club7')]

    """
    if head.chosen:
        return None
    titles_only = True
    for (line, cells), body in top_rows(head):
        told = [text for cell in cells if (text := cell.strip())]
        if any(map(holds_address, told)):
            rows = [row for row in (cells, *(cells for _, cells in body)) if not is_total(cell_at(row, 0))]
            return _without_header(line, rows, head) if titles_only and rows else None
        found = _with_header(line, cells, [cells for _, cells in body], head)
        if found is not None:
            return found
        titles_only = titles_only and len(told) < 2
    return None


def _with_header(line: int, cells: Sequence[str], body: Sequence[Sequence[str]], head: Head) -> Rows | None:
    """Recognise a header such as ``customer, link 1, link 2`` or ``customer, channels`` and nothing further."""
    bases = [BEFORE_ADDRESSES.sub("", fold_header(cell)).strip() for cell in cells]
    family = _family(bases)
    if family is None:
        return None
    listed = [at for at, base in enumerate(bases) if base == family]
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    beyond = max(width, listed[-1] + 1)
    if len(listed) < 2 and not _are_addresses(cell_at(row, at) for row in body for at in range(beyond, len(row))):
        return None
    if family in VOCABULARY["name"] and not _are_addresses(cell_at(row, at) for row in body for at in listed):
        return None
    positions = map_columns([cell if at not in listed else "" for at, cell in enumerate(cells)]).positions
    owner = positions.get("customer", next((at for at in range(listed[0]) if not _counts(at, cells, body)), -1))
    if owner < 0:
        return None
    at = positions.get("platform")
    return Rows(owner, at, listed, beyond, line, line, None if at is not None else platform_of_titles(head.titles))


def _family(bases: Sequence[str]) -> str | None:
    """Return what the columns of resources are called, numbers aside."""
    words = {word for role in RESOURCE_ROLES for word in VOCABULARY[role]}
    counts = Counter(base for base in bases[1:] if base in words)
    several = [base for base, count in counts.items() if count > 1]
    if several:
        return several[0]
    return next(iter(counts)) if len(counts) == 1 else None


def _are_addresses(cells: Iterable[str]) -> bool:
    """Whether cells hold addresses, apart from the blank ones and "none"."""
    return mostly(holds_address(cell) for cell in cells if mark_of(cell) is None)


def _counts(at: int, header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    return is_counter(cell_at(header, at), [cell_at(row, at) for row in body])


def _without_header(line: int, rows: Sequence[Sequence[str]], head: Head) -> Rows | None:
    """Recognise rows that begin with a label of their own and go on with addresses."""
    first = 1 if _counts(0, [""], rows) else 0
    labels = [cell_at(row, first) for row in rows]
    behind = [[text for at in range(first + 1, len(row)) if (text := cell_at(row, at))] for row in rows]
    if not all(labels) or len(set(labels)) < len(labels) or any(map(is_address, labels)):
        return None
    if any(is_prose(label) for label in labels) or any(in_sentence(text) for row in behind for text in row):
        return None
    if max(map(len, behind), default=0) < 2 or not _are_addresses(text for row in behind for text in row):
        return None
    columns = max(len(row) for row in rows)
    words = [at for at in range(first + 1, columns) if not any(holds_address(cell_at(row, at)) for row in rows)]
    if first + 1 in words and any(cell_at(row, first + 1) for row in rows):
        return None  # a second column of labels: which is the customer?
    return Rows(first, None, (), first + 1, 0, line - 1, platform_of_titles(head.titles))
