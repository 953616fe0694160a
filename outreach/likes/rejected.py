"""The rows that could not be used: how many, why, and on which lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.engine import literal
from outreach.likes.addresses import HEADER_AGAIN
from outreach.likes.expressions import same_address, says_no_more
from outreach.likes.gather import reading
from outreach.tables import LISTS, REJECTED, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.lines import BadLine
    from outreach.likes.gather import Gathering
    from outreach.likes.plain.base import Scan

__all__ = [
    "Rejection",
    "customers_lost",
    "first_line",
    "rejected_rows",
    "rejections",
    "rejections_by_table",
    "usable_rows",
]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason for which rows could not be used, and how many they were."""

    reason: str
    rows: int


def rejections(gathering: Gathering) -> tuple[Rejection, ...]:
    """Return the reasons with their counts, the most frequent first."""
    counts: Counter[str] = Counter()
    for table in rejections_by_table(gathering):
        counts.update({rejection.reason: rejection.rows for rejection in table})
    return _sorted(counts)


def rejections_by_table(gathering: Gathering) -> list[tuple[Rejection, ...]]:
    """Return the reasons with their counts for each table, the most frequent first."""
    counts = [Counter(bad.reason for bad in scan.bad) for scan in gathering.scans]
    for source, fault, rows in gathering.engine.rows(
        "select source, fault, sum(rows) from found where fault > 0 group by all"
    ):
        counts[source][gathering.faults[fault]] += int(rows)
    for source, reason, rows in _leading_nowhere(gathering):
        counts[source][reason] += rows
    return [_sorted(table) for table in counts]


def _leading_nowhere(gathering: Gathering) -> Iterator[tuple[int, str, int]]:
    """Yield number of the table, reason and number of rows whose address has no key."""
    for source, reason, rows in gathering.engine.rows(
        "select f.source, i.reason, sum(f.rows) from identified i join addresses a using (address_id) "
        f"join found f on {gathering.same_found()} where i.reason is not null and f.fault = 0 group by all"
    ):
        yield int(source), str(reason), int(rows)


def usable_rows(gathering: Gathering) -> list[int]:
    """Return the number of rows of each table that say something: a like, or that a list is empty."""
    usable = [0] * len(gathering.scans)
    for source, rows in gathering.engine.rows("select source, sum(rows) from found where fault = 0 group by source"):
        usable[source] = int(rows)
    for source, _, rows in _leading_nowhere(gathering):
        usable[source] -= rows
    return usable


def customers_lost(gathering: Gathering) -> int:
    """Return the number of customers of whom no row can be used; reads the tables with such rows once more."""
    engine = gathering.engine
    nowhere = (
        "select a.* from addresses a join identified i using (address_id) "
        f"where i.reason is not null and i.reason <> {literal(HEADER_AGAIN)}"
    )
    asked = [
        f"select t.customer from {gathering.usable(scan)} t join ({nowhere} and {says_no_more(scan)}) a "
        f"on {same_address('t', scan, equal=False)}"
        for scan in (
            gathering.scans[source] for source in sorted({source for source, *_ in _leading_nowhere(gathering)})
        )
    ]
    if not asked:
        return 0
    rows = engine.rows(
        f"select count(*) from (select distinct customer from ({' union all '.join(asked)})) t "
        f"anti join (select distinct customer from {LISTS.name}) l using (customer)"
    )
    return int(rows[0][0])


def _sorted(counts: Counter[str]) -> tuple[Rejection, ...]:
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
        told: dict[str, list[BadLine]] = {}
        for bad in scan.bad:
            told.setdefault(bad.reason, []).append(bad)
        for reason, lines in told.items():
            few = lines[:limit]
            labels = [bad.label or scan.label for bad in few]
            engine.append(REJECTED.name, [labels, [bad.line for bad in few], [reason] * len(few)])
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
    places = scan.places([row for row, _, _ in rows])
    reasons = [gathering.faults[fault] or reason for _, fault, reason in rows]
    engine.append(REJECTED.name, [[label for label, _ in places], [line for _, line in places], reasons])


def first_line(gathering: Gathering, scan: Scan, condition: str, role: str) -> tuple[str, int, str]:
    """Return file and line of the first row of a table that meets a condition, and what a column says there."""
    with reading(scan), gathering.engine.in_order():
        row, text = gathering.engine.rows(
            f"select row, {role} from {gathering.rows(scan, numbered=True)} where {condition} and fault = 0 "
            "order by row limit 1",
            doing=f"looking for a row of {scan.label}",
        )[0]
    return *scan.places([row])[0], text
