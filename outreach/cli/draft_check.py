"""``outreach draft --check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outreach.cli.draft_output import text_in
from outreach.cli.output import need_output, say
from outreach.cli.shared import DATABASE, counted, platform_option, remark, shell_quoted, typed_database
from outreach.errors import InputError
from outreach.messages import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from outreach.campaign.ledger import Placement
    from outreach.teasers.draft_checks import Checked

__all__ = ["check_files"]


def check_files(ctx: click.Context, paths: Sequence[str]) -> None:
    """Measure texts once more, one line each.

    Raises:
        InputError: A file cannot be read, or something was found and --strict was given.

    """
    from outreach.teasers.draft_checks import check_again

    need_output()
    platform = platform_option(ctx.params["platform"], "--platform") or ""
    known = _known(ctx.params["db"])
    found = 0
    for path in paths:
        drafts = check_again(text_in(path), platform=platform, known=known)
        several = len({one.resource for one in drafts}) > 1
        for one in drafts:
            say(f"{path}{f', {one.resource}' if several else ''}{_describe(one)}")
            found += len(one.findings)
    sent = shell_quoted(["outreach", "placements", "set", "NAME", *typed_database(), "--status", "sent"])
    remark(f"Example: {sent}" if not found else "Correct it, then check it again.")
    if found and ctx.params["strict"]:
        raise InputError(f"{counted(found, 'finding')}", hint="the lines above show them")


def _known(db: str | None) -> Sequence[Placement] | None:
    """Return the placements of the ledger, None where there is none."""
    from outreach.campaign.ledger import open_ledger

    where = db or (DATABASE if Path(DATABASE).is_file() else None)
    return open_ledger(where, create=False).placements() if where else None


def _describe(one: Checked) -> str:
    measured = one.measured
    limit = f" of {measured.limit}" if measured and measured.limit is not None else ""
    length = f"{measured.length}{limit} {measured.unit}" if measured else "not measured (--platform NAME)"
    variant = f", variant {one.variant}" if one.variant else ""
    return f"{variant}: {length}; {'; '.join(map(describe, one.findings)) or 'no findings'}"
