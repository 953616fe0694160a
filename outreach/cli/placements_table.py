"""The ledger as a picture for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.cli.output import say
from outreach.reporting import plain, safe_address, thousands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from outreach.campaign.ledger import Placement

__all__ = ["show_placements"]

COLUMNS: Final = ("status", "date", "platform", "place", "campaign", "variant", "cost", "link")
STYLES: Final = {"published": "green", "declined": "red", "removed": "red", "drafted": "dim"}
SHARING: Final = ("place", "link")
WIDE: Final = 120
WITH_LINK: Final = 100  # cells; below it the place alone leads somewhere
LEAST_PLACE: Final = 12
GAP: Final = 2
SPARED: Final = ("variant", "campaign", "platform", "cost")  # in this order, on a terminal too narrow
EMPTY: Final = "No posts to show."


def show_placements(rows: Sequence[Placement]) -> list[str]:
    """Print the placements: on a terminal in its width, with links and colour; elsewhere as plain text.

    Returns the names of the columns that there is no room for.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not rows:
        say(EMPTY)
        return []
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    cells = [_cells(one) for one in rows]
    widths = _widths(cells, console.width if sys.stdout.isatty() else WIDE)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)
    for name, width in widths.items():
        table.add_column(name, width=width, no_wrap=True, justify="right" if name == "cost" else "left")
    for row in cells:
        table.add_row(*(cell for name, cell in zip(COLUMNS, row, strict=True) if name in widths))
    console.width = WIDE if not sys.stdout.isatty() else console.width
    console.print(table)
    return [name for name in COLUMNS if name not in widths]


def _widths(rows: Sequence[Sequence[Text]], total: int) -> dict[str, int]:
    """Return the columns with their widths: place and link share what the others leave; where that is little, some go.

    Every column but the first costs a gap beside its width.
    """
    wanted = {name: max(len(name), *(row[place].cell_len for row in rows)) for place, name in enumerate(COLUMNS)}
    if total < WITH_LINK:
        del wanted["link"]
    for spared in ("", *SPARED):
        wanted.pop(spared, None)
        fixed = sum(width for name, width in wanted.items() if name not in SHARING)
        room = max(LEAST_PLACE, total - fixed - GAP * (len(wanted) - 1))
        if room > LEAST_PLACE:
            break
    wanted["place"] = min(wanted["place"], max(LEAST_PLACE, room * 2 // 5) if "link" in wanted else room)
    if "link" in wanted:
        wanted["link"] = min(wanted["link"], max(LEAST_PLACE, room - wanted["place"]))
    return wanted


def _cells(one: Placement) -> list[Text]:
    from rich.text import Text

    cost = "" if one.cost is None else f"{_amount(one.cost)} {one.currency or ''}".strip()
    variant = one.variant if one.round == 1 else f"{one.variant}, repeat {one.round}"
    date = (one.published_at or "")[:10]
    return [
        Text(one.status, STYLES.get(one.status, "")),
        Text(date),
        Text(plain(one.platform)),
        _linked(plain(one.name or "") or plain(unquote(one.resource.partition(":")[2])), one.post_url or one.final_url),
        Text(plain(one.campaign)),
        Text(plain(variant)),
        Text(cost),
        _linked(plain(one.short_url or f"…{one.utm_content}"), one.short_url or one.final_url),
    ]


def _linked(text: str, address: str | None) -> Text:
    from rich.style import Style
    from rich.text import Text

    return Text(text, Style(link=safe) if (safe := safe_address(address)) else "")


def _amount(cost: float) -> str:
    return thousands(int(cost)) if cost.is_integer() else f"{cost:.2f}"
