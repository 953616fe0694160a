"""First name and surname in two columns: one label, or two customers of one first name would become one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.cells import is_address
from outreach.likes.tables.titles import top_rows
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Shape, Tally
    from outreach.messages import Message

__all__ = ["FullName", "Names", "names_of"]

FIRST: Final = words_of("headers.first_name")
LAST: Final = words_of("headers.last_name")


@dataclass(frozen=True, slots=True)
class Names:
    """Where first name and surname stand, below which line."""

    first: int
    last: int
    line: int

    def joined(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows with both in one column, and the other one empty."""
        width = max(self.first, self.last) + 1
        for line, row in rows:
            cells = [*row, *[""] * (width - len(row))]
            if line > self.line:
                cells[self.first] = " ".join(filter(None, (cells[self.first].strip(), cells[self.last].strip())))
            if line >= self.line:
                cells[self.last] = ""
            yield line, cells

    def head(self, head: Head) -> Head:
        """Return the beginning of the table with both in one column."""
        return replace(head, rows=list(self.joined(head.rows)))


def names_of(head: Head) -> Names | None:
    """Return where a header names both a first name and a surname.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> head = Head("likes.csv", [], [(1, ["First name", "Last name", "Page"]), (2, ["Anna", "Smith", "@smm"])])
        >>> names_of(head).head(head).rows[1]
        (2, ['Anna Smith', '', '@smm'])

    """
    if head.chosen:
        return None
    for (line, cells), _ in top_rows(head):
        texts = [fold_header(cell) for cell in cells]
        firsts, lasts = ([at for at, text in enumerate(texts) if text in words] for words in (FIRST, LAST))
        if len(firsts) == len(lasts) == 1:
            return Names(firsts[0], lasts[0], line)
        if any(map(is_address, cells)):
            return None
    return None


@dataclass(frozen=True, slots=True)
class FullName:
    """A table in any shape whose customers have two columns.

    Args:
        names: Where these are.
        shape: What the table is when they are one.

    """

    names: Names
    shape: Shape

    @property
    def kind(self) -> Message:
        """What the remark calls it."""
        return self.shape.kind

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return self.shape.roles

    def describe(self) -> str:
        """Return how it was understood."""
        return f"{self.shape.describe()}, with the surname in column {self.names.last + 1}"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows say."""
        return self.shape.records(self.names.joined(rows), tally)
