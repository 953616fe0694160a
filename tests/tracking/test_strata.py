"""Two texts over places: equal to statsmodels and to Newcombe's own, no place decides, and the promises are kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.contingency_tables import StratifiedTable

from outreach.intervals import newcombe_difference
from outreach.tracking.strata import Stratum, chance_better, common_difference, compare, mantel_haenszel
from outreach.tracking.verdict import AHEAD, BEHIND, CANNOT_TELL, NOT_BY_VISITS
from tests.examples import examples

one_text = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
strata = st.lists(st.tuples(one_text, one_text).map(lambda both: Stratum(*both[0], *both[1])), min_size=1, max_size=6)


@settings(max_examples=examples(60))
@given(strata, st.randoms())
def test_as_statsmodels_has_it_and_the_order_does_not_matter(places, chance):
    """The test with its continuity correction; swapped texts give the same with the sign turned."""
    tables = [np.array([[one.k, one.n - one.k], [one.other_k, one.other_n - one.other_k]]) for one in places]
    z = mantel_haenszel(places)
    if 0 < sum(one.conversions for one in places) < sum(one.visits for one in places) and z:
        assert z * z == pytest.approx(StratifiedTable(tables).test_null_odds(correction=True).statistic)
        assert compare(places).p == pytest.approx(2 * norm.sf(abs(z)))
    mixed = chance.sample(places, len(places))
    swapped = [Stratum(one.other_k, one.other_n, one.k, one.n) for one in mixed]
    found, turned = compare(places), compare(swapped)
    assert turned.difference == pytest.approx(-found.difference, abs=1e-12)
    assert (turned.low, turned.high) == (pytest.approx(-found.high, abs=1e-9), pytest.approx(-found.low, abs=1e-9))
    assert turned.chance == pytest.approx(1 - found.chance, abs=1e-6)
    assert {found.word, turned.word} in ({AHEAD, BEHIND}, {found.word})


def test_one_place_is_newcombes_own():
    """With one stratum nothing is pooled."""
    assert common_difference([Stratum(9, 120, 3, 80)]) == newcombe_difference(9, 120, 3, 80)


def test_the_chance_is_that_of_the_posteriors():
    """The weighted rates as one beta each, beside a million draws of what they stand for, weighed by the prior."""
    draws = np.random.default_rng(0)
    places = [Stratum(4, 30, 2, 40), Stratum(12, 200, 9, 150), Stratum(0, 15, 1, 60)]
    total = sum(one.weight for one in places)
    own, others = np.zeros(1_000_000), np.zeros(1_000_000)
    for k, n, other_k, other_n in places:
        weight, prior = n * other_n / (n + other_n) / total, (k + other_k + 0.5) / (n + other_n + 1)
        own += weight * draws.beta(k + prior, n - k + 1 - prior, len(own))
        others += weight * draws.beta(other_k + prior, other_n - other_k + 1 - prior, len(others))
    believed = norm.pdf(np.log(own / others), 0, np.log(1.5))
    assert chance_better(places) == pytest.approx((believed * (own > others)).sum() / believed.sum(), abs=0.015)


def test_a_good_place_makes_no_text_better():
    """Text a had most of its visits where everybody converts; in each place both do equally well."""
    found = compare([Stratum(80, 400, 20, 100), Stratum(2, 100, 8, 400)])
    assert (found.word not in (AHEAD, BEHIND), found.difference) == (True, 0)
    assert found.chance == pytest.approx(0.5, abs=0.02)


def test_words_by_hand():
    """A clear lead, its mirror, few visits, nobody, and a difference that no number of visits settles soon."""
    assert compare([Stratum(24, 150, 9, 160), Stratum(12, 60, 3, 70)]).word == AHEAD
    assert compare([Stratum(9, 160, 24, 150), Stratum(3, 70, 12, 60)]).word == BEHIND
    assert compare([Stratum(3, 40, 1, 40)]).word == CANNOT_TELL
    assert compare([Stratum(3, 40, 1, 40)]).more > 100
    assert (compare([Stratum(0, 40, 0, 40)]).word, compare([Stratum(0, 40, 0, 40)]).more) == (CANNOT_TELL, None)
    assert compare([Stratum(0, 90, 1, 90)]).word == NOT_BY_VISITS
    with pytest.raises(ValueError, match="both had visits"):
        compare([Stratum(0, 0, 0, 3)])


@pytest.mark.slow
def test_what_is_promised_is_kept():
    """Equal texts: a lead is called in 3 % at most, the range holds; after the visits that were named it is decided."""
    draws = np.random.default_rng(0)
    called = held = decided = asked = 0
    rounds = 600
    for _ in range(rounds):
        rates, visits = draws.uniform(0.02, 0.15, 4), draws.integers(20, 200, (2, 4))
        places = [
            Stratum(int(draws.binomial(n, p)), int(n), int(draws.binomial(m, p)), int(m))
            for p, n, m in zip(rates, *visits, strict=True)
        ]
        found = compare(places)
        called += found.word in (AHEAD, BEHIND)
        held += found.low <= 0 <= found.high
        if found.word == CANNOT_TELL and asked < 150:
            asked += 1
            better = (1.5, 1) if found.difference >= 0 else (1, 1.5)
            share = [one.visits / sum(place.visits for place in places) for one in places]
            more = [round(found.more * part) for part in share]
            then = [
                Stratum(
                    one.k + int(draws.binomial(n, better[0] * one.conversions / one.visits)),
                    one.n + n,
                    one.other_k + int(draws.binomial(n, better[1] * one.conversions / one.visits)),
                    one.other_n + n,
                )
                for one, n in zip(places, more, strict=True)
            ]
            decided += compare(then).word in (AHEAD, BEHIND)
    assert called / rounds <= 0.03
    assert held / rounds >= 0.93
    assert 0.7 <= decided / asked <= 0.95
