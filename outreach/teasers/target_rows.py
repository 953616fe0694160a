"""The places in a table: a ranking, as we wrote it or as Excel saved it, a resources sheet, a list of addresses."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from outreach.errors import InputError, UnknownFormatError
from outreach.files.delimited import delimiter_of, records, text_of
from outreach.files.grid import HEADER_WITHIN
from outreach.files.kinds import kind_of_table
from outreach.files.numbers import sizes
from outreach.keys import identify, is_name
from outreach.messages import message
from outreach.sheet.facts import read_sheet
from outreach.sheet.grid import map_sheet
from outreach.tables import verbatim
from outreach.teasers.target_words import extra_columns, names_customers, place_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.messages import Message
    from outreach.sheet.facts import Sheet

__all__ = ["Place", "places_of"]

RANKED: Final = frozenset({"resource", "overlap"})
"""What only a ranking of ours has together."""

PLACED: Final = frozenset({"resource", "final_url"})
"""What only a ledger's table has together; its addresses are those of the article."""

PLANNED: Final = RANKED | {"newly", "redundancy"}
"""What only a plan of ours has together; its costs are numbers, and their currency stands elsewhere."""

OWN: Final = ("resource", "platform", "name", "url", "subscribers", "overlap", "listed")
OF_LISTED: Final = re.compile(r"\s*(\d+)\D+(\d+)\s*").fullmatch  # 7 of 9
GIVE: Final = "give a ranking (outreach rank likes.csv -o ranking.csv) or a sheet of places"
MARKDOWN: Final = re.compile(r"\s*\|[^\n]*\|\s*\n\s*\|[ :|-]+\|")
Ranking: TypeAlias = "tuple[Sequence[str], list[Row]]"


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a table.

    Args:
        row: Where, from 1.
        key: Which place.
        name: What it is called.
        url: As the table has it.
        subscribers: People.
        overlap: Customers who follow it.
        listed: Customers of whom a list is known.
        excluded: Whether it is to be left out.
        more: What else the table says, by the names of a target.

    """

    row: int
    key: str
    name: str = ""
    url: str = ""
    subscribers: int | None = None
    overlap: int | None = None
    listed: int | None = None
    excluded: bool = False
    more: Mapping[str, str] = field(default_factory=dict)


def places_of(path: Path, label: str, remarks: list[Message]) -> Iterator[Place]:
    """Yield the places of a table in its order; what cannot be used is put into ``remarks``.

    Args:
        path: Where it lies.
        label: What messages call it.
        remarks: Gets a message for each row that names no place.

    Raises:
        InputError: It cannot be read, or names no places.

    """
    kind = kind_of_table(label, path, if_empty="write it again: outreach rank -o ranking.csv")
    text = "" if kind else _text(path, label)
    if kind:
        from outreach.files.workbook import tabs

        ranking = next(filter(None, (_ranking(tab.rows()) for tab in tabs(label, path, kind))), None)
    elif text.lstrip()[:1] in {"[", "{"}:
        ranking = _objects(text, label)
    elif MARKDOWN.match(text):
        raise InputError(f"{label}: a table in Markdown is for reading only", hint="outreach rank -o ranking.csv")
    elif addresses := _listed(text):
        yield from _of_list(addresses, label, remarks)
        return
    else:
        ranking = _ranking(_verbatim(records(label, text, delimiter_of(text.splitlines(), _known))))
    yield from _of_ranking(*ranking, label, remarks) if ranking else _of_sheet(path, label, remarks)


def _of_sheet(path: Path, label: str, remarks: list[Message]) -> Iterator[Place]:
    """Yield the places of a resources sheet, or of any table with addresses."""
    try:
        sheet = read_sheet(path, label=label)
    except UnknownFormatError as err:
        raise InputError("it has no column with places", where=label, hint=GIVE) from err
    header = _header(path, sheet)
    if "key" not in sheet.grid.columns and names_customers(header):
        raise InputError(f"{label}: these are your customers' lists, not places", hint=GIVE)
    remarks += sheet.describe()
    columns = extra_columns(header)
    rows = dict(sheet.grid.rows)
    for fact in sheet.facts:
        cells = {**_filled(columns, rows[fact.row]), **fact.cells}
        more = place_cells({name: text for name, text in cells.items() if name != "exclude"})  # the sheet has read that
        remarks += [message("row-of-sheet", file=label, row=fact.row, reason=doubt) for doubt in more.doubts]
        counts = OF_LISTED(fact.cells.get("customers", ""))
        yield Place(
            fact.row,
            fact.key,
            fact.name or "",
            fact.cells.get("address", "") if "://" in fact.cells.get("address", "") else "",
            fact.subscribers,
            int(counts[1]) if counts else None,
            int(counts[2]) if counts else None,
            fact.excluded,
            more.values,
        )


def _header(path: Path, sheet: Sheet) -> Sequence[str]:
    """Return the header line of a sheet, which the sheet itself does not keep."""
    grid = sheet.grid
    if grid.tab is None:
        text = text_of(path)[0].removeprefix("\ufeff")
        rows: Iterable[Row] = records(grid.label, text, grid.delimiter)
    else:
        from outreach.files.workbook import tabs

        kind = kind_of_table(grid.label, path) or "xlsx"
        rows = next(tab for tab in tabs(grid.label, path, kind) if tab.name == grid.tab).rows()
    return next((cells for number, cells in rows if number == grid.header), [])


def _of_list(addresses: Sequence[tuple[int, str]], label: str, remarks: list[Message]) -> Iterator[Place]:
    """Yield the places of a list with an address a line."""
    for number, address in addresses:
        if key := identify(address).key:
            yield Place(number, key)
        else:
            remarks.append(message("line-of-list", file=label, line=number, reason=message("names-no-place")))


def _listed(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text that is a list of addresses with their numbers, nothing for any other text."""
    lines = [(number, line.strip().strip('"')) for number, line in enumerate(text.splitlines(), start=1)]
    filled = [(number, line) for number, line in lines if line]
    if filled and not {"address", "key"}.isdisjoint(map_sheet([filled[0][1]])):
        filled = filled[1:]
    if not filled or re.search(r"[,;\t|]", filled[0][1]):
        return []
    key = identify(filled[0][1]).key
    return [] if key is None or is_name(key) else filled


def _ranking(rows: Iterable[Row]) -> Ranking | None:
    """Return the header and the rows of a ranking or a ledger of ours; None for any other table."""
    waiting = iter(rows)
    for _ in range(HEADER_WITHIN):
        try:
            _, cells = next(waiting, (0, []))
        except InputError:  # told by whoever reads it as something else
            return None
        header = [cell.strip().casefold() for cell in cells]
        if set(header) >= RANKED or set(header) >= PLACED:
            return header, list(waiting)
    return None


def _text(path: Path, label: str) -> str:
    try:
        return text_of(path, label=label)[0].removeprefix("\ufeff")
    except InputError as err:  # no option of this command names an encoding
        raise InputError(err.message, hint='save it as "CSV UTF-8"') from err


def _known(cells: Sequence[str]) -> int:
    """Return how many columns of ours a line names."""
    return len({cell.strip().casefold() for cell in cells} & {*OWN})


def _verbatim(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows without the apostrophe that keeps a text from being a formula."""
    for number, cells in rows:
        yield number, [verbatim(cell) for cell in cells]


def _objects(text: str, label: str) -> Ranking:
    """Return the objects of JSON, or of JSON lines, as a header and rows.

    Raises:
        InputError: It is neither.

    """
    try:
        found = _parsed(text)
    except (ValueError, RecursionError) as err:
        raise InputError(f"{label}: damaged JSON", hint="write it again: outreach rank -o ranking.json") from err
    if not all(isinstance(one, dict) and "resource" in one for _, one in found):
        raise InputError(f"{label}: this JSON has no list of places", hint="outreach rank -o ranking.json writes one")
    names = list(dict.fromkeys(name for _, one in found for name in one))
    rows: list[Row] = [
        (number, ["" if one.get(name) is None else str(one[name]) for name in names]) for number, one in found
    ]
    return names, rows


def _parsed(text: str) -> list[tuple[int, Any]]:
    """Return the objects with their number or line."""
    if text.lstrip().startswith("["):
        whole = json.loads(text)
        return list(enumerate(whole, start=1))
    return [(number, json.loads(line)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _of_ranking(header: Sequence[str], rows: Sequence[Row], label: str, remarks: list[Message]) -> Iterator[Place]:
    """Yield the places of a ranking, or of a ledger; what those got before is no price of today."""
    columns, others = {name: header.index(name) for name in OWN if name in header}, extra_columns(header)
    if set(header) >= PLACED:
        columns.pop("url", None)
        others = {name: column for name, column in others.items() if name == "deal"}
    if set(header) >= PLANNED:
        others.pop("price", None)
    cells = [(number, _filled(columns, row), _filled(others, row)) for number, row in rows]
    understood = sizes({found["subscribers"] for _, found, _ in cells if "subscribers" in found})
    for number, found, beside in cells:
        if not found and not beside:
            continue
        key = identify(found.get("resource", "")).key or identify(found.get("url", "")).key
        if key is None:
            remarks.append(message("row-of-sheet", file=label, row=number, reason=message("names-no-place")))
            continue
        more = place_cells(beside)
        remarks += [message("row-of-sheet", file=label, row=number, reason=doubt) for doubt in more.doubts]
        size = understood[found["subscribers"]].number if "subscribers" in found else None
        counts = _count(found.get("overlap", "")), _count(found.get("listed", ""))
        yield Place(number, key, found.get("name", ""), found.get("url", ""), size, *counts, more.excluded, more.values)


def _filled(columns: Mapping[str, int], row: Sequence[str]) -> dict[str, str]:
    return {name: text for name, place in columns.items() if place < len(row) and (text := row[place].strip())}


def _count(text: str) -> int | None:
    """Return a number of customers; Excel may have given it a fraction of nothing."""
    found = re.fullmatch(r"(\d{1,9})(?:[.,]0*)?", text)
    return int(found[1]) if found else None
