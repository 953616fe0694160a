"""Which placements a person means by a name: nobody should need a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.keys import identify
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.store.placement import Placement

__all__ = ["matching"]

LINKS: Final = ("final_url", "short_url", "post_url", "utm_content", "promo")


def matching(placements: Sequence[Placement], name: str, narrowed: Mapping[str, str | int | None]) -> list[Placement]:
    """Return the placements of which the resource or the link is called so.

    A key or an address counts before a link, a link before a whole name, a whole name before a part of one; so a
    short name can be given although it is a part of a longer one.

    Args:
        placements: To choose from.
        name: As a person wrote it.
        narrowed: Columns with the values that they must have; None is any.

    Example:
        >>> from outreach.store.placement import Placement
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


def _ways(text: str, platforms: set[str]) -> list[Callable[[Placement], bool]]:
    """Return the ways in which a text can mean a placement, the surest first."""
    called = fold_header(text)
    keys = {identify(text).key} | {identify(text, platform).key for platform in platforms}
    if not called:
        return []
    return [
        lambda one: one.resource in keys,
        lambda one: any(text == getattr(one, column) for column in LINKS),
        lambda one: called in _names(one),
        lambda one: any(called in name for name in _names(one)),
    ]


def _names(placement: Placement) -> tuple[str, ...]:
    """Return what a place is called, without case, accents and signs: ``smm riga`` is ``smm_riga``."""
    rest = unquote(placement.resource.partition(":")[2])
    return fold_header(rest), fold_header(rest.removeprefix("name/")), fold_header(placement.name or "")
