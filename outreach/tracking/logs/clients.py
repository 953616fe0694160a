"""Whose address is the visitor's: a log behind a proxy writes the proxy's own, and the visitor's somewhere beside it.

A log's requests hold up to three: the first address before the time, the second there, and the first one behind the
user agent (``X-Forwarded-For``). Where they stand tells nothing; the one that differs from person to person does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.errors import InputError
from outreach.tracking.logs.bots import PERSON

if TYPE_CHECKING:
    from outreach.engine import Engine

__all__ = ["ADDRESS", "addresses", "choose_clients", "is_inside", "public_first", "refuse_one_for_all"]

OCTET: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[0-9]?[0-9])"
ADDRESS: Final = (
    rf"""(?:^|[\s,"'=\[(;])(?:::ffff:)?(({OCTET}\.){{3}}{OCTET}\b|(?:[0-9A-Fa-f]{{1,4}}:){{7}}[0-9A-Fa-f]{{1,4}}"""
    r"""|[0-9A-Fa-f:]*::[0-9A-Fa-f:]*)"""
)
"""An address as its first group: never the time of a day, nor the number of a version."""

INSIDE: Final = (
    r"(?i)^(?:-?$|unix:|0\.0\.0\.0$|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|169\.254\."
    r"|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)"
)
"""Of machines behind the same door: no visitor from outside has such an address."""

DIFFERENT: Final = """
    select address, second, forwarded, count(*) as n from log_requests
    where log = {} and what in ('page', 'goal') group by all"""
FEW: Final = 5
MANY: Final = 30
AGENTS: Final = 10
HINT: Final = (
    "let the server write the visitor's address; nginx: set_real_ip_from PROXY; real_ip_header X-Forwarded-For; "
    'Apache: RemoteIPHeader X-Forwarded-For (mod_remoteip), and %a in LogFormat; or add "$http_x_forwarded_for" to '
    'nginx\'s log_format, "%{X-Forwarded-For}i" to LogFormat'
)


def is_inside(address: str) -> str:
    """Return a condition: whether an address is one of the server's own network, or none."""
    return f"regexp_matches({address}, {literal(INSIDE)})"


def addresses(text: str) -> str:
    """Return an expression for the list of addresses in a text."""
    return f"regexp_extract_all({text}, {literal(ADDRESS)}, 1)"


def public_first(text: str) -> str:
    """Return an expression for the first address from outside in a text, else its first; missing where it has none."""
    found = addresses(text)
    return f"coalesce(list_filter({found}, lambda one: not {is_inside('one')})[1], {found}[1])"


@dataclass(frozen=True, slots=True)
class _Place:
    """What one place for an address holds in a log: how many, how many from outside, how many different ones."""

    filled: int
    outside: int
    different: int


def choose_clients(engine: Engine, log: int) -> None:
    """Put the visitors' addresses of a log into ``address``, wherever it has them.

    Args:
        engine: With the table of requests.
        log: Number of the log in it.

    """
    places = ("address", "coalesce(second, address)", "coalesce(forwarded, address)")
    columns = ", ".join(
        f"coalesce(sum(n) filter ({name} is not null), 0)::bigint, "
        f"coalesce(sum(n) filter (not {is_inside(name)}), 0)::bigint, count(distinct {whole})"
        for name, whole in zip(("address", "second", "forwarded"), places, strict=True)
    )
    query = f"select coalesce(sum(n), 0)::bigint, {columns} from ({DIFFERENT.format(log)})"
    (requests, *counts), *_ = engine.rows(query)
    first, second, behind = (_Place(*counts[at : at + 3]) for at in (0, 3, 6))
    chosen = places[0]
    if second.filled * 2 >= requests and _beats(second, first):
        first, chosen = second, places[1]
    if behind.filled and _forwards(behind, first, requests):
        chosen = f"coalesce(forwarded, {chosen})"
    elif first.outside < requests and behind.outside:
        chosen = f"if({is_inside(chosen)}, coalesce(forwarded, {chosen}), {chosen})"
    if chosen != places[0]:
        engine.run(f"update log_requests set address = {chosen} where log = {log}")


def _beats(other: _Place, first: _Place) -> bool:
    """Tell whether the second address is the visitor's: it differs more, or the first is never from outside."""
    return other.different > first.different or (other.outside > first.outside and other.different == first.different)


def _forwards(behind: _Place, first: _Place, requests: int) -> bool:
    """Tell whether what stands behind the agent is the visitor's address, and not that of the machine that answered."""
    usual = behind.filled * 2 >= requests and behind.outside * 2 >= behind.filled
    return behind.different > first.different or (usual and (behind.different > 1 or first.different == 1))


def refuse_one_for_all(engine: Engine, label: str) -> bool:
    """Refuse logs in which all visitors have one address; return whether most have.

    Raises:
        InputError: It is the address of a proxy, so that nothing tells people apart.

    """
    people = f"""
        log_requests r left join log_agents a on a.agent = r.agent
        where link is not null and coalesce(a.kind, '{PERSON}') = '{PERSON}'"""
    most = f"""
        select address, sum(n)::bigint, count(*) filter (agent is not null), sum(sum(n)) over ()::bigint
        from (select address, r.agent, count(*) as n from {people} group by all)
        group by 1 order by 2 desc, 1 limit 1"""
    for address, requests, agents, everybody in engine.rows(most):
        ((inside,),) = engine.rows(f"select {is_inside('?')}", [address])
        nearly = requests * 10 >= everybody * 9
        if nearly and ((inside and requests >= FEW) or (requests >= MANY and agents >= AGENTS)):
            raise InputError(
                f"{label}: all visitors have the one address of a proxy, so people cannot be distinguished", hint=HINT
            )
        return bool(requests >= MANY and requests * 2 > everybody and agents >= AGENTS)
    return False
