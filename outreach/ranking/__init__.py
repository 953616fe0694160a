"""Step 2: which resources the customers share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from outreach.engine import literal
from outreach.errors import OptionError
from outreach.keys import url_of
from outreach.likes import find_resource
from outreach.tables import RANKING, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.engine import Engine
    from outreach.likes import Likes

__all__ = [
    "QUERY", "Basis", "Choice", "Hidden", "Ranking", "basis_of", "bound_values", "hidden_in", "moment", "rank",
    "topics_with", "way_to_see", "who", "with_addresses",
]  # fmt: skip

QUERY: Final = Path(__file__).with_name("rank.sql")
MERITS: Final = ("overlap", "share", "affinity")
MIN_OVERLAP_OF_RATIOS: Final = 3  # 3 of 3 is no better than 7 of 12: a ratio of less says nothing
IS_PLAIN: Final = "regexp_full_match(j.resource, '[a-z]+:[a-z][a-z_]{2,}[0-9_]*')"
"""Whether the address of a handle is that of any handle, with this one in it."""

MANY: Final = 5000  # from here on the engine is faster
SPECIMEN: Final = "plain_specimen"
HIDDEN_BY: Final = ("own", "exclude", "platform", "size", "unknown size", "accepts posts", "topic", "overlap")


class Rows(Protocol):
    """An engine that answers queries."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """What to rank, and how.

    Args:
        min_subscribers: Smallest resource to show, in people.
        unknown_size: ``keep`` or ``drop`` resources whose size is unknown.
        min_overlap: Fewest customers; None is 1, or 3 when ranked by a ratio.
        accepts_posts: ``any``; ``yes`` only those known to; ``not-no`` all but those known not to.
        topic: Text that the topic contains, in any case.
        platforms: Platforms to show; none is all.
        own: Addresses of one's own resources: not shown.
        exclude: Addresses of other resources not to show.
        by: ``overlap``, ``share`` or ``affinity``.
        since: Likes known to be older do not count.
        top: Most places to list; None and 0 are all.

    Raises:
        OptionError: A value is none of those listed.

    """

    min_subscribers: int = 5000
    unknown_size: str = "keep"
    min_overlap: int | None = None
    accepts_posts: str = "any"
    topic: str = ""
    platforms: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    by: str = "overlap"
    since: datetime | None = None
    top: int | None = None

    def __post_init__(self) -> None:
        for value, name, allowed in (
            (self.unknown_size, "unknown_size", ("keep", "drop")),
            (self.accepts_posts, "accepts_posts", ("any", "yes", "not-no")),
            (self.by, "by", MERITS),
        ):
            if value not in allowed:
                raise OptionError(f"{name} must be one of {', '.join(allowed)}")
        for number, name in (
            (self.min_subscribers, "min_subscribers"),
            (self.min_overlap, "min_overlap"),
            (self.top, "top"),
        ):
            if number is not None and number < 0:
                raise OptionError(f"{name} must not be negative")

    @property
    def since_utc(self) -> datetime | None:
        """The moment from which on likes count, as ``likes`` has moments: in UTC, without a zone."""
        return self.since and self.since.astimezone(UTC).replace(tzinfo=None)

    @property
    def fewest(self) -> int:
        """The overlap below which a resource is not shown."""
        if self.min_overlap is not None:
            return self.min_overlap
        return 1 if self.by == "overlap" else MIN_OVERLAP_OF_RATIOS


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one filter hid: how many resources, and the best of them."""

    by: str
    resources: int
    best: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked resources and what there is to say about them.

    Args:
        table: ``tables.RANKING``, best first.
        hidden: What the filters hid, in the order in which they are asked.
        absent: How many addresses given as own or excluded are followed by nobody.
        places: Number of resources listed.
        followed_once: Number of resources that only one customer follows, before any filter.
        unknown: Number of listed resources whose size is unknown.
        undated: Likes without a date, when ``since`` was asked for.
        aged: Likes that ``since`` left out.

    """

    table: Table
    hidden: tuple[Hidden, ...]
    absent: int
    places: int
    followed_once: int
    unknown: int
    undated: int
    aged: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers of a ranking rest on.

    Args:
        customers: Of whom any list is known.
        lists: Of each platform, how many customers have a list from there; the most first.
        facts: Roles of columns that the tables, or a sheet, tell.

    """

    customers: int
    lists: tuple[tuple[str, int], ...]
    facts: frozenset[str]


def basis_of(likes: Likes, choice: Choice) -> Basis:
    """Return what the numbers of a ranking of these likes rest on; of the facts those that the choice asks for."""
    lists = likes.engine.rows(
        f"select platform, count(*) from {likes.lists.relation} where platform not in ('web', 'other') "
        "group by platform order by count(*) desc, platform"
    )

    def has(fact: str) -> bool:  # a sheet may tell it, too
        told = f"select count({fact}) > 0 from {likes.resources.relation}"
        return likes.gathering.counts.has(fact) or (fact != "followed_at" and bool(likes.engine.rows(told)[0][0]))

    asked = {"topic": choice.topic, "accepts_posts": choice.accepts_posts == "yes", "followed_at": choice.since}
    facts = frozenset(fact for fact, wanted in asked.items() if wanted and has(fact))
    return Basis(likes.customers, tuple((platform, int(count)) for platform, count in lists), facts)


def rank(likes: Likes, choice: Choice | None = None) -> Ranking:
    """Rank the resources of these likes.

    By overlap, ties by more subscribers (unknown after known), then by key; equal overlap and size share a number.

    Raises:
        InputError: An address given as own or excluded names no resource.

    """
    choice = choice or Choice()
    engine = likes.engine
    absent = _set_aside(likes, choice)
    _note_topics(likes, choice.topic)
    engine.run(f"create or replace table judged as {QUERY.read_text('utf-8')}", bound_values(choice), doing="ranking")
    shown = "(select * from judged where hidden_by is null)"
    if choice.top:
        engine.run(f"create or replace table shown as from {shown} order by rank, resource limit {choice.top:d}")
        shown = "shown"
    table = with_addresses(engine, shown)
    undated = aged = 0
    if (since := choice.since_utc) is not None:
        undated, aged = engine.rows(
            "select count(*) filter (followed_at is null), count(*) filter (followed_at < ?) "
            f"from {likes.likes.relation}",
            [since],
        )[0]
    places, once, unknown = engine.rows(
        f"select (select count(*) from {RANKING.name}), (select count(*) from judged where overlap = 1), "
        f"(select count(*) from {RANKING.name} where subscribers is null)"
    )[0]
    return Ranking(
        table=table,
        hidden=hidden_in(engine),
        absent=absent,
        places=int(places),
        followed_once=int(once),
        unknown=int(unknown),
        undated=undated,
        aged=aged,
    )


def bound_values(choice: Choice) -> dict[str, Any]:
    """Return the values that ``rank.sql`` asks for, by name.

    Example:
        >>> bound_values(Choice(platforms=("vk", "telegram")))["platforms"]
        ',vk,telegram,'

    """
    return {
        "since": choice.since_utc,
        "platforms": f",{','.join(choice.platforms)}," if choice.platforms else "",
        "min_subscribers": choice.min_subscribers,
        "unknown_size": choice.unknown_size,
        "accepts_posts": choice.accepts_posts,
        "topic": choice.topic.strip(),
        "min_overlap": choice.fewest,
        "by": choice.by,
    }


def with_addresses(engine: Engine, shown: str) -> Table:
    """Return the table of the ranking, made of judged places and their public addresses.

    Args:
        engine: Where the table is made; it holds ``resources`` (resource, address_key).
        shown: The relation of the judged places to list.

    """
    names = ", ".join(f"j.{name}" if name != "url" else f"{_addresses(engine, shown)} as url" for name in RANKING.names)
    engine.run(
        f"create or replace table {RANKING.name} as select {names} from {shown} j left join urls u using (resource)"
    )
    return Table(engine, RANKING.name, RANKING, "rank, resource")


def _set_aside(likes: Likes, choice: Choice) -> int:
    """Note the resources that are out by name; return how many of them nobody follows."""
    found: dict[int, str] = {}
    absent = 0
    for reason, addresses in (("own", choice.own), ("exclude", choice.exclude)):
        for address in addresses:
            resource_id = find_resource(likes, address)
            if resource_id is None:
                absent += 1
            else:
                found.setdefault(resource_id, reason)
    likes.engine.run("create or replace table set_aside (resource_id integer, reason varchar)")
    likes.engine.append("set_aside", [list(found), list(found.values())])
    return absent


def _note_topics(likes: Likes, topic: str) -> None:
    """Note which of the topics contain a text, as people compare letters."""
    likes.engine.run("create or replace table on_topic (topic varchar)")
    if topic.strip():
        topics = likes.engine.rows(f"select distinct topic from {likes.resources.relation} where topic is not null")
        likes.engine.append("on_topic", [topics_with(topic, (text for (text,) in topics))])


def topics_with(topic: str, topics: Iterable[str]) -> list[str]:
    """Return those of the topics that contain a text, as people compare letters.

    Example:
        >>> topics_with("smm", ["SMM in Riga", "cats"])
        ['SMM in Riga']

    """
    wanted = _compared(topic)
    return [text for text in topics if wanted in _compared(text)]


def _compared(text: str) -> str:
    """Return a text without what people do not see or type the same: case, ways to write an accent."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def _addresses(engine: Engine, shown: str) -> str:
    """Return the expression of the public address of a resource ``j``.

    Handles that are not plain have it from ``urls`` ``u``, the table that is made here.
    """
    plain = ""
    if engine.rows(f"select count(*) > {MANY} from {shown}")[0][0]:
        plain = " ".join(_plain_addresses(engine, shown))
    others = f"where not ({IS_PLAIN})" if plain else ""
    engine.run("create or replace table urls (resource varchar, url varchar)")
    for batch in engine.batches(
        f"select j.resource, coalesce(address_key, j.resource) from {shown} j join resources using (resource) {others}"
    ):
        keys, addressed = zip(*batch, strict=True)
        engine.append("urls", [keys, [url_of(key) for key in addressed]])
    return f"case when {IS_PLAIN} then case j.platform {plain} end else u.url end" if plain else "u.url"


def _plain_addresses(engine: Engine, shown: str) -> Iterator[str]:
    """Yield for each platform the address of its plain handles, which differ from one another in the handle only."""
    for (platform,) in engine.rows(f"select distinct j.platform from {shown} j where {IS_PLAIN} order by all"):
        before, found, after = (url_of(f"{platform}:{SPECIMEN}") or "").partition(SPECIMEN)
        if found:
            handle = f"substr(j.resource, {len(platform) + 2})"
            yield f"when {literal(platform)} then {literal(before)} || {handle} || {literal(after)}"


def hidden_in(engine: Rows) -> tuple[Hidden, ...]:
    """Count what each filter hid, and pick the best of it.

    Args:
        engine: Where the table ``judged`` lies, of ``rank.sql``.

    """
    names = ("hidden_by", "resources", "platform", "name", "resource", "overlap", "listed", "subscribers")
    rows = engine.rows(
        "select hidden_by, resources, platform, name, resource, overlap, listed, subscribers from ("
        "select *, count(*) over (partition by hidden_by) as resources, "
        "row_number() over (partition by hidden_by "
        "order by overlap desc, subscribers desc nulls last, resource) as place "
        "from judged where hidden_by is not null) where place = 1"
    )
    best = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return tuple(Hidden(by, int(best[by]["resources"]), best[by]) for by in HIDDEN_BY if by in best)


def way_to_see(hidden: Hidden) -> tuple[str, str]:
    """Return the field of a choice and its value that show the best of what a filter hid; empty where it was the wish.

    Example:
        >>> way_to_see(Hidden("size", 2, {"subscribers": 3900}))
        ('min_subscribers', '3000')

    """
    best = hidden.best
    return {
        "platform": ("platforms", best.get("platform", "")),
        "size": ("min_subscribers", str(_rounded_down(best.get("subscribers")))),
        "unknown size": ("unknown_size", "keep"),
        "accepts posts": ("accepts_posts", "any"),
        "overlap": ("min_overlap", str(best.get("overlap", ""))),
    }.get(hidden.by, ("", ""))


def _rounded_down(number: int | None) -> int:
    """Return a number with its first digit only: 3900 -> 3000."""
    digits = str(number or 0)
    return int(digits[0] + "0" * (len(digits) - 1))


def who(likes: Likes, address: str) -> list[str]:
    """Return the customers who follow a resource, sorted.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    resource_id = find_resource(likes, address)
    rows = likes.engine.rows(
        f"select customer from {likes.likes.relation} where resource_id = ? order by customer", [resource_id]
    )
    return [customer for (customer,) in rows]


def moment(text: str, today: date) -> datetime:
    """Return the moment that ``2y``, ``6m``, ``4w``, ``90d`` before today, or a date, means; in UTC.

    Raises:
        OptionError: It is neither.

    Example:
        >>> moment("2y", date(2026, 11, 22)).isoformat(), moment("2025-01-31", date(2026, 11, 22)).isoformat()
        ('2024-11-22T00:00:00+00:00', '2025-01-31T00:00:00+00:00')

    """
    ago = re.fullmatch(r"(\d{1,4})\s*([ymwd])", text.strip().lower())
    try:
        day = _before(today, int(ago[1]), ago[2]) if ago else _day(text.strip())
    except (ValueError, OverflowError) as err:
        raise OptionError(
            "--since: neither a span nor a date",
            hint="write 2y, 6m, 4w or 90d, or a date like 2025-01-31 or 31.01.2025",
        ) from err
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _day(text: str) -> date:
    """Return the day that ``2025-01-31`` or ``31.01.2025`` means."""
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return date(int(dotted[3]), int(dotted[2]), int(dotted[1])) if dotted else date.fromisoformat(text)


def _before(today: date, count: int, unit: str) -> date:
    """Return the day that lies a span before today; the last of the month where the month is shorter."""
    if unit in "wd":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(today.day, last.day))
