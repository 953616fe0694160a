"""The resources sheet: the best places to fill in by hand, written once and added to afterwards.

What a person wrote into it is never changed. Each run refreshes how many customers follow a place, fills empty names
and sizes that the exports know, and puts new places at the end.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OutputError, UnknownResourceError
from outreach.files.output import describe_place, store
from outreach.files.streams import refuse_stream
from outreach.keys import identify, platform_of, url_of
from outreach.likes import same_keys
from outreach.messages import describe, message
from outreach.ranking import Choice, rank
from outreach.reporting.resources.base import Change, Changes, Named, Place
from outreach.reporting.resources.book import losses, new_book, opened, updated_book
from outreach.reporting.resources.text import new_text, updated_text
from outreach.reporting.resources.words import language_of
from outreach.sheet.facts import is_own

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from outreach.likes import Likes
    from outreach.sheet.facts import Sheet

__all__ = ["FORMS", "Saved", "form_of_sheet", "save_cells", "save_place", "save_sheet"]

FORMS: Final = (".xlsx", ".csv")
FILLED: Final = ("place", "subscribers")
EVERYWHERE: Final = ("web", "other")  # platforms of which everybody's list is known


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a sheet.

    Args:
        path: Where it is: beside the old one where that could not be replaced.
        added: Places at its end that were not in it.
        kept: Rows that were in it.
        filled: Empty cells that the exports could fill, and keys' own words that became names.
        changed: Whether anything was written.
        remarks: Sentences for the user.

    """

    path: Path
    added: int
    kept: int = 0
    filled: int = 0
    changed: bool = True
    remarks: tuple[str, ...] = ()


def form_of_sheet(output: str | os.PathLike[str]) -> str:
    """Return the form that a sheet's name asks for.

    Raises:
        OutputError: None of ours.

    Example:
        >>> form_of_sheet("Sheet.XLSX")
        '.xlsx'

    """
    refuse_stream(output)
    ending = Path(output).suffix.lower()
    if ending not in FORMS:
        why = "macros cannot be kept" if ending == ".xlsm" else "the name of a sheet of places ends in .xlsx or .csv"
        raise OutputError(f"{os.fspath(output)}: {why}", hint="for example -o sheet.xlsx")
    return ending


def save_sheet(
    likes: Likes,
    choice: Choice,
    output: str | os.PathLike[str],
    old: Sheet | None = None,
    language: str = "en",
    *,
    only: Collection[str] | None = None,
    in_place: bool = False,
) -> Saved:
    """Write the best places as a sheet, or bring a sheet up to date.

    Args:
        likes: Who follows what, as the exports say it: no sheet applied.
        choice: Which places.
        output: Where to; its ending tells the form.
        old: What stands there now, None for nothing.
        language: Of a new sheet; an old one keeps its own.
        only: Keys of the places to add, None for all of the choice.
        in_place: Fail rather than write to another name, where the sheet is open or holds what would be lost.

    Raises:
        InputError: The old sheet cannot be added to.
        OutputError: The sheet cannot be written.

    """
    form = form_of_sheet(output)
    path = Path(output)
    if old is None:
        places = _ranked(likes, choice, language, only)
        make = new_book if form == ".xlsx" else new_text
        return Saved(store(path, lambda temporary: make(temporary, places, language)), added=len(places))
    language = language_of(old.grid.headers)
    known = _known(likes, old, language)
    there = {place.key for places in known.values() for place in places}
    fresh = [place for place in _ranked(likes, choice, language, only) if place.key not in there]
    changes = Changes(_changes(old, known), fresh)
    kept = len(old.grid.rows)
    if not changes:
        return Saved(path, added=0, kept=kept, changed=False)
    where, remarks = _update(path, old, changes, in_place=in_place)
    filled = sum(change.column in FILLED for change in changes.cells)
    return Saved(where, len(fresh), kept, filled, remarks=tuple(remarks))


def save_cells(output: str | os.PathLike[str], old: Sheet, cells: Sequence[Change], *, in_place: bool = False) -> Saved:
    """Change cells of a sheet and nothing else of it.

    Args:
        output: Where it is.
        old: What stands there now.
        cells: What changes.
        in_place: Fail rather than write to another name, where the sheet is open or holds what would be lost.

    Raises:
        InputError: The sheet cannot be changed.
        OutputError: It cannot be written.

    """
    path, changes = Path(output), Changes(cells, ())
    if not changes:
        return Saved(path, added=0, kept=len(old.grid.rows), changed=False)
    where, remarks = _update(path, old, changes, in_place=in_place)
    return Saved(where, added=0, kept=len(old.grid.rows), filled=len(cells), remarks=tuple(remarks))


def save_place(output: str | os.PathLike[str], old: Sheet | None, address: str, language: str = "en") -> Saved:
    """Put one place that a person names at the end of a sheet, which is made where there is none.

    Args:
        output: Where it is.
        old: What stands there now, None for nothing.
        address: Of the place, or its key.
        language: Of a new sheet.

    Raises:
        UnknownResourceError: This is no address of a place.
        InputError: The sheet has it already.
        OutputError: The sheet cannot be written.

    """
    found = identify(address)
    key = found.key
    if key is None or (key.startswith("other:") and not address.lstrip().startswith("other:")):
        why = describe(message("address-names-nothing", why=found.why))
        raise UnknownResourceError(why, hint="copy the address of the place from your browser")
    form, path = form_of_sheet(output), Path(output)
    if old is None:
        places = [Named(key, language)]
        make = new_book if form == ".xlsx" else new_text
        return Saved(store(path, lambda temporary: make(temporary, places, language)), added=1)
    if row := next((number for number, keys in old.named.items() if key in keys), None):
        raise InputError(f"{address.strip()}: this place is in the sheet already, in row {row}")
    place = Named(key, language_of(old.grid.headers))
    where, remarks = _update(path, old, Changes((), [place]), in_place=True)
    return Saved(where, added=1, kept=len(old.grid.rows), remarks=tuple(remarks))


def _update(path: Path, old: Sheet, changes: Changes, *, in_place: bool = False) -> tuple[Path, list[str]]:
    """Write a sheet with its changes."""
    return (_update_book if old.grid.tab is not None else _update_text)(path, old, changes, in_place=in_place)


def _update_book(path: Path, old: Sheet, changes: Changes, *, in_place: bool) -> tuple[Path, list[str]]:
    """Write a workbook with its changes; beside it where it holds what would be lost."""
    if form_of_sheet(path) != ".xlsx":
        raise InputError(f"{path}: the content is a workbook, despite the name", hint="rename it to .xlsx")
    lost = losses(path)
    book, dropped = opened(path)
    lost = lost or dropped
    if lost and in_place:
        raise InputError(f"{path.name} has parts that would be lost ({', '.join(lost)})", hint="change it in Excel")
    where = store(
        path,
        lambda temporary: updated_book(path, temporary, old.grid, changes, book),
        beside=bool(lost),
        in_place=in_place,
    )
    if lost:
        return where, [f"{path} has parts that cannot be kept ({', '.join(lost)}), so it stays as it is: see {where}."]
    return where, describe_place(path, where)


def _update_text(path: Path, old: Sheet, changes: Changes, *, in_place: bool) -> tuple[Path, list[str]]:
    """Write a text with its changes."""
    if form_of_sheet(path) != ".csv":
        raise InputError(f"{path}: the content is text, despite the name", hint="rename it to .csv")
    encodings: list[str] = []
    where = store(
        path, lambda temporary: encodings.append(updated_text(path, temporary, old.grid, changes)), in_place=in_place
    )
    remarks = describe_place(path, where)
    if encodings[-1] != old.grid.encoding:
        remarks.append(f"{where} is now UTF-8: {old.grid.encoding} lacks letters of a new name.")
    return where, remarks


def _changes(old: Sheet, known: Mapping[int, Sequence[Place]]) -> list[Change]:
    """Return the cells of ours that are to change in old rows."""
    changes: list[Change] = []
    unusable = {line.line for line in old.bad}
    for row, places in known.items():
        if row in unusable:
            continue
        cells, place = old.rows[row], places[0]
        fresh = place.cells(old.grid.columns)
        if "customers" in fresh and cells.get("customers") != place.customers:
            changes.append(Change(row, "customers", place.customers, only_empty=False))
        if "place" in fresh and place.name and _is_nameless(cells, [*old.named[row], place.key], place.name):
            changes.append(Change(row, "place", fresh["place"], only_empty="place" not in cells))
        if "subscribers" in fresh and "subscribers" not in cells:
            changes.append(Change(row, "subscribers", fresh["subscribers"]))
        if "subscribers_from" in fresh and not {"subscribers", "subscribers_from"} & cells.keys():
            changes.append(Change(row, "subscribers_from", fresh["subscribers_from"]))
    return changes


def _is_nameless(cells: Mapping[str, str], keys: Sequence[str], name: str) -> bool:
    """Tell whether a row has no name that a person wrote, and would get one that says more than its key."""
    return "place" not in cells or (is_own(cells["place"], keys) and not is_own(name, keys))


def _ranked(likes: Likes, choice: Choice, language: str, only: Collection[str] | None = None) -> list[Place]:
    """Return the best places in order; ``only`` those of some keys, where given."""
    ranked = rank(likes, choice)
    engine = likes.engine
    engine.run("create or replace table wanted (key varchar)")
    engine.append("wanted", [sorted(only or ())])
    condition = "" if only is None else "where k.resource in (select key from wanted) "
    rows = engine.rows(
        "select k.resource, k.platform, k.name, k.url, k.subscribers, k.accepts_posts, r.topic, k.overlap, k.listed "
        f"from {ranked.table.relation} k join {likes.resources.relation} r using (resource) {condition}"
        "order by k.rank, k.resource"
    )
    return [replace(Place(*row), language=language) for row in rows]


def _known(likes: Likes, old: Sheet, language: str) -> dict[int, list[Place]]:
    """Return the places that each old row names, the one that counts first."""
    same = same_keys(likes, (key for keys in old.named.values() for key in keys))
    keys = set(same.values())
    followed = {place.key: place for place in _ranked(likes, Choice(min_subscribers=0), language, keys)}
    lists = dict(likes.engine.rows(f"select platform, count(*) from {likes.lists.relation} group by platform"))
    places = {key: followed.get(key) or _not_followed(key, likes.customers, lists, language) for key in keys}
    return {row: [places[same[key]] for key in several] for row, several in old.named.items()}


def _not_followed(key: str, customers: int, lists: Mapping[str, int], language: str) -> Place:
    """Return a place of which only the sheet knows."""
    platform = platform_of(key)
    listed = customers if platform in EVERYWHERE else lists.get(platform, 0)
    return Place(key, platform, None, url_of(key), None, None, None, 0, listed, language)
