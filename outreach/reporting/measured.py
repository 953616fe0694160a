"""The ranking beside what its resources brought: where to go first, and where it paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.tables import MEASURED, Table
from outreach.tracking.conclusion import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.tracking.lines import Line, Section

__all__ = ["Beside", "beside_ranking"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A ranking with results.

    Args:
        table: ``tables.MEASURED``, the ranking's rows in their order.
        section: The results that it shows, None where there are none.
        shown: How many of its resources have results.
        elsewhere: How many resources have results and are not in the ranking.

    """

    table: Table
    section: Section | None
    shown: int
    elsewhere: int


def beside_ranking(ranking: Table, sections: Sequence[Section]) -> Beside:
    """Return a ranking with what its resources brought, by their keys."""
    engine = ranking.engine
    section = nearest(sections)
    lines = [line for line in section.lines if line.ours and _counted(line)] if section else []
    engine.run(
        "create or replace table results_so_far (resource varchar, visits bigint, unit varchar, conversions bigint, "
        "conversion_kind varchar, rate double, verdict varchar)"
    )
    engine.append("results_so_far", list(zip(*(_cells(line, section) for line in lines if section), strict=True)))
    names = ", ".join(f"k.{name}" if name in ranking.schema.names else f"r.{name}" for name in MEASURED.names)
    engine.run(
        f"create or replace table ranking_measured as select {names} "
        f"from {ranking.relation} k left join results_so_far r using (resource)"
    )
    shown = engine.rows(f"select count(*) from results_so_far r join {ranking.relation} k using (resource)")[0][0]
    return Beside(Table(engine, "ranking_measured", MEASURED, ranking.order), section, shown, len(lines) - shown)


def _counted(line: Line) -> bool:
    return bool(line.denominator or line.conversions)


def _cells(line: Line, section: Section) -> tuple[object, ...]:
    return (
        line.label,
        line.denominator,
        section.pair.unit or None,
        line.conversions,
        section.kind or None,
        line.rate,
        line.verdict or None,
    )
