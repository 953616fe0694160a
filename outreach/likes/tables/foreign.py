"""Tables of something else than likes: people and how to reach them, reports of analytics tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.keys import identify, is_name, platform_of
from outreach.likes.tables.profile import typed
from outreach.likes.tables.questions import tells_mail, tells_phone
from outreach.likes.tables.titles import TITLE_ROWS, places_in
from outreach.likes.tables.vocabulary import ACCOUNTS, CONTACTS, JOBS, PERSONAL, SITES
from outreach.words.columns import map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.tables.contract import Head
    from outreach.likes.tables.profile import Table
    from outreach.words.columns import Mapped

__all__ = ["are_contacts", "are_people", "contacts_refused", "is_of_web", "refuse_reports", "sites_refused"]

COUNTED: Final = words_of("headers.counted")
DAYS: Final = re.compile(r"#\s*(?:19|20)\d{6}\s*[-–]\s*(?:19|20)\d{6}\D*")
CELLS: Final = re.compile("[,;\t]")
FEWEST: Final = 2


def refuse_reports(head: Head) -> None:
    """Refuse what an analytics tool exported.

    Raises:
        InputError: Its columns are counts of visits, or a comment tells its days.

    """
    if head.chosen:
        return
    rows = [cells for _, cells in head.rows[:TITLE_ROWS]]
    if any(map(_counts_visits, rows)) or any(DAYS.fullmatch(cell.strip()) for cells in rows for cell in cells[:1]):
        raise InputError(
            "this looks like a report of an analytics tool, not like lists of follows",
            where=head.label,
            hint="outreach track reads reports; if customers follow these places, give the columns: --columns "
            "customer=HEADER,resource=HEADER",
        )


def _counts_visits(cells: Sequence[str]) -> bool:
    """Whether a row is a header of several counts, and of nothing that customers follow."""
    texts = CELLS.split(cells[0]) if len(cells) == 1 else cells
    if len(texts) < FEWEST:
        return False
    counts = sum(fold_header(text) in COUNTED for text in texts)
    return counts >= FEWEST and not map_columns(list(texts)).tells_resource


def are_people(table: Table, mapped: Mapped) -> bool:
    """Return whether a table holds people and how to reach them: names, and no place by another word.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> from outreach.likes.tables.profile import tables_of
        >>> from outreach.words.columns import Mapped
        >>> rows = [(1, ["Name", "Phone"]), (2, ["Anna Smith", "+371 20000000"])]
        >>> table = next(tables_of(Head("phones.csv", ["phones"], rows)))
        >>> are_people(table, Mapped({"name": 0}, rows[0][1]))
        True

    """
    named = mapped.positions.get("name")
    if named is None or not {"url", "handle", "resource", "platform", "subscribers"}.isdisjoint(mapped.positions):
        return False
    names, owner = table.columns[named], mapped.positions.get("customer")
    if names.word not in ACCOUNTS or names.addressed:
        return False
    if _tells_of_persons(table.header):
        return True
    mails = owner is not None and tells_mail(table.header[owner])
    return mails and not names.repeats and owner is not None and not table.columns[owner].repeats


def are_contacts(table: Table, mapped: Mapped) -> bool:
    """Return whether the only places are sites, of no network, never the same, beside other ways to reach people."""
    places = [table.columns[at] for at in places_in(mapped) if at != mapped.positions.get("name")]
    if not places or not all(one.word in SITES for one in places):
        return False
    texts = places[0].texts
    if _tells_of_persons(table.header):
        return any(map(_may_be_site, texts))
    mails = any(map(tells_mail, table.header)) and any(fold_header(cell) in CONTACTS for cell in table.header)
    return mails and len(set(texts)) == len(texts) and all(map(_may_be_site, texts))


def _may_be_site(text: str) -> bool:
    return not typed(text).address or is_of_web(text)


def _tells_of_persons(header: Sequence[str]) -> bool:
    """Whether a header asks for what persons have and places do not: a phone, a job, a street."""
    return any(tells_phone(cell) or fold_header(cell) in JOBS | PERSONAL for cell in header)


def is_of_web(text: str) -> bool:
    """Return whether a text is the address of a site of no network."""
    key = identify(text)[0]
    return key is not None and not is_name(key) and platform_of(key) == "web"


def contacts_refused(label: str) -> InputError:
    """Return the refusal of a list of people."""
    return InputError(
        "this looks like a list of contacts, without what they follow",
        where=label,
        hint="if these are names of places, give the customer and their column: --customer NAME --columns name=HEADER",
    )


def sites_refused(label: str) -> InputError:
    """Return the refusal of a list of people with sites that look like their own."""
    return InputError(
        "this looks like a list of contacts with their own websites",
        where=label,
        hint="if the customers follow these websites, give --columns customer=HEADER,resource=HEADER; if one customer "
        "follows them all, give --customer NAME",
    )
