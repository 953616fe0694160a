"""The rows of a planned table as Python reads them: one like a row, with its line and what is wrong with it."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from outreach.collector import paused
from outreach.errors import InputError
from outreach.files.contract import Rejected
from outreach.files.grid import marked
from outreach.files.lines import rows_of
from outreach.likes.executors.rules import RowRules, is_error, tidy
from outreach.likes.executors.written import ROW
from outreach.likes.plan import Fault, Form, SourceTable
from outreach.likes.tables.contract import Tally
from outreach.messages import message
from outreach.tables import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.files.workbook import Tab
    from outreach.likes.executors.written import RowFile
    from outreach.likes.plan import ReadPlan
    from outreach.likes.tables.contract import Record
    from outreach.messages import Message

__all__ = ["read_rows", "text_rows"]

Written: TypeAlias = "tuple[str | int | None, ...]"
"""The cells of ``ROW`` of one row."""

BETWEEN: Final = "\x1f"  # a separator that older programs left between cells; it never was a letter of one
TICK_RECORDS: Final = 20_000
PATIENCE_SECONDS: Final = 1.0
LINES_SHOWN: Final = 3


def read_rows(plan: ReadPlan, tab: Tab | None, target: RowFile, *, progress: bool = False) -> SourceTable:
    """Read a table to its end and write its rows down.

    Args:
        plan: How it is read.
        tab: The tab where it is one of a workbook.
        target: Where its rows go.
        progress: Show on standard error how far a long table is.

    Raises:
        InputError: It is damaged.

    """
    tally = Tally()
    bad = list(plan.bad)
    written = target.new_list(plan.label)
    if plan.layout is not None:
        rows = text_rows(plan, bad) if tab is None else tab.rows()
        maker = _RowMaker(plan, plan.layout.roles, written.number)
        made = maker.rows(plan.layout.records(rows, tally))
    else:
        maker = _RowMaker(plan, [*plan.columns, *plan.constants], written.number)
        made = maker.rows(_of_text(plan, bad)) if tab is None else chain.from_iterable(_of_tab(plan, tab, maker))
    with paused(), _named(plan.label):
        target.write(_shown(made, plan.label) if progress else made)
    bad += tally.bad
    bad.sort(key=lambda row: (row.line or 0, row.reason.code))
    return SourceTable(plan, tuple(bad), (*plan.notes, *_notes(tally)), written=(written,))


@contextmanager
def _named(label: str) -> Iterator[None]:
    """Say of a failure that tells a line in which file it is."""
    try:
        yield
    except InputError as err:
        if err.where:
            raise
        raise InputError(err.what, where=label, line=err.line, hint=err.hint) from None


def text_rows(plan: ReadPlan, bad: list[Rejected]) -> Iterator[Row]:
    """Yield the rows of a text from the first of its table; lines that cannot be read are noted in ``bad``."""
    if plan.path is None:
        return
    for row in rows_of(plan.path, plan.delimiter, plan.width or None):
        if isinstance(row, Rejected):
            if (row.line or 0) > plan.skip:
                bad.append(row)
        elif row[0] > plan.start:
            yield row


def _of_text(plan: ReadPlan, bad: list[Rejected]) -> Iterator[Record]:
    """Yield the rows of a text below its header line, and behind each what stands beyond the columns that it needs."""
    width, constants = plan.width, list(plan.constants.values())
    places = [int(column.place) for column in plan.columns.values()]
    looked_at = [place for fit in plan.fits for place in fit.columns]
    padding = [""] * (width + 1)
    for line, cells in text_rows(plan, bad):
        if line <= plan.skip or (len(cells) == 1 and not cells[0]):
            continue
        row = [*cells, *padding] if len(cells) <= width else cells
        beyond = [row[width] or None, *[row[place] or None for place in looked_at]]
        yield line, [*[row[place] or None for place in places], *constants, *beyond]


def _of_tab(plan: ReadPlan, tab: Tab, maker: _RowMaker) -> Iterator[Iterable[Written]]:
    """Yield the rows of a tab below its header line, some together, made column by column: most are of one type."""
    above, constants = 0, [repeat(text) for text in plan.constants.values()]
    places = {role: int(column.place) for role, column in plan.columns.items()}
    width = max(places.values()) + 1
    for some in tab.columns():
        lines = range(above + 1, above + 1 + len(some[0]))
        above = lines[-1]
        empty = [""] * len(lines)
        columns = [some[place] if place < len(some) else empty for place in places.values()]
        columns = [
            _flat(_all_marked(cells) if role == "subscribers" else cells)
            for role, cells in zip(places, columns, strict=True)
        ]
        if lines[0] > plan.skip and not constants and (made := maker.columns(lines, columns)) is not None:
            yield made
            continue
        records = zip(lines, zip(*columns, *constants, repeat(None)), strict=False)
        yield maker.rows([(line, values) for line, values in records if line > plan.skip and (width > 1 or values[0])])


def _label_of_tab(text: str) -> str | None:
    """Return a label tidy; one of plain letters stays as it is, a tab before it too, as it is shown in the workbook."""
    return tidy(text) if " " in text or not text.isascii() else text or None


def _labels_of_tab(texts: Sequence[str]) -> Sequence[str | None]:
    """Return many labels tidy."""
    together = "".join(texts)
    plain = together.isascii() and " " not in together and "" not in texts
    return texts if plain else [*map(_label_of_tab, texts)]


def _all_marked(cells: Sequence[str]) -> Sequence[str]:
    """Return sizes with what kind of cells they were; Excel makes dates and fractions of sizes."""
    if set(map(type, cells)) == {str}:
        return cells
    return [*map(marked, cells)]


def _flat(cells: Sequence[str]) -> Sequence[str]:
    """Return cells without line breaks."""
    text = "".join(cells)
    if BETWEEN not in text and "\n" not in text and "\r" not in text:
        return cells
    return [" ".join(cell.replace(BETWEEN, " ").splitlines()) for cell in cells]


class _RowMaker:
    """Makes rows as they are written: number of the list, line, fault, tidy customer, the other roles as found.

    Args:
        plan: How the table is read.
        roles: What the values of a record are.
        number: Of the list.

    """

    def __init__(self, plan: ReadPlan, roles: Sequence[str], number: int) -> None:
        self._number: Final = number
        self._plan: Final = plan
        self._rules: Final = RowRules(plan, roles)
        self._roles: Final = roles
        at = {role: place for place, role in enumerate(roles)}
        last = max(ROW.index(role) for role in roles if role in ROW)
        self._places: Final = [at.get(role) for role in ROW[4 : max(last, 5) + 1]]
        self._owner: Final = at["customer"]
        self._label: Final = _label_of_tab if plan.form is Form.TAB and plan.layout is None else tidy
        self._name: Final = at.get("name", -1) if Fault.NO_LABEL in plan.faults else -1

    def rows(self, records: Iterable[Record]) -> Iterator[Written]:
        """Yield the rows of records; behind the values of a plain table stands what the header has no column for."""
        number, owner, name, fault_of = self._number, self._owner, self._name, self._rules.fault
        label = self._label
        always, width = bool(self._plan.constants), len(self._roles)
        beyond = 1 + sum(len(fit.columns) for fit in self._plan.fits) if self._plan.layout is None else 0
        nothing = width + beyond  # the place of a None that is put behind the values
        pick = itemgetter(*(nothing if place is None else place for place in self._places))
        for line, found in records:
            values = found
            if name >= 0 and (text := values[name]) and text[0] == "#" and is_error(text):
                values = [*values[:name], None, *values[name + 1 :]]
            if always or any(values[:width]):
                customer = values[owner]
                yield number, line, fault_of(values) or None, customer and label(customer), *pick((*values, None))

    def columns(self, lines: range, columns: Sequence[Sequence[str]]) -> Iterator[Written] | None:
        """Return rows from columns; None where something in them has to be looked at row by row."""
        labels = columns[self._owner]
        customers = _labels_of_tab(labels)
        if None in customers or self._rules.are_rare(labels) or any("#" in "".join(cells) for cells in columns):
            return None
        cells = (repeat(None) if place is None else columns[place] for place in self._places)
        return zip(repeat(self._number), lines, repeat(None), customers, *cells, strict=False)


def _shown(rows: Iterator[Written], label: str) -> Iterator[Written]:
    """Yield rows; on a terminal say how far a long table is."""
    start = time.monotonic()
    shown = False
    for number, row in enumerate(rows, 1):
        yield row
        if number % TICK_RECORDS == 0 and time.monotonic() - start > PATIENCE_SECONDS:
            sys.stderr.write(f"\rreading {UNSAFE.sub('?', label)}, row {row[1]}\x1b[K")
            sys.stderr.flush()
            shown = True
    if shown:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _first(lines: Sequence[int]) -> str:
    """Return the first of some lines, as a note names them."""
    distinct = list(dict.fromkeys(lines))
    return ", ".join(map(str, distinct[:LINES_SHOWN])) + (", …" if len(distinct) > LINES_SHOWN else "")


def _notes(tally: Tally) -> Iterator[Message]:
    """Describe what was done to the rows on the way."""
    if tally.filled:
        yield message("customers-from-above", rows=tally.filled)
    if tally.totals:
        yield message("totals-passed-over", rows=tally.totals)
    for code, lines in (("answers-not-counted", tally.unsaid), ("headings-not-counted", tally.headings)):
        if lines:
            yield message(code, count=len(lines), lines=_first(lines))
    if tally.dropped:
        yield message("words-of-page-dropped", words=tally.dropped)
    if tally.nothing:
        yield message("customers-with-nothing", customers=tally.nothing)
