"""Fifth step: who follows what, each pair once, and of whom a list is known, empty or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.engine import literal
from outreach.likes.executors import PAIRS
from outreach.likes.executors.expressions import moment_of
from outreach.tables import LIKES, LISTS, RESOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.engine import Engine
    from outreach.likes.counts import Counts
    from outreach.likes.executors import Executor
    from outreach.likes.places import Places

__all__ = ["Follows", "follow"]


@dataclass(frozen=True, slots=True)
class Follows:
    """The tables ``PAIRS``, ``LIKES`` and ``LISTS``, and what they answer.

    Args:
        engine: Where they lie.
        dated: Whether any table tells when.
        unused_aliases: Labels that the user said to be another's and that stand in no usable row.

    """

    engine: Engine
    dated: bool
    unused_aliases: frozenset[str]

    def by_table(self, tables: int) -> list[tuple[int, int]]:
        """Return for each table the customers of whom it has a list, empty or not, and its likes."""
        measures = [(0, 0)] * tables
        for source, customers, likes in self.engine.rows(
            "select p.source, count(distinct p.customer) filter (p.target <> 0), "
            "count(distinct (p.customer, t.resource_id)) filter (p.target > 0) "
            f"from {PAIRS.name} p left join (select distinct target, resource_id from placed) t using (target) "
            "group by p.source"
        ):
            measures[source] = int(customers), int(likes)
        return measures

    def customers_lost(self) -> int:
        """Return the number of customers whose addresses lead nowhere, all of them."""
        (number,) = self.engine.rows(
            f"select count(*) from (select distinct customer from {PAIRS.name} where target = 0) "
            f"anti join (select distinct customer from {LISTS.name}) using (customer)"
        )[0]
        return int(number)

    def labels_lost(self) -> int:
        """Return the number of customers whose label is question marks and signs."""
        lost = "regexp_full_match(customer, '[?\\s.,-]*[?]{3}[?\\s.,-]*')"
        return int(self.engine.rows(f"select count(distinct customer) from {LISTS.name} where {lost}")[0][0])

    def customers(self) -> tuple[int, int]:
        """Return the number of customers, and of those whose label differs from another's only in case."""
        both = f"select count(distinct customer), count(distinct lower(customer)) from {LISTS.name}"
        customers, folded = self.engine.rows(both)[0]
        return int(customers), int(customers) - int(folded)

    def dates_not_understood(self) -> int:
        """Return the number of distinct dates that are none."""
        if not self.dated:
            return 0
        return int(self.engine.rows("select count(*) from dates where moment is null")[0][0])


def follow(counts: Counts, executors: Sequence[Executor], places: Places, people: Mapping[str, str]) -> Follows:
    """Have the executors pair, and make the tables of likes and lists.

    Args:
        counts: What was counted.
        executors: Read the tables once more.
        places: What addresses lead to.
        people: Another label of a customer to the one that counts.

    """
    engine = counts.engine
    dated = counts.has("followed_at")
    columns = [f"{column.name} {column.type}" for column in PAIRS.columns if dated or column.name != "followed_at"]
    engine.run(f"create table {PAIRS.name} ({', '.join(columns)})")
    for executor in executors:
        executor.pair(dated=dated)
    unused = _rename(engine, people) if people else frozenset()
    _make_likes(counts, places, dated=dated)
    _make_lists(counts, places)
    return Follows(engine, dated, unused)


def _rename(engine: Engine, people: Mapping[str, str]) -> frozenset[str]:
    """Write the label that counts for every other one of a customer; return those that no pair has."""
    engine.run("create table renamed (alias varchar, label varchar)")
    engine.append("renamed", [list(people), list(people.values())])
    met = engine.rows(f"select distinct customer from {PAIRS.name} semi join renamed on alias = customer")
    if met:
        engine.run(
            f"create or replace table {PAIRS.name} as "
            "select distinct p.* replace (coalesce(r.label, p.customer) as customer) "
            f"from {PAIRS.name} p left join renamed r on r.alias = p.customer"
        )
    return frozenset(people) - {label for (label,) in met}


def _make_likes(counts: Counts, places: Places, *, dated: bool) -> None:
    """Make the table of likes."""
    engine = counts.engine
    if len(counts.tables) == 1 and not dated and not places.across:
        engine.run(
            f"create view {LIKES.name} as select customer, target as resource_id, "
            f"cast(null as timestamp) as followed_at, {literal(counts.tables[0].label)} as source "
            f"from {PAIRS.name} where target > 0"
        )
        return
    if dated:
        engine.run(
            f"create table dates as select text, {moment_of('text')} as moment from "
            f"(select distinct followed_at as text from {PAIRS.name} where followed_at is not null and target > 0)"
        )
    engine.run("create table sources (source integer, label varchar)")
    engine.append("sources", [list(range(len(counts.tables))), [table.label for table in counts.tables]])
    dates = "left join dates d on d.text = p.followed_at" if dated else ""
    moments = "max(d.moment)" if dated else "cast(null as timestamp)"
    resource = "p.target"
    if places.across:
        resource = "t.resource_id"
        dates += " join (select distinct target, resource_id from placed) t using (target)"
    engine.run(
        f"create table {LIKES.name} as select p.customer, {resource} as resource_id, {moments} as followed_at, "
        f"min(s.label) as source from {PAIRS.name} p join sources s using (source) {dates} where p.target > 0 "
        f"group by p.customer, {resource}"
    )


def _make_lists(counts: Counts, places: Places) -> None:
    """Note of which customers a list is known, platform by platform; an empty list is an answer."""
    engine = counts.engine
    engine.run(f"""
        create table {LISTS.name} as
        with platforms as (
            select platform, (row_number() over (order by platform) - 1)::integer as bit
            from (select distinct platform from {RESOURCES.name} where not contains(platforms, ','))
        ),
        targets as (
            select r.resource_id, 1::bigint << p.bit as mask
            from {RESOURCES.name} r join platforms p using (platform)
            where not contains(r.platforms, ',')
        ),
        sets as (select l.customer, bit_or(t.mask) as masks from {LIKES.name} l join targets t using (resource_id)
            group by l.customer)
        select s.customer, p.platform from sets s join platforms p on (s.masks >> p.bit) & 1 = 1
    """)
    more = []
    if places.empty_platforms:
        listed = ", ".join(map(literal, places.empty_platforms))
        more.append(f"select customer, list_extract([{listed}], -target) from {PAIRS.name} where target < 0")
    if places.across:
        several = f"select resource_id from {RESOURCES.name} where contains(platforms, ',')"
        platforms = f"select distinct target, platform from placed where resource_id in ({several})"
        more.append(f"select customer, t.platform from {PAIRS.name} join ({platforms}) t using (target)")
    more += [
        f"select i::varchar, p.platform from range(1, {counted + 1:d}) r(i) cross join "
        f"(select distinct platform from {LISTS.name}) p"
        for counted in sorted({table.plan.counted for table in counts.tables if table.plan.counted})
    ]
    for query in more:
        engine.run(f"insert into {LISTS.name} {query}")
    if more:
        engine.run(f"create or replace table {LISTS.name} as select distinct * from {LISTS.name}")
