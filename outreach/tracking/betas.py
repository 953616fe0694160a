"""The beta distribution: what is known of a rate after so many conversions and so many visits without one.

Plain sums on the scale of log odds, right to six digits up to ten million visits. Nothing but the standard library: the
program would wait longer for scipy than for the whole report.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt, tanh
from typing import Final

__all__ = ["Beta", "beta_cdf", "beta_quantile", "chance_above"]

CLOSE: Final = 1e-10
MOST_TERMS: Final = 100_000
FARTHEST: Final = 750.0  # log odds of the smallest number that a computer has
HALVINGS: Final = 50


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


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the chance that a rate with the beta distribution (a, b) is at most x.

    Example:
        >>> round(beta_cdf(0.25, 1, 2), 9), beta_cdf(0, 1, 2), beta_cdf(1, 1, 2)
        (0.4375, 0.0, 1.0)

    """
    beta = Beta(a, b)
    return float(x >= 1) if x <= 0 or x >= 1 else _below(log(x) - log1p(-x), beta)


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the rate below which a rate with the beta distribution (a, b) lies with chance p.

    Raises:
        ValueError: p is no chance.

    Example:
        >>> round(beta_quantile(0.4375, 1, 2), 9), beta_quantile(0, 1, 2), beta_quantile(1, 1, 2)
        (0.25, 0.0, 1.0)

    """
    if not 0 <= p <= 1:
        raise ValueError(f"a chance lies between 0 and 1, not at {p}")
    beta = Beta(a, b)
    if p in (0, 1):
        return float(p)
    return _rate(_odds(p, beta) if p <= 0.5 else -_odds(1 - p, Beta(b, a)))  # the smaller chance has the more digits


def chance_above(one: Beta, other: Beta) -> float:
    """Return the chance that the rate of one is above the rate of the other, both unknown and independent.

    The other's density times the chance of one to lie above, summed over steps of half a width of the narrower: for
    such smooth curves, dying out on both sides, that sum is exact to eight digits.

    Example:
        >>> round(chance_above(Beta(60, 40), Beta(50, 50)), 6), round(chance_above(Beta(2, 2), Beta(2, 2)), 6)
        (0.923538, 0.5)

    """
    if _width(one) < _width(other):
        return 1 - chance_above(other, one)
    width = _width(other)
    step, middle = min(0.5 * width, 0.4), log(other.a / other.b)
    below = 0.0
    for start, direction in ((middle, step), (middle - step, -step)):
        odds, density = start, 1.0
        while density * width > CLOSE:
            density = exp(_log_density(odds, other))
            below += step * density * _below(odds, one)
            odds += direction
    return min(max(0.0, 1 - below), 1.0)


def _width(beta: Beta) -> float:
    """Return about how far log odds lie from their middle."""
    return sqrt(1 / beta.a + 1 / beta.b)


def _odds(p: float, beta: Beta) -> float:
    """Return the log odds below which lies the chance p."""
    low, high = -FARTHEST, FARTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, beta) < p else (low, middle)
    return high


def _rate(odds: float) -> float:
    return exp(odds) / (1 + exp(odds)) if odds < 0 else 1 / (1 + exp(-odds))


def _log_density(odds: float, beta: Beta) -> float:
    """Return the logarithm of the density of log odds: x^a (1 - x)^b / B(a, b)."""
    a, b = beta.a, beta.b
    log_x, log_y = (min(sign * odds, 0.0) - log1p(exp(-abs(odds))) for sign in (1, -1))
    return a * log_x + b * log_y + lgamma(a + b) - lgamma(a) - lgamma(b)


def _below(odds: float, beta: Beta) -> float:
    """Return the chance of log odds to be lower, by the side of the mean on which the fraction ends soon."""
    a, b = beta.a, beta.b
    x = (1 + tanh(odds / 2)) / 2
    if x > (a + 1) / (a + b + 2):
        return 1 - _below(-odds, Beta(b, a))
    return exp(_log_density(odds, beta)) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function (DLMF 8.17.22), Lentz's way."""
    over, under = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = under
    for m in range(1, MOST_TERMS):
        place = a + 2 * m
        even = m * (b - m) * x / ((place - 1) * place)
        odd = -(a + m) * (a + b + m) * x / (place * (place + 1))
        for term in (even, odd):
            under = 1 / (1 + term * under)
            over = 1 + term / over
            value *= over * under
        if abs(over * under - 1) < CLOSE:
            break
    return value
