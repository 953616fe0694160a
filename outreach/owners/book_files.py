"""Tables of owners and of what happened, as they lie in a file: which tab, which header line, which column is which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.delimited import delimiter_of, records, text_of
from outreach.files.grid import HEADER_WITHIN
from outreach.files.streams import read_once
from outreach.tables import OWNER_EVENTS, OWNERS, verbatim
from outreach.words.columns import Form, map_headers
from outreach.words.own_sheets import is_own_sheet
from outreach.words.vocabulary import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.tables import Schema

__all__ = ["EVENTS", "PEOPLE", "BookTable", "read_book_tables"]

PEOPLE: Final = Form("headers.owners", keys_of("headers.owners"))
EVENTS: Final = Form("headers.owner_events", keys_of("headers.owner_events"))
FORMS: Final[tuple[tuple[Form, Schema], ...]] = ((EVENTS, OWNER_EVENTS), (PEOPLE, OWNERS))


@dataclass(frozen=True, slots=True)
class BookTable:
    """A table of owners, or of what happened.

    Args:
        label: What messages call it.
        form: :data:`PEOPLE` or :data:`EVENTS`.
        rows: Row or line, from 1, and its filled cells by our names of the columns.
        ours: Whether the program wrote it: it has all of its columns.
        formulas: Rows with a formula whose result was not stored.

    """

    label: str
    form: Form
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    ours: bool
    formulas: tuple[int, ...] = ()


def read_book_tables(path: str | Path, encoding: str | None = None, label: str | None = None) -> list[BookTable]:
    """Read a delimited text, or all tabs of a workbook that hold owners or events.

    Args:
        path: Where it lies.
        encoding: Of a text; None finds out.
        label: What messages call it; the path if there is none.

    Raises:
        InputError: It cannot be read, or no header line names owners or events.

    """
    label = str(path) if label is None else label
    with read_once(path) as file:
        found = _tables(label, file, encoding)
    if not found:
        raise InputError(
            f"{label}: no header line names owners, or what happened",
            hint="a first line like: place,key,person,telegram; or: date,place,event,note",
        )
    return found


def _tables(label: str, file: Path, encoding: str | None) -> list[BookTable]:
    from outreach.files.kinds import kind_of_table

    kind = kind_of_table(label, file, if_empty="save it again with your owners")
    if kind is None:
        text = text_of(file, encoding, label)[0].removeprefix("\ufeff")
        delimiter = delimiter_of(text.splitlines(), lambda cells: len(map_headers(cells, PEOPLE).positions))
        one = _found(label, records(label, text, delimiter), text=True)
        return [one] if one else []
    from outreach.files.workbook import tabs

    found = []
    for tab in tabs(label, file, kind):
        if is_own_sheet(tab.rows()):
            continue
        if one := _found(label, tab.rows(), text=False, formulas=tuple(sorted(tab.formulas))):
            found.append(one)
    return found


def _found(label: str, rows: Iterable[Row], *, text: bool, formulas: tuple[int, ...] = ()) -> BookTable | None:
    waiting = iter(rows)
    for seen, (number, header) in enumerate(waiting):
        if (kind := _kind(header)) is not None:
            form, schema = kind
            columns = map_headers(header, form).positions
            ours = set(schema.names) <= {cell.strip() for cell in header}
            below = ((row, _cells(columns, cells, ours=ours, text=text)) for row, cells in waiting)
            kept = tuple((row, cells) for row, cells in below if any(cell.strip() for cell in cells.values()))
            return BookTable(label, form, kept, ours, tuple(row for row in formulas if row > number))
        if seen == HEADER_WITHIN:
            return None
    return None


def _kind(header: Sequence[str]) -> tuple[Form, Schema] | None:
    """Return what a line is the header of."""
    if any("://" in cell for cell in header):
        return None
    plain = {cell.strip() for cell in header}
    for form, schema in FORMS:
        if set(schema.names) <= plain:
            return form, schema
    events = map_headers(header, EVENTS).positions.keys()
    if {"kind", "date"} <= events and not {"resource", "person"}.isdisjoint(events):
        return FORMS[0]
    people = map_headers(header, PEOPLE).positions.keys()
    who = {"person", "channels", "telegram", "whatsapp", "email", "telephone", "way_in"}
    return FORMS[1] if len(people) > 1 and not who.isdisjoint(people) else None


def _cells(columns: Mapping[str, int], cells: Sequence[str], *, ours: bool, text: bool) -> dict[str, str]:
    """Return the filled cells by our names; texts that we wrote without the sign that made them neutral."""
    found = {name: cells[place] for name, place in columns.items() if place < len(cells) and cells[place]}
    if not ours:
        return {name: cell.strip() for name, cell in found.items() if cell.strip()}
    return {name: verbatim(cell) for name, cell in found.items()} if text else found
