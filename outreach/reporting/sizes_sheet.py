"""The sizes of the resources sheet: which may be looked up, and what they became."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.keys import is_name
from outreach.reporting.resources.base import Change
from outreach.reporting.resources_sheet import save_cells
from outreach.sheet.facts import read_sheet
from outreach.words.accepting import NOTHING
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.reporting.resources_sheet import Saved
    from outreach.sheet.facts import Sheet

__all__ = ["Wanted", "age_of", "cells_of", "save_sizes", "wanted"]

COLUMNS: Final = ("subscribers", "subscribers_from", "fetched_at")
FOUND: Final = "api"
REPLACEABLE: Final = words_of("size_origins.export") | words_of("size_origins.api")
DAYS: Final = {"d": 1, "w": 7}
MOST_DAYS: Final = 36_500
_AGE: Final = re.compile(r"([0-9]{1,5})\s*([dw])", re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sizes are to be looked up.

    Args:
        rows: Key to the rows that it stands in.
        typed: Rows whose size a person typed, or whose dash says that there is none; they stay.
        fresh: Rows that were looked up a short while ago.

    """

    rows: Mapping[str, Sequence[int]]
    typed: int
    fresh: int


def age_of(text: str) -> timedelta:
    """Return how old a size may be.

    Raises:
        OptionError: This is no age.

    Example:
        >>> age_of("30d").days, age_of("2w").days, age_of("0d").days
        (30, 14, 0)

    """
    found = _AGE(text.strip())
    days = int(found[1]) * DAYS[found[2].lower()] if found else -1
    if not 0 <= days <= MOST_DAYS:
        raise OptionError(f"--max-age {text}: not an age", hint="days or weeks, like 30d or 4w")
    return timedelta(days=days)


def wanted(sheet: Sheet, today: date, max_age: timedelta) -> Wanted:
    """Tell which rows may get a size from elsewhere: a person's own number is never touched.

    Raises:
        InputError: The sheet lacks a column for it.

    """
    missing = [column for column in COLUMNS if column not in sheet.grid.columns]
    if missing:
        raise InputError(
            f"{sheet.grid.label}: no column {missing[0]}, which keeps where a size comes from",
            hint="outreach resources -o sheet.xlsx writes a sheet with all columns",
        )
    unusable = {line.line for line in sheet.bad}
    rows: dict[str, list[int]] = {}
    typed = fresh = 0
    by_hand: set[str] = set()
    for row, keys in sheet.named.items():
        cells = sheet.rows[row]
        if row in unusable or not keys:
            continue
        key = next((one for one in keys if not is_name(one)), keys[0])  # an address that was found out
        if _is_typed(cells):
            typed += 1
            by_hand.update(keys)
        elif _is_fresh(cells, today, max_age):
            fresh += 1
        else:
            rows.setdefault(key, []).append(row)
    return Wanted({key: some for key, some in rows.items() if key not in by_hand}, typed, fresh)


def _is_typed(cells: Mapping[str, str]) -> bool:
    """Whether a person wrote the size: one without an origin was typed too, and so was a dash."""
    if cells.get("subscribers", "").strip() in NOTHING:
        return True
    origin = fold_header(cells.get("subscribers_from", ""))
    return origin not in REPLACEABLE if origin else "subscribers" in cells


def _is_fresh(cells: Mapping[str, str], today: date, max_age: timedelta) -> bool:
    if cells.get("subscribers_from", "").strip().lower() != FOUND or "subscribers" not in cells:
        return False
    told = cells.get("fetched_at", "").strip()[:10]
    try:
        day = date(*map(int, reversed(told.split(".")))) if "." in told else date.fromisoformat(told)  # Excel's way
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= today - day < max_age


def cells_of(rows: Mapping[str, Sequence[int]], sizes: Mapping[str, int], today: date) -> list[Change]:
    """Return the cells that change: the size, that it was looked up, and when."""
    changes: list[Change] = []
    for key, size in sizes.items():
        for row in rows[key]:
            changes += [
                Change(row, "subscribers", size, only_empty=False),
                Change(row, "subscribers_from", FOUND, only_empty=False),
                Change(row, "fetched_at", today.isoformat(), only_empty=False),
            ]
    return changes


def save_sizes(
    path: str | os.PathLike[str], sizes: Mapping[str, int], today: date, max_age: timedelta, *, in_place: bool = False
) -> Saved:
    """Write sizes that were looked up into a sheet as it is now: somebody may have sorted or filled it in meanwhile.

    Args:
        path: Of the sheet.
        sizes: Key to its size.
        today: When they were looked up.
        max_age: How old a size may be that stays.
        in_place: Fail rather than write to another name.

    Raises:
        InputError: The sheet cannot be used.
        OutputError: It cannot be written.

    """
    now = read_sheet(os.fspath(path))
    rows = wanted(now, today, max_age).rows
    cells = cells_of(rows, {key: sizes[key] for key in rows if key in sizes}, today)
    return save_cells(path, now, cells, in_place=in_place)
