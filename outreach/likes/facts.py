"""What the resources sheet says, put over what the lists say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.likes import same_keys
from outreach.messages import message
from outreach.sheet.facts import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.likes import Likes
    from outreach.messages import Message
    from outreach.sheet.facts import Fact, Sheet

__all__ = ["Applied", "apply_sheet"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What a sheet did to the likes.

    Args:
        excluded: Keys of the places to leave out, those that somebody follows.
        places: How many places of the sheet somebody follows.
        absent: How many nobody follows; they stay in the sheet.
        doubts: Which rows contradict each other.

    """

    excluded: tuple[str, ...]
    places: int
    absent: int
    doubts: tuple[Message, ...]


def apply_sheet(likes: Likes, sheet: Sheet) -> Applied:
    """Put what the sheet says over what the exports say about names, sizes, topics and who accepts posts.

    Changes the resources table of these likes. Places that nobody follows have no row there and get none.

    Returns:
        What to leave out, and what there is to say.

    """
    same = same_keys(likes, (fact.key for fact in sheet.facts))
    merged: dict[str, Fact] = {}
    doubts: list[Message] = []
    for fact in sheet.facts:
        key = same[fact.key]
        both, apart = joined(merged.get(key), fact)
        if apart:
            doubts.append(
                message("rows-of-one-place", file=sheet.grid.label, row=merged[key].row, other=fact.row, columns=apart)
            )
        merged[key] = both
    found = _put_over(likes, merged)
    return Applied(
        excluded=tuple(sorted(key for key in found if merged[key].excluded)),
        places=len(found),
        absent=len(merged) - len(found),
        doubts=tuple(doubts),
    )


def _put_over(likes: Likes, facts: Mapping[str, Fact]) -> set[str]:
    """Write facts into the resources table by their keys; return those that are in it."""
    engine, resources = likes.engine, likes.resources.relation
    engine.run(
        "create or replace table from_sheet (key varchar, name varchar, subscribers bigint, accepts_posts varchar, "
        "topic varchar, no_topic boolean)"
    )
    engine.append(
        "from_sheet",
        [
            list(facts),
            [fact.name for fact in facts.values()],
            [fact.subscribers for fact in facts.values()],
            [fact.accepts_posts for fact in facts.values()],
            [fact.topic for fact in facts.values()],
            [fact.topic is None and "topic" in fact.nothing for fact in facts.values()],
        ],
    )
    engine.run(f"""
        update {resources} set
            name = coalesce(f.name, {resources}.name),
            subscribers = coalesce(f.subscribers, {resources}.subscribers),
            accepts_posts = coalesce(f.accepts_posts, {resources}.accepts_posts),
            topic = case when f.no_topic then null else coalesce(f.topic, {resources}.topic) end
        from from_sheet f where f.key = {resources}.resource
    """)
    return {key for (key,) in engine.rows(f"select key from {resources} join from_sheet f on f.key = resource")}
