"""What places had before, so that drafting again gives each the text and the link that it has already."""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.campaign.ledger import Placement

__all__ = ["History", "turn"]

NOBODY: Final[Mapping[int, Sequence[Placement]]] = MappingProxyType({})


class History:
    """The placements of a ledger, by campaign and place.

    Args:
        known: All of them.
        again: Whether the next round begins: new links, and where there is one a text that the place has not had.
        by_hand: By number, what a placement was each time before a person changed it.

    """

    def __init__(
        self,
        known: Iterable[Placement] = (),
        *,
        again: bool = False,
        by_hand: Mapping[int, Sequence[Placement]] = NOBODY,
    ) -> None:
        self._again: Final = again
        self._by_hand: Final = by_hand
        self._placements: Final[dict[tuple[str, str], list[Placement]]] = {}
        self._last: Final[dict[str, Placement]] = {}
        for one in known:
            self._placements.setdefault((one.campaign, one.resource), []).append(one)
            self._last[one.resource] = max(self._last.get(one.resource, one), one, key=lambda two: two.id or 0)

    def round(self, campaign: str, resource: str) -> int:
        """Return which round of a campaign a place is in; 1 for a place that has nothing of it."""
        rounds = [one.round for one in self._placements.get((campaign, resource), ())]
        return max(rounds) + self._again if rounds else 1

    def last(self, resource: str) -> Placement | None:
        """Return the newest placement at a place, of whatever campaign."""
        return self._last.get(resource)

    def is_early(self, campaign: str, resource: str) -> bool:
        """Whether a new round begins at a place to which nothing of the last one was sent."""
        placed = self._placements.get((campaign, resource), ()) if self._again else ()
        last = max((one.round for one in placed), default=0)
        return bool(placed) and all(one.status == "drafted" for one in placed if one.round == last)

    def there(self, campaign: str, resource: str) -> dict[str, Placement]:
        """Return what a place has in this round, by variant."""
        now = self.round(campaign, resource)
        return {one.variant: one for one in self._placements.get((campaign, resource), ()) if one.round == now}

    def before(self, placement: Placement) -> Sequence[Placement]:
        """Return what a placement was each time before a person changed it by hand."""
        return self._by_hand.get(placement.id or 0, ())

    def variant(self, campaign: str, resource: str, names: Sequence[str]) -> str:
        """Return whose turn it is at a place: the variant that it has in this round, else that of the place itself.

        Args:
            campaign: Slug.
            resource: Key.
            names: Of the variants that there are.

        """
        there = {name: one for name, one in self.there(campaign, resource).items() if name in names}
        sent = [name for name, one in there.items() if one.status != "drafted"]
        had = {one.variant for one in self._placements.get((campaign, resource), ())}
        new = [name for name in names if name not in had] if self._again else []
        return turn(campaign, resource, sent or [*there] or new or names)


def turn(campaign: str, resource: str, names: Iterable[str]) -> str:
    """Return the variant that a place gets, the same on every machine and in every list.

    A variant that is added later takes over some places and leaves the others as they are: the highest hash wins.

    Example:
        >>> [turn("spring", f"vk:club{number}", "ab") for number in range(1, 7)]
        ['b', 'a', 'a', 'a', 'b', 'a']

    """
    return max(names, key=lambda name: sha256(f"{campaign}\0{resource}\0{name}".encode()).digest())
