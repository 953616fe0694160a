"""``outreach track``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.campaign import taken_from_campaign
from outreach.cli.output import deliver, is_terminal, need_output, say, say_wrapped
from outreach.cli.shared import (
    DATABASE,
    OUTPUT_HELP,
    counted,
    database_option,
    refuse_foreign,
    refuse_overwriting,
    remark,
    shell_quoted,
    typed_database,
    typed_options,
    usual_value,
)
from outreach.cli.track_kept import list_or_remove_imports, list_or_remove_ties
from outreach.cli.track_options import TrackOptions, choice, import_options
from outreach.cli.track_ties import keep_typed_ties, refuse_unread_places
from outreach.collector import paused
from outreach.errors import InputError, OptionError
from outreach.messages import LANGUAGES, full_sentence
from outreach.tracking.base import KINDS

if TYPE_CHECKING:
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.engine import Engine
    from outreach.tables import Table
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.report import ConversionReport

__all__ = ["track"]

LIKES: Final = "likes.csv"
BY: Final = ("resource", "campaign", "platform", "variant")
FORMS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")


@click.command(short_help="Show which places converted.")
@click.argument("paths", nargs=-1)
@click.option("--by", type=click.Choice(BY), default="resource", show_default=True, help="What each line is about.")
@database_option(f"The campaign's database. [default: {DATABASE} where there is one; else nothing is kept]")
@click.option("--goal", default="", metavar="NAME", help="Goal or key event to count, if a file has several.")
@click.option("--goal-path", default="", metavar="/PATH", help="Page of the goal, like /thanks, for access logs.")
@click.option("--exclude-ip", multiple=True, metavar="ADDRESS", help="Your own address or network, for access logs.")
@click.option("--kind", type=click.Choice(["signup", "sale"]), help="What the rows of a list are, if unclear.")
@click.option("--currency", default="", metavar="CODE", help="Currency of sums without one, like EUR.")
@click.option("--market", default="", metavar="CODE", help="Country of telephone numbers without a code, like LV.")
@click.option("--paid", multiple=True, metavar="STAGE", help="A stage or status that means paid.")
@click.option("--period", metavar="DAY..DAY", help="Days of the files, if they do not show them.")
@click.option("--source", default="", metavar="NAME", help="What was measured, if the files do not show it.")
@click.option("--replace", is_flag=True, help="Replace earlier imports of the same days.")
@click.option("--visits", default="", metavar="NAME|FILE", help="Source of the visits, if there are several.")
@click.option("--conversions", default="", metavar="NAME|FILE", help="Source of the conversions, if there are several.")
@click.option("--count", "count", type=click.Choice(KINDS), help="Only this kind of conversion.")
@click.option("--once-per-visit", multiple=True, metavar="GOAL", help="Count this goal once in a visit at most.")
@click.option("--wide", is_flag=True, help="A table for each unit and kind, with rates and likely ranges.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the conclusion, the workbook or the picture.",
)
@click.option("--read-as", default="", metavar="READER", help="How to read the files. [default: recognised]")
@click.option("--columns", metavar="ROLE=COLUMN,...", help="Give the columns, by header or number.")
@click.option("--encoding", metavar="NAME", help="Encoding of texts, like cp1251. [default: recognised]")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: table on a terminal, csv in a pipe]")
@click.option("-o", "--output", metavar="FILE", help=OUTPUT_HELP)
@click.option("--unmatched", metavar="FILE", help="Write the tagged links that belong to none of your posts.")
@click.option("--tag", multiple=True, metavar="TAG=PLACE", help="A wrong tag and its place; the tie is kept.")
@click.option("--answer", multiple=True, metavar="TEXT=PLACE", help="An answer and its place; the tie is kept.")
@click.option("--ties", is_flag=True, help="List the ties made by hand; --forget N removes one.")
@click.option("--rejected", metavar="FILE", help="Write the rows that could not be used, with their lines.")
@click.option("--template", is_flag=True, help="Write a sheet to type results into, with -o.")
@click.option("--imports", "listed", is_flag=True, help="List the imports.")
@click.option(
    "--forget",
    type=click.IntRange(1),
    metavar="N",
    help="Remove import N of --imports, or tie N with --ties.",
)
@click.option("--memory-limit", metavar="SIZE", help="Most memory to use, like 1GB; the rest goes to disk.")
def track(**typed: Any) -> None:
    """Read analytics exports, access logs and lists of sign-ups or orders, and show what each place brought.

    PATHS are files, folders and ZIP archives of them, or - for standard input: a sheet typed by hand; any table of
    sign-ups or orders with utm columns, a landing page or a promotion code; exports of Google Analytics 4, Yandex
    Metrica, Plausible and Matomo; logs of web servers; clicks on short links. Each is recognised by its content.

    Links are recognised by utm tags, promotion codes and start payloads of bots. What belongs to none of your posts
    gets its own lines; nothing is guessed. Importing the same file twice changes nothing. Addresses, names and order
    numbers are hashed while they are read.

    In a log, a goal reached on the next day counts for the last link of the day before; a link that repeats a part of
    the one before it, or comes from the site itself, is not a new visit. Unknown stages do not count until --paid names
    the ones that mean paid. --paid and --currency are kept and apply to earlier imports too: give them without PATHS.
    Give --kind with its file, which is then read again.

    --by variant compares the texts: each with the first (a), only over places where both had visits, by the
    Cochran-Mantel-Haenszel test with a place as a stratum. Repeats of a text in a place are added up.

    A table of bookings or deals gives enquiries, bookings, arrivals and customers, and separately no-shows and
    cancellations.

    If a post has a mistyped tag, tie the tag to its place with --tag, or fill in the column place of the file that
    --unmatched wrote and import it. Tie answers to "How did you hear of us?" with --answer; they count as "said" for
    people with neither a tag nor a code. Other answers are shown on the screen and not kept. Ties are kept.

    Without PATHS, the report shows what was imported before.

    Example:

    \b
        outreach track --template -o results.xlsx
        outreach track results.xlsx
        outreach track access.log signups.csv --goal-path /thanks
        outreach track --by campaign -o report.xlsx

    """
    from outreach.engine import Engine

    options = TrackOptions(**typed)
    _refuse_senseless(options)
    if options.template:
        _write_template(options)
        return
    where = options.db or (DATABASE if Path(DATABASE).is_file() else None)
    if options.listed or options.forget or options.ties or options.tag or options.answer:
        where = where or DATABASE  # which is not there: said as of every other command
    if where is None and not options.paths:
        raise click.UsageError("Give a file with results.\nExample: outreach track access.log signups.csv")
    refuse_overwriting((*options.paths, *filter(None, [where])), options.output, options.unmatched, options.rejected)
    _refuse_others(options)
    if not (options.output or options.forget):
        need_output("give a file: -o report.xlsx")
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        ledger = _ledger(engine, where, create=bool(options.paths) and not (options.tag or options.answer))
        if options.ties:
            list_or_remove_ties(engine, ledger, options)
            return
        if options.listed or options.forget:
            list_or_remove_imports(engine, ledger, options)
            return
        keep_typed_ties(ledger, options)
        refuse_unread_places(engine, ledger, options.unmatched)
        if options.paths:
            options = _import_files(engine, ledger, options, kept=where is not None)
        elif options.paid or options.currency:
            _keep_answers(ledger, import_options(engine, ledger, options, kept=True), options, again=True)
        _report(engine, ledger, options, kept=where is not None)


def _refuse_senseless(options: TrackOptions) -> None:
    """Refuse options of which one would be passed over in silence.

    Raises:
        UsageError: There are files, or two of them, where one thing is done without any file.
        OptionError: The form of the output is none for its place.

    """
    alone = [name for name, there in (("--template", options.template), ("--imports", options.listed),
                                      ("--forget", options.forget and not options.ties),
                                      ("--ties", options.ties)) if there]  # fmt: skip
    if len(alone) > 1:
        raise click.UsageError(f"{' and '.join(alone)}: one of them at a time.")
    if options.kind and not options.paths:
        raise click.UsageError("--kind needs the file that it applies to: give that file again.")
    if alone and (options.tag or options.answer):
        raise click.UsageError(f"{'--tag' if options.tag else '--answer'} and {alone[0]}: one of them at a time.")
    if alone and options.paths:
        raise click.UsageError(f"{alone[0]} does not read files: leave the files or the option out.")
    if options.output and options.form == "table":
        raise OptionError("--format table: tables are for the terminal", hint="-o report.xlsx or report.csv")
    if options.form == "xlsx" and not options.output and is_terminal():
        raise OptionError("a workbook cannot be shown on a terminal", hint="write it: -o report.xlsx")


def _refuse_others(options: TrackOptions) -> None:
    """Refuse to write over tables of another kind, before anything is read."""
    from outreach.reporting import format_of
    from outreach.tables import CONVERSION, IMPORTS, REJECTED, TIES, UNMATCHED, Schema

    before = Schema(UNMATCHED.name, tuple(one for one in UNMATCHED.columns if one.name != "place"))  # of older versions
    output = IMPORTS if options.listed else TIES if options.ties else CONVERSION
    schemas = ((options.output, output), (options.unmatched, before), (options.rejected, REJECTED))
    for file, schema in schemas:
        if file:
            format_of(file)
            refuse_foreign(file, schema)


def _ledger(engine: Engine, where: str | None, *, create: bool) -> Ledger:
    """Open the ledger; without one, an empty one that goes with the run."""
    from outreach.campaign.ledger import open_ledger

    return open_ledger(where if where is not None else engine.folder / DATABASE, create=create or where is None)


def _write_template(options: TrackOptions) -> None:
    """Write the sheet that a person types results into, or add the placements that it lacks.

    Raises:
        OptionError: No file is named.
        InputError: There is no ledger, or nothing in it.

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.reporting.results_sheet import save_results_sheet

    if not options.output:
        raise OptionError("--template: give a file for the sheet", hint="outreach track --template -o results.xlsx")
    refuse_overwriting([options.db or DATABASE], options.output)
    ledger = open_ledger(options.db or DATABASE, create=False)
    placements = [one for one in ledger.placements() if one.status != "declined"]
    if not placements:
        raise InputError(
            f"{ledger.label}: it has no posts to list", hint="outreach draft or outreach placements import adds them"
        )
    saved = save_results_sheet(placements, options.output)
    remark(*saved.remarks)
    kept = f", {counted(saved.kept, 'row')} left as they were" if saved.kept else ""
    remark(f"{saved.path}: {counted(saved.added, 'post')} added{kept}. An empty cell means unknown, 0 means none.")
    database = typed_database()
    remark(f"Next: {shell_quoted(['outreach', 'track', str(saved.path), *database])}")


def _import_files(engine: Engine, ledger: Ledger, options: TrackOptions, *, kept: bool) -> TrackOptions:
    """Read the files into the ledger, and say what was read and what could not be used.

    Returns the options, in which a file that was named as a source gives way to what it was imported as.
    """
    from outreach.cli.track_remarks import imported_lines, rejected_lines, status_lines, untied_lines
    from outreach.messages import describe
    from outreach.reporting import format_of, write
    from outreach.tracking.report import import_files
    from outreach.tracking.table import rejected_table

    asked = import_options(engine, ledger, options, kept=kept)
    reading, imported = import_files(
        ledger, options.paths, asked, read_as=options.read_as, source=options.source, again=options.replace
    )
    _keep_answers(ledger, asked, options, again=False)
    sources = {label: one.entry.option for one in reversed(imported) for label in one.report.labels}
    options = replace(
        options,
        visits=sources.get(options.visits, options.visits),
        conversions=sources.get(options.conversions, options.conversions),
    )
    remark(*imported_lines(imported, kept=kept), *(f"{describe(one.message)}." for one in reading.remarks))
    remark(*untied_lines(ledger, reading, options.paths, typed_database()))
    remark(*status_lines(ledger, imported, typed_database()))
    for one in reading.skipped:
        remark(f"{one.source}: skipped ({describe(one.why)}).")
    if options.rejected:
        write(rejected_table(engine, reading.rejected), format_of(options.rejected), options.rejected)
    remark(*rejected_lines(reading.rejected, options.rejected))
    if not kept:
        remark(f"The results are not kept: there is no {DATABASE} here, and --db was not given.")
    return options


def _keep_answers(ledger: Ledger, asked: ImportOptions, options: TrackOptions, *, again: bool) -> None:
    """Keep what the user said of stages and currencies, and say what of the imports before it changes.

    Args:
        ledger: The ledger.
        asked: With the answers.
        options: As typed.
        again: Whether it is said of what was imported, so that an older answer gives way.

    """
    from outreach.campaign.ledger.answers import keep_currency, keep_paid_stages

    if options.paid and again:
        rows = keep_paid_stages(ledger.database, options.paid, asked.hidden)
        if rows:
            remark(f"{counted(rows, 'row')} imported before now count as paid.")
        else:
            remark("--paid: nothing imported before has that stage; it is kept for future files.")
    if options.currency:
        rows = keep_currency(ledger.database, asked.currency, again=again)
        if rows:
            remark(f"{counted(rows, 'sum')} without a currency, imported before, count as {asked.currency}.")
        elif again and not taken_from_campaign(click.get_current_context(), "currency"):
            remark("--currency: all sums imported before have a currency; it is kept for future files.")


@paused()
def _report(engine: Engine, ledger: Ledger, options: TrackOptions, *, kept: bool) -> None:
    """Make the report, show it, and say what it rests on."""
    from outreach.cli.track_remarks import report_lines
    from outreach.reporting import format_of, write
    from outreach.tracking.report import report
    from outreach.tracking.table import conversion_table, unmatched_table

    made = report(ledger, choice(options))
    form = options.form or (format_of(options.output) if options.output else None)
    _deliver(conversion_table(engine, made.sections), made, form, options)
    if options.unmatched:
        write(unmatched_table(engine, made.unmatched), format_of(options.unmatched), options.unmatched)
    whole = not (options.visits or options.conversions or options.count)
    remark(*report_lines(made, options.unmatched, whole=whole, database=typed_database()))
    if kept:
        remark(*_unconcluded(made))
        _tell_changed_links(ledger, made)
    begins = "With the same input once more" if not kept and "-" in options.paths else "Next"
    remark(f"{begins}: {_next(made, options, kept=kept)}")


def _unconcluded(report: ConversionReport) -> list[str]:
    """Return why there is no conclusion, where something was counted and none of it belongs to a post."""
    posts = any(line.ours for section in report.sections for line in section.lines)
    if posts or not report.sections or not report.placements:
        return []
    return [
        (
            "No conclusion yet: nothing that was counted belongs to one of your posts. --tag and --answer tie tags and "
            "answers to places."
        )
    ]


def _tell_changed_links(ledger: Ledger, report: ConversionReport) -> None:
    """Say which texts carry another link than their own, where it is not tied yet."""
    from outreach.campaign.ledger.ties import ties_of
    from outreach.cli.changed_links import changed_link_lines
    from outreach.teasers.changed_links import changed_in_files, changed_in_ledger

    open_ones = [one for one in report.placements if one.status != "declined"]
    found = [*changed_in_files(open_ones), *changed_in_ledger(open_ones)]
    if found:
        tied = {one.text for one in ties_of(ledger.database)}
        remark(*changed_link_lines(found, typed_database(), tied))


def _deliver(table: Table, report: ConversionReport, form: str | None, options: TrackOptions) -> None:
    """Put the report where the user wants it."""
    from outreach.files.output import describe_place
    from outreach.reporting import write
    from outreach.reporting.overview import overview
    from outreach.reporting.report_sheet import report_sheet
    from outreach.tracking.conclusion import conclude

    conclusion = [full_sentence(one, options.language) for one in conclude(report.sections)]
    if output := options.output:
        seen = overview(report.sections) if form == "xlsx" else None
        around = report_sheet(seen, conclusion, options.by, options.language) if seen else None
        where = write(table, form or "csv", output, around=around, language=options.language)
        remark(*conclusion)
        remark(*describe_place(Path(output), where), f"{counted(len(table), 'line')} written to {where}.")
    elif form == "table" or (form is None and is_terminal()):
        for sentence in conclusion:
            say_wrapped(sentence)
        if spared := _show(report, options, below=bool(conclusion)):
            remark(f"No room here for: {', '.join(spared)}; widen the window, or write them with -o report.xlsx.")
    else:
        remark(*conclusion)
        deliver(table, form or "csv")


def _show(report: ConversionReport, options: TrackOptions, *, below: bool) -> list[str]:
    """Print one table of all, or one for each unit and kind; return the columns that there was no room for."""
    from outreach.reporting.conversion import show_conversion
    from outreach.reporting.overview import overview, show_overview

    if below:
        say("")
    if options.wide:
        return show_conversion(report.sections, by=options.by)
    table = overview(report.sections)
    if table is None:
        return []
    spared = show_overview(table, by=options.by)
    if table.left_out:
        remark(f"Not in this table: {', '.join(table.left_out)}; --wide shows them.")
    return spared


def _next(report: ConversionReport, options: TrackOptions, *, kept: bool) -> str:
    """Return the line to paste."""
    database = typed_database()
    named = {"visits": options.visits, "conversions": options.conversions, "count": options.count}
    chosen = [f"--{name}={value}" for name, value in named.items() if value]
    chosen += [f"--once-per-visit={goal}" for goal in options.once_per_visit]
    chosen += ["--by", options.by] if options.by != BY[0] else []
    if not kept:
        typed = typed_options(click.get_current_context(), without=("--db", "--output", "--format", "--unmatched"))
        return shell_quoted(["outreach", "track", *options.paths, *typed, "--db", DATABASE])
    if report.unmatched and not options.unmatched:
        return shell_quoted(["outreach", "track", *chosen, *database, "--unmatched", "unmatched.csv"])
    of_campaign = usual_value(click.get_current_context(), "rank", "paths")
    if not options.output and not (of_campaign or Path(LIKES).is_file()):
        return shell_quoted(["outreach", "track", *chosen, *database, "-o", "report.xlsx"])
    lists = [] if of_campaign else [LIKES]
    return shell_quoted(["outreach", "rank", *lists, *(database or ([] if options.db else ["--db", DATABASE]))])
