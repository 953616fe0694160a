"""Likely ranges: published values, independent implementations, and how often they hold the true rate."""

import csv
from math import exp, log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, chi2, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from outreach.intervals import Interval, garwood, newcombe_difference, normal_quantile, wilson

SHARED = Path(__file__).parents[2] / "shared" / "fixtures" / "results" / "stats"


@st.composite
def counts(draw, most=10**6):
    n = draw(st.integers(1, most))
    return draw(st.integers(0, n)), n


def pair(interval):
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R, package binom, binom.confint(methods = "wilson"), as in the tests of statsmodels
        (18, 20, 0.6989663547715128, 0.972133518786232),
        (4, 20, 0.0806576625797981, 0.4160174322518935),
        (4, 200, 0.00780442641634947, 0.05028708690582643),
        (190, 200, 0.910421851861224, 0.972617354399236),
        (19, 38, 0.348499283643951, 0.651500716356049),
    ],
)
def test_wilson_is_that_of_r(k, n, low, high):
    """Wilson's range is R's to the last printed digit."""
    assert pair(wilson(k, n)) == pytest.approx((low, high), abs=1e-14)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (1, 30, 0.00590859, 0.16670391),  # R, binom.confint, printed with fewer digits
        (29, 30, 0.8332961, 0.9940914),
        (3, 10, 0.1077913, 0.6032219),  # R, prop.test(correct = FALSE), as in the tests of scipy
        (0, 10, 0.0, 0.2775328),
        (10, 10, 0.7224672, 1.0),
        (81, 263, 0.2553, 0.3662),  # examples of Newcombe, Statistics in Medicine 17 (1998) 857-872
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_that_of_the_books(k, n, low, high):
    """Wilson's range is the printed one, within the digits printed."""
    digits = 5e-8 if high not in {0.3662, 0.1605, 0.1611, 0.1718} else 5e-5
    assert pair(wilson(k, n)) == pytest.approx((low, high), abs=digits)


def test_wilson_takes_a_confidence():
    """R, prop.test(3, 10, conf.level = 0.99, correct = FALSE)."""
    assert pair(wilson(3, 10, 0.99)) == pytest.approx((0.07956632, 0.6799753), abs=5e-8)


def test_wilson_agrees_with_the_file_of_r():
    """All cases of the table that R printed."""
    path = SHARED / "r_binom_confint_statsmodels.csv"
    if not path.is_file():
        pytest.skip("no real files beside the checkout")
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["method"] == "wilson"]
    assert len(rows) == 6
    for row in rows:
        want = float(row["low"]), float(row["high"])
        assert pair(wilson(int(row["k"]), int(row["n"]))) == pytest.approx(want, abs=5e-8)


@given(counts(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_agrees_with_scipy_and_statsmodels(seen, confidence):
    """Two independent implementations give the same range."""
    k, n = seen
    got = pair(wilson(k, n, confidence))
    there = binomtest(k, n).proportion_ci(confidence, method="wilson")
    assert got == pytest.approx((there.low, there.high), abs=1e-12)
    assert got == pytest.approx(proportion_confint(k, n, 1 - confidence, method="wilson"), abs=1e-12)


@given(counts())
def test_wilson_holds_the_rate_and_is_a_mirror(seen):
    """The range lies within 0..1 around the rate; misses give the mirror image of hits."""
    k, n = seen
    found, mirror = wilson(k, n), wilson(n - k, n)
    assert 0 <= found.low <= k / n <= found.high <= 1
    assert pair(found) == pytest.approx((1 - mirror.high, 1 - mirror.low), abs=1e-12)


@given(st.integers(1, 10**12))
def test_nothing_and_everything_touch_the_ends_exactly(n):
    """No hit is exactly 0 below, nothing but hits exactly 1 above, whatever rounding does."""
    assert wilson(0, n).low == 0.0 < wilson(0, n).high
    assert wilson(n, n).high == 1.0 > wilson(n, n).low


def test_nothing_seen_has_no_range():
    """A rate without visits is missing, not 0 %."""
    assert wilson(0, 0) is None
    assert newcombe_difference(0, 0, 1, 2) is None
    assert newcombe_difference(1, 2, 0, 0) is None


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_no_counts_are_refused(k, n):
    """More hits than visits is a mistake of the caller."""
    with pytest.raises(ValueError, match=f"^{k} of {n} is not a count of hits and visits$"):
        wilson(k, n)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_is_the_printed_one(counts, low, high):
    """The eight examples of the paper that introduced the method."""
    assert pair(newcombe_difference(*counts)) == pytest.approx((low, high), abs=5e-5)


@given(counts(10**5), counts(10**5))
def test_newcombe_agrees_with_statsmodels(first, second):
    """An independent implementation gives the same range."""
    want = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert pair(newcombe_difference(*first, *second)) == pytest.approx(tuple(map(float, want)), abs=1e-10)


@given(counts(1000), counts(1000))
def test_newcombe_turns_with_its_order(first, second):
    """The second less the first is the negative of the first less the second."""
    one, other = newcombe_difference(*first, *second), newcombe_difference(*second, *first)
    assert one == Interval(-other.high, -other.low)
    assert -1 <= one.low <= first[0] / first[1] - second[0] / second[1] <= one.high <= 1


@given(st.floats(1e-6, 1 - 1e-6))
def test_normal_quantile_agrees_with_scipy(p):
    """The standard library's quantile has the digits that we need."""
    assert normal_quantile(p) == pytest.approx(norm.ppf(p), abs=1e-9)


@pytest.mark.parametrize("n", [10, 20, 50, 100, 300, 1000])
def test_wilson_holds_the_true_rate_as_often_as_it_says(n):
    """Averaged over rates from 0.5 % to 30 %, log-uniform, 95 % means 93.5 to 97 %; and never below 83 %.

    Exact: for each rate the chances of all counts whose range holds it are added, nothing is drawn at random.
    """
    points = 2000
    rates = [exp(log(0.005) + (place + 0.5) / points * log(0.3 / 0.005)) for place in range(points)]
    ranges = [wilson(k, n) for k in range(n + 1)]
    lows, highs = [one.low for one in ranges], [one.high for one in ranges]
    held = []
    for rate in rates:
        inside = [k for k in range(n + 1) if lows[k] <= rate <= highs[k]]
        held.append(binom.cdf(inside[-1], n, rate) - binom.cdf(inside[0] - 1, n, rate))
    assert 0.935 <= sum(held) / points <= 0.97
    assert min(held) >= 0.83


@pytest.mark.parametrize("k", [0, 1, 2, 10, 37, 1000, 50_000])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.999])
def test_garwood_is_that_of_chi_square(k, confidence):
    """Its ends are halves of quantiles of chi-square."""
    tail = (1 - confidence) / 2
    low = chi2.ppf(tail, 2 * k) / 2 if k else 0.0
    assert pair(garwood(k, confidence)) == pytest.approx((low, chi2.ppf(1 - tail, 2 * k + 2) / 2), rel=1e-8)
