"""What a report that was read counts, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.campaign.ledger.stages import stage_under
from outreach.tracking.base import STEP
from outreach.tracking.event_rows import EventRows
from outreach.tracking.steps import people_by_kind

if TYPE_CHECKING:
    from outreach.tracking.importing import Imported

__all__ = ["ReadCount", "read_counts"]


@dataclass(frozen=True, slots=True)
class ReadCount:
    """How many of one thing: of a unit such as visits, or of a kind of conversion with its goal."""

    count: int
    unit: str = ""
    kind: str = ""
    goal: str = ""


def read_counts(one: Imported) -> tuple[ReadCount, ...] | None:
    """Return what a report counts, visits first; None for one that holds costs alone."""
    report = one.report
    if isinstance(report.rows, EventRows) and report.kind != STEP:
        return (ReadCount(report.rows.total, kind=report.kind, goal=report.goal),)
    visits = [row.denominator for row in report.rows if row.denominator is not None]
    hits = [row.numerator for row in report.rows if row.numerator is not None]
    if report.rows and not (visits or hits):
        return None
    found = [ReadCount(sum(visits), unit=report.unit)] if visits or (report.unit and not hits) else []
    if report.kind == STEP:
        steps = people_by_kind((row.person, stage_under(row.stage, one.answers)) for row in report.rows)
        found += [ReadCount(count, kind=kind) for kind, count in steps.items()]
    elif hits:
        found.append(ReadCount(sum(hits), kind=report.kind, goal=report.goal))
    return tuple(found)
