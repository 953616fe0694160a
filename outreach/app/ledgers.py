"""The database of an open campaign, as the commands find it in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.campaign.values import value_of
from outreach.campaign.writing import DEFAULTS
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.settings import Campaign

__all__ = ["database_of", "ledger_of", "setting_or_usual"]


def setting_or_usual(campaign: Campaign, setting: str) -> str:
    """Return the path that a setting names, or what a new campaign has there."""
    given: str = value_of(campaign, setting)
    return given or campaign.path(str(DEFAULTS[setting]))


def database_of(campaign: Campaign) -> str:
    """Return where the campaign's database is, made or not.

    Raises:
        InputError: It is outside the campaign's folder, and the user did not confirm it yet.

    """
    from outreach.campaign.trusted import is_trusted

    if campaign.database_outside and not is_trusted(campaign):
        raise InputError(
            "outreach.toml names a database outside the campaign's folder",
            hint="confirm it once on a terminal: outreach placements list",
        )
    return setting_or_usual(campaign, "db")


def ledger_of(campaign: Campaign, *, create: bool = False) -> Ledger | None:
    """Return the campaign's database, opened; None where there is none yet.

    Args:
        campaign: Which.
        create: Whether to make one.

    Raises:
        OutreachError: It cannot be used.

    """
    from outreach.campaign.ledger import is_there, open_ledger

    where = database_of(campaign)
    return open_ledger(where, create=create) if create or is_there(where) else None
