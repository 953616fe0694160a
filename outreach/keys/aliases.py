"""Which keys are one resource.

An alias says that two keys are one thing. Aliases are closed transitively; the representative of a group is its
immutable id, else a handle, else a name. An alias that would put two immutable ids of one platform into one group is
a conflict: ids are never reassigned, so one of the rows that said so is wrong. It is not followed, and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.keys import platform_of, strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WHY", "Alias", "Closure", "close"]

WHY: Final = ("by hand", "same row", "API", "name")
"""Where an alias comes from, the most trusted first."""


class Alias(NamedTuple):
    """Two keys of one resource."""

    key: str
    same_as: str
    why: str


@dataclass(frozen=True, slots=True)
class Closure:
    """What the aliases say together.

    Args:
        same_as: Key to representative, for every key that is not its own.
        conflicts: Aliases that were not followed.

    """

    same_as: Mapping[str, str]
    conflicts: tuple[Alias, ...]


def close(aliases: Iterable[Alias]) -> Closure:
    """Close aliases transitively, the most trusted first; the order in which they come does not matter.

    Example:
        >>> close([Alias("vk:smm", "vk:club1", "same row"), Alias("vk:smm", "vk:smm_riga", "by hand")]).same_as
        {'vk:smm': 'vk:club1', 'vk:smm_riga': 'vk:club1'}
        >>> close([Alias("vk:smm", "vk:club1", "same row"), Alias("vk:smm", "vk:club2", "same row")]).conflicts
        (Alias(key='vk:smm', same_as='vk:club2', why='same row'),)

    """
    ordered = sorted(
        {Alias(max(a.key, a.same_as), min(a.key, a.same_as), a.why) for a in aliases if a.key != a.same_as},
        key=lambda a: (WHY.index(a.why), a.key, a.same_as),
    )
    if not ordered:
        return Closure({}, ())
    from networkx.utils import UnionFind

    groups: UnionFind[str] = UnionFind()
    ids: dict[str, dict[str, str]] = {}  # root of a group to platform to immutable id
    conflicts: list[Alias] = []
    for alias in ordered:
        one, other = groups[alias.key], groups[alias.same_as]
        known = _ids(ids, one) | _ids(ids, other)
        if any(known[platform] != key for platform, key in _ids(ids, one).items()):
            conflicts.append(alias)
            continue
        groups.union(one, other)
        ids[groups[one]] = known
    same_as: dict[str, str] = {}
    for group in groups.to_sets():
        best = min(group, key=lambda key: (strength(key), key))
        same_as.update((key, best) for key in sorted(group) if key != best)
    return Closure(dict(sorted(same_as.items())), tuple(conflicts))


def _ids(ids: Mapping[str, dict[str, str]], root: str) -> dict[str, str]:
    """Return the immutable ids in a group, by platform."""
    return ids.get(root) or ({platform_of(root): root} if strength(root) == 0 else {})
