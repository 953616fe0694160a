"""The shapes in which tables say who follows what, and which of them a table has."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from outreach.errors import InputError
from outreach.likes.plain.base import OwnTableError, followers_refused
from outreach.likes.plain.shapes.counted import counted_columns, is_own_ranking
from outreach.likes.plain.shapes.fullname import FullName, names_of
from outreach.likes.plain.shapes.header import RESOURCE_ROLES, cell_at, tells_followers
from outreach.likes.plain.shapes.hits import Hits
from outreach.likes.plain.shapes.long import Long, recognise_exported, recognise_long
from outreach.likes.plain.shapes.survey import recognise_survey
from outreach.words.cells import Mark, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outreach.likes.plain.shapes.base import Head, Shape

__all__ = ["Long", "recognise"]


def _tables() -> Iterator[Callable[[Head], Shape | None]]:
    """Yield what recognises tables, in the order that decides; what few files need is imported when asked for."""
    yield recognise_survey
    yield recognise_long
    from outreach.likes.plain.shapes import headerless, lists, matrix, people, unknown

    yield matrix.recognise_matrix
    yield people.recognise_platforms
    yield people.recognise_people
    yield lists.recognise_rows
    yield headerless.recognise_headerless
    yield unknown.recognise_unknown
    yield recognise_exported


def _texts() -> Iterator[Callable[[Head], Shape | None]]:
    """Yield what recognises texts, in the order that decides."""
    from outreach.likes.plain.shapes import blocks, dialogs

    yield dialogs.recognise_dialog
    yield blocks.recognise_blocks
    yield blocks.recognise_addresses


def recognise(head: Head, counted: int | None = None) -> Shape | None:
    """Return the shape of a table, None where it has none.

    Args:
        head: Its beginning.
        counted: How many customers an already counted table counts.

    Raises:
        InputError: It surely has a shape, and cannot be read.

    """
    if any(is_own_ranking(cells) for _, cells in head.rows):
        raise OwnTableError(
            "outreach wrote this table; it does not say who follows what",
            where=head.label,
            hint="give the customers' lists; a sheet of resources goes behind them: --resources SHEET",
        )
    if head.ours and not head.chosen and counted is None:
        from outreach.likes.plain.shapes.ours import recognise_ours

        if (ours := recognise_ours(head)) is not None:
            return ours
    hits = counted_columns(head)
    if counted is not None:
        return None if hits is None else Hits(hits, counted)
    if hits is not None and not head.chosen:
        raise InputError(
            "this table is already counted: resources and hits, without the customers",
            where=head.label,
            hint="say how many customers were counted: --counted N",
        )
    if head.chosen:
        return recognise_long(head) or recognise_survey(head)
    names = names_of(head)
    if names is not None:
        head = names.head(head)
    shape = _shape(head)
    if any(map(tells_followers, head.titles[:1])) and _is_one_list(shape):
        raise followers_refused(head.label)
    return shape if names is None or shape is None else FullName(names, shape)


def _is_one_list(shape: Shape | None) -> bool:
    """Whether all of a table is of one customer, whom a title names."""
    from outreach.likes.plain.shapes.blocks import Addresses
    from outreach.likes.plain.shapes.dialogs import Dialog
    from outreach.likes.plain.shapes.people import People

    if isinstance(shape, Dialog):
        return not shape.labelled
    if isinstance(shape, People):
        return shape.one
    return isinstance(shape, Addresses) or (isinstance(shape, Long) and shape.customer is not None)


def _shape(head: Head) -> Shape | None:
    single = all(sum(bool(cell.strip()) for cell in cells) < 2 for _, cells in head.rows)
    for recognise_one in chain(_texts(), _tables()) if single else chain(_tables(), _texts()):
        shape = recognise_one(head)
        if shape is not None and not (isinstance(shape, Long) and _is_matrix(shape, head)):
            return shape
    return None


def _is_matrix(shape: Long, head: Head) -> bool:
    """Whether what a header calls a resource holds marks: "customer, blog, forum" with crosses below."""
    columns = [at for role, at in shape.mapped.positions.items() if role in RESOURCE_ROLES]
    cells = [cell_at(cells, at) for line, cells in head.rows if line > shape.skip for at in columns]
    marks = {mark_of(cell) for cell in cells if cell}
    return Mark.YES in marks and None not in marks
