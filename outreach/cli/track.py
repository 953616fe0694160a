"""``outreach track``."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.output import deliver, is_terminal, need_output, say
from outreach.cli.shared import (
    DATABASE,
    counted,
    database_option,
    refuse_foreign,
    refuse_overwriting,
    remark,
    shell_quoted,
    typed_options,
)
from outreach.errors import InputError, OptionError
from outreach.messages import LANGUAGES, full_sentence
from outreach.passwords import without_password
from outreach.reporting.words import plain
from outreach.tracking.base import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outreach.engine import Engine
    from outreach.store.ledger import Store
    from outreach.store.ties import Tie
    from outreach.tables import Table
    from outreach.tracking.base import ImportOptions, Period
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import ConversionReport

__all__ = ["track"]

LIKES: Final = "likes.csv"
BY: Final = ("resource", "campaign", "platform", "variant")
FORMS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
PERIOD: Final = re.compile(r"(.+?)\s*(?:\.\.|…|\s-\s|\sto\s)\s*(.+)")


@click.command(short_help="Show which community converted.")
@click.argument("paths", nargs=-1)
@click.option("--by", type=click.Choice(BY), default="resource", show_default=True, help="What a line is about.")
@database_option(f"The campaign's database. [default: {DATABASE} where there is one; else nothing is kept]")
@click.option("--goal", default="", metavar="NAME", help="Goal or key event to count, where a file has several.")
@click.option("--goal-path", default="", metavar="/PATH", help="Page behind the goal, like /thanks, for access logs.")
@click.option("--exclude-ip", multiple=True, metavar="ADDRESS", help="Your own address or network, for access logs.")
@click.option("--kind", type=click.Choice(["signup", "sale"]), help="What the rows of a list are, if unclear.")
@click.option("--currency", default="", metavar="CODE", help="Of sums without one, like EUR.")
@click.option("--market", default="", metavar="CODE", help="Country of telephone numbers without a code, like LV.")
@click.option("--paid", multiple=True, metavar="STAGE", help="A stage or status that means: paid.")
@click.option("--period", metavar="DAY..DAY", help="Days that the files speak of, where they do not tell.")
@click.option("--source", default="", metavar="NAME", help="What was measured, where the files do not tell it.")
@click.option("--replace", is_flag=True, help="Take these files instead of what was imported of the same days.")
@click.option("--visits", default="", metavar="NAME|FILE", help="Whose visits to divide by, if several.")
@click.option("--conversions", default="", metavar="NAME|FILE", help="Whose conversions to count, likewise.")
@click.option("--count", "count", type=click.Choice(KINDS), help="Only this kind of conversion.")
@click.option("--once-per-visit", multiple=True, metavar="GOAL", help="This goal happens once in a visit at most.")
@click.option("--wide", is_flag=True, help="A table for each unit and kind, with rates and likely ranges.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the conclusion.")
@click.option("--read-as", default="", metavar="READER", help="How to read the files. [default: recognised]")
@click.option("--columns", metavar="ROLE=COLUMN,...", help="Say which column is which, by header or number.")
@click.option("--encoding", metavar="NAME", help="Encoding of texts, like cp1251. [default: recognised]")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: table on a terminal, csv in a pipe]")
@click.option("-o", "--output", metavar="FILE", help="Write the report to FILE; its name tells the form.")
@click.option("--unmatched", metavar="FILE", help="Write the tagged links that belong to no placement.")
@click.option("--tag", multiple=True, metavar="TAG=PLACE", help="A wrong tag, and the place that it is of; is kept.")
@click.option("--answer", multiple=True, metavar="TEXT=PLACE", help="What people call a place when asked; is kept.")
@click.option("--ties", is_flag=True, help="List what was tied to places by hand; with --forget N remove one.")
@click.option("--rejected", metavar="FILE", help="Write the rows that could not be used, with their lines.")
@click.option("--template", is_flag=True, help="Write a sheet to type results into, with -o.")
@click.option("--imports", "listed", is_flag=True, help="List what was imported.")
@click.option(
    "--forget",
    type=click.IntRange(1),
    metavar="N",
    help="Remove import N, as --imports numbers them; with --ties, tie N.",
)
@click.option("--memory-limit", metavar="SIZE", help="Most memory to use, like 1GB; the rest goes to disk.")
def track(paths: tuple[str, ...], **given: Any) -> None:
    """Read analytics exports, access logs and lists of sign-ups or orders, and show what each place brought.

    PATHS are files, folders and ZIP archives of them, or - for standard input: a sheet typed by hand; any table of
    sign-ups or orders with utm columns, a landing page or a promotion code; exports of Google Analytics 4, Yandex
    Metrica, Plausible and Matomo; logs of web servers; clicks on short links. Each is recognised by its content.

    Links are told by their utm tags, promotion codes, bots' start payloads. What belongs to none of your placements is
    shown in lines of its own; nothing is joined by guess. The same file twice changes nothing. Addresses, names and
    order numbers are hashed while they are read.

    In a log a goal that is reached on the next day counts for the last link of the day before; a link that repeats a
    part of the one before it, or comes from the site itself, is no visit of its own. Stages that are not known count
    as nothing until --paid says which of them mean that somebody paid. --paid and --currency are kept, and count for
    what was imported before, too: give them without PATHS. --kind is said with its file, which is then read anew.

    A table of bookings or deals gives enquiries, bookings, arrivals, customers; no-shows and cancellations by the side.

    A tag that was mistyped in a post is tied to its place by --tag, or by filling in the column place of the file that
    --unmatched wrote and giving it back. Answers to "How did you hear of us?" are tied by --answer, and count as "said"
    for people who have neither a tag nor a code; other answers stand on the screen and are not kept. Ties are.

    Without PATHS the report is made from what was imported before.

    Example:

    \b
        outreach track --template -o results.xlsx
        outreach track results.xlsx
        outreach track access.log signups.csv --goal-path /thanks
        outreach track --by campaign -o report.xlsx

    """
    from outreach.engine import Engine

    _refuse_senseless(paths, given)
    if given["template"]:
        _write_template(given)
        return
    where = given["db"] or (DATABASE if Path(DATABASE).is_file() else None)
    if given["listed"] or given["forget"] or given["ties"] or given["tag"] or given["answer"]:
        where = where or DATABASE  # which is not there: said as of every other command
    if where is None and not paths:
        raise click.UsageError("Give a file with results.\nExample: outreach track access.log signups.csv")
    refuse_overwriting((*paths, *filter(None, [where])), given["output"], given["unmatched"], given["rejected"])
    _refuse_others(given)
    if not (given["output"] or given["forget"]):
        need_output("give a file: -o report.xlsx")
    with Engine(memory_limit=given["memory_limit"], progress=True) as engine:
        store = _store(engine, where, create=bool(paths) and not (given["tag"] or given["answer"]))
        if given["ties"]:
            _look_after_ties(engine, store, given)
            return
        if given["listed"] or given["forget"]:
            _look_after(engine, store, given)
            return
        _keep(store, _ties(store, given))
        if given["unmatched"]:
            _refuse_unread(engine, store, given)
        if paths:
            _import_files(engine, store, paths, given, kept=where is not None)
        elif given["paid"] or given["currency"]:
            _keep_answers(store, _import_options(engine, store, given, kept=True), given, again=True)
        _report(engine, store, paths, given, kept=where is not None)


def _refuse_senseless(paths: tuple[str, ...], given: dict[str, Any]) -> None:
    """Refuse options of which one would be passed over in silence.

    Raises:
        UsageError: There are files, or two of them, where one thing is done without any file.
        OptionError: The form of the output is none for its place.

    """
    alone = [name for name, there in (("--template", given["template"]), ("--imports", given["listed"]),
                                      ("--forget", given["forget"] and not given["ties"]),
                                      ("--ties", given["ties"])) if there]  # fmt: skip
    if len(alone) > 1:
        raise click.UsageError(f"{' and '.join(alone)}: one of them at a time.")
    if given["kind"] and not paths:
        raise click.UsageError("--kind is said with the file that it is about: give that again, and it is read anew.")
    if alone and (given["tag"] or given["answer"]):
        raise click.UsageError(f"{'--tag' if given['tag'] else '--answer'} and {alone[0]}: one of them at a time.")
    if alone and paths:
        raise click.UsageError(f"{alone[0]} reads no files: leave them out, or give them without it.")
    if given["output"] and given["form"] == "table":
        raise OptionError("--format table: the picture is for the terminal", hint="-o report.xlsx or report.csv")
    if given["form"] == "xlsx" and not given["output"] and is_terminal():
        raise OptionError("a workbook does not go to a terminal", hint="write it: -o report.xlsx")


def _refuse_others(given: dict[str, Any]) -> None:
    """Refuse to write over tables of another kind, before anything is read."""
    from outreach.reporting import format_of
    from outreach.tables import CONVERSION, IMPORTS, REJECTED, TIES, UNMATCHED, Schema

    before = Schema(UNMATCHED.name, tuple(one for one in UNMATCHED.columns if one.name != "place"))  # of older versions
    output = IMPORTS if given["listed"] else TIES if given["ties"] else CONVERSION
    schemas = {"output": output, "unmatched": before, "rejected": REJECTED}
    for name, schema in schemas.items():
        if given[name]:
            format_of(given[name])
            refuse_foreign(given[name], schema)


def _store(engine: Engine, where: str | None, *, create: bool) -> Store:
    """Open the ledger; without one, an empty one that goes with the run."""
    from outreach.store import open_store

    return open_store(where if where is not None else engine.folder / DATABASE, create=create or where is None)


def _write_template(given: dict[str, Any]) -> None:
    """Write the sheet that a person types results into, or add the placements that it lacks.

    Raises:
        OptionError: No file is named.
        InputError: There is no ledger, or nothing in it.

    """
    from outreach.reporting.results_sheet import save_results_sheet
    from outreach.store import open_store

    if not given["output"]:
        raise OptionError("--template: say where the sheet goes", hint="outreach track --template -o results.xlsx")
    refuse_overwriting([given["db"] or DATABASE], given["output"])
    store = open_store(given["db"] or DATABASE, create=False)
    placements = [one for one in store.placements() if one.status != "declined"]
    if not placements:
        raise InputError(
            f"{store.label}: no placements to list", hint="outreach draft makes them; outreach placements import too"
        )
    saved = save_results_sheet(placements, given["output"])
    remark(*saved.remarks)
    kept = f", {counted(saved.kept, 'row')} left as they were" if saved.kept else ""
    remark(f"{saved.path}: {counted(saved.added, 'placement')} added{kept}. An empty cell is not known, 0 is none.")
    database = _database(given)
    remark(f"Next: {shell_quoted(['outreach', 'track', str(saved.path), *database])}")


def _import_files(engine: Engine, store: Store, paths: tuple[str, ...], given: dict[str, Any], *, kept: bool) -> None:
    """Read the files into the ledger, and say what was read and what could not be used."""
    from outreach.cli.track_remarks import imported_lines, rejected_lines, untied_lines
    from outreach.messages import describe
    from outreach.reporting import format_of, write
    from outreach.tracking.report import import_files
    from outreach.tracking.table import rejected_table

    options = _import_options(engine, store, given, kept=kept)
    reading, imported = import_files(
        store, paths, options, read_as=given["read_as"], source=given["source"], again=given["replace"]
    )
    _keep_answers(store, options, given, again=False)
    for option in ("visits", "conversions"):
        fitting = (one.entry.option for one in imported if given[option] in one.report.labels)
        given[option] = next(fitting, given[option])
    remark(*imported_lines(imported, kept=kept), *(f"{describe(one.message)}." for one in reading.remarks))
    remark(*untied_lines(store, reading, paths, _database(given)))
    for one in reading.skipped:
        remark(f"{one.source}: passed over ({describe(one.why)}).")
    if given["rejected"]:
        write(rejected_table(engine, reading.rejected), format_of(given["rejected"]), given["rejected"])
    remark(*rejected_lines(reading.rejected, given["rejected"]))
    if not kept:
        remark(f"Nothing is kept: there is no {DATABASE} here, and no --db was given.")


def _keep_answers(store: Store, options: ImportOptions, given: dict[str, Any], *, again: bool) -> None:
    """Keep what the user said of stages and currencies, and say what of the imports before it changes.

    Args:
        store: The ledger.
        options: With the answers.
        given: As typed.
        again: Whether it is said of what was imported, so that an older answer gives way.

    """
    from outreach.store.answers import keep_currency, keep_paid_stages

    if given["paid"] and again:
        rows = keep_paid_stages(store.database, given["paid"], options.hidden)
        if rows:
            remark(f"{counted(rows, 'row')} imported before count as paid.")
        else:
            remark("--paid: nothing imported before is at that stage; it is kept for files to come.")
    if given["currency"]:
        rows = keep_currency(store.database, options.currency, again=again)
        if rows:
            remark(f"{counted(rows, 'sum')} without a currency, imported before, count as {options.currency}.")
        elif again:
            remark("--currency: no sum imported before lacks a currency; it is kept for files to come.")


def _import_options(engine: Engine, store: Store, given: dict[str, Any], *, kept: bool) -> ImportOptions:
    """Return what the user asked of the import.

    Raises:
        OptionError: One of the values is none of its option's.

    """
    from outreach.files.money import currency_of
    from outreach.store.answers import kept_currency, kept_kinds, paid_stages
    from outreach.store.secret import LedgerSecret, ThrowAwaySecret
    from outreach.store.ties import answers_of, ties_of
    from outreach.tracking.base import ImportOptions
    from outreach.words.fold import fold_header

    today = datetime.now(UTC).astimezone().date()
    currency = currency_of(given["currency"].upper()) if given["currency"] else kept_currency(store.database)
    if currency is None:
        raise OptionError(f"--currency {given['currency']}: not a currency", hint="write it like EUR")
    if given["goal_path"] and not given["goal_path"].startswith("/"):
        raise OptionError(f"--goal-path {given['goal_path']}: no path of a page", hint="write it like /thanks")
    return ImportOptions(
        engine=engine,
        secret=LedgerSecret(store.database) if kept else ThrowAwaySecret(),
        today=today,
        goal=given["goal"].strip(),
        goal_path=given["goal_path"].strip(),
        columns=_columns(given["columns"] or ""),
        encoding=given["encoding"],
        exclude=given["exclude_ip"],
        period=_period(given["period"], today),
        kind=given["kind"] or "",
        currency=currency,
        market=given["market"],
        kinds=kept_kinds(store.database),
        answers=answers_of(ties_of(store.database)),
        paid=tuple(sorted({*(fold_header(stage) for stage in given["paid"]), *paid_stages(store.database)} - {""})),
    )


def _columns(text: str) -> dict[str, str]:
    """Return role to header or number.

    Raises:
        OptionError: A part is no such pair, or no reader knows its role.

    """
    from outreach.tracking.exports.event_words import ROLES as EVENTS
    from outreach.tracking.exports.typed import ROLES as COUNTS
    from outreach.words.columns import parse_columns

    return parse_columns(text, sorted({*COUNTS, *EVENTS}), "source=Channel,visits=3") if text else {}


def _period(text: str | None, today: date) -> Period | None:
    """Return the days between two, or one day.

    Raises:
        OptionError: They are none, or end before they begin.

    """
    from outreach.files.cells import Unreadable
    from outreach.files.dates import day
    from outreach.tracking.base import Period

    if not text:
        return None
    ends = PERIOD.fullmatch(text.strip())
    try:
        start, end = (day(part, today=today) for part in (ends.groups() if ends else (text, text)))
    except Unreadable:
        start = end = None
    if start is None or end is None or start > end:
        raise OptionError(f"--period {text}: no days", hint="write it like 2026-05-01..2026-05-31")
    return Period(start, end)


def _choice(given: dict[str, Any]) -> Choice:
    from outreach.tracking.lines import Choice

    return Choice(given["by"], given["visits"], given["conversions"], given["count"] or "", given["once_per_visit"])


def _report(engine: Engine, store: Store, paths: tuple[str, ...], given: dict[str, Any], *, kept: bool) -> None:
    """Make the report, show it, and say what it rests on."""
    from outreach.cli.track_remarks import report_lines
    from outreach.reporting import format_of, write
    from outreach.tracking.report import report
    from outreach.tracking.table import conversion_table, unmatched_table

    made = report(store, _choice(given))
    form = given["form"] or (format_of(given["output"]) if given["output"] else None)
    _deliver(conversion_table(engine, made.sections), made, form, given)
    if given["unmatched"]:
        write(unmatched_table(engine, made.unmatched), format_of(given["unmatched"]), given["unmatched"])
    whole = not (given["visits"] or given["conversions"] or given["count"])
    remark(*report_lines(made, given["unmatched"], whole=whole, database=_database(given)))
    if kept:
        _tell_changed_links(store, made, given)
    begins = "With the same input once more" if not kept and "-" in paths else "Next"
    remark(f"{begins}: {_next(made, paths, given, kept=kept)}")


def _tell_changed_links(store: Store, report: ConversionReport, given: dict[str, Any]) -> None:
    """Say which texts carry another link than their own, where it is not tied yet."""
    from outreach.cli.changed_links import changed_link_lines
    from outreach.store.ties import ties_of
    from outreach.teasers.changed_links import changed_in_files, changed_in_ledger

    open_ones = [one for one in report.placements if one.status != "declined"]
    found = [*changed_in_files(open_ones), *changed_in_ledger(open_ones)]
    if found:
        tied = {one.text for one in ties_of(store.database)}
        remark(*changed_link_lines(found, _database(given), tied))


def _deliver(table: Table, report: ConversionReport, form: str | None, given: dict[str, Any]) -> None:
    """Put the report where the user wants it."""
    from outreach.files.output import describe_place
    from outreach.reporting import write
    from outreach.reporting.overview import overview
    from outreach.reporting.report_sheet import report_sheet
    from outreach.tracking.conclusion import conclude

    conclusion = [full_sentence(one, given["language"]) for one in conclude(report.sections)]
    if output := given["output"]:
        seen = overview(report.sections)
        front = report_sheet(seen, conclusion, given["by"]) if seen else None
        where = write(table, form or "csv", output, front=front)
        remark(*conclusion)
        remark(*describe_place(Path(output), where), f"{counted(len(table), 'line')} written to {where}.")
    elif form == "table" or (form is None and is_terminal()):
        for sentence in conclusion:
            say(sentence)
        if spared := _show(report, given, below=bool(conclusion)):
            remark(f"No room here for: {', '.join(spared)}; a wider window shows them, and -o report.xlsx.")
    else:
        remark(*conclusion)
        deliver(table, form or "csv")


def _show(report: ConversionReport, given: dict[str, Any], *, below: bool) -> list[str]:
    """Print one table of all, or one for each unit and kind; return the columns that there was no room for."""
    from outreach.reporting.conversion import show_conversion
    from outreach.reporting.overview import overview, show_overview

    if below:
        say("")
    if given["wide"]:
        return show_conversion(report.sections, by=given["by"])
    table = overview(report.sections)
    if table is None:
        return []
    spared = show_overview(table, by=given["by"])
    if table.left_out:
        remark(f"Not in this table: {', '.join(table.left_out)}; --wide shows them.")
    return spared


def _ties(store: Store, given: dict[str, Any]) -> tuple[Tie, ...]:
    """Return the ties that were typed.

    Raises:
        OutreachError: One of them is none, or its place is not known.

    """
    if not (given["tag"] or given["answer"]):
        return ()
    from outreach.tracking.attribution import Attribution
    from outreach.tracking.ties import answer_ties, tag_ties

    attribution = Attribution(store.placements())
    return (*tag_ties(attribution, given["tag"]), *answer_ties(attribution, given["answer"]))


def _keep(store: Store, ties: Sequence[Tie]) -> None:
    """Write ties into the ledger, and say so."""
    if not ties:
        return
    from outreach.store.ties import keep_ties

    keep_ties(store.database, ties)
    remark(*(f"{plain(one.text)} is tied to {one.resource}; --ties lists what is tied." for one in ties))


def _refuse_unread(engine: Engine, store: Store, given: dict[str, Any]) -> None:
    """Refuse to write over a file of unmatched links in which a person filled in places that were not read yet.

    Raises:
        OutputError: There are such places.

    """
    from outreach.errors import OutputError
    from outreach.store.ties import ties_of
    from outreach.tracking.attribution import names_of
    from outreach.tracking.exports.unmatched_sheet import filled_rows

    file = given["unmatched"]
    if not Path(file).is_file():
        return
    known = {one.text for one in ties_of(store.database)}
    if any(known.isdisjoint(names_of(one.tags)) for one in filled_rows(file, engine.folder)):
        raise OutputError(
            f"{file}: places were filled in there, and not read yet",
            hint=f"read them first: {shell_quoted(['outreach', 'track', file, *_database(given)])}",
        )


def _look_after_ties(engine: Engine, store: Store, given: dict[str, Any]) -> None:
    """List what was tied by hand, or remove one of it.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.reporting import format_of, write
    from outreach.store.ties import remove_tie, ties_of
    from outreach.tracking.table import ties_table

    after = f"Next: {shell_quoted(['outreach', 'track', *_database(given)])}"
    if given["forget"]:
        if (gone := remove_tie(store.database, given["forget"])) is None:
            raise InputError(f"--ties --forget {given['forget']}: no such tie", hint="outreach track --ties")
        remark(f"{plain(gone.text)} is no longer tied to {gone.resource}.", after)
        return
    ties = ties_of(store.database)
    table = ties_table(engine, ties)
    if given["output"]:
        write(table, given["form"] or format_of(given["output"]), given["output"])
    elif given["form"] == "table" or (given["form"] is None and is_terminal()):
        for one in ties:
            of = ", ".join(filter(None, [one.campaign, one.variant, f"round {one.round}" if one.round else ""]))
            say(f"{one.number:>4}  {one.kind}  {plain(one.text)} = {one.resource}{f' ({of})' if of else ''}")
    else:
        deliver(table, given["form"] or "csv")
    remark(f"{counted(len(table), 'tie')}.", after)


def _look_after(engine: Engine, store: Store, given: dict[str, Any]) -> None:
    """List what was imported, or remove one of it.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.reporting import format_of, write
    from outreach.store.results import Results
    from outreach.tracking.table import imports_table

    results = Results(store.database)
    if given["forget"]:
        if (gone := results.forget(given["forget"])) is None:
            raise InputError(f"--forget {given['forget']}: no such import", hint="outreach track --imports")
        remark(f"{gone.called}: forgotten.")
        if gone.grain == "event":
            remark("People and orders that it told first went with it; give later files that tell of them again.")
        remark(f"Next: {shell_quoted(['outreach', 'track', *_database(given)])}")
        return
    table = imports_table(engine, results.imports())
    if given["output"]:
        write(table, given["form"] or format_of(given["output"]), given["output"])
    elif given["form"] == "table" or (given["form"] is None and is_terminal()):
        for one in results.imports():
            say(f"{one.id:>4}  {one.called}  [{one.tool}, {one.imported_at[:10]}]")
    else:
        deliver(table, given["form"] or "csv")
    remark(f"{counted(len(table), 'import')}.", f"Next: {shell_quoted(['outreach', 'track', *_database(given)])}")


def _next(report: ConversionReport, paths: tuple[str, ...], given: dict[str, Any], *, kept: bool) -> str:
    """Return the line to paste."""
    database = _database(given)
    chosen = [f"--{name}={given[name]}" for name in ("visits", "conversions", "count") if given[name]]
    chosen += [f"--once-per-visit={goal}" for goal in given["once_per_visit"]]
    chosen += ["--by", given["by"]] if given["by"] != BY[0] else []
    if not kept:
        typed = typed_options(click.get_current_context(), without=("--db", "--output", "--format", "--unmatched"))
        return shell_quoted(["outreach", "track", *paths, *typed, "--db", DATABASE])
    if report.unmatched and not given["unmatched"]:
        return shell_quoted(["outreach", "track", *chosen, *database, "--unmatched", "unmatched.csv"])
    if not given["output"] and not Path(LIKES).is_file():
        return shell_quoted(["outreach", "track", *chosen, *database, "-o", "report.xlsx"])
    return shell_quoted(["outreach", "rank", LIKES, "--db", without_password(given["db"] or DATABASE)])


def _database(given: dict[str, Any]) -> list[str]:
    """Return the option that names the ledger, as it is to be pasted."""
    named = given["db"] and given["db"] != os.environ.get("OUTREACH_DB")
    return ["--db", without_password(given["db"])] if named else []
