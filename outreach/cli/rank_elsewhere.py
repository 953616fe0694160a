"""``outreach rank --engine``: what of the command goes with it, and what the user reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from outreach.cli.shared import REASONS_SHOWN, counted, platform_option, remark

if TYPE_CHECKING:
    from outreach.cli.rank import RankOptions
    from outreach.engine import Engine
    from outreach.engines.rank import Found
    from outreach.ranking import Choice

__all__ = ["found_elsewhere", "refuse_what_stays"]

WITH_FOLLOWERS: Final = {"--stability": "stability", "--group": "group", "--groups": "groups", "--rejected": "rejected"}
"""Options that need who follows what: the lists stay where they are."""

OF_SHAPES: Final = {
    "--counted": "counted", "--customer": "customer", "--customer-is": "customer_is", "--customers": "customers",
    "--read-as": "read_as", "--include-people": "include_people",
}  # fmt: skip
"""Options for tables of other shapes than one like a row."""


def refuse_what_stays(options: RankOptions) -> None:
    """Refuse what cannot be done elsewhere, before anything is opened there.

    Raises:
        click.UsageError: An option does not go with ``--engine``, or ``--send`` lacks it.

    """
    if not options.engine:
        raise click.UsageError("--send sends files to Spark: give --engine ADDRESS too.")
    if not options.paths:
        raise click.UsageError("Give the tables.\nExample: outreach rank follows.parquet --engine local[2]")
    for flag, name in WITH_FOLLOWERS.items():
        if getattr(options, name):
            raise click.UsageError(
                f"{flag} needs to know who follows what, which stays in Spark: leave it out, or rank a sample here."
            )
    for flag, name in OF_SHAPES.items():
        if getattr(options, name):
            raise click.UsageError(f"{flag} does not go with --engine: there each row is one like.")


def found_elsewhere(engine: Engine, options: RankOptions, choice: Choice) -> Found:
    """Rank where the data is, and say how the tables were understood and what could not be used.

    Raises:
        InputError: A table is not there, or does not tell who follows what.
        RemoteError: The cluster refuses or does not answer.

    """
    from outreach.engines.rank import Where, rank_on
    from outreach.likes.by_hand import hand_aliases
    from outreach.messages import describe
    from outreach.sheet.facts import read_sheet
    from outreach.words.columns import parse_columns

    where = Where(
        address=options.engine,
        tables=options.paths,
        columns=parse_columns(options.columns) if options.columns else {},
        encoding=options.encoding,
        send=options.send,
        assume_platform=platform_option(options.assume_platform, "--assume-platform"),
        by_hand=hand_aliases(options.same_as) if options.same_as else (),
        sheet=read_sheet(options.resources) if options.resources else None,
        memory_mb=engine.memory_bytes() // 2**20 if options.memory_limit else None,
    )
    found = rank_on(engine, where, choice)
    remark(*found.remarks)
    if found.rejected:
        remark(f"{counted(sum(count for _, count in found.rejected), 'row')} could not be used:")
        remark(*(f"  {count} x {describe(reason)}" for reason, count in found.rejected[:REASONS_SHOWN]))
    return found
