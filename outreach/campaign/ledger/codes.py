"""Promotion codes of placements: a code that two places have tells of neither, and nobody's number is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.errors import InputError
from outreach.files.private import private_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.campaign.ledger.placement import Placement

__all__ = ["refuse_codes"]


def refuse_codes(written: Iterable[Placement], others: Iterable[Placement]) -> None:
    """Refuse codes that cannot tell where somebody came from.

    Args:
        written: Placements whose codes are new.
        others: What the ledger has beside them, and they themselves.

    Raises:
        InputError: A code is another place's already, or looks like an e-mail address or a telephone number.

    Example:
        >>> from outreach.campaign.ledger.placement import Placement
        >>> here, there = (Placement(campaign="s", resource=key, final_url="https://x.example", promo="RIGA10")
        ...                for key in ("vk:here", "vk:there"))
        >>> refuse_codes([here], [there])
        Traceback (most recent call last):
        outreach.errors.InputError: promo: vk:there has the code RIGA10 already...

    """
    coded = [one for one in written if one.promo]
    for one in coded:
        if private_code(one.promo or ""):
            raise InputError(
                f"promo: the code of {one.resource} looks like an e-mail address or a phone number, which are not kept",
                hint="give the place a code such as RIGA10",
            )
    places = {_folded(one): one.resource for one in others if one.promo} if coded else {}
    for one in coded:
        there = places.setdefault(_folded(one), one.resource)
        if there != one.resource:
            raise InputError(
                f"promo: {there} has the code {one.promo} already, and a code must belong to one place",
                hint=f"give {one.resource} another code",
            )


def _folded(one: Placement) -> str:
    return " ".join((one.promo or "").casefold().split())
