"""``outreach owners report``: does acquaintance pay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.output import need_output, put, say
from outreach.cli.owners_shared import (
    campaign_name,
    ledger_beside,
    line,
    of_ledger,
    open_existing,
    the_book,
    the_ledger,
)
from outreach.cli.shared import counted, remark
from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.owners.contacts import Contact
    from outreach.reporting.owners_report import OwnersReport
    from outreach.tracking.lines import Section

__all__ = ["report"]

PERCENT: Final = 100


@click.command(short_help="Show money, stages, replies, and whether acquaintance pays.")
@click.option("--campaign", metavar="NAME", help="Only this campaign.")
@click.option("--with-owners", is_flag=True, help="Name people too; leave it out if you share the report.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form.")
@the_book
@the_ledger
def report(*, campaign: str | None, with_owners: bool, form: str, book: str | None, db: str | None) -> None:
    """Show money spent and owed, contacts at each stage, replies, and the results of their posts.

    The report names places, not people. Sums in different currencies are never added up.

    Example:

    \b
        outreach owners report
        outreach owners report --campaign spring --format json

    """
    from outreach.messages import describe
    from outreach.owners.contacts import contacts_of
    from outreach.reporting.owners_report import as_json, owners_report

    need_output()
    opened, ledger = open_existing(book), ledger_beside(db)
    wanted = campaign_name(campaign, ledger) if campaign else ""
    events = [one for one in (*opened.events(), *of_ledger(ledger)) if not wanted or one.campaign in {"", wanted}]
    contacts = contacts_of(opened, of_ledger(ledger), wanted)
    found = owners_report(contacts, events, _sections(ledger))
    people = _people(contacts) if with_owners else {}
    if form == "json":
        put(
            json.dumps(as_json(found) | ({"owners": people} if with_owners else {}), ensure_ascii=False, indent=2)
            + "\n",
            "json",
        )
    else:
        _show(found, people)
    if found.sentence is not None and form == "text":
        say(f"\n{describe(found.sentence)}.")
    remark(f"Next: {line('list')}")


def _sections(ledger: Ledger | None) -> Sequence[Section]:
    """Return the results of the campaign; none where only outreach track can be told which source counts."""
    if ledger is None:
        return ()
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import report as results

    try:
        return results(ledger, Choice()).sections
    except InputError as err:
        remark(f"{ledger.label}: {err.message}; so the report has no results. outreach track shows more.")
        return ()


def _people(contacts: Sequence[Contact]) -> dict[str, list[str]]:
    from outreach.reporting import plain

    found: dict[str, list[str]] = {}
    for one in contacts:
        if one.person is not None and one.place.resource:
            found.setdefault(one.place.resource, []).append(plain(one.person.name))
    return found


def _show(found: OwnersReport, people: dict[str, list[str]]) -> None:
    from outreach.reporting.money_words import amount_text

    def called(key: str) -> str:
        who = f" ({', '.join(people[key])})" if key in people else ""
        return f"{found.names.get(key) or key}{who}"

    say("Stages: " + (", ".join(f"{count} {stage}" for stage, count in found.stages.items()) or "no contacts yet"))
    for one in found.between:
        days = counted(int(one.days), "day") if one.days.is_integer() else f"{one.days} days"
        say(f"  {one.start} to {one.end}: {days} at the median, {counted(one.contacts, 'contact')}")
    if found.rates:
        say("Replies, by acquaintance before the first letter:")
    for rate in found.rates:
        likely = f"{round(rate.low * PERCENT)}-{round(rate.high * PERCENT)} %"
        told = rate.replies
        say(f"  {told.play.replace('_', ' ')}: {told.replied} of {told.written} (likely {likely})")
    if found.money:
        say("Money:")
    for sums in found.money:
        owed = f", owed {amount_text(sums.owed, sums.currency)}" if sums.owed else ""
        back = f", of which {amount_text(sums.refunded, sums.currency)} refunded" if sums.refunded else ""
        where = f"{called(sums.resource)}, {sums.campaign}" if sums.campaign else called(sums.resource)
        say(f"  {where}: spent {amount_text(sums.spent, sums.currency)}{back}{owed}")
    if found.brought:
        say("Results of their posts:")
    for post in found.brought:
        visits = f"{counted(post.visits, 'visit')}" if post.visits is not None else "visits not measured"
        say(f"  {called(post.resource)}: {visits}, {counted(post.conversions or 0, 'conversion')}")
