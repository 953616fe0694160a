"""``outreach app``."""

from __future__ import annotations

import click

from outreach.cli.output import put
from outreach.cli.shared import remark

__all__ = ["app"]

PORT = 8427
"""As in the app, which is not imported for its help."""


@click.command()
@click.argument("folder", required=False)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Where the app listens on this machine; where that is taken, the next one.",
)
@click.option("--no-browser", is_flag=True, help="Open no browser, print the address that opens the app once.")
def app(folder: str | None, *, port: int, no_browser: bool) -> None:
    """Open the app in the browser: the same work on pages.

    FOLDER is a campaign to open, or the folder in which new campaigns are made; without it the campaign of this folder
    is opened, and new ones are made in the folder outreach of your documents. The app answers this machine's browser
    only, and sends nothing anywhere. Started again, it opens another window of the one that runs. It ends by Ctrl-C,
    or when nothing was asked for an hour.

    Example:

    \b
        outreach app clinic
        outreach app --no-browser --port 9000

    """
    from outreach.app.server import Start, start

    start(
        Start(
            folder,
            port,
            browser=not no_browser,
            describe=remark,
            print_address=lambda address: put(f"{address}\n"),
        )
    )
