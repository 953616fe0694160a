"""What a place gets for publishing, and who says so: the command line, the sheet, the ledger, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.messages import message
from outreach.sheet.price import price_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger import Placement
    from outreach.messages import Message
    from outreach.teasers.targets import Target

__all__ = ["NO_TERMS", "Agreed", "Terms", "agreed", "paid_by_price"]

NO_SUM: Final = message("price-no-sum")
PAID: Final = "paid"


@dataclass(frozen=True, slots=True)
class Terms:
    """What all places get for publishing; where it says nothing, the sheet may. Its currency is of sums without one."""

    deal: str | None = None
    cost: float | None = None
    currency: str | None = None


NO_TERMS: Final = Terms()


class Agreed(NamedTuple):
    """What one place gets, and what could not be understood of it."""

    deal: str
    cost: float | None
    currency: str | None
    doubts: tuple[Message, ...] = ()


def agreed(terms: Terms, target: Target, there: Placement | None = None, before: Sequence[Placement] = ()) -> Agreed:
    """Return what a place gets.

    What a person wrote into the ledger stays, until the sheet says something else than what he replaced. A price that
    is a sum means a paid post where the sheet names no deal.

    Args:
        terms: What all places get.
        target: The place, with what the sheet says of it.
        there: What the ledger has for it.
        before: What that was each time before a person changed it by hand.

    Example:
        >>> from outreach.teasers.targets import Target
        >>> agreed(Terms(), Target("vk:club7", "vk", deal="paid", price="1 500 ₽"))
        Agreed(deal='paid', cost=1500.0, currency='RUB', doubts=())

    """
    deal = terms.deal or (PAID if paid_by_price(target, there, before) else _deal(target.deal, there, before))
    if terms.cost is not None:
        return Agreed(deal, terms.cost, terms.currency)
    if terms.deal == "free" and has_price(target):
        return Agreed(deal, 0.0, None)  # so that the price of the sheet does not make it paid the next time
    kept = (there.cost, there.currency) if there else (None, None)
    if deal != PAID or not target.price:
        return Agreed(deal, *kept)
    found = price_in(target.price)
    if found is None:
        return Agreed(deal, *kept, () if there and there.cost is not None else (NO_SUM,))
    if there and there.cost != found.amount and any(one.cost == found.amount for one in before):
        return Agreed(deal, *kept)
    return Agreed(deal, found.amount, found.currency or kept[1] or terms.currency)


def has_price(target: Target) -> bool:
    """Whether the sheet has a sum as the price of a place."""
    found = price_in(target.price) if target.price else None
    return found is not None and found.amount > 0


def paid_by_price(target: Target, there: Placement | None = None, before: Sequence[Placement] = ()) -> bool:
    """Whether a post is paid for only because the sheet has a price, and neither the sheet nor a person says else."""
    if target.deal or not has_price(target):
        return False
    by_hand = there is not None and any(one.deal != there.deal for one in before)
    return there is None or (there.deal != PAID and there.cost is None and not by_hand)


def _deal(sheet: str, there: Placement | None, before: Sequence[Placement]) -> str:
    """Return the deal of the sheet; where it has none, or a person replaced just this one, that of the ledger."""
    if there is None:
        return sheet or "free"
    replaced = there.deal != sheet and any(one.deal == sheet for one in before)
    return there.deal if not sheet or replaced else sheet
