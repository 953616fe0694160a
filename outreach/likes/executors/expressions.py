"""SQL expressions with which tables are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.likes.executors import ADDRESS, ADDRESSES, TARGETS
from outreach.likes.executors.rules import ERROR, FOLLOWERS, NUMBER, PERSONS, SIGN, WHOLE_ADDRESS, platforms
from outreach.likes.plan import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "addresses_with_targets",
    "addresses_without_key",
    "date_column",
    "has_sign",
    "is_askew",
    "is_error",
    "is_follower",
    "is_nested",
    "is_number",
    "is_person",
    "is_platform",
    "moment_of",
    "most_frequent",
    "same_address",
    "says_no_more",
    "tidy",
]

UNSEEN: Final = r"[\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}]+"
DATES: Final = [
    f"{day}{time}"
    for day in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y")
    for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")
]
BLANKS: Final = r"[\s\p{Z}\x{85}]+"


def same_address(rows: str, roles: Collection[str]) -> str:
    """Return the condition that rows have the address ``a``.

    Args:
        rows: What the rows are called.
        roles: What they tell; an address that says more than they do is no address of theirs.

    """
    return " and ".join(f"{rows}.{role} is not distinct from a.{role}" for role in ADDRESS if role in roles)


def says_no_more(roles: Collection[str]) -> str:
    """Return the condition that an address ``a`` says no more than rows that tell these roles."""
    return " and ".join(["true", *(f"a.{role} is null" for role in ADDRESS if role not in roles)])


def addresses_with_targets(roles: Collection[str]) -> str:
    """Return the query for the addresses that rows of these roles may have, with what each leads to."""
    return (
        f"select a.*, target from {ADDRESSES.name} a join {TARGETS.name} using (address_id) where {says_no_more(roles)}"
    )


def addresses_without_key(roles: Collection[str]) -> str:
    """Return the query for the addresses that rows of these roles may have and that lead nowhere, with the reason."""
    return (
        f"select a.*, i.reason from {ADDRESSES.name} a join identified i using (address_id) "
        f"where i.reason is not null and {says_no_more(roles)}"
    )


def date_column(roles: Collection[str], *, dated: bool) -> str:
    """Return the column of the date in rows ``t``, behind a comma; nothing where no table is ``dated``."""
    if not dated:
        return ""
    return f", {tidy('t.followed_at') if 'followed_at' in roles else 'cast(null as varchar)'} as followed_at"


def tidy(cell: str) -> str:
    """Return the SQL expression of a text as people see it: no white space around it, one blank inside, NFC.

    Text copied from web pages is full of no-break spaces and zero-width signs; one person would be several. Plain
    ASCII takes the short way.
    """
    seen = f"regexp_replace(regexp_replace({cell}, '{UNSEEN}', '', 'g'), '{BLANKS}', ' ', 'g')"
    plain = f"regexp_full_match({cell}, '[!-~]+( [!-~]+)*')"
    return f"case when {plain} then {cell} else nullif(trim(nfc_normalize({seen})), '') end"


def is_error(cell: str) -> str:
    """Return the condition that a cell is the error of a formula."""
    return f"starts_with({cell}, '#') and regexp_full_match({cell}, {literal(ERROR)})"


def is_follower(direction: str) -> str:
    """Return the condition that a row is of a follower, not of somebody followed."""
    return " or ".join(f"starts_with(lower({direction}), {literal(word)})" for word in FOLLOWERS)


def is_person(kind: str) -> str:
    """Return the condition that a row is of a person or a bot, not of a place."""
    return f"lower(trim({kind})) in ({', '.join(map(literal, sorted(PERSONS)))})"


def is_nested(cell: str) -> str:
    """Return the condition that a JSON value is a list or an object, and no text: such are never names."""
    return f"left({cell}, 2) in ('[\"', '[{{', '[[', '{{\"')"


def has_sign(cell: str) -> str:
    """Return the condition that a cell holds a sign of an address."""
    return f"(contains(coalesce({cell}, ''), '/') or contains(coalesce({cell}, ''), '@'))"


def is_number(cell: str) -> str:
    """Return the condition that a cell is a number and no name."""
    return f"coalesce(regexp_full_match({cell}, {literal(NUMBER)}), false)"


def is_platform(cell: str, *, sure: bool) -> str:
    """Return the condition that a cell names a platform; ``sure`` are the names of networks alone."""
    return f"coalesce(lower(trim({cell})) in ({', '.join(map(literal, sorted(platforms(sure=sure))))}), false)"


def is_askew(kind: Kind, cell: str, beside: Iterable[str], *, filled: bool = False) -> str:
    """Return the condition that what a column of a row holds stands in a column beside it."""
    if kind is Kind.ADDRESS:
        fits = f"regexp_matches(coalesce({cell}, ''), {literal(SIGN)})"
        near = [f"coalesce(regexp_full_match({one}, {literal(WHOLE_ADDRESS)}), false)" for one in beside]
    elif kind is Kind.NUMBER:
        fits = f"regexp_matches(coalesce({cell}, ''), '[0-9]')"
        near = [*map(is_number, beside)]
    else:
        fits = is_platform(cell, sure=False)
        near = [is_platform(one, sure=True) for one in beside]
    empty = f" and trim(coalesce({cell}, '')) <> ''" if filled else ""
    return f"not {fits}{empty} and ({' or '.join(near) or 'false'})"


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
            from descriptions where {value} is not null group by resource_id, {value}
        ) where place = 1
    """
