"""The report of results as a marketer reads it: a conclusion, and one table of the places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.reporting.conversion import (
    CALLED,
    cost_words,
    count_words,
    days_words,
    kind_words,
    money_words,
    one_of,
    place_words,
    style_of,
    unit_words,
    verdict_words,
)
from outreach.reporting.picture import PLACE, Picture, Row, show
from outreach.tracking.base import DROPPED_OUT, STEPS
from outreach.tracking.conclusion import nearest, towards_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.tracking.lines import Line, Section

__all__ = [
    "COST",
    "PER_1000",
    "SAID",
    "VIEWS",
    "Overview",
    "PlaceRow",
    "columns_of",
    "overview",
    "per_one",
    "show_overview",
]

MOST_KINDS: Final = 3
"""Besides the steps of bookings, which are one thing."""
STEP_WORDS: Final = tuple(map(kind_words, STEPS))
DROPPED_OUT_WORDS: Final = tuple(map(kind_words, DROPPED_OUT))
COST: Final = "cost"
VIEWS: Final = "views"
SAID: Final = "said"
"""What people answered when asked; a count of its own, beside those by tags and codes."""
PER_1000: Final = "per 1 000 views"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place, or what belongs to none.

    Args:
        line: Of the section that speaks, or of the first section that has it.
        counts: Visits and conversions by the column's header; None is not known.
        verdict: What can be said of it, in words.

    """

    line: Line
    counts: dict[str, int | None]
    verdict: str


@dataclass(frozen=True, slots=True)
class Overview:
    """One table of all that was measured.

    Args:
        section: The one that speaks: verdicts and costs of a conversion are of its kind.
        title: What it shows and of which days.
        counts: Headers of the columns of counts: visits, then conversions, the kind nearest to money last.
        kinds: Kind and goal of each column of conversions.
        paid_kind: What the cost of one is about; empty where there are no conversions.
        rows: Places, best first; then what belongs to none.
        left_out: What has no column here.

    """

    section: Section
    title: str
    counts: tuple[str, ...]
    kinds: Mapping[str, tuple[str, str]]
    paid_kind: str
    rows: tuple[PlaceRow, ...]
    left_out: tuple[str, ...]


def overview(sections: Sequence[Section]) -> Overview | None:
    """Return one table from all sections; None where there are none.

    Visits, sessions, visitors are never added: the first unit of the section that speaks has the column, others are
    named as left out, and so are kinds of conversions beyond three.
    """
    main = nearest(sections)
    if main is None:
        return None
    counted = sorted((one for one in sections if one.pair.kind), key=towards_money)
    kinds = {_kind(one): one for one in reversed(counted)}
    shown = _kinds_shown(main, list(kinds))
    unit = unit_words(main.pair.unit) if main.pair.denominators is not None else ""
    units = dict.fromkeys(unit_words(one.pair.unit) for one in sections if one.pair.denominators is not None)
    left = [name for name in units if name != unit] + [name for name in kinds if name not in shown]
    by_kind = {name: {line.label: line for line in kinds[name].lines} for name in shown}
    rows = tuple(_row(line, main, unit, by_kind) for line in _lines(main, sections))
    counts = (*filter(None, [unit]), *shown)
    said = {name: (kinds[name].pair.kind, kinds[name].pair.goal) for name in shown}
    return Overview(main, days_words(main.pair.common), counts, said, _kind(main), rows, tuple(left))


def _kind(section: Section) -> str:
    pair = section.pair
    return kind_words(pair.kind, pair.goal) if pair.kind else ""


def _kinds_shown(main: Section, kinds: Sequence[str]) -> list[str]:
    """Return the kinds that get a column, the nearer to money the later, the one that speaks last."""
    others = [name for name in kinds if name != _kind(main)]
    most = [name for name in others if name not in STEP_WORDS][1 - MOST_KINDS :]
    return [*(name for name in others if name in {*most, *STEP_WORDS}), *filter(None, [_kind(main)])]


def _lines(main: Section, sections: Sequence[Section]) -> Iterator[Line]:
    """Yield the lines of the section that speaks, then those that only others have, each once; places first."""
    found: dict[str, Line] = {}
    for one in (main, *sections):
        for line in one.lines:
            found.setdefault(line.label, line)
    yield from (line for line in found.values() if line.ours)
    yield from (line for line in found.values() if not line.ours)


def _row(line: Line, main: Section, unit: str, kinds: Mapping[str, Mapping[str, Line]]) -> PlaceRow:
    counts: dict[str, int | None] = {unit: line.denominator} if unit else {}
    for name, lines in kinds.items():
        counts[name] = lines[line.label].conversions if line.label in lines else None
    return PlaceRow(line, counts, verdict_words(line, unit_words(main.pair.unit)))


def columns_of(table: Overview) -> list[str]:
    """Return the headers of the columns that say anything."""
    lines = [row.line for row in table.rows]
    columns = [COST] if any(line.cost is not None for line in lines) else []
    if any(line.views is not None for line in lines):
        columns.append(VIEWS)
        if not table.counts and COST in columns:
            columns.append(PER_1000)
    columns += table.counts
    if any(line.said is not None for line in lines):
        columns.append(SAID)
    if COST in columns and table.paid_kind:
        columns.append(per_one(table))
    return columns


def per_one(table: Overview) -> str:
    """Return the header of what one conversion cost."""
    return f"cost per {one_of(table.paid_kind.partition(' (')[0])}"


def show_overview(table: Overview, *, by: str = "resource", width: int | None = None) -> list[str]:
    """Print the table; return the columns that there was no room for."""
    rows = [Row(_cells(row, table), row.verdict, row.line.ours, style_of(row.line)) for row in table.rows]
    spared = (DROPPED_OUT_WORDS, (VIEWS,), (per_one(table),), (COST,), table.counts[1:-1])
    return show(Picture(table.title, CALLED.get(by, by), columns_of(table), rows, spared), width)


def _cells(row: PlaceRow, table: Overview) -> dict[str, str]:
    line = row.line
    cells = {PLACE: place_words(line), COST: cost_words(line), VIEWS: count_words(line.views)}
    cells[SAID] = count_words(line.said)
    if (price := line.cost_per_1000_views) is not None:
        cells[PER_1000] = money_words(round(price, 2), line.currency)
    cells |= {name: count_words(count) for name, count in row.counts.items()}
    if table.paid_kind:
        cells[per_one(table)] = money_words(line.cost_per_conversion, line.currency)
    return cells
