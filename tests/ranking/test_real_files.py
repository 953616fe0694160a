"""What real files give, which lie beside the checkout where there are any."""

from __future__ import annotations

import pandas as pd
import pytest

import outreach

OWN = "other:name/living-oil-free-and-plant-strong"


@pytest.fixture(scope="module")
def moderators(shared_data):
    path = shared_data / "reddit_moderators.csv"
    if not path.is_file():
        pytest.skip("no such file beside the checkout")
    return path


@pytest.fixture(scope="module")
def meetup(shared_data):
    path = shared_data / "small_meetup_plant_based_diet.csv"
    if not path.is_file():
        pytest.skip("no such file beside the checkout")
    return path


def test_moderators_of_reddit(moderators):
    """With the defaults, what most moderators have in common comes first."""
    got = outreach.rank(outreach.read_likes(moderators), top=6)
    assert list(zip(got["resource"], got["name"], got["overlap"], strict=True)) == [
        ("reddit:r/science", "r/science", 1536),
        ("reddit:r/askscience", "r/askscience", 408),
        ("reddit:r/koina", "r/Koina", 235),
        ("reddit:r/gratefuldead", "r/gratefuldead", 220),
        ("reddit:r/partyparrot", "r/PartyParrot", 133),
        ("reddit:r/comcast_xfinity", "r/Comcast_Xfinity", 120),
    ]
    assert set(got["listed"]) == {pd.read_csv(moderators)["customer"].nunique()}


def test_members_of_one_group(meetup):
    """The group through which the sample was drawn leads: all of its members are in it."""
    got = outreach.rank(outreach.read_likes(meetup), min_subscribers=0)
    best = got.iloc[0]
    assert (best["resource"], best["overlap"], best["listed"], best["share"]) == (OWN, 50, 50, 1.0)
    assert got["rank"].tolist()[:2] == [1, 2]


def test_members_of_ones_own_group(meetup):
    """With the own group left out, the next ones lead; the customers stay."""
    got = outreach.rank(outreach.read_likes(meetup), min_subscribers=0, own=OWN)
    assert OWN not in set(got["resource"])
    assert list(zip(got["name"], got["overlap"], got["listed"], strict=True))[:3] == [
        ("Nashvegans!", 16, 50),
        ("Vegan Food & Friends", 12, 50),
        ("Team Green Adventures", 7, 50),
    ]


def test_counts_agree_with_pandas_on_every_file(shared_data):
    """On every file with a customer and a resource column our counts equal a plain group-by."""
    compared = 0
    for path in sorted(shared_data.glob("*.csv")):
        table = pd.read_csv(path, dtype=str)
        if not {"customer", "resource"} <= set(table.columns):
            continue
        table["resource"] = table["resource"].str.casefold()
        want = table.groupby("resource")["customer"].nunique()
        got = outreach.rank(outreach.read_likes(path), min_subscribers=0)
        found = got.set_index(got["resource"].map(written))["overlap"]
        assert found.to_dict() == want.to_dict(), path.name
        compared += 1
    assert compared or not list(shared_data.glob("*.csv"))


def written(key):
    """Return how the files write the resource of a key."""
    rest = key.partition(":")[2]
    return rest.removeprefix("name/")


def test_sizes_agree_with_pandas(moderators):
    """The size of a resource is the largest that the file tells, and what it does not tell is missing."""
    table = pd.read_csv(moderators)
    want = table.groupby(table["resource"].str.casefold())["subscribers"].max()
    got = outreach.rank(outreach.read_likes(moderators), min_subscribers=0).set_index("resource")["subscribers"]
    got.index = got.index.map(written)
    for resource, size in want.items():
        assert (pd.isna(got[resource]) and not size > 0) or got[resource] == size
    assert not (got == 0).any()
