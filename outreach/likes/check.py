"""Look at files without ranking: what each was understood as, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.sources import refusal
from outreach.likes import Likes, from_scans
from outreach.likes.by_hand import hand_aliases
from outreach.likes.finding import tables_in
from outreach.likes.gather import reading
from outreach.likes.plain.base import How
from outreach.likes.rejected import rejections_by_table, usable_rows
from outreach.likes.remarks import choices
from outreach.tables import CHECKED, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.sources import Skipped
    from outreach.likes.plain.base import Scan
    from outreach.likes.rejected import Rejection

__all__ = ["Checked", "check"]

REASONS_SHOWN: Final = 3
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

    """

    table: Table
    likes: Likes | None
    remarks: tuple[str, ...]
    complete: bool
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def check(
    engine: Engine,
    paths: Sequence[str | Path],
    how: How | None = None,
    *,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    named: bool = True,
) -> Checked:
    """Read files and say table by table how; nothing that cannot be read stops it.

    Args:
        engine: Where the tables are made; fresh.
        paths: Files, folders, or ``-``.
        how: What the user says about the tables.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of aliases by hand.
        named: Call tabs by their names, which may be customers' labels; else by their numbers where they may.

    Raises:
        InputError: ``same_as`` cannot be read.

    """
    by_hand = hand_aliases(same_as) if same_as is not None else []
    found, skipped = tables_in(engine, paths, replace(how or How(), assumed=assume_platform), patient=True)
    whole, damaged = _whole(engine, found)
    skipped += damaged
    likes = None
    remarks: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = []
    complete = not any(one.wanted for one in skipped)
    if whole:
        likes = from_scans(
            engine,
            whole,
            assume_platform=assume_platform,
            by_hand=by_hand,
            skipped=skipped,
            may_be_empty=True,
            measured=True,
        )
        remarks = (*choices(likes.gathering, likes.gathering.customers()[1]), *likes.doubts)
        rows, all_used = _rows(likes, named=named)
        complete = complete and all_used and likes.customers > 0
    rows += [(one.source, *[None] * 7, _why(one)) for one in skipped]
    engine.run(f"create table {CHECKED.name} ({CHECKED.definition()})")
    with engine.in_order():
        engine.append(CHECKED.name, list(map(list, zip(*rows, strict=True))))
    parts = {one.source: one.parts for one in skipped if one.parts}
    return Checked(Table(engine, CHECKED.name, CHECKED, "rowid"), likes, remarks, complete, parts)


def _whole(engine: Engine, scans: Sequence[Scan]) -> tuple[list[Scan], list[Skipped]]:
    """Sort out the tables that turn out to be damaged when they are read to their end."""
    whole: list[Scan] = []
    damaged: list[Skipped] = []
    for scan in scans:
        try:
            if scan.text is None and scan.numbers is None:  # others were read to their end when they were recognised
                with reading(scan):
                    engine.rows(
                        f"select {', '.join(f'max({cell})' for cell in scan.cells.values())} from {scan.relation}"
                    )
        except InputError as err:
            damaged.append(refusal(scan.label, err))
        else:
            whole.append(scan)
    return whole, damaged


def _rows(likes: Likes, *, named: bool) -> tuple[list[tuple[object, ...]], bool]:
    """Return what there is to say about every table, and whether each gave something."""
    gathering = likes.gathering
    rows: list[tuple[object, ...]] = []
    all_used = True
    for scan, measure, reasons, usable in zip(
        gathering.scans, gathering.measures, rejections_by_table(gathering), usable_rows(gathering), strict=True
    ):
        understood = [scan.said, *scan.notes]
        if not usable:
            all_used = all_used and not reasons
            understood += [] if reasons else [NO_ROWS]
        source = (named and scan.named) or scan.label
        rows.append(
            (source, scan.kind, "; ".join(understood), scan.encoding or None, *measure, *_rejected(reasons), None)
        )
    return rows, all_used


def _why(one: Skipped) -> str:
    """Return why something was passed over, with the way out."""
    return "; ".join(filter(None, (one.why, one.hint)))


def _rejected(reasons: Sequence[Rejection]) -> tuple[int, str | None]:
    """Return how many rows could not be used, and why."""
    why = "; ".join(f"{reason.rows} x {reason.reason}" for reason in reasons[:REASONS_SHOWN])
    more = f"; and {len(reasons) - REASONS_SHOWN} more reasons" if len(reasons) > REASONS_SHOWN else ""
    return sum(reason.rows for reason in reasons), why + more or None
