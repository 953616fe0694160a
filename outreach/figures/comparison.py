"""Two groups of customers: which share of each follows a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import Scale, clean, element, line, text, text_width
from outreach.figures.figure import Figure
from outreach.figures.rows import QUARTERS, PlaceRow, Plot, layout_of, notes_drawn, rows_drawn
from outreach.figures.style import SMALL
from outreach.figures.values import named, percent, rest, sentence, whole, word
from outreach.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["draw_comparison"]

WIDTH: Final = 720.0
MOST: Final = 15


def draw_comparison(
    rows: Sequence[Mapping[str, Any]],
    *,
    first: str = "",
    second: str = "",
    language: str = "en",
    most: int = MOST,
    width: float = WIDTH,
) -> Figure:
    """Return for each place the share of both groups that follows it, with their 95 % intervals.

    Args:
        rows: With the columns of ``tables.COMPARISON``, the largest difference first.
        first: What the first group is called.
        second: What the second is called.
        language: Of the texts, one of five.
        most: Places to show.
        width: In pixels.

    Example:
        >>> figure = draw_comparison([{"resource": "vk:club7", "name": "Riga", "platform": "vk", "first": 6,
        ...     "first_of": 8, "second": 1, "second_of": 9, "verdict": "stands out"}], first="buyers", second="others")
        >>> figure.description
        'Riga: 6 of 8 (buyers), 1 of 9 (others).'

    """
    one = clean(first, 40) or word("figure-first-group", language)
    other = clean(second, 40) or word("figure-second-group", language)
    shown = list(rows[:most])
    drawn = [
        PlaceRow(
            named(row),
            clean(row.get("platform") or ""),
            (_of(row, "first", language), _of(row, "second", language), _verdict(row, language)),
            faint=row.get("verdict") != "stands out",
        )
        for row in shown
    ]
    heads = (one, other, word("figure-verdict", language))
    layout = layout_of(drawn, heads, width)
    scale = Scale(0, 1, *layout.plot)

    def draw(place: int, middle: float) -> str:
        row = shown[place]
        return "".join(
            (
                _group(scale, middle - 6, whole(row["first"]), whole(row["first_of"]), second=False),
                _group(scale, middle + 6, whole(row["second"]), whole(row["second_of"]), second=True),
            )
        )

    marks = [(value, percent(value, language)) for value in QUARTERS]
    plot = Plot(scale, marks, word("figure-share", language), draw)
    body = "".join(rows_drawn(drawn, heads, layout, plot)) + _legend(one, other, layout.height + 12, width)
    notes, height = notes_drawn([rest(len(rows) - len(shown), language)], layout.height + 26, width)
    sentences = [
        sentence("figure-compared", language, place=named(row), first=_of(row, "first", language), one=one,
             second=_of(row, "second", language), other=other)
        for row in shown[:3]
    ]  # fmt: skip
    description = " ".join(sentences) or word("figure-nothing", language)
    return Figure(body + notes, word("figure-comparison", language), description, width, height, language)


def _legend(one: str, other: str, y: float, width: float) -> str:
    """Return what dot and square stand for."""
    half = width / 2 - 20
    second = min(14 + text_width(one, SMALL) + 24, half)
    return (
        _dot(4, y, second=False) + text(14, y + 4, one, "small", size=SMALL, width=half)
        + _dot(second, y, second=True) + text(second + 10, y + 4, other, "small", size=SMALL, width=half)
    )  # fmt: skip


def _of(row: Mapping[str, Any], group: str, language: str) -> str:
    return word("figure-of", language, count=whole(row[group]), of=whole(row[f"{group}_of"]))


def _verdict(row: Mapping[str, Any], language: str) -> str:
    verdict = row.get("verdict")
    return word("figure-stands-out", language) if verdict == "stands out" else (
        word("figure-hint", language) if verdict == "hint" else ""
    )  # fmt: skip


def _group(scale: Scale, y: float, count: int, of: int, *, second: bool) -> str:
    likely = wilson(count, of)
    if likely is None:
        return ""
    return line(scale(likely.low), y, scale(likely.high), y, "second-range" if second else "first-range") + _dot(
        scale(count / of), y, second=second
    )


def _dot(x: float, y: float, *, second: bool) -> str:
    """Return a dot of the first group, a square of the second: their colours alone would not tell them apart."""
    if second:
        return element("rect", x=x - 3.5, y=y - 3.5, width=7, height=7, class_="second")
    return element("circle", cx=float(x), cy=float(y), r=4, class_="mark")
