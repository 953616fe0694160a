"""What reads the rows of planned tables: the engine large texts, Parquet and JSON, Python everything else.

Gathering asks an executor three things: how often each address stands in its tables (``COUNTS``), who follows what
(``PAIRS``), and where given rows are. Executors read nothing else, and nothing else reads rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from outreach.likes.plan import Fault
from outreach.messages import decoded
from outreach.tables import Column, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.engine import Engine
    from outreach.likes.plan import SourceTable
    from outreach.messages import Message

__all__ = [
    "ADDRESS",
    "ADDRESSES",
    "COUNTS",
    "FACTS",
    "PAIRS",
    "TARGETS",
    "Executor",
    "FoundRow",
    "executors_of",
    "reason_of",
]

ADDRESS: Final = ("url", "handle", "resource", "name", "platform")
"""The roles that together tell which resource; for the key, ``url`` beats handle beats name."""

FACTS: Final = ("subscribers", "accepts_posts", "topic")
"""The roles that say something about a resource."""

_ADDRESS: Final = tuple(Column(role, "varchar", "as found", missing=True) for role in ADDRESS)

COUNTS: Final = Schema(
    "counts",
    (
        Column("source", "integer", "number of the table"),
        *_ADDRESS,
        *(Column(role, "varchar", "as found", missing=True) for role in FACTS),
        Column("fault", "integer", "why these rows cannot be used (``plan.Fault``), 0 where they can"),
        Column("rows", "bigint", "how many they are"),
    ),
)
"""Each combination of address, facts and fault of a table, once."""

ADDRESSES: Final = Schema("addresses", (*_ADDRESS, Column("address_id", "integer", "number of the address")))
"""Each address of usable rows, once."""

TARGETS: Final = Schema(
    "targets",
    (
        Column("address_id", "integer", "number of the address"),
        Column("target", "integer", "above 0 a resource, below 0 a platform whose list is empty, 0 nowhere"),
    ),
)
"""What addresses lead to; a list of addresses to several, a repeated header line to nothing."""

PAIRS: Final = Schema(
    "pairs",
    (
        Column("source", "integer", "number of the table"),
        Column("customer", "varchar", "label, tidy"),
        Column("target", "integer", "as in ``TARGETS``"),
        Column("followed_at", "varchar", "as found; only if a table has it", missing=True),
    ),
)
"""Which customer is led to which target by usable rows of a table, each combination once."""


class FoundRow(NamedTuple):
    """Where a row is.

    Args:
        source: Number of its table.
        label: What messages call the file.
        line: Its line there, from 1.
        reason: Why it cannot be used; None where it can.
        subscribers: What it says about the size, as found.

    """

    source: int
    label: str
    line: int
    reason: Message | None
    subscribers: str | None


@lru_cache(maxsize=1024)
def reason_of(fault: int, encoded: str | None) -> Message | None:
    """Return why a row cannot be used, the same message for all rows of one kind; None where it can.

    Args:
        fault: Its number, 0 for none.
        encoded: Why its address has no key, as ``identified`` holds it.

    """
    if fault:
        return Fault(fault).reason
    return decoded(encoded) if encoded else None


class Executor(Protocol):
    """Reads the rows of one or more tables."""

    def count(self) -> None:
        """Add what stands in its tables to ``COUNTS``.

        Raises:
            InputError: A table is damaged, or changed while it was read.

        """

    def pair(self, *, dated: bool) -> None:
        """Add who is led to which of ``TARGETS`` by an address of ``ADDRESSES`` to ``PAIRS``, ``dated`` or not."""

    def rejected(self, limit: int | None) -> list[FoundRow]:
        """Return the rows with a fault, or an address with a reason in ``identified``; ``limit`` of each reason."""

    def of_sizes(self, source: int, texts: Sequence[str]) -> FoundRow | None:
        """Return the first usable row of a table with one of these sizes; None where the table is another's."""


def executors_of(engine: Engine, tables: Sequence[SourceTable]) -> list[Executor]:
    """Return what reads these tables: one for all that Python wrote down, one for each that the engine reads.

    Args:
        engine: Where they read.
        tables: Their numbers are their places in the sequence.

    """
    from outreach.likes.executors.relations import RelationExecutor
    from outreach.likes.executors.written import WrittenExecutor

    written = {number: table for number, table in enumerate(tables) if table.written}
    executors: list[Executor] = [WrittenExecutor(engine, written)] if written else []
    executors += [RelationExecutor(engine, n, table) for n, table in enumerate(tables) if n not in written]
    return executors
