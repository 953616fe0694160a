"""How certain the first places are: the same for the same facts, silent where nothing is known, and it comes true."""

import importlib.util
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import outreach
from outreach.errors import InputWarning, OptionError
from outreach.messages import LANGUAGES, describe
from outreach.ranking.stability import Stability, advice, stability
from tests.examples import examples

HOME = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("benchmark_of_stability", HOME / "benchmarks" / "stability.py")
benchmark = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(benchmark)

lists = st.lists(st.sets(st.integers(0, 8)), min_size=2, max_size=9)


def frame(lists, label="{}".format):
    """Return likes: customer number i follows the places in lists[i]; who follows none has an empty list."""
    rows = [(label(who), f"t.me/place_{place}", 6000 + 100 * place) for who, some in enumerate(lists) for place in some]
    rows += [(label(who), None, None) for who, some in enumerate(lists) if not some]
    likes = pd.DataFrame(rows, columns=["customer", "resource", "subscribers"]).astype({"subscribers": "Int64"})
    return likes.assign(platform="telegram")


@settings(max_examples=examples(40), deadline=None)
@given(lists, st.randoms(use_true_random=False))
def test_rows_labels_and_repeats_change_nothing(lists, chance):
    """Who is who, what comes first, what is written twice: the same chances to the last digit."""
    numbers = list(range(len(lists)))
    chance.shuffle(numbers)
    likes = frame(lists)
    other = frame([lists[number] for number in numbers], "customer {}".format)
    other = pd.concat([other, other.sample(frac=0.5, random_state=1)]).sample(frac=1.0, random_state=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        if likes["resource"].notna().any():
            found, again = (outreach.stability(one, k=2) for one in (likes, other))
            pd.testing.assert_frame_equal(found, again)
            if len(lists) >= 4 and len(found) > 2:
                assert found["in_top"].sum() == pytest.approx(2)
                assert found["in_top_later"].sum() == pytest.approx(2)
                assert found["in_top"].between(0, 1).all()


def test_nothing_is_claimed_of_few_customers_or_places():
    """Three customers, or five places where five are the first, are no answer; four and six are one."""
    many = [{0, 1, 2}, {0, 3, 4}, {0, 1, 5}, {0, 2}]
    with pytest.warns(InputWarning, match="3 customers are too few, at least 4 are needed"):
        assert outreach.stability(frame(many[:3]))["in_top"].isna().all()
    with pytest.warns(InputWarning, match="only 5 places are listed"):
        assert outreach.stability(frame([one - {5} for one in many]))["in_top_later"].isna().all()
    found = outreach.stability(frame(many))
    assert found["in_top"].sum() == pytest.approx(5)
    with pytest.warns(InputWarning, match="3 customers are too few"):
        assert outreach.rank(frame(many[:3]), stability=True)["in_top_five"].isna().all()
    assert outreach.rank(frame(many), stability=True)["in_top_five"].tolist() == found["in_top"].tolist()
    with pytest.raises(OptionError, match="of a ranking by overlap"):
        outreach.rank(frame(many), by="share", stability=True)
    with pytest.raises(OptionError, match="k must be 1 or more"):
        outreach.stability(frame(many), k=0)


def test_a_gap_is_certain_and_a_tie_is_not():
    """Five places that everybody follows stay; of nine that one customer each follows any may be first."""
    certain = outreach.stability(frame([{0, 1, 2, 3, 4, 5 + who % 4} for who in range(40)]))
    assert (certain["in_top"][:5] > 0.95).all()
    assert (certain["in_top_later"][:5] > 0.95).all()
    tied = outreach.stability(frame([{who} for who in range(9)]))
    assert tied["in_top"].between(0.2, 0.85).all()


def test_blocks_of_customers_vary_as_customers_do():
    """Of 4,000 customers blocks are resampled: as the spread of single ones, beside a bootstrap by hand."""
    draws = np.random.default_rng(3)
    share = np.concatenate(([0.5, 0.4, 0.3, 0.25], np.full(8, 0.1)))
    matrix = draws.random((4000, 12)) < share
    matrix[:, 5] = matrix[:, 4]  # two that the same people follow never part
    sizes = np.arange(12, 0, -1) * 1000.0
    followers, columns = benchmark.followers_of_matrix(matrix, sizes)
    found = dict(zip(columns.tolist(), stability(followers).chances, strict=True))
    counts = np.stack([matrix[draws.integers(0, 4000, 4000)].sum(axis=0) for _ in range(1000)])
    first = np.argsort(-(counts + sizes / sizes.sum()), axis=1)[:, :5]
    by_hand = np.bincount(first.ravel(), minlength=12) / 1000
    expected = (found[4] + found[5]) / 2  # the half that draws shares does not know that they go together
    assert expected == pytest.approx((by_hand[4] + by_hand[5]) / 2, abs=0.1)
    assert [round(found[place], 1) for place in range(4)] == [1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice(language):
    """The expected number, and when to ask more."""
    later = np.array([0.9, 0.8, 0.6, 0.5, 0.4, 1.8])
    assert str(advice(Stability(5, later, later))) == (
        "With 10 more customers, about 3 of today's first 5 places would stay: ask 10 more before you pay for a post"
    )
    settled = Stability(5, np.ones(6), np.array([1, 1, 0.9, 0.9, 0.9, 0.3]))
    assert advice(settled).code == "stability-settled"
    assert "5" in describe(advice(settled), language)


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30])
def test_chances_come_true(n):
    """In made-up markets, whose customers of all kinds are known, a chance is off by a tenth at most."""
    chances, true, expected, stayed = benchmark.come_true(benchmark.simulated(40), n, seeds=2)
    for chance, share, places in benchmark.calibrated(chances, true, benchmark.WIDE_BINS):
        assert places < 100 or abs(chance - share) <= 0.1
    assert expected == pytest.approx(stayed, abs=0.4)
