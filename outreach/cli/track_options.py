"""What was typed behind ``outreach track``, and what the rooms below are asked with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.campaign.clock import this_day
from outreach.errors import OptionError

if TYPE_CHECKING:
    from datetime import date

    from outreach.campaign.ledger.ledger import Ledger
    from outreach.engine import Engine
    from outreach.tracking.base import ImportOptions, Period
    from outreach.tracking.lines import Choice

__all__ = ["TrackOptions", "choice", "import_options"]

PERIOD: Final = re.compile(r"(.+?)\s*(?:\.\.|…|\s-\s|\sto\s)\s*(.+)")


@dataclass(frozen=True, slots=True)
class TrackOptions:
    """What was typed, by the names of the options."""

    paths: tuple[str, ...]
    by: str
    db: str | None
    goal: str
    goal_path: str
    exclude_ip: tuple[str, ...]
    kind: str | None
    currency: str
    market: str
    paid: tuple[str, ...]
    period: str | None
    source: str
    replace: bool
    visits: str
    conversions: str
    count: str | None
    once_per_visit: tuple[str, ...]
    wide: bool
    language: str
    read_as: str
    columns: str | None
    encoding: str | None
    form: str | None
    output: str | None
    unmatched: str | None
    tag: tuple[str, ...]
    answer: tuple[str, ...]
    ties: bool
    rejected: str | None
    template: bool
    listed: bool
    forget: int | None
    memory_limit: str | None


def choice(options: TrackOptions) -> Choice:
    """Return what of the results is shown."""
    from outreach.files.money import currency_of
    from outreach.tracking.lines import Choice

    currency = (currency_of(options.currency.upper()) or "") if options.currency else ""
    return Choice(
        options.by, options.visits, options.conversions, options.count or "", options.once_per_visit, currency
    )  # fmt: skip


def import_options(engine: Engine, ledger: Ledger, options: TrackOptions, *, kept: bool) -> ImportOptions:
    """Return what the user asked of the import.

    Raises:
        OptionError: One of the values is none of its option's.

    """
    from outreach.campaign.ledger.secret import LedgerSecret, ThrowAwaySecret
    from outreach.files.money import currency_of
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.remembered import with_remembered

    today = this_day()
    currency = currency_of(options.currency.upper()) if options.currency else ""
    if currency is None:
        raise OptionError(f"--currency {options.currency}: not a currency", hint="write it like EUR")
    if options.goal_path and not options.goal_path.startswith("/"):
        raise OptionError(f"--goal-path {options.goal_path}: not the path of a page", hint="write it like /thanks")
    asked = ImportOptions(
        engine=engine,
        secret=LedgerSecret(ledger.database) if kept else ThrowAwaySecret(),
        today=today,
        goal=options.goal.strip(),
        goal_path=options.goal_path.strip(),
        columns=_columns(options.columns or ""),
        encoding=options.encoding,
        exclude=options.exclude_ip,
        period=_period(options.period, today),
        kind=options.kind or "",
        currency=currency,
        market=options.market,
        paid=options.paid,
    )
    return with_remembered(asked, ledger.database)


def _columns(text: str) -> dict[str, str]:
    """Return role to header or number.

    Raises:
        OptionError: A part is no such pair, or no reader knows its role.

    """
    from outreach.tracking.exports.event_words import ROLES as EVENTS
    from outreach.tracking.exports.typed import ROLES as COUNTS
    from outreach.words.columns import parse_columns

    return parse_columns(text, sorted({*COUNTS, *EVENTS}), "source=Channel,visits=3") if text else {}


def _period(text: str | None, today: date) -> Period | None:
    """Return the days between two, or one day.

    Raises:
        OptionError: They are none, or end before they begin.

    """
    from outreach.files.cells import Unreadable
    from outreach.files.dates import day
    from outreach.tracking.base import Period

    if not text:
        return None
    ends = PERIOD.fullmatch(text.strip())
    try:
        start, end = (day(part, today=today) for part in (ends.groups() if ends else (text, text)))
    except Unreadable:
        start = end = None
    if start is None or end is None or start > end:
        raise OptionError(f"--period {text}: not a period", hint="write it like 2026-05-01..2026-05-31")
    return Period(start, end)
