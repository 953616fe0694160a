"""Two ledgers of one campaign become one: nothing of either is lost, and nothing is guessed.

The other file is read and never written to: a copy of it, in a private folder, is brought up to date instead.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from outreach.campaign.clock import this_moment
from outreach.campaign.events import status_of
from outreach.campaign.ledger.answers import keep_kinds, kept_kinds
from outreach.campaign.ledger.codes import refuse_codes
from outreach.campaign.ledger.database import open_database
from outreach.campaign.ledger.events import add_events, by_placement, kept_events, same_event
from outreach.campaign.ledger.imports import Import
from outreach.campaign.ledger.journal import last_number, note, write_over
from outreach.campaign.ledger.migrate import bring_up_to_date
from outreach.campaign.ledger.placement import FIELDS, Placement
from outreach.campaign.ledger.schema import IMPORTS, PLACEMENTS, RESULTS
from outreach.campaign.ledger.secret import share_secret
from outreach.campaign.ledger.ties import ANSWERED, answer_name, keep_ties, ties_of
from outreach.errors import InputError
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from outreach.campaign.events import Event
    from outreach.campaign.ledger.database import Database
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.ledger.placement import Natural
    from outreach.messages import Message

__all__ = ["Merged", "copied_ledger", "merge"]

ORDER: Final = ("drafted", "sent", "quoted", "booked", "published")
"""Statuses that follow each other; where two others meet, a person should look, whatever the events say."""

ITS_OWN: Final = frozenset({"id", "created_at", "campaign", "resource", "variant", "round", "status"})
"""Columns that are not compared one by one: what names a placement, when it came, and how far it is."""

LONG: Final = frozenset({"text", "comment"})
"""Columns whose values are too long to be shown side by side."""

ROWS_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two ledgers.

    Args:
        added: Placements that were only in the other one.
        changed: Placements that got what the other one knew besides.
        imports: Imports that were only in the other one.
        ties: Tags and answers that only the other one tied to places.
        conflicts: What both say, and differently: ours stays; a status follows from the events of both.
        left: Imports that were not taken over, and why.

    """

    added: int
    changed: int
    imports: int
    ties: int
    conflicts: tuple[Message, ...]
    left: tuple[Message, ...]


def merge(ledger: Ledger, other: Database) -> Merged:
    """Take over what another ledger of the campaign knows: placements, then ties, then results.

    Each of the three is one transaction; whoever was interrupted between them calls it again.

    Args:
        ledger: Ours, which is written to.
        other: The other one, as :func:`copied_ledger` gives it.

    Raises:
        OutputError: Ours cannot be written.

    """
    with other.reading() as connection:
        theirs, happened = _placements(connection), kept_events(connection)
        entries = list(connection.execute(select(IMPORTS).order_by(IMPORTS.c.id)).mappings())
    alike = share_secret(ledger.database, other)
    conflicts: list[Message] = []
    left: list[Message] = []
    with ledger.database.writing() as connection:
        added, changed = _merge_placements(connection, theirs, by_placement(happened), conflicts)
    ties, numbers = _merge_ties(ledger.database, ties_of(other), conflicts)
    keep_kinds(ledger.database, {**kept_kinds(other), **kept_kinds(ledger.database)})
    taken = 0
    with ledger.database.writing() as connection, other.reading() as reading:
        known = [Import(**row) for row in connection.execute(select(IMPORTS)).mappings()]
        for row in entries:
            entry = Import(**row)
            why = _why_not(entry, known, alike=alike)
            if why is None:
                taken += 1
                if differing := _copy_rows(connection, reading, entry, numbers):
                    left.append(message("merge-events-differ", what=entry.called, events=differing))
            elif why:
                left.append(message(why, what=entry.called))
    return Merged(added, changed, taken, ties, tuple(conflicts), tuple(left))


@contextmanager
def copied_ledger(path: str) -> Iterator[Database]:
    """Give a copy of the ledger in a file, with the tables of today; the file itself is only read.

    Raises:
        InputError: It is none, or holds what runs by itself.

    """
    if not os.path.lexists(path):
        raise InputError("no such file", where=path, hint="give the other ledger, like other/outreach.db")
    file = open_database(path, create=False).file
    if file is None or not file.stat().st_size:
        raise InputError("the file is empty", where=path, hint="give the other ledger, like other/outreach.db")
    with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
        copy = Path(folder, "other.db")
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as opened:
                foreign = opened.execute("select count(*) from sqlite_master where type in ('trigger', 'view')")
                if foreign.fetchone()[0]:
                    raise InputError("this database has triggers or views, which a ledger never has", where=path)
                with closing(sqlite3.connect(copy)) as written:
                    opened.backup(written)
        except sqlite3.Error as err:
            raise InputError("this is not a ledger, or it is damaged", where=path, hint="use an older copy") from err
        copy.chmod(0o600)
        database = replace(open_database(str(copy), create=False), label=path)
        bring_up_to_date(database)
        yield database


def _placements(connection: Connection) -> list[Placement]:
    rows = connection.execute(select(PLACEMENTS).order_by(PLACEMENTS.c.id)).mappings()
    return [Placement(**{name: row[name] for name in FIELDS}) for row in rows]


def _merge_placements(
    connection: Connection,
    theirs: Sequence[Placement],
    happened: Mapping[Natural, Sequence[Event]],
    conflicts: list[Message],
) -> tuple[int, int]:
    """Add placements, and what the other ledger knows of ours; one change that can be taken back."""
    ours: dict[Natural, Placement] = {one.natural: one for one in _placements(connection)}
    known = by_placement(kept_events(connection))
    added = {key: _new_events(known.get(key, ()), events) for key, events in happened.items()}
    new = [one for one in theirs if one.natural not in ours]
    both = [
        (old, replace(_joined(old, one, conflicts), status=status_of([*known.get(key, ()), *added.get(key, ())])))
        for one in theirs
        if (old := ours.get(key := one.natural))
    ]
    changed = [(old, one) for old, one in both if old != one or added.get(old.natural)]
    new = [one for one in new if not _code_taken(one, [*ours.values(), *new], conflicts)]
    last = last_number(connection)
    if new:
        connection.execute(insert(PLACEMENTS), [_row(one) for one in new])
    write_over(connection, [_row(one) | {"number": old.id} for old, one in changed])
    if new or changed:
        now = this_moment()
        change = note(connection, "merge", now, before=[old for old, _ in changed], last=last)
        numbers = {one.natural: one.id for one in _placements(connection)}
        written = [event for one in [*new, *(one for _, one in changed)] for event in added.get(one.natural, ())]
        add_events(connection, written, numbers, change, now)
    return len(new), len(changed)


def _new_events(ours: Iterable[Event], theirs: Iterable[Event]) -> list[Event]:
    """Return the events of the other ledger that ours lacks."""
    there = set(map(same_event, ours))
    return [event for event in theirs if same_event(event) not in there]


def _row(one: Placement) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FIELDS if name != "id"}


def _joined(ours: Placement, theirs: Placement, conflicts: list[Message]) -> Placement:
    """Return ours with what only theirs says; what both say differently stays, and is noted."""
    values: dict[str, Any] = {}
    where = f"{ours.resource} ({ours.campaign}, {ours.variant}, {ours.round})"
    for name in FIELDS:
        mine, other = getattr(ours, name), getattr(theirs, name)
        if name in ITS_OWN or mine == other or other in (None, ""):
            continue
        if mine in (None, ""):
            values[name] = other
        elif name in LONG:
            conflicts.append(message("merge-text-differs", where=where, column=name))
        else:
            conflicts.append(message("merge-differs", where=where, column=name, ours=str(mine), theirs=str(other)))
    if len({ours.status, theirs.status} - {ORDER[0]}) > 1 and not {ours.status, theirs.status} <= set(ORDER):
        conflicts.append(message("merge-differs", where=where, column="status", ours=ours.status, theirs=theirs.status))
    return replace(ours, **values)


def _code_taken(one: Placement, all_: Sequence[Placement], conflicts: list[Message]) -> bool:
    """Whether a placement carries the promotion code of another place; then it is not added."""
    try:
        refuse_codes([one], [other for other in all_ if other.natural != one.natural])
    except InputError as err:
        conflicts.append(message("sentence", text=err.message))
        return True
    return False


def _merge_ties(database: Database, theirs: Sequence[Any], conflicts: list[Message]) -> tuple[int, Mapping[str, str]]:
    """Take over ties; return how many, and what answers of the other ledger are called in ours."""
    ours = {(one.kind, one.text): one for one in ties_of(database)}
    new = [one for one in theirs if (one.kind, one.text) not in ours]
    for one in theirs:
        mine = ours.get((one.kind, one.text))
        if mine is not None and mine.resource != one.resource:
            conflicts.append(message("merge-tie-differs", kind=one.kind, ours=mine.resource, theirs=one.resource))
    keep_ties(database, new)
    numbers = {(one.kind, one.text): one.number for one in ties_of(database)}
    return len(new), {answer_name(one.number): answer_name(numbers[one.kind, one.text]) for one in theirs}


def _why_not(entry: Import, known: Sequence[Import], *, alike: bool) -> str | None:
    """Return the code of why an import is left, empty where ours has it, None where it is taken over."""
    if any(one.sha256 == entry.sha256 and one.series == entry.series for one in known):
        return ""
    if entry.grain == "event":
        return None if alike else "merge-other-secret"
    return "merge-same-days" if any(one.series == entry.series and _overlap(one, entry) for one in known) else None


def _overlap(one: Import, other: Import) -> bool:
    if None in (one.period_start, one.period_end, other.period_start, other.period_end):
        return True
    return str(one.period_start) <= str(other.period_end) and str(other.period_start) <= str(one.period_end)


def _copy_rows(connection: Connection, reading: Connection, entry: Import, answers: Mapping[str, str]) -> int:
    """Write an import of the other ledger with its rows; return how many events ours knows otherwise: they stay."""
    known = _events_of(connection, entry) if entry.grain == "event" else {}
    values = {column.name: getattr(entry, column.name) for column in IMPORTS.columns if column.name != "id"}
    number = connection.execute(insert(IMPORTS).values(**values).returning(IMPORTS.c.id)).scalar_one()
    columns = [column for column in RESULTS.columns if column.name != "id"]
    found = reading.execute(select(*columns).where(RESULTS.c.import_id == entry.id)).mappings()
    differing = 0
    while some := found.fetchmany(ROWS_AT_ONCE):
        differing += sum(known.get(row["event_id"], _counts(row)) != _counts(row) for row in some)
        rows = [dict(row) | {"import_id": number} for row in some if row["event_id"] not in known]
        if entry.kind == ANSWERED:
            rows = [row | {"resource": answers.get(row["resource"], row["resource"])} for row in rows]
        if rows:
            connection.execute(insert(RESULTS), rows)
    return differing


def _events_of(connection: Connection, entry: Import) -> dict[str, tuple[object, ...]]:
    """Return the events of the import's series that ours has, with what each counts."""
    imports = [Import(**row) for row in connection.execute(select(IMPORTS)).mappings()]
    same = [one.id for one in imports if one.series == entry.series]
    rows = connection.execute(select(RESULTS).where(RESULTS.c.import_id.in_(same))).mappings()
    return {row["event_id"]: _counts(row) for row in rows}


def _counts(row: Mapping[Any, Any]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("numerator", "revenue", "currency", "stage"))
