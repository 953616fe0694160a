"""``outreach compare``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.filter_options import FilterOptions, choice_of, filter_options, since_option, with_sheet
from outreach.cli.groups import matched_groups
from outreach.cli.output import deliver, is_terminal, need_output
from outreach.cli.remarks import ranking_remarks
from outreach.cli.shared import (
    MOST,
    OUTPUT_HELP,
    counted,
    next_line,
    read_likes,
    reading_options,
    refuse_foreign,
    refuse_overwriting,
    remark,
)
from outreach.messages import LANGUAGES
from outreach.tables import COMPARISON, STEPS

if TYPE_CHECKING:
    from outreach.likes import Likes
    from outreach.likes.groups import Matched
    from outreach.ranking import Choice
    from outreach.ranking.compare import Comparison

__all__ = ["compare"]

TERMINAL_TOP: Final = 20
FORMS: Final = ("table", "csv", "tsv", "json", "jsonl", "md")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions(FilterOptions):
    """What was typed, by the names of the options."""

    groups: str | None
    group: str | None
    against: str | None
    steps: bool
    top: int | None
    format_name: str | None
    language: str
    output: str | None


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--groups", metavar="FILE", help="The groups: customer, group; outreach survey makes it.")
@click.option(
    "--group", metavar="NAME", help="The first group. [default: promoters, or the first of the two in the file]"
)
@click.option("--against", metavar="NAME", help="The second group. [default: detractors, or everybody else]")
@click.option("--steps", is_flag=True, help="Count the customers at each step instead: visitor to advocate.")
@filter_options("[default: 2]")
@since_option
@click.option(
    "--top", type=click.IntRange(0, MOST), metavar="N", help="Places to list; 0 is all. [default: 20 on a terminal]"
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMS),
    help="Format of the result. [default: table on a terminal, csv in a pipe]",
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the picture."
)
@click.option("-o", "--output", metavar="FILE", help=OUTPUT_HELP)
@reading_options
@click.pass_context
def compare(ctx: click.Context, /, **typed: Any) -> None:
    """Compare which places two groups of customers follow.

    PATHS are the lists, as for outreach rank; the file of groups says which customer is in which group. For each place
    that at least two of them follow: how many of each group, the difference with its likely range, and whether it
    stands out. Of so many places some always differ by chance: a place stands out where fewer than 5 of 100 random
    splits of the same customers show as large a difference anywhere. Where none does, it says so. With --steps, places
    are ranked as by outreach rank, with the number of customers at each step of the file's column step.

    Example:

    \b
        outreach compare sample_data/likes.csv --groups groups.csv
        outreach compare likes.csv --groups groups.csv --group promoters --against passives

    """
    from outreach.engine import Engine
    from outreach.likes.groups import OTHERS, of_groups, two_groups
    from outreach.ranking import basis_of
    from outreach.ranking.compare import compare as compared
    from outreach.reporting import format_of

    options = CompareOptions(**typed)
    output = options.output
    if not options.groups:
        raise click.UsageError(
            "Give the file of groups: --groups groups.csv.\nExample: outreach survey answers.csv -o groups.csv"
        )
    refuse_overwriting((*options.paths, options.groups, *filter(None, [options.resources])), output, options.rejected)
    refuse_foreign(output, STEPS if options.steps else COMPARISON)
    if not output:
        need_output("give a file: -o comparison.csv")
    format_name = options.format_name or (format_of(output) if output else None)
    shown = format_name == "table" or (format_name is None and is_terminal())
    default_top = TERMINAL_TOP if shown and not output else None
    choice = choice_of(options, top=default_top if options.top is None else options.top or None)
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        likes = read_likes(engine, options.paths, options, output=output, dated=bool(options.since))
        matched = matched_groups(likes, options.groups)
        if options.steps:
            _steps(likes, matched, options, choice, "table" if shown else format_name or "csv")
            return
        first, second = two_groups(matched.groups, options.group, options.against)
        likes = of_groups(likes, matched, first, second)
        choice = with_sheet(choice, likes, options)
        found = compared(likes, (first, second or OTHERS), choice)
        _deliver(found, options, "table" if shown else format_name or "csv")
        lines = ranking_remarks(basis_of(likes, choice), found.ranking, replace(choice, top=None))
        remark(*lines, *_said(found))
        if not output:
            remark(next_line(ctx, "compare", instead={"--format": None, "-o": "comparison.csv"}))


def _steps(likes: Likes, matched: Matched, options: CompareOptions, choice: Choice, format_name: str) -> None:
    """Put how near the followers of each place are where the user wants it."""
    from outreach.likes.groups import with_steps
    from outreach.ranking import basis_of
    from outreach.ranking.steps import places_by_step
    from outreach.reporting import write
    from outreach.reporting.comparison import show_steps

    if options.group or options.against:
        raise click.UsageError("--steps counts all customers; leave out --group and --against.")
    known = with_steps(likes, matched)
    choice = with_sheet(choice, likes, options)
    table, ranked = places_by_step(likes, choice)
    if options.output:
        where = write(table, format_name, options.output)
        remark(f"{counted(len(table), 'place')} written to {where}.")
    elif format_name == "table":
        show_steps(table)
    else:
        deliver(table, format_name)
    remark(
        *ranking_remarks(basis_of(likes, choice), ranked, choice),
        f"The step of {known} of {likes.customers} customers is known.",
    )


def _deliver(found: Comparison, options: CompareOptions, format_name: str) -> None:
    """Put the comparison where the user wants it."""
    from pathlib import Path

    from outreach.files.output import describe_place
    from outreach.reporting import write
    from outreach.reporting.comparison import show_comparison

    if options.output:
        where = write(found.table, format_name, options.output, language=options.language, groups=found.groups)
        remark(*describe_place(Path(options.output), where))
        remark(f"{counted(len(found.table), 'place')} written to {where}.")
    elif format_name == "table":
        if hidden := show_comparison(found):
            remark(f"Not shown, for want of room: {', '.join(hidden)}.")
    else:
        deliver(found.table, format_name)


def _said(found: Comparison) -> list[Any]:
    """Return what can be said of all places."""
    from outreach.reporting.comparison import comparison_message

    listed = len(found.table)
    more = (
        [f"{counted(found.places - listed, 'place')} more compared; --top 0 lists all."]
        if found.places > listed
        else []
    )
    return [*more, comparison_message(found)]
