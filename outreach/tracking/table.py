"""The report and what stands beside it, as tables that cross the room's border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import as_array
from outreach.messages import describe
from outreach.tables import CONVERSION, IMPORTS, REJECTED, TIES, UNMATCHED, VARIANTS, Table
from outreach.tracking.importing import flags_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.imports import Import
    from outreach.campaign.ledger.ties import Tie
    from outreach.engine import Engine
    from outreach.files.contract import Rejected
    from outreach.messages import Message
    from outreach.tables import Schema
    from outreach.tracking.lines import Line, Section
    from outreach.tracking.unmatched import Unmatched

MANY: Final = 20_000
"""From so many rows on arrays are faster than lists, though numpy has to be loaded."""

__all__ = ["conversion_table", "imports_table", "rejected_table", "ties_table", "unmatched_table"]


def conversion_table(engine: Engine, sections: Sequence[Section]) -> Table:
    """Return the lines of all sections, in their order; those of texts with how they compare."""
    lines = [(line, section) for section in sections for line in section.lines]
    if any(section.texts is not None for section in sections):
        return _table(engine, VARIANTS, [[*_cells(line, section), *_comparison(line)] for line, section in lines])
    return _table(engine, CONVERSION, [_cells(line, section) for line, section in lines])


def imports_table(engine: Engine, imports: Sequence[Import]) -> Table:
    """Return the imports of a ledger, in the order in which they came."""
    rows = [
        [_described(flags_of(one)) if name == "flags" else getattr(one, name) for name in IMPORTS.names]
        for one in imports
    ]
    return _table(engine, IMPORTS, rows)


def unmatched_table(engine: Engine, found: Sequence[Unmatched]) -> Table:
    """Return the links that belong to no placement, those that count most first."""
    rows = [
        [
            one.tags.source,
            one.tags.medium,
            one.tags.campaign,
            one.tags.content,
            one.tags.otherwise or None,
            one.source_name,
            one.denominator,
            one.numerator,
            describe(one.why),
            ", ".join(f"{maybe.resource} ({maybe.utm_content})" for maybe in one.maybe) or None,
            None,
        ]
        for one in found
    ]
    return _table(engine, UNMATCHED, rows)


def ties_table(engine: Engine, ties: Sequence[Tie]) -> Table:
    """Return the ties of a ledger, in the order of their numbers."""
    rows = [[getattr(one, name) or None for name in TIES.names] for one in ties]
    return _table(engine, TIES, rows)


def rejected_table(engine: Engine, rejected: Sequence[Rejected]) -> Table:
    """Return the rows that could not be used."""
    return _table(engine, REJECTED, [[one.source, one.line, describe(one.reason)] for one in rejected])


def _cells(line: Line, section: Section) -> list[object]:
    return [
        line.label,
        line.name or None,
        line.placements,
        section.pair.unit or None,
        line.denominator,
        line.conversions,
        section.kind or None,
        line.rate,
        line.low,
        line.high,
        line.shrunk,
        line.verdict or None,
        line.more,
        line.share,
        line.clicks,
        line.views,
        line.per_1000_views,
        line.cost,
        line.cost_per_conversion,
        line.revenue,
        line.currency or None,
        _described(line.flags) or None,
    ]


def _comparison(line: Line) -> list[object]:
    """Return the cells of a text's comparison, empty where there is none."""
    pair = line.compared
    if pair is None or pair.found is None:
        return [None] * (len(VARIANTS.columns) - len(CONVERSION.columns))
    found, places = pair.found, pair.strata
    return [
        pair.other.variant,
        len(places),
        *(sum(each) for each in zip(*((one.n, one.k, one.other_n, one.other_k) for one in places), strict=True)),
        found.difference,
        found.low,
        found.high,
        found.p,
        found.chance,
    ]


def _described(flags: Sequence[Message]) -> str:
    return "; ".join(map(describe, flags)) if flags else ""


def _table(engine: Engine, schema: Schema, rows: Sequence[Sequence[object]]) -> Table:
    """Return rows as a table in the engine, in the order in which they were put there."""
    name = f"made_{schema.name}"
    engine.run(f"create or replace table {name} ({schema.definition()})")
    kinds = {column.name: column.type for column in schema.columns}
    if len(rows) >= MANY and "timestamp" not in kinds.values():
        arrays = {one: as_array(cells, kinds[one]) for one, cells in zip(kinds, zip(*rows, strict=True), strict=True)}
        number = "case when isnan({0}) then null else {0} end"
        shown = [one if kind == "varchar" else number.format(one) for one, kind in kinds.items()]
        engine.append_arrays(f"insert into {name} select {', '.join(shown)} from arrays", arrays)
    else:
        engine.append(name, [[row[place] for row in rows] for place in range(len(schema.names))])
    return Table(engine, name, schema, order="rowid")
