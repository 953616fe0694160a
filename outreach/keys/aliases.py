"""Which keys are one resource.

An alias says that two keys are one thing. Aliases are closed transitively; the representative of a group is its
immutable id, else a handle, else a name. An alias that would put two immutable ids of one platform into one group is
a conflict: ids are never reassigned, so one of the rows that said so is wrong. It is not followed, and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.keys import platform_of, strength, url_of

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

    def addressed(self) -> dict[str, str]:
        """Return representative to the best other key that has a public address, for those that have none themselves.

        Example:
            >>> close([Alias("telegram:smm", "telegram:id/7", "API")]).addressed()
            {'telegram:id/7': 'telegram:smm'}

        """
        found: dict[str, str] = {}
        for key in sorted(self.same_as, key=lambda key: (strength(key), key)):
            resource = self.same_as[key]
            if resource not in found and url_of(resource) is None and url_of(key) is not None:
                found[resource] = key
        return found


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
    groups: dict[str, _Group] = {}
    conflicts: list[Alias] = []
    for alias in ordered:
        one, other = (groups.setdefault(key, _Group.of(key)) for key in alias[:2])
        if one is other:
            continue
        if any(other.ids.get(platform, key) != key for platform, key in one.ids.items()):
            conflicts.append(alias)
            continue
        larger, smaller = (one, other) if len(one.keys) >= len(other.keys) else (other, one)
        larger.keys += smaller.keys
        larger.ids.update(smaller.ids)
        groups.update((key, larger) for key in smaller.keys)
    distinct = {id(group): group for group in groups.values()}
    best = {at: min(group.keys, key=lambda key: (strength(key), key)) for at, group in distinct.items()}
    same_as = {key: best[id(group)] for key, group in sorted(groups.items()) if best[id(group)] != key}
    return Closure(same_as, tuple(conflicts))


@dataclass(slots=True)
class _Group:
    """Keys of one resource, and the immutable id among them on each platform."""

    keys: list[str]
    ids: dict[str, str]

    @classmethod
    def of(cls, key: str) -> _Group:
        """Return the group of a single key."""
        return cls([key], {platform_of(key): key} if strength(key) == 0 else {})
