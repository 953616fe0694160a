"""Plain tables and texts: each is read in all the ways that its first rows allow, and the best founded way counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.plain.base import OwnTableError, followers_refused
from outreach.likes.tables.counted import counted_columns, is_own_draft, is_own_groups, is_own_ranking
from outreach.likes.tables.foreign import refuse_reports
from outreach.likes.tables.fullname import FullName, names_of
from outreach.likes.tables.hits import Hits
from outreach.likes.tables.long import Long, chosen, long_readings, pairs_of
from outreach.likes.tables.readings import MARGIN, READ_AS, Reading, UndecidedError, best
from outreach.likes.tables.sized import Sized, sized_head
from outreach.likes.tables.survey import recognise_survey
from outreach.likes.tables.titles import platform_of_titles, tells_followers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.likes.tables.contract import Head, Shape

__all__ = [
    "READ_AS",
    "Long",
    "UndecidedError",
    "in_several",
    "offered",
    "pairs_of_head",
    "peers_of",
    "recognise",
    "shapes_to_ask",
]

MANY_CELLS: Final = 10_000
WHERE: Final = {
    "columns": "each column is one customer's list",
    "rows": "each row is one customer's list",
    "blocks": "a customer's name is above each list",
    "list": "all of it is one customer's list",
    "matrix": "marks show who follows what",
}
"""Shapes that can be asked for although nothing speaks for them, with what must be true then."""


def recognise(head: Head, counted: int | None = None) -> Shape | None:
    """Return the shape of a table, None where it has none.

    Args:
        head: Its beginning.
        counted: How many customers an already counted table counts.

    Raises:
        InputError: It surely has a shape, and cannot be read.
        AmbiguousFormatError: It can be read in two ways, and nothing decides.

    """
    _refuse_ours(head)
    if counted is None:
        refuse_reports(head)
    if head.ours and not head.chosen and counted is None:
        from outreach.likes.tables.template import recognise_ours

        if (ours := recognise_ours(head)) is not None:
            return ours
    hits = counted_columns(head)
    if counted is not None:
        return None if hits is None else Hits(hits, counted)
    if hits is not None and not head.chosen:
        raise InputError(
            "this table is already counted: places and hits, without customers",
            where=head.label,
            hint="give the number of customers counted: --counted N",
        )
    if head.chosen:
        return chosen(head) or recognise_survey(head)
    if (sized := sized_head(head)) is not None:
        shape = recognise(sized[0], counted)
        return None if shape is None else Sized(shape, names=sized[1])
    return _plain_list(head) or _best(head)


def _best(head: Head) -> Shape | None:
    """Return the best founded of the shapes that a table may have."""
    names = names_of(head)
    if names is not None:
        head = names.head(head)
    reading = best(readings_of(head), head)
    shape = None if reading is None or isinstance(reading.shape, InputError) else reading.shape
    if any(map(tells_followers, head.titles[:1])) and _is_one_list(shape):
        raise followers_refused(head.label)
    return shape if names is None or shape is None else FullName(names, shape)


def _plain_list(head: Head) -> Shape | None:
    from outreach.likes.tables.blocks import recognise_plain_addresses

    plain = recognise_plain_addresses(head)
    return None if plain is None or any(map(tells_followers, head.titles[:1])) else plain


def shapes_to_ask(head: Head) -> tuple[str, ...]:
    """Return the shapes that can be asked for where nobody can read a table unasked."""
    if sum(len(cells) for _, cells in head.rows) > MANY_CELLS:
        return ()  # to try each way would take longer than anybody waits for a hint
    return tuple(name for name in WHERE if _fits(head, name))


def offered(error: InputError, shapes: Sequence[str]) -> InputError:
    """Return a refusal with the shapes that can be asked for: in its hint, and as choices."""
    if shapes:
        ways = "; or ".join(f"--read-as {name} where {WHERE[name]}" for name in shapes)
        error.hint = f"{error.hint}; or {ways}"
        error.choices = tuple(("read_as", name) for name in shapes)
    return error


def _fits(head: Head, name: str) -> bool:
    try:
        return head.read_as is None and recognise(replace(head, read_as=name)) is not None
    except InputError:
        return False


def _refuse_ours(head: Head) -> None:
    """Refuse what this program wrote, or is asked for beside the lists.

    Raises:
        OwnTableError: It does not tell who follows what.

    """
    if any(is_own_ranking(cells) or is_own_draft(cells) for _, cells in head.rows):
        raise OwnTableError(
            "outreach wrote this table; it does not show who follows what",
            where=head.label,
            hint="give the customers' lists; give a sheet of places with --resources SHEET",
        )
    if is_own_groups(head):
        raise OwnTableError(
            "these are groups of customers, not what they follow",
            where=head.label,
            hint="give the customers' lists; if these are groups that they follow, name the column page",
        )


def readings_of(head: Head) -> list[Reading]:
    """Return all the ways in which a table can be read, but for those of a text where they cannot be the best."""
    from outreach.likes.tables.text import MOST, text_points, text_readings

    found = list(_of_tables(head))
    points = text_points(head)
    beaten = max((one.score for one in found), default=0.0) - MARGIN >= points + MOST
    return found if beaten and head.read_as is None else [*text_readings(head, points), *found]


def _of_tables(head: Head) -> Iterator[Reading]:
    from outreach.likes.tables.columns import column_readings
    from outreach.likes.tables.labelled import labelled_readings
    from outreach.likes.tables.matrix import matrix_readings
    from outreach.likes.tables.rows import row_readings

    if (survey := recognise_survey(head)) is not None:
        yield Reading(survey, ((9.5, "header-asks-what-people-read"),))
    if head.assumed or platform_of_titles(head.titles):
        from outreach.likes.tables.ids import id_readings

        yield from id_readings(head)
    for table in head.tables:
        for kind in (long_readings, matrix_readings, column_readings, row_readings, labelled_readings):
            for shape, reasons in kind(table, head):
                yield Reading(shape, (*reasons, (-1.0 * table.lost, "rows-above-header")))


def pairs_of_head(head: Head) -> frozenset[tuple[str, str]]:
    """Return the names beside addresses under the first header that names people or accounts."""
    return next((pairs for table in head.tables if table.line and (pairs := pairs_of(table))), frozenset())


def peers_of(heads: Sequence[Head]) -> frozenset[tuple[str, str]]:
    """Return the names beside addresses that stand in several lists: those of places that several follow."""
    return in_several(map(pairs_of_head, heads)) if len(heads) > 1 else frozenset()


def in_several(lists: Iterable[frozenset[tuple[str, str]]]) -> frozenset[tuple[str, str]]:
    """Return the pairs that stand in more than one list."""
    counts = Counter(pair for pairs in lists for pair in pairs)
    return frozenset(pair for pair, times in counts.items() if times > 1)


def _is_one_list(shape: Shape | None) -> bool:
    """Whether all of a table is of one customer, whom a title names."""
    from outreach.likes.tables.blocks import Addresses
    from outreach.likes.tables.columns import People
    from outreach.likes.tables.labelled import Labelled
    from outreach.likes.tables.pasted import Dialog

    if isinstance(shape, Dialog):
        return not shape.labelled
    if isinstance(shape, People):
        return shape.one
    return isinstance(shape, Addresses | Labelled) or (
        isinstance(shape, Long) and shape.customer is not None and not shape.of_places
    )
