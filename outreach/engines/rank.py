"""From the rows on a cluster to the ranking on this machine: nothing else of them comes back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.engines.likes import describe_resources, make_likes, rejections
from outreach.engines.source import give
from outreach.engines.spark import Spark, is_local
from outreach.errors import InputError, UnknownResourceError
from outreach.keys import identify
from outreach.messages import describe, message
from outreach.ranking import QUERY, Basis, Choice, Ranking, bound_values, hidden_in, topics_with, with_addresses
from outreach.sheet.facts import joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.engine import Engine
    from outreach.engines.likes import MadeLikes
    from outreach.keys.aliases import Alias
    from outreach.messages import Message
    from outreach.sheet.facts import Fact, Sheet

__all__ = ["Found", "Where", "rank_on"]

JUDGED: Final = (
    "rank", "resource", "platform", "name", "subscribers", "overlap", "listed", "share", "share_low", "share_high",
    "affinity", "accepts_posts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows to rank, and where they are.

    Args:
        address: ``local[2]``, ``spark://host:7077``, ``sc://host:15002``, or an open session of Spark.
        tables: Paths and names of tables as the cluster knows them; data frames of Spark or pandas.
        columns: Roles that the user gave to columns.
        encoding: Of CSV files.
        send: The paths are of this machine, and their rows are sent.
        assume_platform: The platform of handles that come without one.
        by_hand: Aliases that the user wrote.
        sheet: What the user found out about places.
        memory_mb: What a local Spark may hold in memory.

    """

    address: Any
    tables: Sequence[Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    send: bool = False
    assume_platform: str | None = None
    by_hand: Sequence[Alias] = ()
    sheet: Sheet | None = None
    memory_mb: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The ranking, and what there is to say about it.

    Args:
        ranking: As of rows on this machine.
        choice: What was ranked, without the places that the sheet leaves out.
        basis: What its numbers rest on.
        remarks: How the tables were understood, and what of the sheet is doubtful.
        rejected: Why rows could not be used, with their number, the most frequent first.

    """

    ranking: Ranking
    choice: Choice
    basis: Basis
    remarks: tuple[Message, ...]
    rejected: tuple[tuple[Message, int], ...]


def rank_on(engine: Engine, where: Where, choice: Choice) -> Found:
    """Rank rows where they are.

    Args:
        engine: Of this machine; gets the table of the ranking.
        where: The rows.
        choice: What to rank, and how.

    Raises:
        InputError: A table is not there, or does not tell who follows what; an address names no place.
        OptionError: The engine's address is none.
        RemoteError: The cluster refuses or does not answer.

    """
    with Spark(where.address, engine, where.memory_mb if is_local(where.address) else None) as spark:
        given = give(spark, where.tables, where.columns, encoding=where.encoding, send=where.send)
        made = make_likes(spark, given, where.assume_platform, where.by_hand)
        why_not = rejections(spark)
        customers = int(spark.rows("select count(distinct customer) from lists")[0][0])
        if not customers:
            raise _nothing_usable(why_not)
        facts, doubts = _facts(where.sheet, made)
        describe_resources(spark, given, made, facts)
        choice, absent = _set_aside(spark, made, choice, facts, where.assume_platform)
        topics = (
            spark.rows("select distinct topic from resources where topic is not null") if choice.topic.strip() else []
        )
        found = topics_with(choice.topic, (text for (text,) in topics)) if topics else []
        spark.table("on_topic", "topic string", [found])
        values = bound_values(choice)
        if values["since"] is not None:
            values["since"] = values["since"].isoformat(" ")
        spark.view("judged", QUERY.read_text("utf-8"), values, keep=True)
        return Found(
            ranking=_ranking(engine, spark, choice, absent),
            choice=choice,
            basis=_basis(spark, customers, given.roles),
            remarks=(*given.remarks, *(where.sheet.describe() if where.sheet else ()), *doubts),
            rejected=tuple(why_not),
        )


def _nothing_usable(why_not: Sequence[tuple[Message, int]]) -> InputError:
    if not why_not:
        return InputError("the table has no rows", hint="fill it in, or export it again")
    rows = sum(count for _, count in why_not)
    return InputError(
        f"none of the {rows} rows can be used; most often ({why_not[0][1]}): {describe(why_not[0][0])}",
        hint="outreach key ADDRESS shows the place of an address",
    )


def _facts(sheet: Sheet | None, made: MadeLikes) -> tuple[dict[str, Fact], list[Message]]:
    """Return what the sheet says by resource, and which of its rows contradict one another."""
    merged: dict[str, Fact] = {}
    doubts: list[Message] = []
    for fact in sheet.facts if sheet else ():
        key = made.same_as.get(fact.key, fact.key)
        both, apart = joined(merged.get(key), fact)
        if apart and sheet is not None:
            doubts.append(
                message("rows-of-one-place", file=sheet.grid.label, row=merged[key].row, other=fact.row, columns=apart)
            )
        merged[key] = both
    return merged, doubts


def _set_aside(
    spark: Spark, made: MadeLikes, choice: Choice, facts: Mapping[str, Fact], assumed: str | None
) -> tuple[Choice, int]:
    """Note the resources that are out by name; return the choice with those of the sheet, and how many nobody follows.

    Raises:
        UnknownResourceError: An address names no resource.

    """
    wanted: dict[str, str] = {}
    for reason, addresses in (("own", choice.own), ("exclude", choice.exclude)):
        for address in addresses:
            wanted.setdefault(_resource(address, made, assumed), reason)
    of_sheet = [key for key, fact in facts.items() if fact.excluded]
    asked = {*wanted}
    wanted = {**dict.fromkeys(of_sheet, "exclude"), **wanted}
    spark.table("set_aside", "resource_id string, reason string", [list(wanted), list(wanted.values())])
    there = {key for (key,) in spark.rows("select s.resource_id from set_aside s join resources r using (resource_id)")}
    return replace(choice, exclude=(*choice.exclude, *(key for key in of_sheet if key in there))), len(asked - there)


def _resource(address: str, made: MadeLikes, assumed: str | None) -> str:
    key, why = identify(address.removeprefix("~").strip(), assumed)
    if key is None:
        raise UnknownResourceError(f"not the address of a place: {why}", hint="outreach key ADDRESS shows more")
    return made.same_as.get(key, key)


def _ranking(engine: Engine, spark: Spark, choice: Choice, absent: int) -> Ranking:
    """Fetch the listed places and count the others."""
    import duckdb  # noqa: F401 - the engine's wrappers, which read what Arrow holds

    most = f"order by rank, resource limit {choice.top:d}" if choice.top else ""
    names = ", ".join(f"j.{name}" for name in JUDGED)
    home = spark.arrow(
        f"select {names}, r.address_key from (select * from judged where hidden_by is null {most}) j "
        "join resources r on r.resource = j.resource"
    )
    engine.connection.register("arrived", home)
    engine.run("create or replace table judged as from arrived")
    engine.run("create or replace table resources as select resource, address_key from judged")
    engine.connection.unregister("arrived")
    engine.run("alter table judged drop column address_key")
    table = with_addresses(engine, "judged")
    (once,) = spark.rows("select count(*) from judged where overlap = 1")[0]
    undated = aged = 0
    if (since := choice.since_utc) is not None:
        undated, aged = spark.rows(
            "select count(*) filter (where followed_at is null), "
            f"count(*) filter (where followed_at < timestamp_ntz '{since.isoformat(' ')}') from likes"
        )[0]
    places, unknown = engine.rows("select count(*), count(*) filter (subscribers is null) from judged")[0]
    return Ranking(
        table=table,
        hidden=hidden_in(spark),
        absent=absent,
        places=int(places),
        followed_once=int(once),
        unknown=int(unknown),
        undated=int(undated),
        aged=int(aged),
    )


def _basis(spark: Spark, customers: int, roles: frozenset[str]) -> Basis:
    """Return what the numbers rest on."""
    lists = spark.rows(
        "select platform, count(*) from lists where platform not in ('web', 'other') group by platform "
        "order by count(*) desc, platform"
    )
    (topic, accepts) = spark.rows("select count(topic) > 0, count(accepts_posts) > 0 from resources")[0]
    facts = {*roles, *(["topic"] if topic else []), *(["accepts_posts"] if accepts else [])}
    return Basis(customers, tuple((platform, int(count)) for platform, count in lists), frozenset(facts))
