"""What a resource's counts allow to say of it beside all others, in words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from heapq import nlargest
from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Final

from outreach.intervals import check_counts, newcombe_difference, normal_quantile
from outreach.tracking.betas import Beta, beta_cdf, chance_above
from outreach.tracking.pooling import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.tracking.pooling import Pool

__all__ = [
    "AHEAD",
    "BEHIND",
    "BELOW",
    "CANNOT_TELL",
    "MOST_MORE",
    "MOST_TIMES",
    "NOT_BY_VISITS",
    "NO_VISITS",
    "POWER",
    "SAME",
    "SURE",
    "WORTH_KNOWING",
    "Verdict",
    "ladder",
    "luck",
    "proven_below",
    "supposed",
    "verdict",
    "verdicts",
    "visits_needed",
]

AHEAD: Final = "ahead"
BEHIND: Final = "behind"
"""Of a text beside another one; a place is never called so beside all others."""
BELOW: Final = "probably below average"
SAME: Final = "no clear difference"
CANNOT_TELL: Final = "can't tell yet"
NOT_BY_VISITS: Final = "can't tell by visits alone"
NO_VISITS: Final = "no visits yet"

SURE: Final = 0.985
"""One-sided: with it a campaign without differences, looked at on each of thirty days, calls nobody ahead in 95 %."""
UNLIKELY: Final = 0.1
ENOUGH: Final = 3.0  # nothing where three were to be expected happens to one in twenty: exp(-3) is 5 %
WORTH_KNOWING: Final = 0.5  # a resource that brings half as many again, or half as many, changes what to do next
POWER: Final = 0.8
MOST_MORE: Final = 100_000
MOST_TIMES: Final = 50  # of all visits that came
GROWTH: Final = 1.25
FEWEST_MORE: Final = 10
MOST_NUMBERED: Final = 20
"""Lines of which the number of visits is worked out: each needs the pool to be fitted a few times."""

Counts = tuple[int, int]
"""Conversions, and visits."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a resource.

    Args:
        word: One of :data:`AHEAD`, :data:`BELOW`, :data:`SAME`, :data:`CANNOT_TELL`, :data:`NOT_BY_VISITS`.
        more: With "can't tell yet" after how many more visits of its own it can be told in 80 of 100 cases; None where
            that was not worked out, and where nobody converted at all.

    """

    word: str
    more: int | None = None


def verdicts(counts: Sequence[Counts], pool: Pool | None = None) -> list[Verdict | None]:
    """Return what can be said of each resource beside all others of the same unit and kind, taken together.

    C is the chance that its rate is above theirs: its own after :meth:`Pool.after`, drawn towards what all have in
    common, theirs Beta(K + 1/2, N - K + 1/2).

    - **ahead**: C is 98.5 % or more; Newcombe's 97 % interval of the difference lies above 0; Fisher's exact test,
      one-sided, calls that luck in 1.5 % of cases at most; and the pool tells the resources apart at all. Fisher's
      test keeps its promise for every count, which the other two do not where few conversions are expected; the pool
      guards against the best of many, which is ahead of the others by luck alone, and against looking every day.
    - **probably below average**: C is 10 % or less, and at the others' rate three or more conversions were to be
      expected, so that nothing after few visits is never held against a resource.
    - **no clear difference**: so many visits came that half as many conversions again, or half as many, would have
      been seen in 80 of 100 cases.
    - **can't tell yet**: after ``more`` visits of its own, everything else staying as it is, one of the first two is
      said in 80 of 100 cases, were its rate half as high again as the others' (half as high where it is below theirs).
    - **can't tell by visits alone**: that would take more than 100,000 visits, or more than fifty times all that came.

    Args:
        counts: Conversions and visits of each.
        pool: Of all of them; fitted where it is not given.

    Returns:
        One for each; None where nothing is known of others: there is nothing to be ahead of.

    Raises:
        ValueError: The counts are none.

    Example:
        >>> [one.word for one in verdicts([(12, 100), (3, 100), (2, 100), (0, 20)])]
        ['ahead', 'probably below average', 'probably below average', "can't tell yet"]

    """
    alike = Counter(counts)  # many places have the same counts
    for k, n in alike:
        check_counts(k, n)
    pool = fit(alike) if pool is None else pool
    all_k, all_n = _all_of(alike)
    words = {(k, n): verdict(k, n, all_k - k, all_n - n, pool) for k, n in alike}
    found = [words[one] for one in counts]
    most = nlargest(MOST_NUMBERED, range(len(counts)), key=lambda place: counts[place][1])
    unclear = [place for place in most if all_k and found[place] == Verdict(CANNOT_TELL)]
    numbers = {one: _more(alike, one, pool) for one in {counts[place] for place in unclear}}
    for place in unclear:
        more = numbers[counts[place]]
        found[place] = Verdict(NOT_BY_VISITS) if more is None else Verdict(CANNOT_TELL, more)
    return found


def _all_of(alike: Counter[Counts]) -> Counts:
    """Return all conversions and all visits."""
    return sum(k * times for (k, _), times in alike.items()), sum(n * times for (_, n), times in alike.items())


def verdict(k: int, n: int, others_k: int, others_n: int, pool: Pool) -> Verdict | None:
    """Return what :func:`verdicts` says of one resource, without a number of visits.

    Args:
        k: Its conversions.
        n: Its visits.
        others_k: Conversions of all others.
        others_n: Visits of all others.
        pool: Of all, this one included.

    Raises:
        ValueError: The counts are none.

    Example:
        >>> verdict(12, 100, 5, 220, fit([(12, 100), (3, 100), (2, 100), (0, 20)]))
        Verdict(word='ahead', more=None)

    """
    check_counts(k, n)
    check_counts(others_k, others_n)
    if others_n == 0:
        return None
    own, others = pool.after(k, n), _of_others(others_k, others_n)
    if n and pool.told_apart and _proven(k, n, others_k, others_n) and chance_above(own, others) >= SURE:
        return Verdict(AHEAD)
    if n * others.mean >= ENOUGH and chance_above(own, others) <= UNLIKELY:
        return Verdict(BELOW)
    return Verdict(SAME if _seen(n, others_n, own.mean, others.mean) else CANNOT_TELL)


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


def proven_below(k: int, n: int, others_k: int, others_n: int) -> bool:
    """Return whether a resource is behind the others beyond chance, by the same tests that "ahead" asks for.

    Beside them the pool has to tell the resources apart.

    Example:
        >>> proven_below(1, 160, 20, 250), proven_below(2, 60, 20, 250)
        (True, False)

    """
    return bool(n and others_n) and _proven(others_k, others_n, k, n)


def visits_needed(rate: float, other: float, others_n: float, power: float = POWER) -> float:
    """Return after how many visits at a rate a difference from another rate is seen.

    With p and q the two rates and z the quantiles of a two-sided test of 3 % and of the power:
    ``z^2 p (1 - p) / ((p - q)^2 - z^2 q (1 - q) / N)``; infinite where the others' N visits leave too much open.

    Args:
        rate: Of the resource.
        other: Of all others.
        others_n: Their visits.
        power: How often it is to be seen.

    Example:
        >>> round(visits_needed(0.03, 0.02, 1e9)), visits_needed(0.03, 0.02, 100)
        (2639, inf)

    """
    z = normal_quantile(SURE) + normal_quantile(power)
    left = (rate - other) ** 2 - z * z * other * (1 - other) / others_n
    return z * z * rate * (1 - rate) / left if left > 0 else float("inf")


def _of_others(k: int, n: int) -> Beta:
    return Beta(k + 0.5, n - k + 0.5)


def _proven(k: int, n: int, others_k: int, others_n: int) -> bool:
    apart = newcombe_difference(k, n, others_k, others_n, confidence=2 * SURE - 1)
    return apart is not None and apart.low > 0 and luck(k, n, others_k, others_n) <= 1 - SURE


def supposed(other: float, *, above: bool) -> float:
    """Return the rate that is worth knowing of, above another one or below it.

    Example:
        >>> supposed(0.02, above=True), supposed(0.02, above=False), supposed(0.9, above=True)
        (0.03, 0.01, 0.95)

    """
    return min(other * (1 + WORTH_KNOWING), (1 + other) / 2) if above else other * (1 - WORTH_KNOWING)


def _seen(n: int, others_n: int, rate: float, other: float) -> bool:
    return n >= visits_needed(supposed(other, above=rate >= other), other, others_n)


def _more(alike: Counter[Counts], counts: Counts, pool: Pool) -> int | None:
    """Return after how many more visits of one resource something is said of it, with two digits; None for never."""
    k, n = counts
    others = alike - Counter([counts])
    all_k, all_n = _all_of(alike)
    others_k, others_n = all_k - k, all_n - n
    other = _of_others(others_k, others_n).mean
    rate = supposed(other, above=pool.after(k, n).mean >= other)

    def told(more: int) -> bool:
        then = (k + _usual(more, rate, above=rate > other), n + more)
        if rate > other and not _proven(*then, others_k, others_n):
            return False
        said = verdict(*then, others_k, others_n, fit(others + Counter([then])))
        return said is not None and said.word in (AHEAD, BELOW)

    steps = list(ladder(min(MOST_MORE, MOST_TIMES * all_n)))
    first = bisect_left(steps, True, key=told)
    return steps[first] if first < len(steps) else None


def ladder(most: int) -> Iterator[int]:
    """Yield numbers of visits with two digits, each by a quarter more than the one before.

    Example:
        >>> list(ladder(30))
        [10, 10, 20, 20, 20]

    """
    more = float(FEWEST_MORE)
    while more <= most:
        yield _rounded(more)
        more *= GROWTH


def _usual(n: int, rate: float, *, above: bool) -> int:
    """Return the number of conversions that n visits have at least (above), or at most, in 80 of 100 cases."""
    spread = normal_quantile(POWER) * sqrt(n * rate * (1 - rate))
    hits = max(0, min(n, round(n * rate + (-spread if above else spread))))
    if above:
        while hits and beta_cdf(rate, hits, n - hits + 1) < POWER:  # the chance of as many or more
            hits -= 1
    else:
        while hits < n and beta_cdf(rate, hits + 1, n - hits) > 1 - POWER:  # the chance of more than that
            hits += 1
    return hits


def _rounded(count: float) -> int:
    """Return a count with two digits, and with whole tens; what is small becomes ten."""
    unit = max(10, int(10.0 ** (floor(log10(count)) - 1)))
    return max(10, round(count / unit) * unit)
