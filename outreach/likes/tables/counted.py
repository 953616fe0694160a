"""Tables that say how many follow a resource, not who: counted by another tool, or by us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.tables.cells import is_address, mostly, tells_total
from outreach.likes.tables.titles import RESOURCE_ROLES, cell_at, top_rows
from outreach.likes.tables.vocabulary import ACCOUNTS
from outreach.patterns import pattern
from outreach.tables import (
    CHECKED,
    COMPARISON,
    CONTACTS,
    CONVERSION,
    DRAFT,
    GROUPS,
    GROUPS_WITH_STEPS,
    IMPORTS,
    OWNER_EVENTS,
    OWNERS,
    REJECTED,
    STEPS,
    SURVEY,
    UNMATCHED,
)  # fmt: skip
from outreach.words.cells import Mark, mark_of
from outreach.words.columns import VOCABULARY, Mapped, choose_columns, map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.tables.contract import Head

__all__ = ["HIT_WORDS", "Counted", "counted_columns", "counts_marks", "is_own_draft", "is_own_groups", "is_own_ranking"]

OUT_OF: Final = pattern(  # "how many of 10"
    rf"(?:\s(?:{'|'.join(map(re.escape, texts_of('connecting.of_in_header')))}))?\s\d+(?:\s\w+)?$"
)
HIT_WORDS: Final = words_of("headers.hits")
NUMBER: Final = pattern(
    rf"\d[\d\s.,'’]*%?|\d+ *(?:/|{'|'.join(map(re.escape, texts_of('connecting.of_in_cell')))}) *\d+"
)
RANKING: Final = frozenset({"overlap", "listed", "share", "share low", "share high"})
SHEET: Final = frozenset({"subscribers from", "way in", "key"})
LEDGER: Final = frozenset({"final url", "short url", "utm content", "post url", "promo"})
RESULTS: Final = frozenset({"link", "visits", "conversions", "variant", "round", "key"})
DRAFTS: Final = frozenset({"link place", "length", "limit", "dropped", "warnings"})
WHOLE: Final = tuple(
    frozenset(map(fold_header, schema.names))
    for schema in (
        CONVERSION,
        IMPORTS,
        UNMATCHED,
        REJECTED,
        CHECKED,
        OWNERS,
        OWNER_EVENTS,
        CONTACTS,
        COMPARISON,
        STEPS,
        SURVEY,
    )
)
"""Headers of tables that nobody fills in, so that none of their columns is missing."""
OF_GROUPS: Final = (list(GROUPS.names), list(GROUPS_WITH_STEPS.names))
OURS: Final = (RANKING, SHEET, LEDGER, RESULTS, DRAFTS, *WHOLE)
FEWEST_OURS: Final = min(map(len, OURS))
"""Headers by which tables are known that this program wrote."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A table that is already counted.

    Args:
        mapped: What its columns say of the resource.
        hits: Position of the number of people of the sample who follow it.
        header_line: The line of the header.

    """

    mapped: Mapped
    hits: int
    header_line: int


def counted_columns(head: Head) -> Counted | None:
    """Recognise a table of resources and numbers of customers, without the customers themselves.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> rows = [(1, ["Сообщество", "Участников", "Пересечений"]), (2, ["vk.com/club7", "48 200", "7"])]
        >>> counted = counted_columns(Head("vk.csv", [], rows))
        >>> counted.mapped.describe(), counted.hits
        ('resource = Сообщество, subscribers = Участников', 2)

    """
    for (line, cells), below in top_rows(head):
        if any(map(is_address, cells)):
            return None
        told = {at for at, cell in enumerate(cells) if OUT_OF.sub("", fold_header(cell)) in HIT_WORDS}
        body = [row for _, row in below if not tells_total(row[0])]
        hits = next((at for at in sorted(told) if _numbers([cell_at(row, at) for row in body])), None)
        mapped = None if hits is None or counts_marks(hits, body) else _mapped(cells, hits, body, head)
        if mapped is not None and hits is not None:
            return Counted(mapped, hits, line)
    return None


def counts_marks(at: int, body: Sequence[Sequence[str]]) -> bool:
    """Return whether a column of numbers counts the marks that stand beside it, row by row: a matrix has them.

    Example:
        >>> counts_marks(1, [["@a_b", "2", "x", "x"], ["@c_d", "1", "", "x"]])
        True
        >>> counts_marks(1, [["@a_b", "2", "x"], ["@c_d", "5", ""]]), counts_marks(1, [["@a_b", "2"]])
        (False, False)

    """
    others = [[cell.strip() for place, cell in enumerate(row) if place != at] for row in body]
    rows = [[cell for cell in cells if mark_of(cell) is Mark.YES] for cells in others]
    signs = any(not cell.isdecimal() for cells in rows for cell in cells)  # then a 1 is another count
    marks = [sum(not (signs and cell.isdecimal()) for cell in cells) for cells in rows]
    return any(marks) and [cell_at(row, at) for row in body] == list(map(str, marks))


def _numbers(cells: Sequence[str]) -> bool:
    return mostly((NUMBER.fullmatch(cell) is not None for cell in cells if cell), 0.8)


def _mapped(cells: Sequence[str], hits: int, body: Sequence[Sequence[str]], head: Head) -> Mapped | None:
    """Map the columns beside the hits; None where one holds customers, or none resources."""
    others = [cell if at != hits else "" for at, cell in enumerate(cells)]
    try:
        mapped = choose_columns(others, head.chosen, head.label) if head.chosen else map_columns(others)
    except InputError:
        return None
    owner = mapped.positions.get("customer")
    if owner is not None and not _numbers([cell_at(row, owner) for row in body]):
        named = {"resource", "url", "handle"} & set(mapped.positions)
        if named or mapped.queried or fold_header(cells[owner]) not in ACCOUNTS | VOCABULARY["name"]:
            return None
        others[owner] = "name"  # a name beside numbers only is the resource's
        mapped = map_columns([*others, "queried"])
    roles = {role: at for role, at in mapped.positions.items() if role != "customer"}
    return Mapped(roles, list(cells)) if set(RESOURCE_ROLES) & set(roles) else None


def is_own_ranking(cells: Sequence[str]) -> bool:
    """Return whether a header is that of a table which this program wrote: a ranking, a sheet, a ledger, drafts.

    Example:
        >>> is_own_ranking(["rank", "resource", "overlap", "listed", "share", "share_low", "share_high"])
        True

    """
    if len(cells) < FEWEST_OURS:
        return False
    header = {fold_header(cell) for cell in set(cells)}
    return any(header >= ours for ours in OURS)


def is_own_draft(cells: Sequence[str]) -> bool:
    """Return whether a row is the last line of a draft, which is a text and no list.

    Example:
        >>> is_own_draft(["==== Outreach draft: spring", " vk:club7"]), is_own_draft(["Outreach draft: notes"])
        (True, False)

    """
    first = cells[0] if cells else ""
    return first.startswith("====") and first.lstrip("=").startswith(f" {DRAFT}")


def is_own_groups(head: Head) -> bool:
    """Return whether a file says to which group of the sample each customer belongs: by its name, or by the groups.

    Where a customer stands twice, or an address in it, it is a list of groups that customers follow.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> rows = [(1, ["customer", "group"]), (2, ["Anna", "buyers"]), (3, ["Boris", "others"])]
        >>> is_own_groups(Head("groups.csv", ["groups"], rows)), is_own_groups(Head("vk.csv", ["vk"], rows))
        (True, False)
        >>> is_own_groups(Head("vk.csv", ["vk"], [rows[0], (2, ["Anna", "promoters"])]))
        True

    """
    if head.chosen or not head.rows or list(map(fold_header, head.rows[0][1])) not in OF_GROUPS:
        return False
    customers = [cell_at(cells, 0) for _, cells in head.rows[1:]]
    groups = {cell_at(cells, 1) for _, cells in head.rows[1:]}
    called = [*head.titles[:1]] == ["groups"] or {*map(fold_header, groups)} <= meanings_of("survey_groups").keys()
    return called and len(set(customers)) == len(customers) and not any(map(is_address, groups))
