"""The rows that could not be used: how many, why, and on which lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.likes.expressions import same_address
from outreach.likes.gather import reading
from outreach.tables import REJECTED, Table

if TYPE_CHECKING:
    from outreach.likes.gather import Gathering
    from outreach.likes.plain.scan import Scan

__all__ = ["Rejection", "rejected_rows", "rejections"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason for which rows could not be used, and how many they were."""

    reason: str
    rows: int


def rejections(gathering: Gathering) -> tuple[Rejection, ...]:
    """Return the reasons with their counts, the most frequent first."""
    counts: dict[str, int] = {}

    def count(reason: str, rows: int) -> None:
        counts[reason] = counts.get(reason, 0) + rows

    for scan in gathering.scans:
        for bad in scan.bad:
            count(bad.reason, 1)
    for fault, rows in gathering.engine.rows("select fault, sum(rows) from found where fault > 0 group by all"):
        count(gathering.faults[fault], int(rows))
    for reason, rows in gathering.engine.rows(
        "select i.reason, sum(f.rows) from identified i join addresses a using (address_id) "
        f"join found f on {gathering.same_found()} where i.reason is not null and f.fault = 0 group by all"
    ):
        count(reason, int(rows))
    return tuple(Rejection(*item) for item in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rejected_rows(gathering: Gathering, limit: int | None = None) -> Table:
    """Return the rejected rows with their lines; reads the tables once more, in order.

    Args:
        gathering: After its run.
        limit: How many of each reason and source; None for all.

    """
    engine = gathering.engine
    engine.run(f"create or replace table {REJECTED.name} ({REJECTED.definition()})")
    for scan in gathering.scans:
        told: dict[str, list[int]] = {}
        for bad in scan.bad:
            told.setdefault(bad.reason, []).append(bad.line)
        for reason, lines in told.items():
            few = lines[:limit]
            engine.append(REJECTED.name, [[scan.label] * len(few), few, [reason] * len(few)])
        _append_rows(gathering, scan, limit)
    return Table(engine, REJECTED.name, REJECTED, "source, line, reason")


def _append_rows(gathering: Gathering, scan: Scan, limit: int | None) -> None:
    """Find the rows of one table again, number them, and write down their lines."""
    engine = gathering.engine
    bad = "select a.*, i.reason from addresses a join identified i using (address_id) where i.reason is not null"
    few = "" if limit is None else f"qualify row_number() over (partition by fault, reason order by row) <= {limit:d}"
    with reading(scan), engine.in_order():
        rows = engine.rows(
            f"select row, fault, reason from (select t.row, t.fault, a.reason "
            f"from {gathering.rows(scan, numbered=True)} t "
            f"left join ({bad}) a on t.fault = 0 and {same_address('t', scan, equal=False)} "
            f"where t.fault > 0 or a.reason is not null) {few} order by row",
            doing=f"looking for the rejected rows of {scan.label}",
        )
    lines = scan.lines([row for row, _, _ in rows])
    reasons = [gathering.faults[fault] or reason for _, fault, reason in rows]
    engine.append(REJECTED.name, [[scan.label] * len(rows), lines, reasons])
