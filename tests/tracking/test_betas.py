"""The beta distribution against scipy, at the sizes that counts of visits have."""

from math import exp, isfinite, log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betainc, betaincinv, betaln
from scipy.stats import beta as scipy_beta

from outreach.tracking.betas import Beta, beta_cdf, beta_quantile, chance_above
from tests.examples import examples

sizes = st.floats(-1, 7).map(lambda power: 10**power)
"""From a tenth of a visit to ten million, every order of magnitude alike."""


@st.composite
def places(draw):
    """Return a, b and a rate: anywhere, tiny, or within some widths of the mean, where the chance changes."""
    a, b = draw(sizes), draw(sizes)
    known = scipy_beta(a, b)
    x = draw(
        st.one_of(
            st.floats(1e-300, 1e-3),
            st.floats(1e-6, 1 - 1e-6),
            st.floats(-6, 6).map(lambda steps: float(known.mean() + steps * known.std())),
        )
    )
    assume(0 < x < 1)
    return a, b, x


@given(places())
def test_cdf_agrees_with_scipy(place):
    """The chance to lie below is scipy's within 1e-6."""
    a, b, x = place
    assert beta_cdf(x, a, b) == pytest.approx(betainc(a, b, x), abs=1e-6)


@pytest.mark.parametrize("x", [1e-300, 1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-6, 1 - 1e-12])
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (0.5, 1e7), (1e7, 0.5), (1, 1), (1e7, 1e7), (10, 10), (9.99, 10.01)])
def test_cdf_at_the_ends_and_at_the_switches(a, b, x):
    """Tiny rates, lopsided shapes, and the sizes where one formula hands over to another."""
    assert beta_cdf(x, a, b) == pytest.approx(betainc(a, b, x), abs=1e-6)


@given(places())
def test_cdf_is_a_mirror(place):
    """What is not below for (a, b) is below for (b, a) from the other end."""
    a, b, x = place
    assume(1 - (1 - x) == x)
    assert beta_cdf(x, a, b) + beta_cdf(1 - x, b, a) == pytest.approx(1, abs=1e-6)


@given(sizes, sizes, st.floats(1e-12, 1 - 1e-12))
def test_quantile_agrees_with_scipy(a, b, p):
    """The rate below which p lies is scipy's, in relation to the nearer end."""
    got, want = beta_quantile(p, a, b), float(betaincinv(a, b, p))
    assert got == pytest.approx(want, rel=1e-6, abs=1e-300)


@given(st.floats(0.5, 1e6), st.floats(0.5, 1e6), st.floats(1e-9, 1 - 1e-9))
def test_quantile_and_cdf_undo_each_other(a, b, p):
    """The chance to lie below the quantile of p is p, as far as a rate near 1 has digits."""
    x = beta_quantile(p, a, b)
    assume(x < 1 - 1e-9)
    assert beta_cdf(x, a, b) == pytest.approx(p, abs=1e-6)


def test_ends_are_the_ends():
    """Nothing lies below 0, everything below 1, also outside."""
    assert [beta_cdf(x, 2, 3) for x in (-1, 0, 1, 2)] == [0, 0, 1, 1]
    assert [beta_quantile(p, 2, 3) for p in (0, 1)] == [0, 1]


def test_a_hundred_million_visits_end_and_are_right():
    """Nothing hangs on counts that are beyond every site."""
    assert beta_quantile(0.025, 1e6, 1e8) == pytest.approx(float(betaincinv(1e6, 1e8, 0.025)), rel=1e-6)
    assert isfinite(beta_quantile(0.025, 1e9, 1e9))


@pytest.mark.parametrize(("a", "b"), [(0, 1), (1, 0), (-1, 1), (float("nan"), 1)])
def test_no_shapes_are_refused(a, b):
    """A beta distribution has two positive numbers."""
    with pytest.raises(ValueError, match="two positive numbers"):
        beta_cdf(0.5, a, b)


def test_no_chances_are_refused():
    """A quantile is asked of a chance."""
    with pytest.raises(ValueError, match="between 0 and 1, not at 95"):
        beta_quantile(95, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        # arguments from the tests and documents of R's ebbr; values by a closed form and by quadrature
        ((60, 40), (50, 50), 0.923538),
        ((2, 2), (2, 2), 0.5),
        ((9, 15), (15, 20), 0.335074),
        ((5, 100), (8, 120), 0.298631),
        ((100, 1000), (150, 1010), 0.001721),
    ],
)
def test_chance_above_is_the_published_one(one, other, want):
    """The chance that one rate is above another."""
    assert chance_above(Beta(*one), Beta(*other)) == pytest.approx(want, abs=5e-7)


@given(st.integers(1, 300), *[st.floats(-0.3, 5).map(lambda power: 10**power)] * 3)
def test_chance_above_agrees_with_a_closed_form(a, b, c, d):
    """For a whole number a the chance is a finite sum (Miller, "Formulas for Bayesian A/B Testing")."""
    terms = [exp(betaln(c + i, b + d) - log(b + i) - betaln(1 + i, b) - betaln(c, d)) for i in range(a)]
    assert chance_above(Beta(a, b), Beta(c, d)) == pytest.approx(sum(terms), abs=1e-7)


@pytest.mark.slow
@settings(max_examples=examples(20))  # scipy's quantiles are slow
@given(*[st.floats(-0.3, 4).map(lambda power: 10**power)] * 4)
def test_chance_above_agrees_with_quadrature(a, b, c, d):
    """Scipy's integral of the chance to lie above the quantiles of the other."""
    one, other = scipy_beta(a, b), scipy_beta(c, d)
    want, _ = quad(lambda p: float(one.sf(other.ppf(p))), 0, 1, limit=500, epsabs=1e-7, points=[0.001, 0.5, 0.999])
    assert chance_above(Beta(a, b), Beta(c, d)) == pytest.approx(want, abs=1e-6)


@given(*[st.floats(-0.3, 6).map(lambda power: 10**power)] * 4)
def test_one_of_two_is_above(a, b, c, d):
    """The two chances add up to one."""
    one, other = Beta(a, b), Beta(c, d)
    assert 0 <= chance_above(one, other) <= 1
    assert chance_above(one, other) + chance_above(other, one) == pytest.approx(1, abs=1e-6)
    assert chance_above(one, one) == pytest.approx(0.5, abs=1e-6)
