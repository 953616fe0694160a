"""Cells of the resources sheet that a person changes elsewhere than in Excel: checked as they are read, and undone.

The file wins: a cell is written only where it still holds what the person saw.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.delimited import records
from outreach.files.output import store
from outreach.messages import describe, message
from outreach.reporting.resources.base import Change, shown_cell
from outreach.reporting.resources.words import choices_in, language_of
from outreach.reporting.resources_sheet import save_cells
from outreach.sheet.facts import read_sheet, with_cells
from outreach.tables import verbatim

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from outreach.messages import Message
    from outreach.reporting.resources.base import Value
    from outreach.sheet.facts import Sheet

__all__ = [
    "EDITABLE", "Block", "CellChange", "Edit", "Edited", "Refused", "Step", "block", "check", "named_rows", "set_cells",
    "step_between", "undo",
]  # fmt: skip

EDITABLE: Final = (
    "place", "subscribers", "accepts_posts", "way_in", "price", "link_place", "rules", "contact", "owner", "topic",
    "views", "note", "exclude",
)  # fmt: skip
"""What a person finds out; the other columns say which place it is, or are written for him."""
NUMBERS: Final = ("subscribers", "views")
LEAVES_TRACES: Final = ("subscribers_from", "fetched_at")
"""Written with a size: who says so, and since when."""
MOST_DIGITS: Final = 15
"""Of a number that a workbook holds whole."""
MOST_KEPT: Final = 4 << 20
"""Bytes of a sheet that are kept to undo a change."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell as a person changes it.

    Args:
        place: Name of its row, as :func:`named_rows` gives it.
        column: Our name of the column.
        text: What is to stand there; empty empties the cell.
        seen: What stood there when it was changed.

    """

    place: str
    column: str
    text: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was not changed: which, why, and what stands in it."""

    edit: Edit
    why: Message
    there: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that was changed: the name of its row, its column, its texts before and after."""

    place: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to a sheet.

    Args:
        changed: Cells.
        added: Names of rows that came to its end.
        content: The file before; empty where it is too large to be kept.
        mark: Of the file behind it, which tells whether somebody changed it since.

    """

    changed: tuple[CellChange, ...]
    added: tuple[str, ...]
    content: bytes
    mark: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a sheet.

    Args:
        sheet: As it reads now.
        refused: Cells that stay as they were.
        step: What was changed; None for nothing.
        remarks: Sentences for the user.

    """

    sheet: Sheet
    refused: tuple[Refused, ...] = ()
    step: Step | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that were copied from a table, as they would be put into a sheet.

    Args:
        edits: Row by row; empty cells change nothing.
        rows_beyond: Rows that are below the last row of the sheet.
        columns_beyond: Columns that are right of the last column.

    """

    edits: tuple[Edit, ...]
    rows_beyond: int
    columns_beyond: int


def named_rows(sheet: Sheet) -> dict[str, int]:
    """Return the rows of a sheet by the names of their places: its key, from the second row on with a number."""
    seen: Counter[str] = Counter()
    found: dict[str, int] = {}
    for row, keys in sheet.named.items():
        if keys:
            seen[keys[0]] += 1
            found[keys[0] if seen[keys[0]] == 1 else f"{keys[0]} {seen[keys[0]]}"] = row
    return found


def block(sheet: Sheet, place: str, column: str, text: str, columns: Sequence[str]) -> Block:
    """Return what cells that were copied in Excel become in a sheet, from one of its cells to the right and below.

    Args:
        sheet: As it was read.
        place: Name of the first row.
        column: The first column.
        text: The cells, tabs between them, as they come from the clipboard.
        columns: Columns in the order in which a person sees them.

    Raises:
        InputError: The sheet has no such cell.

    """
    rows = named_rows(sheet)
    if place not in rows or column not in columns:
        raise InputError(describe(message("cell-not-there")), hint="reload the page")
    names, there = list(rows), list(columns)
    names, there = names[names.index(place) :], there[there.index(column) :]
    copied = _copied(text)
    edits = [
        Edit(name, name_of_column, cell, sheet.rows[rows[name]].get(name_of_column, ""))
        for name, cells in zip(names, copied, strict=False)
        for name_of_column, cell in zip(there, cells, strict=False)
        if cell.strip()
    ]
    widest = max((len(cells) for cells in copied), default=0)
    return Block(tuple(edits), max(0, len(copied) - len(names)), max(0, widest - len(there)))


def _copied(text: str) -> list[Sequence[str]]:
    """Return the cells of a text from the clipboard; empty rows at its end do not count."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found: list[Sequence[str]] = [cells for _, cells in records("", lines, "\t")]
    except InputError:  # a quotation mark that is a part of a text
        found = [line.split("\t") for line in lines.split("\n")]
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return found


def check(sheet: Sheet, edits: Sequence[Edit]) -> tuple[dict[tuple[int, str], Edit], tuple[Refused, ...]]:
    """Return the edits that a sheet takes, by row and column, and those that it does not; nothing is written.

    Args:
        sheet: As it was read.
        edits: What is to change.

    """
    return _checked(sheet, edits, EDITABLE)


def set_cells(path: Path, edits: Sequence[Edit], today: date) -> Edited:
    """Change cells of a sheet, and nothing else of it: those that still hold what was seen, and can be read.

    Args:
        path: Of the sheet.
        edits: What is to change.
        today: The day that stands beside a size.

    Raises:
        InputError: The sheet cannot be used, or holds what would be lost.
        OutputError: It is open elsewhere, or cannot be written.

    """
    sheet, content = read_sheet(path, label=path.name), path.read_bytes()
    taken, refused = check(sheet, edits)
    return _written(path, sheet, content, _with_traces(sheet, taken, today), refused)


def undo(path: Path, step: Step) -> Edited:
    """Take one change back: the whole file where nobody changed it since, else each cell that nobody changed since.

    Raises:
        InputError: The sheet cannot be used, or holds what would be lost.
        OutputError: It is open elsewhere, or cannot be written.

    """
    content = path.read_bytes()
    if step.content and sha256(content).hexdigest() == step.mark:
        store(path, lambda temporary: _write(temporary, step.content), in_place=True)
        return Edited(read_sheet(path, label=path.name))
    sheet = read_sheet(path, label=path.name)
    edits = [Edit(one.place, one.column, one.before, one.after) for one in step.changed]
    taken, refused = _checked(sheet, edits, (*EDITABLE, *LEAVES_TRACES))
    stay = tuple(Refused(Edit(name, "place", ""), message("added-place-stays")) for name in step.added)
    return _written(path, sheet, content, taken, (*refused, *stay))


def step_between(before: Sheet, content: bytes, after: Sheet, now: bytes) -> Step | None:
    """Return what changed from one reading of a sheet to the next; None for nothing.

    Args:
        before: The first reading.
        content: Of the file then.
        after: The second.
        now: Of the file now.

    """
    old, new = named_rows(before), named_rows(after)
    changed = []
    for name in old.keys() & new.keys():
        cells, later = before.rows[old[name]], after.rows[new[name]]
        changed += [
            CellChange(name, column, cells.get(column, ""), later.get(column, ""))
            for column in after.grid.columns
            if cells.get(column, "") != later.get(column, "")
        ]
    added = tuple(name for name in new if name not in old)
    if not (changed or added):
        return None
    changed.sort(key=lambda one: (new[one.place], after.grid.columns[one.column]))
    kept = content if len(content) <= MOST_KEPT else b""
    return Step(tuple(changed), added, kept, sha256(now).hexdigest())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _tidy(text: str) -> str:
    """Return a text as a cell holds it."""
    return str(shown_cell(text.replace("\r\n", "\n").replace("\r", "\n").strip()))


def _same(one: str, other: str) -> bool:
    """Whether two texts are one to whoever looks at a field: it shows no line ends."""
    return " ".join(one.split()) == " ".join(other.split())


def _checked(
    sheet: Sheet, edits: Sequence[Edit], columns: Collection[str]
) -> tuple[dict[tuple[int, str], Edit], tuple[Refused, ...]]:
    rows = named_rows(sheet)
    wanted: dict[tuple[int, str], Edit] = {}
    refused: list[Refused] = []
    for edit in edits:
        row = rows.get(edit.place)
        if row is None or edit.column not in columns or edit.column not in sheet.grid.columns:
            refused.append(Refused(edit, message("cell-not-there")))
            continue
        there = sheet.rows[row].get(edit.column, "")
        if _tidy(there) == _tidy(edit.text):
            continue
        if not _same(there, edit.seen):
            code = "cell-changed-meanwhile" if there else "cell-emptied-meanwhile"
            refused.append(Refused(edit, message(code, text=_tidy(there), typed=_tidy(edit.text)), there))
            continue
        wanted[row, edit.column] = edit
    odd = with_cells(sheet, {at: _tidy(edit.text) for at, edit in wanted.items()}).odd
    for at, edit in list(wanted.items()):
        if (doubt := odd.get(at)) and not doubt.used:
            refused.append(Refused(edit, doubt.why, sheet.rows[at[0]].get(at[1], "")))
            del wanted[at]
    return wanted, tuple(refused)


def _with_traces(sheet: Sheet, taken: Mapping[tuple[int, str], Edit], today: date) -> dict[tuple[int, str], Edit]:
    """Return edits with what goes with a size: that a person typed it, and when; lookups leave such a size alone."""
    hand = choices_in("subscribers_from", language_of(sheet.grid.headers))[0]
    found = dict(taken)
    for (row, column), edit in taken.items():
        if column == "subscribers":
            there = bool(edit.text.strip())
            traces = {"subscribers_from": hand, "fetched_at": today.isoformat()}
            found |= {
                (row, name): Edit(edit.place, name, text if there else "")
                for name, text in traces.items()
                if name in sheet.grid.columns
            }
    return found


def _written(
    path: Path,
    sheet: Sheet,
    content: bytes,
    taken: Mapping[tuple[int, str], Edit],
    refused: tuple[Refused, ...],
) -> Edited:
    """Write edits, and read them again: a formula or a merged cell does not take a text."""
    cells = [Change(row, column, _value(column, edit.text), only_empty=False) for (row, column), edit in taken.items()]
    if not cells:
        return Edited(sheet, refused)
    saved = save_cells(path, sheet, cells, in_place=True)
    now = read_sheet(path, label=path.name)
    rows = named_rows(now)
    kept = tuple(
        Refused(edit, message("cell-of-formula"), there)
        for edit in taken.values()
        if not _reads(edit, there := now.rows[rows[edit.place]].get(edit.column, ""))
    )
    return Edited(now, (*refused, *kept), step_between(sheet, content, now, path.read_bytes()), saved.remarks)


def _reads(edit: Edit, there: str) -> bool:
    return _tidy(edit.text) in {_tidy(there), _tidy(verbatim(there))}


def _value(column: str, text: str) -> Value:
    tidy = _tidy(text)
    number = column in NUMBERS and tidy.isascii() and tidy.isdecimal() and len(tidy) < MOST_DIGITS
    return int(tidy) if number and not tidy.startswith("0") else tidy
