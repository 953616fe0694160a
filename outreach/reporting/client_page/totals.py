"""What the posts of some days cost and brought together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.tracking.conclusion import nearest, towards_money

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from outreach.tracking.lines import Section

__all__ = ["Totals", "totals"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the places that the posts were in; None is not known.

    Args:
        spent: By currency; more than one cannot be added.
        unpriced: Posts, and places with customers, of which no cost is known while others have one.
        kind: Of conversions, the one nearest to money; empty where none was counted.
        customers: How many of it.
        first_kind: The kind that comes first, like enquiries; empty where there is no other.
        enquiries: How many of it.
        unit: What visits are counted in.
        visits: How many.
        untagged: Conversions of the kind that came without a tag.

    """

    spent: tuple[tuple[str, float], ...] = ()
    unpriced: int = 0
    kind: str = ""
    customers: int | None = None
    first_kind: str = ""
    enquiries: int | None = None
    unit: str = ""
    visits: int | None = None
    untagged: int = 0

    @property
    def cost(self) -> float | None:
        """What was spent, where it is one sum and complete."""
        return self.spent[0][1] if len(self.spent) == 1 and not self.unpriced else None

    @property
    def currency(self) -> str:
        """Of the sum."""
        return self.spent[0][0] if len(self.spent) == 1 else ""

    @property
    def each(self) -> float | None:
        """What one customer cost."""
        return self.cost / self.customers if self.cost is not None and self.customers else None


def totals(sections: Sequence[Section], paid_before: Collection[str] = ()) -> Totals:
    """Return what the lines of places add up to.

    Args:
        sections: Of a report.
        paid_before: Places whose customers may have cost nothing in these days, as their posts are older, or barter.

    Example:
        >>> totals([]).customers is None
        True

    """
    main = nearest(sections)
    if main is None:
        return Totals()
    ours = [line for line in main.lines if line.ours]
    spent: dict[str, float] = {}
    for line in ours:
        if line.cost is not None:
            spent[line.currency] = spent.get(line.currency, 0.0) + line.cost
    spent = {name: amount for name, amount in spent.items() if amount} or dict(sorted(spent.items())[:1])
    first = min(
        (one for one in sections if one.pair.kind in ("enquiry", "signup") and one.pair.kind != main.pair.kind),
        key=lambda one: (one.pair.kind != "enquiry", towards_money(one)),
        default=None,
    )
    return Totals(
        tuple(sorted(spent.items())),
        sum(line.unpriced for line in ours)
        + sum(1 for line in ours if line.cost is None and line.conversions and spent and line.label not in paid_before),
        main.pair.kind,
        _sum([line.conversions for line in ours]) if main.pair.kind else None,
        first.pair.kind if first else "",
        _sum([line.conversions for line in first.lines if line.ours]) if first else None,
        main.pair.unit if main.pair.denominators is not None else "",
        _sum([line.denominator for line in ours]) if main.pair.denominators is not None else None,
        round((main.untagged or 0.0) * main.total) if main.pair.kind else 0,
    )


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [one for one in counts if one is not None]
    return sum(known) if known else None
