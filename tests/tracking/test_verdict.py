"""What is said of a resource: each word by hand, how often it is wrong, and what is never said."""

from math import inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, fisher_exact

from outreach.tracking.pooling import Pool, fit
from outreach.tracking.statistics import newcombe_difference, wilson
from outreach.tracking.verdict import AHEAD, BELOW, CANNOT_TELL, NOT_PROVEN, Verdict, luck, verdict, visits_needed
from tests.examples import examples

small = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
reports = st.lists(small, min_size=2, max_size=8)


def verdicts(counts):
    """Return what is said of each resource of a report."""
    pool, conversions, visits = fit(counts), sum(k for k, _ in counts), sum(n for _, n in counts)
    return [verdict(k, n, conversions - k, visits - n, pool) for k, n in counts]


def words(counts):
    return [said.word for said in verdicts(counts)]


def test_the_four_words():
    """A star, a good one, a dud with many visits; the rest and a newcomer in between."""
    counts = [(24, 200), (9, 100), (1, 200), (5, 100), (4, 100), (4, 100), (0, 10)]
    assert words(counts) == [AHEAD, NOT_PROVEN, BELOW, *[CANNOT_TELL] * 4]


def test_one_resource_has_no_verdict():
    """There is nothing to be ahead of, also where the others had no visits."""
    assert verdict(3, 100, 0, 0, fit([(3, 100)])) is None
    assert verdicts([(3, 100), (0, 0)])[0] is None


def test_two_resources():
    """Two of them are compared with each other."""
    assert words([(20, 200), (4, 200)]) == [AHEAD, BELOW]
    assert words([(8, 200), (4, 200)]) == [NOT_PROVEN, CANNOT_TELL]
    assert words([(5, 200), (4, 200)]) == [CANNOT_TELL, CANNOT_TELL]


def test_a_resource_without_visits_is_told_how_many_would_tell():
    """No visits are no failure."""
    said = verdicts([(0, 0), (10, 500), (12, 500)])[0]
    assert said.word == CANNOT_TELL
    assert said.more > 100


@settings(max_examples=examples(40))  # each fits a pool
@given(st.integers(0, 60), st.lists(small, min_size=1, max_size=8))
def test_nothing_after_few_visits_is_never_held_against_a_resource(n, others):
    """Below average needs three expected conversions at the others' rate."""
    conversions, visits = sum(k for k, _ in others), sum(m for _, m in others)
    said = verdicts([(0, n), *others])[0]
    if visits and n * (conversions + 0.5) / (visits + 1) < 3:
        assert said.word == CANNOT_TELL


def test_one_conversion_of_three_visits_is_not_ahead():
    """Newcombe's range alone would say so of 33 % beside 2 %; a rate of 2 % does it in 6 of 100 cases."""
    assert newcombe_difference(1, 3, 20, 1000).low > 0
    assert luck(1, 3, 20, 1000) > 0.05
    assert words([(1, 3), (20, 1000)])[0] != AHEAD


def test_the_best_of_many_equals_is_not_ahead():
    """Seven of 100 among thirty resources with 2 to 3 % happens by itself."""
    counts = [(7, 100), *[(2, 100)] * 20, *[(3, 100)] * 9]
    assert luck(7, 100, 67, 2900) < 0.025
    assert AHEAD not in words(counts)


@settings(max_examples=examples(40))  # each fits a pool
@given(reports)
def test_ahead_keeps_all_its_promises(counts):
    """Wherever it is said, the pool tells resources apart, Newcombe's range is above 0, luck is 2.5 % at most."""
    pool, conversions, visits = fit(counts), sum(k for k, _ in counts), sum(n for _, n in counts)
    for (k, n), said in zip(counts, verdicts(counts), strict=True):
        if said and said.word == AHEAD:
            assert pool.told_apart
            assert newcombe_difference(k, n, conversions - k, visits - n).low > 0
            assert luck(k, n, conversions - k, visits - n) <= 0.025


@settings(max_examples=examples(40))  # each fits a pool
@given(reports)
def test_not_all_are_above_and_not_all_below(counts):
    """Whoever is ahead leaves another who is not; only "can't tell yet" may be said of all."""
    found = [said for said in verdicts(counts) if said]
    assert {said.word for said in found} not in ({AHEAD}, {BELOW})
    assert all(said.more is None or said.more >= 10 for said in found)
    assert all(said.more is None for said in found if said.word != CANNOT_TELL)


@given(small.filter(lambda seen: seen[1]), small.filter(lambda seen: seen[1]))
def test_luck_is_fishers_exact_test(one, other):
    """The chance from two beta distributions is scipy's sum of hypergeometric terms."""
    (k, n), (others_k, others_n) = one, other
    want = fisher_exact([[k, n - k], [others_k, others_n - others_k]], alternative="greater").pvalue
    assert luck(k, n, others_k, others_n) == pytest.approx(want, abs=1e-7)


def expected(sizes, rate, worth):
    """Return the chance-weighted sum of a value over all counts of two resources with one rate, nothing random."""
    one, other = ([binom.pmf(k, n, rate) for k in range(n + 1)] for n in sizes)
    total = 0.0
    for k, chance in enumerate(one):
        for others_k, others_chance in enumerate(other):
            if chance * others_chance > 1e-6:
                total += chance * others_chance * worth(k, others_k)
    return total


@pytest.mark.parametrize("rate", [0.03, 0.1, 0.3])
@pytest.mark.parametrize("sizes", [(12, 30), (25, 25)])
def test_luck_keeps_its_promise_for_equal_rates(sizes, rate):
    """Exactly: of resources that are equal, the test calls at most 2.5 % ahead."""
    n, others_n = sizes
    assert expected(sizes, rate, lambda k, others_k: luck(k, n, others_k, others_n) <= 0.025) <= 0.025


@pytest.mark.parametrize(("sizes", "rate"), [((30, 30), 0.1), ((20, 60), 0.05), ((60, 20), 0.2)])
def test_how_often_equal_resources_are_told_something(sizes, rate):
    """Exactly, for two resources with one rate: ahead in 1 % at most, not proven in a fifth, below in a ninth."""
    n, others_n = sizes
    said = dict.fromkeys((AHEAD, NOT_PROVEN, BELOW, CANNOT_TELL), 0.0)

    def count(k, others_k):
        pool = fit([(k, n), (others_k, others_n)])
        word = verdict(k, n, others_k, others_n, pool).word
        said[word] += binom.pmf(k, n, rate) * binom.pmf(others_k, others_n, rate)
        return 1.0

    assert expected(sizes, rate, count) == pytest.approx(1, abs=1e-3)
    assert said[AHEAD] <= 0.01
    assert said[NOT_PROVEN] <= 0.2
    assert said[BELOW] <= 1 / 9


@pytest.mark.parametrize(("rate", "other"), [(0.03, 0.02), (0.01, 0.02), (0.5, 0.4), (0.001, 0.01)])
def test_visits_needed_is_where_wilsons_range_leaves_the_other_rate(rate, other):
    """Just before it holds the other rate, just after it does not; n need not be whole here."""
    needed = visits_needed(rate, other)
    for factor, holds in ((0.98, True), (1.02, False)):
        n = needed * factor
        z2 = 1.959963984540054**2
        middle = (rate * n + z2 / 2) / (n + z2)
        half = (z2 * (rate * (1 - rate) * n + z2 / 4)) ** 0.5 / (n + z2)
        assert (middle - half <= other <= middle + half) is holds


def test_visits_needed_for_nothing_to_be_seen():
    """Equal rates never part."""
    assert visits_needed(0.02, 0.02) == inf
    found = wilson(23, 753)
    assert found.low > 0.02
    assert round(visits_needed(0.03, 0.02)) == 753


def test_more_is_what_a_difference_of_half_needs():
    """Beside a rate of 2 % that is well known, 3 % or 1 % show after 753 visits; 100 of them are there."""
    pool = Pool(20, 980, visits=10**6)
    assert verdict(2, 100, 20_000, 999_900, pool) == Verdict(CANNOT_TELL, more=650)


def test_more_counts_the_visits_of_both_where_both_are_few():
    """Two with 100 visits each need twice 753 before their two errors together are as small."""
    said = verdict(2, 100, 2, 100, fit([(2, 100)] * 2))
    needed = visits_needed(1.5 * 2.5 / 101, 2.5 / 101)
    assert isclose(said.more, 2 * needed - 100, rel_tol=0.05)


def test_enough_visits_and_no_difference_ask_for_no_more():
    """After 5,000 visits at the same rate there is no difference to be seen: no number."""
    assert verdicts([(100, 5000), (100, 5000), (101, 5000)]) == [Verdict(CANNOT_TELL)] * 3


def test_where_nobody_converts_no_number_is_made_up():
    """Without any conversion nobody knows how many visits one takes."""
    assert verdicts([(0, 50), (0, 80)]) == [Verdict(CANNOT_TELL)] * 2


def test_more_has_two_digits():
    """ "About" is two digits, in tens."""
    for n in (0, 10, 37, 100, 333):
        more = verdict(0, n, 30, 3000, fit([(0, n), (30, 3000)])).more
        assert more is None or len(str(more).rstrip("0")) <= 2
        assert more is None or more % 10 == 0


@pytest.mark.parametrize("counts", [(2, 1, 0, 5), (0, 5, 6, 5), (-1, 5, 0, 5)])
def test_no_counts_are_refused(counts):
    """A mistake of the caller."""
    with pytest.raises(ValueError, match="no count of hits and visits"):
        verdict(*counts, Pool(1, 1))
    with pytest.raises(ValueError, match="no count of hits and visits"):
        luck(*counts)
