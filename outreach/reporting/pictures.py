"""Tables as pictures: which table has one, and how it is drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import OutputError
from outreach.tables import COMPARISON, CONVERSION, PLAN, RANKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.figures import Figure
    from outreach.tables import Schema, Table

__all__ = [
    "PICTURES", "has_picture", "picture_of", "picture_of_rows", "refuse_without_picture", "schema_of_columns",
]  # fmt: skip

PICTURES: Final = ("svg", "png", "html")
"""Formats of pictures, by the endings of their files."""

GROUPS: Final = {
    "promoters": "survey-promoters", "passives": "survey-passives", "detractors": "survey-detractors",
    "others": "figure-others",
}  # fmt: skip
"""Groups that the program itself makes, by the codes of their names."""

MOST_ROWS: Final = 10_000
"""Rows that are looked at; pictures show some twenty, and count the others."""


def has_picture(schema: Schema) -> bool:
    """Return whether there is a picture of a table.

    Example:
        >>> from outreach.tables import REJECTED
        >>> has_picture(RANKING), has_picture(REJECTED)
        (True, False)

    """
    return schema.name in _DRAWN


def refuse_without_picture(name: str, schema: Schema) -> None:
    """Refuse a file of a picture for a table that has none.

    Raises:
        OutputError: There is no picture of it.

    """
    if not has_picture(schema):
        raise OutputError(f"{name}: there is no picture of this table", hint="write .xlsx, .csv, .json or .md")


def schema_of_columns(names: Sequence[str]) -> Schema | None:
    """Return which table has all of these columns that its picture needs, None where there is none.

    Example:
        >>> schema_of_columns(RANKING.names).name, schema_of_columns(["customer", "resource"])
        ('ranking', None)

    """
    return next((one for one in _PICTURED if set(_NEEDED[one.name]) <= set(names)), None)


def picture_of(table: Table, language: str = "en", groups: Sequence[str] = ()) -> Figure:
    """Return the picture of a table.

    Args:
        table: One that has a picture.
        language: Of its texts.
        groups: What the two groups of a comparison are called.

    Raises:
        OutputError: There is no picture of it.

    """
    refuse_without_picture(table.schema.name, table.schema)
    return picture_of_rows(table.head(MOST_ROWS), table.schema, language, groups)


def picture_of_rows(
    rows: Sequence[Mapping[str, Any]], schema: Schema, language: str = "en", groups: Sequence[str] = ()
) -> Figure:
    """Return the picture of rows with the columns of a table, see :func:`picture_of`."""
    return _DRAWN[schema.name](rows, language, groups)


def _ranking(rows: Sequence[Mapping[str, Any]], language: str, _groups: Sequence[str]) -> Figure:
    from outreach.figures import draw_ranking

    return draw_ranking(rows, language=language)


def _coverage(rows: Sequence[Mapping[str, Any]], language: str, _groups: Sequence[str]) -> Figure:
    from outreach.figures import draw_coverage

    return draw_coverage(rows, language=language)


def _comparison(rows: Sequence[Mapping[str, Any]], language: str, groups: Sequence[str]) -> Figure:
    from outreach.figures import draw_comparison

    first, second = (_group(name, language) for name in groups or ("", ""))
    return draw_comparison(rows, first=first, second=second, language=language)


def _group(name: str, language: str) -> str:
    """Return what a group is called: those of a survey in the reader's language, others as their file calls them."""
    from outreach.messages import describe, message

    return describe(message(GROUPS[name]), language) if name in GROUPS else name


def _conversion(rows: Sequence[Mapping[str, Any]], language: str, _groups: Sequence[str]) -> Figure:
    """Return the picture of the unit and kind of which most places have a rate; of equals the first."""
    from outreach.figures import draw_conversion
    from outreach.figures.values import known
    from outreach.reporting.measure_words import verdict_in

    pairs = Counter((row["unit"], row["conversion_kind"]) for row in rows if known(row["rate"]) is not None)
    wanted = pairs.most_common(1)[0][0] if pairs else ()
    of_pair = [row for row in rows if (row["unit"], row["conversion_kind"]) == wanted]
    return draw_conversion(of_pair, language=language, verdict=lambda said: verdict_in(said, language))


_PICTURED: Final = (COMPARISON, CONVERSION, PLAN, RANKING)
_NEEDED: Final = {
    COMPARISON.name: ("resource", "first", "first_of", "second", "second_of"),
    CONVERSION.name: ("resource", "unit", "conversion_kind", "denominator", "conversions", "rate", "verdict"),
    PLAN.name: ("resource", "coverage", "coverage_low", "coverage_high"),
    RANKING.name: ("resource", "overlap", "listed", "share", "share_low", "share_high"),
}
_DRAWN: Final[Mapping[str, Callable[[Sequence[Mapping[str, Any]], str, Sequence[str]], Figure]]] = {
    RANKING.name: _ranking, PLAN.name: _coverage, COMPARISON.name: _comparison, CONVERSION.name: _conversion,
}  # fmt: skip
