"""A matrix of marks: customers x resources, whichever of them are the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.grid import DateCell, FractionCell
from outreach.files.lines import BadLine
from outreach.keys import identify, platform_named, platform_of
from outreach.likes.plain.shapes.cells import is_address, is_counter, mostly
from outreach.likes.plain.shapes.header import (
    FOUND_ACCOUNT,
    RESOURCE_ROLES,
    blank,
    cell_at,
    is_role,
    platform_of_titles,
    top_rows,
)
from outreach.likes.plain.shapes.stacked import A_NOTE, is_note, platforms_above, written_once
from outreach.words.cells import Mark, is_total, mark_of
from outreach.words.columns import ROLES, VOCABULARY, Mapped, fold_header, map_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.files.grid import Row
    from outreach.likes.plain.shapes.base import Head, Record, Tally

__all__ = ["NEITHER", "Matrix", "Transposed", "recognise_matrix"]

NEITHER: Final = "a cell that says neither yes nor no"
NAMELESS: Final = "a row or column of marks without a name"
HEADER_AGAIN: Final = "the header line again"
FLAGS: Final = """
    verified; private; protected; public; blocked; muted; muting; blocking; follows you; followed by you; followed by
    viewer; show boosts; notify on new posts; hide notifications;
    requested by viewer; default profile; can dm;
    active; open; closed; checked; deactivated; nsfw; over18;
    note; notes; comment; comments; remark; remarks; заметка; заметки; примечание; примечания; комментарий; комментарии;
    верифицирован; закрытый; закрытая; открытая; проверено; σημείωση; σημειώσεις; σχόλιο; σχόλια; piezīme; piezīmes;
    komentārs; komentāri; privāts; pārbaudīts; նշում; նշումներ; մեկնաբանություն; ստուգված
"""
FLAG_WORDS: Final = frozenset(fold_header(word) for word in FLAGS.split(";"))
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

    kind = "a matrix, customers as rows"
    roles = ("customer", "resource", "platform")

    def said(self) -> str:
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
            if is_total(label) or (is_total(cells[0]) and not label):
                tally.totals += 1
                continue
            if list(cells[: len(self.header)]) == list(self.header):
                tally.bad.append(BadLine(line, HEADER_AGAIN))
                continue
            if not any(cell_at(cells, at) for at, _ in self.columns) and is_note(label, apart=apart):
                tally.bad.append(BadLine(line, A_NOTE))
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
                tally.bad.append(BadLine(line, NEITHER if mark is None else NAMELESS))
                continue
            if mark is Mark.YES:
                yield line, (label, text, self._told(at))
            if mark is not Mark.UNKNOWN and (platform := platforms.get(at)) is not None:
                asked.add(platform)
        if label is None and not any(mark_of(cell_at(cells, at)) is Mark.YES for at, _ in self.columns):
            tally.bad.append(BadLine(line, NAMELESS))
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
        fill: Whether a platform is written once, above the rows that are its.

    """

    mapped: Mapped
    columns: Sequence[tuple[int, str]]
    header: Sequence[str]
    header_line: int
    left_out: int = 0
    platform: str | None = None
    fill: bool = False

    kind = "a matrix, resources as rows"

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are, the customer first."""
        return [role for role in ROLES if role in {"customer", "platform", *self.mapped.positions}]

    def said(self) -> str:
        """Return how it was understood."""
        left_out = f", columns without marks left out: {self.left_out}" if self.left_out else ""
        facts = ", ".join(
            f"{role} = column {at + 1}"
            for role, at in sorted(self.mapped.positions.items(), key=lambda item: ROLES.index(item[0]))
        )
        once = ", a platform is written once, above the rows that are its" if self.fill else ""
        return f"{facts}, customers = {len(self.columns)} columns{left_out}{once}" + _said_platform(self.platform)

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield the likes of each row; at the end what platforms each customer was asked about."""
        asked: dict[int, set[str]] = {at: set() for at, _ in self.columns}
        owner = min(self.mapped.positions[role] for role in RESOURCE_ROLES if role in self.mapped.positions)
        network = ""
        for line, row in rows:
            if line <= self.header_line or blank(row):
                continue
            cells = row
            if self.fill and (at := self.mapped.positions["platform"]) < len(row):
                network = row[at].strip() or network
                cells = [*row[:at], network, *row[at + 1 :]]
            if is_total(cell_at(cells, owner)) or (is_total(cells[0]) and not cell_at(cells, owner)):
                tally.totals += 1
            elif list(cells[: len(self.header)]) == list(self.header):
                tally.bad.append(BadLine(line, HEADER_AGAIN))
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
            tally.bad.append(BadLine(line, NAMELESS))
        for at, label in self.columns:
            mark = mark_of(cell_at(cells, at))
            if mark is None or (mark is Mark.YES and not text):
                tally.bad.append(BadLine(line, NEITHER if mark is None else NAMELESS))
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
        if role == "subscribers" and isinstance(cell, DateCell):
            return f"date {cell}"
        if role == "subscribers" and isinstance(cell, FractionCell):
            return f"number {cell}"
        return cell.strip() or None


def recognise_matrix(head: Head) -> Matrix | Transposed | None:
    """Recognise a table of marks.

    Raises:
        InputError: Nothing tells whether the customers are its rows or its columns.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head, Tally
        >>> rows = [(1, ["", "t.me/smm_riga", "vk.com/club7"]), (2, ["Anna", "x", ""]), (3, ["Boris", "", "?"])]
        >>> shape = recognise_matrix(Head("likes.csv", [], rows))
        >>> for record in shape.records(rows, Tally()):
        ...     print(record)
        (2, ('Anna', 't.me/smm_riga', None))
        (2, ('Anna', None, 'telegram'))
        (2, ('Anna', None, 'vk'))
        (3, ('Boris', None, 'telegram'))

    """
    if head.chosen:
        return None
    above: Sequence[str] = ()
    for (line, header), below in top_rows(head):
        body = [cells for _, cells in below if list(cells) != list(header) and not _is_sum(cells)]
        if sum(bool(cell.strip()) for cell in header) > 1 and body:
            marks = _mark_columns(header, body)
            if marks and _are_accounts(header, body):
                return None
            if len(marks) > 1 or (marks and is_address(cell_at(header, marks[0]))):
                return _turned(head, (line, header), body, marks, above)
            if any(map(is_address, header)):
                return None  # from here on it is data
        above = header
    return None


def _are_accounts(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a column says yes or no of each account, such as ``is_private``: then the others do so too."""
    flags = [at for at, cell in enumerate(header) if _is_flag(fold_header(cell))]
    return any(any(told) and all(map(mark_of, told)) for told in ([cell_at(row, at) for row in body] for at in flags))


def _is_flag(name: str) -> bool:
    return name in FLAG_WORDS or name.startswith(("is ", "has "))


def _is_sum(cells: Sequence[str]) -> bool:
    return any(is_total(cell) for cell in cells[:3])


def _mark_columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[int]:
    """Return the positions of the columns that hold marks; none where no cell at all does."""
    width = max(len(header), *(len(cells) for cells in body))
    kept = [at for at in range(width) if _may_hold_marks(cell_at(header, at))]
    told = {at: [text for cells in body if (text := cell_at(cells, at))] for at in kept}
    full = [at for at in range(width) if any(cell_at(cells, at) for cells in body)]
    marks = [at for at in kept if mostly((mark_of(text) is not None for text in told[at]), 0.8)]
    # What lies left of the marks says whose they are; an empty column right of it is a resource or customer too.
    first = next((at for at in full if at not in marks), width)
    marks = [at for at in marks if at > first]
    if not marks or not _are_names([cell_at(header, at) for at in marks]):
        return []
    if not any(mark_of(text) is Mark.YES for at in marks for text in told[at]):
        return []
    holes = [at for at in kept if cell_at(header, at) and (not told[at] or is_address(cell_at(header, at)))]
    return sorted({*marks, *(at for at in holes if at > first)})


def _may_hold_marks(header: str) -> bool:
    """Whether a column can be a resource or a customer: no sum, no known role, no property, no question."""
    name = fold_header(header)
    known = is_total(header) or is_role(header) or _is_flag(name)
    return not (known or header.endswith(("?", "՞", "\u037e")))


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells above marks can be resources or customers: no marks themselves, unless they count."""
    told = [cell for cell in cells if cell]
    if not mostly(map(bool, cells)) or all(platform_named(cell) is not None for cell in told):
        return False
    return not any(mark_of(cell) is not None for cell in told) or is_counter("", told)


def _turned(
    head: Head, top: Row, body: Sequence[Sequence[str]], marks: Sequence[int], above: Sequence[str]
) -> Matrix | Transposed | None:
    """Find out whether the customers are the rows or the columns."""
    line, header = top
    networks = platforms_above(above, marks)
    others = [at for at in range(len(header)) if at not in marks and any(cell_at(cells, at) for cells in body)]
    counters = [at for at in others if is_counter(cell_at(header, at), [cell_at(cells, at) for cells in body])]
    texts = [at for at in others if at not in counters and not is_total(cell_at(header, at))] or counters
    mapped = _facts(header, texts)
    across = bool(networks) or mostly(is_address(cell_at(header, at)) for at in marks if cell_at(header, at))
    addresses = [at for at in texts if mostly(is_address(text) for cells in body if (text := cell_at(cells, at)))]
    owner = _owner(header, texts)
    told = bool(addresses or {"url", "handle", "resource"} & set(mapped.positions))
    if not texts or (owner is not None and told and not across):
        return None  # beside a customer and a resource column the others are one like's properties
    turned = bool(addresses) if across != bool(addresses) else _told_by_header(header, texts, owner, mapped)
    if turned is None and ("handle" in mapped.positions or len(marks) < len(texts)):
        return None  # accounts with their properties
    if turned is None:
        raise InputError(
            "a table of marks, and nothing tells whether the customers are its rows or its columns",
            where=head.label,
            hint='write "customer" or "resource" into its first cell',
        )
    columns = [(at, cell_at(header, at)) for at in marks]
    platform = platform_of_titles(head.titles)
    if not turned:
        label_at = texts[0] if owner is None else owner
        return Matrix(label_at, columns, list(header), line, len(texts) - 1, platform, networks)
    if not set(RESOURCE_ROLES) & set(mapped.positions) or not {*addresses[:1]} <= set(mapped.positions.values()):
        mapped = Mapped({**mapped.positions, "resource": (addresses or texts)[0]}, None)
    left_out = len(set(texts) - set(mapped.positions.values()))
    platform = None if "platform" in mapped.positions else platform
    fill = "platform" in mapped.positions and written_once(
        [cell_at(cells, mapped.positions["platform"]) for cells in body]
    )
    return Transposed(mapped, columns, list(header), line, left_out, platform, fill)


def _facts(header: Sequence[str], texts: Sequence[int]) -> Mapped:
    """Map the columns that can say something of a resource."""
    cells = [cell_at(header, at) if at in texts else "" for at in range(len(header))]
    found = map_columns([*cells, "queried"]).positions  # beside a queried account no column here is a customer's
    return Mapped({role: at for role, at in found.items() if role in FACTS}, None)


def _owner(header: Sequence[str], texts: Sequence[int]) -> int | None:
    """Return the position of a column that surely holds customers."""
    sure = (VOCABULARY["customer"] | VOCABULARY["queried"]) - VOCABULARY["name"] - FOUND_ACCOUNT
    return next((at for at in texts if fold_header(cell_at(header, at)) in sure), None)


def _told_by_header(header: Sequence[str], texts: Sequence[int], owner: int | None, mapped: Mapped) -> bool | None:
    """Return whether the headers left of the marks say that the rows are resources; None where they say nothing."""
    word = fold_header(cell_at(header, texts[0]))
    if owner is not None or word in (VOCABULARY["customer"] | VOCABULARY["queried"]) - {"full name", "username"}:
        return False
    resource = any(word in VOCABULARY[role] for role in ("url", "handle", "resource"))
    return True if resource or set(FACTS[len(RESOURCE_ROLES) :]) & set(mapped.positions) else None
