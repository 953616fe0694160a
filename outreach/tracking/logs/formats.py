"""How a line of a log tells a request: what servers write by default, as queries for the engine.

A format's query reads the table ``log_lines`` (number, line) and gives one row a request:

number, vhost, address, second, forwarded (see ``clients``), local (clock of the log), zone (``+0300``), method, target,
status, referrer, agent.

Where ``local`` or ``status`` is missing the line could not be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.tracking.logs.clients import ADDRESS, addresses, public_first

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CLOCK", "QUOTED", "REQUEST", "STAMP", "Format", "classic", "sample"]

SAMPLE_LINES: Final = 200
CLOCK: Final = "'%d/%b/%Y:%H:%M:%S'"

QUOTED: Final = r'(?:[^"\\]|\\.)*'  # Apache escapes a quote as \", nginx as \x22
# Each has at most four groups and only one way to match: then RE2 needs a single pass.
WHOLE: Final = rf'^([^\[]*)\[([^\]]*)\] "({QUOTED})" (.*)$'
REQUEST: Final = r"^([A-Za-z]+) ([^ ]+)"
REST: Final = rf'^([0-9]{{3}}) [^"]*(?:"({QUOTED})" "({QUOTED})")?(.*)$'
WHOLE_PARTS: Final = "['who', 'stamp', 'request', 'rest']"
REGULAR: Final = r"""
    coalesce(
        not contains(line, '\"') and ends_with(cells[1], '] ')
        and (len(cells) = 3 or (len(cells) >= 7 and len(cells) % 2 = 1 and cells[5] = ' ')),
        false
    )"""
STAMP: Final = r"[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}"
BEHIND: Final = rf'^(.*?)\[({STAMP}[^\]]*)\] "({QUOTED})" (.*)$'
"""A line with anything before its request: what syslog, Docker and the like put there has brackets of its own."""


@dataclass(frozen=True, slots=True)
class Format:
    """How the lines of a log are to be read.

    Args:
        name: For messages.
        query: See above.
        reason: Code of why a line of such a log cannot be read.
        methods: Whether it tells methods; where not, HEAD cannot be told from GET.
        agents: Whether it tells user agents; where not, crawlers cannot be told from people.

    """

    name: str
    query: str
    reason: str = "no-log-line"
    methods: bool = True
    agents: bool = True


def sample(beginning: str) -> list[str]:
    r"""Return the first lines of a log that are not blank; the last of a long beginning may be cut off and is left out.

    Example:
        >>> sample("a\n\nb\n")
        ['a', 'b']

    """
    lines = beginning.split("\n")
    whole = lines[:-1] if len(lines) > 1 else lines
    return [line.rstrip("\r") for line in whole if line.strip()][:SAMPLE_LINES]


def classic(lines: Sequence[str]) -> Format | None:
    """Tell which of the Common and Combined formats lines are in, with or without the site's name before; or None.

    Example:
        >>> line = '203.0.113.7 - - [12/May/2026:10:00:00 +0300] "GET / HTTP/1.1" 200 5'
        >>> classic([line]).name, classic([f'{line} "-" "Firefox"']).name, classic([f"example.com {line}"]).name
        ('common', 'combined', 'common with the site')

    """
    requests = [line for line in lines if not line.startswith("#")]
    found = [match for line in requests if (match := re.match(BEHIND, line))]
    if not found or 2 * len(found) < len(requests):
        return None
    site = 2 * sum(_site_first(match[1].split()) for match in found) > len(found)
    agents = any(rest[3] is not None for match in found if (rest := re.match(REST, match[4])))
    plain = all(_plain(match[1], site=site) for match in found)
    name = ("combined" if agents else "common") + (" with the site" if site else "")
    return Format(name, _query(site=site, agents=agents, plain=plain), agents=agents)


def _site_first(words: Sequence[str]) -> bool:
    return len(words) >= 4 and _is_address(words[1].rstrip(",")) and not _is_address(words[0].strip('",'))


def _plain(who: str, *, site: bool) -> bool:
    """Tell whether nothing stands before the address, and no other one beside it."""
    words = who.split()
    there = len(re.findall(ADDRESS, who))
    return "[" not in who and (there == 0 or (there == 1 and _is_address(words[min(site, len(words) - 1)])))


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _query(*, site: bool, agents: bool, plain: bool) -> str:
    """Return the query; lines are cut at their quotes where that is safe, which takes a quarter of the time."""
    first, second = "split_part(who, ' ', 1)", "split_part(who, ' ', 2)"
    vhost, address = (first, second) if site else ("''", first)
    other = "null::varchar"
    if not plain:
        there = addresses("who")
        address, other = f"coalesce({there}[1], {address})", f"{there}[2]"
    return f"""
        select
            number, {vhost} as vhost, {address} as address, {other} as second,
            if(length(behind) < 7, null, {public_first("behind")}) as forwarded,
            try_strptime(left(stamp, 20), {CLOCK}) as local,
            substr(stamp, 22, 5) as zone, asked[1] as method, coalesce(asked[2], '') as target,
            try_cast(status as smallint) as status, {"referrer" if agents else "null"} as referrer,
            {"agent" if agents else "null"} as agent
        from (
            select
                number, if(regular, heads[1], f.who) as who, if(regular, heads[2], f.stamp) as stamp,
                string_split(if(regular, cells[2], f.request), ' ') as asked,
                if(regular, split_part(cells[3], ' ', 2), r.status) as status,
                if(regular, cells[4], r.referrer) as referrer,
                if(regular, coalesce(cells[6], ''), r.agent) as agent,
                case
                    when not regular then r.behind
                    when len(cells) > 7 then array_to_string(cells[7:], '"')
                    else coalesce(cells[7], '') end as behind
            from ({_parts(plain=plain)})
        )"""


def _parts(*, plain: bool) -> str:
    """Return a query that cuts a line at its quotes; what does not look regular then is parsed, sign by sign."""
    whole = literal(WHOLE if plain else BEHIND)
    rest = f"regexp_extract(f.rest, {literal(REST)}, ['status', 'referrer', 'agent', 'behind'])"
    return f"""
        select *, if(regular, null, {rest}) as r from (
            select
                *, if(regular, null, regexp_extract(line, {whole}, {WHOLE_PARTS})) as f,
                if(regular, string_split(cells[1], '['), null) as heads
            from (
                select *, {REGULAR if plain else "false"} as regular from (
                    select number, line, string_split(line, '"') as cells from log_lines
                    where not starts_with(line, '#')
                )
            )
        )"""
