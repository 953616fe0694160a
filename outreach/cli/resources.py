"""``outreach resources``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach.cli.shared import (
    MOST,
    ReadingOptions,
    addresses_of,
    counted,
    language_option,
    next_line,
    platform_option,
    platforms_of,
    read_likes,
    reading_options,
    refuse_overwriting,
    remark,
    shell_quoted,
)
from outreach.messages import LANGUAGES

if TYPE_CHECKING:
    from outreach.messages import Message
    from outreach.ranking import Choice
    from outreach.reporting.resources_sheet import Saved
    from outreach.sheet.facts import Sheet

__all__ = ["resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesOptions(ReadingOptions):
    """What was typed, by the names of the options."""

    paths: tuple[str, ...]
    top: int
    min_subscribers: int
    min_overlap: int
    platforms: tuple[str, ...]
    own: tuple[str, ...]
    exclude: tuple[str, ...]
    language: str
    output: str


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--top",
    type=click.IntRange(0, MOST),
    default=30,
    show_default=True,
    metavar="N",
    help="Places to take from the ranking; 0 is all.",
)
@click.option(
    "--min-subscribers",
    type=click.IntRange(0, MOST),
    default=0,
    show_default=True,
    metavar="N",
    help="Smallest place of known size to take; most sizes are unknown until you fill them in.",
)
@click.option(
    "--min-overlap", type=click.IntRange(1, MOST), default=1, show_default=True, metavar="N", help="Fewest customers."
)
@click.option("--platform", "platforms", multiple=True, metavar="NAME", help="Only this platform. Repeatable.")
@click.option("--own", multiple=True, metavar="KEY|FILE", help="Your own page, or a file of them, to leave out.")
@click.option("--exclude", multiple=True, metavar="KEY|FILE", help="A place, or a file of them, to leave out.")
@language_option(LANGUAGES, "Language of a new sheet; an existing one keeps its own.")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="The sheet: .xlsx or .csv, new or filled in before."
)
@reading_options
@click.pass_context
def resources(ctx: click.Context, /, **typed: Any) -> None:
    """Write the best places into a sheet to fill in by hand, or update that sheet.

    You add what you find out: size, whether the place publishes others, topic, owner, price. `outreach rank
    --resources` reads it from there. Run it again to add new places at the end; it never changes what you wrote. An
    empty cell means unknown; a dash means that there is none.

    Example:

    \b
        outreach resources sample_data/likes.csv -o sheet.xlsx
        outreach resources likes.csv --top 50 --platform telegram -o sheet.csv

    """
    from outreach.engine import Engine
    from outreach.reporting.resources_sheet import form_of_sheet, save_sheet
    from outreach.sheet.facts import read_sheet

    options = ResourcesOptions(**typed)
    output = options.output
    form_of_sheet(output)
    refuse_overwriting(options.paths, output, options.rejected)
    choice = _choice(options)
    old = read_sheet(output) if os.path.lexists(output) else None
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        likes = read_likes(engine, options.paths, options, output=output)
        saved = save_sheet(likes, choice, output, old, options.language)
    remark(*_summary(saved, old, output))
    remark(f"outreach enrich {shell_quoted([str(saved.path)])} asks the platforms for unknown sizes.")
    remark(next_line(ctx, "rank", instead={"--resources": str(saved.path)}))


def _choice(options: ResourcesOptions) -> Choice:
    """Return which places to take from what was typed."""
    from outreach.ranking import Choice

    platform = platform_option(options.assume_platform, "--assume-platform")
    return Choice(
        min_subscribers=options.min_subscribers,
        min_overlap=options.min_overlap,
        platforms=platforms_of(options.platforms),
        own=tuple(address for entry in options.own for address in addresses_of("--own", entry, platform)),
        exclude=tuple(address for entry in options.exclude for address in addresses_of("--exclude", entry, platform)),
        top=options.top or None,
    )


def _summary(saved: Saved, old: Sheet | None, output: str) -> list[str | Message]:
    """Say what became of the sheet."""
    if old is None:
        return [*saved.remarks, f"{counted(saved.added, 'place')} written to {saved.path}: fill in what you find out."]
    filled = f", {counted(saved.filled, 'empty cell')} filled from the lists" if saved.filled else ""
    kept = f"{counted(saved.kept, 'row')} kept as {'it is' if saved.kept == 1 else 'they are'}"
    what = f"{counted(saved.added, 'new place')} added, {kept}{filled}."
    return [
        *old.describe(),
        *saved.remarks,
        f"{saved.path}: {what}" if saved.changed else f"{Path(output)}: up to date, nothing to add.",
    ]
