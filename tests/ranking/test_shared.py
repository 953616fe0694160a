"""Ties of places by shared customers: counted by hand, beside scipy, and where nothing but chance ties them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

import outreach
from outreach.errors import InputError
from outreach.ranking.followers import Followers
from outreach.ranking.shared import MapPlace, map_of, shared_customers, tail, ties_of
from tests.examples import ALL


def followers(follows, lists=None, platforms=None):
    """Return who follows what from a matrix of places and customers, places with the most customers first."""
    order = np.argsort(-follows.sum(axis=1), kind="stable")
    order = order[follows.sum(axis=1)[order] > 0]
    follows = follows[order]
    overlap = follows.sum(axis=1)
    count, everybody = follows.shape
    made = Followers(
        resource_ids=order, overlap=overlap, sizes=np.full(count, np.nan), listed=np.full(count, everybody),
        platforms=np.zeros(count, dtype=int) if platforms is None else np.asarray(platforms)[order],
        starts=np.concatenate(([0], np.cumsum(overlap))), customers=np.nonzero(follows)[1].astype(np.int32),
        lists=np.ones((everybody, 1), dtype=bool) if lists is None else lists,
    )  # fmt: skip
    return made, order


def mapped(follows):
    made, order = followers(follows)
    places = [MapPlace(f"vk:p{at}", None, "vk", None, int(size), made.everybody, None)
              for at, size in zip(order, made.overlap, strict=True)]  # fmt: skip
    return map_of(made, places[:300]), order


def planted(random, customers, places, groups, strength=8.0):
    """Return likes of customers who prefer the places of their group, and the groups of the places."""
    popular, active = random.pareto(1.2, places) + 0.3, random.pareto(1.5, customers) + 0.5
    of_place, of_customer = random.integers(0, groups, places), random.integers(0, groups, customers)
    same = np.where(of_place[:, None] == of_customer[None], strength, 0.5)
    odds = np.outer(popular, active) * 0.1 * same
    return random.random((places, customers)) < odds / (1 + odds), of_place


def shuffled(follows, random):
    """Return likes of the same numbers for every place and every customer, and nothing else kept (curveball trades)."""
    lists = [set(np.flatnonzero(one)) for one in follows.T]
    for _ in range(20 * len(lists)):
        one, other = random.choice(len(lists), 2, replace=False)
        only, back = lists[one] - lists[other], lists[other] - lists[one]
        both = random.permutation(sorted(only | back))
        common = lists[one] & lists[other]
        lists[one], lists[other] = common | set(both[: len(only)]), common | set(both[len(only) :])
    found = np.zeros_like(follows)
    for customer, places in enumerate(lists):
        found[list(places), customer] = True
    return found


def test_tail_is_that_of_scipy():
    random = np.random.default_rng(0)
    n = random.integers(2, 5000, 400)
    a, b = (random.integers(1, n + 1) for _ in range(2))
    shared = np.minimum(np.minimum(a, b), a * b // n + random.integers(1, 12, 400))
    more = shared * n > a * b
    assert more.sum() > 100
    found = tail(shared, a, b, n)
    np.testing.assert_allclose(found[more], hypergeom.sf(shared - 1, n, a, b)[more], rtol=1e-8, atol=1e-300)
    assert (found[~more] == 1).all()


@pytest.mark.parametrize("dense", [1 << 22, 0])
def test_shared_customers_are_the_product(dense, monkeypatch):
    """Also in parts, and with a table of sums that has no room."""
    monkeypatch.setattr("outreach.ranking.shared.DENSE", dense)
    monkeypatch.setattr("outreach.ranking.shared.AT_ONCE", 50)
    made, order = followers(np.random.default_rng(1).random((30, 40)) < 0.2)
    full = np.zeros((made.places, 40), dtype=int)
    full[np.repeat(np.arange(made.places), made.overlap), made.customers] = 1
    first, second, count = shared_customers(made, 20)
    product = np.zeros((20, 20), dtype=int)
    product[first, second] = count
    assert (product == np.triu((full @ full.T)[:20, :20], 1)).all()
    assert len(order) == made.places


def test_counted_by_hand():
    """Two groups of 10 customers with 4 places each: equal customers, so each tie is Fisher's: 1 / C(20, 10)."""
    found, _ = mapped(np.kron(np.eye(2, dtype=bool), np.ones((4, 10), dtype=bool)))
    assert [(one.number, one.places) for one in found.communities] == [(1, (0, 1, 2, 3)), (2, (4, 5, 6, 7))]
    assert found.proven == found.all_ties == 12
    for tie in found.ties:
        assert (tie.shared, round(tie.expected, 3)) == (10, 5.0)
        assert tie.p == pytest.approx(1 / 184756)
    assert found.isolated == 0
    assert found.communities[0].name == "p0, p1"


def test_no_list_of_a_platform_ties_nothing():
    """Half of the customers gave lists of one platform, half of another: that is no reason to share."""
    random = np.random.default_rng(2)
    follows = np.kron(np.eye(2, dtype=bool), np.ones((20, 60), dtype=bool)) & (random.random((40, 120)) < 0.4)
    lists = np.repeat(np.eye(2, dtype=bool), 60, axis=0)
    platforms = np.repeat([0, 1], 20)
    blind, _ = followers(follows)
    assert len(ties_of(blind)[0]) > 20
    told, _ = followers(follows, lists, platforms)
    assert len(ties_of(told)[0]) <= 1


def test_planted_communities_are_found():
    random = np.random.default_rng(3)
    follows, of_place = planted(random, 600, 200, 4)
    found, order = mapped(follows)
    right = [of_place[order[one.first]] == of_place[order[one.second]] for one in found.ties if one.proven]
    assert len(right) > 150
    assert np.mean(right) > 0.95
    assert len(found.communities) == 4
    assert found.isolated < 30
    for one in found.communities:
        assert len({int(of_place[order[at]]) for at in one.places}) == 1


@pytest.mark.parametrize(("customers", "places"), [(10, 80), (30, 150), *([(100, 300)] if ALL else [])])
def test_false_ties_where_only_degrees_are_kept(customers, places):
    """Of shuffled likes hardly any map shows a tie: the rule says at most 5 of 100 for proven ones."""
    random = np.random.default_rng(4)
    proven = ties = 0
    for _ in range(20):
        follows, _ = planted(random, customers, places, 5)
        found, _ = mapped(shuffled(follows, random))
        proven += found.proven > 0
        ties += found.all_ties > 0
    assert proven <= 2
    assert ties <= 5


def test_order_and_repeats_change_nothing():
    """Nor what customers are called."""
    follows, _ = planted(np.random.default_rng(5), 150, 60, 3)
    where, who = np.nonzero(follows)
    frame = pd.DataFrame({"customer": [f"c{n}" for n in who], "resource": [f"t.me/place_{n}x" for n in where]})
    other = pd.concat([frame, frame[::3]]).sample(frac=1, random_state=1)
    other["customer"] = "z" + other["customer"].str[::-1]
    found = outreach.shared_map(frame)
    assert found.communities
    assert outreach.shared_map(other) == found
    assert not any("c1" in str(one) for one in found.places)


def test_names_of_communities():
    frame = pd.DataFrame(
        [(f"{group}{n}", f"t.me/{group}_{p}") for group in ("one", "two") for n in range(15) for p in range(5)],
        columns=["customer", "resource"],
    )
    found = outreach.shared_map(frame, names={"https://t.me/two_3": "Second"})
    assert [one.name for one in found.communities] == ["one_0, one_1", "Second"]
    with pytest.raises(InputError, match="no community"):
        outreach.shared_map(frame, names={"t.me/nobody_here": "x"})
    with pytest.raises(InputError, match="another name"):
        outreach.shared_map(frame, names={"t.me/two_3": "x", "t.me/two_4": "y"})


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_place(count):
    found = outreach.shared_map(
        pd.DataFrame({"customer": ["a"] * count, "resource": ["t.me/abcde", "vk.com/xyz"][:count]})
    )
    assert (len(found.places), found.ties, found.communities, found.isolated) == (count, (), (), count)
