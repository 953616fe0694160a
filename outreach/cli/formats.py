"""``outreach formats``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from outreach.cli.shared import platform_option, remark
from outreach.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.readers.base import Reader

__all__ = ["formats"]

WIDTH = 100


@click.command()
@click.argument("platform", required=False)
def formats(platform: str | None) -> None:
    """Tell which exports of platforms are read, and how a customer asks for them.

    With PLATFORM only those of one platform. Tables of any shape are read too; outreach check tells how.

    Example:

    \b
        outreach formats instagram
        outreach formats

    """
    from outreach.likes.readers import readers

    wanted = platform_option(platform, "PLATFORM")
    found = sorted(
        (one for one in readers() if wanted is None or one.platform == wanted), key=lambda one: (one.platform, one.name)
    )
    if not found:
        raise OptionError(f"{platform}: no export of this platform is read", hint="outreach formats lists all")
    click.echo("\n\n".join(_told(one) for one in found))
    remark("Next: outreach check exports/")


def _told(reader: Reader) -> str:
    built = f"built from {'real files' if reader.evidence == 'real file' else 'documents only'}"
    return "\n".join([f"{reader.platform} ({reader.name}), {built}", *_lines("reads", reader.reads),
                      *_lines("ask for it", reader.ask)])  # fmt: skip


def _lines(title: str, text: str) -> Sequence[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=f"  {title:<12}", subsequent_indent=" " * 14)
