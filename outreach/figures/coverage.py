"""How the coverage of a set grows with each place: the curve, turned so that names have room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import Scale, path
from outreach.figures.figure import Figure
from outreach.figures.ranking import interval_bar
from outreach.figures.rows import QUARTERS, PlaceRow, Plot, layout_of, notes_drawn, rows_drawn
from outreach.figures.values import known, named, percent, rest, sentence, whole, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["draw_coverage"]

WIDTH: Final = 720.0
MOST: Final = 10
"""Places to show: with more the curve ends flat."""


def draw_coverage(
    rows: Sequence[Mapping[str, Any]], *, language: str = "en", most: int = MOST, width: float = WIDTH
) -> Figure:
    """Return what share of customers like these a set of places covers, place by place, with its 95 % interval.

    Args:
        rows: With the columns of ``tables.PLAN`` (coverage, coverage_low, coverage_high, newly), in the order of posts.
        language: Of the texts, one of five.
        most: Places to show.
        width: In pixels.

    Example:
        >>> figure = draw_coverage([{"resource": "vk:club7", "name": "Riga", "newly": 5, "coverage": 0.4,
        ...     "coverage_low": 0.2, "coverage_high": 0.6}])
        >>> figure.description
        '1 place covers about 40 % of customers like yours, likely 20 % to 60 %.'

    """
    shown = [row for row in rows if known(row.get("coverage")) is not None][:most]
    drawn = [
        PlaceRow(
            named(row),
            word("figure-newly", language, count=whole(row.get("newly"))),
            (percent(row["coverage"], language),
             word("figure-range", language, low=percent(row["coverage_low"], language),
                  high=percent(row["coverage_high"], language))),
        )
        for row in shown
    ]  # fmt: skip
    heads = (word("figure-covered", language), word("figure-likely", language))
    layout = layout_of(drawn, heads, width)
    scale = Scale(0, 1, *layout.plot)

    def draw(place: int, middle: float) -> str:
        row = shown[place]
        return interval_bar(scale, middle, row["coverage"], row["coverage_low"], row["coverage_high"])

    marks = [(value, percent(value, language)) for value in QUARTERS]
    over = word("figure-coverage-scale", language)
    parts = list(rows_drawn(drawn, heads, layout, Plot(scale, marks, over, draw)))
    course = [(scale(float(row["coverage"])), layout.middle(place)) for place, row in enumerate(shown)]
    if len(course) > 1:
        parts.append(path(course, "course"))
    notes, height = notes_drawn([rest(len(rows) - len(shown), language)], layout.height, width)
    if shown:
        last = shown[-1]
        description = sentence(
            "figure-covers", language, count=len(shown), share=percent(last["coverage"], language),
            low=percent(last["coverage_low"], language), high=percent(last["coverage_high"], language),
        )  # fmt: skip
    else:
        description = word("figure-nothing", language)
    return Figure("".join(parts) + notes, word("figure-coverage", language), description, width, height, language)
