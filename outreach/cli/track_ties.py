"""Tags and answers that a person ties to places: by an option, or in a file of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outreach.cli.shared import remark, shell_quoted, typed_database
from outreach.errors import OutputError
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.cli.track_options import TrackOptions
    from outreach.engine import Engine

__all__ = ["keep_typed_ties", "refuse_unread_places"]


def keep_typed_ties(ledger: Ledger, options: TrackOptions) -> None:
    """Write the ties that were typed into the ledger, all or none, and say so.

    Raises:
        OutreachError: One of them is none, or its place is not known.

    """
    if not (options.tag or options.answer):
        return
    from outreach.campaign.ledger.ties import keep_ties
    from outreach.tracking.attribution import Attribution
    from outreach.tracking.ties import answer_ties, tag_ties

    attribution = Attribution(ledger.placements())
    ties = (*tag_ties(attribution, options.tag), *answer_ties(attribution, options.answer))
    keep_ties(ledger.database, ties)
    remark(*(f"{plain(one.text)} is tied to {one.resource}; --ties lists all ties." for one in ties))


def refuse_unread_places(engine: Engine, ledger: Ledger, file: str | None) -> None:
    """Refuse to write over a file of unmatched links in which a person filled in places that were not read yet.

    Raises:
        OutputError: There are such places.

    """
    if not file or not Path(file).is_file():
        return
    from outreach.campaign.ledger.ties import ties_of
    from outreach.tracking.attribution import names_of
    from outreach.tracking.exports.unmatched_sheet import filled_rows

    known = {one.text for one in ties_of(ledger.database)}
    if any(known.isdisjoint(names_of(one.tags)) for one in filled_rows(file, engine.folder)):
        raise OutputError(
            f"{file}: it has places filled in that were not read yet",
            hint=f"read it first: {shell_quoted(['outreach', 'track', file, *typed_database()])}",
        )
