"""The beta distribution: what is known of a rate after so many conversions and so many visits without one.

All is computed in logarithms and on the scale of log odds, so that rates near 0 % and very large counts keep their
digits. Nothing but the standard library: the program would wait longer for scipy than for the whole report.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, log1p, pi, sqrt
from typing import Final

__all__ = ["Beta", "beta_cdf", "beta_quantile", "chance_above", "log_beta"]

STIRLING_FROM: Final = 10.0  # from here on the series below is exact to the last digit
LOG_ROOT_2PI: Final = 0.5 * log(2 * pi)
CLOSE: Final = 1e-15
MANY_TERMS: Final = 1_000_000
MANY_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Beta:
    """Knowledge of a rate that is worth ``a`` conversions and ``b`` visits without one.

    Raises:
        ValueError: One of them is not positive.

    Example:
        >>> Beta(3, 97).mean, Beta(3, 97).strength
        (0.03, 100)

    """

    a: float
    b: float

    def __post_init__(self) -> None:
        if not (self.a > 0 and self.b > 0):
            raise ValueError(f"a beta distribution needs two positive numbers, not {self.a} and {self.b}")

    @property
    def mean(self) -> float:
        """The expected rate."""
        return self.a / (self.a + self.b)

    @property
    def strength(self) -> float:
        """How many visits it is worth."""
        return self.a + self.b


def log_beta(a: float, b: float) -> float:
    """Return the natural logarithm of the beta function, B(a, b) = G(a) G(b) / G(a + b), G being the gamma function.

    Large gammas are never subtracted from each other: above 10, Stirling's series of their ratio is used.

    Source:
        DLMF 5.11.1 and 5.12.1.

    Example:
        >>> round(log_beta(2, 3), 12) == round(-log(12), 12)
        True

    """
    small, large = min(a, b), max(a, b)
    if large < STIRLING_FROM:
        return lgamma(small) + lgamma(large) - lgamma(small + large)
    rest = _stirling(large) - _stirling(small + large)
    if small < STIRLING_FROM:
        ratio = (small + large - 0.5) * log1p(small / large) + small * log(large) - small
        return lgamma(small) - ratio + rest
    halves = LOG_ROOT_2PI - 0.5 * log(large) + (small - 0.5) * log(small / (small + large))
    return halves - large * log1p(small / large) + _stirling(small) + rest


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the chance that a rate with the beta distribution (a, b) is at most x.

    This is the regularised incomplete beta function, by a continued fraction on the side of the mean where that
    converges fast (DLMF 8.17.4 turns the sides).

    Example:
        >>> round(beta_cdf(0.25, 1, 2), 12), beta_cdf(0, 1, 2), beta_cdf(1, 1, 2)
        (0.4375, 0.0, 1.0)

    """
    beta = Beta(a, b)
    if x <= 0 or x >= 1:
        return float(x >= 1)
    return exp(_log_below(_Point(x, 1 - x, log(x), log1p(-x)), beta))


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the rate below which a rate with the beta distribution (a, b) lies with chance p.

    Newton's steps on the logarithm of the chance against the log odds of the rate. That curve rises and is concave,
    so the steps arrive from wherever they begin.

    Raises:
        ValueError: p is no chance.

    Example:
        >>> round(beta_quantile(0.4375, 1, 2), 12), beta_quantile(0, 1, 2), beta_quantile(1, 1, 2)
        (0.25, 0.0, 1.0)

    """
    if not 0 <= p <= 1:
        raise ValueError(f"a chance lies between 0 and 1, not at {p}")
    beta = Beta(a, b)
    if p in (0, 1):
        return float(p)
    if p > 0.5:
        return _odds_at(1 - p, Beta(b, a)).y
    return _odds_at(p, beta).x


def chance_above(one: Beta, other: Beta) -> float:
    """Return the chance that the rate of one is above the rate of the other, both unknown and independent.

    The narrower density times the other's distribution, summed over equal steps of the log odds. For such curves,
    smooth and dying out on both sides, that sum has 8 and more correct digits with steps of half the width.

    Example:
        >>> round(chance_above(Beta(60, 40), Beta(50, 50)), 6), round(chance_above(Beta(2, 2), Beta(2, 2)), 6)
        (0.923538, 0.5)

    """
    if _width(one) < _width(other):
        return 1 - chance_above(other, one)
    step = min(0.5 * _width(other), 0.4)
    middle = log(other.a / other.b)
    right = _summed(one, other, middle, step)
    left = _summed(one, other, middle - step, -step)
    return min(max(0.0, 1 - step * (left + right)), 1.0)


@dataclass(frozen=True, slots=True)
class _Point:
    """A rate x and y = 1 - x, each with all its digits, and their logarithms."""

    x: float
    y: float
    log_x: float
    log_y: float

    @classmethod
    def at(cls, odds: float) -> _Point:
        """Return the rate of which these are the log odds."""
        log_x, log_y = -_softplus(-odds), -_softplus(odds)
        return cls(exp(log_x), exp(log_y), log_x, log_y)

    def turned(self) -> _Point:
        return _Point(self.y, self.x, self.log_y, self.log_x)


def _softplus(value: float) -> float:
    return max(value, 0.0) + log1p(exp(-abs(value)))


def _stirling(x: float) -> float:
    """Return what Stirling's formula lacks to the logarithm of the gamma function, for x from 10."""
    square = 1 / (x * x)
    tail = 1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * 691 / 360360))
    return (1 / 12 - square * (1 / 360 - square * tail)) / x


def _width(beta: Beta) -> float:
    return sqrt(1 / beta.a + 1 / beta.b)


def _off(at: _Point, beta: Beta) -> float:
    """Return how far a rate is above the mean, from the smaller of x and y: it has the more digits."""
    total = beta.a + beta.b
    return at.x - beta.a / total if at.x < at.y else beta.b / total - at.y


def _log_kernel(at: _Point, beta: Beta) -> float:
    """Return the logarithm of x^a y^b / B(a, b): the density of the log odds.

    Where a and b are large this is a small difference of large numbers, so it is written around the mean.
    """
    a, b = beta.a, beta.b
    if min(a, b) < STIRLING_FROM:
        return a * at.log_x + b * at.log_y - log_beta(a, b)
    total = a + b
    mean, rest, off = a / total, b / total, _off(at, beta)
    lost = a * _excess(off / mean, at.log_x - log(mean)) + b * _excess(-off / rest, at.log_y - log(rest))
    corrections = _stirling(total) - _stirling(a) - _stirling(b)
    return 0.5 * log(a * rest) - LOG_ROOT_2PI + corrections - lost


def _excess(off: float, log_ratio: float) -> float:
    """Return off - log(1 + off); far away from 0 the logarithm is given."""
    return off - (log1p(off) if abs(off) < 0.5 else log_ratio)


def _log_below(at: _Point, beta: Beta) -> float:
    """Return the logarithm of the chance to lie at or below a rate."""
    if at.x <= (beta.a + 1) / (beta.a + beta.b + 2):
        return min(0.0, _log_tail(at, beta))
    above = exp(_log_tail(at.turned(), Beta(beta.b, beta.a)))
    return log1p(-min(above, 1 - CLOSE))


def _log_tail(at: _Point, beta: Beta) -> float:
    """Return the logarithm of the chance to lie at or below a rate that is not far above the mean."""
    return _log_kernel(at, beta) - log(_fraction(at, beta))


def _fraction(at: _Point, beta: Beta) -> float:
    """Return b1 + a2 / (b2 + a3 / (b3 + ...)), Lentz's way; one over it, times the kernel, is the chance.

    Source:
        Even part of DLMF 8.17.22, as in DiDonato and Morris, ACM TOMS 18 (1992) 360-373, equation 9: written with
        the distance to the mean, it keeps its digits where x or y is tiny.
    """
    a, b = beta.a, beta.b
    short = 1 - (a + b) * _off(at, beta)
    value = over = a / (a + 1) * short
    under = 0.0
    for n in range(1, MANY_TERMS):
        place, share = a + 2 * n, n * (b - n) * at.x / (a + 2 * n - 1)
        top = (a + n - 1) * (a + b + n - 1) * at.x / (place - 1) * share
        bottom = n + share + (a + n) / (place + 1) * (short + n * (1 + at.y))
        under = 1 / (bottom + top * under)
        over = bottom + top / over
        value *= over * under
        if abs(over * under - 1) < CLOSE:
            break
    return value


def _odds_at(p: float, beta: Beta) -> _Point:
    """Return the rate below which lies p, at most one half."""
    from statistics import NormalDist

    wanted = log(p)
    if min(beta.a, beta.b) > 1:
        odds = log(beta.a / beta.b) + NormalDist().inv_cdf(p) * _width(beta)
    else:
        odds = (wanted + log(beta.a) + log_beta(beta.a, beta.b)) / beta.a  # x^a / (a B(a, b)), from the left
    for _ in range(MANY_STEPS):
        at = _Point.at(odds)
        below = _log_below(at, beta)
        step = (below - wanted) * exp(below - _log_kernel(at, beta))
        odds -= step
        if abs(step) <= CLOSE * max(1.0, abs(odds)):
            break
    return _Point.at(odds)


def _summed(one: Beta, other: Beta, odds: float, step: float) -> float:
    """Return the sum of the other's density times the chance of one to lie below, from here into one direction."""
    total = 0.0
    while True:
        at = _Point.at(odds)
        density = exp(_log_kernel(at, other))
        total += density * exp(_log_below(at, one))
        if density * _width(other) < CLOSE:
            return total
        odds += step
