"""What bare texts of all tables tell only together: which of them are names, and which numbers may have lost digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.keys.rounding import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.engine import Engine
    from outreach.likes.plain.base import Scan

__all__ = ["doubtful_ids", "names_like_sites"]

DOTTED: Final = r"[^\s/:@?#]+\.[A-Za-z]{2,5}"
OF_NAMES: Final = frozenset({"artist", "artists"})
"""Headers of columns that hold names, and no sites."""


def names_like_sites(engine: Engine, scans: Sequence[Scan]) -> frozenset[str]:
    """Return the texts that look like sites (``will.i.am``) and stand only where names do.

    Args:
        engine: With the table ``found``.
        scans: The tables, in the order of their numbers there.

    """
    places = [number for number, scan in enumerate(scans) if _holds_names(scan)]
    if not places:
        return frozenset()
    listed = ", ".join(map(str, places))
    rows = engine.rows(
        f"select resource from found where fault = 0 and regexp_full_match(resource, {literal(DOTTED)}) "
        f"group by resource having bool_and(source in ({listed}))"
    )
    return frozenset(text for (text,) in rows)


def doubtful_ids(engine: Engine) -> int:
    """Return how many bare numbers lead to a place and may have lost their last digit in a spreadsheet.

    Args:
        engine: With the tables ``addresses`` and ``identified``.

    """
    bare = " or ".join(f"regexp_full_match(a.{role}, {literal(DOUBTFUL)})" for role in ("url", "handle", "resource"))
    known = "addresses a join identified i using (address_id)"
    return int(engine.rows(f"select count(*) from {known} where i.key is not null and ({bare})")[0][0])


def _holds_names(scan: Scan) -> bool:
    """Whether what stands for a place is a name: addresses have a column of their own, or the places are artists."""
    if "resource" not in scan.cells:
        return False
    mapped = scan.mapped
    header = mapped.headers[mapped.positions["resource"]] if mapped and mapped.headers else ""
    return "url" in scan.cells or header.strip().casefold() in OF_NAMES
