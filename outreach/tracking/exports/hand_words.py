"""What the columns of a sheet of results say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.words.columns import Form, map_headers
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COLUMNS", "COUNTS", "JOINS", "foreign_words", "map_results"]

COLUMNS: Final = (
    "place", "link", "date", "views", "clicks", "visits", "conversions", "revenue", "currency", "cost", "note",
    "campaign", "variant", "round", "key",
)  # fmt: skip
"""Columns of our sheet, in order; the last four tie a row to its placement."""

JOINS: Final = ("joins", "left")
"""Who joined a Telegram channel by the link of a post, and who of them left again."""

MORE: Final = ("post", "status", *JOINS)
"""Columns of other people's tables: the post instead of a place, whether it was published, what a channel counts."""

RESULTS: Final = Form("headers.results", (*COLUMNS, *MORE), several=frozenset({"conversions"}))
"""What a sheet of results says."""

COUNTS: Final = ("views", "clicks", "visits", "conversions")


def foreign_words() -> frozenset[str]:
    """Return the headers of tables that are no sheets of results."""
    return words_of("headers.foreign")


def map_results(headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return where the columns of a sheet of results are; of all but the conversions the first counts.

    Example:
        >>> map_results(["Площадка", "Визиты", "Регистрации", "Заказы"])
        {'place': (0,), 'visits': (1,), 'conversions': (2, 3)}

    """
    mapped = map_headers(headers, RESULTS)
    return {role: mapped.several.get(role, (position,)) for role, position in mapped.positions.items()}
