"""SQL expressions with which tables are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.likes.addresses import ADDRESS

if TYPE_CHECKING:
    from outreach.likes.plain.base import Scan

__all__ = ["customer_of", "label_of", "moment_of", "most_frequent", "same_address", "says_no_more", "tidy"]

UNSEEN: Final = r"[\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}]+"
DATES: Final = [
    f"{day}{time}"
    for day in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y")
    for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")
]
BLANKS: Final = r"[\s\p{Z}\x{85}]+"


def same_address(rows: str, scan: Scan, *, equal: bool = True) -> str:
    """Return the condition that rows of a table have the address ``a``.

    Args:
        rows: What the rows are called.
        scan: The table, whose roles are the ones compared.
        equal: A single role may be compared by ``=``, which is faster and never true of a missing address.

    """
    roles = [role for role in ADDRESS if role in scan.cells]
    equals = "=" if equal and len(roles) == 1 else "is not distinct from"
    return " and ".join(f"{rows}.{role} {equals} a.{role}" for role in roles)


def says_no_more(scan: Scan) -> str:
    """Return the condition that an address ``a`` says no more than a table does."""
    return " and ".join(["true", *(f"a.{role} is null" for role in ADDRESS if role not in scan.cells)])


def customer_of(scan: Scan) -> str:
    """Return the SQL expression of a tidy customer label, NULL where there is none."""
    label = label_of(scan)
    if not scan.people:
        return label
    known, counting = (", ".join(map(literal, texts)) for texts in (scan.people, scan.people.values()))
    return f"coalesce(map([{known}], [{counting}])[{label}], {label})"


def label_of(scan: Scan) -> str:
    """Return the SQL expression of a customer's label as the table has it, tidy."""
    return tidy(scan.cells["customer"]) if scan.spaced else scan.cells["customer"]


def tidy(cell: str) -> str:
    """Return the SQL expression of a text as people see it: no white space around it, one blank inside, NFC.

    Text copied from web pages is full of no-break spaces and zero-width signs; one person would be several. Plain
    ASCII takes the short way.
    """
    seen = f"regexp_replace(regexp_replace({cell}, '{UNSEEN}', '', 'g'), '{BLANKS}', ' ', 'g')"
    plain = f"regexp_full_match({cell}, '[!-~]+( [!-~]+)*')"
    return f"case when {plain} then {cell} else nullif(trim(nfc_normalize({seen})), '') end"


def moment_of(text: str) -> str:
    """Return the SQL expression of the moment, in UTC, that a text tells; NULL where it tells none."""
    bare = f"regexp_replace(regexp_replace({text}, '(:[0-9]{{2}})[.,][0-9]+', '\\1'), ' ?(Z|UTC|[+]00(:?00)?)$', '')"
    return f"""case
        when regexp_full_match({text}, '[0-9]{{9,10}}([.]0+)?') then to_timestamp({text}::double)
        when regexp_full_match({text}, '[0-9]{{12,13}}([.]0+)?') then to_timestamp({text}::double / 1000)
        when regexp_full_match({text}, '[0-9-]{{10}}T[0-9:]{{8}}Z') then try_cast({text} as timestamptz)
        else coalesce(timezone('UTC', try_strptime({bare}, {DATES})), try_cast({text} as timestamptz))
        end at time zone 'UTC'"""


def most_frequent(value: str) -> str:
    """Return the query for the most frequent value of each resource, ties by code point."""
    return f"""
        select resource_id, value from (
            select resource_id, {value} as value,
                row_number() over (partition by resource_id order by sum(rows) desc, {value}) as place
            from told where {value} is not null group by resource_id, {value}
        ) where place = 1
    """
