"""From tables to likes: who follows which resource, once each.

Each table is read twice: first its distinct addresses, sizes and names with their counts; then, when every distinct
address has its key, who follows what. The steps are a file each, and each makes tables that the next ones read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.likes.addresses import Addresses
from outreach.likes.counts import Counts, count
from outreach.likes.describe import Described, describe
from outreach.likes.executors import executors_of
from outreach.likes.follow import Follows, follow
from outreach.likes.identify import Identified, identify_addresses
from outreach.likes.places import Places, place
from outreach.likes.plan import NONE
from outreach.tables import LIKES, LISTS, RESOURCES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.engine import Engine
    from outreach.keys.aliases import Alias
    from outreach.likes.executors import Executor
    from outreach.likes.plan import SourceTable

__all__ = ["Gathering", "gather"]


@dataclass(frozen=True, slots=True)
class Gathering:
    """What the steps made, for asking further.

    Args:
        engine: Where the tables lie.
        tables: What was read; their numbers are their places here.
        executors: What read them.
        people: Another label of a customer to the one that counts.
        counts: How often each address stands where.
        identified: What its key is.
        places: Which resource it leads to.
        described: What is known of the resources.
        follows: Who follows them.

    """

    engine: Engine
    tables: Sequence[SourceTable]
    executors: Sequence[Executor]
    people: Mapping[str, str]
    counts: Counts
    identified: Identified
    places: Places
    described: Described
    follows: Follows

    def likes(self) -> tuple[Table, Table, Table]:
        """Return likes, lists and resources."""
        return (
            Table(self.engine, LIKES.name, LIKES, "customer, resource_id"),
            Table(self.engine, LISTS.name, LISTS, "customer, platform"),
            Table(self.engine, RESOURCES.name, RESOURCES, "resource"),
        )


def gather(
    engine: Engine,
    tables: Sequence[SourceTable],
    *,
    assume_platform: str | None = None,
    by_hand: Iterable[Alias] = (),
    people: Mapping[str, str] = NONE,
) -> Gathering:
    """Take all steps from tables to likes.

    Args:
        engine: Where the tables are made.
        tables: What to read.
        assume_platform: The platform of bare handles.
        by_hand: Aliases of resources that the user wrote.
        people: Another label of a customer to the one that counts.

    Raises:
        InputError: A table is damaged, or the only one is of followers.

    """
    executors = executors_of(engine, tables)
    headers = (text for table in tables for text in table.plan.headers)
    counts = count(engine, tables, executors)
    identified = identify_addresses(counts, Addresses(assume_platform=assume_platform, headers=headers))
    places = place(engine, identified, by_hand)
    described = describe(counts)
    follows = follow(counts, executors, places, people)
    return Gathering(engine, tables, executors, people, counts, identified, places, described, follows)
