"""What each resource brought, as a picture for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from outreach.reporting.picture import PLACE, Picture, Row, show
from outreach.reporting.words import plain, thousands
from outreach.tracking.verdict import AHEAD, BEHIND, BELOW, NOT_BY_VISITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outreach.tracking.lines import Line, Section

__all__ = [
    "CALLED",
    "cost_words",
    "count_words",
    "days_words",
    "kind_words",
    "money_words",
    "one_of",
    "place_words",
    "show_conversion",
    "style_of",
    "unit_words",
    "verdict_words",
]

SPARED: Final = (("views", "clicks"), ("revenue",), ("cost", "per one"))
"""Columns that give way where there is no room, the first first."""
CALLED: Final = {"resource": "place"}
UNITS: Final = {
    "visit": "visits", "session": "sessions", "visitor": "visitors", "pageview": "page views", "click": "clicks",
    "view": "views",
}  # fmt: skip
KINDS: Final = {
    "signup": "sign-ups", "sale": "sales", "enquiry": "enquiries", "booked": "bookings", "came": "arrivals",
    "paid": "customers", "no-show": "no-shows", "cancelled": "cancellations", "conversion": "conversions",
    "event": "events", "join": "joins", "left": "left again", "answer": "answers",
}  # fmt: skip
STYLES: Final = {AHEAD: "bold green", BEHIND: "red", BELOW: "red"}
NOT_KNOWN: Final = "?"
NOT_A_RATE: Final = "n/a"


def unit_words(unit: str) -> str:
    """Return what several of a unit are called; ``visits`` for none."""
    return UNITS.get(unit, "visits")


def kind_words(kind: str, goal: str = "") -> str:
    """Return what several conversions of a kind are called.

    Example:
        >>> kind_words("signup"), kind_words("conversion", "/thanks")
        ('sign-ups', 'conversions (/thanks)')

    """
    called = KINDS.get(kind, "conversions")
    return f"{called} ({plain(goal)})" if goal else called


def one_of(words: str) -> str:
    """Return what one of several is called.

    Example:
        >>> one_of("sales"), one_of("enquiries"), one_of("conversions (Sales)")
        ('sale', 'enquiry', 'conversion (Sales)')

    """
    noun, bracket, goal = words.partition(" (")
    noun = f"{noun.removesuffix('ies')}y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"{noun}{bracket}{goal}"


def verdict_words(line: Line, units: str = "visits") -> str:
    """Return what can be said of a line.

    Example:
        >>> from outreach.tracking.lines import Line
        >>> verdict_words(Line("vk:smm", verdict="can't tell yet", more=1200))
        "can't tell yet: about 1 200 more visits"

    """
    if line.compared:
        said = f"{line.verdict} (against text {plain(line.compared.other.variant)})"
        return said if line.more is None else f"{said}: about {thousands(line.more)} more {units} by each text"
    if line.verdict == NOT_BY_VISITS:
        return f"{line.verdict}: ask where customers heard of you"
    return line.verdict if line.more is None else f"{line.verdict}: about {thousands(line.more)} more {units}"


def show_conversion(sections: Sequence[Section], *, by: str = "resource", width: int | None = None) -> list[str]:
    """Print the sections: on a terminal in its width and in colour; elsewhere as plain text.

    Returns the columns that there was no room for.
    """
    spared: list[str] = []
    for number, section in enumerate(sections):
        if number:
            sys.stdout.write("\n")
        rows = [
            Row(_cells(line, section), verdict_words(line, unit_words(section.pair.unit)), line.ours, style_of(line))
            for line in section.lines
        ]
        picture = Picture(_title(section), CALLED.get(by, by), _columns(section), rows, SPARED)
        spared += [name for name in show(picture, width) if name not in spared]
    return spared


def style_of(line: Line) -> str:
    """Return the style in which a line is shown."""
    return STYLES.get(line.verdict, "") if line.ours else "dim"


def _title(section: Section) -> str:
    pair = section.pair
    units = unit_words(pair.unit)
    kinds = kind_words(pair.kind, pair.goal)
    what = (f"{kinds} per {units[:-1]}" if pair.unit else kinds) if pair.kind else units
    what = f"{what[:1].upper()}{what[1:]}"  # the name of a goal keeps its letters
    sources = ", ".join(sorted({one.source_name for one in pair.imports}))
    return " · ".join(filter(None, [what, plain(sources), days_words(pair.common)]))


def days_words(days: tuple[date, date] | None) -> str:
    """Return the first and the last of some days, or the only one; nothing where they are not known."""
    if days is None:
        return ""
    first, last = days
    return f"{first}" if first == last else f"{first} to {last}"


def _columns(section: Section) -> list[str]:
    """Return the columns that say anything."""
    pair, lines = section.pair, section.lines
    columns: list[str] = []
    if any(line.views is not None for line in lines):
        columns.append("views")
    if any(line.clicks is not None for line in lines) and pair.unit != "click":
        columns.append("clicks")
    if pair.denominators is not None:
        columns.append(unit_words(pair.unit))
    if pair.kind:
        columns.append(kind_words(pair.kind))
    if any(line.rate is not None for line in lines):
        columns.append("rate")
    if any(line.low is not None for line in lines):
        columns.append("likely range")
    if any(line.cost is not None for line in lines):
        columns += ["cost", "per one"] if pair.kind else ["cost"]
    if any(line.revenue is not None for line in lines):
        columns.append("revenue")
    return columns


def _cells(line: Line, section: Section) -> dict[str, str]:
    units, per_event = unit_words(section.pair.unit), section.per_unit
    return {
        PLACE: place_words(line),
        "views": count_words(line.views),
        "clicks": count_words(line.clicks),
        units: count_words(line.denominator),
        kind_words(section.pair.kind): count_words(line.conversions),
        "rate": _rate(line, per_unit=per_event),
        "likely range": _range(line, per_unit=per_event),
        "cost": cost_words(line),
        "per one": money_words(line.cost_per_conversion, line.currency),
        "revenue": money_words(line.revenue, line.currency),
    }


def place_words(line: Line) -> str:
    """Return what a line is called: the place with its platform."""
    if not line.ours or not line.name:
        return plain(line.label)
    platform, known, _ = line.label.partition(":")
    return f"{plain(line.name)} · {platform}" if known else plain(line.name)


def count_words(number: int | None) -> str:
    """Return a number; a question mark where it is not known."""
    return NOT_KNOWN if number is None else thousands(number)


def _rate(line: Line, *, per_unit: bool) -> str:
    if line.rate is None:
        return NOT_A_RATE
    if per_unit:
        return f"{line.rate:.2f}"
    return f"{100 * line.rate:.1f} %"


def _range(line: Line, *, per_unit: bool) -> str:
    if line.low is None or line.high is None:
        return ""
    if per_unit:
        return f"{line.low:.2f}-{line.high:.2f}"
    return f"{100 * line.low:.1f}-{100 * line.high:.1f} %"


def cost_words(line: Line) -> str:
    """Return what a line cost; with a plus, as of the least, while a post of it has no cost.

    Example:
        >>> from outreach.tracking.lines import Line
        >>> cost_words(Line("vk:smm", cost=40.0, currency="EUR", unpriced=1))
        '40+ EUR'

    """
    if not line.unpriced:
        return money_words(line.cost, line.currency)
    return f"{money_words(line.cost, '')}+ {line.currency}".strip()


def money_words(amount: float | None, currency: str) -> str:
    """Return a sum with its currency; nothing where it is not known."""
    if amount is None:
        return ""
    shown = thousands(int(amount)) if amount == int(amount) else f"{amount:,.2f}".replace(",", " ")
    return f"{shown} {currency}".strip()
