"""``outreach key``."""

from __future__ import annotations

import click

from outreach.cli.output import put
from outreach.cli.shared import next_or_example, platform_option, remark

__all__ = ["key"]


@click.command(context_settings={"ignore_unknown_options": True})  # -7 is an address
@click.argument("addresses", nargs=-1, required=True)
@click.option("--assume-platform", metavar="NAME", help="Platform of handles without one.")
def key(addresses: tuple[str, ...], assume_platform: str | None) -> None:
    """Show the key and the platform of each of ADDRESSES, and the reason.

    Each address gets one line, separated by tabs: key, platform, reason. An address that is not one of a place has -
    instead of a key, and the exit code is 3.

    Example:

    \b
        outreach key https://m.vk.com/wall-123_4 t.me/s/durov "@name"

    """
    from outreach.errors import UnknownResourceError
    from outreach.keys import identify, platform_of

    platform = platform_option(assume_platform, "--assume-platform")
    unknown = 0
    for address in addresses:
        found, why = identify(address, platform)
        unknown += found is None
        put("\t".join((found or "-", platform_of(found) if found else "-", why)) + "\n")
    if unknown:
        raise UnknownResourceError(f"{unknown} of {len(addresses)} addresses are not of a place")
    remark(next_or_example(["outreach", "rank", "likes.csv"], "likes.csv"))
