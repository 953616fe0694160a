"""Delimited text that Python writes cell by cell; whole tables are the engine's."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["delimited"]

_END: Final = "\r\n"  # the writer quotes the signs of its own line end only, and a cell may hold either


def delimited(rows: Iterable[Sequence[object]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    r"""Return rows as text, quoted where needed; cells are as they are given.

    Example:
        >>> delimited([["a", 1, None], ["b\r", "d,e", "f"]])
        'a,1,\n"b\r","d,e",f\n'

    """
    lines: list[str] = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, lineterminator=_END).writerow(row)
        lines.append(line.getvalue().removesuffix(_END) + line_end)
    return "".join(lines)
