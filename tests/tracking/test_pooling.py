"""What resources have in common: the published fit, an independent optimiser, and every poor set of counts."""

import csv
from math import isfinite, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import betaln
from scipy.stats import beta as scipy_beta

from outreach.tracking.betas import Beta
from outreach.tracking.pooling import Pool, Shrunk, fit, shrunk

SHARED = Path(__file__).parents[3] / "shared" / "fixtures" / "results" / "stats"

one_count = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
reports = st.lists(one_count, max_size=15)

# Efron and Morris, JASA 70 (1975) 311-319: hits in the first 45 times at bat of 1970, and the average of the remainder
HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)
THOUSANDTHS = (346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 285, 316, 200)
LATER = tuple(average / 1000 for average in THOUSANDTHS)


def likelihood(alpha, beta, counts):
    """Return the logarithm of the likelihood, by scipy."""
    hits, totals = np.array(counts).T
    return float((betaln(alpha + hits, beta + totals - hits) - betaln(alpha, beta)).sum())


def by_scipy(counts):
    """Return alpha and beta of the highest likelihood, without bounds, by an independent optimiser."""
    found = minimize(
        lambda logs: -likelihood(*np.exp(logs), counts),
        [0.0, 1.0],
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 10_000},
    )
    return np.exp(found.x)


def drawn(alpha, beta, sizes, seed):
    """Return counts of resources whose rates come from a beta distribution."""
    dice = np.random.default_rng(seed)
    return [(int(dice.binomial(n, dice.beta(alpha, beta))), n) for n in sizes]


def test_the_fit_of_ebbr():
    """R's ebbr prints alpha 11.391, beta 46.088 and ten posterior means for the data in its README."""
    path = SHARED / "ebbr_readme_simdat_1000.csv"
    if not path.is_file():
        pytest.skip("no real files beside the checkout")
    with path.open(encoding="utf-8") as lines:
        counts = [(int(row["x"]), int(row["total"])) for row in csv.DictReader(lines)]
    pool = fit(counts)
    assert (pool.alpha, pool.beta) == pytest.approx((11.391, 46.088), rel=1e-3)
    assert pool.told_apart
    assert not pool.capped
    printed = {
        (66, 182): 0.3231651, (198, 1015): 0.1952404, (1, 5): 0.1983261, (3, 12): 0.2071305, (223, 1259): 0.1780440,
        (5, 40): 0.1681512, (4, 49): 0.1445468, (30, 188): 0.1686140, (43, 238): 0.1840781, (238, 1046): 0.2260045,
    }  # fmt: skip
    assert counts[:10] == list(printed)
    assert [shrunk(k, n, pool).rate for k, n in printed] == pytest.approx(list(printed.values()), abs=2e-6)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("alpha", "beta"), [(2, 60), (5, 100), (1, 3), (20, 20)])
def test_the_fit_agrees_with_an_independent_optimiser(alpha, beta, seed):
    """On made data the same peak of the likelihood, wherever the bounds do not hold it."""
    counts = drawn(alpha, beta, [20, 50, 100, 300, 1000] * 8, seed)
    pool, want = fit(counts), by_scipy(counts)
    assert not pool.capped
    assert (pool.alpha, pool.beta) == pytest.approx(tuple(want), rel=1e-3)
    assert likelihood(pool.alpha, pool.beta, counts) == pytest.approx(likelihood(*want, counts), abs=1e-6)


def test_baseball_without_the_bound():
    """The likelihood of Efron and Morris' data peaks at alpha + beta = 793: it nearly makes all players one."""
    pool = fit([(hits, 45) for hits in HITS], bound=10_000)
    assert (pool.alpha, pool.beta) == pytest.approx((210.55, 582.69), rel=1e-3)
    assert pool.alpha + pool.beta == pytest.approx(793, rel=1e-3)


def test_baseball_with_the_bound():
    """Held at 45 x 17/18 x 3 it tells the season's remainder better: 0.0217, as good as Stein's estimate (0.0213)."""
    pool = fit([(hits, 45) for hits in HITS])
    assert pool.capped
    assert not pool.told_apart
    assert pool.strength == pytest.approx(127.5)
    rates = [shrunk(hits, 45, pool).rate for hits in HITS]
    raw = sum((hits / 45 - later) ** 2 for hits, later in zip(HITS, LATER, strict=True))
    assert raw == pytest.approx(0.0753, abs=5e-5)
    assert sum((rate - later) ** 2 for rate, later in zip(rates, LATER, strict=True)) == pytest.approx(0.0217, abs=5e-5)


def test_robinson_batting_averages():
    """Beta(101.4, 287.3): 300 of 1000 becomes .2890, 4 of 10 becomes .2644 (Robinson, "Empirical Bayes", 2017)."""
    pool = Pool(101.4, 287.3, visits=10**6)
    assert pool.mean == pytest.approx(0.2609, abs=5e-5)
    assert [shrunk(*seen, pool).rate for seen in ((300, 1000), (4, 10))] == pytest.approx([0.2890, 0.2644], abs=5e-5)


@pytest.mark.parametrize("counts", [[], [(0, 0)], [(0, 0)] * 5])
def test_without_visits_nothing_is_known(counts):
    """No resources, and resources that nobody came from, leave Jeffreys' Beta(½, ½)."""
    assert fit(counts) == Pool(0.5, 0.5, visits=0, told_apart=False, capped=True)


@pytest.mark.parametrize("seen", [(3, 100), (0, 40), (40, 40), (1, 1), (0, 1)])
def test_a_single_resource_learns_nothing_from_itself(seen):
    """Its range is Jeffreys' own, not one that counts its visits twice."""
    k, n = seen
    pool = fit([seen, (0, 0)])
    assert not pool.told_apart
    assert pool.before(n) == Beta(0.5, 0.5)
    want = scipy_beta(k + 0.5, n - k + 0.5)
    found = shrunk(k, n, pool)
    assert (found.rate, found.low, found.high) == pytest.approx((want.mean(), want.ppf(0.025), want.ppf(0.975)))


@pytest.mark.parametrize("counts", [[(0, 10), (0, 1000), (0, 3)], [(0, 1), (0, 1)], [(0, 100)] * 10])
def test_nothing_converted_is_not_zero_percent(counts):
    """With no conversion anywhere the common rate is that of half a conversion, and resources are not told apart."""
    pool = fit(counts)
    visits = sum(n for _, n in counts)
    assert (pool.told_apart, pool.capped) == (False, True)
    assert pool.mean == pytest.approx(0.5 / (visits + 1))
    assert all(0 < shrunk(k, n, pool).rate < shrunk(k, n, pool).high for k, n in counts)


def test_everybody_converted_is_not_a_hundred_percent():
    """The mirror image of nothing."""
    pool, mirror = fit([(10, 10), (3, 3)]), fit([(0, 10), (0, 3)])
    assert (pool.alpha, pool.beta) == pytest.approx((mirror.beta, mirror.alpha))
    assert shrunk(3, 3, pool).rate < 1


def test_all_or_nothing_is_told_apart():
    """Two resources, one of which always converts: their pool says nothing, at no less than one visit."""
    pool = fit([(0, 100), (100, 100)])
    assert pool.told_apart
    assert (pool.alpha, pool.beta) == pytest.approx((0.5, 0.5), rel=1e-3)


def test_equal_resources_are_not_told_apart_and_keep_room_to_move():
    """Ten equal resources of 100 visits meet the bound 100 x 9/10 x sqrt(5): their own visits weigh a third."""
    pool = fit([(3, 100)] * 10)
    assert (pool.told_apart, pool.capped) == (False, True)
    assert pool.strength == pytest.approx(90 * sqrt(5))
    assert pool.mean == pytest.approx(30.5 / 1001)
    assert shrunk(12, 100, pool).rate == pytest.approx((12 + pool.alpha) / (100 + pool.strength))


def test_a_small_resource_beside_a_large_one_keeps_the_common_rate():
    """Half a conversion of the pool must not lift the rate of a resource with three visits."""
    pool = fit([(20, 1000), (0, 3)])
    assert pool.mean == pytest.approx(20.5 / 1004)
    assert shrunk(0, 3, pool).rate < 0.02
    assert shrunk(0, 3, pool).high > 0.08


@given(reports)
def test_whatever_the_counts_the_pool_is_sound(counts):
    """Both parts are at least one half, all is finite, the mean is no certainty."""
    pool = fit(counts)
    assert isfinite(pool.strength)
    assert min(pool.alpha, pool.beta) >= 0.5 - 1e-12
    assert 0 < pool.mean < 1
    assert pool.strength <= pool.visits + 1.001


@given(reports, st.randoms())
def test_the_order_of_resources_does_not_matter(counts, dice):
    """The same counts in another order give the same pool to the last digit."""
    mixed = counts.copy()
    dice.shuffle(mixed)
    assert fit(mixed) == fit(counts)


@given(reports.filter(lambda counts: any(n for _, n in counts)))
def test_resources_without_visits_tell_nothing(counts):
    """They do not change the pool."""
    assert fit([*counts, (0, 0)]) == fit(counts)


@given(reports, one_count)
def test_shrunk_lies_between_what_was_seen_and_what_was_expected(counts, seen):
    """The rate is never beyond its own count and the pool; the range holds it."""
    k, n = seen
    pool = fit([*counts, seen])
    found, before = shrunk(k, n, pool), pool.before(n)
    ends = (before.mean, k / n) if n else (before.mean, before.mean)
    assert min(ends) - 1e-12 <= found.rate <= max(ends) + 1e-12
    assert 0 <= found.low < found.high <= 1
    assert min(before.a, before.b) >= 0.5
    assert before.strength <= max(1, pool.visits - n + 1) + 1e-9


def test_shrunk_is_the_middle_95_percent():
    """Equal tails, as scipy has them."""
    pool = Pool(11.39115, 46.0875, visits=10**6)
    want = scipy_beta(11.39115 + 66, 46.0875 + 116)
    found = shrunk(66, 182, pool)
    assert isinstance(found, Shrunk)
    assert (found.low, found.high) == pytest.approx((want.ppf(0.025), want.ppf(0.975)), rel=1e-10)


@pytest.mark.parametrize("seen", [(-1, 5), (6, 5)])
def test_no_counts_are_refused(seen):
    """A mistake of the caller, wherever it is made."""
    with pytest.raises(ValueError, match="not a count of hits and visits"):
        fit([(1, 2), seen])
    with pytest.raises(ValueError, match="not a count of hits and visits"):
        shrunk(*seen, Pool(1, 1))


def test_counts_beyond_every_site_end():
    """Ten resources with 10^12 visits: slightly rough, but an answer."""
    pool = fit([(10**10 * place, 10**12) for place in range(1, 11)])
    assert pool.told_apart
    assert pool.mean == pytest.approx(0.055, rel=0.05)
