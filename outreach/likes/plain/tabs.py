"""The tabs of a workbook, each a table of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from outreach.engine import literal
from outreach.errors import InputError
from outreach.likes.plain.base import How, Scan, checked
from outreach.likes.plain.bulk import bulk
from outreach.likes.plain.grid import gridded
from outreach.likes.plain.lines import BadLine
from outreach.likes.plain.shapes import Long
from outreach.likes.plain.shapes.base import GUIDE, HEAD_ROWS, Head
from outreach.likes.plain.shapes.cells import TOTAL_WORDS
from outreach.likes.plain.shapes.header import RESOURCE_ROLES, customer_of_titles
from outreach.likes.plain.shapes.linked import recognise_linked
from outreach.likes.plain.workbook import Kind, Tab, tabs
from outreach.likes.sources import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine
    from outreach.likes.plain.shapes.base import Row
    from outreach.likes.sources import Source

__all__ = ["tab_scans"]

A_TOTAL = "a row of totals"
NO_VALUE = "a formula without a stored value: open the file in Excel and save it"


def tab_scans(engine: Engine, source: Source, kind: Kind, how: How) -> Iterator[Scan | Skipped]:
    """Yield the tables on the tabs of a workbook.

    A tab that tells nothing is passed over; where that goes for all of them the first reason is the error.

    Raises:
        InputError: The workbook is damaged, or none of its tabs tells who follows what.

    """
    several = tabs(source.label, source.path, kind)
    read = False
    refused: InputError | None = None
    for number, tab in enumerate(several, start=1):
        label = source.label if len(several) == 1 else f"{source.label}, tab {_public_name(tab.name) or number}"
        first = list(islice(tab.rows(), HEAD_ROWS + 1))
        why = _nothing_there(first)
        if why:
            if len(several) > 1:
                yield Skipped(label, why)
            continue
        try:
            titles = (tab.name, *source.titles)
            head = Head(label, titles, first[:HEAD_ROWS], len(first) <= HEAD_ROWS, how.columns)
            table = _tab(engine, tab, head, how)
        except InputError as err:
            refused = refused or err
            if len(several) > 1:
                yield Skipped(label, err.message.removeprefix(f"{label}: "), wanted=True)
            continue
        read = True
        yield (
            table
            if label == source.label
            else replace(table, book=source.label, named=f"{source.label}, tab {tab.name}")
        )
    if not read:
        raise refused or InputError(f"{source.label}: the workbook is empty", hint="save it again with your lists")


def _without_totals(table: Scan, head: Head) -> Scan:
    """Reject rows of sums that stand below the rows that were looked at."""
    if head.whole:
        return table
    words = ", ".join(map(literal, sorted(TOTAL_WORDS)))
    told = f"lower(strip_accents(trim({table.cells['customer']}, ' :=.'))) in ({words})"
    places = [cell for role in RESOURCE_ROLES if (cell := table.cells.get(role))]
    sums = " and ".join([told, *(f"regexp_matches({cell}, '[/@]') is not true" for cell in places)])
    return table.with_fault(sums, A_TOTAL)


def _public_name(name: str) -> str:
    """Return a tab's name where it cannot be a customer's label, which messages must not hold."""
    return name if customer_of_titles((name,)) is None else ""


def _nothing_there(rows: Sequence[Row]) -> str:
    """Return why a tab need not be read, nothing where it must."""
    cells = [cell for _, row in rows for cell in row if cell.strip()]
    if not cells:
        return "nothing on it"
    return "our guide" if cells[0].strip() == GUIDE else ""


def _tab(engine: Engine, tab: Tab, head: Head, how: How) -> Scan:
    """Read one tab.

    Raises:
        InputError: It does not tell who follows what.

    """
    label = head.label
    linked = recognise_linked(head, tab.links, how.counted)
    if linked is None:
        raise InputError(
            f"{label}: nothing on it tells who follows what",
            hint="a customer column and a resource column do, or one column a customer; outreach collect makes a sheet",
        )
    shape = linked.shape
    bad = [BadLine(row, NO_VALUE) for row in sorted(tab.formulas)]
    if isinstance(shape, Long) and shape.plain and not linked.links:
        table = _without_totals(checked(bulk(engine, label, shape, tab.columns(), [*shape.bad, *bad])), head)
    else:
        table = gridded(engine, label, shape, linked.rows(tab.rows()), bad)
        if isinstance(shape, Long):
            table = checked(replace(table, mapped=shape.mapped, headers=frozenset(shape.mapped.headers or ())))
    notes = list(table.notes)
    if linked.links:
        notes.append(f"addresses taken from the links behind texts: {len(linked.links)}")
    if tab.hidden:
        notes.append("the tab is hidden, and was read")
    if tab.hidden_rows:
        notes.append(f"hidden rows, read like the others: {tab.hidden_rows}")
    return replace(table, notes=tuple(notes))
