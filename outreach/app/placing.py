"""The sheet of places of an open campaign: its cells, as ``outreach resources`` and ``enrich`` write them, and undo."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from outreach.app.ledgers import ledger_of
from outreach.campaign.clock import this_day
from outreach.errors import InputError, OutreachError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from outreach.app.desk import Desk
    from outreach.likes.subscribers import Answer, Asked
    from outreach.reporting.sheet_edits import Block, Edit, Edited, Refused, Step
    from outreach.sheet.facts import Sheet

__all__ = [
    "Done", "Pasted", "Shown", "Sizes", "add", "asked_for_sizes", "changed_elsewhere", "closed", "content",
    "keep_block", "look_at_block", "look_up_sizes", "mark_of", "show", "take", "type_cells", "undo_last",
]  # fmt: skip

MOST_STEPS: Final = 20
AGE: Final = timedelta(days=30)
"""How old a size may be that is not asked for again; as ``outreach enrich`` does."""
MOST_SECONDS: Final = 60.0
"""How long platforms are asked at once: some want to be asked ten times a minute at most."""


@dataclass(frozen=True, slots=True)
class Done:
    """A change that can be undone.

    Args:
        number: Which one.
        kind: ``cell``, ``cells``, ``sizes`` or ``added``.
        step: What it did.

    """

    number: int
    kind: str
    step: Step


@dataclass(frozen=True, slots=True)
class Shown:
    """The sheet as it is now.

    Args:
        path: Where it is.
        sheet: As it reads; None where there is none yet.
        mark: Of its state: another one when somebody writes it.
        last: What can be undone; None for nothing.

    """

    path: Path
    sheet: Sheet | None
    mark: str
    last: Done | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block of cells before it is put into the sheet.

    Args:
        place: Name of the row of its first cell.
        column: Of its first cell.
        text: As it came from the clipboard.
        block: Its cells.
        taken: Those that the sheet takes.
        refused: Those that it does not take, and why.
        mark: Of what stands in these cells now.

    """

    place: str
    column: str
    text: str
    block: Block
    taken: Sequence[Edit]
    refused: Sequence[Refused]
    mark: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """What came of asking for sizes.

    Args:
        asked: Places that were asked for.
        known: Sizes that were found.
        left: Places for which there was no time.
        reasons: Why the size of a place is not known, and of how many.

    """

    asked: int
    known: int
    left: int
    reasons: Counter[str]


@dataclass(slots=True)
class _Kept:
    """What is remembered of one sheet while the app runs."""

    path: Path
    steps: list[Done] = field(default_factory=list)
    number: int = 0
    ours: set[str] = field(default_factory=set)
    read: tuple[str, Sheet] | None = None
    asked: set[str] = field(default_factory=set)


_kept: WeakKeyDictionary[Desk, _Kept] = WeakKeyDictionary()


def _of(desk: Desk) -> _Kept:
    path = desk.sheet_path(desk.campaign())
    known = _kept.get(desk)
    if known is None or known.path != path:
        known = _kept[desk] = _Kept(path)
    return known


def _mark(path: Path) -> str:
    """Return what stands for a file in its state, empty where there is none."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_mtime_ns:x}-{state.st_size:x}"


def show(desk: Desk) -> Shown:
    """Return the sheet as its file says now.

    Raises:
        InputError: It cannot be used, or is outside the campaign's folder.

    """
    kept = _of(desk)
    mark = _mark(kept.path)
    last = kept.steps[-1] if kept.steps else None
    if not os.path.lexists(kept.path):
        return Shown(kept.path, None, "", None)
    return Shown(kept.path, _read(kept, mark), mark, last)


def _read(kept: _Kept, mark: str) -> Sheet:
    from outreach.sheet.facts import read_sheet

    if kept.read is None or kept.read[0] != mark:
        kept.read = mark, read_sheet(kept.path, label=kept.path.name)
    return kept.read[1]


def mark_of(desk: Desk) -> str:
    """Return what stands for the sheet in its state now, empty where there is none."""
    return _mark(_of(desk).path)


def changed_elsewhere(desk: Desk, mark: str) -> bool:
    """Whether somebody but the app wrote the sheet since a page was made.

    Args:
        desk: The campaign.
        mark: Of the sheet when the page was made.

    """
    kept = _of(desk)
    now = _mark(kept.path)
    return now != mark and now not in kept.ours


def type_cells(desk: Desk, edits: Sequence[Edit]) -> Edited:
    """Change cells of the sheet.

    Raises:
        OutreachError: The sheet cannot be used or written; it stays as it was.

    """
    from outreach.reporting.sheet_edits import set_cells

    kept = _there(desk)
    edited = set_cells(kept.path, edits, this_day())
    _remember(kept, "cell" if len(edits) == 1 else "cells", edited.step, edited.sheet)
    return edited


def _there(desk: Desk) -> _Kept:
    kept = _of(desk)
    if not os.path.lexists(kept.path):
        raise InputError("there is no sheet of places any more", hint="reload the page")
    return kept


def _remember(kept: _Kept, kind: str, step: Step | None, sheet: Sheet) -> None:
    """Keep what was written: the sheet as it reads now, and how to undo it."""
    mark = _mark(kept.path)
    kept.ours.add(mark)
    kept.read = mark, sheet
    if step is not None:
        kept.number += 1
        kept.steps = [*kept.steps, Done(kept.number, kind, step)][-MOST_STEPS:]


def _recorded(kept: _Kept, kind: str, change: Callable[[Sheet | None], object]) -> None:
    """Make a change of the whole sheet, so that it can be undone."""
    from outreach.reporting.sheet_edits import step_between
    from outreach.sheet.facts import read_sheet

    if not os.path.lexists(kept.path):
        change(None)
        kept.ours.add(_mark(kept.path))
        return
    before, content_before = read_sheet(kept.path, label=kept.path.name), kept.path.read_bytes()
    change(before)
    after = read_sheet(kept.path, label=kept.path.name)
    _remember(kept, kind, step_between(before, content_before, after, kept.path.read_bytes()), after)


def undo_last(desk: Desk, number: int) -> tuple[Done, Edited]:
    """Take the last change back; return what it was, and what became of the sheet.

    Args:
        desk: The campaign.
        number: Of the change that the page offers to undo.

    Raises:
        OutreachError: Another change was made since, or the sheet cannot be used or written.

    """
    from outreach.reporting.sheet_edits import undo

    kept = _there(desk)
    if not kept.steps or kept.steps[-1].number != number:
        raise InputError("something else was changed since", hint="look at what the button says now")
    done = kept.steps[-1]
    edited = undo(kept.path, done.step)
    kept.steps.pop()
    _remember(kept, "", None, edited.sheet)
    return done, edited


def look_at_block(desk: Desk, place: str, column: str, text: str, columns: Sequence[str]) -> Pasted:
    """Return what a block of copied cells would do to the sheet; nothing is written.

    Args:
        desk: The campaign.
        place: Name of the row of its first cell.
        column: Of its first cell.
        text: As it comes from the clipboard.
        columns: Columns in the order in which the page shows them.

    Raises:
        InputError: There is no such cell, or the sheet cannot be used.

    """
    from outreach.reporting.sheet_edits import block, check

    kept = _there(desk)
    sheet = _read(kept, _mark(kept.path))
    found = block(sheet, place, column, text, columns)
    taken, refused = check(sheet, found.edits)
    before = "\0".join(f"{one.place}\0{one.column}\0{one.seen}" for one in found.edits)
    mark = sha256(before.encode("utf-8", "replace")).hexdigest()[:16]
    return Pasted(place, column, text, found, tuple(taken.values()), refused, mark)


def keep_block(desk: Desk, pasted: Pasted) -> Edited:
    """Put a block of cells into the sheet that was looked at; one undo takes it back.

    Raises:
        OutreachError: The sheet cannot be used or written; it stays as it was.

    """
    from outreach.reporting.sheet_edits import set_cells

    kept = _there(desk)
    edited = set_cells(kept.path, pasted.block.edits, this_day())
    _remember(kept, "cells", edited.step, edited.sheet)
    return edited


def add(desk: Desk, address: str, language: str) -> None:
    """Put a place at the end of the sheet.

    Args:
        desk: The campaign.
        address: Of the place.
        language: Of a new sheet.

    Raises:
        OutreachError: This is no address of a place, it is in the sheet, or that cannot be used or written.

    """
    from outreach.reporting.resources_sheet import save_place

    kept = _of(desk)
    _recorded(kept, "added", lambda old: save_place(kept.path, old, address, language))


def asked_for_sizes(sheet: Sheet, env: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return whom :func:`look_up_sizes` asks, and for how many places; nobody where the sheet has no column for it.

    Args:
        sheet: Of places.
        env: Holds the tokens.

    Raises:
        InputError: An address in the environment is none.

    """
    from outreach.likes.subscribers import asked_for
    from outreach.reporting.sizes_sheet import wanted

    try:
        rows = wanted(sheet, this_day(), AGE).rows
    except InputError:
        return ()
    return asked_for(rows, env)


def look_up_sizes(desk: Desk, env: Mapping[str, str], most_seconds: float = MOST_SECONDS) -> Sizes:
    """Ask the platforms for the sizes of places and write them into the sheet, as ``outreach enrich`` does.

    The desk is locked only while the sheet is read and written: platforms may let one wait. Places that were asked for
    before come last.

    Args:
        desk: The campaign.
        env: Holds the tokens.
        most_seconds: After which nobody is asked any more.

    Raises:
        OutreachError: The sheet cannot be used or written.

    """
    import requests

    from outreach.likes.subscribers import look_up
    from outreach.reporting.sizes_sheet import save_sizes, wanted

    today = this_day()
    with desk.lock:
        kept = _there(desk)
        keys = sorted(wanted(_read(kept, _mark(kept.path)), today, AGE).rows, key=lambda key: key in kept.asked)
    answers: list[Answer] = []
    end = time.monotonic() + most_seconds
    with requests.Session() as session:
        for answer in look_up(keys, session=session, env=env):
            answers.append(answer)
            if time.monotonic() >= end:
                break
    sizes = {one.key: one.subscribers for one in answers if one.subscribers}
    with desk.lock:
        _recorded(kept, "sizes", lambda _: save_sizes(kept.path, sizes, today, AGE, in_place=True))
        kept.asked |= {one.key for one in answers}
    return Sizes(len(answers), len(sizes), len(keys) - len(answers), Counter(one.why for one in answers if one.why))


def content(desk: Desk) -> tuple[str, bytes]:
    """Return the name of the sheet's file and what it holds.

    Raises:
        InputError: There is none, or it cannot be read.

    """
    kept = _there(desk)
    try:
        return kept.path.name, kept.path.read_bytes()
    except OSError as err:
        raise InputError(f"{kept.path.name}: cannot be read ({err.strerror})", hint="close it elsewhere") from err


def closed(desk: Desk) -> Collection[str]:
    """Return the keys of the places that the ledger speaks against, as a plan leaves them out."""
    from outreach.reporting.closed_places import closed_places

    try:
        ledger = ledger_of(desk.campaign())
        return closed_places(ledger.placements(), None, today=this_day()) if ledger else ()
    except OutreachError:  # the pages that need it say what is wrong with it
        return ()


def take(desk: Desk, keys: tuple[str, ...], language: str) -> tuple[int, Path]:
    """Put places of the ranking into the sheet; return how many, and where.

    Args:
        desk: The campaign.
        keys: Of the places.
        language: Of a new sheet.

    Raises:
        OutreachError: The lists or the sheet cannot be used, or it cannot be written.

    """
    done: list[tuple[int, Path]] = []
    _recorded(_of(desk), "added", lambda _: done.append(desk.take(keys, language)))
    return done[0]
