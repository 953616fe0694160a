"""Pairs are made distinct by sorted hashes: to sort numbers costs a tenth of what a table of all the texts does.

Equal hashes are no proof: the rows of a hash that occurs twice are compared by what they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.executors import PAIRS

if TYPE_CHECKING:
    from outreach.engine import Engine

__all__ = ["MANY", "make_distinct"]

MANY: Final = 500_000
"""Of fewer rows a table of their texts is made sooner than numpy is loaded."""

HASH: Final = "hash(customer, target)"
SORTED_ROWS: Final = 32 * 1024 * 1024
BYTES_A_ROW: Final = 32  # a hash in the engine's result, in the pieces of the array, in the array, and one to spare
SHARE_OF_MEMORY: Final = 4
MOST_REPEATED: Final = 0.2


def make_distinct(engine: Engine, source: int) -> None:
    """Leave each pair of customer and target of a table in ``PAIRS`` once.

    Args:
        engine: Where they lie; undated.
        source: Number of the table.

    """
    own = f"from {PAIRS.name} where source = {source:d}"
    rows = int(engine.rows(f"select count(*) {own}")[0][0])
    at_once = max(1, min(SORTED_ROWS, engine.memory_bytes() // (SHARE_OF_MEMORY * BYTES_A_ROW)))
    parts = -(-rows // at_once)
    engine.run("create temp table again (hash ubigint)")
    repeated = 0
    for part in range(parts):
        of_part = f" and {HASH} % {parts:d} = {part:d}" if parts > 1 else ""
        repeated += _note_again(engine, f"select {HASH} {own}{of_part}")
        if repeated > MOST_REPEATED * rows:
            break
    if repeated > MOST_REPEATED * rows:
        engine.run(f"create or replace table {PAIRS.name} as select distinct * from {PAIRS.name}")
    elif repeated:
        engine.run(
            f"delete from {PAIRS.name} where rowid in (select place from (select rowid as place, row_number() over "
            f"(partition by customer, target) as nth {own} and {HASH} in (from again)) where nth > 1)"
        )
    engine.run("drop table again")


def _note_again(engine: Engine, sql: str) -> int:
    """Note the hashes that occur more than once in a query for them; return by how many they are too many."""
    import numpy as np

    hashes = engine.numbers(sql)
    hashes.sort()
    repeated = hashes[1:][hashes[1:] == hashes[:-1]]
    engine.append_arrays("insert into again select number from arrays", {"number": np.unique(repeated)})
    return len(repeated)
