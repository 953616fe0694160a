"""Tables of other shapes, brought into the one that the engine reads: a text with one record a line."""

from __future__ import annotations

import csv
import sys
import time
from array import array
from typing import TYPE_CHECKING, Final

from outreach.engine import literal_path
from outreach.files.spool import new_file
from outreach.likes.plain.base import Scan
from outreach.likes.tables.contract import Tally
from outreach.likes.tables.hits import Hits
from outreach.tables import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.engine import Engine
    from outreach.files.grid import Row
    from outreach.files.lines import BadLine
    from outreach.likes.tables.contract import Record, Shape

__all__ = ["gridded"]

LONGEST_LINE: Final = 16 * 1024 * 1024
TICK_RECORDS: Final = 20_000
PATIENCE_SECONDS: Final = 1.0


def gridded(engine: Engine, label: str, shape: Shape, rows: Iterable[Row], bad: list[BadLine]) -> Scan:
    """Write down what the rows of a table say, one record a line, for the engine to read in bulk.

    Args:
        engine: Lends its private folder.
        label: What messages call the table.
        shape: How it says who follows what.
        rows: All of its rows.
        bad: Lines that could not be read; known to be complete when all rows have been read.

    """
    target = new_file(engine.folder)
    tally = Tally()
    numbers = array("q")
    with target.open("w", encoding="utf-8", errors="replace", newline="") as copy:
        writer = csv.writer(copy, lineterminator="\n")
        writer.writerows(_told(shape.records(rows, tally), numbers, label, shown=engine.progress))
    columns = ", ".join(f"'c{number}': 'varchar'" for number in range(len(shape.roles)))
    return Scan(
        label=label,
        relation=(
            f"read_csv({literal_path(target)}, auto_detect=false, header=false, delim=',', quote='\"', escape='\"', "
            f"nullstr='', max_line_size={LONGEST_LINE}, compression='none', hive_partitioning=false, parallel=false, "
            f"columns={{{columns}}})"
        ),
        cells={role: f"c{number}" for number, role in enumerate(shape.roles)},
        said=shape.said(),
        kind=shape.kind,
        bad=tuple(sorted([*bad, *tally.bad], key=lambda line: (line.line, line.reason))),
        notes=tuple(_notes(tally)),
        numbers=numbers,
        written=target,
        counted=shape.customers if isinstance(shape, Hits) else None,
    )


def _told(records: Iterator[Record], numbers: array[int], label: str, *, shown: bool) -> Iterator[Sequence[str | None]]:
    """Yield the values of records and note their lines; on a terminal say how far a long table is."""
    start = time.monotonic()
    said = False
    for line, values in records:
        numbers.append(line)
        yield values
        if shown and len(numbers) % TICK_RECORDS == 0 and time.monotonic() - start > PATIENCE_SECONDS:
            sys.stderr.write(f"\rreading {UNSAFE.sub('?', label)}, row {line}\x1b[K")
            sys.stderr.flush()
            said = True
    if said:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _notes(tally: Tally) -> Iterator[str]:
    """Say what was done to the rows on the way."""
    if tally.filled:
        yield f"rows whose customer stands in a row above: {tally.filled}"
    if tally.totals:
        yield f"rows of totals passed over: {tally.totals}"
    if tally.dropped:
        yield f"words of the network's page dropped (Follow, Подписаться …): {tally.dropped}"
    if tally.nothing:
        yield f"customers with nothing under their name, not counted: {tally.nothing}"
