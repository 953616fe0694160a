"""``outreach placements``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from outreach.campaign.clock import this_day, this_moment
from outreach.cli.campaign import settings_of_campaign
from outreach.cli.output import deliver, is_terminal, need_output
from outreach.cli.shared import counted, platform_option, remark, shell_quoted, the_database, typed_database
from outreach.errors import InputError, OptionError
from outreach.tables import DEALS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger

__all__ = ["placements"]

LOGGED: Final = (
    "invoiced", "paid", "refunded", "viewed", "looked", "claimed", "quoted", "agreed", "booked", "published",
    "removed", "declined",
)  # fmt: skip
"""What is logged of a placement."""

FORMS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
MOST_SHOWN: Final = 20
NAMED: Final = 3  # places in one line


class Status(click.Choice[str]):
    """A status of a post, in the words of five languages."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return one of ours."""
        from outreach.words.fold import fold_header
        from outreach.words.vocabulary import meanings_of

        known = meanings_of("statuses").get(fold_header(value), value) if isinstance(value, str) else value
        return super().convert(known if known in self.choices else value, param, ctx)


@click.group()
def placements() -> None:
    """Keep the ledger: which post went where, with which link and which result.

    Give places by key, address or a part of the name. You can take every change back.

    Example:

    \b
        outreach placements list --status drafted
        outreach placements set "smm riga" --status published --date 2026-05-12 --cost "20 EUR"
        outreach placements undo

    """


@placements.command("list", short_help="List the posts.")
@click.argument("names", nargs=-1)
@click.option("--campaign", metavar="NAME", help="Only this campaign.")
@click.option("--status", type=Status(STATUSES), help="Only posts with this status.")
@click.option("--platform", metavar="NAME", help="Only this platform.")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: table on a terminal, csv in a pipe]")
@the_database
def list_placements(
    *,
    names: tuple[str, ...],
    campaign: str | None,
    status: str | None,
    platform: str | None,
    form: str | None,
    db: str,
) -> None:
    """List all posts, or those in the places NAMES.

    Example:

    \b
        outreach placements list
        outreach placements list telegram:smm_riga --status published
        outreach placements list --campaign spring --format json

    """
    from outreach.campaign.ledger import open_ledger

    need_output("outreach placements export -o placements.csv writes a file")
    ledger = open_ledger(db, create=False)
    campaign, platform = _campaign(ledger, campaign), platform_option(platform, "--platform")
    narrowed = {"campaign": campaign, "status": status, "platform": platform}
    found = {one.id: one for name in names or ("",) for one in _named(ledger, name, narrowed)}
    rows = sorted(found.values(), key=lambda one: one.id or 0)
    if form == "table" or (form is None and is_terminal()):
        from outreach.campaign.ledger.placement import in_currency
        from outreach.cli.placements_table import show_placements

        settings = settings_of_campaign()
        hidden = [*show_placements(in_currency(rows, settings.currency if settings else "")), "key", "texts", "tags"]
        more = f" Not shown: {', '.join(hidden)} and more; --format csv shows all columns."
    else:
        _send(rows, form or "csv")
        more = ""
    remark(f"{counted(len(rows), 'post')}.{more}" if rows else f"No post in {ledger.label} passes these filters.")
    remark(f"Example: {_line('set', 'NAME', '--status', 'published', '--date', 'today')}")


@placements.command("set", short_help="Record the status of a post.")
@click.argument("name")
@click.option("--status", type=Status(STATUSES), help="Status of the post.")
@click.option("--date", "day", metavar="DATE", help="When that was: 2026-05-12, 12.05.2026, today, yesterday.")
@click.option("--cost", metavar="SUM", help='What it cost, like "20 EUR" or 1500.')
@click.option("--currency", metavar="CODE", help="Currency of the cost, like EUR.")
@click.option("--deal", type=click.Choice(DEALS), help="What the place got for it.")
@click.option("--url", "post_url", metavar="URL", help="Address of the published post.")
@click.option("--short", "short_url", metavar="URL", help="Its short link.")
@click.option("--promo", metavar="CODE", help="Its own promotion code.")
@click.option("--stay-until", "must_stay_until", metavar="DATE", help="Last day on which the post has to be there.")
@click.option("--views", "views_24h", metavar="N", help="Views of the post in its first 24 hours.")
@click.option("--repost-of", metavar="ROUND", help="The earlier round that this post replaces.")
@click.option("--by", metavar="NAME", help="Who acted; kept with the new status.")
@click.option("--note", metavar="TEXT", help="A note on the new status.")
@click.option("--text", "text_file", metavar="FILE", help="Its text from FILE: a draft, or plain text.")
@click.option("--campaign", metavar="NAME", help="Campaign, if NAME is not enough.")
@click.option("--variant", metavar="NAME", help="Variant, if NAME is not enough.")
@click.option("--round", "round_", type=click.IntRange(1), metavar="N", help="Repeat, if NAME is not enough.")
@click.option("--force", is_flag=True, help="Allow an earlier status for a published post.")
@the_database
def set_placement(
    *,
    name: str,
    campaign: str | None,
    variant: str | None,
    round_: int | None,
    db: str,
    text_file: str | None,
    force: bool,
    by: str | None,
    note: str | None,
    **given: str | None,
) -> None:
    """Record the status of the post NAME: a key, an address, a link or a part of the place's name.

    A dash empties a value: --url -. Once a post is sent, outreach draft does not change its text and link. A new
    status is kept with its day, beside the earlier ones; without one, --date is the day on which it was published.

    Example:

    \b
        outreach placements set "smm riga" --status published --date today --url https://t.me/smm_riga/77
        outreach placements set t.me/smm_riga --campaign spring --round 2 --cost "1500 RUB" --deal paid
        outreach placements set "smm riga" --stay-until 2026-06-12 --views 1200
        outreach placements set t.me/smm_riga --text posted.txt

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.typed_values import BEFORE_OUT, OUT, typed_values, with_day

    today = this_day()
    values = typed_values(given, today)
    if (by or note) and "status" not in values:
        raise click.UsageError("--by and --note are kept with a new status: add --status.")
    if not values and text_file is None:
        raise click.UsageError('Give something to record.\nExample: outreach placements set "smm riga" --status sent')
    at = _moment_of_status(values, today)
    ledger = open_ledger(db, create=False)
    one = _only(ledger.find(name, campaign=_campaign(ledger, campaign), variant=variant, round=round_), ledger)
    if one.status in OUT and values.get("status") in BEFORE_OUT and not force:
        raise OptionError(
            f"--status {values['status']}: {_called(one)} is {one.status} already",
            hint="--force sets it anyway; outreach placements undo takes the last change back",
        )
    values = with_day(one, values, today)
    if text_file is not None:
        values |= _text(text_file, one)
    changed = ledger.set([one], at=at, by=by or "", note=note or "", **values)[0]
    said = ", ".join(_shown(changed, column) for column in values if column != "currency" or "cost" not in values)
    remark(f"{_called(changed)}: {said}." if changed != one else f"{_called(one)}: nothing to change.")
    if text_file is not None and changed.status == "drafted":
        remark("Its status is still drafted: outreach draft will write its text again; --status sent keeps this text.")
    if text_file is None:
        _tell_changed_links(changed)
    remark(_next("list") if changed == one else f"To take it back: {_line('undo')}")


def _tell_changed_links(one: Placement) -> None:
    """Say where the text of a placement carries another link than its own: in the ledger, or in the drafts' folder."""
    from outreach.cli.changed_links import changed_link_lines
    from outreach.teasers.changed_links import changed_in_files, changed_in_ledger

    found = [*changed_in_files([one]), *changed_in_ledger([one])]
    remark(*changed_link_lines(found, typed_database()))


@placements.command("log", short_help="Record what happened to a post.")
@click.argument("name")
@click.argument("kind", type=click.Choice(LOGGED))
@click.option("--date", "day", metavar="DATE", help="When that was: 2026-05-12, 12.05.2026, today, yesterday.")
@click.option("--amount", metavar="SUM", help='How much was paid, invoiced or paid back, like "20 EUR".')
@click.option("--count", metavar="N", help="How many views.")
@click.option("--answer", metavar="WORD", help="Of looked: there, gone, unseen. Of claimed: repeat, money.")
@click.option("--due", metavar="DATE", help="Day for which it is promised: a payment, a repeat.")
@click.option("--by", metavar="NAME", help="Who acted.")
@click.option("--note", metavar="TEXT", help="A note.")
@click.option("--campaign", metavar="NAME", help="Campaign, if NAME is not enough.")
@click.option("--variant", metavar="NAME", help="Variant, if NAME is not enough.")
@click.option("--round", "round_", type=click.IntRange(1), metavar="N", help="Repeat, if NAME is not enough.")
@the_database
def log_event(
    *,
    name: str,
    kind: str,
    day: str | None,
    amount: str | None,
    count: str | None,
    answer: str | None,
    due: str | None,
    by: str | None,
    note: str | None,
    campaign: str | None,
    variant: str | None,
    round_: int | None,
    db: str,
) -> None:
    """Record what happened to the post NAME: money, views, a look at it, a claim.

    The record stays; outreach placements undo takes it back. The status follows from it, and outreach today shows
    what is due.

    Example:

    \b
        outreach placements log "smm riga" paid --amount "20 EUR" --date yesterday
        outreach placements log "smm riga" viewed --count 1200
        outreach placements log "smm riga" claimed --answer repeat --due 2026-06-20

    """
    from outreach.campaign.events import Event
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.typed_values import typed_day, typed_number, typed_sum

    today = this_day()
    ledger = open_ledger(db, create=False)
    one = _only(ledger.find(name, campaign=_campaign(ledger, campaign), variant=variant, round=round_), ledger)
    sum_, currency = typed_sum("--amount", amount) if amount else (None, "")
    event = Event(
        kind=kind, at=typed_day("--date", day, today) if day else this_moment(),
        campaign=one.campaign, resource=one.resource, variant=one.variant, round=one.round,
        amount=sum_, currency=currency or (one.currency or "" if sum_ is not None else ""),
        count=typed_number("--count", count) if count else None,
        due=typed_day("--due", due, today)[:10] if due else "",
        answer=answer or "", by=by or "", note=note or "",
    )  # fmt: skip
    new = ledger.log([event])
    now_is = next(found for found in ledger.placements() if found.natural == one.natural)
    remark(f"{_called(one)}: {kind}, status {now_is.status}." if new else f"{_called(one)}: already recorded.")
    remark(f"To take it back: {_line('undo')}" if new else _next("list"))


@placements.command("import", short_help="Make a ledger from links tagged by hand.")
@click.argument("path")
@click.option("--campaign", metavar="NAME", help="Campaign of links without one.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text, like cp1251. [default: recognised]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, but write nothing.")
@the_database
def import_links(*, path: str, campaign: str | None, encoding: str | None, dry_run: bool, db: str) -> None:
    """Make a ledger from links tagged by hand, or from a table that `export` wrote.

    PATH is a workbook or a text with a header line; place, link, date, cost and the like are recognised in five
    languages. Tags are read from the links. A post that is in the ledger already and was sent stays as it is.

    Example:

    \b
        outreach placements import links.csv
        outreach placements import links.xlsx --campaign spring --dry-run

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.linked import read_links
    from outreach.messages import describe

    today = this_day()
    if dry_run:
        read = read_links(path, today=today, campaign=campaign, encoding=encoding)
    else:
        ledger = open_ledger(db)
        read = read_links(path, today=today, campaign=campaign, encoding=encoding, known=ledger.placements())
    remark(*map(describe, read.notes))
    for bad in read.bad[:MOST_SHOWN]:
        remark(f"{path}, line {bad.line}: {describe(bad.reason)}")
    if len(read.bad) > MOST_SHOWN:
        remark(f"{path}: and {len(read.bad) - MOST_SHOWN} more such lines")
    if not read.placements:
        raise InputError(f"{path}: none of its lines can be used", hint="the lines above show why" if read.bad else "")
    if dry_run:
        remark(f"{counted(len(read.placements), 'post')} can be read; nothing was written.")
        return
    put = ledger.put(read.placements, what="import")
    remark(
        f"{counted(put.created, 'post')} added to {ledger.label}, {put.updated} updated, {put.unchanged} there "
        f"already, {put.frozen} left as they were, {counted(len(read.bad), 'line')} not used."
    )
    for one in put.kept[:MOST_SHOWN]:
        remark(f"  {_called(one)}: is {one.status} and stays as it is; outreach placements set changes it")
    remark(_next("list"))


@placements.command("export", short_help="Write all posts with all their columns.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending sets the format.")
@click.option("--format", "form", type=click.Choice(FORMS[1:]), help="Format. [default: csv]")
@the_database
def export_placements(*, output: str | None, form: str | None, db: str) -> None:
    """Write all posts with all their columns, for `import` or for others.

    Example:

    \b
        outreach placements export -o placements.xlsx
        outreach placements export > placements.csv

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.table import placements_table
    from outreach.engine import Engine
    from outreach.reporting import format_of, write

    form = form or (format_of(output) if output else "csv")
    if output is None:
        need_output("give a file: -o placements.csv")
    ledger = open_ledger(db, create=False)
    rows = ledger.placements()
    if output is None:
        _send(rows, form)
    else:
        _refuse_database(output, db)
        with Engine() as engine:
            write(placements_table(engine, rows), form, output)
    remark(f"{counted(len(rows), 'post')} written{f' to {output}' if output else ''}.")
    if output:
        remark(f"Next: {shell_quoted(['outreach', 'placements', 'import', output, '--db', 'other.db'])}")


@placements.command("undo", short_help="Take back the last change.")
@the_database
def undo(*, db: str) -> None:
    """Take back the last change of the ledger; run it again for the one before. It keeps a hundred changes.

    Files stay: drafts that are taken back have links that are no longer in the ledger.

    Example:

    \b
        outreach placements undo

    """
    from outreach.campaign.ledger import open_ledger

    ledger = open_ledger(db, create=False)
    done = ledger.undo()
    if done is None:
        remark(f"{ledger.label}: nothing to take back.")
    else:
        more = f" and {counted(len(done.places) - NAMED, 'more place')}" if len(done.places) > NAMED else ""
        remark(
            f"Taken back: {done.change} of {done.made_at}, {', '.join(done.places[:NAMED])}{more}; "
            f"{counted(done.removed, 'post')} removed, {done.restored} put back."
        )
    if done is not None and done.change == "draft":
        remark("The files of these drafts stay, but their links and texts are no longer in the ledger.")
        check = ["outreach", "draft", "--check", "drafts/*.md", *typed_database()]
        remark(f"Next: {' '.join(check[:4])} {shell_quoted(check[4:])}".rstrip())
    else:
        remark(_next("list"))


def _named(ledger: Ledger, name: str, narrowed: dict[str, str | None]) -> list[Placement]:
    """Return the placements of a name, all for an empty one.

    Raises:
        InputError: There is none of that name, whatever else was asked.

    """
    if not name:
        return [
            one
            for one in ledger.placements()
            if all(value is None or getattr(one, column) == value for column, value in narrowed.items())
        ]
    if not (found := ledger.find(name, **narrowed)) and not ledger.find(name):
        raise InputError(f"{name}: no post in {ledger.label} has this name", hint="outreach placements list")
    return found


def _campaign(ledger: Ledger, name: str | None) -> str | None:
    """Return a campaign as the ledger has it, however the brief calls it: ``Spring 2026`` is ``spring-2026`` there."""
    from outreach.teasers.slugs import slug

    if name is None or any(one.campaign == name for one in ledger.placements()):
        return name
    return slug(name)


def _only(found: Sequence[Placement], ledger: Ledger) -> Placement:
    """Return the one placement that was meant.

    Raises:
        InputError: There is none, or there are several; then they are listed.

    """
    if not found:
        raise InputError(f"no post in {ledger.label} has this name", hint="outreach placements list")
    if len(found) > 1:
        shown = "\n".join(f"  {_called(one)}, {one.status}" for one in found[:MOST_SHOWN])
        more = f"\n  and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        by_key = "give the key, or " if len({one.resource for one in found}) > 1 else ""
        raise InputError(
            f"{len(found)} posts have this name:\n{shown}{more}",
            hint=f"{by_key}add --campaign, --variant or --round",
        )
    return found[0]


def _shown(one: Placement, column: str) -> str:
    """Return what a column says now; a cost with its currency."""
    value = getattr(one, column)
    if column in ("text", "comment") and value is not None:
        return f"{column} of {counted(len(value), 'character')}"
    if column == "cost" and value is not None:
        return f"cost {int(value) if value.is_integer() else value} {one.currency or ''}".rstrip()
    return f"{column} {'emptied' if value is None else value}"


def _text(path: str, one: Placement) -> dict[str, Any]:
    """Return the text, and of a draft's file the comment, that stand in a file; say what is odd about them.

    Raises:
        InputError: It cannot be read, or holds the drafts of other placements.

    """
    from outreach.cli.draft_output import text_in
    from outreach.teasers.draft_checks import check_again, posted
    from outreach.teasers.draft_text import drafts_in, holds_drafts

    content = text_in(path)
    if not holds_drafts(content):
        text, findings = posted(content, one)
        remark(*(f"{path}: {said}" for said in findings))
        return {"text": text}
    kept = next((kept for kept in drafts_in(content) if kept.natural == one.natural and kept.text is not None), None)
    if kept is None or kept.text is None:
        raise InputError(
            f"{path}: it does not have the text of {_called(one)}", hint="outreach draft --check shows more"
        )
    odd = [
        found
        for found in check_again(content, known=[one])
        if (found.resource, found.variant) == (one.resource, one.variant)
    ]
    remark(*(f"{path}: {said}" for found in odd for said in found.findings))
    return {"text": kept.text, "comment": kept.comment or None}


def _next(command: str) -> str:
    """Return the line that says how to go on."""
    return f"Next: {_line(command)}"


def _line(command: str, *words: str) -> str:
    """Return a command to paste, on the same ledger."""
    return shell_quoted(["outreach", "placements", command, *words, *typed_database()])


def _called(one: Placement) -> str:
    """Return what a placement is called in a message."""
    from outreach.reporting import plain

    called = f"{plain(one.name)} ({one.resource})" if one.name else one.resource
    return f"{called}, campaign {one.campaign}, variant {one.variant}, repeat {one.round}"


def _moment_of_status(values: dict[str, Any], today: date) -> str:
    """Return when a status was reached, empty for now; its day stays a column where it has one."""
    status, day = values.get("status"), values.get("published_at")
    if status is None or not day or status == "published":
        return ""
    del values["published_at"]
    if status == "removed":
        values["removed_at"] = day
    return "" if day == today.isoformat() else str(day)


def _refuse_database(output: str, db: str) -> None:
    from outreach.cli.shared import refuse_overwriting

    refuse_overwriting([db], output)


def _send(rows: Sequence[Placement], form: str) -> None:
    """Write the placements to standard output."""
    from outreach.campaign.ledger.table import placements_table
    from outreach.engine import Engine

    if form == "xlsx" and is_terminal():
        raise OptionError(
            "a workbook cannot be shown on a terminal", hint="outreach placements export -o placements.xlsx"
        )
    with Engine() as engine:
        deliver(placements_table(engine, rows), form)
