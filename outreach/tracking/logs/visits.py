"""From requests to visits: a visit is (visitor, day, tags), a visitor is (address, user agent).

Visitors are told apart by a keyed hash, which is gone with the run like everything else here. Whoever came by two links
on one day visited by both; what only repeats a part of the link before it is none of its own (``partial``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final

from outreach.errors import OptionError
from outreach.tracking.base import Row, Tags
from outreach.tracking.logs.bots import PERSON, kind_of
from outreach.tracking.logs.pages import TAGS
from outreach.tracking.logs.partial import join_partial
from outreach.tracking.tags import is_mended, tags_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

    from outreach.engine import Engine

__all__ = ["Left", "days", "drop", "left_out", "mended", "prepare", "rows", "sites"]

EXCLUDED: Final = "excluded"
TABLES: Final = """
create or replace temp table log_agents (agent varchar, kind varchar);
create or replace temp table log_excluded (address varchar);
create or replace temp table log_tags (tags varchar, tag integer)"""

# A format without agents leaves them missing: then everybody is a person. Visitors live for one run, and the
# secret of their hashes too; MD5 makes a number, which is grouped twice as fast as the text or bytes of longer hashes.
JUDGED: Final = f"""
create or replace temp table log_judged as
select
    why, day, moment, tag, goal, what = 'page' as page, if(why = '{PERSON}', vhost, null) as vhost,
    if(why = '{PERSON}', md5_number(concat_ws('\n', $secret, address, agent)), null) as visitor, referrer
from (
    select r.*, t.tag, if(x.address is not null, '{EXCLUDED}', coalesce(a.kind, '{PERSON}')) as why
    from log_requests r
    left join log_agents a on a.agent = r.agent
    left join log_excluded x on x.address = r.address
    left join log_links l on l.link = r.link
    left join log_tags t on t.tags = l.tags
    where what in ('page', 'goal')
)"""
PEOPLE: Final = f"create or replace temp view log_people as select * from log_judged where why = '{PERSON}'"
LEFT_OUT: Final = f"""
select why, count(*) from log_judged where why <> '{PERSON}' group by why
union all select what, count(*) from log_requests where what not in ('page', 'goal') group by what
order by 1"""

# Each time the goal was reached belongs to the last link before it on that day, else to the last one of the day before,
# as a conversion of that day; a page with tags that is the goal, to its own.
REACHED: Final = """
create or replace temp table log_reached as
with seekers as (select * from log_people where visitor in (select visitor from log_people where goal)),
last_of_day as (select visitor, day, arg_max(tag, (moment, tag)) as tag from seekers where tag >= 0 group by 1, 2),
reached as (
    select distinct visitor, day, last_tag as tag from (
        select visitor, day, goal, last_value(tag ignore nulls) over (
            partition by visitor, day order by moment, goal, tag rows between unbounded preceding and current row
        ) as last_tag
        from seekers
    ) where goal
)
select distinct r.visitor, if(r.tag is null, coalesce(y.day, r.day), r.day) as day, coalesce(r.tag, y.tag) as tag
from reached r left join last_of_day y on r.tag is null and y.visitor = r.visitor and y.day = r.day - 1"""

# No tags on any page of the day; or the goal before any of them, so that nobody converts who did not visit.
UNTAGGED: Final = """
    select visitor, day from log_people group by visitor, day having count(tag) = 0
    union select visitor, day from log_reached where tag is null"""

COUNTED: Final = f"""
select day, tag, sum(visit)::bigint, sum(reached)::bigint from (
    select day, tag, 1 as visit, 0 as reached from (select distinct visitor, day, tag from log_people where tag >= 0)
    union all select day, null, 1, 0 from ({UNTAGGED})
    union all select day, tag, 0, 1 from log_reached
) group by day, tag order by day, tag nulls first"""


@dataclass(frozen=True, slots=True)
class Left:
    """How many requests were left out for one reason."""

    why: str
    requests: int


def prepare(engine: Engine, exclude: Sequence[str], *, goal: bool) -> tuple[Tags, ...]:
    """Tell people from programs and links from links, on distinct values; then make the table of people's requests.

    Returns:
        What the numbers of tags stand for.

    Raises:
        OptionError: An address to exclude is none.

    """
    for statement in TABLES.split(";"):
        engine.run(statement)
    agents = [agent for (agent,) in engine.rows("select distinct agent from log_requests where agent is not null")]
    engine.append("log_agents", [agents, [kind_of(agent) for agent in agents]])
    _exclude(engine, exclude)
    tags = _number(engine)
    engine.run(JUDGED, {"secret": os.urandom(32).hex()}, doing="Counting visits")
    engine.run(PEOPLE)
    join_partial(engine, tags)
    engine.run(REACHED if goal else "create or replace temp table log_reached as from log_people limit 0")
    return tags


def rows(engine: Engine, tags: Sequence[Tags], *, goal: bool) -> tuple[Row, ...]:
    """Return a row for each day and link, and one for the day's visits without a tag."""
    return tuple(
        Row(Tags() if tag is None else tags[tag], day, visits, reached if goal else None)
        for day, tag, visits, reached in engine.rows(COUNTED)
    )


def mended(engine: Engine) -> int:
    """Return how many requests were by links that were damaged on their way, and were read all the same."""
    texts = [text for (text,) in engine.rows("select distinct tags from log_links")]
    engine.run("create or replace temp table log_mended (tags varchar)")
    engine.append("log_mended", [[text for text in texts if is_mended(_sent(text))]])
    query = "select count(*) from log_requests join log_links using (link) where tags in (from log_mended)"
    ((requests,),) = engine.rows(query)
    return int(requests)


def left_out(engine: Engine) -> tuple[Left, ...]:
    """Return how many requests do not count, and why; each has one reason."""
    return tuple(Left(why, requests) for why, requests in engine.rows(LEFT_OUT))


def sites(engine: Engine) -> tuple[str, ...]:
    """Return the sites that people visited, as the log names them; ``www.`` and a port make no other site."""
    name = r"regexp_replace(lower(vhost), '^www\.|:[0-9]+$', '', 'g')"
    query = f"select distinct {name} as site from log_people where vhost not in ('', '-', '_') order by site"
    return tuple(site for (site,) in engine.rows(query))


def days(engine: Engine) -> tuple[date, date] | None:
    """Return the first and the last day of the logs, whoever came; None where they are empty."""
    ((first, last),) = engine.rows("select min(day), max(day) from log_requests")
    return None if first is None else (first, last)


def drop(engine: Engine) -> None:
    """Remove the tables; addresses are gone before the engine is."""
    for view in ("lines", "people"):
        engine.run(f"drop view if exists log_{view}")
    for table in ("requests", "agents", "excluded", "links", "tags", "judged", "joined", "mended", "reached"):
        engine.run(f"drop table if exists log_{table}")


def _number(engine: Engine) -> tuple[Tags, ...]:
    """Fill the table of links: the same number for the same tags, whatever else and in which order they stand."""
    links = "select distinct link from log_requests where link is not null"
    engine.run(f"create or replace temp table log_links as select link, {TAGS} as tags from ({links})")
    texts = [text for (text,) in engine.rows("select distinct tags from log_links")]
    found = {text: _tags(text) for text in texts}
    tags = sorted({one for one in found.values() if one != Tags()})
    numbers = {one: number for number, one in enumerate(tags)}
    used = [text for text in texts if found[text] in numbers]
    engine.append("log_tags", [used, [numbers[found[text]] for text in used]])
    return tuple(tags)


def _tags(link: str) -> Tags:
    return tags_in(_sent(link))._replace(start="")


def _sent(link: str) -> str:
    r"""Return an address with percent signs where nginx wrote ``\xC3``."""
    return link.replace("\\x", "%") if "\\x" in link else link


def _exclude(engine: Engine, exclude: Sequence[str]) -> None:
    if exclude:
        networks = [_network(text) for text in exclude]
        addresses = [text for (text,) in engine.rows("select distinct address from log_requests where what <> ''")]
        inside = [text for text in addresses if (one := _address(text)) and any(one in net for net in networks)]
        engine.append("log_excluded", [inside])


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError as err:
        raise OptionError(
            f"--exclude-ip {text}: not an address", hint="write it like 203.0.113.7 or 10.0.0.0/8"
        ) from err


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
