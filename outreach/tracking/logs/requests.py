"""The requests of logs as one table in the engine, each with what it is; addresses stay in the run's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.engine import driver, literal
from outreach.errors import InputError
from outreach.tracking.logs.clients import choose_clients
from outreach.tracking.logs.declared import declared_lines
from outreach.tracking.logs.formats import Format, classic, sample
from outreach.tracking.logs.lines import beginning, readable, scan
from outreach.tracking.logs.pages import ASSET, LINK, goal_pattern
from outreach.tracking.logs.structured import fields_lines, json_lines, w3c
from outreach.tracking.logs.wrapped import json_around, json_behind

if TYPE_CHECKING:
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.source import Source

__all__ = ["FEW", "Log", "create", "format_of", "load", "offsets"]

FORMATS: Final = (
    "Common or Combined (also after the site's name or a prefix of syslog or Docker), Nginx Proxy Manager, W3C, "
    "Bunny CDN, S3, Elastic Load Balancing, "
    "JSON of nginx, Caddy, Traefik or Cloudflare"
)
FEW: Final = 1000  # rejected lines that are told one by one

CREATE: Final = """
create or replace temp table log_requests (
    log smallint,  -- which of the logs
    what varchar,  -- page, goal (no page, but the goal), or why it does not count
    goal boolean, day date, moment bigint, zone varchar, vhost varchar, address varchar, second varchar,
    forwarded varchar, agent varchar, link varchar, referrer varchar
)"""
# Trimming a line takes longer than reading it, and nearly all begin with a sign that is no blank.
FILLED: Final = "(line between '!' and '\x7f' or trim(line) <> '')"
READ: Final = """
    local is not null and year(local) between 1995 and 2100 and status is not null and target is not null
    and address <> ''"""


@dataclass(frozen=True, slots=True)
class Log:
    """One log that was read.

    Args:
        label: What messages call it.
        format: How its lines were read.
        requests: Lines that tell a request.
        unreadable: Lines that do not.
        lines: Numbers of the first of those.

    """

    label: str
    format: Format
    requests: int
    unreadable: int
    lines: tuple[int, ...]


def format_of(text: str) -> Format | None:
    r"""Tell the format of a log by the beginning of its text; None where it is no log.

    Example:
        >>> format_of("Source,Visits\\nvk,12\n") is None
        True

    """
    lines = sample(text)
    if not lines:
        return None
    if lines[0].startswith("{"):
        return json_lines(lines) or json_around(lines)
    return w3c(lines) or classic(lines) or declared_lines(lines) or json_behind(lines)


def create(engine: Engine) -> None:
    """Make the empty table ``log_requests``."""
    engine.run(CREATE)


def load(source: Source, engine: Engine, goal_path: str = "") -> Log:
    """Add the requests of a log to the table.

    Raises:
        InputError: It is no log, or most of it is none.

    """
    form = format_of(beginning(source))
    if form is None:
        raise InputError(f"{source.label}: not a known access log", hint=f"known forms: {FORMATS}")
    path = readable(source, engine.folder)
    try:
        return _load(source.label, path, form, engine, goal_path)
    except driver().Error as err:  # its text holds the line
        name = type(err).__name__
        raise InputError(
            f"{source.label}: this log cannot be read ({name})", hint="check that the file is complete"
        ) from None


def _load(label: str, path: Path, form: Format, engine: Engine, goal_path: str) -> Log:
    _lines(engine, path, numbered=False)
    if form.name == "W3C" and engine.rows(fields_lines())[0][0] > 1:
        raise InputError(
            f"{label}: the fields change within this log", hint="cut the file before each new #Fields: line"
        )
    before = _counted(engine)
    ((number,),) = engine.rows("select coalesce(max(log), 0) + 1 from log_requests")
    engine.run(f"insert into log_requests {_classified(form, goal_path, number)}", doing=f"Reading {label}")
    requests, unreadable = (now - then for now, then in zip(_counted(engine), before, strict=True))
    lines = _unreadable(engine, path, form) if unreadable else ()
    if unreadable > requests:
        raise InputError(
            f"{label}, line {lines[0]}: most lines differ from the form of the first lines",
            hint=f"known forms: {FORMATS}",
        )
    engine.run("delete from log_requests where what = 'unreadable'")
    choose_clients(engine, number)
    return Log(label, form, requests, unreadable, lines)


def _lines(engine: Engine, path: Path, *, numbered: bool) -> None:
    query = scan(path, numbered=numbered)
    engine.run(f"create or replace temp view log_lines as select * from ({query}) where {FILLED}")


def _counted(engine: Engine) -> tuple[int, int]:
    query = "select count(*) filter (what <> 'unreadable'), count(*) filter (what = 'unreadable') from log_requests"
    ((requests, unreadable),) = engine.rows(query)
    return requests, unreadable


def _unreadable(engine: Engine, path: Path, form: Format) -> tuple[int, ...]:
    """Return the numbers of the first lines that are no requests; a second reading, in order."""
    with engine.in_order():
        _lines(engine, path, numbered=True)
        query = f"select number from ({form.query}) where not coalesce({READ}, false) order by number limit {FEW}"
        return tuple(number for (number,) in engine.rows(query))


def _classified(form: Format, goal_path: str, log: int) -> str:
    """Return the query for the requests of a log, each with what it is; of what does not count no more is kept."""
    goal = f"regexp_matches(target, {literal(goal_pattern(goal_path))})" if goal_path else "false"
    seconds = "(zone::int // 100 * 3600 + zone::int % 100 * 60)"
    return f"""
        select
            {log}, what, is_goal and what in ('page', 'goal') as goal, local::date as day,
            epoch(local)::bigint - if(zone <> '', {seconds}, 0) as moment, zone,
            if(what in ('page', 'goal'), vhost, null), if(what in ('page', 'goal'), address, null),
            if(what in ('page', 'goal'), nullif(second, ''), null),
            if(what in ('page', 'goal'), nullif(forwarded, ''), null),
            if(what in ('page', 'goal'), agent, null), link, if(link is not null, referrer, null)
        from (select *, {LINK} as link from (
            select * replace (if(regexp_full_match(zone, '[+-][0-9]{{4}}'), zone, '') as zone), {goal} as is_goal,
                case
                    when not coalesce({READ}, false) then 'unreadable'
                    when target = '' then if(status between 200 and 399, 'method', 'error')
                    when method = 'HEAD' then 'HEAD'
                    when status not between 200 and 399 then 'error'
                    when method = 'GET' and not regexp_matches(target, {literal(ASSET)}) then 'page'
                    when method in ('GET', 'POST') and is_goal then 'goal'
                    when method = 'GET' then 'asset'
                    else 'method'
                end as what
            from ({form.query})
        ))"""


def offsets(engine: Engine) -> tuple[str, ...]:
    """Return the offsets of the requests from UTC, the most frequent first."""
    query = "select zone from log_requests where zone <> '' group by zone order by count(*) desc, zone"
    return tuple(f"{zone[:3]}:{zone[3:]}" for (zone,) in engine.rows(query))
