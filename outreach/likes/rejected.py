"""The rows that could not be used: how many, why, and on which lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from outreach.messages import describe
from outreach.tables import REJECTED, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.gather import Gathering
    from outreach.messages import Message

__all__ = ["Rejection", "rejected_rows", "rejections", "rejections_by_table", "usable_rows"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason for which rows could not be used, and how many they were."""

    reason: Message
    rows: int


def rejections(gathering: Gathering) -> tuple[Rejection, ...]:
    """Return the reasons with their counts, the most frequent first."""
    counts: Counter[Message] = Counter()
    for table in rejections_by_table(gathering):
        counts.update({rejection.reason: rejection.rows for rejection in table})
    return _sorted(counts)


def rejections_by_table(gathering: Gathering) -> list[tuple[Rejection, ...]]:
    """Return the reasons with their counts for each table, the most frequent first."""
    counts = [_counted([row.reason for row in table.bad]) for table in gathering.tables]
    for source, fault, rows in gathering.counts.faulty():
        counts[source][fault.reason] += rows
    for source, reason, rows in gathering.identified.without_key():
        counts[source][reason] += rows
    return [_sorted(table) for table in counts]


def usable_rows(gathering: Gathering) -> list[int]:
    """Return the number of rows of each table that say something: a like, or that a list is empty."""
    usable = gathering.counts.usable()
    for source, _, rows in gathering.identified.without_key():
        usable[source] -= rows
    return usable


def _counted(reasons: Sequence[Message]) -> Counter[Message]:
    """Return how often each reason stands there; rows of one kind share their message, and identities count fast."""
    kinds = {id(reason): reason for reason in reasons}
    counts: Counter[Message] = Counter()
    for kind, rows in Counter(map(id, reasons)).items():
        counts[kinds[kind]] += rows
    return counts


def _sorted(counts: Counter[Message]) -> tuple[Rejection, ...]:
    return tuple(Rejection(*item) for item in sorted(counts.items(), key=lambda item: (-item[1], describe(item[0]))))


def rejected_rows(gathering: Gathering, limit: int | None = None) -> Table:
    """Return the rejected rows with their lines and sentences; the executors look for them once more.

    Args:
        gathering: What was gathered.
        limit: How many of each reason and table; None for all.

    """
    engine = gathering.engine
    engine.run(f"create or replace table {REJECTED.name} ({REJECTED.definition()})")
    rows: list[tuple[str, int | None, Message | None]] = []
    for table in gathering.tables:
        seen: Counter[Message] = Counter()
        for bad in table.bad:
            if limit is None or seen[bad.reason] < limit:
                seen[bad.reason] += 1
                rows.append((bad.source or table.label, bad.line or 0, bad.reason))
    if gathering.counts.any_faulty() or gathering.identified.any_without_key():
        for executor in gathering.executors:
            rows += [(row.label, row.line, row.reason) for row in executor.rejected(limit)]
    if rows:
        labels, lines, reasons = zip(*rows, strict=True)
        engine.append(REJECTED.name, [labels, lines, [*map(cache(describe), reasons)]])
    return Table(engine, REJECTED.name, REJECTED, "source, line, reason")
