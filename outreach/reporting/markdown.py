"""Markdown: a table in which no name can become a link, a picture, HTML or a second column."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from outreach.patterns import pattern
from outreach.reporting.bulk import DIGITS
from outreach.reporting.words import plain, safe_address
from outreach.tables import NEUTRAL, neutral

if TYPE_CHECKING:
    from pathlib import Path

    from outreach.tables import Table

__all__ = ["escape", "markdown_file"]

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL: Final = pattern(r"[\\`*_{}\[\]()#|~$!^=]|:(?=/)|(?<=www)\.", re.IGNORECASE)
_NUMBERS: Final = ("integer", "bigint", "double")


def markdown_file(table: Table, path: Path) -> None:
    """Write all rows as a Markdown table (GitHub's), numbers to the right, missing as an empty cell."""
    columns = table.schema.columns
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_line([escape(column.name) for column in columns]))
        file.write(_line(["---:" if column.type in _NUMBERS else "---" for column in columns]))
        links = [column.name == "url" for column in columns]
        for rows in table.batches():
            file.writelines(
                _line([_cell(value, link=link) for value, link in zip(row, links, strict=True)]) for row in rows
            )


def escape(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    A text that a spreadsheet could take for a formula is made neutral first, since tables are pasted there.

    Example:
        >>> print(escape("[win|now](https://x.example) <b>"))
        \[win\|now\]\(https\://x.example\) &lt;b&gt;
        >>> print(escape("=1"))
        '\=1

    """
    clean = plain(text)
    shown = neutral(clean)
    if shown[:1] == clean[:1] and text.startswith(NEUTRAL):  # with a tab, which is gone
        shown = "'" + shown
    safe = "".join(_ENTITIES.get(sign, sign) for sign in shown)
    return _SPECIAL.sub(r"\\\g<0>", safe)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(value: Any, *, link: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(round(value, DIGITS)) if math.isfinite(value) else ""
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    if isinstance(value, (date, bool)):
        return str(value).lower()
    if isinstance(value, str):
        address = safe_address(value) if link else None
        return f"<{address}>" if address else escape(value)
    return str(value)
