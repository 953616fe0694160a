"""One row a customer, with what he follows in the cells behind the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.answers import in_sentence, is_prose
from outreach.likes.tables.cells import LISTS, is_address, is_tidy_address, mostly, tells_total
from outreach.likes.tables.interface import are_pasted, is_interface_word
from outreach.likes.tables.readings import Reading
from outreach.likes.tables.titles import RESOURCE_ROLES, blank, cell_at, platform_of_titles
from outreach.messages import message
from outreach.words.cells import Mark, mark_of
from outreach.words.columns import VOCABULARY, map_columns
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.likes.tables.profile import Cell, Table

__all__ = ["Rows", "row_readings"]

NUMBERED: Final = re.compile(r"\d+$")


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
        pasted: Whether words of a network's page stand among the places.

    """

    customer: int
    platform_at: int | None
    listed: Sequence[int]
    beyond: int
    header_line: int
    skip: int
    platform: str | None = None
    pasted: bool = False

    kind = message("shape-rows")
    roles = ("customer", "resource", "platform")

    def describe(self) -> str:
        """Return how it was understood."""
        said = [f"customer = column {self.customer + 1}"]
        first = min([*self.listed, self.beyond])
        said.append(f"resources = the cells from column {first + 1} on")
        if self.platform is not None:
            said.append(f"platform = {self.platform}, by the name of the file, tab or folder")
        return ", ".join(said)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield one record for each resource of a row, and one for a customer who follows nothing there."""
        for line, cells in rows:
            if line <= self.skip or blank(cells):
                continue
            label = cell_at(cells, self.customer)
            if (tells_total(cells[0]) or tells_total(label)) and not any(map(is_address, cells)):
                tally.totals += 1
                continue
            platform = self.platform
            if self.platform_at is not None:
                platform = cell_at(cells, self.platform_at) or None
            items, unknown = self._items(cells, tally)
            if unknown:
                tally.unsaid.append(line)
            for item in items:
                yield line, (label or None, item, platform)
            if not items and platform and not unknown:
                yield line, (label or None, None, platform)
            elif not items:
                tally.nothing += 1

    def _items(self, cells: Sequence[str], tally: Tally) -> tuple[list[str], bool]:
        """Return the resources of a row, and whether a cell says that nobody knows."""
        items: list[str] = []
        unknown = False
        for at in (*self.listed, *range(self.beyond, len(cells))):
            cell = cell_at(cells, at)
            if not cell:
                continue
            if is_tidy_address(cell):
                items.append(cell)
                continue
            for part in LISTS.parts(cell):
                mark = mark_of(part)
                unknown = unknown or mark is Mark.UNKNOWN
                if self.pasted and is_interface_word(part):
                    tally.dropped += 1
                elif mark not in {Mark.NO, Mark.UNKNOWN}:
                    items.append(part)
        return items, unknown


def row_readings(table: Table, head: Head) -> Iterator[Reading]:
    """Yield how a table can be one of one row for each customer, with a header or without.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["Anna", "t.me/smm_riga", "vk.com/club7"]), (2, ["Boris", "vk.com/club7"])]
        >>> head = Head("likes.csv", [], rows)
        >>> shape = [one for table in tables_of(head) for one in row_readings(table, head)][0].shape
        >>> shape.describe()
        'customer = column 1, resources = the cells from column 2 on'
        >>> [values[:2] for _, values in shape.records(rows, Tally())]
        [('Anna', 't.me/smm_riga'), ('Anna', 'vk.com/club7'), ('Boris', 'vk.com/club7')]

    """
    if not table.line:
        shape = None if table.lost else _without_header(table, head)
        reasons = ((3.0, "labels-before-addresses"), (1.0, "addresses-fill-rows"))
    elif table.addressed:
        return
    else:
        shape = _with_header(table, head)
        reasons = ((4.0, "several-columns-of-places"), (4.0, "addresses-fill-rows"))
    if shape is not None:
        at = {*shape.listed, *range(shape.beyond, len(table.columns))}
        pasted = are_pasted([cell for one in table.columns if one.at in at for cell in one.filled])
        yield Reading(replace(shape, pasted=pasted), reasons)


def _with_header(table: Table, head: Head) -> Rows | None:
    """Recognise a header such as ``customer, link 1, link 2`` or ``customer, channels`` and nothing further."""
    bases = [NUMBERED.sub("", one.word).strip() for one in table.columns[: len(table.header)]]
    family = _family(bases)
    if family is None:
        return None
    listed = [at for at, base in enumerate(bases) if base == family]
    width = len(table.header)
    while width and not table.header[width - 1].strip():
        width -= 1
    beyond = max(width, listed[-1] + 1)
    positions = map_columns([cell if at not in listed else "" for at, cell in enumerate(table.header)]).positions
    alone = len(listed) == 1 and "customer" in positions and _is_numbered(table, listed[0])
    if not (alone or (_go_on(table, listed[0], beyond) if len(listed) < 2 else _differ(table, listed, family))):
        return None
    if family in VOCABULARY["name"] and not _are_addresses(cell for at in listed for cell in table.columns[at].filled):
        return None
    owner = positions.get("customer", next((at for at in range(listed[0]) if not table.columns[at].counts), -1))
    if owner < 0:
        return None
    at = positions.get("platform")
    platform = None if at is not None else platform_of_titles(head.titles)
    return Rows(owner, at, listed, beyond, table.line, table.line, platform)


def _is_numbered(table: Table, at: int) -> bool:
    """Whether the last column is the first of several, of which only this one was filled: ``page 1``."""
    column = table.columns[at]
    return (
        at == len(table.columns) - 1 and bool(NUMBERED.search(column.word)) and bool(table.body) and not column.counts
    )


def _differ(table: Table, listed: Sequence[int], family: str) -> bool:
    """Whether places stand below several headers of one word, and not that word in every row: then it is a mark."""
    return not any(fold_header(text) == family for at in listed for text in table.columns[at].texts)


def _go_on(table: Table, at: int, beyond: int) -> bool:
    """Whether addresses stand beyond the header, in rows that begin with a place like the others.

    Where none of several begins with an address, the header lacks a column: it is none of places that stands first.
    """
    behind = table.columns[beyond:]
    if not _are_addresses(cell for one in behind for cell in one.filled):
        return False
    longer = [row for row in range(len(table.body)) if any(one.cells[row].text for one in behind)]
    first = table.columns[at]
    begin = [first.cells[row].holds for row in longer if first.cells[row].text]
    return mostly(begin) if first.addressed else len(begin) < 2 or any(begin)


def _family(bases: Sequence[str]) -> str | None:
    """Return what the columns of resources are called, numbers aside."""
    words = {word for role in RESOURCE_ROLES for word in VOCABULARY[role]}
    counts = Counter(base for base in bases[1:] if base in words)
    several = [base for base, count in counts.items() if count > 1]
    if several:
        return several[0]
    return next(iter(counts)) if len(counts) == 1 else None


def _are_addresses(cells: Iterable[Cell]) -> bool:
    """Whether cells hold addresses, apart from the blank ones and "none"."""
    return mostly(cell.holds for cell in cells if cell.text and cell.mark is None)


def _without_header(table: Table, head: Head) -> Rows | None:
    """Recognise rows that begin with a label of their own and go on with addresses."""
    first = 1 if table.columns and table.columns[0].counts else 0
    if len(table.columns) <= first + 1:
        return None
    labels = table.columns[first]
    behind = table.columns[first + 1 :]
    if len(labels.filled) < len(table.body) or labels.repeats or any(cell.address for cell in labels.filled):
        return None
    cells = [cell for one in behind for cell in one.filled]
    if any(map(is_prose, labels.texts)) or any(in_sentence(cell.text) for cell in cells):
        return None
    most = max((sum(bool(one.cells[row].text) for one in behind) for row in range(len(table.body))), default=0)
    if most < 2 or not _are_addresses(cells):
        return None
    if behind[0].filled and not any(cell.holds for cell in behind[0].filled):
        return None  # a second column of labels: which is the customer?
    return Rows(first, None, (), first + 1, 0, table.skip, platform_of_titles(head.titles))
