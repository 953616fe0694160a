"""The options that say which places count, for every command that ranks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from outreach.cli.shared import MOST, ReadingOptions, addresses_of, apply_sheet, platform_option, platforms_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from outreach.likes import Likes
    from outreach.ranking import Choice

__all__ = ["FilterOptions", "choice_of", "filter_options", "since_option", "with_sheet"]

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOptions(ReadingOptions):
    """What was typed for :func:`filter_options` and :func:`since_option`, by the names of the options."""

    paths: tuple[str, ...]
    min_subscribers: int
    unknown_size: str
    min_overlap: int | None
    accepts_posts: str
    topic: str
    platforms: tuple[str, ...]
    own: tuple[str, ...]
    exclude: tuple[str, ...]
    resources: str | None
    since: str | None


def filter_options(fewest: str) -> Callable[[F], F]:
    """Return the decorator that adds the options with which places are left out.

    Args:
        fewest: What the help says of the usual fewest customers.

    """

    def decorate(command: F) -> F:
        for option in reversed(
            (
                click.option(
                    "--min-subscribers",
                    type=click.IntRange(max=MOST),
                    default=5000,
                    show_default=True,
                    metavar="N",
                    help="Smallest place to list.",
                ),
                click.option(
                    "--unknown-size",
                    type=click.Choice(["keep", "drop"]),
                    default="keep",
                    show_default=True,
                    help="What to do with places of unknown size.",
                ),
                click.option(
                    "--min-overlap", type=click.IntRange(1, MOST), metavar="N", help=f"Fewest customers. {fewest}"
                ),
                click.option(
                    "--accepts-posts",
                    type=click.Choice(["any", "yes", "not-no"]),
                    default="any",
                    show_default=True,
                    help="Only places known to accept posts, or not known to refuse them.",
                ),
                click.option("--topic", default="", metavar="TEXT", help="Only places whose topic contains TEXT."),
                click.option(
                    "--platform", "platforms", multiple=True, metavar="NAME", help="Only this platform. Repeatable."
                ),
                click.option(
                    "--own", multiple=True, metavar="KEY|FILE", help="Your own page, or a file of them, to leave out."
                ),
                click.option(
                    "--exclude", multiple=True, metavar="KEY|FILE", help="A place, or a file of them, to leave out."
                ),
                click.option("--resources", metavar="SHEET", help="The sheet of places; see outreach resources."),
            )
        ):
            command = option(command)
        return command

    return decorate


def since_option(command: F) -> F:
    """Add the option that leaves out old likes."""
    return click.option("--since", metavar="2y|DATE", help="Leave out likes known to be older.")(command)


def with_sheet(choice: Choice, likes: Likes, options: FilterOptions) -> Choice:
    """Put the sheet, if one is named, over what the lists say; return what to rank without the places it leaves out."""
    if not options.resources:
        return choice
    return replace(choice, exclude=(*choice.exclude, *apply_sheet(likes, options.resources)))


def choice_of(options: FilterOptions, *, by: str = "overlap", top: int | None = None) -> Choice:
    """Return what to rank from what was typed.

    Raises:
        InputError: A file of addresses cannot be read.
        OptionError: A value is none of its option's.

    """
    from outreach.ranking import Choice, moment

    platform = platform_option(options.assume_platform, "--assume-platform")
    return Choice(
        min_subscribers=options.min_subscribers,
        unknown_size=options.unknown_size,
        min_overlap=options.min_overlap,
        accepts_posts=options.accepts_posts,
        topic=options.topic.strip(),
        platforms=platforms_of(options.platforms),
        own=tuple(address for entry in options.own for address in addresses_of("--own", entry, platform)),
        exclude=tuple(address for entry in options.exclude for address in addresses_of("--exclude", entry, platform)),
        by=by,
        since=moment(options.since, datetime.now(UTC).date()) if options.since else None,
        top=top,
    )
