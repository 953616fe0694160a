"""What the bare texts of all tables tell together: names that look like sites, ids that a spreadsheet rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.keys.rounding import DOUBTFUL
from outreach.likes.executors import ADDRESSES, COUNTS

if TYPE_CHECKING:
    from outreach.likes.counts import Counts
    from outreach.likes.plan import ReadPlan

__all__ = ["doubtful_ids", "names_like_sites"]

DOTTED: Final = r"[^\s/:@?#]+\.[A-Za-z]{2,5}"
IDS: Final = ("url", "handle", "resource")
OF_NAMES: Final = frozenset({"artist", "artists"})
"""Headers of columns that hold names, and no sites."""


def names_like_sites(counts: Counts) -> frozenset[str]:
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


def doubtful_ids(counts: Counts) -> int:
    """Return how many bare numbers lead to a place and may have lost their last digits in a spreadsheet."""
    bare = " or ".join(f"regexp_full_match(a.{role}, {literal(DOUBTFUL)})" for role in IDS if counts.has(role))
    if not bare:
        return 0
    rows = counts.engine.rows(
        f"select count(*) from {ADDRESSES.name} a join identified i using (address_id) "
        f"where i.key is not null and ({bare})"
    )
    return int(rows[0][0])


def _holds_names(plan: ReadPlan) -> bool:
    """Whether what stands for a place is a name: addresses have a column of their own, or the places are artists."""
    if "resource" not in plan.roles:
        return False
    place = plan.columns["resource"].place if "resource" in plan.columns else None
    headers = {place} if isinstance(place, str) else plan.headers
    return "url" in plan.roles or any(header.strip().casefold() in OF_NAMES for header in headers)
