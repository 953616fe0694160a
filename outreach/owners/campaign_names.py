"""By which names the address book knows a campaign: one book serves them all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from outreach.errors import OutreachError

if TYPE_CHECKING:
    from collections.abc import Collection

    from outreach.campaign.settings import Campaign

__all__ = ["name_for", "names_of"]


def names_of(campaign: Campaign) -> list[str]:
    """Return the names of a campaign: first its brief's, where there is one, and last its client's or its folder's."""
    from outreach.teasers.brief import read_brief
    from outreach.teasers.slugs import slug

    names = []
    brief = campaign.path(campaign.settings.brief)
    if brief and os.path.isfile(brief):  # noqa: PTH113 - Path's fails at long names
        with suppress(OutreachError):  # the commands that need it say so
            if name := read_brief(brief).campaign:
                names.append(slug(name))
    return [*names, slug(campaign.settings.client or campaign.folder.name)]


def name_for(campaign: Campaign | None, known: Collection[str]) -> str:
    """Return the campaign that something is for where nobody says it: the brief's, the only one known, the client's.

    Args:
        campaign: Of the folder; None outside of one.
        known: Campaigns of the ledger, those of the place.

    Example:
        >>> name_for(None, {"spring"}), name_for(None, {"spring", "autumn"})
        ('spring', '')

    """
    *of_brief, usual = names_of(campaign) if campaign is not None else [""]
    if of_brief:
        return of_brief[0]
    return min(known) if len(known) == 1 else usual
