"""Likely ranges of a rate and of the difference of two, as closed forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, lgamma, log, sqrt
from typing import Final

__all__ = ["Interval", "check_counts", "garwood", "newcombe_difference", "normal_quantile", "score_interval", "wilson"]


CLOSE: Final = 1e-12
HALVINGS: Final = 50


@dataclass(frozen=True, slots=True)
class Interval:
    """From one value to another, both included."""

    low: float
    high: float


def wilson(k: int, n: int, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's likely range of a rate of which k of n were seen; None where nothing was.

    With p = k / n and z the normal quantile: ``(k + z^2 / 2 -+ z sqrt(n p (1 - p) + z^2 / 4)) / (n + z^2)``. No hit and
    nothing but hits give exactly 0 below and exactly 1 above. It is the set of rates that a score test does not refuse.

    Args:
        k: Hits: conversions.
        n: Of so many: visits.
        confidence: How often such ranges hold the true rate, averaged over rates. For some rates it is less: 95 %
            may be 84 % where one hit or none is expected.

    Raises:
        ValueError: The counts are none: negative, or more hits than visits.

    Source:
        Wilson, JASA 22 (1927) 209-212; recommended for small n by Brown, Cai and DasGupta, Statistical Science 16
        (2001) 101-133.

    Example:
        >>> wilson(0, 20)
        Interval(low=0.0, high=0.16112515...)
        >>> wilson(0, 0) is None
        True

    """
    check_counts(k, n)
    return score_interval(k, n, confidence) if n else None


def score_interval(k: float, n: float, confidence: float = 0.95) -> Interval:
    """Return :func:`wilson`'s range where visits have weights, so that neither count is whole."""
    z = normal_quantile((1 + confidence) / 2)
    middle, half = k + z * z / 2, z * sqrt(max(0.0, k * (n - k) / n) + z * z / 4)
    low, high = (middle - half) / (n + z * z), (middle + half) / (n + z * z)
    return Interval(0.0 if k == 0 else low, 1.0 if k == n else high)


@cache
def garwood(k: int, confidence: float = 0.95) -> Interval:
    """Return Garwood's exact likely range of the expected number of events, of which k were seen.

    Below it, k or more would be seen in 2.5 % of cases, above it k or fewer: exact at every count. Events that come in
    bunches, as several of one person do, make it too narrow.

    Args:
        k: Events.
        confidence: How often such ranges hold the expected number, at least.

    Raises:
        ValueError: There are less than none.

    Source:
        Garwood, Biometrika 28 (1936) 437-442.

    Example:
        >>> garwood(0), garwood(10)
        (Interval(low=0.0, high=3.688879...), Interval(low=4.795388..., high=18.390356...))

    """
    check_counts(k, k)
    tail = (1 - confidence) / 2
    return Interval(_mean_where(tail, k, upwards=True) if k else 0.0, _mean_where(tail, k, upwards=False))


def _mean_where(tail: float, k: int, *, upwards: bool) -> float:
    """Return the mean of a Poisson number of which the chance of k or more (upwards), or of k or less, is the tail."""
    low, high = (0.0, float(k)) if upwards else (float(k), k + 10 * sqrt(k + 10))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if (_poisson_tail(k, middle, upwards=upwards) < tail) is upwards:
            low = middle
        else:
            high = middle
    return high


def _poisson_tail(k: int, mean: float, *, upwards: bool) -> float:
    """Return the chance of k or more, or of k or less, summed away from the mean."""
    term = exp(k * log(mean) - mean - lgamma(k + 1))
    chance = 0.0
    while term > CLOSE * chance:
        chance += term
        k += upwards
        term *= mean / k if upwards else k / mean
        k -= not upwards
    return chance


def newcombe_difference(k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95) -> Interval | None:
    """Return Newcombe's likely range of the difference of two rates, the first less the second.

    From Wilson's ranges l1..u1 and l2..u2 of p1 and p2, with d = p1 - p2:
    ``d - sqrt((p1 - l1)^2 + (u2 - p2)^2)`` to ``d + sqrt((u1 - p1)^2 + (p2 - l2)^2)``.

    Returns:
        The range within -1..1; None where one of the two saw no visits.

    Raises:
        ValueError: The counts are none.

    Source:
        Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10, "hybrid score" interval.

    Example:
        >>> newcombe_difference(56, 70, 48, 80)
        Interval(low=0.05243147..., high=0.33387265...)

    """
    first, second = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
    if first is None or second is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    below = sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    above = sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Interval(max(-1.0, p1 - p2 - below), min(1.0, p1 - p2 + above))


@cache
def normal_quantile(p: float) -> float:
    """Return the value below which a standard normal variable lies with chance p.

    Example:
        >>> round(normal_quantile(0.975), 12)
        1.95996398454

    """
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


def check_counts(k: int, n: int) -> None:
    """Refuse counts that are none; readers have refused such files long before.

    Raises:
        ValueError: One is negative, or there are more hits than visits.

    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a count of hits and visits")
