"""The ranking: how many of the customers follow each place, with the likely range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import Scale, clean, element, path
from outreach.figures.figure import Figure
from outreach.figures.rows import QUARTERS, PlaceRow, Plot, layout_of, notes_drawn, rows_drawn
from outreach.figures.values import named, numeral, percent, rest, sentence, whole, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["draw_ranking", "interval_bar"]

WIDTH: Final = 720.0
MOST: Final = 20


def draw_ranking(
    rows: Sequence[Mapping[str, Any]], *, language: str = "en", most: int = MOST, width: float = WIDTH
) -> Figure:
    """Return a ranking as a picture: a bar from the lower to the upper end of each share's 95 % interval.

    Places that equally many customers follow stand together between lines: nothing tells which of them is better.

    Args:
        rows: With the columns of ``tables.RANKING``, best first.
        language: Of the texts, one of five.
        most: Places to show; a line counts the others.
        width: In pixels.

    Example:
        >>> figure = draw_ranking([{"resource": "telegram:smm_riga", "platform": "telegram", "name": "SMM Riga",
        ...     "subscribers": 12400, "overlap": 7, "listed": 9, "share": 0.78, "share_low": 0.45, "share_high": 0.94}])
        >>> figure.description
        'SMM Riga: 7 of 9 customers.'

    """
    shown = list(rows[:most])
    first = [place == 0 or row["overlap"] != shown[place - 1]["overlap"] for place, row in enumerate(shown)]
    drawn = [
        PlaceRow(
            named(row),
            clean(row.get("platform") or ""),
            (word("figure-of", language, count=whole(row["overlap"]), of=whole(row["listed"])),
             numeral(row.get("subscribers"), language)),
            ruled=place > 0 and begins,
        )
        for place, (row, begins) in enumerate(zip(shown, first, strict=True))
    ]  # fmt: skip
    heads = (word("figure-customers", language), word("figure-subscribers", language))
    layout = layout_of(drawn, heads, width)
    scale = Scale(0, 1, *layout.plot)

    def draw(place: int, middle: float) -> str:
        row = shown[place]
        return interval_bar(scale, middle, row["share"], row["share_low"], row["share_high"])

    marks = [(value, percent(value, language)) for value in QUARTERS]
    body = "".join(rows_drawn(drawn, heads, layout, Plot(scale, marks, word("figure-share", language), draw)))
    notes, height = notes_drawn([rest(len(rows) - len(shown), language)], layout.height, width)
    best = [sentence("figure-best", language, place=named(row), count=whole(row["overlap"]), of=whole(row["listed"]))
            for row in shown[:3]]  # fmt: skip
    description = " ".join(best) or word("figure-nothing", language)
    return Figure(body + notes, word("figure-ranking", language), description, width, height, language)


def interval_bar(scale: Scale, middle: float, share: Any, low: Any, high: Any, *, certain: bool = True) -> str:
    """Return the range of a share with the share as a dot; a dot without filling is not certain.

    A range beyond the scale ends in an arrow.

    Args:
        scale: Of the plot.
        middle: Of the row.
        share: The value; missing draws nothing.
        low: Lower end of its range.
        high: Upper end.
        certain: Whether a verdict is proven.

    """
    known = [float(one) for one in (share, low, high) if one is not None and one == one]  # noqa: PLR0124 - not a number
    if len(known) < 3:
        return ""
    at, left, right = map(scale, known)
    bar = element("rect", x=left, y=middle - 5, width=max(right - left, 2.0), height=10, rx=5, class_="range")
    if known[2] > scale.high:  # the range goes on
        bar += path([(right - 4, middle - 8), (right + 6, middle), (right - 4, middle + 8)], "range", closed=True)
    return bar + element("circle", cx=at, cy=middle, r=5.0, class_="mark" if certain else "open")
