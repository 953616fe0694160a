"""``outreach secret``."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TYPE_CHECKING, Final

import click

from outreach.cli.output import need_output, say
from outreach.cli.shared import next_or_example, remark, the_database, typed_database
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.campaign.ledger.database import Database

__all__ = ["secret"]

MOST_READ: Final = 10_000


@click.command(short_help="Show or set the secret of the ledger's hashes.")
@the_database
@click.option("--set", "taken", is_flag=True, help="Set the secret from standard input instead of showing it.")
def secret(*, db: str, taken: bool) -> None:
    """Show the secret of the ledger's hashes, to use the ledger on another computer.

    The ledger keeps hashes of people and orders. Their secret is kept outside it, on the computer that made the ledger,
    so that a copy of the ledger reveals nobody. Another computer needs the secret to import sign-ups and orders, but
    not for reports. A team sets OUTREACH_SECRET to it. Keep it private.

    Example:

    \b
        outreach secret --db outreach.db
        outreach secret --set
        ssh old-machine outreach secret --db campaign/outreach.db | outreach secret --set

    """
    from outreach.campaign.ledger import open_ledger

    database = open_ledger(db, create=False).database
    if taken:
        _take(database)
    else:
        _show(database)


def _show(database: Database) -> None:
    from outreach.campaign.ledger.secret import show

    need_output("outreach secret shows it there")
    say(show(database).hex())
    remark(
        f"This is the secret of the hashes in {database.label}: anybody with both can test e-mail addresses. Keep it "
        "private.",
        "Next, on the other computer: outreach secret --set",
    )


def _take(database: Database) -> None:
    """Keep a secret on this machine.

    Raises:
        InputError: None came in, or it is not that of the ledger.

    """
    from outreach.campaign.ledger.secret import SECRET_VARIABLE, adopt, parse

    text = _read()
    if not text.strip():
        raise InputError(
            "--set: standard input is empty", hint='paste what "outreach secret" shows on the other computer'
        )
    if (found := parse(text)) is None:
        raise InputError(
            "--set: standard input is not the secret of a ledger",
            hint='64 digits 0-9 and a-f, as "outreach secret" shows on the other computer',
        )
    remark(f"Kept in {adopt(database, found)}.")
    if os.environ.get(SECRET_VARIABLE):
        remark(f"{SECRET_VARIABLE} is set and takes precedence.")
    remark(next_or_example(["outreach", "track", "signups.csv", *typed_database()], "signups.csv"))


def _read() -> str:
    """Return what comes in on standard input; a person types without being watched."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return str(click.prompt("Secret", hide_input=True, default="", show_default=False, err=True))
    content = sys.stdin.buffer.read(MOST_READ)
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # as PowerShell writes files
    return content.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
