"""How many customers follow several of some places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.likes.facts import same_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.likes import Likes

__all__ = ["following_several"]


def following_several(likes: Likes, keys: Iterable[str]) -> int:
    """Return how many customers like more than one of some resources; a number, never who.

    Args:
        likes: What the customers follow.
        keys: Of the resources; one that nobody likes counts for nobody, two of one resource are one.

    """
    wanted = sorted(set(same_keys(likes, keys).values()))
    engine = likes.engine
    engine.run("create or replace table several_keys (key varchar)")
    engine.append("several_keys", [wanted])
    rows = engine.rows(
        f"select count(*) from (select l.customer from {likes.likes.relation} l "
        f"join {likes.resources.relation} r using (resource_id) join several_keys s on s.key = r.resource "
        "group by l.customer having count(distinct l.resource_id) > 1)"
    )
    return int(rows[0][0])
