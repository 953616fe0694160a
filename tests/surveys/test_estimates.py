"""Score, satisfaction and gaps: values known by hand, scipy beside them, and how often the ranges are right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from outreach.surveys.estimates import mean_difference, mean_share, net_promoter_score, t_quantile


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "shown"),
    [(7, 2, 12, (42, -6, 72)), (12, 0, 12, (100, 54, 100)), (0, 0, 12, (0, -16, 16)), (6, 0, 12, (50, 10, 70))],
)
def test_scores_known_by_hand(promoters, detractors, n, shown):
    """The values of the adjusted Wald interval for twelve answers."""
    found = net_promoter_score(promoters, detractors, n)
    assert (round(found.value), round(found.interval.low), round(found.interval.high)) == shown


def test_no_answers_and_impossible_counts():
    """Nothing is missing, and never zero."""
    assert net_promoter_score(0, 0, 0) is None
    for counts in ((-1, 0, 2), (2, 1, 2)):
        with pytest.raises(ValueError, match="not counts"):
            net_promoter_score(*counts)


@pytest.mark.parametrize("degrees", [1, 2, 5, 11, 30, 400, 100_000])
def test_quantiles_are_those_of_scipy(degrees):
    """Of Student's t, by the beta distribution."""
    for p in (0.6, 0.9, 0.975, 0.995):
        assert t_quantile(p, degrees) == pytest.approx(stats.t.ppf(p, degrees), rel=1e-6)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=20).filter(lambda grades: len(set(grades)) > 1))
def test_the_range_of_a_mean_is_that_of_scipy_on_the_scale_of_odds(grades):
    """Logit-t, inside of 0 and 1, and around the mean."""
    shares = np.array(grades) / 4
    found = mean_share(shares.tolist())
    m, error = shares.mean(), stats.sem(shares)
    ends = stats.t.interval(0.95, len(shares) - 1, loc=np.log(m / (1 - m)), scale=error / (m * (1 - m)))
    assert (found.interval.low, found.interval.high) == pytest.approx(1 / (1 + np.exp(-np.array(ends))), rel=1e-6)
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=20))
def test_gaps_are_those_of_a_paired_t(pairs):
    """As scipy tests the two grades of each customer."""
    differences = [after - before for before, after in pairs]
    found = mean_difference(differences)
    if len(set(differences)) == 1:
        assert found.interval is None
        return
    wanted = stats.ttest_rel([after for _, after in pairs], [before for before, _ in pairs]).confidence_interval(0.95)
    assert (found.interval.low, found.interval.high) == pytest.approx((wanted.low, wanted.high), rel=1e-5, abs=1e-9)


def test_equal_answers_have_no_range():
    """One customer, or several of one mind, do not show how far others are from them."""
    assert mean_share([1.0, 1.0, 1.0]).interval is None
    assert mean_share([0.5]).interval is mean_difference([2]).interval is None
    assert mean_share([]) is mean_difference([]) is None


@pytest.mark.slow
def test_the_range_of_the_score_is_right_often_enough():
    """With twelve answers, in at least 92.5 % of samples, whatever all customers think."""
    dice = np.random.default_rng(0)
    worst = 1.0
    for promoters, detractors in [(0.1, 0.1), (0.3, 0.3), (0.5, 0.2), (0.6, 0.1), (0.7, 0.15), (0.8, 0.1), (0.2, 0.6)]:
        truth = 100 * (promoters - detractors)
        samples = dice.multinomial(12, [promoters, detractors, 1 - promoters - detractors], 4000)
        right = [
            interval.low <= truth <= interval.high
            for p, d, _ in samples.tolist()
            for interval in [net_promoter_score(p, d, 12).interval]
        ]
        worst = min(worst, float(np.mean(right)))
    assert worst >= 0.925
