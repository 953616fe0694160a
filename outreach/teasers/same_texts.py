"""Which places get the same text: whoever follows several of them sees it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from outreach.messages import Message
    from outreach.teasers.brief import Brief, Variant
    from outreach.teasers.targets import Target

__all__ = ["Shared", "same_texts"]

Shared: TypeAlias = "Callable[[Sequence[str]], int]"
"""Tells how many customers follow more than one of some places, given by their keys."""

MOST_NAMED: Final = 5


def same_texts(given: Iterable[tuple[Brief, Variant, Target]], shared: Shared | None) -> Iterator[Message]:
    """Yield a message for each text that several places get.

    Args:
        given: For each draft the brief that holds there, the text and the place.
        shared: Counts who sees one twice, where the customers' lists are known; else a ranking tells how many do so
            at least.

    """
    groups: dict[Variant, list[tuple[Brief, Target]]] = {}
    for brief, variant, target in given:
        groups.setdefault(variant, []).append((brief, target))
    for variant, found in groups.items():
        if len(found) > 1:
            last, _ = found[-1]
            yield _describe(variant, [target for _, target in found], several=len(last.variants) > 1, shared=shared)


def _describe(variant: Variant, places: Sequence[Target], *, several: bool, shared: Shared | None) -> Message:
    shown = (*(one.resource for one in places[:MOST_NAMED]), *(["…"] if len(places) > MOST_NAMED else []))
    way = (
        message("another-variant", variant="a" if variant.name != "a" else "b", place=places[-1].resource)
        if several
        else message("texts-take-turns")
    )
    who = _exactly(shared([one.resource for one in places])) if shared else _at_least(_shared(places))
    if who is None:
        return message("same-text", places=len(places), variant=variant.name, shown=shown, way=way)
    return message("same-text-seen-twice", places=len(places), variant=variant.name, shown=shown, who=who, way=way)


def _exactly(count: int) -> Message:
    return message("follow-several", customers=count) if count else message("none-follows-several")


def _at_least(count: int) -> Message | None:
    return message("follow-several-at-least", customers=count) if count else None


def _shared(places: Sequence[Target]) -> int:
    """Return how many customers follow several of the places at least, as far as a ranking can tell.

    Where n places of one platform have more followers together than there are customers with a list from it, the
    others sit in several: each of them counts n times at most.

    Example:
        >>> from outreach.teasers.targets import Target
        >>> _shared([Target("vk:a", "vk", overlap=7, listed=9), Target("vk:b", "vk", overlap=5, listed=9)])
        3

    """
    platforms: dict[str, list[tuple[int, int]]] = {}
    for one in places:
        if one.overlap and one.listed:
            platforms.setdefault(one.platform, []).append((one.overlap, one.listed))
    return max((_in_several(counts) for counts in platforms.values() if len(counts) > 1), default=0)


def _in_several(counts: Sequence[tuple[int, int]]) -> int:
    beyond = sum(overlap for overlap, _ in counts) - max(listed for _, listed in counts)
    return max(0, -(-beyond // (len(counts) - 1)))
