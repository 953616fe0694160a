"""Two groups of customers compared, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outreach.messages import describe, message
from outreach.reporting.picture import PLACE, Picture, Row, show
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from outreach.messages import Message
    from outreach.ranking.compare import Comparison
    from outreach.tables import Table

__all__ = ["comparison_message", "show_comparison", "show_steps"]

WORDS = {"stands out": "compare-stands-out", "hint": "compare-hint"}
STYLES = {"stands out": "bold green"}
SPARED = (("likely",), ("difference",))


def comparison_message(found: Comparison) -> Message:
    """Return what can be said of all places together."""
    if found.chance is None:
        return message("compare-none")
    if found.stand_out:
        return message("compare-found", places=found.stand_out)
    return message("compare-nothing", percent=round(100 * found.chance))


def show_comparison(found: Comparison, *, width: int | None = None) -> list[str]:
    """Print the places, the largest difference first; return the columns that there was no room for."""
    first, second = map(plain, found.groups)
    rows = [_row(row, first, second) for row in found.table.head()]
    title = f"{first} ({found.sizes[0]}) against {second} ({found.sizes[1]})"
    return show(Picture(title, "place", [first, second, "difference", "likely"], rows, SPARED), width)


def show_steps(table: Table) -> list[str]:
    """Print how near the followers of each place are; return the columns that there was no room for."""
    steps = ("visitor", "subscriber", "buyer", "repeat_buyer", "advocate", "other")
    rows = [
        Row(
            {PLACE: _place(row), "customers": f"{row['overlap']} of {row['listed']}"}
            | {step.replace("_", " "): str(row[step]) for step in steps},
            "",
            ours=True,
            style="",
        )
        for row in table.head()
    ]
    return show(Picture("", "place", ["customers", *(step.replace("_", " ") for step in steps)], rows, (("other",),)))


def _place(row: dict[str, Any]) -> str:
    return f"{plain(row['name'] or own_words(row['resource']))} ({row['platform']})"


def _row(row: dict[str, Any], first: str, second: str) -> Row:
    known = row["difference"] is not None
    cells = {
        PLACE: _place(row),
        first: f"{row['first']} of {row['first_of']}",
        second: f"{row['second']} of {row['second_of']}",
        "difference": f"{_percent(row['difference'])} %" if known else "?",
        "likely": f"{_percent(row['difference_low'])} to {_percent(row['difference_high'])} %" if known else "?",
    }
    verdict = row["verdict"] or ""
    return Row(cells, describe(message(WORDS[verdict])) if verdict else "", ours=True, style=STYLES.get(verdict, ""))


def _percent(part: float) -> str:
    return f"{round(100 * part):+d}"
