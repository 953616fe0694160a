"""How near to the firm the followers of each place are: visitors, subscribers, buyers, repeat buyers, advocates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.ranking import Choice, rank
from outreach.tables import RANKING, STEPS, Table

if TYPE_CHECKING:
    from outreach.likes import Likes
    from outreach.ranking import Ranking

__all__ = ["KNOWN", "places_by_step"]

KNOWN: Final = ("visitor", "subscriber", "buyer", "repeat_buyer", "advocate")
"""The steps, from the first to the last."""


def places_by_step(likes: Likes, choice: Choice | None = None) -> tuple[Table, Ranking]:
    """Return for each place of the ranking how many of its followers are at each step, and the ranking.

    Args:
        likes: What the customers follow, with the table ``in_step`` (customer, step) beside them; see
            :func:`outreach.likes.groups.with_steps`.
        choice: As for :func:`outreach.ranking.rank`.

    """
    choice = choice or Choice()
    ranked = rank(likes, choice)
    since = choice.since.replace(tzinfo=None).isoformat(" ") if choice.since is not None else None
    recent = "" if since is None else f"where l.followed_at is null or l.followed_at >= timestamp '{since}'"
    counts = ", ".join(f"count(*) filter (s.step = '{step}') as {step}" for step in KNOWN)
    counts += f", count(*) filter (s.step not in ({', '.join(map(literal, KNOWN))})) as other"
    engine = likes.engine
    engine.run(
        f"create or replace table stepped as select l.resource_id, {counts} "
        f"from {likes.likes.relation} l join in_step s using (customer) {recent} group by l.resource_id"
    )
    names = ", ".join(
        f"coalesce(s.{name}, 0) as {name}" if name in (*KNOWN, "other") else f"r.{name}" for name in STEPS.names
    )
    engine.run(
        f"create or replace table {STEPS.name} as select {names} from {RANKING.name} r "
        f"join {likes.resources.relation} using (resource) left join stepped s using (resource_id)"
    )
    return Table(engine, STEPS.name, STEPS, order="rank, resource"), ranked
