"""Long tables from a workbook, handed to the engine as they stand: a line a row, nothing looked at twice in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal, literal_path
from outreach.files.grid import DateCell, FractionCell
from outreach.files.spool import new_file
from outreach.likes.plain.base import Scan
from outreach.likes.plain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.engine import Engine
    from outreach.files.lines import BadLine
    from outreach.likes.tables.long import Long

__all__ = ["bulk"]

BETWEEN: Final = "\x1f"  # the separator of units in ASCII, which no cell holds
LONGEST_LINE: Final = 16 * 1024 * 1024


def bulk(
    engine: Engine, label: str, shape: Long, columns: Iterable[Sequence[Sequence[str]]], bad: Sequence[BadLine]
) -> Scan:
    """Write down the rows below a header line, for the engine to read.

    Args:
        engine: Lends its private folder.
        label: What messages call the table.
        shape: Which column says what; no lists, nothing to fill down.
        columns: All cells of the tab, column by column for some rows at a time; as no row is left out, a line's number
            is the row's.
        bad: Rows that are known to be unusable.

    """
    positions = shape.mapped.positions
    width = max(positions.values()) + 1
    target = new_file(engine.folder)
    spaced = False
    with target.open("wb") as copy:
        for some in columns:
            text = _lines(list(some[:width]), positions.get("subscribers", width))
            spaced = spaced or " " in text or not text.isascii()
            copy.write(text.encode("utf-8", "replace"))
    types = ", ".join(f"'c{number}': 'varchar'" for number in range(width))
    return Scan(
        label=label,
        relation=(
            f"read_csv({literal_path(target)}, auto_detect=false, header=false, skip={shape.skip}, "
            f"delim={literal(BETWEEN)}, quote='', escape='', null_padding=true, strict_mode=false, nullstr='', "
            f"max_line_size={LONGEST_LINE}, compression='none', hive_partitioning=false, columns={{{types}}})"
        ),
        cells={role: f"c{position}" for role, position in positions.items()}
        | {role: literal(said) for role, said in shape.constants.items()},
        said=shape.said(),
        kind=shape.kind,
        mapped=shape.mapped,
        spaced=spaced,
        bad=tuple(bad),
        text=Text(target, BETWEEN, (), shape.mapped, shape.skip, quotes=False, spaced=spaced, bad=()),
        headers=frozenset(shape.mapped.headers or ()),
    )


def _lines(columns: list[Sequence[str]], size: int) -> str:
    """Return some rows as lines."""
    if size < len(columns) and set(map(type, columns[size])) != {str}:
        columns[size] = [_marked(cell) for cell in columns[size]]
    rows = len(columns[0])
    text = "\n".join(map(BETWEEN.join, zip(*columns, strict=True)))
    if text.count("\n") >= rows or text.count(BETWEEN) != rows * (len(columns) - 1) or "\r" in text:
        flat = [[_flat(cell) for cell in column] for column in columns]
        text = "\n".join(map(BETWEEN.join, zip(*flat, strict=True)))
    return text + "\n"


def _marked(cell: str) -> str:
    """Return a size with what kind of cell it was; Excel makes dates and fractions of sizes."""
    if isinstance(cell, DateCell):
        return f"date {cell}"
    return f"number {cell}" if isinstance(cell, FractionCell) else cell


def _flat(cell: str) -> str:
    """Return a cell without what would end it or its line."""
    return " ".join(cell.replace(BETWEEN, " ").splitlines())
