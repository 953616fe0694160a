"""Why a table is read as it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.tables import readings_of
from outreach.likes.tables.answers import is_address
from outreach.likes.tables.blocks import Addresses, Blocks
from outreach.likes.tables.columns import People
from outreach.likes.tables.contract import Tally
from outreach.likes.tables.hits import Hits
from outreach.likes.tables.long import Long
from outreach.likes.tables.matrix import Matrix, Transposed
from outreach.likes.tables.pasted import Dialog
from outreach.likes.tables.rows import Rows
from outreach.likes.tables.sized import sized_head
from outreach.likes.tables.survey import Survey
from outreach.likes.tables.titles import RESOURCE_ROLES, cell_at, is_role, places_in
from outreach.likes.tables.unused import bare
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.likes.tables.contract import Head, Shape
    from outreach.messages import Message

__all__ = ["explain", "scored_readings"]

MOST_SHOWN: Final = 8
"""So many readings are shown; the others are far behind."""


def explain(head: Head, shape: Shape) -> Message:
    """Return in one line what of a table speaks for its shape.

    Example:
        >>> from outreach.likes.tables import recognise
        >>> from outreach.likes.tables.contract import Head
        >>> from outreach.messages import describe
        >>> rows = [(1, ["client", "page"]), (2, ["Anna", "t.me/smm_riga"]), (3, ["Anna", "vk.com/club7"])]
        >>> head = Head("likes.csv", [], rows)
        >>> describe(explain(head, recognise(head)))
        "column 'client' names customers (1, repeating), column 'page' has 2 addresses"

    """
    head, shape = bare(head, shape)
    reasons = [*_given(head), *_of(shape, head)]
    if not head.whole:
        reasons.append(message("in-first-rows", rows=len(head.rows)))
    return message("because", reasons=tuple(reasons))


def scored_readings(head: Head) -> tuple[Message, ...]:
    """Return the ways in which a table can be read, the best first, each with its points and their reasons."""
    sized = sized_head(head)
    head = sized[0] if sized else head
    found = sorted(readings_of(head), key=lambda one: -one.score)
    return tuple(
        message(
            "reading-scored",
            shape=message("cannot-be-read") if isinstance(one.shape, InputError) else one.shape.kind,
            points=one.score,
            reasons=tuple(
                message("reason-scored", reason=message(code), points=points) for points, code in one.reasons if points
            ),
        )
        for one in found[:MOST_SHOWN]
    )


def _given(head: Head) -> Iterator[Message]:
    """Yield what the user said."""
    if head.read_as is not None:
        yield message("shape-given")
    if head.chosen:
        yield message("columns-given")


def _of(shape: Shape, head: Head) -> Iterator[Message]:  # noqa: C901 - one for each shape
    """Yield what the first rows hold, seen as the shape."""
    if isinstance(shape, Hits):
        yield message("already-counted", column=_column(head, shape.table.header_line, shape.table.hits))
        return
    customers, places, addresses = _read(shape, head)
    held = _held(places, addresses)
    if isinstance(shape, Long):
        yield _owner(shape, head, customers)
        at = places_in(shape.mapped)[0]
        yield message("column-holds", column=_column(head, shape.header_line, at), what=held)
    elif isinstance(shape, Matrix):
        column = _column(head, shape.header_line, shape.label_at)
        yield message("column-of-customers", column=column, customers=len(customers), how=message("each-once"))
        yield message("marks-below-places", places=sum(bool(text) for _, text in shape.columns))
    elif isinstance(shape, Transposed):
        at = places_in(shape.mapped)[0]
        yield message("column-of-places", column=_column(head, shape.header_line, at))
        yield message("marks-below-customers", customers=len(shape.columns))
    elif isinstance(shape, Rows):
        column = _column(head, shape.header_line, shape.customer)
        yield message("column-of-customers", column=column, customers=len(customers), how=message("each-once"))
        yield message("cells-behind-hold", what=held)
    elif isinstance(shape, People):
        yield message("platforms-above") if shape.one else message("customers-above", customers=len(shape.columns))
        yield message("cells-below-hold", what=held)
    elif isinstance(shape, Survey):
        yield message("questions-about-places", questions=len(shape.asked))
        yield message("answers-hold", what=held)
    elif isinstance(shape, Blocks):
        yield message("names-above-lists", customers=len(customers), what=held)
    elif isinstance(shape, Addresses):
        yield message("lines-hold", what=held)
        yield _titled(head)
    elif isinstance(shape, Dialog):
        yield message("page-of-network", what=held)


def _read(shape: Shape, head: Head) -> tuple[Counter[str], int, int]:
    """Return the customers, each with his rows, how many places the rows name, and how many of them by an address."""
    roles = list(shape.roles)
    owner, named_by = roles.index("customer"), [roles.index(role) for role in RESOURCE_ROLES if role in roles]
    customers: Counter[str] = Counter()
    places = addresses = 0
    for _, values in shape.records(iter(head.rows), Tally()):
        customers[(values[owner] or "").strip()] += 1
        text = next((found for at in named_by if (found := values[at])), None)
        places += text is not None
        addresses += text is not None and is_address(text)
    del customers[""]
    return customers, places, addresses


def _held(places: int, addresses: int) -> Message:
    if addresses == places:
        return message("so-many-addresses", addresses=addresses)
    if not addresses:
        return message("so-many-names", names=places)
    return message("addresses-and-names", addresses=addresses, names=places - addresses)


def _owner(shape: Long, head: Head, customers: Counter[str]) -> Message:
    """Return where the customers of a long table stand."""
    if shape.customer is not None:
        return _titled(head)
    how = "above-their-rows" if shape.fill else "repeating" if any(n > 1 for n in customers.values()) else "each-once"
    column = _column(head, shape.header_line, shape.mapped.positions["customer"])
    return message("column-of-customers", column=column, customers=len(customers), how=message(how))


def _titled(head: Head) -> Message:
    return message("owner-given" if head.owner_given else "title-is-customer")


def _column(head: Head, header: int, at: int) -> Message:
    """Return what a column is called; a header that nobody knows may be somebody's name."""
    texts: Sequence[str] = next((cells for line, cells in head.rows if line == header), ())
    text = " ".join(cell_at(texts, at).split())
    return message("column-headed", header=text) if is_role(text) else message("column-number", number=at + 1)
