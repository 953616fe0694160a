"""What the cells of a table are, each looked at once, and what its columns hold under each possible header."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from outreach.keys import platform_named
from outreach.likes.tables.cells import NUMBER, holds_address, is_address, is_counter, tells_total
from outreach.likes.tables.titles import FOLLOWED, FOLLOWERS, RESOURCE_ROLES, TITLE_ROWS, cell_at, is_role
from outreach.words.cells import Mark, mark_of
from outreach.words.columns import Mapped, map_columns
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head

__all__ = ["MOSTLY", "Above", "Cell", "Column", "Table", "tables_of", "typed"]

MOSTLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell is.

    Args:
        text: Its text, without white space around it.
        address: Whether it is an address.
        holds: Whether it is an address or a list with one in it.
        mark: Whether it says yes, no or not known; None where it is no mark.
        number: Whether it is a number, a date, or yes.
        total: Whether it names a row or a column of sums.

    """

    text: str
    address: bool
    holds: bool
    mark: Mark | None
    number: bool
    total: bool


@lru_cache(maxsize=32768)
def typed(text: str) -> Cell:
    """Return what a cell is.

    Example:
        >>> [typed(text).holds for text in ("t.me/smm_riga", "Forbes; t.me/smm_riga", "Anna")]
        [True, True, False]

    """
    text = text.strip()
    address, mark = is_address(text), mark_of(text) if text else None
    number = NUMBER.fullmatch(text) is not None or mark is Mark.YES
    return Cell(text, address, address or holds_address(text), mark, number, tells_total(text))


@dataclass(frozen=True, eq=False)
class Column:
    """One column below a header.

    Args:
        at: Its position, from 0.
        header: The text above it.
        cells: What stands below, row by row; empty cells too.

    """

    at: int
    header: str
    cells: Sequence[Cell]

    @cached_property
    def word(self) -> str:
        """The header as headers are compared."""
        return fold_header(self.header)

    @cached_property
    def filled(self) -> Sequence[Cell]:
        """The cells with something in them."""
        return [cell for cell in self.cells if cell.text]

    @cached_property
    def texts(self) -> list[str]:
        """The texts of the cells with something in them."""
        return [cell.text for cell in self.filled]

    def share(self, what: str) -> float:
        """Return the share of the filled cells that are of a kind; 0 of none."""
        return sum(bool(getattr(cell, what)) for cell in self.filled) / len(self.filled) if self.filled else 0.0

    @cached_property
    def addressed(self) -> bool:
        """Whether most cells hold addresses."""
        return self.share("holds") >= MOSTLY

    @cached_property
    def counts(self) -> bool:
        """Whether it only numbers the rows."""
        return is_counter(self.header, [cell.text for cell in self.cells])

    @cached_property
    def networks(self) -> bool:
        """Whether nothing but names of platforms stands in it."""
        return bool(self.filled) and all(
            cell.mark is None and platform_named(cell.text) is not None for cell in set(self.filled)
        )

    @cached_property
    def repeats(self) -> bool:
        """Whether something stands in it twice."""
        return len(set(self.texts)) < len(self.texts)

    @cached_property
    def marked(self) -> float:
        """The share of the filled cells that are marks."""
        return sum(cell.mark is not None for cell in self.filled) / len(self.filled) if self.filled else 0.0

    def has(self, mark: Mark) -> bool:
        """Return whether some cell holds a mark."""
        return any(cell.mark is mark for cell in self.filled)


@dataclass(frozen=True)
class Table:
    """A head, seen under one of the rows that may be its header.

    Args:
        line: The line of the header; 0 where the data begin at once.
        skip: The last line above the data.
        header: Its texts; none where the data begin at once.
        above: The row above the header that is not blank.
        lost: How many rows above have several cells: under a true header there are none.
        body: The rows below, without blank ones, without rows of sums.
        sums: Whether a row of sums was left out.
        first: Whether nothing but titles stands above.

    """

    line: int
    skip: int
    header: Sequence[str]
    above: Sequence[str]
    lost: int
    body: Sequence[Row]
    sums: bool

    @cached_property
    def columns(self) -> Sequence[Column]:
        """The columns, empty ones too."""
        width = max([len(self.header), *(len(cells) for _, cells in self.body)], default=0)
        rows = [cells for _, cells in self.body]
        return [
            Column(at, cell_at(self.header, at), [typed(cells[at]) if at < len(cells) else EMPTY for cells in rows])
            for at in range(width)
        ]

    @cached_property
    def words(self) -> int:
        """How many cells of the header are filled."""
        return sum(bool(cell.strip()) for cell in self.header)

    @cached_property
    def addressed(self) -> bool:
        """Whether the header row holds an address."""
        return any(typed(cell).holds for cell in self.header)

    @cached_property
    def mapped(self) -> Mapped:
        """Which column says what, by the header; one of nothing but names of networks is the platform.

        What is followed then stands in another column: one that is known by its header, else one that holds addresses
        or the only other one with texts.
        """
        found = map_columns(list(map(_bare, self.header)))
        mapped = Mapped(found.positions, list(self.header), found.queried)
        if "platform" in mapped.positions:
            return mapped if mapped.tells_resource else self._with_accounts(mapped)
        at = mapped.positions.get("resource")
        if at is None or not self.columns[at].networks:
            free = [
                one for one in self.columns if one.at not in mapped.positions.values() and one.header and one.networks
            ]
            named = {"platform": free[0].at} if len(free) == 1 and mapped.complete else {}
            return Mapped({**mapped.positions, **named}, mapped.headers, mapped.queried)
        others = map_columns([text if place != at else "" for place, text in enumerate(self.header)])
        positions = {**others.positions, "platform": at}
        if set(RESOURCE_ROLES).isdisjoint(positions):
            left = [one for one in self.columns[: len(self.header)] if one.at not in positions.values()]
            texts = [one for one in left if one.addressed] or [one for one in left if one.filled]
            if len(texts) != 1:
                return mapped
            positions["resource"] = texts[0].at
        return Mapped(positions, mapped.headers, queried=mapped.queried)

    def _with_accounts(self, mapped: Mapped) -> Mapped:
        """Return the columns with the accounts on a platform, beside a customer and the platform."""
        owner = mapped.positions.get("customer")
        if owner is None or mapped.queried:
            return mapped
        others = [text if at != owner else "" for at, text in enumerate(self.header)]
        found = map_columns([*others, "queried"]).positions
        accounts = {role: at for role, at in found.items() if role == "handle" and at not in mapped.positions.values()}
        return Mapped({**mapped.positions, **accounts}, mapped.headers)


def _bare(header: str) -> str:
    """Return a header without what stands behind it in brackets where it is known so: ``Followers (approx.)``."""
    bare = BRACKETS.sub("", header)
    return bare if bare != header and not is_role(header) and is_role(bare) else header


class Above:
    """What stood in the rows above, so that a row of their counts or sums is known without a word."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.sums: Counter[int] = Counter()

    def note(self, cells: Sequence[str]) -> None:
        """Note a row."""
        for at, cell in enumerate(cells):
            if cell and not cell.isspace():
                self.counts[at] += 1
                self.sums[at] += int(cell) if cell.isdecimal() and len(cell) < DIGITS else 0

    def counted(self, cells: Sequence[str]) -> bool:
        """Return whether all filled cells of a row are the numbers or sums of what stands above them.

        Example:
            >>> above = Above()
            >>> for row in (["@a_b", "@c_d"], ["@e_f", ""]):
            ...     above.note(row)
            >>> above.counted(["2", "1"]), above.counted(["2", "7"]), above.counted(["@g_h", ""])
            (True, False, False)

        """
        filled = [(at, text) for at, cell in enumerate(cells) if (text := cell.strip())]
        return (
            bool(filled)
            and any(self.counts[at] for at, _ in filled)
            and all(text.isdecimal() and len(text) < DIGITS for _, text in filled)
            and all(int(text) in {self.counts[at], self.sums[at]} for at, text in filled)
        )


BRACKETS: Final = re.compile(r"(?:(?<!\s)\s+)?[(\[][^()\[\]]*[)\]]\s*$")
DIGITS: Final = 10
EMPTY: Final = Cell("", address=False, holds=False, mark=None, number=False, total=False)


def is_sum(cells: Sequence[str]) -> bool:
    """Return whether a row holds sums: a word such as ``Total`` in one of its first cells, and no address."""
    for cell in cells[:3]:
        if typed(cell).total:
            break
    else:
        first = next((cell for cell in cells if cell.strip()), "")
        if not typed(first).total:
            return False
    return not any(typed(cell).holds for cell in cells)


def tables_of(head: Head) -> Iterator[Table]:
    """Yield the table under each row that may be its header, and last as one without a header.

    The first row with an address ends the search: it is data, or names the columns of a matrix.
    """
    rows = _without_counts(head.filled)
    sums = [is_sum(cells) for _, cells in rows]
    lost = 0
    for at, (line, cells) in enumerate(rows[:TITLE_ROWS]):
        below = rows[at + 1 :]
        header = list(cells)
        body = [row for row, is_one in zip(below, sums[at + 1 :], strict=True) if not is_one and list(row[1]) != header]
        above = rows[at - 1][1] if at else ()
        named = _without_own_counts(_above_numbers(cells, body), body)
        table = Table(line, line, named, above, lost, body, sums=any(sums[at + 1 :]))
        yield table
        if table.addressed or (at == 0 and not below):
            whole = [row for row, is_one in zip(rows[at:], sums[at:], strict=True) if not is_one]
            yield Table(0, line - 1, (), above, lost, whole, sums=table.sums)
            return
        lost += table.words > 1


def _above_numbers(header: Sequence[str], body: Sequence[Row]) -> Sequence[str]:
    """Return a header with an empty cell first where R left it out above its numbers of rows.

    Then all rows have one cell more, and no addresses stand where the header has the places.
    """
    width = len(header) + 1
    rows = [cells for _, cells in body]
    if len(rows) < 2 or any(len(cells) != width or not cells[0].isdecimal() for cells in rows):
        return header
    numbers = [int(cells[0]) for cells in rows]
    found = map_columns(list(header)).positions
    at = next((found[role] for role in RESOURCE_ROLES if role in found), None)
    ascending = all(before < after for before, after in pairwise(numbers))
    if at is None or not ascending or any(typed(cells[at]).holds for cells in rows):
        return header
    return header if not any(cells[-1].strip() for cells in rows) else ["", *header]


def _without_own_counts(header: Sequence[str], body: Sequence[Row]) -> Sequence[str]:
    """Return a header without the word above how many the accounts follow, beside how many follow them.

    Example:
        >>> _without_own_counts(["user", "followers", "following"], [(2, ["@riga_food", "5200", "31"])])
        ['user', 'followers', '']

    """
    words = [fold_header(text) for text in header]
    places = [at for at, word in enumerate(words) if word in FOLLOWED]
    if not places or FOLLOWERS.isdisjoint(words) or len(words) < 3:
        return header
    counts = [
        at for at in places if body and all((text := cell_at(cells, at)).isdecimal() or not text for _, cells in body)
    ]
    return ["" if at in counts else text for at, text in enumerate(header)] if counts else header


def _without_counts(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows without a last one of counts or sums, of all the rows above it but titles and a header."""
    last = rows[-1][1] if len(rows) > 2 else ()
    if not all(cell.strip().isdecimal() for cell in last if cell.strip()):
        return rows
    above = Above()
    for at in range(len(rows) - 2, 0, -1):
        above.note(rows[at][1])
        if at < TITLE_ROWS and above.counted(last):
            return rows[:-1]
    return rows


def labels_written_once(column: Column) -> bool:
    """Return whether no label is repeated; in a table that repeats them a row without one lacks it."""
    return bool(column.filled) and not column.repeats


def written_once(cells: Sequence[str]) -> bool:
    """Return whether a column says something once for several rows: it begins, has gaps, and never repeats itself.

    Example:
        >>> written_once(["VK", "", "Telegram", ""]), written_once(["VK", "VK", ""]), written_once(["", "VK"])
        (True, False, False)

    """
    told = [cell for cell in cells if cell]
    return bool(cells) and bool(cells[0]) and len(told) < len(cells) and not any(a == b for a, b in pairwise(told))
