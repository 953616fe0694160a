"""``outreach plan``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.campaign.clock import this_day
from outreach.cli.campaign import campaign_of
from outreach.cli.filter_options import FilterOptions, choice_of, filter_options, since_option, with_sheet
from outreach.cli.output import deliver, is_terminal, need_output, say, say_wrapped
from outreach.cli.owners_shared import ledger_beside, the_book
from outreach.cli.remarks import ranking_remarks
from outreach.cli.shared import (
    OUTPUT_HELP,
    counted,
    database_option,
    drafts_line,
    next_line,
    read_likes,
    reading_options,
    refuse_foreign,
    refuse_overwriting,
    remark,
)
from outreach.errors import InputError, OptionError
from outreach.messages import LANGUAGES, full_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.engine import Engine
    from outreach.likes import Likes
    from outreach.ranking import Choice
    from outreach.reporting.plan_places import Known
    from outreach.reporting.planning import Plan, Wanted
    from outreach.tracking.tried import Measured

__all__ = ["plan"]

MOST_POSTS: Final = 100
FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
DAYS: Final = {"d": 1, "w": 7, "m": 30, "": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions(FilterOptions):
    """What was typed, by the names of the options."""

    posts: int
    budget: str | None
    must: tuple[str, ...]
    without: tuple[str, ...]
    cool_down: str | None
    db: str | None
    book: str | None
    format_name: str | None
    language: str
    output: str | None


@click.command()
@click.argument("paths", nargs=-1)  # checked by us, as for rank
@click.option(
    "--posts", type=click.IntRange(1, MOST_POSTS), default=5, show_default=True, metavar="N", help="Posts to plan."
)
@click.option("--budget", metavar="SUM", help='What all posts may cost together, like "300 EUR".')
@click.option("--must", multiple=True, metavar="PLACE", help="A place that has to be in the plan. Repeatable.")
@click.option("--not", "without", multiple=True, metavar="PLACE", help="A place that must not be in it. Repeatable.")
@click.option("--cool-down", metavar="30d", help="Leave out places that had a post in so many days (30d, 4w, 2m).")
@filter_options("[default: 1]")
@database_option("The campaign's database: what the posts so far brought, who declined.", envvar=None)
@the_book
@since_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
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
def plan(ctx: click.Context, /, **typed: Any) -> None:
    """Plan the next posts: which places together, how sure that is, and why.

    Before anything is measured, it chooses the places that together have the most customers, and says what share of
    customers like yours they cover. Once outreach track has read results into the database, it puts those places first
    whose next post is expected to bring most. PATHS are as for outreach rank. Places that declined, asked not to be
    contacted, removed posts twice or take none are left out.

    Example:

    \b
        outreach plan sample_data/likes.csv
        outreach plan likes.csv --posts 3 --budget "300 EUR" --resources sheet.xlsx
        outreach plan likes.csv --db outreach.db --cool-down 30d -o plan.csv

    """
    from outreach.engine import Engine
    from outreach.ranking import basis_of
    from outreach.reporting import format_of
    from outreach.tables import PLAN

    options = PlanOptions(**typed)
    output = options.output
    refuse_overwriting((*options.paths, *filter(None, [options.resources, options.db])), output, options.rejected)
    refuse_foreign(output, PLAN)
    if not output:
        need_output("give a file: -o plan.csv")
    form = options.format_name or (format_of(output) if output else "table" if is_terminal() else "csv")
    if form == "table" and output:
        raise OptionError("a table is for the terminal", hint="-o plan.xlsx, plan.csv, plan.json or plan.md")
    if form == "xlsx" and not output and is_terminal():
        raise OptionError("a workbook cannot be shown on a terminal", hint="write it: -o plan.xlsx")
    wanted = _wanted(options)
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        likes, choice, made = _made(engine, options, wanted)
        _deliver(made, likes, form, options)
        remark(*ranking_remarks(basis_of(likes, choice), made.ranked, choice), *_remarks(made))
        remark(_next(ctx, made))


def _wanted(options: PlanOptions) -> Wanted:
    """Return what was asked for.

    Raises:
        OptionError: The budget is no sum, or the span none.

    """
    from outreach.files.money import money
    from outreach.reporting.planning import Wanted

    campaign = campaign_of()
    currency = (campaign.settings.currency if campaign else "") or ""
    budget = money(options.budget) if options.budget is not None else None
    if options.budget is not None and budget is None:
        raise OptionError("--budget: not a sum of money", hint='write it like "300 EUR" or "15 000 RUB"')
    return Wanted(
        posts=options.posts,
        must=options.must,
        without=options.without,
        budget=budget,
        cool_down=_days(options.cool_down) if options.cool_down is not None else None,
        currency=currency,
    )


def _days(text: str) -> int:
    """Return the days of a span.

    Example:
        >>> _days("30d"), _days("4w"), _days("14")
        (30, 28, 14)

    """
    found = re.fullmatch(r"(\d{1,4})\s*([dwm]?)", text.strip().lower())
    if found is None:
        raise OptionError("--cool-down: not a span", hint="write it like 30d, 4w or 2m")
    return int(found[1]) * DAYS[found[2]]


def _made(engine: Engine, options: PlanOptions, wanted: Wanted) -> tuple[Likes, Choice, Plan]:
    from outreach.reporting.planning import plan as plan_posts

    choice = choice_of(options)
    likes = read_likes(engine, options.paths, options, output=options.output, dated=bool(options.since))
    choice = with_sheet(choice, likes, options)
    ledger = ledger_beside(options.db)
    return likes, choice, plan_posts(likes, choice, wanted, _known(options, ledger), _measured(ledger))


def _known(options: PlanOptions, ledger: Ledger | None) -> Known:
    from outreach.owners import existing_book
    from outreach.reporting.plan_places import Known
    from outreach.sheet.facts import facts_in

    return Known(
        today=this_day(),
        placements=ledger.placements() if ledger else (),
        book=existing_book(options.book),
        facts=facts_in(options.resources) if options.resources else (),
    )


def _measured(ledger: Ledger | None) -> Measured | None:
    """Return what was measured so far; where several sources count the same, say so and go without."""
    from outreach.tracking.tried import measured

    if ledger is None:
        return None
    try:
        return measured(ledger)
    except InputError as err:  # only outreach track can be told which source counts
        remark(f"{ledger.label}: {err.message}; so the plan uses the lists alone. outreach track shows more.")
        return None


def _deliver(made: Plan, likes: Likes, form: str, options: PlanOptions) -> None:
    """Put the plan where the user wants it."""
    from outreach.files.output import describe_place
    from outreach.reporting import write
    from outreach.reporting.plan_sheet import plan_sheet, show_plan

    around = plan_sheet(made, likes.customers, options.language) if form == "xlsx" else None
    sentences = [full_sentence(one) for one in made.conclusion]
    if form == "table":
        say_wrapped(" ".join(sentences))
        if made.steps:
            say("")
        if spared := show_plan(made):
            remark(f"No room here for: {', '.join(spared)}; widen the window, or write them with -o plan.xlsx.")
        return
    if options.output:
        where = write(made.table, form, options.output, around=around, language=options.language)
        remark(" ".join(sentences), *describe_place(Path(options.output), where))
        remark(f"{counted(len(made.steps), 'place')} written to {where}.")
    else:
        deliver(made.table, form, around=around)
        remark(" ".join(sentences))


def _remarks(made: Plan) -> Sequence[str]:
    """Return which places are left out, and what the numbers mean."""
    from outreach.messages import describe
    from outreach.reporting import plain
    from outreach.reporting.conversion import kind_words, unit_words

    said = [plain(f"Left out. {describe(one)}.") for one in made.left_out]
    if made.absent:
        said.append(
            f"{counted(made.absent, 'place')} given with --not: followed by no customer, or hidden by a filter."
        )
    if made.measured is not None and made.steps:
        pair = made.measured.section.pair
        what = kind_words(pair.kind, pair.goal) if pair.kind and pair.numerators is not None else unit_words(pair.unit)
        said.append(f"Expected: {what} of one more post; four of five posts bring a number in the range.")
    return said


def _next(ctx: click.Context, made: Plan) -> str:
    """Return the line to paste."""
    if not made.steps:
        return next_line(ctx, "rank")
    if ctx.params["output"] is None:
        return next_line(ctx, "plan", instead={"--format": None, "-o": "plan.csv"})
    return drafts_line(ctx, ctx.params["output"])
