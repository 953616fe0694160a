"""The tabs of a workbook, each a table of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from outreach.engine import literal
from outreach.errors import InputError
from outreach.files.lines import BadLine
from outreach.files.sources import Skipped
from outreach.files.workbook import Kind, Tab, tabs
from outreach.likes.plain.base import How, Scan, checked
from outreach.likes.plain.bulk import bulk
from outreach.likes.plain.grid import gridded
from outreach.likes.tables import Long, peers_of, recognise
from outreach.likes.tables.cells import is_address
from outreach.likes.tables.columns import People
from outreach.likes.tables.contract import HEAD_ROWS, Head
from outreach.likes.tables.links import recognise_linked
from outreach.likes.tables.template import is_guide
from outreach.likes.tables.titles import (
    RESOURCE_ROLES,
    blank,
    customer_of_titles,
    is_role,
    may_be_handle,
    platform_of_titles,
)
from outreach.words.cells import TOTAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine
    from outreach.files.sources import Source

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
    heads = _heads(source, several, how)
    for tab, found in zip(several, heads, strict=True):
        label = found.label
        why = _nothing_there(found)
        if why:
            if len(several) > 1:
                yield Skipped(label, why)
            continue
        try:
            if isinstance(found, _Damaged):
                raise found.error
            table = _tab(engine, tab, found, how)
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


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A tab whose cells cannot be read."""

    label: str
    error: InputError


def _heads(source: Source, several: Sequence[Tab], how: How) -> list[Head | _Damaged]:
    """Return the beginnings of all tabs: what one of them is depends on the others."""
    heads = [_head(source, tab, number if len(several) > 1 else 0, how) for number, tab in enumerate(several, start=1)]
    sound = [head for head in heads if isinstance(head, Head)]
    if peers := peers_of(sound):
        heads = [replace(head, peers=head.peers | peers) if isinstance(head, Head) else head for head in heads]
        sound = [head for head in heads if isinstance(head, Head)]
    if any(is_guide(head.rows) for head in sound):
        return [replace(head, ours=True) if isinstance(head, Head) else head for head in heads]
    if _have_customers_above(sound):  # then neither the file nor a folder is a customer
        return [
            replace(head, titles=head.titles[:1]) if isinstance(head, Head) and _is_of_platform(head) else head
            for head in heads
        ]
    return heads


def _head(source: Source, tab: Tab, number: int, how: How) -> Head | _Damaged:
    label = f"{source.label}, tab {_public_name(tab.name) or number}" if number else source.label
    try:
        first = list(islice(tab.rows(), HEAD_ROWS + 1))
    except InputError as err:
        return _Damaged(label, err)
    titles = (tab.name, *source.titles)
    return replace(Head.asked(label, titles, first[:HEAD_ROWS], how, whole=len(first) <= HEAD_ROWS), tabbed=True)


def _is_of_platform(head: Head) -> bool:
    return platform_of_titles(head.titles[:1]) is not None and customer_of_titles(head.titles[:1]) is None


def _have_customers_above(heads: Sequence[Head]) -> bool:
    """Whether tabs of platforms have customers above their columns.

    One of them has several, or two that have but one column begin with the same name.
    """
    of_platforms = [replace(head, titles=head.titles[:1]) for head in heads if _is_of_platform(head)]
    shapes = [shape for head in of_platforms if (shape := _people_of(head)) is not None]
    if any(len(shape.columns) > 1 for shape in shapes):
        return True
    firsts = [label for head in of_platforms if (label := _first_of_single(head))]
    return len(set(firsts)) < len(firsts)


def _people_of(head: Head) -> People | None:
    try:
        shape = recognise(head)
    except InputError:
        return None
    return shape if isinstance(shape, People) else None


def _first_of_single(head: Head) -> str:
    """Return the first text of a tab with one column where it may be a name; empty where it is none."""
    rows = [[text for cell in row if (text := cell.strip())] for _, row in head.rows]
    told = [row for row in rows if row]
    if any(len(row) > 1 for row in told) or not told:
        return ""
    text = told[0][0]
    known = is_address(text) or is_role(text) or may_be_handle(text) or platform_of_titles([text]) is not None
    return "" if known or not text[0].isupper() else text


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


def _nothing_there(head: Head | _Damaged) -> str:
    """Return why a tab need not be read, nothing where it must."""
    if isinstance(head, _Damaged):
        return ""
    if all(blank(row) for _, row in head.rows):
        return "nothing on it"
    return "our guide" if is_guide(head.rows) else ""


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
