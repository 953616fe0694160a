"""Tabs of the workbook that we lay out: a tab is a platform, a column a customer, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.keys import platform_named
from outreach.likes.tables.answers import is_prose
from outreach.likes.tables.cells import holds_address, is_address, is_counter, mostly, tells_total
from outreach.likes.tables.columns import People
from outreach.likes.tables.profile import typed
from outreach.likes.tables.titles import blank, cell_at, platform_of_titles
from outreach.tables import GUIDE
from outreach.words.columns import map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head

__all__ = ["is_guide", "recognise_ours"]

NOTE_WORDS: Final = words_of("titles.notes")
WORDS_OF_A_NOTE: Final = 3  # in a single column on a tab of no platform; names of people mostly have fewer
OTHER: Final = "other"


def is_guide(rows: Iterable[Row]) -> bool:
    """Return whether a tab is the one that explains our workbook.

    Example:
        >>> is_guide([(1, [""]), (2, [GUIDE])]), is_guide([(1, ["Anna", GUIDE])]), is_guide([])
        (True, False, False)

    """
    return next((cell for _, row in rows for cell in row if cell.strip()), "").strip() == GUIDE


def recognise_ours(head: Head) -> People | None:
    """Return one column a customer, by the header row; None where it is another table, with columns that we know.

    A tab whose name is no platform's is of the platform ``other``: its name may be anybody's, and is no customer.

    Raises:
        InputError: These are notes, or the first row holds something else than names of customers.

    Example:
        >>> from outreach.likes.tables.contract import Head, Tally
        >>> rows = [(1, ["Ilze"]), (2, ["rigasmammas"]), (3, ["Baltic SMM"])]
        >>> shape = recognise_ours(Head("f.xlsx, tab Facebook", ["Facebook", "Anna"], rows, ours=True))
        >>> [values for _, values in shape.records(rows, Tally())]
        [('Ilze', 'rigasmammas', 'facebook'), ('Ilze', 'Baltic SMM', 'facebook')]

    """
    rows = [row for row in head.rows if not blank(row[1])]
    if not rows:
        return None
    (line, header), below = rows[0], [cells for _, cells in rows[1:]]
    if map_columns(header).complete and not any(map(is_address, header)):
        return None
    named = platform_of_titles(head.titles[:1])
    _check(head, header, below, known=named is not None)
    width = max(len(cells) for _, cells in rows)
    counters = [at for at in range(width) if is_counter(cell_at(header, at), [cell_at(cells, at) for cells in below])]
    labels = {at: label for at in range(width) if at not in counters and (label := cell_at(header, at))}
    columns = [(at, label, named or OTHER) for at, label in labels.items() if not tells_total(label)]
    shape = People(columns, counters, line, titled=named is not None)
    return shape if named else replace(shape, stranger=True)


def _check(head: Head, header: Sequence[str], below: Sequence[Sequence[str]], *, known: bool) -> None:
    """Refuse what is no list of customers' columns."""
    texts = [text for cells in (header, *below) for cell in cells if (text := cell.strip())]
    under = [text for cells in below for cell in cells if (text := cell.strip())]
    single = all(sum(map(bool, map(str.strip, cells))) < 2 for cells in (header, *below))
    if _are_notes(texts, single=single, known=known) or (not known and _is_named_notes(head.titles[:1])):
        raise InputError(
            "these look like notes, not like lists of what customers follow",
            where=head.label,
            hint="the first row of such a tab names customers; keep notes in another file",
        )
    if any(map(holds_address, header)):
        raise InputError(
            "the first row has addresses instead of names of customers",
            where=head.label,
            hint="add a row above them and write the customer's name above each column",
        )
    told = [text for cell in header if (text := cell.strip())]
    if all(platform_named(text) for text in told):
        raise InputError(
            "the first row has platforms instead of names of customers",
            where=head.label,
            hint="each tab is one platform, each column one customer",
        )
    if mostly(typed(text).number for text in under):
        raise InputError(
            "below the names of customers are numbers instead of addresses or titles",
            where=head.label,
            hint="write what each customer follows, one address or title in each cell",
        )


def _is_named_notes(titles: Sequence[str]) -> bool:
    return any(not NOTE_WORDS.isdisjoint(fold_header(title).split()) for title in titles)


def _are_notes(texts: Sequence[str], *, single: bool, known: bool) -> bool:
    """Whether a tab holds sentences, and no address."""
    if any(map(holds_address, texts)):
        return False
    long = single and not known and mostly(len(text.split()) >= WORDS_OF_A_NOTE for text in texts)
    return long or mostly(map(is_prose, texts), 0.5)
