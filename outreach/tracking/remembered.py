"""What a user answered about results before: it counts for files that come later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outreach.campaign.ledger.answers import kept_currency, kept_kinds, paid_stages
from outreach.campaign.ledger.ties import answers_of, ties_of
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from outreach.campaign.ledger.database import Database
    from outreach.tracking.base import ImportOptions

__all__ = ["with_remembered"]


def with_remembered(asked: ImportOptions, database: Database) -> ImportOptions:
    """Return what is asked of an import, with what the ledger keeps of earlier answers.

    Args:
        asked: What the user says now: a currency comes before the one that is kept, stages that mean "paid" are added.
        database: Of the campaign.

    """
    stages = {*(fold_header(stage) for stage in asked.paid), *paid_stages(database)} - {""}
    return replace(
        asked,
        currency=asked.currency or kept_currency(database),
        kinds=kept_kinds(database),
        answers=answers_of(ties_of(database)),
        paid=tuple(sorted(stages)),
    )
