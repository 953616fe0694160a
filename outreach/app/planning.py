"""Plans of an open campaign, as ``outreach plan`` makes them, and what ticked places cover."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from outreach.app.ledgers import ledger_of
from outreach.campaign.clock import this_day
from outreach.campaign.values import is_there, value_of
from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.app.desk import Desk, Ranked
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.settings import Campaign
    from outreach.ranking.coverage import Member
    from outreach.reporting.plan_places import Known
    from outreach.reporting.planning import Plan, Wanted
    from outreach.tracking.tried import Measured

__all__ = ["covered", "plan_of"]


def plan_of(desk: Desk, wanted: Wanted, seconds: float | None) -> tuple[Plan, int, str]:
    """Return a plan, how many customers were asked, and why its results do not count, empty where they do.

    Args:
        desk: The campaign; its lock is held until the plan is shown.
        wanted: What is asked for.
        seconds: How long to wait for the lists; None until they are read.

    Raises:
        OutreachError: Lists, sheet, database or address book cannot be used, or there is no such plan.
        StillReading: The lists are still read.

    """
    from dataclasses import replace

    from outreach.reporting.planning import plan

    campaign = desk.campaign()
    ranked = desk.ranked(desk.usual_choice(campaign), seconds)
    ledger = ledger_of(campaign)
    measured, why = _measured(ledger)
    choice = replace(ranked.choice, exclude=(*ranked.choice.exclude, *ranked.excluded))
    desk.forget_ranking()  # the plan ranks in the same engine
    return plan(ranked.likes, choice, wanted, _known(campaign, ledger), measured), ranked.likes.customers, why


def covered(desk: Desk, ranked: Ranked, keys: Sequence[str]) -> Member:
    """Return the last of some places of a ranking, with what all of them cover together.

    Args:
        desk: The campaign; its lock is held.
        ranked: What it ranked last.
        keys: Of the places, one at least.

    Raises:
        OutreachError: Database, address book or sheet cannot be used, or a place is closed, hidden or not followed.

    """
    from outreach.reporting.planning import cover_of

    campaign = desk.campaign()
    known = _known(campaign, ledger_of(campaign))
    return cover_of(ranked.likes, desk.followers(ranked), ranked.choice, keys, known).members[-1]


def _known(campaign: Campaign, ledger: Ledger | None) -> Known:
    from outreach.owners import existing_book
    from outreach.reporting.plan_places import Known
    from outreach.sheet.facts import facts_in

    sheet = value_of(campaign, "sheet")
    return Known(
        today=this_day(),
        placements=ledger.placements() if ledger else (),
        book=existing_book(os.environ.get("OUTREACH_BOOK") or None),
        facts=facts_in(sheet) if sheet and is_there(sheet) else (),
    )


def _measured(ledger: Ledger | None) -> tuple[Measured | None, str]:
    """Return what was measured, or why that does not count."""
    from outreach.tracking.tried import measured

    if ledger is None:
        return None, ""
    try:
        return measured(ledger), ""
    except InputError as err:  # several sources count the same
        return None, str(err.message)
