"""What each resource brought, as a picture for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from outreach.reporting.words import plain, thousands
from outreach.tracking.verdict import AHEAD, BELOW, NOT_BY_VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from rich.text import Text

    from outreach.tracking.lines import Line, Section

__all__ = ["kind_words", "show_conversion", "unit_words", "verdict_words"]

WIDE: Final = 120
ENOUGH_PLACE: Final = 30
SPARED: Final = (("views", "clicks"), ("revenue",), ("cost", "per one"))
"""Columns that give way where there is no room, the first first."""
LEAST_WIDTH: Final = 60
LEAST_PLACE: Final = 14
GAP: Final = "  "
PLACE: Final = "place"
CALLED: Final = {"resource": PLACE}
VERDICT: Final = "verdict"
UNITS: Final = {
    "visit": "visits", "session": "sessions", "visitor": "visitors", "pageview": "page views", "click": "clicks",
    "view": "views",
}  # fmt: skip
KINDS: Final = {"signup": "sign-ups", "sale": "sales", "conversion": "conversions", "event": "events"}
STYLES: Final = {AHEAD: "bold green", BELOW: "red"}
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


def verdict_words(line: Line, units: str = "visits") -> str:
    """Return what can be said of a line.

    Example:
        >>> from outreach.tracking.lines import Line
        >>> verdict_words(Line("vk:smm", verdict="can't tell yet", more=1200))
        "can't tell yet: about 1 200 more visits"

    """
    if line.verdict == NOT_BY_VISITS:
        return f"{line.verdict}: ask where customers heard of you"
    return line.verdict if line.more is None else f"{line.verdict}: about {thousands(line.more)} more {units}"


def show_conversion(sections: Sequence[Section], *, by: str = "resource", width: int | None = None) -> list[str]:
    """Print the report: on a terminal in its width and in colour; elsewhere as plain text.

    What can be said of a place stands behind its numbers, on a narrow terminal below them. Returns the columns that
    there was no room for.
    """
    from rich.console import Console

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.width = max(LEAST_WIDTH, width or (console.width if sys.stdout.isatty() else WIDE))
    spared: list[str] = []
    for number, section in enumerate(sections):
        if number:
            console.print()
        cells = [_cells(line, section) for line in section.lines]
        columns = _with_room(_columns(section), cells, console.width)
        spared += [name for name in _columns(section) if name not in (*columns, *spared)]
        for line in _picture(section, columns, CALLED.get(by, by), console.width):
            console.print(line, soft_wrap=True)
    return spared


def _title(section: Section) -> str:
    pair = section.pair
    units = unit_words(pair.unit)
    kinds = kind_words(pair.kind, pair.goal)
    what = (f"{kinds} per {units[:-1]}" if pair.unit else kinds) if pair.kind else units
    what = f"{what[:1].upper()}{what[1:]}"  # the name of a goal keeps its letters
    sources = ", ".join(sorted({one.source_name for one in pair.imports}))
    return " · ".join(filter(None, [what, plain(sources), _days(pair.common)]))


def _days(common: tuple[date, date] | None) -> str:
    if common is None:
        return ""
    first, last = common
    return f"{first}" if first == last else f"{first} to {last}"


def _with_room(columns: Sequence[str], cells: Sequence[Mapping[str, str]], width: int) -> list[str]:
    """Return the columns that fit beside a place's name."""
    kept = list(columns)
    place = min(ENOUGH_PLACE, max((cell_width(one[PLACE]) for one in cells), default=0))
    for group in SPARED:
        if place + sum(len(GAP) + size for size in _widths(kept, cells).values()) < width:
            break
        kept = [name for name in kept if name not in group]
    return kept


def _widths(columns: Sequence[str], cells: Sequence[Mapping[str, str]]) -> dict[str, int]:
    return {name: max(len(name), *(len(one[name]) for one in cells)) for name in columns} if cells else {}


def _picture(section: Section, columns: Sequence[str], called: str, width: int) -> Iterator[Text]:
    """Yield a section line by line; what belongs to no place stands below a rule."""
    from rich.text import Text

    rows = [(line, _cells(line, section)) for line in section.lines]
    widths = _widths(columns, [cells for _, cells in rows])
    words = max((len(cells[VERDICT]) for _, cells in rows), default=0)
    numbers = sum(size + len(GAP) for size in widths.values())
    wanted = max((cell_width(cells[PLACE]) for _, cells in rows), default=len(called))
    below = width - 1 < wanted + numbers + (words and len(GAP) + words)
    place = max(LEAST_PLACE, min(wanted, width - 1 - numbers))
    yield Text(_title(section), style="bold")
    yield Text(_joined(called, place, {name: name for name in columns}, widths).rstrip(), style="dim")
    ours = True
    for line, cells in rows:
        if ours and not line.ours:
            yield Text("-" * min(width - 1, place + numbers), style="dim")
        ours = line.ours
        yield from _row(line, cells, place, widths, below=below)


def _row(line: Line, cells: Mapping[str, str], place: int, widths: Mapping[str, int], *, below: bool) -> Iterator[Text]:
    from rich.text import Text

    style = STYLES.get(line.verdict, "") if line.ours else "dim"
    numbers = _joined(cells[PLACE], place, cells, widths)
    said = cells[VERDICT]
    if below or not said:
        yield Text(numbers.rstrip(), style)
        if said:
            yield Text(f"  {said}", style)
    else:
        yield Text(f"{numbers}{GAP}{said}", style)


def _joined(place: str, width: int, cells: Mapping[str, str], widths: Mapping[str, int]) -> str:
    """Return one line of the picture: the place to the left, numbers to the right."""
    from rich.text import Text

    name = Text(place)
    name.truncate(width, overflow="ellipsis", pad=True)
    return name.plain + "".join(f"{GAP}{cells[column]:>{size}}" for column, size in widths.items())


def cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


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
        columns.append(_short_kind(section))
    if any(line.rate is not None for line in lines):
        columns.append("rate")
    if any(line.low is not None for line in lines):
        columns.append("likely range")
    if any(line.cost is not None for line in lines):
        columns += ["cost", "per one"] if pair.kind else ["cost"]
    if any(line.revenue is not None for line in lines):
        columns.append("revenue")
    return columns


def _short_kind(section: Section) -> str:
    return KINDS.get(section.pair.kind, "conversions")


def _cells(line: Line, section: Section) -> dict[str, str]:
    units, per_event = unit_words(section.pair.unit), section.per_unit
    return {
        PLACE: _place(line),
        "views": _count(line.views),
        "clicks": _count(line.clicks),
        units: _count(line.denominator),
        _short_kind(section): _count(line.conversions),
        "rate": _rate(line, per_unit=per_event),
        "likely range": _range(line, per_unit=per_event),
        "cost": _money(line.cost, line.currency),
        "per one": _money(line.cost_per_conversion, line.currency),
        "revenue": _money(line.revenue, line.currency),
        VERDICT: verdict_words(line, units),
    }


def _place(line: Line) -> str:
    if not line.ours or not line.name:
        return plain(line.label)
    platform, known, _ = line.label.partition(":")
    return f"{plain(line.name)} · {platform}" if known else plain(line.name)


def _count(number: int | None) -> str:
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


def _money(amount: float | None, currency: str) -> str:
    if amount is None:
        return ""
    shown = thousands(int(amount)) if amount == int(amount) else f"{amount:,.2f}".replace(",", " ")
    return f"{shown} {currency}".strip()
