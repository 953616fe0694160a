"""``outreach today``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import click

from outreach.campaign.clock import this_day
from outreach.cli.campaign import campaign_of
from outreach.cli.output import deliver, is_terminal, need_output, say, say_wrapped
from outreach.cli.owners_shared import the_book
from outreach.cli.shared import (
    counted,
    language_option,
    refuse_foreign,
    refuse_overwriting,
    remark,
    shell_quoted,
    the_database,
    typed_database,
)
from outreach.errors import OptionError, OutputError
from outreach.messages import LANGUAGES
from outreach.tables import AGENDA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.owners.due import Due

__all__ = ["today"]

FORMS: Final = ("text", "csv", "tsv", "json", "jsonl", "md", "xlsx", "ics")
CALENDAR: Final = ".ics"
TITLES: Final = {"overdue": "Overdue", "today": "Today", "this week": "This week"}


@click.command()
@click.option("--date", "day", metavar="DATE", help="Show what is due on DATE. [default: today]")
@click.option("--market", metavar="CODE", help="Country whose holidays count, like LV. [default: no holidays]")
@click.option("--sheet", metavar="FILE", help="Sheet of places, which has the way in to each.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending sets the format: .xlsx, .ics, .csv.")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: text on a terminal, csv in a pipe]")
@language_option(LANGUAGES, "Language of the workbook's first tab and of the calendar.")
@the_book
@the_database
def today(
    *,
    day: str | None,
    market: str | None,
    sheet: str | None,
    output: str | None,
    form: str | None,
    language: str,
    book: str | None,
    db: str,
) -> None:
    """Show what is due: overdue first, then today and this week, each with its last note.

    The rules: answer a reply within a working day; write again after two working days of
    silence in a conversation; follow up once, five working days after an e-mail or a form, two after a message.
    Check a post after 24 hours and before its time ends; if it was removed early, ask for a repeat or a refund. Pay,
    send waiting drafts, import new results once a week. Record what you did with outreach placements set and log:
    it is then no longer listed.

    Example:

    \b
        outreach today
        outreach today --date 2026-06-15
        outreach today -o today.xlsx
        outreach today -o today.ics

    """
    from outreach.campaign.ledger.typed_values import typed_day
    from outreach.owners.agenda import agenda
    from outreach.owners.working_days import WorkingDays
    from outreach.reporting.matters import matters_of

    on = date.fromisoformat(typed_day("--date", day, this_day())[:10]) if day else this_day()
    form = form or (_form_of(output) if output else None)
    refuse_overwriting([db, *filter(None, [sheet])], output)
    if form == "ics":
        _refuse_foreign_calendar(output)
    else:
        refuse_foreign(output, AGENDA)
    if output is None:
        need_output("give a file: -o today.xlsx")
    days = WorkingDays(market or "")
    if market and not days.knows_holidays:
        remark(f"The holidays of {market} are unknown: all days but weekends count as working days.")
    dues = agenda(matters_of(db, sheet, book, campaign=campaign_of(), days=days), on, days)
    if output is None and (form == "text" or (form is None and is_terminal())):
        _show(dues, on)
    else:
        _write(dues, on, form or "csv", output, language)
    counts = [f"{number} {name}" for name in TITLES if (number := sum(one.when(on) == name for one in dues))]
    remark(f"{counted(len(dues), 'task')} due: {', '.join(counts)}." if dues else "Nothing is due in the next week.")
    if output:
        remark(f"Written to {output}.")
    elif dues:
        remark(f"Next: {shell_quoted(['outreach', 'today', '-o', 'today.xlsx', *typed_database()])}")


def _refuse_foreign_calendar(output: str | None) -> None:
    """Refuse to write over a calendar that is not ours.

    Raises:
        OutputError: It may be somebody's.

    """
    from pathlib import Path

    from outreach.reporting.agenda import PRODUCT

    file = Path(output or "")
    if output and file.is_file() and PRODUCT.encode() not in file.read_bytes()[:200]:
        raise OutputError(f"{output}: the file exists and is not a calendar by outreach", hint="give another name")


def _form_of(output: str) -> str:
    from outreach.reporting import format_of

    return "ics" if output.lower().endswith(CALENDAR) else format_of(output)


def _show(dues: Sequence[Due], on: date) -> None:
    from outreach.reporting.agenda import agenda_line

    for name, title in TITLES.items():
        if some := [one for one in dues if one.when(on) == name]:
            say(title)
            for one in some:
                say_wrapped(f"  {agenda_line(one)}")


def _write(dues: Sequence[Due], on: date, form: str, output: str | None, language: str) -> None:
    from outreach.reporting.agenda import agenda_calendar, agenda_sheet, agenda_table

    if form == "ics":
        content = agenda_calendar(dues, on, language)
        if output is None:
            from outreach.cli.output import put

            put(content.decode(), "ics")
        else:
            from pathlib import Path

            from outreach.files.output import store_bytes

            store_bytes(Path(output), content)
        return
    from outreach.engine import Engine
    from outreach.reporting import write

    around = agenda_sheet(dues, on, language) if form == "xlsx" else None
    if form == "xlsx" and output is None and is_terminal():
        raise OptionError("a workbook cannot be shown on a terminal", hint="outreach today -o today.xlsx")
    if form == "text":
        raise OptionError("--format text is for the terminal", hint="-o today.csv, today.xlsx or today.ics")
    with Engine() as engine:
        table = agenda_table(engine, dues, on)
        if output is None:
            deliver(table, form, around=around)
        else:
            write(table, form, output, around=around)
