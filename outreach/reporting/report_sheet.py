"""The sheet of a report that people read: the conclusion, and one table of all that was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.keys import url_of
from outreach.messages import day_in, describe, message
from outreach.reporting.conversion import kind_words, one_of, place_words, unit_words
from outreach.reporting.measure_words import count_header, kind_header, kind_inside, verdict_in
from outreach.reporting.overview import COST, PER_1000, SAID, VIEWS, columns_of, per_one
from outreach.reporting.people_sheet import Link, PeopleRow, PeopleSheet, field_of
from outreach.tracking.grouping import ASSISTANTS, OTHER, OURS_NOT, UNTAGGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.reporting.overview import Overview, PlaceRow
    from outreach.reporting.people_sheet import Field
    from outreach.tracking.lines import Line

__all__ = ["report_sheet"]

VERDICT_WIDTH: Final = 60
CURRENCY: Final = "currency"
FIRST: Final = {"resource": "place"}
"""What a row is about, where its column has another name."""
BESIDE: Final = {
    OURS_NOT: "book-not-ours",
    ASSISTANTS: "book-assistants",
    UNTAGGED: "book-untagged",
    OTHER: "book-other",
}
"""What belongs to no place."""


def report_sheet(
    table: Overview, conclusion: Sequence[str], by: str = "resource", language: str = "en", machine: str = "conversion"
) -> PeopleSheet:
    """Return the sheets for people around a report.

    Args:
        table: Of all places.
        conclusion: Its lines, in the reader's language.
        by: What a row is about.
        language: Of the reader, one of ``messages.LANGUAGES``.
        machine: Name of the sheet behind it.

    """
    columns = columns_of(table)
    if COST in columns:
        columns.append(CURRENCY)
    fields = [
        field_of(
            FIRST.get(by, by),
            language,
            "link" if by == "resource" else "text",
            about="place" if by == "resource" else by,
        ),
        *(_field(name, table, language) for name in columns),
        field_of("verdict", language, widest=VERDICT_WIDTH),
    ]
    above = [_days(table, language), "", *conclusion]
    return PeopleSheet(
        "report",
        language,
        above,
        fields,
        list(_rows(table, columns, by, language)),
        machine,
        bold=2 if conclusion else None,
    )


def _field(name: str, table: Overview, language: str) -> Field:
    """Return a column of the table by its name on the screen."""
    pair = table.section.pair
    if name in (COST, PER_1000):
        return field_of({PER_1000: "per-1000"}.get(name, name), language, "decimal")
    if name in (VIEWS, SAID):
        return field_of(name, language, "number")
    if name == CURRENCY:
        return field_of(name, language)
    if name == per_one(table):
        one = one_of(kind_words(pair.kind, pair.goal).partition(" (")[0])
        return field_of("cost-each", language, "decimal", one=one, kind=kind_inside(pair.kind, language))
    if name == unit_words(pair.unit) and pair.denominators is not None:
        return count_header(pair.unit, language)
    return kind_header(*table.kinds[name], language)


def _rows(table: Overview, columns: Sequence[str], by: str, language: str) -> Iterator[PeopleRow]:
    ours, judged = True, not table.section.per_unit
    for row in table.rows:
        values = _values(row, table, language)
        against = row.line.compared.other.variant if row.line.compared else ""
        verdict = verdict_in(row.line.verdict, language, row.line.more, table.section.pair.unit, against)
        if not judged and row.line.ours and verdict is None:
            verdict = describe(message("book-verdict-repeats"), language)
        yield PeopleRow(
            [_place(row.line, by, language), *(values.get(name) for name in columns), verdict],
            ours and not row.line.ours,
        )
        ours = row.line.ours


def _days(table: Overview, language: str) -> str:
    days = table.section.pair.common
    if days is None or days[0] == days[1]:
        return table.title
    return describe(message("book-days", first=day_in(days[0], language), last=day_in(days[1], language)), language)


def _place(line: Line, by: str, language: str) -> str | Link:
    """Return what a row is about; what belongs to no place in the reader's language."""
    if line.label in BESIDE:
        return f"({describe(message(BESIDE[line.label]), language)})"
    return Link(place_words(line), url_of(line.label)) if by == "resource" and line.ours else place_words(line)


def _values(row: PlaceRow, table: Overview, language: str) -> dict[str, Any]:
    """Return the cells of a row by their columns, as numbers; a cost that is not all of it as a text."""
    line = row.line
    return {
        COST: describe(message("at-least", amount=line.cost or 0.0), language) if line.unpriced else line.cost,
        VIEWS: line.views,
        PER_1000: line.cost_per_1000_views,
        **row.counts,
        SAID: line.said,
        per_one(table): line.cost_per_conversion,
        CURRENCY: line.currency or None,
    }
