"""Fourth step: what each resource is called, how large it is, what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.files.numbers import sizes
from outreach.likes.executors import ADDRESSES, COUNTS
from outreach.likes.executors.expressions import most_frequent, tidy
from outreach.tables import RESOURCES
from outreach.words.accepting import meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.engine import Engine
    from outreach.likes.counts import Counts

__all__ = ["Described", "describe"]

FREQUENT: Final = ("name", "accepts_posts", "topic")


@dataclass(frozen=True, slots=True)
class Described:
    """The table ``RESOURCES``, and what was odd about what it was made from.

    Args:
        engine: Where it lies.
        odd_sizes: Number of the table and text of a size to what is odd about it.

    """

    engine: Engine
    odd_sizes: Mapping[tuple[int, str], str]

    def sizes_apart(self) -> int:
        """Return the number of resources of which two sizes are given, one at least twice the other."""
        (number,) = self.engine.rows(
            "select count(*) from (select resource_id from descriptions group by all having max(size) >= 2 * min(size))"
        )[0]
        return int(number)


def describe(counts: Counts) -> Described:
    """Make the table of resources.

    On the way: ``sizes`` (source, text, size), every distinct size as a number; ``descriptions`` (resource_id, rows,
    size, accepts_posts, topic, own, name), what single addresses say, where ``own`` is a name made of the address.
    """
    engine = counts.engine
    odd = _understand_sizes(counts)
    _describe_addresses(counts)
    facts = [role for role in FREQUENT if role == "name" or counts.has(role)]
    frequent = "".join(f", frequent_{fact} as ({most_frequent(fact)})" for fact in facts)
    joins = "".join(f" left join frequent_{fact} using (resource_id)" for fact in facts)
    values = {fact: f"frequent_{fact}.value" if fact in facts else "null::varchar" for fact in FREQUENT}
    engine.run(f"""
        create table {RESOURCES.name} as
        with keys as (
            select resource_id, min(resource) as resource, min(platform) as first, max(platform) as last
            from placed group by resource_id
        ),
        across as (
            select resource_id, string_agg(distinct platform, ',' order by platform) as platforms
            from placed where resource_id in (select resource_id from keys where first <> last) group by resource_id
        ),
        sizes as (select resource_id, max(size) as subscribers from descriptions group by resource_id)
        {frequent}
        select resource_id, resource, split_part(resource, ':', 1) as platform, coalesce(platforms, first) as platforms,
            coalesce({values["name"]}, split_part(address_key, ':', 2)) as name, subscribers,
            {values["accepts_posts"]} as accepts_posts, {values["topic"]} as topic, address_key
        from keys left join across using (resource_id) left join sizes using (resource_id)
            left join addressed using (resource) {joins}
    """)
    words = engine.rows(f"select distinct accepts_posts from {RESOURCES.name}") if len(facts) > 1 else []
    for (word,) in words:
        if word is not None and (meaning := meaning_of(word)) != word:
            engine.run(f"update {RESOURCES.name} set accepts_posts = ? where accepts_posts = ?", [meaning, word])
    return Described(engine, odd)


def _describe_addresses(counts: Counts) -> None:
    """Make the table ``descriptions``."""
    roles = ("accepts_posts", "topic", "name", "resource", "handle", "url")
    tidied = ", ".join(
        f"{tidy(f'c.{role}') if counts.has(role) else 'cast(null as varchar)'} as {role}" for role in roles
    )
    some = counts.engine.rows("select 1 from address_lists limit 1")
    lists = " and p.address_id not in (from address_lists)" if some else ""
    counts.engine.run(f"""
        create table descriptions as
        select resource_id, rows, size, accepts_posts, topic,
            name is null as own, coalesce(name, case when key like '%:name/%' then coalesce(resource, handle, url)
                when starts_with(resource, 'https://') then null
                when lower(trim(resource, '/')) = substr(key, length(platform) + 2) then trim(resource, '/')
                end) as name
        from (
            select p.resource_id, p.key, p.platform, c.rows, s.size, {tidied}
            from {COUNTS.name} c
            join {ADDRESSES.name} a on {counts.same_address()}
            join placed p on p.address_id = a.address_id
            left join sizes s on s.text = c.subscribers and s.source = c.source
            where c.fault = 0{lists}
        )
    """)
    # A number or a handle stands in for a name only where nobody tells one.
    named = "select resource_id from descriptions where not own and name is not null"
    counts.engine.run(f"update descriptions set name = null where own and resource_id in ({named})")


def _understand_sizes(counts: Counts) -> dict[tuple[int, str], str]:
    """Understand every distinct size: plain digits in the engine, the rest here, each table by itself.

    Returns:
        Number of the table and text of a size to what is odd about it.

    """
    engine = counts.engine
    units = {source: table.plan.size_unit for source, table in enumerate(counts.tables) if table.plan.size_unit}
    engine.run(f"""
        create table sizes as
        select distinct source, subscribers as text,
            case when regexp_full_match(subscribers, '[1-9][0-9]{{0,10}}') then subscribers::bigint end as size
        from {COUNTS.name} where subscribers is not null and fault = 0
    """)
    odd_ones: dict[tuple[int, str], str] = {}
    columns: dict[int, list[str]] = {}
    united = "".join(f" or source = {source:d}" for source in units)
    odd = f"select source from sizes where size is null{united}"
    for source, text in engine.rows(f"select source, text from sizes where source in ({odd}) order by all"):
        columns.setdefault(source, []).append(text)
    if columns:
        engine.run(f"delete from sizes where source in ({odd})")
    numbers: list[tuple[int, str, int | None]] = []
    for source, texts in columns.items():
        understood = sizes(texts, units.get(source, ""))
        odd_ones |= {(source, text): size.doubt for text, size in understood.items() if size.doubt}
        numbers += [(source, text, understood[text].number) for text in texts]
    if numbers:
        engine.append("sizes", [list(column) for column in zip(*numbers, strict=True)])
    return odd_ones
