"""``outreach mcp``."""

from __future__ import annotations

import click

from outreach import __version__
from outreach.cli.campaign import campaign_of
from outreach.cli.shared import remark
from outreach.errors import OptionError

__all__ = ["mcp"]


@click.command()
@click.option("--allow-write", is_flag=True, help="Add tools that write drafts, read results, and mark a post as out.")
@click.option("--with-owners", is_flag=True, help="Answers may name owners of places, with what was noted about them.")
def mcp(*, allow_write: bool, with_owners: bool) -> None:
    """Answer an assistant: the campaign as tools, over the Model Context Protocol.

    An assistant's program on this machine starts this command and asks it for status, ranking, plan, drafts, what is
    due, and the conclusion. No answer holds a customer's label. Nothing is written, and no owner is named, unless you
    allow it. Most assistants send what they are answered to their makers' servers. It needs: pip install
    "outreach[mcp]"

    Example:

    \b
        outreach mcp
        outreach --campaign clinic mcp --allow-write

    """
    from outreach.assistants.server import serve
    from outreach.assistants.tools import Allowed
    from outreach.cli.output import is_terminal

    campaign = campaign_of()
    if campaign is None:
        raise OptionError("no campaign folder here", hint="outreach --campaign FOLDER mcp, or outreach init")
    if is_terminal():
        remark("Waiting for an assistant on standard input; docs/howto/assistants.md says how to connect one.")
    serve(campaign.folder, Allowed(write=allow_write, owners=with_owners), __version__)
