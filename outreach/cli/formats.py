"""``outreach formats``."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

from outreach.cli.output import is_terminal, say
from outreach.cli.shared import next_or_example, platform_option, remark
from outreach.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.exports.base import ListReader

__all__ = ["formats"]

WIDTH = 100
LEAST_WIDTH = 40
RESULTS = "results"


@click.command()
@click.argument("platform", required=False)
def formats(platform: str | None) -> None:
    """List the platform exports that are read, and how customers ask for them; or the results that are read.

    PLATFORM limits the list to one platform, or to one reader by its name in brackets. Tables of any shape are read
    too; outreach check shows how. With "results", it lists what outreach track reads, one line for each reader.

    Example:

    \b
        outreach formats instagram
        outreach formats results
        outreach formats

    """
    from outreach.likes.exports import READERS

    if platform == RESULTS:
        _list_results()
        return
    named = [one for one in READERS.readers() if one.name == platform]
    wanted = None if named else platform_option(platform, "PLATFORM")
    found = named or [one for one in READERS.readers() if wanted is None or one.platform == wanted]
    if not found:
        raise OptionError(f"{platform}: exports of this platform are not read", hint="outreach formats lists all")
    width = max(LEAST_WIDTH, min(WIDTH, shutil.get_terminal_size().columns - 1)) if is_terminal() else WIDTH
    found.sort(key=lambda one: (one.platform, one.name))
    say("\n\n".join(_describe(one, width) for one in found))
    remark(next_or_example(["outreach", "check", "exports/"], "exports"))


def _list_results() -> None:
    """Print what is read of results, a line for each reader."""
    from outreach.tracking.exports import READERS

    found = sorted(READERS.readers(), key=lambda one: one.name)
    column = max(len(one.name) for one in found) + 2
    say("\n".join(f"{one.name:<{column}}{one.reads}" for one in found))
    remark(next_or_example(["outreach", "track", "exports/"], "exports"))


def _describe(reader: ListReader, width: int) -> str:
    built = f"built from {'real files' if reader.evidence == 'real file' else 'documents only'}"
    lines = [*_lines("reads", reader.reads, width), *_lines("ask for it", reader.ask, width)]
    return "\n".join([f"{reader.platform} ({reader.name}), {built}", *lines])


def _lines(title: str, text: str, width: int) -> Sequence[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=f"  {title:<12}",
        subsequent_indent=" " * 14,
        break_long_words=False,  # addresses stay whole
        break_on_hyphens=False,
    )
