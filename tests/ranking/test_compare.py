"""Two groups compared: the rule by brute force, scipy and statsmodels beside it, and how often chance is believed."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

import outreach
from outreach.errors import InputError, OptionError
from outreach.ranking.compare import chance_of_each, log_mid_p, newcombe
from outreach.ranking.followers import Followers

KEYS = {
    "telegram:smm_riga": "t.me/smm_riga", "telegram:kettle": "t.me/kettle", "telegram:teapot": "t.me/teapot",
    "vk:club7": "vk.com/club7", "vk:club8": "vk.com/club8",
}  # fmt: skip
PLACES = list(KEYS.values())
people = st.lists(st.sets(st.sampled_from(PLACES), min_size=1), min_size=4, max_size=8)


def follows(people):
    """Return a frame of what each of some people follows."""
    pairs = [(f"c{at}", place) for at, places in enumerate(people) for place in sorted(places)]
    return pd.DataFrame(pairs, columns=["customer", "resource"])


def groups_of(people, first):
    return {f"c{at}": "promoters" if at < first else "detractors" for at in range(len(people))}


def mid_p(a, x, n1, n2):
    """Return the two-sided mid-p by scipy's distribution."""
    chances = stats.hypergeom(n1 + n2, n1, x).pmf(np.arange(x + 1))
    same = np.isclose(chances, chances[a], rtol=1e-9, atol=0)
    return chances[(chances < chances[a]) & ~same].sum() + chances[same].sum() / 2


def platform_of(place):
    return place.split(".")[0]


def has_list(places, of):
    """Return whether somebody gave a list of the platform of a place: it holds something there."""
    return any(platform_of(place) == platform_of(of) for place in places)


def by_brute_force(people, first):
    """Return the p of each place that two follow, split by split; of each split those count who gave a list."""
    n = len(people)

    def smallest_and_each(chosen):
        found = {}
        for place in PLACES:
            listed = [i for i in range(n) if has_list(people[i], place)]
            follow = [i for i in listed if place in people[i]]
            if len(follow) > 1:
                n1 = sum(i in chosen for i in listed)
                found[place] = mid_p(sum(i in chosen for i in follow), len(follow), n1, len(listed) - n1)
        return found

    splits = [smallest_and_each(set(chosen)) for chosen in combinations(range(n), first)]
    smallest = np.array([min(one.values(), default=1) for one in splits])
    found = {}
    for place, t in smallest_and_each(set(range(first))).items():
        same = np.isclose(smallest, t, rtol=1e-7)
        found[place] = ((smallest < t) & ~same).mean() + same.mean() / 2
    return found


@settings(max_examples=15)
@given(people, st.data())
def test_the_rule_by_brute_force(people, data):
    """Every split, every place, as it is written down; also where not everybody gave a list of each platform."""
    first = data.draw(st.integers(1, len(people) - 1))
    found = outreach.compare(follows(people), groups_of(people, first), min_subscribers=0)
    wanted = by_brute_force(people, first) if len(found) else {}
    assert {KEYS[key]: p for key, p in zip(found["resource"], found["p"], strict=True)} == pytest.approx(wanted)
    for _, row in found.iterrows():
        place = KEYS[row["resource"]]
        listed = [has_list(places, place) for places in people]
        assert row["first"] == sum(place in places for places in people[:first])
        assert (row["first_of"], row["second_of"]) == (sum(listed[:first]), sum(listed[first:]))
        assert row["verdict"] is pd.NA if row["p"] > 0.2 else row["verdict"] in ("stands out", "hint")


@pytest.mark.parametrize(("x", "n1", "n2"), [(2, 8, 6), (7, 8, 6), (14, 8, 6), (5, 3, 30), (40, 100, 90), (1, 1, 1)])
def test_mid_p_is_that_of_scipy(x, n1, n2):
    """For every number that can be; for one that cannot, no smaller one."""
    found = np.exp(log_mid_p(x, n1, n2))
    possible = range(max(0, x - n2), min(x, n1) + 1)
    assert [found[a] for a in possible] == pytest.approx([mid_p(a, x, n1, n2) for a in possible], rel=1e-6)
    assert found.min() >= min(found[a] for a in possible)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_ranges_are_those_of_statsmodels(n1, n2, data):
    """Newcombe's, for all places at once."""
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    low, high = newcombe(*(np.array([number]) for number in (k1, n1, k2, n2)))
    wanted = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb")
    assert (low[0], high[0]) == pytest.approx(wanted, abs=1e-9)


def test_no_list_is_no_range():
    """A group of whom no list of the platform is known has no share."""
    low, high = newcombe(*(np.array([number]) for number in (2, 4, 0, 0)))
    assert np.isnan(low[0])
    assert np.isnan(high[0])


@settings(max_examples=10)
@given(people, st.randoms(use_true_random=False))
def test_order_labels_and_repeats_change_nothing(people, dice):
    """Nor does which of the two groups is called the first, but for the sign."""
    table, groups = follows(people), groups_of(people, 2)
    first = outreach.compare(table, groups, min_subscribers=0)
    labels = list("ABCDEFGH")
    dice.shuffle(labels)
    names = dict(zip(groups, labels, strict=False))
    other = pd.concat([table, table]).sample(frac=1, random_state=dice.randint(0, 99))
    other["customer"] = other["customer"].map(names)
    again = outreach.compare(other, {names[name]: group for name, group in groups.items()}, min_subscribers=0)
    pd.testing.assert_frame_equal(first, again)
    turned = outreach.compare(table, groups, group="detractors", against="promoters", min_subscribers=0)
    by = ["resource", "p"]
    pd.testing.assert_frame_equal(first[by], turned[by])
    assert first["difference"].tolist() == pytest.approx((-turned["difference"]).tolist(), nan_ok=True)


def test_random_splits_do_not_depend_on_labels_either():
    """More splits than are tried one by one: the same 2,000, whatever the customers are called."""
    dice = np.random.default_rng(3)
    people = [{place for place in PLACES if dice.random() < 0.5} | {"t.me/everybody"} for _ in range(40)]
    table, groups = follows(people), groups_of(people, 15)
    first = outreach.compare(table, groups, min_subscribers=0)
    names = {name: f"x{number}" for name, number in zip(groups, dice.permutation(40), strict=True)}
    again = outreach.compare(
        table.assign(customer=table["customer"].map(names)), {names[n]: g for n, g in groups.items()}, min_subscribers=0
    )
    pd.testing.assert_frame_equal(first, again)
    assert first["p"].between(0, 1).all()


def test_a_place_that_one_group_alone_follows_stands_out():
    """And what everybody follows says nothing."""
    people = [{"t.me/smm_riga", "t.me/kettle"}] * 7 + [{"t.me/kettle"}] * 7
    found = outreach.compare(follows(people), groups_of(people, 7), min_subscribers=0).set_index("resource")
    assert found["verdict"].fillna("").to_dict() == {"telegram:smm_riga": "stands out", "telegram:kettle": ""}
    assert found.loc["telegram:smm_riga", ["difference", "first", "second"]].tolist() == [1.0, 7, 0]


def test_groups_are_found_by_labels():
    """One spelling of a label in another case is the same customer; who has no list is no error."""
    people = [{"t.me/kettle"}] * 4
    table = follows(people)
    groups = {"C0": "promoters", "c1": "promoters", "c2": "detractors", "c3": "passives", "nobody": "detractors"}
    found = outreach.compare(table, groups, min_subscribers=0)
    assert found[["first", "first_of", "second", "second_of"]].to_numpy().tolist() == [[2, 2, 1, 1]]
    others = outreach.compare(table, groups, group="промоутеры", against=None, min_subscribers=0)
    assert others[["first", "second"]].to_numpy().tolist() == [[2, 2]]
    ranked = outreach.rank(table, group="promoters", groups=groups, min_subscribers=0)
    assert ranked[["overlap", "listed"]].to_numpy().tolist() == [[2, 2]]


def test_what_cannot_be_compared_is_refused():
    """With the way out, and without a label."""
    table = follows([{"t.me/kettle"}] * 3)
    with pytest.raises(InputError, match="no customer of the group") as error:
        outreach.compare(table, {"Somebody Special": "promoters", "Another": "detractors"})
    assert "Special" not in str(error.value)
    with pytest.raises(InputError, match="the group detractors has a list"):
        outreach.compare(table, {"c0": "promoters", "Another": "detractors"})
    with pytest.raises(OptionError, match="which two groups"):
        outreach.compare(table, {"c0": "a", "c1": "b", "c2": "c"})
    with pytest.raises(OptionError, match="no such group"):
        outreach.compare(table, {"c0": "a", "c1": "b"}, group="d")
    with pytest.raises(InputError, match="another group too"):
        outreach.compare(table, pd.DataFrame({"customer": ["c0", "c0"], "group": ["a", "b"]}))


@pytest.mark.slow
def test_chance_is_seldom_believed():
    """Of random splits of people who follow what they follow, at most 7 % have a place that stands out."""
    dice = np.random.default_rng(0)
    popularity = 0.6 / np.arange(1, 41) ** 0.7
    believed = []
    for _ in range(400):
        follows = dice.random((14, 40)) < popularity
        follows = follows[:, follows.sum(axis=0) > 1]
        places, customers = np.nonzero(follows.T)
        overlap, many = follows.sum(axis=0), follows.shape[1]
        found = chance_of_each(
            Followers(
                resource_ids=np.arange(many),
                overlap=overlap,
                sizes=np.full(many, np.nan),
                listed=np.full(many, 14),
                platforms=np.zeros(many, dtype=int),
                starts=np.searchsorted(places, np.arange(many + 1)),
                customers=customers,
                lists=np.ones((14, 1), dtype=bool),
            ),
            follows[:8].sum(axis=0),
            np.full(many, 8),
            (8, 6),
        )
        believed.append(found.min() <= 0.05)
    assert np.mean(believed) <= 0.07
