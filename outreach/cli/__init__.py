"""The command line: parse, call one inner function, print.

Commands are imported when they are called, so that ``outreach --version`` costs no more than click.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from outreach import __version__
from outreach.cli.campaign import campaign_of, from_campaign, set_defaults
from outreach.cli.failures import only_text, reason_of, refuse_impossible, without_shared_pipes
from outreach.cli.output import prepare_streams, say
from outreach.cli.shared import TYPED, next_or_example, remark
from outreach.errors import InputError, OutputError, OutreachError
from outreach.passwords import without_passwords
from outreach.stopping import INTERRUPTED, all_as_ctrl_c, postponed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMANDS", "main"]

COMMANDS: Final[Mapping[str, str]] = {
    "init": "Make a campaign folder with a file of settings.",
    "collect": "Make the sheet and the message for your customers' lists.",
    "check": "Check how your files are understood, before you rank them.",
    "rank": "Rank the places that your customers share.",
    "plan": "Plan the next posts: which places together, and why.",
    "survey": "Show who loves you, from the answers to a survey.",
    "map": "Draw the map of places that share customers, with their communities.",
    "compare": "Compare which places two groups of customers follow.",
    "resources": "Make the sheet for what you find out about the places.",
    "enrich": "Fill in the sizes of the places from the platforms.",
    "owners": "Keep the address book of owners: contacts, replies, prices.",
    "brief": "Write the brief that all teasers of an article are made from.",
    "letter": "Write the letter to the owner of a place, or check one.",
    "draft": "Draft a teaser for each place, with its own link.",
    "placements": "Keep the ledger of posts: what went where, when, at what cost.",
    "verify": "Check that links open and that posts are still there.",
    "today": "Show what is due today: answers, posts to check, money.",
    "track": "Show which places converted, from analytics exports.",
    "link": "Tag a link, or check one.",
    "shorten": "Shorten tagged links with the service that you choose.",
    "formats": "List the platform exports that are read, and how to ask for them.",
    "who": "Show which customers follow a place.",
    "key": "Show the key of an address, and the reason.",
    "merge": "Merge another ledger of the campaign into yours.",
    "secret": "Show or set the secret of the ledger's hashes.",
    "app": "Open the app in the browser: the same work on pages.",
    "manual": "Open the manual in the browser.",
}
"""Every command with its one line, in the order of the week."""

WEEK: Final = (
    "init", "collect", "check", "rank", "plan", "resources", "owners", "brief", "letter", "draft", "placements",
    "today", "track",
)  # fmt: skip
"""The commands of an ordinary week; the others stand under "more"."""

WITHOUT_CAMPAIGN: Final = frozenset({"app", "formats", "init", "key", "manual", "shorten"})
"""Commands that take nothing from the campaign's file."""

HELP: Final = frozenset({"-h", "--help", "--version"})
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


class Commands(click.Group):
    """A group that imports its commands late and tells every expected failure in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the week."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"outreach.cli.{cmd_name}"), cmd_name)
        return from_campaign(without_shared_pipes(only_text(command)), cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands without importing them."""
        for title, names in (
            ("The week", WEEK),
            ("More", tuple(name for name in COMMANDS if name not in WEEK)),
        ):
            with formatter.section(title):
                formatter.write_dl([(name, COMMANDS[name]) for name in names])

    def main(self, *args: Any, **given: Any) -> Any:
        """Run the program; whatever signal ends it, it cleans up as after Ctrl-C. Unseen help is no success."""
        prepare_streams()
        words = given.get("args", args[0] if args else None)
        if sys.stdout is None and not HELP.isdisjoint(sys.argv[1:] if words is None else words):
            remark("Error: standard output is closed")
            sys.exit(OutputError.exit_code)
        with all_as_ctrl_c():
            return super().main(*args, **given)

    def make_context(self, *args: Any, **given: Any) -> click.Context:
        """Read the words; click would tell an interrupt in other words and with another exit code."""
        try:
            return super().make_context(*args, **given)
        except KeyboardInterrupt:
            _say_interrupted()
            sys.exit(130)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what no command could use."""
        refuse_impossible(args)
        if args[:1] == ["help"]:  # as many programs take it
            args = [*args[1:2], "--help"]
        ctx.meta[TYPED] = typed = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:  # shown by click, which repeats an option of no command as it was typed
            from outreach.tables import UNSAFE

            shown = without_passwords(error.format_message(), typed)
            raise click.UsageError(UNSAFE.sub("?", shown), ctx=error.ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that is mistyped gets the nearest one's name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0].casefold(), COMMANDS, 1)
            known = f"Do you mean {near[0]}?" if near else "outreach --help lists all."
            raise click.UsageError(f"{error.format_message()} {known}", ctx=error.ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what can be told is told, a bug keeps its traceback."""
        try:
            done = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # a full disk is told here, and not by Python at its end
        except click.UsageError as error:  # quotes what was typed
            shown = io.StringIO()
            error.show(shown)
            remark(shown.getvalue().rstrip())
            ctx.exit(error.exit_code)
        except OutreachError as error:
            _leave_output()
            remark(f"Error: {error}")
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            _leave_output()
            ctx.exit(0)
        except OSError as error:
            _leave_output()
            if error.errno not in NO_ROOM:
                remark(f"Error: {reason_of(error)}\nHint: check the path and its permissions")
                ctx.exit(InputError.exit_code)
            remark("Error: no space left on the disk\nHint: free some space for the result and temporary files")
            ctx.exit(OutputError.exit_code)
        except (KeyboardInterrupt, click.Abort):
            _say_interrupted()
            ctx.exit(130)
        else:
            return done


def _say_interrupted() -> None:
    with postponed() as waiting, contextlib.suppress(OSError):  # the terminal may have gone
        _leave_output()
        remark(INTERRUPTED)
        waiting.clear()


def _leave_output() -> None:
    """Point standard output at nothing where it takes no more, so that Python does not complain at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):  # a test's stand-in for standard output
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, ValueError):  # closed
        return


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--campaign",
    envvar="OUTREACH_CAMPAIGN",
    metavar="DIR|none",
    help="Folder with the campaign's outreach.toml. [default: this folder or one above]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Format of the campaign's status, which outreach shows without a command.",
)
@click.version_option(__version__, prog_name="outreach")
@click.pass_context
def main(ctx: click.Context, campaign: str | None, form: str) -> None:
    """Find the places that your customers share.

    \b
        outreach rank likes.csv

    In a campaign folder, outreach without a command shows the status of the campaign.
    """
    if HELP.isdisjoint(ctx.meta[TYPED]) and ctx.invoked_subcommand not in WITHOUT_CAMPAIGN:
        set_defaults(ctx, campaign)
    if ctx.invoked_subcommand is None:
        if (here := campaign_of(ctx)) is not None:
            from outreach.cli.status import show_status

            show_status(here, form)
            return
        say(ctx.get_help())
        remark("\n" + next_or_example(["outreach", "rank", "likes.csv"], "likes.csv"))
