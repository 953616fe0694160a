"""Which placements a person means by a name: nobody should need a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from urllib.parse import unquote

from outreach.keys import identify
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.campaign.ledger.placement import Placement

__all__ = ["HasName", "Names", "matching"]

LINKS: Final = ("final_url", "short_url", "post_url", "utm_content", "promo")


class HasName(Protocol):
    """What is found by the name of its place: a placement, or a place of the address book."""

    @property
    def resource(self) -> str:
        """Key of the place."""

    @property
    def platform(self) -> str:
        """Of the key."""

    @property
    def name(self) -> str | None:
        """What the place is called."""


Named = TypeVar("Named", bound=HasName)


def matching(placements: Sequence[Named], name: str, narrowed: Mapping[str, str | int | None]) -> list[Named]:
    """Return the placements, or other things of places, of which the resource or the link is called so.

    A key or an address counts before a link, a link before a whole name, a whole name before a part of one; so a
    short name can be given although it is a part of a longer one.

    Args:
        placements: To choose from.
        name: As a person wrote it.
        narrowed: Columns with the values that they must have; None is any.

    Example:
        >>> from outreach.campaign.ledger.placement import Placement
        >>> places = ["telegram:smm_riga", "telegram:smm_riga_jobs", "vk:smm"]
        >>> all = [Placement(campaign="s", resource=key, final_url="https://x.example") for key in places]
        >>> [placement.resource for placement in matching(all, "SMM_Riga", {})]
        ['telegram:smm_riga']
        >>> [placement.resource for placement in matching(all, "riga", {})]
        ['telegram:smm_riga', 'telegram:smm_riga_jobs']

    """
    wanted = {column: value for column, value in narrowed.items() if value is not None}
    some = [one for one in placements if all(getattr(one, column) == value for column, value in wanted.items())]
    text = " ".join(name.split())
    for meant in _ways(text, {one.platform for one in some}):
        if found := [one for one in some if meant(one)]:
            return found
    return []


class Names:
    """Finds placements by names as :func:`matching` does, for many names.

    Args:
        placements: Of a ledger.

    Example:
        >>> from outreach.campaign.ledger.placement import Placement
        >>> ours = Placement(campaign="s", resource="telegram:smm_riga", platform="telegram", final_url="https://x.example")
        >>> names = Names([ours])
        >>> names.find("SMM Riga") == names.find("riga", "telegram") == [ours], names.find("riga", "vk")
        (True, [])

    """

    def __init__(self, placements: Sequence[Placement]) -> None:
        self._platforms: Final = sorted({one.platform for one in placements if one.platform})
        self._by_key: Final[dict[str, list[Placement]]] = {}
        self._by_name: Final[dict[str, list[Placement]]] = {}
        for one in placements:
            self._by_key.setdefault(one.resource, []).append(one)
            for name in dict.fromkeys(_names(one)):
                self._by_name.setdefault(name, []).append(one)

    def find(self, name: str, platform: str = "") -> list[Placement]:
        """Return the placements of a platform (or of any) that a person means: a key, a whole name, a part of one."""
        called = fold_header(name)
        if not called:
            return []
        keys = [identify(name, one).key for one in ([platform] if platform else self._platforms)]
        ways = (
            (one for key in dict.fromkeys(keys) if key for one in self._by_key.get(key, ())),
            iter(self._by_name.get(called, ())),
            (one for known, some in self._by_name.items() if called in known for one in some),
        )
        for way in ways:
            if found := [one for one in dict.fromkeys(way) if platform in {"", one.platform}]:
                return found
        return []


def _ways(text: str, platforms: set[str]) -> list[Callable[[HasName], bool]]:
    """Return the ways in which a text can mean a placement, the surest first."""
    called = fold_header(text)
    keys = {identify(text).key} | {identify(text, platform).key for platform in platforms}
    if not called:
        return []
    return [
        lambda one: one.resource in keys or identify(one.resource).key in keys,  # of a ledger that may not be changed
        lambda one: any(text == getattr(one, column, None) for column in LINKS),
        lambda one: called in _names(one),
        lambda one: any(called in name for name in _names(one)),
    ]


def _names(placement: HasName) -> tuple[str, ...]:
    """Return what a place is called, without case, accents and signs: ``smm riga`` is ``smm_riga``."""
    rest = unquote(placement.resource.partition(":")[2])
    return fold_header(rest), fold_header(rest.removeprefix("name/")), fold_header(placement.name or "")
