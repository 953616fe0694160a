"""Places with their names, and an address on each platform: ``Name, Facebook, Instagram`` in one customer's file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.keys import platform_named
from outreach.likes.tables.answers import is_none
from outreach.likes.tables.cells import is_address, mostly, tells_total
from outreach.likes.tables.readings import Reading, resembles, undecided
from outreach.likes.tables.titles import blank, cell_at, may_be_handle, whose
from outreach.likes.tables.vocabulary import ACCOUNTS
from outreach.messages import message
from outreach.words.cells import Mark
from outreach.words.columns import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.likes.tables.profile import Column, Table

__all__ = ["Labelled", "labelled_readings"]

NO_ADDRESS: Final = message("name-without-address")
FEWEST: Final = 2
NAMES: Final = ACCOUNTS | VOCABULARY["name"] | VOCABULARY["resource"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one customer follows: a place a row, with its name and an address on each platform.

    Args:
        customer: Of whom all rows are.
        name: Position of the names.
        columns: Position and platform of the addresses.
        header_line: The line of the header.

    """

    customer: str
    name: int
    columns: tuple[tuple[int, str], ...]
    header_line: int

    kind = message("shape-one-by-platform")
    roles = ("customer", "resource", "name", "platform")

    def describe(self) -> str:
        """Return how it was understood."""
        return (
            f"customer = the name of the file, tab or folder, name = column {self.name + 1}, "
            "platform = the header of the column"
        )

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield one record for each address of a row."""
        for line, cells in rows:
            if line <= self.header_line or blank(cells):
                continue
            name = cell_at(cells, self.name)
            found = [(text, platform) for at, platform in self.columns if (text := cell_at(cells, at))]
            found = [one for one in found if not is_none(one[0])]
            if tells_total(name) and not any(is_address(text) for text, _ in found):
                tally.totals += 1
                continue
            if not found:
                tally.reject(line, NO_ADDRESS)
            for text, platform in found:
                yield line, (self.customer, text, name or None, platform)


def labelled_readings(table: Table, head: Head) -> Iterator[Reading]:
    """Yield how a table can be one of places with their names and addresses.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["Name", "VK", "Telegram"]), (2, ["Riga Food", "vk.com/riga_food", "t.me/riga_food"])]
        >>> head = Head("anna.csv", ["anna"], rows)
        >>> shape = next(labelled_readings(next(tables_of(head)), head)).shape
        >>> [values for _, values in shape.records(rows, Tally())]
        [('anna', 'vk.com/riga_food', 'Riga Food', 'vk'), ('anna', 't.me/riga_food', 'Riga Food', 'telegram')]

    """
    customer = whose(head)
    columns = [(one, platform_named(one.header)) for one in table.columns if one.header]
    places = [(one, platform) for one, platform in columns if platform and one.filled]
    names = [one for one, _ in columns if one.word in NAMES and not one.addressed]
    if customer is None or table.lost or len(places) < FEWEST or len(names) != 1:
        return
    if len({platform for _, platform in places}) < len(places) or not _are_single([one for one, _ in places]):
        return
    name = names[0]
    if name.repeats or len(name.filled) < len(table.body) or _share_places([one for one, _ in places]):
        return
    pairs = [
        (label.text, cell.text)
        for one, _ in places
        for label, cell in zip(name.cells, one.cells, strict=True)
        if cell.text
    ]
    reasons = ((4.0, "address-a-platform"), (2.0, "header-names-platforms"), (4.0, "title-is-customer"))
    if name.word in ACCOUNTS and not head.owner_given and not mostly((resembles(*pair) for pair in pairs), 0.5):
        yield Reading(undecided(head, frozenset(pairs)), reasons)
        return
    at = tuple((one.at, platform or "") for one, platform in places)
    yield Reading(Labelled(customer, name.at, at, table.line), reasons)


def _are_single(columns: Sequence[Column]) -> bool:
    """Whether each filled cell holds one address or handle, or says that there is none."""
    return all(
        cell.mark is not Mark.YES and (cell.address or is_none(cell.text) or may_be_handle(cell.text))
        for one in columns
        for cell in one.filled
    )


def _share_places(columns: Sequence[Column]) -> bool:
    """Whether an address stands in several rows: then customers share it."""
    return any(count > 1 and not is_none(text) for one in columns for text, count in Counter(one.texts).items())
