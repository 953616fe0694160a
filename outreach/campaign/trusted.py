"""Databases outside their campaign's folder that the user of this machine has confirmed, once for each."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from outreach.user_folder import read_private, write_private

if TYPE_CHECKING:
    from outreach.campaign.settings import Campaign

__all__ = ["is_trusted", "trust"]

NAME: Final = "trusted-databases"


def is_trusted(campaign: Campaign) -> bool:
    """Whether the user said yes to this database for this campaign before."""
    return _mark(campaign) in (read_private(NAME) or "").splitlines()


def trust(campaign: Campaign) -> None:
    """Remember that the user said yes.

    Raises:
        OutputError: It cannot be written.

    """
    known = (read_private(NAME) or "").splitlines()
    write_private(NAME, "".join(f"{line}\n" for line in dict.fromkeys([*known, _mark(campaign)])))


def _mark(campaign: Campaign) -> str:
    """Return what stands for the pair; addresses of databases are not written down."""
    return hashlib.sha256(f"{campaign.file}\0{campaign.settings.db}".encode(errors="surrogateescape")).hexdigest()
