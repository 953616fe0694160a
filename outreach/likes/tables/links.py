"""Addresses behind the texts of a sheet: a cell says ``SMM Riga`` and leads to ``https://t.me/smm_riga``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.keys import identify, is_name
from outreach.likes.tables import recognise
from outreach.likes.tables.cells import Splitter, is_address
from outreach.likes.tables.columns import People
from outreach.likes.tables.fullname import FullName
from outreach.likes.tables.long import Long
from outreach.likes.tables.matrix import Matrix, Transposed
from outreach.likes.tables.rows import Rows
from outreach.likes.tables.survey import Survey
from outreach.likes.tables.titles import RESOURCE_ROLES, cell_at
from outreach.words.columns import Mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Shape

__all__ = ["Linked", "recognise_linked"]

NO_PLACES: Final = ("mailto:", "tel:", "file:", "#")
AS_NAME: Final = "the text of the link"
ADDRESSES: Final = Splitter("")


@dataclass(frozen=True, slots=True)
class Linked:
    """A shape, and what is put into the cells before it reads them.

    Args:
        shape: The table's.
        links: Row and column, from 1, to the address that takes the place of the text.
        width: Where the text goes, if it serves as a name.

    """

    shape: Shape
    links: Mapping[tuple[int, int], str]
    width: int | None = None

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows with addresses for texts."""
        return _led(rows, self.links, self.width) if self.links else iter(rows)


def recognise_linked(head: Head, links: Mapping[tuple[int, int], str], counted: int | None = None) -> Linked | None:
    """Recognise a table some of whose resources are texts with an address behind them.

    Addresses behind customers' names and e-mail addresses are not looked at.

    Raises:
        InputError: It surely has a shape, and cannot be read.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> rows = [(1, ["Client", "Page"]), (2, ["Anna", "SMM Riga"])]
        >>> linked = recognise_linked(Head("f.xlsx", [], rows), {(2, 1): "vk.com/id5", (2, 2): "t.me/smm_riga"})
        >>> linked.shape.describe(), list(linked.rows(rows))[1]
        ('customer = Client, resource = Page, name = the text of the link', (2, ['Anna', 't.me/smm_riga', 'SMM Riga']))

    """
    told = {cell: link for cell, link in links.items() if _leads_somewhere(link)}
    failure: InputError | None = None
    try:
        shape = recognise(head, counted)
    except InputError as err:
        if not told:
            raise
        shape, failure = None, err
    if not told:
        return None if shape is None else Linked(shape, {})
    wanted = _everywhere if shape is None else _resources_of(shape)
    told = {(line, column): link for (line, column), link in told.items() if wanted(line, column - 1)}
    again = recognise(replace(head, rows=list(_led(head.rows, told))), counted) if told else shape
    best = again if shape is None or type(again) is type(shape) else shape
    if best is None:
        if failure is not None:
            raise failure
        return None
    return _named(best, told, head) if isinstance(best, Long) and told else Linked(best, told)


def _led(rows: Iterable[Row], links: Mapping[tuple[int, int], str], width: int | None = None) -> Iterator[Row]:
    """Yield rows with addresses for texts; behind column ``width`` what such a text was."""
    columns = sorted({column for _, column in links})
    for line, row in rows:
        cells = [*row, *[""] * ((width or 0) - len(row))]
        name = ""
        for column in columns:
            link, text = links.get((line, column)), cell_at(row, column - 1)
            if link is not None and text and not all(map(is_address, ADDRESSES.parts(text))):  # a list has one link
                cells[column - 1], name = link, text
        yield line, cells if width is None else [*cells[:width], name]


def _leads_somewhere(link: str) -> bool:
    key = None if link.lower().startswith(NO_PLACES) else identify(link)[0]
    return key is not None and not is_name(key)


def _named(shape: Long, links: Mapping[tuple[int, int], str], head: Head) -> Linked:
    """Let the text be the name where no column tells one."""
    positions = dict(shape.mapped.positions)
    if not {"url", "handle", "resource"} & set(positions):
        positions["resource"] = positions.pop("name")
    if "name" in positions:
        return Linked(shape, links)
    width = max(len(cells) for _, cells in head.rows)
    headers = shape.mapped.headers
    padded = None if headers is None else [*headers, *[""] * (width - len(headers)), AS_NAME]
    mapped = Mapped({**positions, "name": width}, padded, shape.mapped.queried)
    return Linked(replace(shape, mapped=mapped), links, width)


def _everywhere(_line: int, _at: int) -> bool:
    return True


def _resources_of(shape: Shape) -> Callable[[int, int], bool]:
    """Return which cells of a table are resources."""
    if isinstance(shape, FullName):
        return _resources_of(shape.shape)
    if isinstance(shape, Matrix):
        columns, header = {at for at, _ in shape.columns}, shape.header_line
        return lambda line, at: line == header and at in columns
    if isinstance(shape, Rows):
        skip, others = shape.skip, {shape.customer, shape.platform_at}
        return lambda line, at: line > skip and at not in others
    if isinstance(shape, Long | Transposed):
        header = shape.skip if isinstance(shape, Long) else shape.header_line
        return _below(header, [at for role, at in shape.mapped.positions.items() if role in RESOURCE_ROLES])
    if isinstance(shape, People | Survey):
        return _below(*_lists_of(shape))
    return _everywhere


def _lists_of(shape: People | Survey) -> tuple[int, list[int]]:
    """Return the line of the header and the columns of lists."""
    if isinstance(shape, People):
        return shape.header_line, [at for at, _, _ in shape.columns]
    return shape.line, [asked.position for asked in shape.asked]


def _below(header: int, columns: Collection[int]) -> Callable[[int, int], bool]:
    return lambda line, at: line > header and at in columns
