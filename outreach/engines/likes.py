"""The tables that ``rank.sql`` asks, made by Spark of the rows that it holds: likes, lists, resources.

The number of a resource is its key: to number them all would take one machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.engines.keys import BEARERS, KEYED, bearer_finder, key_maker
from outreach.keys import is_name, platform_of
from outreach.keys.aliases import Alias, Closure, close
from outreach.messages import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.engines.source import Given
    from outreach.engines.spark import Spark
    from outreach.messages import Message
    from outreach.sheet.facts import Fact

__all__ = ["MadeLikes", "describe_resources", "make_likes", "rejections"]

HASHED: Final = "/*+ shuffle_hash(p) */"
"""Distinct addresses are found by their hash, so that the rows need not be sorted by address."""

OWN_NAMES: Final = """
    select resource, value from (
        select resource, value, row_number() over (partition by resource order by sum(lines) desc, value) as place
        from (
            select resource, lines, case
                when key like '%:name/%' then trim(coalesce(address, called))
                when startswith(address, 'https://') then null
                when lower(trim('/' from address)) = substr(key, length(platform) + 2) then trim('/' from address)
                end as value
            from placed
        ) where value is not null group by resource, value
    ) where place = 1
"""
"""The name of each resource that its addresses spell, for where nobody tells another."""


@dataclass(frozen=True, slots=True)
class MadeLikes:
    """What was made, for describing it.

    Args:
        same_as: Key to the key of its resource, where that is another one.
        addressed: Resource to another key of it with a public address, where it has none.

    """

    same_as: Mapping[str, str]
    addressed: Mapping[str, str]


def make_likes(spark: Spark, given: Given, assumed: str | None, by_hand: Iterable[Alias]) -> MadeLikes:
    """Make the views ``keyed``, ``placed``, ``pairs``, ``likes`` and ``lists`` of the view ``given``.

    Args:
        spark: Where it is.
        given: How it was understood.
        assumed: The platform of handles that come without one.
        by_hand: Aliases that the user wrote.

    """
    spark.mapped(
        "keyed",
        "select address, called, word, count(*) as lines, max(subscribers) as subscribers from given "
        "where customer is not null group by address, called, word",
        key_maker(assumed, given.headers),
        KEYED,
    )
    aliases = list(by_hand)
    closed = close([*aliases, *_of_names(spark, given, close(aliases).same_as)])
    across = _make_placed(spark, closed)
    same = _same_address(given)
    moment = "max(g.followed_at)" if "followed_at" in given.roles else "cast(null as timestamp_ntz)"
    platform = "p.platform" if across else "split_part(p.resource, ':', 1)"
    spark.view(
        "pairs",
        f"select {HASHED} g.customer, p.resource, {platform} as platform, {moment} as followed_at from given g "
        f"join placed p on {same} where g.customer is not null group by g.customer, p.resource"
        + (", p.platform" if across else ""),  # one text less to send for each row
        keep=True,
    )
    likes = "select customer, resource as resource_id, followed_at from pairs"
    if across:
        likes = "select customer, resource as resource_id, max(followed_at) as followed_at from pairs group by all"
    spark.view("likes", likes)
    lists = "select distinct customer, platform from pairs"
    if "word" in given.roles:  # no other column tells of a list that it is empty
        lists += (
            " union select g.customer, p.empty_list from given g join keyed p "
            f"on {same} where p.empty_list is not null and g.customer is not null"
        )
    spark.view("lists", lists, keep=True)
    return MadeLikes(closed.same_as, closed.addressed())


def _same_address(given: Given) -> str:
    """Return the condition that joins a row ``g`` with its address ``p``."""
    told = [role for role in ("address", "called", "word") if role in given.roles]
    if len(told) == 1:  # without a text there is no key, so nothing that may be null need be joined
        return f"p.{told[0]} = g.{told[0]}"
    return " and ".join(f"p.{role} <=> g.{role}" for role in told)


def _of_names(spark: Spark, given: Given, same_as: Mapping[str, str]) -> list[Alias]:
    """Return for places known by name only the one place with an address that bears the name."""
    if "name" not in given.roles:
        return []
    names = spark.rows(
        "select distinct key from keyed where key like '%:name/%' and not key like 'other:%' "
        "and coalesce(address, called) <> key"
    )
    wanted = frozenset(key for (key,) in names if is_name(key))
    if not wanted:
        return []
    platforms = ", ".join(f"'{platform}'" for platform in sorted(set(map(platform_of, wanted))))
    spark.mapped(
        "bearers",
        f"select distinct p.key, g.name from given g join keyed p on {_same_address(given)} where g.name is not null "
        f"and not p.key like '%:name/%' and split_part(p.key, ':', 1) in ({platforms})",
        bearer_finder(wanted),
        BEARERS,
    )
    bearers: dict[str, set[str]] = {}
    for named, key in spark.rows("select distinct named, key from bearers"):
        bearers.setdefault(named, set()).add(same_as.get(key, key))
    return [Alias(named, min(keys), "name") for named, keys in sorted(bearers.items()) if len(keys) == 1]


def _make_placed(spark: Spark, closed: Closure) -> bool:
    """Lead every address with a key to its resource; return whether a resource may be on several platforms."""
    same_as = closed.same_as
    spark.table("merged", "key string, same_as string", [list(same_as), list(same_as.values())])
    spark.view(
        "placed",
        "select k.address, k.called, k.word, k.key, split_part(k.key, ':', 1) as platform, k.lines, k.subscribers, "
        "coalesce(m.same_as, k.key) as resource from keyed k left join merged m on m.key = k.key "
        "where k.key is not null",
    )
    return any(key.partition(":")[0] != other.partition(":")[0] for key, other in same_as.items())


def rejections(spark: Spark) -> list[tuple[Message, int]]:
    """Return why rows could not be used, with their number, the most frequent first."""
    rows = spark.rows(
        "select reason, sum(lines) from keyed where reason is not null group by reason union all "
        """select '{"code": "no-customer", "values": {}}', count(*) from given where customer is null"""
    )
    return [(decoded(reason), int(count)) for reason, count in sorted(rows, key=lambda row: (-row[1], row[0])) if count]


def describe_resources(spark: Spark, given: Given, made: MadeLikes, facts: Mapping[str, Fact]) -> None:
    """Make the view ``resources``.

    Args:
        spark: Where the others are.
        given: How the rows were understood.
        made: What the keys lead to.
        facts: What the sheet says, by the resource.

    """
    spark.table("addressed", "resource string, address_key string", [[*made.addressed], [*made.addressed.values()]])
    spark.table(
        "facts",
        "resource string, name string, subscribers bigint, accepts_posts string, topic string, no_topic boolean",
        _columns(facts),
    )
    told = [role for role in ("name", "accepts_posts", "topic") if role in given.roles]
    for role in told:
        spark.view(f"frequent_{role}", _most_frequent(role, _same_address(given)))
    spark.view("own_names", OWN_NAMES)
    value = {role: f"frequent_{role}.value" if role in told else "cast(null as string)" for role in
             ("name", "accepts_posts", "topic")}  # fmt: skip
    joins = " ".join(f"left join frequent_{role} on frequent_{role}.resource = r.resource" for role in told)
    spark.view(
        "resources",
        f"""
        select r.resource as resource_id, r.resource, split_part(r.resource, ':', 1) as platform, r.platforms,
            coalesce(f.name, {value["name"]}, o.value, split_part(a.address_key, ':', 2)) as name,
            coalesce(f.subscribers, r.subscribers) as subscribers,
            coalesce(f.accepts_posts, {value["accepts_posts"]}) as accepts_posts,
            case when f.no_topic then null else coalesce(f.topic, {value["topic"]}) end as topic, a.address_key
        from (
            select resource, array_join(array_sort(collect_set(platform)), ',') as platforms,
                max(subscribers) as subscribers
            from placed group by resource
        ) r
        left join own_names o on o.resource = r.resource
        left join addressed a on a.resource = r.resource
        left join facts f on f.resource = r.resource {joins}
        """,
        keep=True,
    )


def _columns(facts: Mapping[str, Fact]) -> Sequence[Sequence[object]]:
    every = facts.values()
    return [
        list(facts),
        [fact.name for fact in every],
        [fact.subscribers for fact in every],
        [fact.accepts_posts for fact in every],
        [fact.topic for fact in every],
        [fact.topic is None and "topic" in fact.nothing for fact in every],
    ]


def _most_frequent(role: str, same: str) -> str:
    """Return the query for the most frequent value of each resource, ties by code point."""
    return f"""
        select resource, value from (
            select resource, value, row_number() over (partition by resource order by lines desc, value) as place from (
                select p.resource, g.{role} as value, count(*) as lines from given g join placed p on {same}
                where g.customer is not null and g.{role} is not null group by p.resource, g.{role}
            )
        ) where place = 1
    """
