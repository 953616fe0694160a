"""What a resource's counts allow to say of it beside all others, in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, hypot, inf, log10
from typing import TYPE_CHECKING, Final

from outreach.tracking.betas import Beta, chance_above
from outreach.tracking.statistics import check_counts, newcombe_difference, normal_quantile

if TYPE_CHECKING:
    from outreach.tracking.pooling import Pool

__all__ = ["AHEAD", "BELOW", "CANNOT_TELL", "NOT_PROVEN", "NO_VISITS", "Verdict", "luck", "verdict", "visits_needed"]

AHEAD: Final = "ahead"
NOT_PROVEN: Final = "ahead, not proven"
BELOW: Final = "probably below average"
CANNOT_TELL: Final = "can't tell yet"
NO_VISITS: Final = "no visits yet"

SURE: Final = 0.975
LIKELY: Final = 0.8
UNLIKELY: Final = 0.1
ENOUGH: Final = 3.0  # nothing where three were to be expected happens to one in twenty: exp(-3) is 5 %
WORTH_KNOWING: Final = 0.5  # a resource that brings half as many again, or half as many, changes what to do next


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a resource.

    Args:
        word: One of :data:`AHEAD`, :data:`NOT_PROVEN`, :data:`BELOW`, :data:`CANNOT_TELL`.
        more: With "can't tell yet" about how many more visits may tell; None where it had them, so that there is no
            difference to be seen, and where nobody converted at all.

    """

    word: str
    more: int | None = None


def verdict(k: int, n: int, others_k: int, others_n: int, pool: Pool) -> Verdict | None:
    """Return what can be said of a resource beside all others of the same unit and kind, taken together.

    C is the chance that its rate is above theirs: its own after :meth:`Pool.after`, drawn towards what all have in
    common, theirs Beta(K + 1/2, N - K + 1/2).

    - **ahead**: C is 97.5 % or more; Newcombe's 95 % interval of the difference lies above 0; Fisher's exact test,
      one-sided, calls that luck in 2.5 % of cases at most; and the pool tells the resources apart at all. Fisher's
      test keeps its promise for every count, which the other two do not where few conversions are expected; the pool
      guards against the best of many, which is ahead of the others by luck alone.
    - **ahead, not proven**: C is 80 % or more.
    - **probably below average**: C is 10 % or less, and at the others' rate three or more conversions were to be
      expected, so that nothing after few visits is never held against a resource.
    - **can't tell yet**: all else. ``more`` is the number of visits, here and at the others each, after which
      Wilson's interval would leave out the others' rate, were the difference the present one between the shrunk rate
      and theirs, but at least a half of theirs. The present difference alone would be mostly noise that asks for ten
      thousand visits one week and for ten the next.

    In simulated reports on 2 to 30 equal resources with 5 to 1,000 visits each and rates of 0.5 to 30 %, "ahead" was
    said of 0.5 % of the resources at most; "not proven" of 19 % at most where there were two, of 10 % among ten, of a
    quarter of those that had most of the visits; "below" of 10 % at most. Where rates differed (Beta(2, 60)), the
    three words were right in 99, 88 and 97 of 100 cases.

    Args:
        k: Its conversions.
        n: Its visits.
        others_k: Conversions of all others.
        others_n: Visits of all others.
        pool: Of all, this one included.

    Returns:
        None where nothing is known of others: there is nothing to be ahead of.

    Raises:
        ValueError: The counts are none.

    Example:
        >>> from outreach.tracking.pooling import fit
        >>> pool = fit([(12, 100), (3, 100), (2, 100), (0, 20)])
        >>> verdict(12, 100, 5, 220, pool)
        Verdict(word='ahead', more=None)
        >>> verdict(0, 20, 17, 300, pool)
        Verdict(word="can't tell yet", more=370)

    """
    check_counts(k, n)
    check_counts(others_k, others_n)
    if others_n == 0:
        return None
    own, others = pool.after(k, n), _of_others(others_k, others_n)
    chance = chance_above(own, others)
    if n and chance >= SURE and pool.told_apart and _proven(k, n, others_k, others_n):
        return Verdict(AHEAD)
    if n and chance >= LIKELY:
        return Verdict(NOT_PROVEN)
    if chance <= UNLIKELY and n * others.mean >= ENOUGH:
        return Verdict(BELOW)
    return Verdict(CANNOT_TELL, _more(n, others_n, own.mean, others.mean) if k + others_k else None)


def luck(k: int, n: int, others_k: int, others_n: int) -> float:
    """Return how often k or more of all conversions fall to this resource by luck: Fisher's exact test, one-sided.

    Equal to the chance that a rate Beta(k, n - k + 1) is at most another Beta(K + 1, N - K).

    Raises:
        ValueError: The counts are none.

    Source:
        Altham, JRSS B 31 (1969) 261-269.

    Example:
        >>> round(luck(3, 4, 1, 4), 6)  # Fisher's lady tasting tea: 17 of 70
        0.242857

    """
    check_counts(k, n)
    check_counts(others_k, others_n)
    if k == 0 or others_k == others_n:
        return 1.0
    return 1 - chance_above(Beta(k, n - k + 1), Beta(others_k + 1, others_n - others_k))


def visits_needed(rate: float, other: float, confidence: float = 0.95) -> float:
    """Return after how many visits at a rate Wilson's interval leaves out another rate; infinite where they are equal.

    With q the other rate, ``z^2 q (1 - q) / (rate - q)^2``: Wilson's interval is where the score test refuses nothing.
    That many visits show the difference in about half of all cases.

    Example:
        >>> round(visits_needed(0.03, 0.02)), visits_needed(0.02, 0.02)
        (753, inf)

    """
    if rate == other:
        return inf
    z = normal_quantile((1 + confidence) / 2)
    return z * z * other * (1 - other) / (rate - other) ** 2


def _of_others(k: int, n: int) -> Beta:
    return Beta(k + 0.5, n - k + 0.5)


def _proven(k: int, n: int, others_k: int, others_n: int) -> bool:
    apart = newcombe_difference(k, n, others_k, others_n)
    return apart is not None and apart.low > 0 and luck(k, n, others_k, others_n) <= 1 - SURE


def _more(n: int, others_n: int, rate: float, other: float) -> int | None:
    """Return how many more visits, here and at the others each, would show the difference.

    With m the visits needed against a rate that is known, x more solve ``1 / (n + x) + 1 / (N + x) = 1 / m``.
    """
    apart = max(abs(rate - other), WORTH_KNOWING * other)
    needed = visits_needed(other + apart, other)
    more = needed - (n + others_n) / 2 + hypot((n - others_n) / 2, needed)
    return _rounded(more) if more > 0 else None


def _rounded(count: float) -> int:
    """Return a count with two digits, and with whole tens; what is small becomes ten."""
    unit = max(10, int(10.0 ** (floor(log10(count)) - 1)))
    return max(10, round(count / unit) * unit)
