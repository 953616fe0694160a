"""The first likes of a file as they were understood, and how many each customer has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.likes.executors import PAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes import Likes

__all__ = ["Example", "customers_in", "examples", "likes_by_customer"]


@dataclass(frozen=True, slots=True)
class Example:
    """One like as it was understood.

    Args:
        customer: The label.
        resource: Key of the place.
        name: What it is called; None where nobody tells.
        platform: Of the key.
        subscribers: People; None is unknown.

    """

    customer: str
    resource: str
    name: str | None
    platform: str
    subscribers: int | None


def examples(likes: Likes, tables: Sequence[int], count: int = 5) -> list[Example]:
    """Return some likes of a file: the first place of each of its first customers, then the second, by label and key.

    Args:
        likes: What was read.
        tables: Numbers of the file's tables.
        count: How many.

    """
    rows = likes.engine.rows(
        "select customer, resource, name, platform, subscribers from ("
        "select distinct p.customer, r.resource, r.name, r.platform, r.subscribers "
        f"from {PAIRS.name} p join (select distinct target, resource_id from placed) t using (target) "
        f"join {likes.resources.relation} r using (resource_id) "
        "where p.target > 0 and p.source in (select unnest(?::integer[]))) "
        f"order by row_number() over (partition by customer order by resource), customer limit {count:d}",
        [list(tables)],
    )
    return [Example(*row) for row in rows]


def customers_in(likes: Likes, tables: Sequence[int]) -> int:
    """Return of how many customers a file has a list, empty or not.

    Args:
        likes: What was read.
        tables: Numbers of the file's tables.

    """
    rows = likes.engine.rows(
        f"select count(distinct customer) from {PAIRS.name} where target <> 0 "
        "and source in (select unnest(?::integer[]))",
        [list(tables)],
    )
    return int(rows[0][0])


def likes_by_customer(likes: Likes) -> list[tuple[str, int]]:
    """Return every customer of whom a list is known, sorted by label, with the number of likes."""
    rows = likes.engine.rows(
        f"select l.customer, count(f.customer) from (select distinct customer from {likes.lists.relation}) l "
        f"left join {likes.likes.relation} f using (customer) group by 1 order by 1"
    )
    return [(customer, int(count)) for customer, count in rows]
