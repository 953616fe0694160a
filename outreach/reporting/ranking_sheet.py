"""The sheet of a ranking that people read: places, how many customers follow each, and a line between equals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.messages import full_sentence, message
from outreach.reporting.chance_words import chance_in
from outreach.reporting.collect_words import platform_title
from outreach.reporting.measure_words import count_header, kind_header, verdict_in
from outreach.reporting.people_sheet import Link, PeopleRow, PeopleSheet, field_of
from outreach.reporting.resources.words import accepts_in, followed_in
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words
from outreach.tables import IN_TOP_FIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.messages import Message
    from outreach.reporting.people_sheet import Field
    from outreach.tables import Table

__all__ = ["ranking_sheet"]

MOST_SHOWN: Final = 5_000
"""Places on the sheet for people; nobody reads on, and the sheet behind it has all."""
VERDICT_WIDTH: Final = 48
ADDRESS_WIDTH: Final = 60


def ranking_sheet(
    table: Table, customers: int, *, by: str = "overlap", language: str = "en", advice: Message | None = None
) -> PeopleSheet:
    """Return the sheets for people around a ranking.

    Args:
        table: ``tables.RANKING``, ``tables.STABLE`` or ``tables.MEASURED``.
        customers: Whose lists were read.
        by: What it is sorted by; only equal overlaps are parted by lines.
        language: Of the reader, one of ``messages.LANGUAGES``.
        advice: What more customers would change.

    """
    about = [message("book-customers", customers=customers), *filter(None, [advice])]
    if (places := len(table)) > MOST_SHOWN:
        about.append(message("book-first", shown=MOST_SHOWN, places=places, tab=table.schema.name))
    ruled = by == "overlap"
    fields = [
        field_of("rank", language, "middle"),
        field_of("place", language, "link"),
        field_of("platform", language),
        field_of("followed", language, "right"),
        field_of("share", language, "percent"),
        field_of("low", language, "percent", about="low"),
        field_of("high", language, "percent", about="low"),
        *([field_of("top-five", language, "right")] if IN_TOP_FIVE.name in table.schema.names else []),
        field_of("subscribers", language, "number"),
        field_of("affinity", language, "number"),
        field_of("accepts", language, widest=20),
        *_fields_of_results(table, language),
        field_of("address", language, "address", widest=ADDRESS_WIDTH),
    ]
    return PeopleSheet(
        "ranking",
        language,
        [full_sentence(one, language) for one in about],
        fields,
        list(_rows(table, language, ruled=ruled)),
        table.schema.name,
        [full_sentence(message("book-ruled"), language)] if ruled else [],
        fixed=2,
    )


def _fields_of_results(table: Table, language: str) -> list[Field]:
    if "verdict" not in table.schema.names:
        return []
    unit, kind = table.engine.rows(f"select max(unit), max(conversion_kind) from {table.relation}")[0]
    kind, _, goal = (kind or "").partition(": ")
    return [
        count_header(unit or "", language),
        kind_header(kind, goal, language),
        field_of("rate", language, "decimal" if kind == "event" else "fine percent"),
        field_of("verdict", language, widest=VERDICT_WIDTH),
    ]


def _rows(table: Table, language: str, *, ruled: bool) -> Iterator[PeopleRow]:
    names = table.schema.names
    measured = "verdict" in names
    before = None
    for values in table.engine.rows(f"{table.select()} limit {MOST_SHOWN}"):
        row = dict(zip(names, values, strict=True))
        yield PeopleRow(_cells(row, language, measured=measured), ruled and before not in (None, row["overlap"]))
        before = row["overlap"]


def _cells(row: dict[str, Any], language: str, *, measured: bool) -> list[Any]:
    results = [row["visits"], row["conversions"], row["rate"], verdict_in(row["verdict"], language)] if measured else []
    return [
        row["rank"],
        Link(plain(row["name"] or "") or plain(own_words(row["resource"])), row["url"]),
        platform_title(row["platform"], language),
        followed_in(row["overlap"], row["listed"], language),
        row["share"],
        row["share_low"],
        row["share_high"],
        *([chance_in(row[IN_TOP_FIVE.name], language) or None] if IN_TOP_FIVE.name in row else []),
        row["subscribers"],
        row["affinity"],
        accepts_in(row["accepts_posts"], language),
        *results,
        Link(row["url"], row["url"]) if row["url"] else None,
    ]
