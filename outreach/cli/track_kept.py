"""What the ledger keeps of results, listed and removed by ``outreach track``: imports, and ties made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli.output import deliver, is_terminal, say
from outreach.cli.shared import counted, remark, shell_quoted, typed_database
from outreach.errors import InputError
from outreach.reporting.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.ledger.ties import Tie
    from outreach.cli.track_options import TrackOptions
    from outreach.engine import Engine
    from outreach.tables import Table

__all__ = ["list_or_remove_imports", "list_or_remove_ties"]


def list_or_remove_imports(engine: Engine, ledger: Ledger, options: TrackOptions) -> None:
    """List what was imported, or remove one of it.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.campaign.ledger.results import Results
    from outreach.tracking.table import imports_table

    results = Results(ledger.database)
    if options.forget:
        if (gone := results.forget(options.forget)) is None:
            raise InputError(f"--forget {options.forget}: no such import", hint="outreach track --imports")
        remark(f"{gone.called}: removed.")
        if gone.grain == "event":
            remark("People and orders first seen in it are removed too; import later files that have them again.")
    else:
        imports = results.imports()
        lines = (f"{one.id:>4}  {one.called}  [{one.tool}, {one.imported_at[:10]}]" for one in imports)
        _list(imports_table(engine, imports), "import", lines, options)
    _go_on()


def list_or_remove_ties(engine: Engine, ledger: Ledger, options: TrackOptions) -> None:
    """List what was tied by hand, or remove one of it.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.campaign.ledger.ties import remove_tie, ties_of
    from outreach.tracking.table import ties_table

    if options.forget:
        if (gone := remove_tie(ledger.database, options.forget)) is None:
            raise InputError(f"--ties --forget {options.forget}: no such tie", hint="outreach track --ties")
        remark(f"{plain(gone.text)} is no longer tied to {gone.resource}.")
    else:
        ties = ties_of(ledger.database)
        _list(ties_table(engine, ties), "tie", map(_tie_line, ties), options)
    _go_on()


def _tie_line(tie: Tie) -> str:
    placement = ", ".join(filter(None, [tie.campaign, tie.variant, f"repeat {tie.round}" if tie.round else ""]))
    return f"{tie.number:>4}  {tie.kind}  {plain(tie.text)} = {tie.resource}{f' ({placement})' if placement else ''}"


def _list(table: Table, noun: str, lines: Iterable[str], options: TrackOptions) -> None:
    """Put a list where the user wants it: as a table, on a terminal as lines; and count it."""
    from outreach.reporting import format_of, write

    if options.output:
        write(table, options.form or format_of(options.output), options.output)
    elif options.form == "table" or (options.form is None and is_terminal()):
        for line in lines:
            say(line)
    else:
        deliver(table, options.form or "csv")
    remark(f"{counted(len(table), noun)}.")


def _go_on() -> None:
    remark(f"Next: {shell_quoted(['outreach', 'track', *typed_database()])}")
