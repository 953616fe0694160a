"""``outreach rank``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.filter_options import FilterOptions, choice_of, filter_options, since_option, with_sheet
from outreach.cli.groups import group_options, one_group, refuse_group_alone
from outreach.cli.output import deliver, is_terminal, need_output
from outreach.cli.remarks import ranking_remarks, way_to_see
from outreach.cli.shared import (
    MOST,
    OUTPUT_HELP,
    WHAT_IS_MEANT,
    command_line,
    counted,
    database_option,
    drafts_line,
    next_line,
    read_likes,
    reading_options,
    refuse_foreign,
    refuse_overwriting,
    remark,
    usual_value,
)
from outreach.errors import InputError, OutputError
from outreach.messages import LANGUAGES, full_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes import Likes
    from outreach.messages import Message
    from outreach.ranking import Choice, Ranking
    from outreach.reporting.sheet import Around

__all__ = ["rank"]

TERMINAL_TOP: Final = 20
SET: Final = 5
"""Places that a plan has; of so few there is nothing to choose."""
NEW_SHEET: Final = {"-o": "sheet.xlsx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOptions(FilterOptions):
    """What was typed, by the names of the options."""

    by: str
    stability: bool
    group: str | None
    groups: str | None
    db: str | None
    top: int | None
    wide: bool
    engine: str | None
    send: bool
    format_name: str | None
    language: str
    output: str | None


@click.command()
@click.argument("paths", nargs=-1)  # checked by us: a missing file is exit 3, a folder and - are fine
@filter_options("[default: 1; 3 by a ratio]")
@click.option(
    "--by",
    type=click.Choice(["overlap", "share", "affinity"]),
    default="overlap",
    show_default=True,
    help="What to rank by; ratios need three customers.",
)
@click.option("--stability", is_flag=True, help="Show how certain the first five are.")
@database_option("Show the results of the places too; see outreach track.", envvar=None)
@since_option
@group_options
@click.option(
    "--top", type=click.IntRange(0, MOST), metavar="N", help="Places to list; 0 is all. [default: 20 on a terminal]"
)
@click.option(
    "--engine", metavar="ADDRESS", help="Rank where Spark has the data: local[2], spark://HOST:7077, sc://HOST:15002."
)
@click.option("--send", is_flag=True, help="With --engine: PATHS are of this machine, and their rows are sent.")
@click.option("--wide", is_flag=True, help="Show affinity and key on the terminal too.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl", "md", "xlsx"]),
    help="Format of the result. [default: table on a terminal, csv in a pipe]",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the workbook or picture.",
)
@click.option("-o", "--output", metavar="FILE", help=OUTPUT_HELP)
@reading_options
@click.pass_context
def rank(ctx: click.Context, /, **typed: Any) -> None:
    """Rank the places that the customers in PATHS share.

    PATHS are tables of any shape (Excel, OpenDocument, CSV, text, JSON, Parquet), folders of them, or - for standard
    input; outreach check shows how they are understood. The place with the most customers comes first; if equal, the
    larger one.

    --stability adds the chance of each place to be among the first five if all customers were asked, and says how many
    of them would stay after ten more.

    With --engine, PATHS are Parquet, CSV or names of tables as Spark knows them; the work is done there, and only the
    ranking comes back.

    Example:

    \b
        outreach rank sample_data/likes.csv
        outreach rank likes.csv --min-subscribers 3000 --own t.me/my_channel
        outreach rank follows.xlsx --resources sheet.xlsx -o ranking.xlsx
        outreach rank follows.parquet --engine local[2] --columns customer=who,resource=page

    """
    from outreach import ranking
    from outreach.engine import Engine
    from outreach.reporting import format_of
    from outreach.tables import RANKING

    options = RankOptions(**typed)
    if options.stability and options.by != "overlap":
        raise click.UsageError(f"--stability is of a ranking by overlap: leave out --by {options.by}.")
    output = options.output
    refuse_group_alone(ctx)
    given = filter(None, [options.resources, options.db, options.groups])
    refuse_overwriting((*options.paths, *given), output, options.rejected)
    refuse_foreign(output, RANKING)
    if not output:
        need_output("give a file: -o ranking.csv")
    format_name = options.format_name or (format_of(output) if output else None)
    shown = format_name == "table" or (format_name is None and is_terminal())
    top = TERMINAL_TOP if shown and not output else None
    choice = choice_of(options, by=options.by, top=top if options.top is None else options.top or None)
    if options.engine or options.send:
        from outreach.cli.rank_elsewhere import refuse_what_stays

        refuse_what_stays(options)
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        if options.engine:
            from outreach.cli.rank_elsewhere import found_elsewhere

            found = found_elsewhere(engine, options, choice)
            ranked, choice = found.ranking, found.choice
            if options.db:
                ranked = _with_results(ranked, options.db)
            _deliver(ranked, found.basis.customers, options, "table" if shown else format_name or "csv", None)
            remark(*ranking_remarks(found.basis, ranked, choice), _next(ctx, ranked))
            return
        likes = read_likes(engine, options.paths, options, output=output, dated=bool(options.since))
        if options.group:
            likes = one_group(likes, options.groups, options.group)
        choice = with_sheet(choice, likes, options)
        ranked = ranking.rank(likes, choice)
        if options.db:
            ranked = _with_results(ranked, options.db)
        advice = None
        if options.stability:
            ranked, advice = _with_stability(ranked, likes, choice)
        _deliver(ranked, likes.customers, options, "table" if shown else format_name or "csv", advice)
        if advice:
            remark(full_sentence(advice))
        remark(*ranking_remarks(ranking.basis_of(likes, choice), ranked, choice))
        remark(*_together(ctx, ranked), _next(ctx, ranked))


def _with_results(ranked: Ranking, db: str) -> Ranking:
    """Put what the places brought so far beside their overlap, and say what that is."""
    from outreach.campaign.ledger import open_ledger
    from outreach.reporting.conversion import kind_words, unit_words
    from outreach.reporting.measured import beside_ranking
    from outreach.tracking.lines import Choice as Counts
    from outreach.tracking.report import report

    ledger = open_ledger(db, create=False)
    try:
        sections = report(ledger, Counts()).sections
    except InputError as err:  # only outreach track can be told which source counts
        remark(f"{ledger.label}: {err.message}; so no results are shown here. outreach track shows more.")
        return ranked
    beside = beside_ranking(ranked.table, sections)
    if beside.section is None or not beside.shown + beside.elsewhere:
        remark(f"{ledger.label}: no results of these places yet; outreach track imports them.")
        return ranked
    pair = beside.section.pair
    what = f"{kind_words(pair.kind, pair.goal)} of {unit_words(pair.unit)}" if pair.kind else unit_words(pair.unit)
    remark(f"Converted: {what} by the links of {ledger.label}, for {counted(beside.shown, 'place')} here.")
    if beside.elsewhere:
        remark(f"{counted(beside.elsewhere, 'place')} with results are not listed here; outreach track shows all.")
    return replace(ranked, table=beside.table)


def _with_stability(ranked: Ranking, likes: Likes, choice: Choice) -> tuple[Ranking, Message]:
    """Put the chance to be among the first five beside each place; return also what ten more customers would change."""
    from outreach.ranking.followers import followers_of
    from outreach.ranking.stability import advice, stability, with_chances

    followers = followers_of(likes, choice.since)
    found = stability(followers)
    return replace(ranked, table=with_chances(ranked.table, followers, found)), advice(found)


def _deliver(ranked: Ranking, people: int, options: RankOptions, format_name: str, advice: Message | None) -> None:
    """Put the ranking of so many people's lists where the user wants it."""
    from outreach.files.output import describe_place
    from outreach.reporting import show_ranking, write

    customers = counted(people, "customer")
    title = f"What your customers follow · {customers}"
    around = _for_people(ranked, people, options, advice) if format_name == "xlsx" else None
    if options.output:
        where = write(
            ranked.table,
            format_name,
            options.output,
            title=title,
            wide=True,
            by=options.by,
            around=around,
            language=options.language,
        )
        remark(*describe_place(Path(options.output), where))
        remark(f"{counted(ranked.places, 'place')} written to {where}.")
    elif format_name == "table":
        names = f" · {_named(options.paths)}" if is_terminal() else ""  # paths may hold labels: for his own eyes
        title = f"What your customers follow{names} · {customers}"
        hidden = show_ranking(ranked.table, title=title, top=0, wide=options.wide, by=options.by)
        if hidden:
            remark(f"Not shown: {', '.join(hidden)}; --wide shows them.")
    else:
        if format_name == "xlsx" and is_terminal():
            raise OutputError("an Excel file cannot be shown on a terminal", hint="write it: -o ranking.xlsx")
        deliver(ranked.table, format_name, title=title, wide=True, by=options.by, around=around)


def _for_people(ranked: Ranking, people: int, options: RankOptions, advice: Message | None) -> Around:
    """Return the sheets of the workbook that people read."""
    from outreach.reporting.ranking_sheet import ranking_sheet

    return ranking_sheet(ranked.table, people, by=options.by, language=options.language, advice=advice)


def _named(paths: Sequence[str]) -> str:
    first = "standard input" if paths[0] == "-" else Path(paths[0]).name or Path(paths[0]).resolve().name or paths[0]
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"


def _together(ctx: click.Context, ranked: Ranking) -> list[str]:
    """Return the line that leads to a set of places, where there is something to choose from."""
    if ranked.places <= SET or "-" in ctx.params["paths"] or ctx.params["output"] is not None:
        return []
    return [f"Next, which of them together: {command_line(ctx, 'plan', has=WHAT_IS_MEANT)}"]


def _next(ctx: click.Context, ranked: Ranking) -> str:
    """Return the line to paste."""
    if ranked.unknown * 2 > ranked.places and ctx.params["resources"] is None and ctx.params["engine"] is None:
        return next_line(ctx, "resources", instead={} if usual_value(ctx, "resources", "output") else NEW_SHEET)
    if ranked.places and ctx.params["output"] is None:
        return next_line(ctx, "rank", instead={"--format": None, "-o": "ranking.xlsx"})
    if ranked.places:
        return drafts_line(ctx, ctx.params["output"])
    # What the last filter hid passed all the others, so that line shows something for sure.
    flag, value = next(filter(None, map(way_to_see, reversed(ranked.hidden))), ("--min-subscribers", "0"))
    return next_line(ctx, "rank", instead={flag: value})
