"""A plain table as the engine sees it: a relation, and which of its columns says what."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.errors import InputError
from outreach.files import BLOCK_BYTES
from outreach.files.lines import BadLine, lines_of_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.likes.plain.text import Text
    from outreach.words.columns import Mapped

__all__ = ["A_FOLLOWER", "How", "OwnTableError", "Scan", "checked", "followers_refused", "without_errors"]

FOLLOWERS: Final = ("follower%", "подписчик%", "sekotaj%", "ακολουθο%")
PEOPLE: Final = ("user", "bot", "person", "private", "пользователь", "бот", "человек")
A_PERSON: Final = "a person or a bot, not a place"
A_FOLLOWER: Final = "a follower of the account, not something that it follows"
ERROR: Final = r"#(?:N/A|Н/Д|Δ/Υ|[A-ZА-ЯΑ-Ω][A-ZА-ЯΑ-Ω./0]*[!?])"  # what Excel shows where a formula failed
NO_LABEL: Final = "the customer is an error of a formula (#N/A, #REF! …): mend it, or type the label"
NO_ADDRESS: Final = "the address is an error of a formula (#N/A, #REF! …): mend it, or type the address"


@dataclass(frozen=True, slots=True)
class How:
    """How the user says that tables are to be read.

    Args:
        columns: Role to header or number, where headers are not recognised.
        encoding: The encoding of texts; None to find out.
        counted: How many customers an already counted table counts; None where there is none.
        customer: Whose export it is, where neither a folder nor its name tells.
        people: Another label of a customer to the one that counts.
        profiles: Whether people's own profiles count, in exports that tell them from communities.
        dated: Whether it matters when exports say that somebody began to follow.
        read_as: The shape of the tables, where it is not to be found out.
        customer_is: Whether the file, its folder, the tab or a column is the customer.
        peers: Names beside addresses that stand in several of the lists.
        assumed: The platform of handles that come without one.

    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    encoding: str | None = None
    counted: int | None = None
    customer: str | None = None
    people: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    profiles: bool = False
    dated: bool = True
    read_as: str | None = None
    customer_is: str | None = None
    peers: frozenset[tuple[str, str]] = frozenset()
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """One table, ready to be read any number of times.

    Args:
        label: What messages call it: the file, and the tab where there are several.
        relation: The table expression.
        cells: Role to the SQL expression of its text; empty is NULL.
        said: How it was understood, for the remark.
        kind: The shape in a few words, for ``check``.
        mapped: Which column says what, where the table has such columns.
        faults: Conditions under which a row cannot be used, each with its reason.
        spaced: Whether labels may need trimming.
        bad: Lines that never reach the relation.
        notes: What else there is to say about how it was read.
        encoding: Of the text, in words; empty for UTF-8 and for formats that have one of their own.
        text: Where lines are numbered.
        records: JSON with one record a line, where lines are numbered too.
        numbers: The line of each row, where rows were made of something else; otherwise rows are numbered.
        written: Where such rows were written down.
        headers: Texts of the columns, to recognise a header that is repeated below.
        counted: How many customers are behind an already counted table.
        book: What messages call the workbook that it is a tab of; empty where there are no others.
        named: What ``check`` calls it, where the label does without a tab's name that may be a customer's.
        people: Another label of a customer to the one that counts.
        export: Name of the reader, where it is a list in a platform's export.
        files: Where it is made of several files: the row before each, ascending, and what messages call it.

    """

    label: str
    relation: str
    cells: Mapping[str, str]
    said: str
    kind: str = "one like a row"
    mapped: Mapped | None = None
    faults: tuple[tuple[str, str], ...] = ()
    spaced: bool = True
    bad: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()
    encoding: str = ""
    text: Text | None = None
    records: Path | None = None
    numbers: Sequence[int] | None = None
    written: Path | None = None
    headers: frozenset[str] = field(default_factory=frozenset)
    counted: int | None = None
    book: str = ""
    named: str = ""
    people: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    export: str = ""
    files: tuple[tuple[int, str], ...] = ()

    def places(self, rows: Sequence[int]) -> list[tuple[str, int]]:
        """Return the file and the line for each row number (from 1, ascending)."""
        if not self.files:
            return [(self.label, line) for line in self.lines(rows)]
        befores = [before for before, _ in self.files]
        files = [self.files[bisect_left(befores, row) - 1][1] for row in rows]
        return list(zip(files, self.lines(rows), strict=True))

    def lines(self, rows: Sequence[int]) -> list[int]:
        """Return the line for each row number (from 1, ascending)."""
        if self.numbers is not None:
            return [self.numbers[row - 1] for row in rows]
        if self.text is not None:
            return lines_of_rows(self.text.path, self.text.skip, rows)
        return list(rows) if self.records is None else lines_of_rows(self.records, 0, rows, spaces=False)

    def with_fault(self, condition: str, reason: str) -> Scan:
        """Return the table with one more condition under which a row cannot be used."""
        return replace(self, faults=(*self.faults, (condition, reason)))


class OwnTableError(InputError):
    """A table that this program wrote; in a folder it is passed over like a note."""


def checked(table: Scan) -> Scan:
    """Refuse a table of followers; where a column tells the direction, sort out the followers' rows."""
    if "direction" in table.cells:
        people = ", ".join(map(literal, PEOPLE))
        table = table.with_fault(f"lower(trim({table.cells['direction']})) in ({people})", A_PERSON)
    if table.mapped is None or not table.mapped.queried:
        return table
    if "direction" in table.cells:
        told = " or ".join(f"lower({table.cells['direction']}) like {literal(word)}" for word in FOLLOWERS)
        return table.with_fault(told, A_FOLLOWER)
    name = table.label.lower()
    if "follower" in name and "following" not in name:
        raise followers_refused(table.label)
    return table


def without_errors(table: Scan) -> Scan:
    """Reject the rows whose customer or address is the error of a formula; a name that is one is no name.

    All such customers would be one person, and such an address an empty list where a platform stands beside it.
    """
    path = table.text.path if table.text is not None else table.written
    if path is not None and not _holds(path, b"#"):
        return table  # looking through the bytes costs far less than conditions on every row
    customer, name = table.cells["customer"], table.cells.get("name")
    if name is not None:
        table = replace(table, cells={**table.cells, "name": f"case when {_is_error(name)} then null else {name} end"})
    table = table.with_fault(_is_error(customer), NO_LABEL)
    addresses = [table.cells[role] for role in ("url", "handle", "resource") if role in table.cells]
    return table.with_fault(_is_error(f"coalesce({', '.join(addresses)})"), NO_ADDRESS) if addresses else table


def _holds(path: Path, sign: bytes) -> bool:
    with path.open("rb") as stream:
        return any(sign in block for block in iter(lambda: stream.read(BLOCK_BYTES), b""))


def _is_error(cell: str) -> str:
    return f"starts_with({cell}, '#') and regexp_full_match({cell}, {literal(ERROR)})"


def followers_refused(label: str) -> InputError:
    """Return the refusal of a table that lists followers."""
    return InputError(
        f"{label}: this is a table of followers: people who follow the account, not what the account follows",
        hint="export the list of what your customers follow (their followings)",
    )
