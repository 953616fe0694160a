"""What each place brought: its rate with the likely range, and what can be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import Scale, clean, ticks
from outreach.figures.figure import Figure
from outreach.figures.ranking import interval_bar
from outreach.figures.rows import PlaceRow, Plot, layout_of, notes_drawn, rows_drawn
from outreach.figures.values import known, named, percent, rest, sentence, whole, word
from outreach.tracking.verdict import AHEAD, BELOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["draw_conversion"]

WIDTH: Final = 720.0
MOST: Final = 20
PROVEN: Final = frozenset({AHEAD, BELOW})
STEPS: Final = 5
WIDEST_RANGE: Final = 0.6
"""Of the scale: ranges that reach further are cut at its edge, or one small place would flatten all others."""


def draw_conversion(
    rows: Sequence[Mapping[str, Any]],
    *,
    language: str = "en",
    most: int = MOST,
    width: float = WIDTH,
    verdict: Callable[[str], str | None] | None = None,
) -> Figure:
    """Return the conversion of each place with its 95 % interval; a dot without filling is no proven verdict.

    Args:
        rows: With the columns of ``tables.CONVERSION``, of one unit and one kind; what is no place or has no rate is
            left out.
        language: Of the texts, one of five.
        most: Places to show.
        width: In pixels.
        verdict: Says a verdict in the reader's words; without it, it stands as it is.

    Example:
        >>> figure = draw_conversion([{"resource": "vk:club7", "name": "Riga", "denominator": 124, "conversions": 15,
        ...     "rate": 0.121, "rate_low": 0.075, "rate_high": 0.19, "verdict": "ahead"}])
        >>> figure.description
        'Riga: 15 of 124, 12 %, likely 7.5 % to 19 %.'

    """
    ours = [row for row in rows if not str(row["resource"]).startswith(("(", "["))]
    rated = [row for row in ours if known(row.get("rate")) is not None]
    shown = rated[:most]
    say = verdict or str
    drawn = [
        PlaceRow(
            named(row),
            clean(say(str(row.get("verdict") or "")) or ""),
            (word("figure-of", language, count=whole(row["conversions"]), of=whole(row["denominator"])),
             percent(row["rate"], language)),
            faint=row.get("verdict") not in PROVEN,
            stressed=row.get("verdict") in PROVEN,
        )
        for row in shown
    ]  # fmt: skip
    heads = (word("figure-converted", language), word("figure-rate", language))
    layout = layout_of(drawn, heads, width)
    steps = ticks(_top(shown), STEPS)
    scale = Scale(0, steps[-1], *layout.plot)

    def draw(place: int, middle: float) -> str:
        row = shown[place]
        certain = row.get("verdict") in PROVEN
        return interval_bar(scale, middle, row["rate"], row["rate_low"], row["rate_high"], certain=certain)

    marks = [(value, percent(value, language)) for value in steps]
    plot = Plot(scale, marks, word("figure-rate-scale", language), draw)
    body = "".join(rows_drawn(drawn, heads, layout, plot))
    open_dots = sentence("figure-open-dot", language) if any(row.get("verdict") not in PROVEN for row in shown) else ""
    notes, height = notes_drawn([open_dots, rest(len(rated) - len(shown), language)], layout.height, width)
    sentences = [
        sentence("figure-converts", language, place=named(row), count=whole(row["conversions"]),
             of=whole(row["denominator"]), rate=percent(row["rate"], language),
             low=percent(row["rate_low"], language), high=percent(row["rate_high"], language))
        for row in shown[:3]
    ]  # fmt: skip
    description = " ".join(sentences) or word("figure-nothing", language)
    return Figure(body + notes, word("figure-conversion", language), description, width, height, language)


def _top(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return what the scale has to reach: all rates, and the ranges as far as they do not flatten these."""
    rates = max((float(row["rate"]) for row in rows), default=0.0)
    highs = max((known(row.get("rate_high")) or 0.0 for row in rows), default=0.0)
    return min(highs, max(rates / (1 - WIDEST_RANGE), rates * 1.2)) or 0.0
