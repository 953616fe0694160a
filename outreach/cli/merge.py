"""``outreach merge``."""

from __future__ import annotations

import click

from outreach.cli.shared import counted, remark, shell_quoted, the_database, typed_database
from outreach.errors import OptionError

__all__ = ["merge"]

MOST_SHOWN = 20


@click.command()
@click.argument("other", metavar="FILE")
@the_database
def merge(*, other: str, db: str) -> None:
    """Take over what another ledger of the same campaign knows, from the FILE of somebody who worked on a copy.

    Placements, tied tags and answers, and results that only the other ledger has are added; what it knows besides of
    placements that both have is filled in; what happened to them is joined, and their statuses follow from it. What
    both say differently stays as it is here, and is listed. Results about people join where both ledgers have one
    secret (outreach secret); others are named, to be imported again. The other file is not changed. Placements can be
    taken back: outreach placements undo.

    Example:

    \b
        outreach merge from_anna/outreach.db

    """
    import os

    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.merge import copied_ledger
    from outreach.campaign.ledger.merge import merge as merge_ledgers
    from outreach.messages import full_sentence

    if "://" not in db and os.path.realpath(other) == os.path.realpath(db):
        raise OptionError(f"{other}: this is the ledger itself", hint="give the file of the other one")
    with copied_ledger(other) as theirs:  # first: what is refused makes no ledger here
        ledger = open_ledger(db)
        done = merge_ledgers(ledger, theirs)
    remark(
        f"{ledger.label}: {counted(done.added, 'placement')} added, {done.changed} filled in, "
        f"{counted(done.imports, 'import')} and {counted(done.ties, 'tie')} taken over."
    )
    for title, entries in (("Both say, and differently; ours stays:", done.conflicts), ("Not taken over:", done.left)):
        if entries:
            remark(title, *(f"  {full_sentence(one)}" for one in entries[:MOST_SHOWN]))
        if len(entries) > MOST_SHOWN:
            remark(f"  and {len(entries) - MOST_SHOWN} more")
    remark(f"Next: {shell_quoted(['outreach', 'placements', 'list', *typed_database()])}")
