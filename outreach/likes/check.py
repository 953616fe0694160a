"""Look at files without ranking: what each was understood as, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from textwrap import shorten
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import refusal
from outreach.likes import Likes, from_tables
from outreach.likes.by_hand import hand_aliases
from outreach.likes.executors.relations import readable
from outreach.likes.plan import ReadOptions
from outreach.likes.planning import tables_in
from outreach.likes.rejected import rejections_by_table, usable_rows
from outreach.likes.remarks import choices
from outreach.messages import describe, message
from outreach.tables import CHECKED, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.contract import Skipped
    from outreach.likes.plan import ReadPlan, SourceTable
    from outreach.likes.rejected import Rejection
    from outreach.messages import Message

__all__ = ["Checked", "check", "unused_in"]

REASONS_SHOWN: Final = 3
COLUMNS_SHOWN: Final = 10
LONGEST_HEADER: Final = 40
NO_ROWS: Final = "no rows below the header line"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Args:
        table: ``tables.CHECKED``, in the order of reading.
        likes: What all tables say together; None where nothing could be read.
        remarks: Sentences for the user: what was decided, and what is doubtful.
        complete: Whether everything was read that should have been.
        parts: What was passed over together, name by name.
        readings: The ways to read each table with their points, the best first, by its name.
        skipped: What was passed over, as in the table.

    """

    table: Table
    likes: Likes | None
    remarks: tuple[Message, ...]
    complete: bool
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    readings: Mapping[str, tuple[Message, ...]] = field(default_factory=lambda: MappingProxyType({}))
    skipped: tuple[Skipped, ...] = ()


def check(
    engine: Engine,
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    named: bool = True,
) -> Checked:
    """Read files and say table by table how; nothing that cannot be read stops it.

    Args:
        engine: Where the tables are made; fresh.
        paths: Files, folders, or ``-``.
        options: What the user says about the tables.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of aliases by hand.
        named: Call tabs by their names, which may be customers' labels; else by their numbers where they may.

    Raises:
        InputError: ``same_as`` cannot be read.

    """
    by_hand = hand_aliases(same_as) if same_as is not None else []
    options = replace(options or ReadOptions(), assumed=assume_platform, explained=True)
    found, skipped = tables_in(engine, paths, options, patient=True)
    whole, damaged = _whole(engine, found)
    skipped += damaged
    likes = None
    remarks: tuple[Message, ...] = ()
    rows: list[tuple[object, ...]] = []
    complete = not any(one.wanted for one in skipped)
    if whole:
        likes = from_tables(
            engine,
            whole,
            assume_platform=assume_platform,
            by_hand=by_hand,
            skipped=skipped,
            may_be_empty=True,
            people=options.people,
        )
        remarks = (*choices(likes.gathering, likes.gathering.follows.customers()[1]), *likes.doubts)
        rows, all_used = _rows(likes, named=named)
        complete = complete and all_used and likes.customers > 0
    rows += [(one.source, *[None] * (len(CHECKED.columns) - 2), _why(one)) for one in skipped]
    engine.run(f"create table {CHECKED.name} ({CHECKED.definition()})")
    with engine.in_order():
        engine.append(CHECKED.name, list(map(list, zip(*rows, strict=True))))
    parts = {one.source: one.parts for one in skipped if one.parts}
    readings = {_named(table, named=named): table.plan.readings for table in whole if table.plan.readings}
    return Checked(
        Table(engine, CHECKED.name, CHECKED, "rowid"), likes, remarks, complete, parts, readings, tuple(skipped)
    )


def _whole(engine: Engine, tables: Sequence[SourceTable]) -> tuple[list[SourceTable], list[Skipped]]:
    """Sort out the tables that turn out to be damaged when they are read to their end."""
    whole: list[SourceTable] = []
    damaged: list[Skipped] = []
    for table in tables:
        try:
            if table.text is None and not table.written:  # others were read to their end already
                readable(engine, table)
        except InputError as err:
            damaged.append(refusal(table.label, err))
        else:
            whole.append(table)
    return whole, damaged


def _rows(likes: Likes, *, named: bool) -> tuple[list[tuple[object, ...]], bool]:
    """Return what there is to say about every table, and whether each gave something."""
    gathering = likes.gathering
    rows: list[tuple[object, ...]] = []
    all_used = True
    measures = gathering.follows.by_table(len(gathering.tables))
    for table, measure, reasons, usable in zip(
        gathering.tables, measures, rejections_by_table(gathering), usable_rows(gathering), strict=True
    ):
        plan, understood = table.plan, [table.plan.description, *map(describe, table.notes)]
        if not usable:
            all_used = all_used and not reasons
            understood += [] if reasons else [NO_ROWS]
        source, why, unused = _named(table, named=named), _because(plan), unused_in(plan, named=named)
        how = "; ".join(understood)
        kind, encoding, left = describe(plan.kind), plan.encoding or None, unused and describe(unused)
        rows.append((source, kind, why, how, left, encoding, *measure, *_rejected(reasons), None))
    return rows, all_used


def _named(table: SourceTable, *, named: bool) -> str:
    """Return what a table is called: by a tab's name only where that may be shown."""
    return (named and table.plan.named) or table.label


def _because(plan: ReadPlan) -> str | None:
    """Return what speaks for the way in which a table is read; of an export its reader says enough."""
    return None if plan.export or plan.why is None else describe(plan.why)


def unused_in(plan: ReadPlan, *, named: bool) -> Message | None:
    """Return the columns of a table that are not read, None where all are.

    Args:
        plan: Of the table.
        named: Whether their headers may be shown, for these can be customers.

    """
    shown = tuple(
        shorten(text, LONGEST_HEADER, placeholder="…")
        if named and (text := " ".join(header.split()))
        else message("column-number", number=at + 1)
        for at, header in plan.unused[:COLUMNS_SHOWN]
    )
    if more := len(plan.unused) - len(shown):
        return message("and-more", first=shown, more=more)
    return message("because", reasons=shown) if shown else None


def _why(one: Skipped) -> str:
    """Return why something was passed over, with the way out."""
    return "; ".join(filter(None, (describe(one.why), one.hint)))


def _rejected(reasons: Sequence[Rejection]) -> tuple[int, str | None]:
    """Return how many rows could not be used, and why."""
    why = "; ".join(f"{reason.rows} x {describe(reason.reason)}" for reason in reasons[:REASONS_SHOWN])
    more = f"; and {len(reasons) - REASONS_SHOWN} more reasons" if len(reasons) > REASONS_SHOWN else ""
    return sum(reason.rows for reason in reasons), why + more or None
