"""Which few places together have the most customers, and what share of customers like these they cover."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import outreach
from outreach.engine import Engine
from outreach.ranking import Choice, rank
from outreach.ranking.choosing import Limits
from outreach.ranking.coverage import cover
from outreach.ranking.followers import Followers, expected_share, followers_of
from tests.examples import examples

LETTERS = "abcdefgh"
pairs = st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(0, 9)), min_size=1, max_size=40)


def arrays(follows, sizes=None, everybody=None, lists=None, platforms=None):
    """Return who follows what: places by their number of followers, each a set of customers."""
    sizes = np.full(len(follows), np.nan) if sizes is None else np.asarray(sizes, dtype=float)
    everybody = everybody or 1 + max(max(some) for some in follows)
    platforms = np.zeros(len(follows), dtype=int) if platforms is None else np.asarray(platforms)
    lists = np.ones((everybody, 1), dtype=bool) if lists is None else np.asarray(lists)
    overlap = np.array([len(some) for some in follows])
    return Followers(
        resource_ids=np.arange(len(follows)),
        overlap=overlap,
        sizes=sizes,
        listed=lists[:, platforms].sum(axis=0),
        platforms=platforms,
        starts=np.concatenate(([0], np.cumsum(overlap))),
        customers=np.concatenate([sorted(some) for some in follows]),
        lists=lists,
    )


def expected(found, chosen):
    """Return the share that a set is expected to have, from the definition alone."""
    shares, total = expected_share(found), 0.0
    for customer in range(found.everybody):
        missed = 1.0
        for place in chosen:
            p, n, x = shares[place], found.listed[place], found.overlap[place]
            follows = customer in found.of(place)
            known = found.lists[customer, found.platforms[place]]
            missed *= 1 - (min(1, p * (15 + n * follows) / (15 + x)) if known else p)
        total += 1 - missed
    return total / found.everybody


def drawn(dice, places, everybody):
    """Return a sample in which customers have tastes, so that places share their people."""
    tastes = [dice.randrange(4) for _ in range(everybody)]
    follows = [
        {who for who in range(everybody) if dice.random() < (0.6 if tastes[who] == place % 4 else 0.1)} or {0}
        for place in range(places)
    ]
    sizes = [dice.choice([5000, 9000, 40_000, 40_000, None]) for _ in follows]
    order = sorted(range(places), key=lambda place: (-len(follows[place]), -(sizes[place] or -1)))
    return [follows[place] for place in order], [np.nan if sizes[place] is None else sizes[place] for place in order]


def test_no_other_set_is_expected_to_have_more():
    """The greedy set has the largest expected share of all sets of its size, or all but that, in small samples."""
    best = 0
    for seed in range(30):
        dice = random.Random(seed)  # noqa: S311 - no secret
        posts = dice.choice([2, 3])
        found = arrays(*drawn(dice, dice.randint(5, 20 if posts == 2 else 12), dice.randint(5, 15)))
        chosen = [member.place for member in cover(found, Limits(posts), resamples=1).members]
        most = max(expected(found, some) for some in itertools.combinations(range(found.places), posts))
        assert expected(found, chosen) >= 0.995 * most
        best += expected(found, chosen) >= most - 1e-9
    assert best >= 28


def test_gains_follow_the_definition_also_without_some_lists():
    """What a place adds is the difference of what two sets are expected to have."""
    lists = [[True, True], [True, False], [True, True], [False, True], [True, True], [True, False]]
    follows = [{0, 1, 2, 4}, {0, 2, 3}, {1, 2, 5}, {3, 4}]
    found = arrays(follows, [9000, 100, 100, 7000], 6, lists, [0, 1, 0, 1])
    members = cover(found, Limits(3)).members
    chosen = [member.place for member in members]
    shares = expected_share(found)
    for size in (1, 2, 3):
        gain = expected(found, chosen[:size]) - expected(found, chosen[: size - 1])
        assert members[size - 1].redundancy == pytest.approx(max(0, 1 - gain / shares[chosen[size - 1]]))
        others = set(range(4)) - set(chosen[:size])
        assert all(
            expected(found, [*chosen[: size - 1], one]) <= expected(found, chosen[:size]) + 1e-9 for one in others
        )


def frame(pairs):
    return pd.DataFrame([(who, f"t.me/place_{place}", 5000 + 100 * (place % 4)) for who, place in pairs],
                        columns=["customer", "resource", "subscribers"])  # fmt: skip


def covered(table, posts=3):
    """Return the keys of a set and what is printed of it, as the program reads a frame."""
    with Engine() as engine:
        likes = outreach._from_frame(engine, table, None, None, None)
        shown = [row["resource"] for row in rank(likes, Choice(min_subscribers=0)).table.head()]
        found = cover(followers_of(likes), Limits(posts))
    return [(shown[one.place], one.newly, one.coverage, one.low, one.high, one.redundancy) for one in found.members]


@given(pairs, st.randoms(use_true_random=False))
@settings(max_examples=examples(40))
def test_labels_rows_and_repeats_change_nothing(pairs, dice):
    """Not even the coverage that is printed, though it comes from draws of customers."""
    names = dict(zip(LETTERS, dice.sample([name * 3 for name in LETTERS], len(LETTERS)), strict=True))
    other = [(names[who], place) for who, place in pairs + pairs[::2]]
    dice.shuffle(other)
    assert covered(frame(pairs)) == covered(frame(other))


@given(pairs)
@settings(max_examples=examples(40))
def test_a_customer_who_follows_nothing_never_raises_coverage(pairs):
    """An empty list is an answer."""
    before = covered(frame(pairs))
    empty = pd.DataFrame(
        [("nobody", "telegram", None, None)], columns=["customer", "platform", "resource", "subscribers"]
    )
    table = frame(pairs)
    table["platform"] = "telegram"
    after = covered(pd.concat([table.astype(object), empty.astype(object)]))
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert other[2] <= one[2] + 1e-12


def test_a_set_known_by_hand():
    """A twin of the first place comes after a smaller place with other people, where enough people show that."""
    found = arrays([set(range(100)), set(range(100)), set(range(100, 140))], [9000, 8000, 8000], 200)
    shares = [(100 - 0.5 + 0.9 * 0.25) / 204, (100 - 0.5 - 0.9 * 0.25) / 204, 39.5 / 204]
    assert expected_share(found).tolist() == pytest.approx(shares)
    first, second, third = cover(found, Limits(3)).members
    assert (first.place, first.newly, first.redundancy, first.same_as) == (0, 100, 0.0, None)
    assert (second.place, second.newly, second.same_as) == (2, 40, None)
    assert (third.place, third.newly, third.same_as) == (1, 0, 0)
    left = [1 - shares[0] * (15 + 200 * follows) / 115 for follows in (1, 0)]  # by the first place
    by_second = [1 - shares[2] * (15 + 200 * follows) / 55 for follows in (0, 1)]
    twin, others, nobody = left[0] * by_second[0], left[1] * by_second[1], left[1] * by_second[0]
    mean = (100 * twin + 40 * others + 60 * nobody) / 200
    gain = shares[1] / 115 * (15 * mean + 100 * twin)
    assert third.redundancy == pytest.approx(1 - gain / shares[1])
    assert first.coverage == pytest.approx(0.5, abs=0.03)
    assert second.coverage == pytest.approx(0.7, abs=0.03)
    few = cover(arrays([{0, 1, 2, 3}, {0, 1, 2, 3}, {4}], None, 8), Limits(3)).members
    assert [one.place for one in few] == [0, 1, 2]  # that four share is no more than a hint


def test_what_must_and_must_not_be_in_a_set():
    """A place that must be there comes first, one that must not never comes."""
    found = arrays([{0, 1, 2}, {0, 1}, {3}, {4}])
    members = cover(found, Limits(3, must=(3,), out=np.array([True, False, False, False]))).members
    assert [member.place for member in members] == [3, 1, 2]
    assert cover(found, Limits(1, must=(2, 3))).members[1].place == 3  # all of them, also where fewer were wanted


def test_a_budget_is_kept():
    """The set with the largest expected share counts of those within it; unknown prices are left out."""
    found = arrays([{0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 8}, {4, 5, 6, 7, 9}, {8}, {9}])
    cost = np.array([100.0, 50.0, 50.0, 0.0, np.nan])
    assert [member.place for member in cover(found, Limits(5, cost=cost, budget=100)).members] == [3, 2, 1]
    assert [member.place for member in cover(found, Limits(5, cost=cost, budget=40)).members] == [3]
    assert [member.place for member in cover(found, Limits(1, cost=cost, budget=100)).members] == [0]


def test_nothing_to_choose_from():
    """No place, no customers beyond one: no set, or one of which little is known."""
    empty = arrays([{0}])
    only = cover(empty, Limits(5))
    assert [member.place for member in only.members] == [0]
    assert only.further is None
    assert (only.members[0].low < 0.1, only.members[0].high > 0.9) == (True, True)


def test_the_coverage_told_is_that_of_customers_who_were_not_asked():
    """The share of the sample flatters; what is told does not, and its interval holds the truth."""
    random_ = np.random.default_rng(0)
    appeal = 0.6 * random_.power(0.6, 40) ** 2
    tastes, of_place = random_.integers(0, 5, 200), random_.integers(0, 5, 40)
    follows = random_.random((200, 40)) < appeal * np.where(tastes[:, None] == of_place, 1.8, 0.4)
    found = []
    for seed in range(60):
        drawn = np.random.default_rng(seed).choice(200, 10, replace=False)
        places = [place for place in range(40) if follows[drawn, place].any()]
        places.sort(key=lambda place: (-follows[drawn, place].sum(), place))
        cover_ = cover(arrays([set(np.flatnonzero(follows[drawn, place])) for place in places], None, 10), Limits(5))
        chosen = [places[member.place] for member in cover_.members]
        truth = np.delete(follows[:, chosen].any(axis=1), drawn).mean()
        last = cover_.members[-1]
        found.append((last.coverage - truth, cover_.reached - truth, last.low <= truth <= last.high))
    off, flattering, holds = np.mean(found, axis=0)
    assert abs(off) < 0.05
    assert flattering > 0.08
    assert holds >= 0.9
