"""Tables that are declared in ``words/tools.toml``: which one a header line is of, and where its columns are.

A declaration lists the headers of each role. Beside them stand conditions: all headers of ``proof``, one of ``any``,
none of ``without``; and ``no_goal``, the events that are none. What a table counts (``tool``, ``unit``, ``kind``,
``goal``) stands there as a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.files.grid import HEADER_WITHIN
from outreach.words.columns import Form, map_headers
from outreach.words.fold import fold_header
from outreach.words.vocabulary import keys_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.files.grid import Grid
    from outreach.files.grid import Row as Cells

__all__ = [
    "columns_of",
    "columns_of_calls",
    "columns_of_joins",
    "first_of",
    "fits",
    "folded",
    "is_list_of_joins",
    "is_log_of_calls",
    "is_table_of_a_tool",
    "rows_below",
]

CONDITIONS: Final = ("proof", "any", "without", "no_goal")
CERTAIN: Final = ("hits.posthog", "hits.bigquery")
"""Tables of tools that a list of people could be taken for: their visitors have ids too."""


def folded(headers: Sequence[str]) -> frozenset[str]:
    """Return headers as they are compared."""
    return frozenset(map(fold_header, headers))


def fits(section: str, names: frozenset[str]) -> bool:
    """Tell whether folded headers meet the conditions of a declaration.

    Example:
        >>> names = folded(["2Path", "FirstVisit", "Referrer scheme"])
        >>> fits("hits.goatcounter", names), fits("hits.umami", names)
        (True, False)

    """
    lists = keys_of(section)
    return not (
        ("proof" in lists and not words_of(f"{section}.proof") <= names)
        or ("any" in lists and not words_of(f"{section}.any") & names)
        or ("without" in lists and words_of(f"{section}.without") & names)
    )


def first_of(table: str, forms: Sequence[str], names: frozenset[str]) -> str:
    """Return the first form of a table that folded headers are of, empty for none."""
    return next((form for form in forms if fits(f"{table}.{form}", names)), "")


def columns_of(section: str, headers: Sequence[str]) -> dict[str, int]:
    """Return where the roles of a declaration have their columns.

    Example:
        >>> columns_of("hits.goatcounter", ["2Path", "Session", "Date"])
        {'date': 2, 'url': 0, 'visit': 1}

    """
    roles = tuple(role for role in keys_of(section) if role not in CONDITIONS)
    return dict(map_headers(headers, Form(section, roles)).positions)


def rows_below(
    grids: Sequence[Grid], is_header: Callable[[Sequence[str]], bool]
) -> tuple[Sequence[str], Sequence[Cells]]:
    """Return the first header line of some tables, and the rows below it; nothing where there is none."""
    for grid in grids:
        for place, (_, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
            if is_header(cells):
                return cells, grid.rows[place + 1 :]
    return (), ()


def is_table_of_a_tool(headers: Sequence[str]) -> bool:
    """Tell folded headers of a table that has a reader of its own, though its rows name people."""
    names = frozenset(headers)
    return any(fits(section, names) for section in CERTAIN) or is_list_of_joins(headers)


def columns_of_calls(headers: Sequence[str]) -> dict[str, int]:
    """Return where the columns of a log of calls are, whatever else the table may be."""
    return dict(map_headers(headers, Form("headers.calls", keys_of("headers.calls"))).positions)


def is_log_of_calls(headers: Sequence[str]) -> bool:
    """Tell a log of calls: a day, who called, and what only calls have. A telephone alone is any person's.

    Example:
        >>> is_log_of_calls(["Date", "Caller", "Seconds"]), is_log_of_calls(["Date", "Phone", "Duration"])
        (True, False)

    """
    at = columns_of_calls(headers).keys()
    sure = {"called", "talk", "length"}
    return "date" in at and (
        ("caller" in at and not at.isdisjoint({*sure, "seconds", "answered"}))
        or ("number" in at and not at.isdisjoint(sure))
    )


def columns_of_joins(headers: Sequence[str]) -> dict[str, int]:
    """Return where the columns of a list of joins are."""
    more = tuple((role, f"headers.results.{role}") for role in ("joins", "left", "place"))
    return dict(map_headers(headers, Form("headers.joins", keys_of("headers.joins"), more=more)).positions)


def is_list_of_joins(headers: Sequence[str]) -> bool:
    """Tell a list of who joined by which invite link: counts of links, or people.

    Example:
        >>> is_list_of_joins(["Link name", "Joined", "Left"]), is_list_of_joins(["user_id", "invite_link", "joined_at"])
        (True, True)
        >>> is_list_of_joins(["Group", "Date joined"])
        False

    """
    at = columns_of_joins(headers).keys()
    if "joins" in at:
        counted = any(words_of(f"headers.results.{unit}") & folded(headers) for unit in ("views", "clicks", "visits"))
        return not counted and not at.isdisjoint({"invite", "link", "name", "place"})
    return "user" in at and "invite" in at
