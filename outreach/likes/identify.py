"""Second step: every distinct address gets its key, or the platform of an empty list, or the reason for neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.keys.rounding import DOUBTFUL
from outreach.likes.executors import ADDRESS, ADDRESSES, COUNTS

if TYPE_CHECKING:
    from outreach.likes.addresses import Addresses
    from outreach.likes.counts import Counts
    from outreach.likes.plan import ReadPlan

__all__ = ["Identified", "identify_addresses"]

DOTTED: Final = r"[^\s/:@?#]+\.[A-Za-z]{2,5}"
OF_NAMES: Final = frozenset({"artist", "artists"})
"""Headers of columns that hold names, and no sites."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The tables ``ADDRESSES`` and ``identified`` (address_id, key, empty_list, reason), and what they answer.

    An address that is a list of addresses has several rows in ``identified`` and one in ``address_lists``.

    Args:
        counts: What was counted.
        addresses: Gave the keys, and noted the aliases on the way.

    """

    counts: Counts
    addresses: Addresses

    def without_key(self) -> list[tuple[int, str, int]]:
        """Return number of the table, reason and number of rows whose address has no key."""
        rows = self.counts.engine.rows(
            f"select c.source, i.reason, sum(c.rows) from identified i join {ADDRESSES.name} a using (address_id) "
            f"join {COUNTS.name} c on {self.counts.same_address()} where i.reason is not null and c.fault = 0 "
            "group by all order by all"
        )
        return [(int(source), str(reason), int(number)) for source, reason, number in rows]

    def doubtful_ids(self) -> int:
        """Return how many bare numbers lead to a place and may have lost their last digits in a spreadsheet."""
        bare = " or ".join(
            f"regexp_full_match(a.{role}, {literal(DOUBTFUL)})" for role in ("url", "handle", "resource")
        )
        rows = self.counts.engine.rows(
            f"select count(*) from {ADDRESSES.name} a join identified i using (address_id) "
            f"where i.key is not null and ({bare})"
        )
        return int(rows[0][0])


def identify_addresses(counts: Counts, addresses: Addresses) -> Identified:
    """Number the addresses of usable rows, and give them their keys."""
    engine = counts.engine
    roles = ", ".join(ADDRESS)
    engine.run(
        f"create table {ADDRESSES.name} as select {roles}, (row_number() over ())::integer as address_id "
        f"from (select distinct {roles} from {COUNTS.name} where fault = 0)"
    )
    addresses.names = _names_like_sites(counts)
    engine.run("create table identified (address_id integer, key varchar, empty_list varchar, reason varchar)")
    for batch in engine.batches(f"select {roles}, address_id from {ADDRESSES.name}"):
        numbers, keys, others = addresses.answers(batch)
        engine.append("identified (address_id, key)", [numbers, keys])
        answers = zip(*(answer[:3] for _, answer in others), strict=True)
        engine.append("identified", [[number for number, _ in others], *answers])
    engine.run("create table address_lists (address_id integer)")
    engine.append("address_lists", [addresses.lists])
    return Identified(counts, addresses)


def _names_like_sites(counts: Counts) -> frozenset[str]:
    """Return the texts that look like sites (``will.i.am``) and stand only where names do."""
    sources = [number for number, table in enumerate(counts.tables) if _holds_names(table.plan)]
    if not sources:
        return frozenset()
    listed = ", ".join(map(str, sources))
    rows = counts.engine.rows(
        f"select resource from {COUNTS.name} where fault = 0 and regexp_full_match(resource, {literal(DOTTED)}) "
        f"group by resource having bool_and(source in ({listed}))"
    )
    return frozenset(text for (text,) in rows)


def _holds_names(plan: ReadPlan) -> bool:
    """Whether what stands for a place is a name: addresses have a column of their own, or the places are artists."""
    if "resource" not in plan.roles:
        return False
    place = plan.columns["resource"].place if "resource" in plan.columns else None
    headers = {place} if isinstance(place, str) else plan.headers
    return "url" in plan.roles or any(header.strip().casefold() in OF_NAMES for header in headers)
