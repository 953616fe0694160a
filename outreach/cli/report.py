"""``outreach report``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.campaign.clock import this_day
from outreach.cli.campaign import campaign_of
from outreach.cli.filter_options import FilterOptions, choice_of, filter_options, since_option, with_sheet
from outreach.cli.owners_shared import ledger_beside, the_book
from outreach.cli.shared import (
    DATABASE,
    counted,
    database_option,
    read_likes,
    reading_options,
    refuse_overwriting,
    remark,
)
from outreach.errors import InputError, OptionError
from outreach.messages import LANGUAGES

if TYPE_CHECKING:
    from outreach.engine import Engine
    from outreach.files.money import Money
    from outreach.reporting.client_page import PageOptions, Sources

__all__ = ["report"]

MOST_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions(FilterOptions):
    """What was typed, by the names of the options."""

    month: str | None
    client: str
    logo: str | None
    budget: str | None
    intro: str | None
    outro: str | None
    need: str | None
    sections: str | None
    without: str | None
    with_owners: bool
    top: int
    posts: int
    db: str | None
    book: str | None
    visits: str
    currency: str
    templates: str | None
    language: str
    output: str | None


@click.command()
@click.argument("paths", nargs=-1)  # checked by us, as for rank
@click.option("--month", metavar="YYYY-MM", help="Month to report on. [default: the whole campaign]")
@click.option("--client", default="", metavar="NAME", help="Whose report it is.")
@click.option("--logo", metavar="FILE", help="The client's logo: PNG, JPEG or WebP.")
@click.option("--budget", metavar="SUM", help='What the posts may cost, like "300 EUR".')
@click.option("--intro", metavar="FILE", help="Your words before the conclusion, in Markdown.")
@click.option("--outro", metavar="FILE", help="Your words behind it, in Markdown.")
@click.option("--need", metavar="FILE", help="What you need from the client, instead of what is found.")
@click.option("--sections", metavar="NAME,...", help="Only these sections; --without leaves some out.")
@click.option("--without", metavar="NAME,...", help="All sections but these.")
@click.option("--with-owners", is_flag=True, help="Name the owners of the places.")
@click.option(
    "--top", type=click.IntRange(1, MOST_ROWS), default=300, show_default=True, metavar="N", help="Places to rank."
)
@click.option(
    "--posts", type=click.IntRange(1, 100), default=5, show_default=True, metavar="N", help="Posts to plan next."
)
@filter_options("[default: 1]")
@database_option(f"The campaign's database. [default: {DATABASE} where there is one]", envvar="OUTREACH_DB")
@the_book
@click.option("--visits", default="", metavar="NAME", help="Source of the visits, if there are several.")
@click.option("--currency", default="", metavar="CODE", help="Currency of sums without one, like EUR.")
@click.option("--templates", metavar="DIR", help="Folder of your own templates, before the packaged ones.")
@since_option
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the report."
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE: .html, .md or .xlsx.")
@reading_options
def report(**typed: Any) -> None:
    """Make the client's report: one page that opens anywhere, offline, and prints as PDF.

    It has a headline, the conclusion, big figures beside those of the month before, what each place brought, posts,
    where next, what you need from the client, ranking, coverage, and how it was counted. Sections without data
    are left out. PATHS are the customers' lists, as for outreach rank; their names are never shown.

    Sections: conclusion, figures, places, posts, next, need, ranking, coverage, map, method.

    Example:

    \b
        outreach report -o november.html --month 2026-11
        outreach report likes.csv --db outreach.db -o report.html --client Zobi --logo logo.png
        outreach report -o report.xlsx --language ru --without ranking,coverage

    """
    from outreach.engine import Engine
    from outreach.files.output import describe_place
    from outreach.reporting.client_page import client_page, store_page
    from outreach.reporting.client_page.forms import form_of, refuse_other_file

    options = ReportOptions(**typed)
    output = options.output
    if not output:
        raise click.UsageError("Give a file: -o report.html.\nExample: outreach report -o november.html")
    form_of(output)
    given = (options.logo, options.intro, options.outro, options.need, options.resources, options.db)
    refuse_overwriting((*options.paths, *filter(None, given)), output, options.rejected)
    refuse_other_file(output)
    chosen = _chosen(options)
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        page = client_page(_sources(engine, options), chosen)
        where = store_page(page, output, options.templates)
    remark(page.title)
    remark(*filter(None, [page.left_out]), *describe_place(Path(output), where))
    remark(f"{counted(len(page.parts), 'section')} written to {where}.")
    if Path(output).suffix.lower() in (".html", ".htm"):
        remark("Open it in a browser; its print dialogue makes the PDF.")


def _chosen(options: ReportOptions) -> PageOptions:
    from outreach.reporting.client_page import PageOptions, month_of
    from outreach.reporting.client_page.logo import read_logo

    return PageOptions(
        today=this_day(),
        client=options.client,
        logo=read_logo(options.logo) if options.logo else None,
        month=month_of(options.month) if options.month else None,
        language=options.language,
        budget=_budget(options.budget),
        intro=_own_words(options.intro),
        outro=_own_words(options.outro),
        need=_own_words(options.need),
        sections=_sections(options),
        with_owners=options.with_owners,
        most=options.top,
        posts=options.posts,
        templates=options.templates,
    )


def _sections(options: ReportOptions) -> tuple[str, ...]:
    """Return the sections that were chosen, in their own order.

    Raises:
        OptionError: There is none of a name.

    """
    from outreach.reporting.client_page import SECTIONS

    only, less = (
        {one.strip() for one in (text or "").split(",")} - {""} for text in (options.sections, options.without)
    )
    if unknown := sorted((only | less) - set(SECTIONS)):
        raise OptionError(f"{unknown[0]}: not a section of the report", hint=f"known: {', '.join(SECTIONS)}")
    return tuple(one for one in SECTIONS if (not only or one in only) and one not in less)


def _budget(text: str | None) -> Money | None:
    """Return the budget.

    Raises:
        OptionError: It is no sum of money.

    """
    from outreach.files.money import money

    found = money(text) if text else None
    if text and found is None:
        raise OptionError("--budget: not a sum of money", hint='write it like "300 EUR" or "15 000 RUB"')
    return found


def _own_words(path: str | None) -> str:
    """Return a text that the user wrote.

    Raises:
        InputError: It cannot be read, or is no text.

    """
    from outreach.reporting.client_page.own_words import read_own_words

    return read_own_words(path) if path else ""


def _sources(engine: Engine, options: ReportOptions) -> Sources:
    from outreach.files.money import currency_of
    from outreach.owners import existing_book
    from outreach.reporting.client_page import Sources
    from outreach.sheet.facts import facts_in

    campaign = campaign_of()
    where = options.db or (DATABASE if Path(DATABASE).is_file() else None)
    if options.db and ledger_beside(where) is None and campaign is None:
        raise InputError("no such file", where=options.db, hint="outreach draft or outreach track makes one")
    likes = choice = None
    if options.paths:
        choice = choice_of(options)
        likes = read_likes(engine, options.paths, options, output=options.output, dated=bool(options.since))
        choice = with_sheet(choice, likes, options)
    return Sources(
        ledger=ledger_beside(where),
        likes=likes,
        choice=choice,
        facts=facts_in(options.resources) if options.resources else (),
        book=existing_book(options.book),
        visits=options.visits,
        currency=(currency_of(options.currency.upper()) or "") if options.currency else "",
    )
