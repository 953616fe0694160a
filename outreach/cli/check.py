"""``outreach check``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from outreach.cli.output import deliver, is_terminal, need_output, say, say_wrapped
from outreach.cli.shared import (
    ReadingOptions,
    counted,
    next_line,
    reading_of,
    reading_options,
    refuse_overwriting,
    remark,
    say_rejected,
)
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.likes.check import Checked

__all__ = ["check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(ReadingOptions):
    """What was typed, by the names of the options."""

    paths: tuple[str, ...]
    format_name: str
    verbose: bool


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "csv", "tsv", "json", "jsonl", "md"]),
    default="text",
    show_default=True,
    help="Format of the result.",
)
@click.option(
    "--verbose",
    is_flag=True,
    help="Show all readings with their points, and every skipped file of an archive.",
)
@reading_options
@click.pass_context
def check(ctx: click.Context, /, **typed: Any) -> None:
    """Check how the files in PATHS are understood, before you rank them.

    For each file and each tab of a workbook, it shows the shape and the reasons for it, the columns used and not used,
    the encoding, the numbers of customers and likes, the rows that could not be used and why, and what was skipped. The
    exit code is 3 if something that should be read was not. Tabs and columns that may be customers' names appear by
    name on your own screen only; in a file or a pipe they have numbers.

    Example:

    \b
        outreach check follows.xlsx
        outreach check lists/ more.csv

    """
    from outreach.engine import Engine
    from outreach.likes.check import check as check_tables

    options = CheckOptions(**typed)
    if not options.paths:
        raise click.UsageError("Give the files with your customers' lists.\nExample: outreach check follows.xlsx")
    reading = reading_of(options)
    refuse_overwriting(options.paths, options.rejected)
    need_output("outreach check shows its findings there")
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        checked = check_tables(engine, options.paths, named=is_terminal(), **reading)
        if options.format_name == "text":
            _show(checked, verbose=options.verbose)
        else:
            deliver(checked.table, options.format_name)
        remark(*checked.remarks)
        if checked.likes is not None:
            say_rejected(checked.likes, options.rejected)
        if checked.likes is not None and not checked.likes.customers and not checked.likes.rejections:
            raise InputError("the lists are still empty", hint="fill them in, save the file and close it")
        if checked.likes is None and checked.complete:
            raise InputError(
                "these files have no list of follows", hint="outreach formats lists the exports that have one"
            )
        if not checked.complete:
            raise InputError("something that should be read was not", hint="the reason is shown above")
        remark(next_line(ctx, "rank"))


def _show(checked: Checked, *, verbose: bool) -> None:
    """Print one paragraph a table, and a line for the whole; with ``verbose`` what was passed over, name by name."""
    from outreach.messages import describe
    from outreach.reporting import plain, thousands

    for row in checked.table.head():
        say(plain(row["source"]))
        if row["passed_over"] is not None:
            say_wrapped(f"  skipped  {plain(row['passed_over'])}")
            for name in checked.parts.get(row["source"], ()) if verbose else ():
                say_wrapped(f"    {plain(name)}")
            continue
        counts = f"{counted(row['customers'], 'customer')}, {counted(row['likes'], 'like')}"
        rejected = f"{thousands(row['rejected'])}: {row['reasons']}" if row["rejected"] else None
        for title, text in (
            ("read as", row["read_as"]),
            ("because", row["why"]),
            ("understood", row["understood"]),
            ("encoding", row["encoding"]),
            ("holds", counts),
            ("not used", row["not_used"]),
            ("rejected", rejected),
        ):
            if text:
                say_wrapped(f"  {title:<11}  {plain(text)}")
        for reading in checked.readings.get(row["source"], ()) if verbose else ():
            say_wrapped(f"    {plain(describe(reading))}")
    if checked.likes is not None:
        likes, resources = len(checked.likes.likes), len(checked.likes.resources)
        customers = counted(checked.likes.customers, "customer")
        say(f"Together: {customers}, {counted(likes, 'like')}, {counted(resources, 'place')}.")
