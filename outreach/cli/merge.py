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
    """Merge another ledger of the same campaign into yours: the FILE of a colleague who worked on a copy.

    Posts, ties and results that only the other ledger has are added. Empty values of posts in both ledgers are filled
    in; what happened to them is joined, and their statuses follow from it. Where both differ, yours stays, and the
    difference is listed. Results about people are merged if both ledgers have the same secret (outreach secret);
    otherwise they are listed for you to import again. The other file is not changed. You can take changes of posts
    back: outreach placements undo.

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
        raise OptionError(f"{other}: this is your own ledger", hint="give the other file")
    with copied_ledger(other) as theirs:  # first: what is refused makes no ledger here
        ledger = open_ledger(db)
        done = merge_ledgers(ledger, theirs)
    remark(
        f"{ledger.label}: {counted(done.added, 'post')} added, {done.changed} filled in, "
        f"{counted(done.imports, 'import')} and {counted(done.ties, 'tie')} merged."
    )
    for title, entries in (("Both ledgers differ; yours stays:", done.conflicts), ("Not merged:", done.left)):
        if entries:
            remark(title, *(f"  {full_sentence(one)}" for one in entries[:MOST_SHOWN]))
        if len(entries) > MOST_SHOWN:
            remark(f"  and {len(entries) - MOST_SHOWN} more")
    remark(f"Next: {shell_quoted(['outreach', 'placements', 'list', *typed_database()])}")
