"""``outreach rank``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.shared import (
    is_terminal,
    platforms_of,
    read_likes,
    reading_options,
    remark,
    shell_quoted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes import Likes
    from outreach.ranking import Choice, Hidden, Ranking

__all__ = ["rank"]

TERMINAL_TOP: Final = 20
FEW_CUSTOMERS: Final = 10


@click.command()
@click.argument("paths", nargs=-1)  # checked by us: a missing file is exit 3, a folder and - are fine
@click.option("--min-subscribers", default=5000, show_default=True, metavar="N", help="Smallest resource to list.")
@click.option(
    "--unknown-size",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="What to do with resources of unknown size.",
)
@click.option(
    "--min-overlap", type=click.IntRange(min=1), metavar="N", help="Fewest customers. [default: 1; 3 by a ratio]"
)
@click.option(
    "--accepts-posts",
    type=click.Choice(["any", "yes", "not-no"]),
    default="any",
    show_default=True,
    help="Only resources known to accept posts, or not known to refuse them.",
)
@click.option("--topic", default="", metavar="TEXT", help="Only resources whose topic contains TEXT.")
@click.option("--platform", "platforms", multiple=True, metavar="NAME", help="Only this platform. Repeatable.")
@click.option("--own", multiple=True, metavar="KEY", help="Your own page: out of the table. Repeatable.")
@click.option("--exclude", multiple=True, metavar="KEY|FILE", help="A resource, or a file of them, not to list.")
@click.option(
    "--by",
    type=click.Choice(["overlap", "share", "affinity"]),
    default="overlap",
    show_default=True,
    help="What to rank by; ratios need three customers.",
)
@click.option("--since", metavar="2y|DATE", help="Do not count likes known to be older.")
@click.option(
    "--top", type=click.IntRange(min=0), metavar="N", help="Places to list; 0 is all. [default: 20 on a terminal]"
)
@click.option("--wide", is_flag=True, help="Show affinity and key on the terminal too.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl", "md", "xlsx"]),
    help="Form of the result. [default: table on a terminal, csv in a pipe]",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its name tells the form.")
@reading_options
def rank(paths: tuple[str, ...], **given: Any) -> None:
    """Rank the communities that the customers in PATHS share.

    PATHS are tables with one like a row (CSV, TSV, JSON, Parquet, each also as .gz), folders of them, or - for
    standard input. The place that most customers follow comes first; of equals, the larger one.

    Example:

    \b
        outreach rank sample_data/likes.csv
        outreach rank likes.csv --min-subscribers 3000 --own t.me/my_channel
        outreach rank likes.csv -o ranking.xlsx

    """
    from outreach import ranking
    from outreach.engine import Engine
    from outreach.reporting import format_of

    output = given["output"]
    format_name = given["format_name"] or (format_of(output) if output else None)
    shown = format_name == "table" or (format_name is None and is_terminal())
    choice = _choice(given, TERMINAL_TOP if shown and not output else None)
    with Engine(memory_limit=given["memory_limit"], progress=True) as engine:
        likes = read_likes(engine, paths, given)
        ranked = ranking.rank(likes, choice)
        _deliver(ranked, likes, given, "table" if shown else format_name or "csv")
        remark(*_remarks(likes, ranked, choice))
        remark(_next(paths, ranked, output))


def _choice(given: dict[str, Any], default_top: int | None) -> Choice:
    """Return what to rank from what was typed."""
    from outreach.ranking import Choice, moment

    top = default_top if given["top"] is None else given["top"] or None
    return Choice(
        min_subscribers=given["min_subscribers"],
        unknown_size=given["unknown_size"],
        min_overlap=given["min_overlap"],
        accepts_posts=given["accepts_posts"],
        topic=given["topic"].strip(),
        platforms=platforms_of(given["platforms"]),
        own=given["own"],
        exclude=tuple(address for entry in given["exclude"] for address in _listed(entry)),
        by=given["by"],
        since=moment(given["since"], datetime.now(UTC).date()) if given["since"] else None,
        top=top,
    )


def _listed(entry: str) -> list[str]:
    """Return the addresses in a file, or the entry itself where there is no such file."""
    from outreach.likes import addresses_in

    return addresses_in(entry) if Path(entry).is_file() else [entry]


def _deliver(ranked: Ranking, likes: Likes, given: dict[str, Any], format_name: str) -> None:
    """Put the ranking where the user wants it."""
    from outreach.reporting import send, show_ranking, write

    customers = f"{likes.customers} customer{'s' if likes.customers != 1 else ''}"
    title = f"Whom your customers follow · {customers}"
    if given["output"]:
        write(ranked.table, format_name, given["output"], title=title, wide=True, by=given["by"])
    elif format_name == "table":
        names = f" · {_named(likes.labels)}" if is_terminal() else ""  # paths may hold labels: for his own eyes
        title = f"Whom your customers follow{names} · {customers}"
        show_ranking(ranked.table, title=title, top=0, wide=given["wide"], by=given["by"])
    else:
        send(ranked.table, format_name, sys.stdout.buffer, title=title, wide=True, by=given["by"])


def _named(labels: Sequence[str]) -> str:
    first = Path(labels[0]).name or labels[0]
    return first if len(labels) == 1 else f"{first} and {len(labels) - 1} more"


def _remarks(likes: Likes, ranked: Ranking, choice: Choice) -> list[str]:
    """Say what the numbers rest on, what is not shown, and how to see it."""
    from outreach.reporting import thousands

    lists = likes.engine.rows(
        f"select platform, count(*) from {likes.lists.relation} group by platform order by count(*) desc, platform"
    )
    counts = ", ".join(f"{platform.partition(':')[2] or platform} {thousands(count)}" for platform, count in lists)
    said = [f"Lists: {counts} of {thousands(likes.customers)} customers; a count cannot exceed them."]
    if likes.customers < FEW_CUSTOMERS:
        said.append(f"Only {likes.customers} customers: ask a few more, ten is where a pattern begins to show.")
    if ranked.followed_once:
        said.append(f"{thousands(ranked.followed_once)} places are followed by one customer only.")
    said += [_hidden(hidden, choice) for hidden in ranked.hidden]
    if ranked.absent:
        said.append(f"{ranked.absent} of the places given with --own or --exclude are followed by nobody here.")
    if ranked.unknown:
        said.append(
            f"{thousands(ranked.unknown)} of the places listed have no known size; --unknown-size drop hides them."
        )
    if ranked.undated:
        said.append("Likes without a date count as recent.")
    return said


def _hidden(hidden: Hidden, choice: Choice) -> str:
    """Say what a filter hid, the best of it by name, and how to see it."""
    from outreach.reporting import plain, thousands

    best = hidden.best
    name = plain(best["name"] or best["resource"].partition(":")[2])
    size = thousands(best["subscribers"]) if best["subscribers"] else "size unknown"
    what, way = {
        "own": ("your own", ""),
        "exclude": ("excluded", ""),
        "platform": ("on other platforms", f"--platform {best['platform']}"),
        "size": (
            f"under {thousands(choice.min_subscribers)} subscribers",
            f"--min-subscribers {_rounded_down(best['subscribers'])}",
        ),
        "unknown size": ("of unknown size", "--unknown-size keep"),
        "accepts posts": ("by --accepts-posts", "--accepts-posts any"),
        "topic": ("of other topics", ""),
        "overlap": (f"with fewer than {choice.fewest} customers", f"--min-overlap {best['overlap']}"),
    }[hidden.by]
    way = f": {way}" if way else ""
    return (
        f"Hidden: {thousands(hidden.resources)} {what}; the best is {name} "
        f"({best['platform']}), {best['overlap']} of {best['listed']}, {size}{way}"
    )


def _rounded_down(number: int | None) -> int:
    """Return a number with its first digit only: 3900 -> 3000."""
    digits = str(number or 0)
    return int(digits[0] + "0" * (len(digits) - 1))


def _next(paths: Sequence[str], ranked: Ranking, output: str | None) -> str:
    """Return the line to paste."""
    best = ranked.table.head(1)
    if not best:
        return f"Next: {shell_quoted(['outreach', 'rank', *paths, '--min-subscribers', '0'])}"
    if output is None:
        return f"Next: {shell_quoted(['outreach', 'rank', *paths, '-o', 'ranking.xlsx'])}"
    return f"Next: {shell_quoted(['outreach', 'who', best[0]['resource'], *paths])}"
