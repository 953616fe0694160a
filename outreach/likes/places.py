"""Third step: aliases are followed, and every address leads to its resource."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.engine import literal
from outreach.keys import is_name, name_key, platform_of
from outreach.keys.aliases import Alias, close
from outreach.likes.addresses import HEADER_AGAIN
from outreach.likes.executors import ADDRESSES, TARGETS
from outreach.messages import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.engine import Engine
    from outreach.likes.identify import Identified

__all__ = ["Places", "place"]

NOWHERE: Final = 0
MOST_COMPARED: Final = 20_000
FEWEST_LETTERS: Final = 6
"""Shorter words spell by chance what is another place."""


@dataclass(frozen=True, slots=True)
class Places:
    """What addresses lead to, in three tables.

    ``placed`` (address_id, key, platform of the key, resource, resource_id, target): of addresses with a key.
    ``addressed`` (resource, address_key): another key with a public address, where the resource's own has none.
    ``TARGETS``: of all addresses. Targets are numbers of resources, but where one resource is followed on several
    platforms; then a target is a resource on a platform. Below 0 they are places in ``empty_platforms``.

    Args:
        same_as: Key to the key of its resource, where that is another one.
        conflicts: Aliases that cannot be.
        strangers: Number of handles without a platform.
        unsure: Names without an address that several addresses bear.
        alike: A name without an address and an address that spells it: they may be one resource.
        across: Whether any resource is followed on several platforms.
        empty_platforms: Platforms of empty lists; the first is target -1.

    """

    same_as: Mapping[str, str]
    conflicts: tuple[Alias, ...]
    strangers: int
    unsure: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]
    across: bool
    empty_platforms: tuple[str, ...]


def place(engine: Engine, identified: Identified, by_hand: Iterable[Alias]) -> Places:
    """Close the aliases and lead every address to its resource.

    Args:
        engine: Where the tables are made.
        identified: The addresses with their keys.
        by_hand: Aliases that the user wrote.

    """
    addresses = identified.addresses
    aliases = [*by_hand, *addresses.aliases]
    names = engine.rows(
        "select i.key, bool_or(a.resource is distinct from i.key) from identified i "
        f"join {ADDRESSES.name} a using (address_id) where i.key like '%:name/%' group by i.key"
    )
    wanted = {key for key, by_name in names if by_name and is_name(key) and platform_of(key) != "other"}
    bearers = _bearers(engine, wanted, close(aliases).same_as)
    closure = close([*aliases, *(Alias(name, min(keys), "name") for name, keys in bearers.items() if len(keys) == 1)])
    addressed = closure.addressed()
    engine.run("create table addressed (resource varchar, address_key varchar)")
    engine.append("addressed", [list(addressed), list(addressed.values())])
    across = any(platform_of(key) != platform_of(other) for key, other in closure.same_as.items())
    _lead(engine, closure.same_as, across=across)
    return Places(
        same_as=closure.same_as,
        conflicts=tuple(sorted({*closure.conflicts, *addresses.conflicts})),
        strangers=sum(key.startswith("other:name/@") for key, _ in names),
        unsure=tuple(name for name, keys in bearers.items() if len(keys) > 1),
        alike=_alike(engine, [key for key, by_name in names if by_name and is_name(key)]),
        across=across,
        empty_platforms=_targets(engine),
    )


def _bearers(engine: Engine, wanted: set[str], same_as: Mapping[str, str]) -> dict[str, set[str]]:
    """Return for resources known by name only the resources with an address that bear the name, sorted by the name.

    Two pages may share a name: only where one bears it are they the same. A resource given by its key stays apart.
    """
    if not wanted:
        return {}
    listed = ", ".join(literal(platform) for platform in sorted({platform_of(key) for key in wanted}))
    rows = engine.rows(
        f"select distinct i.key, a.name from identified i join {ADDRESSES.name} a using (address_id) "
        f"where a.name is not null and split_part(i.key, ':', 1) in ({listed})"
    )
    bearers: dict[str, set[str]] = {}
    for key, name in rows:
        named = name_key(name, platform_of(key))
        if named in wanted and named is not None and not is_name(key):
            bearers.setdefault(named, set()).add(same_as.get(key, key))
    return dict(sorted(bearers.items()))


def _alike(engine: Engine, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the names without an address that an address of the same platform spells, where there are not too many.

    A name on no known platform may be spelled by an address of any.
    """
    if not 0 < len(names) <= MOST_COMPARED:
        return ()
    found = engine.rows(
        "select distinct key, resource, platform from placed where platform not in ('web', 'other') "
        f"and not contains(key, ':name/') limit {MOST_COMPARED + 1}"
    )
    if len(found) > MOST_COMPARED:
        return ()
    spelled: dict[tuple[str, str], str] = {}
    for key, resource, platform in sorted(found):
        letters = letters_of(key.rpartition("/" if "/" in key else ":")[2])
        if len(letters) >= FEWEST_LETTERS and not letters.isdecimal():
            for known in (platform, "other"):
                spelled.setdefault((known, letters), resource)
    listed = ", ".join(map(literal, names))
    apart = engine.rows(f"select distinct key from placed where key in ({listed}) and contains(resource, ':name/')")
    pairs = ((name, (platform_of(name), letters_of(name.partition("name/")[2]))) for (name,) in apart)
    return tuple(sorted((name, spelled[one]) for name, one in pairs if one in spelled))


def letters_of(text: str) -> str:
    """Return the letters and digits of a name or of an address, as addresses spell them.

    Example:
        >>> letters_of("purvciems%20online"), letters_of("Purvciems_Online"), letters_of("R%C4%ABga")
        ('purvciemsonline', 'purvciemsonline', 'riga')

    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", unquote(text)).lower()))


def _lead(engine: Engine, same_as: Mapping[str, str], *, across: bool) -> None:
    """Make the table ``placed``."""
    engine.run("create table merged (key varchar, same_as varchar)")
    engine.append("merged", [list(same_as), list(same_as.values())])
    target = "dense_rank() over (order by resource, platform)" if across else "resource_id"
    engine.run(
        f"create table placed as select *, ({target})::integer as target from (select i.address_id, i.key, "
        "split_part(i.key, ':', 1) as platform, coalesce(m.same_as, i.key) as resource, "
        "dense_rank() over (order by coalesce(m.same_as, i.key))::integer as resource_id "
        "from identified i left join merged m on m.key = i.key where i.key is not null)"
    )


def _targets(engine: Engine) -> tuple[str, ...]:
    """Make the table of targets; return the platforms of empty lists."""
    engine.run(
        f"create table {TARGETS.name} as select address_id, target from placed union all select address_id, {NOWHERE} "
        f"from identified where reason is not null and reason <> {literal(encoded(HEADER_AGAIN))}"
    )
    found = engine.rows("select address_id, empty_list from identified where empty_list is not null")
    platforms = sorted({platform for _, platform in found})
    numbers = [-1 - platforms.index(platform) for _, platform in found]
    engine.append(TARGETS.name, [[address for address, _ in found], numbers])
    return tuple(platforms)
