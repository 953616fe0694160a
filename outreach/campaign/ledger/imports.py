"""What was read from one table of an analytics export, as the ledger keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from outreach.errors import InputError

__all__ = ["GRAINS", "LINK_FIELDS", "RESULT_FIELDS", "Conflict", "Import", "Kept", "Link", "Result"]

GRAINS: Final = ("day", "period", "event")
"""What one row is about: a link on a day, a link in the whole period, one person or order."""


Link: TypeAlias = tuple[str, str, str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One table of an export.

    Args:
        id: Its number in the ledger; None before it is there.
        sha256: Of the files that it was read from.
        tool: What wrote it.
        source_name: What was measured: a site, a counter, a property.
        grain: One of :data:`GRAINS`.
        unit: What its denominators count, empty where there are none.
        kind: What its numerators count, likewise.
        goal: Which goal they count.
        period_start: First day, ISO 8601; None where it is not known.
        period_end: Last day, included.
        timezone: Of its days.
        attribution_model: The tool's rule for which link a visit belongs to.
        flags: What makes its counts doubtful, one a line.
        imported_at: UTC, ISO 8601; filled in where it is empty.

    """

    id: int | None = None
    sha256: str
    tool: str
    source_name: str
    grain: str
    unit: str = ""
    kind: str = ""
    goal: str = ""
    period_start: str | None = None
    period_end: str | None = None
    timezone: str = ""
    attribution_model: str = ""
    flags: str = ""
    imported_at: str = ""

    @property
    def series(self) -> tuple[str, str, str, str, str]:
        """What makes two imports counts of the same: they may replace each other, and never stand beside each other."""
        return (self.tool, self.source_name, self.unit, self.kind, self.goal)

    @property
    def files(self) -> str:
        """What the files of events alone give in its hash, whatever was assumed of them."""
        return self.sha256.partition(".")[0]

    @property
    def option(self) -> str:
        """What --visits and --conversions take for its source, and for no other."""
        return self.tool if self.source_name == self.tool else f"{self.tool}:{self.source_name}"

    @property
    def called(self) -> str:
        """What messages call it."""
        days = f", {self.period_start} to {self.period_end}" if self.period_start else ""
        what = ", ".join(filter(None, [self.unit and f"{self.unit}s", self.goal or (self.kind and f"{self.kind}s")]))
        return f"{self.source_name} ({what}{days})"


class Result(NamedTuple):
    """One row of an import; sums of several where they were asked for by link and day.

    Args:
        stage: Of an event, as :func:`outreach.campaign.ledger.stages.stage_of` writes it; of sums, its code.
        assumed: Whether the currency stands in no file, and the user said it.

    """  # a tuple, as there are many: of a dataclass each takes five times as long to make

    import_id: int | None = None
    day: str | None = None
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    promo: str = ""
    start: str = ""
    short_url: str = ""
    resource: str = ""
    rest: int = 0
    denominator: int | None = None
    numerator: int | None = None
    revenue: float | None = None
    cost: float | None = None
    currency: str = ""
    event_id: str = ""
    stage: str = ""
    assumed: int = 0

    @property
    def link(self) -> Link:
        """The values of :data:`LINK_FIELDS`."""
        return self[2:11]


RESULT_FIELDS: Final = Result._fields
LINK_FIELDS: Final = RESULT_FIELDS[2:11]
"""What tells which link a row is about: ``utm_source`` to ``rest``."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of writing an import.

    Args:
        change: ``added``, ``replaced`` (other rows of the same days or period went), or ``as before``.
        rows: How many rows stand in the ledger now that it brought.
        gone: How many rows of older imports it took the place of.
        again: Of events: how many were known before and are brought up to date.

    """

    change: str
    rows: int
    gone: int = 0
    again: int = 0


class Conflict(InputError):  # noqa: N818 - one of our told errors, named for what it is
    """An import overlaps an older one in part; what to do is the user's choice."""
