"""What a survey says of all customers, each with its likely range: recommending, satisfaction, expectations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Final

from outreach.intervals import Interval, normal_quantile
from outreach.tracking.betas import beta_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Estimate", "mean_difference", "mean_share", "net_promoter_score", "t_quantile"]

ADDED: Final = 0.75
"""Promoters, and as many detractors, that are added before the range is computed; twice as many neither nor."""
SAME: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of a sample, and what is likely for all customers.

    Args:
        value: Of the sample.
        n: Of so many customers.
        interval: Its 95 % range; None where the sample cannot say.

    """

    value: float
    n: int
    interval: Interval | None


def net_promoter_score(promoters: int, detractors: int, n: int) -> Estimate | None:
    """Return the net promoter score, -100 to 100, with the adjusted Wald range; None for no answers.

    ``100 (P - D) / n``. For the range three answers are added: with ``p = (P + 0.75) / (n + 3)``, d likewise and
    e = p - d, ``e -+ 1.96 sqrt((p + d - e^2) / (n + 3))``, cut at -100 and 100.

    Raises:
        ValueError: The counts are none.

    Source:
        Rocks, Interval estimation for the net promoter score, The American Statistician 70 (2016) 365-372.

    Example:
        >>> net_promoter_score(6, 0, 12).value, net_promoter_score(0, 0, 0)
        (50.0, None)

    """
    if min(promoters, detractors) < 0 or promoters + detractors > n:
        raise ValueError(f"{promoters} promoters and {detractors} detractors of {n} answers: not counts")
    if n == 0:
        return None
    all_ = n + 4 * ADDED
    p, d = (promoters + ADDED) / all_, (detractors + ADDED) / all_
    middle, half = p - d, normal_quantile(0.975) * sqrt((p + d - (p - d) ** 2) / all_)
    return Estimate(
        100 * (promoters - detractors) / n,
        n,
        Interval(100 * max(-1.0, middle - half), 100 * min(1.0, middle + half)),
    )


def mean_share(shares: Sequence[float]) -> Estimate | None:
    """Return the mean of shares, 0 to 1, with its logit-t range; None of none.

    With m the mean and s the standard deviation, ``logit(m) -+ t(n - 1) s / (sqrt(n) m (1 - m))``, and back, so that
    the range never leaves 0..1. One share has no range, nor have several that are all equal.

    Example:
        >>> mean_share([0.5, 0.75, 1.0]).value, mean_share([0.5, 0.5]).interval, mean_share([])
        (0.75, None, None)

    """
    if not shares:
        return None
    m = fmean(shares)
    if len(shares) < 2 or max(shares) - min(shares) < SAME:
        return Estimate(m, len(shares), None)
    half = t_quantile(0.975, len(shares) - 1) * stdev(shares) / (sqrt(len(shares)) * m * (1 - m))
    middle = log(m / (1 - m))
    return Estimate(m, len(shares), Interval(_expit(middle - half), _expit(middle + half)))


def mean_difference(differences: Sequence[float]) -> Estimate | None:
    """Return the mean of differences within pairs, with its t range; None of none.

    ``mean -+ t(n - 1) s / sqrt(n)``. One difference has no range, nor have several that are all equal.

    Example:
        >>> mean_difference([-1, 0, -2]).value, mean_difference([1, 1]).interval
        (-1.0, None)

    """
    if not differences:
        return None
    n, m = len(differences), fmean(differences)
    if n < 2 or max(differences) - min(differences) < SAME:
        return Estimate(m, n, None)
    half = t_quantile(0.975, n - 1) * stdev(differences) / sqrt(n)
    return Estimate(m, n, Interval(m - half, m + half))


@cache
def t_quantile(p: float, degrees: int) -> float:
    """Return the value below which Student's t lies with chance p, which is above 1/2.

    ``degrees / (degrees + t^2)`` has the beta distribution (degrees / 2, 1 / 2).

    Raises:
        ValueError: p is not above 1/2, or there are no degrees of freedom.

    Example:
        >>> round(t_quantile(0.975, 11), 6), round(t_quantile(0.975, 1), 4)
        (2.200985, 12.7062)

    """
    if not 0.5 < p < 1 or degrees < 1:
        raise ValueError(f"no quantile {p} of t with {degrees} degrees of freedom")
    x = beta_quantile(2 * (1 - p), degrees / 2, 0.5)
    return sqrt(degrees * (1 - x) / x)


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
