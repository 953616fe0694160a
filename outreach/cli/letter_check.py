"""``outreach letter --check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.cli.campaign import campaign_of
from outreach.cli.output import need_output, say
from outreach.cli.shared import counted
from outreach.errors import InputError
from outreach.messages import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from outreach.owners.checklist import Item
    from outreach.owners.letter_check import Finding
    from outreach.owners.letter_files import Read

__all__ = ["check_letters"]

NAMES: Final = {"message": "direct message", "email": "e-mail", "follow_up": "follow-up"}


def check_letters(ctx: click.Context, paths: Sequence[str]) -> None:
    """Look letters through, one line for each text, one for each finding with its reason and its source.

    Raises:
        InputError: A file cannot be read, or something was found and --strict was given.

    """
    from outreach.owners.letter import LetterTemplates
    from outreach.owners.letter_check import check_text

    need_output()
    checklist = LetterTemplates(ctx.params["templates"]).checklist
    campaign = campaign_of(ctx)
    market = campaign.settings.market if campaign else ""
    kind = (ctx.params["kind"] or "").replace("-", "_")
    count = 0
    for path in paths:
        for one in _parts(path, kind):
            found = check_text(one.text, one.kind, checklist, subject=one.subject, market=market)
            mend = counted(len(found), "problem") if found else "no problems"
            say(f"{path}, {NAMES[one.kind]}: {_length(one)}; {mend}")
            for finding in found:
                _explain(finding, checklist.items[finding.item])
            count += len(found)
    if count and ctx.params["strict"]:
        raise InputError(counted(count, "finding"), hint="see the lines above")


def _parts(path: str, kind: str) -> list[Read]:
    from outreach.files.streams import read_once
    from outreach.owners.letter_files import parts_in

    try:
        with read_once(path) as file:
            content = file.read_bytes()
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "not a file name"
        raise InputError(f"cannot be read ({reason})", where=path, hint="check the path") from err
    return parts_in(content, path, kind)


def _length(one: Read) -> str:
    from outreach.owners.letter import count_words

    return counted(count_words(one.text), "word") if one.kind == "email" else counted(len(one.text), "character")


def _explain(finding: Finding, item: Item) -> None:
    """Say what is wrong, why that matters, and who says so."""
    doubt = f" Not confirmed: {item.doubt}." if item.doubt else ""
    say(f"  {item.name.replace('_', '-')}: {describe(finding.what)}.")
    say(f"    Why: {item.why}. Source ({item.origin}): {item.source}; checked {item.checked}.{doubt}")
