"""Drafts as a picture for people: where to, how long, what to look at."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from outreach.reporting import plain, safe_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from outreach.teasers.drafts import Draft

__all__ = ["show_drafts"]

COLUMNS: Final = ("place", "variant", "length", "look at", "link")
WIDE: Final = 120  # where nobody tells how wide it is
WITH_LINK: Final = 100  # cells; below it the place leads there
LONGEST_PLACE: Final = 34
GAP: Final = 2
FOLDED: Final = ("place", "look at", "link")


def show_drafts(drafts: Sequence[Draft]) -> None:
    """Print a line a draft, folded to the width of the terminal; the link only where there is room for it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.width = console.width if sys.stdout.isatty() else WIDE
    names = COLUMNS if console.width >= WITH_LINK else COLUMNS[:-1]
    names_of: dict[str, set[str]] = {}
    for one in drafts:
        names_of.setdefault(one.name, set()).add(one.resource)
    rows = [_cells(one, named=len(names_of[one.name]) == 1) for one in drafts]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)
    for name, width in _widths(names, rows, console.width).items():
        table.add_column(name, width=width, overflow="fold")
    for row in rows:
        table.add_row(*row[: len(names)])
    console.print(table)


def _widths(names: Sequence[str], rows: Sequence[Sequence[Text]], total: int) -> dict[str, int]:
    """Return the columns with their widths: what the short ones leave is shared by what to look at and the link."""
    wanted = {name: max(len(name), *(row[at].cell_len for row in rows), 0) for at, name in enumerate(names)}
    wanted["place"] = min(wanted["place"], LONGEST_PLACE, max(12, total // 3))
    room = total - sum(wanted[name] for name in names[:3]) - GAP * (len(names) - 1)
    if "link" in wanted:
        wanted["look at"] = min(wanted["look at"], max(12, room // 3))
        room -= wanted["look at"]
    wanted[names[-1]] = max(12, min(wanted[names[-1]], room))
    return wanted


def _cells(one: Draft, *, named: bool) -> list[Text]:
    """Return what is shown of a draft; its place by the key where another one has the same name."""
    from rich.style import Style
    from rich.text import Text

    from outreach.teasers.drafts import label_of

    limit = f"/{one.limit}" if one.limit is not None else ""
    style = Style(link=safe) if (safe := safe_address(one.link)) else ""
    look_at = ", ".join(dict.fromkeys(map(label_of, one.warnings)))
    return [
        Text((plain(one.name) if named else "") or plain(one.resource), style),
        Text(plain(one.variant)),
        Text(f"{one.length}{limit}"),
        Text(look_at),
        Text(plain(one.link), style),
    ]
