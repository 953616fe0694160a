"""What each resource brought, as a picture for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from outreach.reporting.words import plain, thousands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import Console
    from rich.table import Table

    from outreach.tracking.lines import Line, Section

__all__ = ["kind_words", "show_conversion", "unit_words", "verdict_words"]

WIDE: Final = 120
WITH_MONEY: Final = 100  # cells; below it costs and revenue are left to files
LEAST_WIDTH: Final = 60
UNITS: Final = {
    "visit": "visits", "session": "sessions", "visitor": "visitors", "pageview": "page views", "click": "clicks",
}  # fmt: skip
KINDS: Final = {"signup": "sign-ups", "sale": "sales", "conversion": "conversions", "event": "events"}
STYLES: Final = {"ahead": "bold green", "ahead, not proven": "green", "probably below average": "red"}
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


def verdict_words(line: Line) -> str:
    """Return what can be said of a line.

    Example:
        >>> from outreach.tracking.lines import Line
        >>> verdict_words(Line("vk:smm", verdict="can't tell yet", more=1200))
        "can't tell yet: about 1 200 more visits"

    """
    if line.verdict == "can't tell yet":
        if line.more is None:
            return "no difference to be seen"
        return f"{line.verdict}: about {thousands(line.more)} more visits"
    return line.verdict


def show_conversion(sections: Sequence[Section], *, width: int | None = None) -> None:
    """Print the report: on a terminal in its width and in colour; elsewhere as plain text."""
    from rich.console import Console

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.width = max(LEAST_WIDTH, width or (console.width if sys.stdout.isatty() else WIDE))
    for number, section in enumerate(sections):
        if number:
            console.print()
        console.print(_title(section), style="bold")
        console.print(_grid(section, console))


def _title(section: Section) -> str:
    pair = section.pair
    units = unit_words(pair.unit)
    what = f"{kind_words(pair.kind, pair.goal).capitalize()} per {units[:-1]}" if pair.kind else units.capitalize()
    if not pair.unit:
        what = kind_words(pair.kind, pair.goal).capitalize()
    sources = ", ".join(sorted({one.source_name for one in pair.imports}))
    return " · ".join(filter(None, [what, plain(sources), _days(pair.common)]))


def _days(common: tuple[date, date] | None) -> str:
    if common is None:
        return ""
    first, last = common
    return f"{first}" if first == last else f"{first} to {last}"


def _grid(section: Section, console: Console) -> Table:
    """Return the lines as a grid; those of no resource below a rule."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    columns = _columns(section, console.width)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)
    for title in columns:
        left = title in ("place", "")
        table.add_column(title, justify="left" if left else "right", no_wrap=not left, overflow="fold")
    lines = list(section.lines)
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        cells = _cells(line, section)
        style = STYLES.get(line.verdict, "") if line.ours else "dim"
        table.add_row(
            *(Text(cells[title], style if title in ("", "place") and (line.verdict or not line.ours) else "")
              for title in columns),
            end_section=line.ours and following is not None and not following.ours,
        )  # fmt: skip
    return table


def _columns(section: Section, width: int) -> list[str]:
    """Return the columns that say anything, as many as there is room for."""
    pair, lines = section.pair, section.lines
    columns = ["place"]
    if any(line.views is not None for line in lines) and width >= WITH_MONEY:
        columns.append("views")
    if any(line.clicks is not None for line in lines) and pair.unit != "click" and width >= WITH_MONEY:
        columns.append("clicks")
    if pair.denominators is not None:
        columns.append(unit_words(pair.unit))
    if pair.kind:
        columns.append(_short_kind(section))
    if any(line.rate is not None for line in lines):
        columns.append("rate")
    if any(line.low is not None for line in lines):
        columns.append("likely range")
    if any(line.cost is not None for line in lines) and width >= WITH_MONEY:
        columns += ["cost", "per one"] if pair.kind else ["cost"]
    if any(line.revenue is not None for line in lines) and width >= WITH_MONEY:
        columns.append("revenue")
    return [*columns, ""] if any(line.verdict for line in lines) else columns


def _short_kind(section: Section) -> str:
    return KINDS.get(section.pair.kind, "conversions")


def _cells(line: Line, section: Section) -> dict[str, str]:
    units, per_event = unit_words(section.pair.unit), section.pair.kind == "event"
    return {
        "place": _place(line),
        "views": _count(line.views),
        "clicks": _count(line.clicks),
        units: _count(line.denominator),
        _short_kind(section): _count(line.conversions),
        "rate": _rate(line, per_unit=per_event),
        "likely range": _range(line),
        "cost": _money(line.cost, line.currency),
        "per one": _money(line.cost_per_conversion, line.currency),
        "revenue": _money(line.revenue, line.currency),
        "": verdict_words(line),
    }


def _place(line: Line) -> str:
    if not line.ours or not line.name:
        return plain(line.label)
    platform = line.label.partition(":")[0]
    return f"{plain(line.name)} · {platform}"


def _count(number: int | None) -> str:
    return NOT_KNOWN if number is None else thousands(number)


def _rate(line: Line, *, per_unit: bool) -> str:
    if line.rate is None:
        return NOT_A_RATE
    if per_unit:
        return f"{line.rate:.2f}"
    return f"{100 * line.rate:.1f} %"


def _range(line: Line) -> str:
    return "" if line.low is None or line.high is None else f"{100 * line.low:.1f}-{100 * line.high:.1f} %"


def _money(amount: float | None, currency: str) -> str:
    if amount is None:
        return ""
    shown = thousands(int(amount)) if amount == int(amount) else f"{amount:,.2f}".replace(",", " ")
    return f"{shown} {currency}".strip()
