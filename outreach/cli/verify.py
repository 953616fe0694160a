"""``outreach verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from outreach.campaign.clock import this_moment
from outreach.cli.output import deliver, is_terminal, need_output, say
from outreach.cli.shared import remark, shell_quoted, the_database, typed_database
from outreach.errors import InputError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.verify import Look

__all__ = ["verify"]

FORMS: Final = ("text", "csv", "tsv", "json", "jsonl", "md")
ANSWERS: Final = {
    "there": "there", "gone": "gone", "unseen": "cannot be seen without an account", "unreachable": "unreachable",
}  # fmt: skip


@click.command()
@click.argument("names", metavar="[PLACE]...", nargs=-1)
@click.option("--only", type=click.Choice(["links", "posts"]), help="Open only the links, or only the posts.")
@click.option("--campaign", metavar="NAME", help="Only this campaign.")
@click.option("--no-log", is_flag=True, help="Do not save the findings in the ledger.")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: text on a terminal, csv in a pipe]")
@the_database
def verify(
    *, names: tuple[str, ...], only: str | None, campaign: str | None, no_log: bool, form: str | None, db: str
) -> None:
    """Check that links open and keep their tags, and that posts are still there with your link.

    Opens the links of posts that are not published yet, and the addresses of those that are, at all places or at each
    PLACE: a key, an address, a link or a part of its name. It only requests these addresses, from this computer, under
    a name that track leaves out; without cookies, an account or a proxy. It never opens invitations to closed chats or
    addresses inside a network. The ledger keeps the findings, and outreach today shows what to do. Not tested on any
    platform: if a page cannot be seen, check it yourself.

    Example:

    \b
        outreach verify
        outreach verify "smm riga" --only posts

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.verify import events_of_looks

    need_output()
    ledger = open_ledger(db, create=False)
    chosen = [
        one
        for one in _chosen(ledger, names, campaign)
        if only is None or one[2] == (only == "posts")
    ]  # fmt: skip
    if not chosen:
        remark("Nothing to open: no link awaits publication, and no post has an address (placements set --url).")
        return
    looks, stopped = _looked(chosen)
    rows = [_row(one) for one in looks]
    if form == "text" or (form is None and is_terminal()):
        for row in rows:
            say(f"{row[5]}: {row[1] or row[0]}, {row[3]}: {row[6]}. {row[4]}")
    else:
        _send(rows, form or "csv")
    if not no_log and (events := events_of_looks(looks, this_moment())):
        kept = {(one.campaign, one.resource, one.variant, one.round, one.url, one.answer, one.day)
                for one in ledger.events() if one.kind == "looked"}  # fmt: skip
        ledger.log(
            [one for one in events if (one.campaign, one.resource, one.variant, one.round, one.url, one.answer, one.day)
             not in kept], what="verify",
        )  # fmt: skip
    if stopped:
        raise KeyboardInterrupt
    counts = [f"{number} {title}" for answer, title in ANSWERS.items()
              if (number := sum(one.answer == answer for one in looks))]  # fmt: skip
    remark(f"{len(looks)} {'address' if len(looks) == 1 else 'addresses'} opened: {', '.join(counts)}.")
    if all(one.answer == "unreachable" for one in looks):
        raise RemoteError("no address could be reached", hint="is this computer online? The ledger is unchanged")
    remark(f"Next: {shell_quoted(['outreach', 'today', *typed_database()])}")


def _chosen(ledger: Ledger, names: Sequence[str], campaign: str | None) -> list[tuple[Placement, str, bool]]:
    """Return what to open, of all placements or of those that are named.

    Raises:
        InputError: A name is that of no placement.

    """
    from outreach.campaign.verify import wanted

    found: dict[int | None, Placement] = {}
    for name in names or ("",):
        named = ledger.find(name) if name else ledger.placements()
        if name and not named:
            raise InputError(f"{name}: no post in {ledger.label} has this name", hint="outreach placements list")
        found |= {one.id: one for one in named}
    return list(wanted(one for one in found.values() if campaign in (None, one.campaign)))


def _looked(chosen: Sequence[tuple[Placement, str, bool]]) -> tuple[list[Look], bool]:
    """Return what came of opening addresses, one after the other, and whether the user stopped before the end."""
    import sys

    from outreach.campaign.verify import look
    from outreach.remote.visit import visiting_session

    looks: list[Look] = []
    shown = sys.stderr is not None and sys.stderr.isatty()
    try:
        with visiting_session() as session:
            for number, (one, address, is_post) in enumerate(chosen, start=1):
                if shown:
                    click.echo(f"\rOpening {number} of {len(chosen)}", err=True, nl=number == len(chosen))
                looks.append(look(one, address, session, is_post=is_post))
    except KeyboardInterrupt:
        return looks, True
    return looks, False


def _row(one: Look) -> tuple[str, ...]:
    from outreach.messages import describe
    from outreach.reporting import plain

    placement = one.placement
    what = "post" if one.is_post else "link"
    return (
        placement.resource, plain(placement.name or ""), placement.campaign, what, one.address, ANSWERS[one.answer],
        describe(one.why),
    )  # fmt: skip


def _send(rows: Sequence[Sequence[str]], form: str) -> None:
    from outreach.engine import Engine
    from outreach.tables import VERIFIED, Table

    with Engine() as engine:
        engine.run(f"create or replace table verified ({VERIFIED.definition()})")
        engine.append("verified", [[row[place] for row in rows] for place in range(len(VERIFIED.names))])
        deliver(Table(engine, "verified", VERIFIED, order="resource, campaign, address"), form)
