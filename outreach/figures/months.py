"""Month by month: what was spent, what came of it, what one customer cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.figures.drawing import Scale, clean, element, line, text, text_width, ticks
from outreach.figures.figure import Figure
from outreach.figures.style import SMALL
from outreach.figures.values import known, numeral, sentence, sum_in, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Month", "draw_months"]

WIDTH: Final = 720.0
PLOT: Final = 110.0
GAP: Final = 28.0
HEAD: Final = 24.0
MOST: Final = 12
FEW: Final = 4


@dataclass(frozen=True, slots=True)
class Month:
    """What a month came to; None is not known.

    Args:
        name: As the reader calls it, like ``Nov 2026``.
        spent: In the currency.
        customers: How many, of the kind that is reported.
        each: What one of them cost, in the currency.

    """

    name: str
    spent: float | None
    customers: float | None
    each: float | None


def draw_months(
    months: Sequence[Month], *, currency: str = "", what: str = "", language: str = "en", width: float = WIDTH
) -> Figure:
    """Return three small pictures with a bar for each month: spent, customers, cost of one.

    They stand beside each other, each with a scale of its own: two scales on one picture mislead.

    Args:
        months: In order; the last twelve are shown.
        currency: Of the sums.
        what: What customers are called here, in the reader's language.
        language: Of the texts, one of five.
        width: In pixels.

    Example:
        >>> draw_months([Month("Nov", 280, 9, 31.11)], currency="EUR", what="customers").description
        'Nov: 280 EUR spent, customers: 9, 31.11 EUR each.'

    """
    shown = list(months[-MOST:])
    called = clean(what, 60) or word("figure-customers", language)
    each = (width - 2 * GAP) / 3
    panels = (
        _Panel(_with_unit(word("figure-spent", language), currency), [month.spent for month in shown]),
        _Panel(called, [month.customers for month in shown]),
        _Panel(_with_unit(word("figure-each", language), currency), [month.each for month in shown]),
    )
    names = [month.name for month in shown]
    parts = [
        element("g", "".join(panel.drawn(names, each, language)), transform=f"translate({place * (each + GAP):g} 0)")
        for place, panel in enumerate(panels)
    ]
    sentences = [
        sentence("figure-month", language, month=clean(one.name), spent=sum_in(one.spent, currency, language) or "?",
             count=numeral(one.customers, language) or "?", what=called,
             each=sum_in(_cents(one.each), currency, language) or "?")
        for one in shown[-2:]
    ]  # fmt: skip
    description = " ".join(sentences) or word("figure-nothing", language)
    return Figure("".join(parts), word("figure-months", language), description, width, HEAD + PLOT + 42, language)


def _cents(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _with_unit(head: str, currency: str) -> str:
    return f"{head}, {clean(currency, 10)}" if currency else head


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the three: its heading, and a value for each month."""

    head: str
    values: Sequence[float | None]

    def drawn(self, names: Sequence[str], wide: float, language: str) -> Iterator[str]:
        """Yield its elements; few months are labelled each, of many the first and the last."""
        numbers = [known(value) for value in self.values]
        steps = ticks(max((one for one in numbers if one is not None), default=0.0), 3)
        up = Scale(0, steps[-1], HEAD + 16 + PLOT, HEAD + 16)
        room = wide / max(len(names), 1)
        bar = min(room * 0.66, 44.0)
        few = len(names) <= FEW
        yield text(0, 12, self.head, "bold", width=wide)
        yield line(0, up(0), wide, up(0))
        for place, (name, value) in enumerate(zip(names, numbers, strict=True)):
            last = place == len(names) - 1
            middle = room * (place + 0.5)
            if value is None:
                yield text(middle, up(0) - 6, "?", "small muted", anchor="middle", size=SMALL)
            else:
                high = max(up(0) - up(value), 0.5)
                kind = "bar" if last else "bar soft"
                yield element("rect", x=middle - bar / 2, y=up(0) - high, width=bar, height=high, class_=kind)
            if value is not None and (few or last):
                number = numeral(value, language, 0 if value == int(value) else 2)
                bold = "small bold" if last else "small"
                yield _inside(number, (middle, up(value) - 5), room if few else wide, wide, bold)
            if few or last or place == 0:
                yield _inside(name, (middle, up(0) + 15), room if few else wide / 2, wide, "small muted")


def _inside(content: str, at: tuple[float, float], room: float, wide: float, kind: str) -> str:
    """Return a text around a middle that stays within the panel."""
    middle, y = at
    half = min(text_width(content, SMALL, bold="bold" in kind), room) / 2
    return text(min(max(middle, half), wide - half), y, content, kind, anchor="middle", size=SMALL, width=room)
