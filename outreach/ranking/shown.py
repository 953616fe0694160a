"""A part of a ranking as a person looks at it: a text searched for, another order, one page of many."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import OptionError
from outreach.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.likes import Likes

__all__ = ["ORDERS", "Counts", "View", "counts_of", "show"]

ORDERS: Final[Mapping[str, str]] = {
    "rank": "rank", "name": "lower(coalesce(name, resource))", "platform": "platform", "overlap": "overlap",
    "share": "share", "subscribers": "subscribers", "affinity": "affinity", "accepts_posts": "accepts_posts",
}  # fmt: skip
"""What a ranking can be sorted by, as the engine says it."""


@dataclass(frozen=True, slots=True)
class View:
    """What to show of a ranking.

    Args:
        text: Text that the name or the key contains.
        without: Text that neither contains.
        sort: One of :data:`ORDERS`.
        descending: The other way round; missing values stay at the end.

    Raises:
        OptionError: It cannot be sorted so.

    """

    text: str = ""
    without: str = ""
    sort: str = "rank"
    descending: bool = False

    def __post_init__(self) -> None:
        if self.sort not in ORDERS:
            raise OptionError(f"sort must be one of {', '.join(ORDERS)}")


def show(ranked: Table, view: View) -> Table:
    """Return the rows of a ranking that a view shows, in its order, ties by rank and key.

    Letters are compared as people compare them: case and ways to write an accent do not count.
    """
    engine = ranked.engine
    wanted = "contains(texts, ?)" if _compared(view.text) else "true"
    unwanted = "contains(texts, ?)" if _compared(view.without) else "false"
    values = [text for text in (_compared(view.text), _compared(view.without)) if text]
    engine.run(
        f"create or replace table shown_part as select {', '.join(ranked.schema.names)} from (select *, "
        f"lower(nfc_normalize(coalesce(name, '') || ' ' || resource)) as texts from {ranked.relation}) "
        f"where ({wanted}) and not ({unwanted})",
        values,
    )
    order = f"{ORDERS[view.sort]} {'desc' if view.descending else 'asc'} nulls last, rank, resource"
    return Table(engine, "shown_part", ranked.schema, order)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of all places, before any filter, are on each platform and of each topic, the most first."""

    platforms: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]


def counts_of(likes: Likes, topics: int = 12) -> Counts:
    """Return what a ranking of these likes can be filtered by.

    Args:
        likes: What the customers follow.
        topics: How many topics at most.

    """
    found = [
        likes.engine.rows(
            f"select {column}, count(*) from {likes.resources.relation} where {column} is not null "
            f"group by 1 order by 2 desc, 1{limit}"
        )
        for column, limit in (("platform", ""), ("topic", f" limit {topics:d}"))
    ]
    platforms, some = (tuple((str(name), int(count)) for name, count in rows) for rows in found)
    return Counts(platforms, some)


def _compared(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).lower())
