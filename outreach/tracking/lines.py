"""The lines of the report: what each resource brought, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.tracking.grouping import NOBODYS, UNTAGGED, is_nobodys

if TYPE_CHECKING:
    from outreach.messages import Message
    from outreach.tracking.base import Period
    from outreach.tracking.pairing import Pair
    from outreach.tracking.texts import TextsCompared

__all__ = ["BY", "SPECIAL", "Choice", "Line", "Section"]

BY: Final = ("resource", "campaign", "platform", "variant")
SPECIAL: Final = NOBODYS


@dataclass(frozen=True, slots=True)
class Choice:
    """What to report.

    Args:
        by: One of :data:`BY`.
        visits: Name of the source of the denominators, empty for any.
        conversions: Likewise of the numerators.
        kind: Only this kind of conversion, empty for all.
        once_per_visit: Goals that a visit reaches once at most, so that a part of the visits reaches them.
        currency: Of sums that name none; empty for the one that the ledger keeps.
        days: Only results of these days, and costs of posts that went out on them; None for all.
        rated: Whether rates are estimated and judged, which takes the most time; counts and costs need none.

    """

    by: str = "resource"
    visits: str = ""
    conversions: str = ""
    kind: str = ""
    once_per_visit: tuple[str, ...] = ()
    currency: str = ""
    days: Period | None = None
    rated: bool = True


class Line(NamedTuple):
    """One line; None is not known, which is never 0.

    Args:
        label: Key, or what the lines are by; in brackets what belongs to none of ours.
        name: What the resource is called.
        placements: Of the ledger, behind the line.
        denominator: In the unit of the section.
        conversions: Of its kind.
        rate: ``conversions / denominator``.
        low: Lower end of its 95 % interval: Wilson's; Garwood's where it may happen several times in a visit.
        high: Upper end.
        shrunk: Rate drawn towards the others'.
        verdict: One of the words in ``verdict``.
        more: After so many more visits of its own it can be told in 80 of 100 cases.
        share: Of all conversions of the section.
        clicks: Of the short link.
        views: Of the posts.
        cost: In ``currency``; the least that it was where posts are unpriced.
        revenue: In ``currency``.
        currency: Three letters.
        flags: What makes it doubtful.
        said: How many people without a tag or a code named it when asked where they heard of us; never a part of
            the conversions.
        codes: Promotion codes and the conversions that they alone told, which are a part of the conversions.
        compared: Of a text, what it is beside another one; verdict and more are then of this comparison.
        unpriced: How many of its posts have no cost, while others have one.

    """

    label: str
    name: str = ""
    placements: int = 0
    denominator: int | None = None
    conversions: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    shrunk: float | None = None
    verdict: str = ""
    more: int | None = None
    share: float | None = None
    clicks: int | None = None
    views: int | None = None
    cost: float | None = None
    revenue: float | None = None
    currency: str = ""
    flags: tuple[Message, ...] = ()
    said: int | None = None
    codes: tuple[tuple[str, int], ...] = ()
    compared: TextsCompared | None = None
    unpriced: int = 0

    @property
    def ours(self) -> bool:
        """Whether it is a line of a resource."""
        return not is_nobodys(self.label)

    @property
    def cost_per_conversion(self) -> float | None:
        """Cost of one conversion; None without conversions, or while a cost is missing."""
        return None if self.whole_cost is None or not self.conversions else self.whole_cost / self.conversions

    @property
    def cost_per_1000_views(self) -> float | None:
        """Cost of a thousand views; None without views, or while a cost is missing."""
        return None if self.whole_cost is None or not self.views else 1000 * self.whole_cost / self.views

    @property
    def whole_cost(self) -> float | None:
        """Cost of all its posts; None while one of them has none."""
        return None if self.unpriced else self.cost

    @property
    def per_1000_views(self) -> float | None:
        """Denominators for a thousand views of the posts."""
        return 1000 * self.denominator / self.views if self.views and self.denominator is not None else None


@dataclass(frozen=True)  # no slots: what is added up once is kept
class Section:
    """Lines of one unit and one kind of conversion.

    Args:
        pair: What was divided by what.
        lines: Resources, best first; then what belongs to none.
        told_apart: Whether the data tell the resources apart at all; None without rates.
        per_unit: Whether rates are numbers per visit, as what is counted may happen several times in one.
        texts: Of a report by variant, each text beside the first one of its campaign; None of every other report.

    """

    pair: Pair
    lines: tuple[Line, ...]
    told_apart: bool | None = None
    per_unit: bool = False
    texts: tuple[TextsCompared, ...] | None = None

    @property
    def kind(self) -> str:
        """The kind of conversion, with the goal."""
        return f"{self.pair.kind}: {self.pair.goal}" if self.pair.goal else self.pair.kind

    @cached_property
    def untagged(self) -> float | None:
        """Share of the conversions that came without a tag, 0..1; None without conversions."""
        return next((line.share for line in self.lines if line.label == UNTAGGED), 0.0 if self.total else None)

    @cached_property
    def total(self) -> int:
        """All conversions."""
        return sum(line.conversions or 0 for line in self.lines)
