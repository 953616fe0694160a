"""LinkedIn's data archive: companies and people followed, by name only.

Tables with a comma between. Before the header may stand ``Notes:`` and a paragraph; a list with nothing in it may be
a sentence in place of the header. Names of files vary in spaces, underscores and numbers at their end.

Built from a file of people followed and one of connections. From documents only: companies, empty lists, the menu path
in ``ask``.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso_moment, moment_in
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["LinkedIn"]

COMPANIES: Final = "companies"
MEMBERS: Final = "members"
HEADERS: Final = {
    ("organization", "followed on"): COMPANIES,
    ("date", "status", "fullname"): MEMBERS,
}
OTHERS: Final = (
    (("first name", "last name"), "connections"),
    (("hashtag", "createdtime"), "hashtags"),
    (("from", "to", "sent at"), "invitations"),
)
"""What the header begins with, and the code of what the table is."""

NAMES: Final = (
    (re.compile(r"company[ _-]?follows?(?:[_ -]?\d+)?(?: ?\(\d+\))?\.csv", re.IGNORECASE), COMPANIES),
    (re.compile(r"member[ _-]?follows?(?:[_ -]?\d+)?(?: ?\(\d+\))?\.csv", re.IGNORECASE), MEMBERS),
)
NOTES_WITHIN: Final = 10
ENDED: Final = frozenset({"unfollow", "unfollowed", "inactive"})
SEPARATORS: Final = ",;\t"  # the last two where a spreadsheet saved it again
NO_NAME: Final = message("no-name")
NO_STATUS: Final = message("linkedin-status")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table from its header on.

    Args:
        kind: Companies, members, or the code of what else it is.
        known: Whether its header is one that we know.
        rows: Line and cells of what stands below.

    """

    kind: str
    known: bool
    rows: Sequence[tuple[int, list[str]]]


class LinkedIn(FileByFile):
    """Companies and people followed on LinkedIn, by name."""

    name = "linkedin"
    platform = "linkedin"
    reads = "companies and people followed, by name: Company Follows.csv and Member_Follows.csv"
    ask = (
        "Me > Settings & Privacy > Data privacy > Get a copy of your data: Download larger data archive; "
        "the link comes by mail within a day"
    )
    evidence: Evidence = "real file"
    paths = re.compile(
        r"(?<![^/])(?:(?:company|member|hashtag)[ _-]?follows?|connections|invitations)[^/]*\.csv\Z",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the header, with or without the notes before it; of empty lists by the name of the file."""
        first = source.beginning[:1]
        return (
            bool(first) and first not in "[{<" and (_kind_of_header(_first_rows(source)) or _kind_of_name(source)) != ""
        )

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the names that are followed now."""
        table = _table(source)
        if table.kind not in {COMPANIES, MEMBERS}:
            yield other_list(source, table.kind)
            return
        yield Listed(self.platform)
        if not table.known and table.rows:
            yield Remark(message("header-in-other-language"))
        ended = 0
        for line, cells in table.rows:
            part = (_company if table.kind == COMPANIES else _member)(source.label, line, cells)
            ended += part is None
            if part is not None:
                yield part
        if ended:
            yield Remark(message("follows-ended", follows=ended))


def _company(label: str, line: int, cells: Sequence[str]) -> Like | Rejected:
    name, when = (*cells, "", "")[:2]
    return _followed(label, line, name, when)


def _member(label: str, line: int, cells: Sequence[str]) -> Like | Rejected | None:
    """A person, None where it was followed once."""
    when, status, name = (*cells, "", "", "")[:3]
    if status.strip().lower() in ENDED:
        return None
    if status.strip().lower() != "active":
        return Rejected(label, line, NO_STATUS)
    return _followed(label, line, name, when)


def _followed(label: str, line: int, name: str, when: str) -> Like | Rejected:
    tidy = " ".join(name.split())
    moment = moment_in(when)
    if not tidy:
        return Rejected(label, line, NO_NAME)
    return Like("linkedin", name=tidy, followed_at=iso_moment(moment) if moment else "", line=line)


def _table(source: Source) -> _Table:
    """Return the table in a file; one that is nothing but a sentence is empty.

    Raises:
        InputError: It is damaged.

    """
    by_name = _kind_of_name(source)
    for separator in SEPARATORS:
        rows = [row for row in _rows(source, separator) if any(cell.strip() for cell in row[1])]
        for number, (_, cells) in enumerate(rows[:NOTES_WITHIN]):
            if kind := _kind_of_cells(cells):
                return _Table(kind, known=True, rows=rows[number + 1 :])
    tables = [[row for row in _rows(source, separator) if _is_row(row[1])] for separator in SEPARATORS]
    return _Table(by_name, known=False, rows=max(tables, key=len)[1:])


def _is_row(cells: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) > 1


def _rows(source: Source, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, cells) for cells in reader)
    except csv.Error as err:
        raise InputError(
            "a quotation mark that is never closed",
            where=source.label,
            line=reader.line_num,
            hint="download the export again",
        ) from err
    return rows


def _first_rows(source: Source) -> list[str]:
    """Return the first lines; the notes are one quoted line."""
    return source.beginning.splitlines()[:NOTES_WITHIN]


def _kind_of_header(lines: Sequence[str]) -> str:
    for line in lines:
        for separator in SEPARATORS:
            if kind := _kind_of_cells(line.split(separator)):
                return kind
    return ""


def _kind_of_cells(cells: Sequence[str]) -> str:
    """Return what a header says that the table is, or why it is not counted; empty for what is no header."""
    texts = [cell.strip().strip('"').lower() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    header = tuple(texts)
    if kind := HEADERS.get(header):
        return kind
    return next((code for begin, code in OTHERS if header[: len(begin)] == begin and _is_whole(begin, header)), "")


def _is_whole(begin: tuple[str, ...], header: tuple[str, ...]) -> bool:
    """Many tables begin with a first and a last name; LinkedIn's connections end with a day."""
    return begin[0] != "first name" or header[-1] == "connected on"


def _kind_of_name(source: Source) -> str:
    return next((kind for pattern, kind in NAMES if pattern.fullmatch(source.name)), "")
