"""What the columns of a sheet of results say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.words.columns import Form, map_headers
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COLUMNS", "COUNTS", "JOINS", "foreign_words", "map_results", "money_of_header"]

COLUMNS: Final = (
    "place", "link", "date", "views", "clicks", "visits", "conversions", "revenue", "currency", "cost", "note",
    "campaign", "variant", "round", "key",
)  # fmt: skip
"""Columns of our sheet, in order; the last four tie a row to its placement."""

BETWEEN: Final = re.compile(r"[\s,()/]+")
JOINS: Final = ("joins", "left")
"""Who joined a Telegram channel by the link of a post, and who of them left again."""

MORE: Final = ("post", "status", *JOINS)
"""Columns of other people's tables: the post instead of a place, whether it is out, what a channel counts."""

RESULTS: Final = Form("headers.results", (*COLUMNS, *MORE), several=frozenset({"conversions"}))
"""What a sheet of results says."""

POSTS: Final = replace(RESULTS, more=(("place", "headers.posts.place"),))
"""The same where every row is a post with its address: networks give a place names that mean other things elsewhere."""

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
    headers = [_without_currency(header) for header in headers]
    mapped = map_headers(headers, RESULTS)
    if "post" in mapped.positions and "place" not in mapped.positions:
        mapped = map_headers(headers, POSTS)
    return _with_reach(
        headers, {role: mapped.several.get(role, (position,)) for role, position in mapped.positions.items()}
    )


def money_of_header(header: str) -> str:
    """Return the currency that a header of sums names, empty for none.

    Example:
        >>> money_of_header("Цена, ₽"), money_of_header("Cost (EUR)"), money_of_header("Cost")
        ('RUB', 'EUR', '')

    """
    from outreach.files.money import CURRENCIES

    words = (word.casefold().strip(".") for word in BETWEEN.split(header))
    return next((CURRENCIES[word] for word in words if word in CURRENCIES), "")


def _without_currency(header: str) -> str:
    """Return a header without the currency behind it; of a currency alone nothing is taken."""
    from outreach.files.money import CURRENCIES

    words = BETWEEN.split(header)
    kept = [word for word in words if word.casefold().strip(".") not in CURRENCIES]
    return " ".join(kept) if len(kept) < len(words) and any(kept) else header


def _with_reach(headers: Sequence[str], columns: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return columns in which the reach stands for the views where no column has these."""
    if "views" not in columns:
        known = words_of("headers.results.reach")
        found = next((place for place, text in enumerate(headers) if fold_header(text) in known), None)
        if found is not None:
            columns["views"] = (found,)
    return columns
