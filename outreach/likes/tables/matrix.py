"""A matrix of marks: customers x resources, whichever of them are the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.grid import marked
from outreach.keys import identify, platform_named, platform_of
from outreach.likes.tables.cells import is_counter, mostly, tells_total
from outreach.likes.tables.counted import HIT_WORDS, counts_marks
from outreach.likes.tables.notes import A_NOTE, is_note, platforms_above
from outreach.likes.tables.profile import typed, written_once
from outreach.likes.tables.readings import Reading
from outreach.likes.tables.titles import (
    RESOURCE_ROLES,
    blank,
    cell_at,
    is_role,
    may_be_handle,
    places_in,
    platform_of_titles,
)
from outreach.likes.tables.vocabulary import CUSTOMERS, FLAGS, NOUNS
from outreach.messages import message
from outreach.words.cells import Mark, mark_of
from outreach.words.columns import ROLES, VOCABULARY, Mapped, map_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Tally
    from outreach.likes.tables.profile import Column, Table

__all__ = ["NEITHER", "Matrix", "Transposed", "matrix_readings"]

NEITHER: Final = message("mark-unclear")
NAMELESS: Final = message("marks-without-name")
HEADER_AGAIN: Final = message("header-again")
FACTS: Final = (*RESOURCE_ROLES, "platform", "subscribers", "accepts_posts", "topic")


def _platform(text: str, platform: str | None) -> str | None:
    """Return the platform of a resource; None where the text leads to none."""
    key = identify(text, platform)[0]
    return None if key is None else platform_of(key)


def _said_platform(platform: str | None) -> str:
    return "" if platform is None else f", platform = {platform}, by the name of the file, tab or folder"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Customers as rows, one column a resource.

    Args:
        label_at: Position of the customers' labels.
        columns: Position and text of each resource.
        header: Texts of the header line.
        header_line: Its line.
        left_out: Columns that are neither labels nor marks.
        platform: The platform of names and handles, by the name of the tab or file.
        platforms: Position to platform, where a row above the header says it.

    """

    label_at: int
    columns: Sequence[tuple[int, str]]
    header: Sequence[str]
    header_line: int
    left_out: int = 0
    platform: str | None = None
    platforms: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    kind = message("shape-matrix")
    roles = ("customer", "resource", "platform")

    def describe(self) -> str:
        """Return how it was understood."""
        left_out = f", columns without marks left out: {self.left_out}" if self.left_out else ""
        named = sum(bool(text) for _, text in self.columns)
        said = f"customer = column {self.label_at + 1}, resources = {named} columns{left_out}"
        return said + (", platform = the row above" if self.platforms else _said_platform(self.platform))

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield the likes of each row, and an empty list for each platform of which something is known."""
        platforms = {at: _platform(text, self._told(at)) for at, text in self.columns if text}
        above = self.header_line
        for line, cells in rows:
            if line <= self.header_line or blank(cells):
                continue
            apart, above = line - above > 1, line
            label = cell_at(cells, self.label_at)
            if tells_total(label) or (tells_total(cells[0]) and not label):
                tally.totals += 1
                continue
            if list(cells[: len(self.header)]) == list(self.header):
                tally.reject(line, HEADER_AGAIN)
                continue
            if not any(cell_at(cells, at) for at, _ in self.columns) and is_note(label, apart=apart):
                tally.reject(line, A_NOTE)
                continue
            yield from self._of_row(line, label or None, cells, platforms, tally)

    def _told(self, at: int) -> str | None:
        return self.platforms.get(at, self.platform)

    def _of_row(
        self, line: int, label: str | None, cells: Sequence[str], platforms: dict[int, str | None], tally: Tally
    ) -> Iterator[Record]:
        asked: set[str] = set()
        for at, text in self.columns:
            mark = mark_of(cell_at(cells, at))
            if mark is None or (mark is Mark.YES and not text):
                tally.reject(line, NEITHER if mark is None else NAMELESS)
                continue
            if mark is Mark.YES:
                yield line, (label, text, self._told(at))
            if mark is not Mark.UNKNOWN and (platform := platforms.get(at)) is not None:
                asked.add(platform)
        if label is None and not any(mark_of(cell_at(cells, at)) is Mark.YES for at, _ in self.columns):
            tally.reject(line, NAMELESS)
        elif label is not None:
            yield from ((line, (label, None, platform)) for platform in sorted(asked))


@dataclass(frozen=True, slots=True)
class Transposed:
    """Resources as rows, one column a customer.

    Args:
        mapped: Which columns say something of the resource.
        columns: Position and label of each customer.
        header: Texts of the header line.
        header_line: Its line.
        left_out: Columns that are neither facts nor marks.
        platform: The platform of all rows, where no column says it.
        fill: Whether a platform is written once, above the rows that belong to it.

    """

    mapped: Mapped
    columns: Sequence[tuple[int, str]]
    header: Sequence[str]
    header_line: int
    left_out: int = 0
    platform: str | None = None
    fill: bool = False

    kind = message("shape-matrix-turned")

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are, the customer first."""
        return [role for role in ROLES if role in {"customer", "platform", *self.mapped.positions}]

    def describe(self) -> str:
        """Return how it was understood."""
        left_out = f", columns without marks left out: {self.left_out}" if self.left_out else ""
        facts = ", ".join(
            f"{role} = column {at + 1}"
            for role, at in sorted(self.mapped.positions.items(), key=lambda item: ROLES.index(item[0]))
        )
        once = ", a platform is written once, above the rows that belong to it" if self.fill else ""
        return f"{facts}, customers = {len(self.columns)} columns{left_out}{once}" + _said_platform(self.platform)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield the likes of each row; at the end what platforms each customer was asked about."""
        asked: dict[int, set[str]] = {at: set() for at, _ in self.columns}
        owner = min(places_in(self.mapped))
        network = ""
        for line, row in rows:
            if line <= self.header_line or blank(row):
                continue
            cells = row
            if self.fill and (at := self.mapped.positions["platform"]) < len(row):
                network = row[at].strip() or network
                cells = [*row[:at], network, *row[at + 1 :]]
            if tells_total(cell_at(cells, owner)) or (tells_total(cells[0]) and not cell_at(cells, owner)):
                tally.totals += 1
            elif list(cells[: len(self.header)]) == list(self.header):
                tally.reject(line, HEADER_AGAIN)
            else:
                yield from self._of_row(line, cells, asked, tally)
        empty: list[str | None] = [None] * (len(self.roles) - 1)
        place = list(self.roles).index("platform") - 1
        for at, label in self.columns:
            for platform in sorted(asked[at]):
                if label:
                    yield self.header_line, (label, *empty[:place], platform, *empty[place + 1 :])

    def _of_row(self, line: int, cells: Sequence[str], asked: dict[int, set[str]], tally: Tally) -> Iterator[Record]:
        positions = self.mapped.positions
        facts = [self._fact(role, cells) for role in self.roles[1:]]
        text = next((found for role in RESOURCE_ROLES if (found := cell_at(cells, positions.get(role, 10**9)))), "")
        word = facts[list(self.roles).index("platform") - 1]
        platform = _platform(text, platform_named(word) if word else None) if text else None
        if not text and not any(mark_of(cell_at(cells, at)) is Mark.YES for at, _ in self.columns):
            tally.reject(line, NAMELESS)
        for at, label in self.columns:
            mark = mark_of(cell_at(cells, at))
            if mark is None or (mark is Mark.YES and not text):
                tally.reject(line, NEITHER if mark is None else NAMELESS)
                continue
            if mark is Mark.YES:
                yield line, (label or None, *facts)
            if mark is not Mark.UNKNOWN and platform is not None:
                asked[at].add(platform)

    def _fact(self, role: str, cells: Sequence[str]) -> str | None:
        at = self.mapped.positions.get(role)
        if at is None:
            return self.platform if role == "platform" else None
        cell = cells[at] if at < len(cells) else ""
        return (marked(cell) if role == "subscribers" else cell).strip() or None


def matrix_readings(table: Table, head: Head) -> Iterator[Reading]:  # noqa: PLR0911 - a list of reasons
    """Yield how a table can be one of marks, with the customers as its rows or as its columns.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["", "t.me/smm_riga", "vk.com/club7"]), (2, ["Anna", "x", ""]), (3, ["Boris", "", "?"])]
        >>> head = Head("likes.csv", [], rows)
        >>> shape = next(matrix_readings(next(tables_of(head)), head)).shape
        >>> for record in shape.records(rows, Tally()):
        ...     print(record)
        (2, ('Anna', 't.me/smm_riga', None))
        (2, ('Anna', None, 'telegram'))
        (2, ('Anna', None, 'vk'))
        (3, ('Boris', None, 'telegram'))

    """
    if not table.line or table.words < 2 or not table.body:
        return
    marks = _mark_columns(table)
    if not marks or any(_is_flag(one.word) and one.filled and one.marked == 1 for one in table.columns):
        return  # where a column says yes or no of each account, the others do so too
    if len(marks) < 2 and not (typed(marks[0].header).address or _is_only_place(marks[0], table, head)):
        return
    marked = set(marks)
    others = [one for one in table.columns if one not in marked and one.filled and one.at < len(table.header)]
    texts = [one for one in others if not one.counts and not typed(one.header).total] or [
        one for one in others if one.counts
    ]
    if not texts:
        return
    networks = platforms_above(table.above, [one.at for one in marks])
    mapped = _facts(table, texts)
    across = bool(networks) or mostly(typed(one.header).address for one in marks if one.header)
    addresses = [one for one in texts if mostly(cell.address for cell in one.filled)]
    owner = next((one for one in texts if one.word in CUSTOMERS), None)
    if owner is not None and not across and (addresses or {"url", "handle", "resource"} & set(mapped.positions)):
        return  # beside a customer and a resource column the others are one like's properties
    turned = bool(addresses) if across != bool(addresses) else _told_by_header(texts[0], owner, mapped)
    if turned is None and ("handle" in mapped.positions or len(marks) < len(texts)):
        return  # accounts with their properties
    reasons = (
        (5.0, "marks-below-header"),
        (3.0 if across != bool(addresses) else 1.0, "one-side-holds-places"),
    )
    if turned is None:
        error = InputError(
            "a table of marks, but it is unknown whether its rows or its columns are the customers",
            where=head.label,
            hint='write "customer" or "resource" into its first cell',
        )
        yield Reading(error, reasons)
        return
    columns = [(one.at, one.header) for one in marks]
    platform = platform_of_titles(head.titles)
    if not turned:
        label_at = (owner or texts[0]).at
        shape = Matrix(label_at, columns, list(table.header), table.line, len(texts) - 1, platform, networks)
        yield Reading(shape, reasons)
        return
    if not set(RESOURCE_ROLES) & set(mapped.positions) or not {one.at for one in addresses[:1]} <= set(
        mapped.positions.values()
    ):
        mapped = Mapped({**mapped.positions, "resource": (addresses or texts)[0].at}, list(table.header))
    left_out = len({one.at for one in texts} - set(mapped.positions.values()))
    platform = None if "platform" in mapped.positions else platform
    fill = "platform" in mapped.positions and written_once(
        [cell.text for cell in table.columns[mapped.positions["platform"]].cells]
    )
    yield Reading(Transposed(mapped, columns, list(table.header), table.line, left_out, platform, fill), reasons)


def _is_only_place(column: Column, table: Table, head: Head) -> bool:
    """Whether the only column of marks is a place: the user says so, or nothing stands beside customers but it."""
    beside = [one for one in table.columns if one.filled and one is not column]
    alone = len(beside) == 1 and beside[0].word in CUSTOMERS and may_be_handle(column.header)
    return head.read_as == "matrix" or (head.assumed is not None and alone)


def _is_flag(name: str) -> bool:
    return name in FLAGS or name.startswith(("is ", "has "))


def _mark_columns(table: Table) -> list[Column]:
    """Return the columns that hold marks; none where no cell at all does.

    What lies left of the marks says whose they are; an empty column right of it is a resource or customer too.
    """
    kept = [one for one in table.columns if _may_hold_marks(one)]
    marks = [one for one in kept if one.filled and one.marked >= 0.8]
    marked = set(marks)
    first = next((one.at for one in table.columns if one.filled and one not in marked), len(table.columns))
    rows = [cells for _, cells in table.body]
    marks = [one for one in marks if one.at > first and not (one.word in HIT_WORDS and counts_marks(one.at, rows))]
    if not marks or not _are_names([one.header for one in marks]) or not any(one.has(Mark.YES) for one in marks):
        return []
    counts = {one for one in kept if one.word in HIT_WORDS and counts_marks(one.at, rows)}
    holes = [one for one in kept if one.header and one not in counts and (not one.filled or typed(one.header).address)]
    found = {*marks, *holes}
    return [one for one in table.columns if one.at > first and one in found]


def _may_hold_marks(column: Column) -> bool:
    """Whether a column can be a resource or a customer: no sum, no known role, no property, no question."""
    known = typed(column.header).total or (is_role(column.header) and column.word not in NOUNS) or _is_flag(column.word)
    return not (known or (column.header.endswith(("?", "՞", "\u037e")) and not column.header.endswith("??")))


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells above marks can be resources or customers: no marks themselves, unless they count."""
    told = [cell for cell in cells if cell]
    if not mostly(map(bool, cells)) or all(platform_named(cell) is not None for cell in told):
        return False
    return not any(mark_of(cell) is not None for cell in told) or is_counter("", told)


def _facts(table: Table, texts: Sequence[Column]) -> Mapped:
    """Map the columns that can say something of a resource."""
    kept = {one.at for one in texts}
    cells = [cell if at in kept else "" for at, cell in enumerate(table.header)]
    found = map_columns([*cells, "queried"]).positions  # beside a queried account no column here is a customer's
    return Mapped({role: at for role, at in found.items() if role in FACTS}, list(table.header))


def _told_by_header(first: Column, owner: Column | None, mapped: Mapped) -> bool | None:
    """Return whether the headers left of the marks say that the rows are resources; None where they say nothing."""
    people = (VOCABULARY["customer"] | VOCABULARY["queried"]) - {"full name", "username"}
    if owner is not None or first.word in people:
        return False
    resource = any(first.word in VOCABULARY[role] for role in ("url", "handle", "resource"))
    return True if resource or set(FACTS[len(RESOURCE_ROLES) :]) & set(mapped.positions) else None
