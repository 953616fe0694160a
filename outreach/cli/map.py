"""``outreach map``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.filter_options import FilterOptions, choice_of, filter_options, since_option, with_sheet
from outreach.cli.shared import counted, read_likes, reading_options, refuse_foreign, refuse_overwriting, remark
from outreach.errors import OutputError
from outreach.messages import LANGUAGES
from outreach.ranking.shared import LIMIT
from outreach.tables import RANKING

if TYPE_CHECKING:
    from outreach.ranking.shared import SharedMap

__all__ = ["map"]

FORMS: Final = (".svg", ".png", ".html", ".gexf", ".graphml")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions(FilterOptions):
    """What was typed, by the names of the options."""

    names: str | None
    top: int
    language: str
    output: str | None


@click.command()
@click.argument("paths", nargs=-1)
@filter_options("[default: 1]")
@since_option
@click.option("--names", metavar="FILE", help="Names of communities: a table resource,community; any place will do.")
@click.option(
    "--top", type=click.IntRange(1, LIMIT), default=300, show_default=True, metavar="N",
    help="Places on the map, those with the most customers.",
)  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the map.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE: .svg, .png, .html, .gexf or .graphml.")
@reading_options
def map(**typed: Any) -> None:  # noqa: A001 - the name of the command
    """Draw the map of the places that the customers in PATHS share.

    Two places are tied where more customers follow both than chance explains; places that are tied to one another more
    than to others are a community, named after its largest places. A dashed tie is a hint only. A page (.html) shows
    the neighbours of each place, by pointer or keys; .gexf and .graphml are for Gephi and other programs.

    PATHS are the lists, as for outreach rank. With fewer than about thirty customers hardly any tie can be proven.

    Example:

    \b
        outreach map sample_data/likes.csv -o map.svg
        outreach map likes.csv --min-subscribers 0 -o map.html
        outreach map likes.csv --names names.csv --language ru -o map.html

    """
    from outreach.engine import Engine
    from outreach.likes.by_hand import community_names_in
    from outreach.ranking.shared import shared_map

    options = MapOptions(**typed)
    output = options.output
    if not output:
        raise click.UsageError("Give the file to write: -o map.html.\nExample: outreach map likes.csv -o map.html")
    if Path(output).suffix.lower() not in FORMS:
        raise OutputError(f"{Path(output).name}: a map is written as {', '.join(FORMS)}", hint="use one of these")
    refuse_overwriting((*options.paths, *filter(None, [options.resources, options.names])), output, options.rejected)
    refuse_foreign(output, RANKING)
    names = community_names_in(options.names) if options.names else {}
    choice = choice_of(options)
    with Engine(memory_limit=options.memory_limit, progress=True) as engine:
        likes = read_likes(engine, options.paths, options, output=output, dated=bool(options.since))
        choice = with_sheet(choice, likes, options)
        found = shared_map(likes, choice, most=options.top, names=names)
    _write(found, output, options.language)
    _describe(found, output)


def _write(found: SharedMap, output: str, language: str) -> None:
    """Write the map in the form that the file's name asks for."""
    from outreach.files.output import store_bytes
    from outreach.reporting.graph_files import GRAPHS, graph_file

    form = Path(output).suffix.lower()
    if form.removeprefix(".") in GRAPHS:
        store_bytes(Path(output), graph_file(found, form.removeprefix(".")))
        return
    from outreach.figures import draw_map

    draw_map(found, language=language).save(output)


def _describe(found: SharedMap, output: str) -> None:
    """Say what is on the map, and what it cannot show."""
    if not found.ties:
        remark(
            f"No two of {counted(len(found.places), 'place')} share more customers than chance explains, "
            f"with {counted(found.customers, 'customer')}; the map in {output} has no ties."
        )
    else:
        tied = len(found.places) - found.isolated
        groups = len(found.communities)
        remark(
            f"{counted(tied, 'place')} in {groups} communit{'y' if groups == 1 else 'ies'} "
            f"written to {output}; {counted(found.isolated, 'place')} tied to none."
        )
        remark(
            f"{counted(found.all_ties, 'tie')}, of which {found.proven} proven; chance alone would show up to "
            f"{found.by_chance:.0f}."
        )
    if found.left_out:
        remark(f"{counted(found.left_out, 'place')} with fewer customers left out; --top N takes more.")
