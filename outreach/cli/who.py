"""``outreach who``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from outreach.cli.output import is_terminal, say
from outreach.cli.shared import (
    ReadingOptions,
    apply_sheet,
    counted,
    next_line,
    read_likes,
    reading_options,
    refuse_overwriting,
    remark,
)
from outreach.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes import Likes

__all__ = ["who"]

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoOptions(ReadingOptions):
    """What was typed, by the names of the options."""

    key: str
    paths: tuple[str, ...]
    resources: str | None


@click.command()
@click.argument("key")
@click.argument("paths", nargs=-1)
@click.option("--resources", metavar="FILE", help="The sheet of places, for the names in it.")
@reading_options
@click.pass_context
def who(ctx: click.Context, /, **typed: Any) -> None:
    """Show which customers follow the place KEY, on the terminal only.

    KEY is a key as `outreach rank --wide` shows it, an address of the place, or its name in the lists, the sheet of
    places or tables of outreach. Customers' labels go to your own screen and nowhere else.

    Example:

    \b
        outreach who telegram:marketolog_bez_byudzheta likes.csv
        outreach who "SMM Riga" likes.csv

    """
    from outreach import ranking
    from outreach.engine import Engine
    from outreach.reporting import plain

    options = WhoOptions(**typed)
    if options.counted is not None:
        raise click.UsageError(
            "--counted gives only the number of customers, so it is unknown who follows a place.\n"
            "Example: outreach rank hits.csv --counted 12"
        )
    refuse_overwriting(options.paths, options.rejected)
    if not is_terminal():
        raise OutputError(
            "outreach who shows customers' labels on a terminal only",
            hint="run it without | and > in a terminal window",
        )
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        likes = read_likes(engine, options.paths, options)
        if options.resources:
            apply_sheet(likes, options.resources)
        customers = ranking.who(likes, options.key)
        for customer in customers:
            say(plain(customer))
        if not customers:
            remark("No customer in these lists follows it.", *_alike(likes, options.key))
        else:
            remark(f"{len(customers)} of {counted(likes.customers, 'customer')}.")
        remark(next_line(ctx, "rank", instead={"-o": "ranking.xlsx"}))


def _alike(likes: Likes, text: str) -> Iterator[str]:
    """Say which places are called much like it."""
    from outreach.reporting import plain

    wanted = " ".join(text.removeprefix("~").split()).casefold()
    rows = likes.engine.rows(
        f"select name, resource from {likes.resources.relation} where name is not null order by all"
    )
    found = [f"{plain(name)} ({key})" for name, key in rows if wanted and wanted in name.casefold()]
    if found:
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        yield f"Similar names: {', '.join(found[:SHOWN])}{more}."
