"""Which resources the customers share: against independent counts, by properties, and known by hand."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

import outreach
from outreach.engine import Engine
from outreach.errors import InputError, UnknownResourceError
from outreach.likes import read as read_tables
from outreach.ranking import HIDDEN_BY, Choice, moment, rank

CUSTOMERS = [f"customer {letter}" for letter in "ABCDEFGHIJ"]
RESOURCES = (
    "telegram:alpha", "telegram:bravo", "telegram:carol", "telegram:delta", "vk:alpha", "vk:club7", "vk:echo",
    "web:example.com/blog", "web:example.org", "other:name/foxtrot", "other:name/golf",
)  # fmt: skip
SIZES = (None, 1, 900, 4999, 5000, 9000, 15_000, 70_000, 5_000_000)
TOPICS = (None, "SMM", "smm & ads", "100% growth", "1000 growth", "b_to_b", "b2to2b")
ACCEPTS = (None, "yes", "no", "paid", "on fridays")
DATES = (None, "2024-12-31", "2025-06-01", "2025-07-15")
SINCE = datetime(2025, 6, 1, tzinfo=UTC)
COLUMNS = ("customer", "platform", "resource", "subscribers", "accepts_posts", "topic", "followed_at")
FEW = settings(max_examples=15)  # each example opens an engine


@st.composite
def follows(draw, *, sizes=SIZES):
    """Draw who follows what over several platforms; facts belong to the resource, some lists are empty."""
    facts = {
        resource: (
            draw(st.sampled_from(sizes)),
            draw(st.sampled_from(ACCEPTS)),
            draw(st.sampled_from(TOPICS)),
        )
        for resource in RESOURCES
    }
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(CUSTOMERS), st.sampled_from(RESOURCES), st.sampled_from(DATES)), max_size=60)
    )
    empty = draw(st.sets(st.tuples(st.sampled_from(CUSTOMERS), st.sampled_from(["telegram", "vk"])), max_size=4))
    rows = [(customer, None, resource, *facts[resource], followed_at) for customer, resource, followed_at in pairs]
    rows += [(customer, platform, None, None, None, None, None) for customer, platform in sorted(empty)]
    return pd.DataFrame(rows, columns=COLUMNS)


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "min_subscribers": st.sampled_from([0, 900, 5000, 100_000]),
        "unknown_size": st.sampled_from(["keep", "drop"]),
        "min_overlap": st.sampled_from([None, 1, 2, 4]),
        "accepts_posts": st.sampled_from(["any", "yes", "not-no"]),
        "topic": st.sampled_from(["", "SMM", "0%", "b_to", "nothing"]),
        "platforms": st.sampled_from([(), ("telegram",), ("vk", "web")]),
        "own": st.sampled_from([(), ("t.me/alpha",), ("vk:alpha", "https://example.org/")]),
        "exclude": st.sampled_from([(), ("t.me/s/bravo", "t.me/alpha"), ("web:example.com/nobody",)]),
        "by": st.sampled_from(["overlap", "share", "affinity"]),
        "since": st.sampled_from([None, SINCE]),
        "top": st.sampled_from([None, 1, 3]),
    },
)
"""Options as the inner ``Choice`` takes them."""


def likes_of(*follows, sizes=None):
    """Make likes by hand: ``("vk:alpha", 3)`` is a resource that the first three customers follow."""
    rows = [(customer, resource) for resource, count in follows for customer in CUSTOMERS[:count]]
    frame = pd.DataFrame(rows, columns=["customer", "resource"])
    return frame if sizes is None else frame.assign(subscribers=frame["resource"].map(sizes).astype("Int64"))


def keys(rows):
    return [row["resource"] for row in rows]


def oracle(frame, **options):
    """Rank in plain Python with exact fractions, straight from the words of the design."""
    choice = {
        "min_subscribers": 5000, "unknown_size": "keep", "min_overlap": None, "accepts_posts": "any", "topic": "",
        "platforms": (), "own": (), "exclude": (), "by": "overlap", "since": None, "top": None,
    } | options  # fmt: skip
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in frame.astype(object).where(frame.notna(), None).to_numpy()]
    everybody = {row["customer"] for row in rows}
    lists = {}
    for row in rows:
        platform = row["resource"].partition(":")[0] if row["resource"] else row["platform"]
        lists.setdefault(platform, set()).add(row["customer"])
    followers, facts = {}, {}
    for row in (row for row in rows if row["resource"]):
        # A like that is told twice was made when it was told last; a row without a date says nothing of that.
        latest = followers.setdefault(row["resource"], {})
        latest[row["customer"]] = max(latest.get(row["customer"], ""), row["followed_at"] or "")
        facts[row["resource"]] = row
    first = choice["since"].date().isoformat() if choice["since"] else ""
    counted = {key: [day for day in latest.values() if not day or day >= first] for key, latest in followers.items()}
    overlap = {key: len(days) for key, days in counted.items() if days}
    aside = {outreach.key(address) for address in (*choice["own"], *choice["exclude"])}

    def size(key):
        return facts[key]["subscribers"]

    eligible = [
        key
        for key in overlap
        if key not in aside
        and (not choice["platforms"] or key.partition(":")[0] in choice["platforms"])
        and (choice["unknown_size"] == "keep" if size(key) is None else size(key) >= choice["min_subscribers"])
    ]
    found = []
    for key in eligible:
        platform = key.partition(":")[0]
        base = [k for k in eligible if k.partition(":")[0] == platform and size(k) is not None]
        listed = len(everybody if platform in {"web", "other"} else lists[platform])
        affinity = None
        if overlap[key] >= 3 and size(key) is not None:
            of_likes = Fraction(overlap[key], sum(overlap[k] for k in base))
            of_people = Fraction(int(size(key)), int(sum(size(k) for k in base)))
            affinity = of_likes / of_people * 100
        found.append(
            {
                "resource": key,
                "platform": platform,
                "subscribers": size(key),
                "overlap": overlap[key],
                "listed": listed,
                "share": Fraction(overlap[key], listed),
                "affinity": affinity,
                "accepts_posts": facts[key]["accepts_posts"],
            }
        )
    fewest = choice["min_overlap"] or (1 if choice["by"] == "overlap" else 3)
    shown = [
        row
        for row in found
        if {
            "any": True,
            "yes": row["accepts_posts"] == "yes",
            "not-no": row["accepts_posts"] != "no",
        }[choice["accepts_posts"]]
        and choice["topic"].lower() in (facts[row["resource"]]["topic"] or "").lower()
        and row["overlap"] >= fewest
    ]

    def merit(row):
        value = row[choice["by"]]
        return (value is None, -(value or 0), -row["overlap"], row["subscribers"] is None, -(row["subscribers"] or 0))

    shown.sort(key=lambda row: (merit(row), row["resource"]))
    for row in shown:
        row["rank"] = 1 + sum(merit(other) < merit(row) for other in shown)
    return shown[: choice["top"]]


# Against independent counts


@given(follows(), OPTIONS)
def test_ranking_agrees_with_plain_python(ranked, frame, options):
    """Overlap, listed, share, affinity, order and rank numbers are those of a slow and obvious implementation."""
    got = ranked(frame, **options).rows
    want = oracle(frame, **options)
    assert keys(got) == keys(want)
    for row, expected in zip(got, want, strict=True):
        numbers = {name: expected[name] and float(expected[name]) for name in ("share", "affinity")}
        assert {name: row[name] for name in expected} == expected | {
            name: value and pytest.approx(value, rel=1e-12) for name, value in numbers.items()
        }


@given(follows())
@FEW
def test_overlap_agrees_with_pandas(frame):
    """The count of customers for each resource equals a plain group-by."""
    want = frame.dropna(subset=["resource"]).groupby("resource")["customer"].nunique().to_dict()
    got = outreach.rank(frame, min_subscribers=0)
    assert got.set_index("resource")["overlap"].to_dict() == want


@given(follows())
@FEW
def test_overlap_is_the_degree_in_the_bipartite_graph(frame):
    """The overlap is the degree of the resource among the customers; two resources share what the projection weighs."""
    pairs = frame.dropna(subset=["resource"])
    graph = nx.Graph()
    graph.add_nodes_from(pairs["customer"], bipartite=0)
    graph.add_nodes_from(pairs["resource"], bipartite=1)
    graph.add_edges_from(zip(pairs["customer"], pairs["resource"], strict=True))
    resources = set(pairs["resource"])
    degrees, _ = nx.bipartite.degrees(graph, set(pairs["customer"]))
    got = outreach.rank(frame, min_subscribers=0).set_index("resource")["overlap"].to_dict()
    assert got == dict(degrees)
    if not graph:
        return
    for one, other, weight in nx.bipartite.weighted_projected_graph(graph, resources).edges(data="weight"):
        assert weight <= min(got[one], got[other])


@given(st.integers(1, 60))
@example(1)
@example(11)
@example(17)
@FEW
def test_interval_agrees_with_scipy(listed):
    """The likely range is the Wilson 95 % interval for every count that a list of this length can give."""
    frame = pd.DataFrame(
        [(f"c{place}", f"telegram:channel{count}") for count in range(1, listed + 1) for place in range(count)],
        columns=["customer", "resource"],
    )
    got = outreach.rank(frame)
    assert got["overlap"].tolist() == list(range(listed, 0, -1))
    for row in got.itertuples():
        want = binomtest(row.overlap, listed).proportion_ci(0.95, method="wilson")
        assert (row.share_low, row.share_high) == pytest.approx((want.low, want.high), rel=1e-9, abs=1e-12)
        assert row.listed == listed
        assert 0 <= row.share_low <= row.share <= row.share_high <= 1


@pytest.mark.parametrize(
    ("overlap", "listed", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
        # R, package binom, binom.confint(methods = "wilson")
        (18, 20, 0.6989663547715128, 0.972133518786232),
        (4, 20, 0.0806576625797981, 0.4160174322518935),
        (4, 200, 0.00780442641634947, 0.05028708690582643),
        (190, 200, 0.910421851861224, 0.972617354399236),
        (19, 38, 0.348499283643951, 0.651500716356049),
        # R, prop.test without continuity correction
        (3, 10, 0.1077913, 0.6032219),
        (10, 10, 0.7224672, 1),
    ],
)
def test_interval_has_the_published_values(overlap, listed, low, high):
    """The likely range has the values that others printed, to the places that they printed."""
    frame = pd.DataFrame(
        {"customer": range(listed), "resource": ["telegram:alpha"] * overlap + [None] * (listed - overlap)}
    )
    row = outreach.rank(frame.assign(platform="telegram")).iloc[0]
    places = 4 if len(str(low)) == 6 else 7 if len(str(low)) <= 9 else 12
    assert (row["share_low"], row["share_high"]) == pytest.approx((low, high), abs=0.6 * 10**-places)
    assert (row["overlap"], row["listed"]) == (overlap, listed)


# Properties


@given(follows(), OPTIONS, st.randoms(use_true_random=False))
@FEW
def test_row_order_does_not_matter(ranked, frame, options, random):
    """The same rows in another order give the same ranking."""
    order = list(range(len(frame)))
    random.shuffle(order)
    assert ranked(frame.iloc[order], **options).rows == ranked(frame, **options).rows


@given(follows(), OPTIONS)
@FEW
def test_repeated_rows_do_not_matter(ranked, frame, options):
    """A row that stands there twice counts once."""
    assert ranked(pd.concat([frame, frame]), **options).rows == ranked(frame, **options).rows


@given(follows(), st.integers(1, 4), st.randoms(use_true_random=False))
@FEW
def test_splitting_into_files_does_not_matter(frame, parts, random):
    """Rows in several files give the ranking of one file."""
    assume(len(frame) >= parts)
    home = [*range(parts), *(random.randrange(parts) for _ in range(len(frame) - parts))]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.csv") for number in range(parts)]
        for number, path in enumerate(paths):
            frame[[place == number for place in home]].to_csv(path, index=False)
        got = outreach.rank(outreach.read_likes(paths), min_subscribers=0)
    pd.testing.assert_frame_equal(got, outreach.rank(frame, min_subscribers=0))


@given(follows(), OPTIONS)
@FEW
def test_numbers_keep_their_bounds(ranked, frame, options):
    """A share lies in its range and that in 0..1, nobody follows more than there are lists, ranks only grow."""
    rows = ranked(frame, **options).rows
    for row in rows:
        assert 0 <= row["share_low"] <= row["share"] <= row["share_high"] <= 1
        assert 1 <= row["overlap"] <= row["listed"] <= frame["customer"].nunique()
        assert (row["affinity"] is None) == (row["overlap"] < 3 or row["subscribers"] is None)
    ranks = [row["rank"] for row in rows]
    assert ranks == sorted(ranks)
    assert not ranks or ranks[0] == 1
    assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)


@given(follows(), st.lists(st.sampled_from([0, 1, 2, 900, 4999, 5000, 5001, 9_000_000]), min_size=2, max_size=4))
@FEW
def test_a_larger_minimum_size_only_removes_rows(read, frame, sizes):
    """With a larger minimum size the rest stays as it is, in its order; rows of unknown size stay."""
    facts = ("resource", "subscribers", "overlap", "listed", "share", "share_low", "share_high")
    with read(frame) as ranks:
        rows = None
        for size in sorted(sizes):
            got = [tuple(row[fact] for fact in facts) for row in ranks(min_subscribers=size).rows]
            if rows is not None:
                assert got == [row for row in rows if row[1] is None or row[1] >= size]
            rows = got


@given(follows())
@FEW
def test_display_filters_do_not_change_affinity(read, frame):
    """The affinity is the same whatever part of the table is shown; so are overlap, listed and share."""
    facts = ("overlap", "listed", "share", "share_low", "share_high", "affinity")
    with read(frame) as ranks:
        everything = {row["resource"]: row for row in ranks(min_subscribers=900).rows}
        for filtered in (
            {"min_overlap": 3},
            {"topic": "smm"},
            {"accepts_posts": "not-no"},
            {"accepts_posts": "yes"},
            {"top": 2},
            {"by": "affinity"},
            {"by": "share", "min_overlap": 1},
        ):
            for row in ranks(min_subscribers=900, **filtered).rows:
                assert {fact: row[fact] for fact in facts} == {
                    fact: everything[row["resource"]][fact] for fact in facts
                }


@given(follows(sizes=[size for size in SIZES if size]))
@FEW
def test_affinity_averages_to_100_on_each_platform(frame):
    """Weighted by subscribers the affinities of one platform average to 100.

    With o and s the overlap and size of a resource, sum(s * affinity) / sum(s) is 100 * sum(o) / sum(o) where every
    overlap is 3 or more; where some are not given, it is 100 times the part of the likes that lie on the given ones.
    """
    got = outreach.rank(frame, min_subscribers=0)
    for _, rows in got.groupby("platform"):
        given_ones = rows[rows["overlap"] >= 3]
        average = (given_ones["affinity"] * given_ones["subscribers"]).sum() / rows["subscribers"].sum()
        assert average == pytest.approx(100 * given_ones["overlap"].sum() / rows["overlap"].sum())


@given(follows(), st.sampled_from(CUSTOMERS))
@FEW
def test_one_more_customer_never_lowers_a_count(ranked, frame, customer):
    """A customer who follows everything raises each count by one, or leaves it where he was counted."""
    more = frame.dropna(subset=["resource"]).assign(customer=customer)
    before = {row["resource"]: row["overlap"] for row in ranked(frame, min_subscribers=0).rows}
    after = {row["resource"]: row["overlap"] for row in ranked(pd.concat([frame, more]), min_subscribers=0).rows}
    assert {after[key] - count for key, count in before.items()} <= {0, 1}


@given(follows(), OPTIONS)
@FEW
def test_every_resource_is_shown_or_counted_as_hidden_once(read, frame, options):
    """What is not in the table is counted under the one filter that hid it first."""
    options = {name: value for name, value in options.items() if name != "top"}
    with read(frame) as ranks:
        everything = ranks(min_subscribers=0, since=options.get("since")).rows
        result = ranks(**options)
    assert len(result.rows) + sum(hidden.resources for hidden in result.hidden.values()) == len(everything)
    assert result.reasons == [reason for reason in HIDDEN_BY if reason in result.hidden]
    places = keys(everything)
    for hidden in result.hidden.values():
        assert hidden.best["resource"] in places
        assert hidden.best["resource"] not in keys(result.rows)
    assert result.followed_once == sum(row["overlap"] == 1 for row in everything)
    assert result.unknown == sum(row["subscribers"] is None for row in result.rows)


# Known by hand


def test_nothing_gives_an_empty_table():
    """Nobody's likes, and likes that all filters hide, are an empty table with its columns."""
    empty = outreach.rank(pd.DataFrame({"customer": [], "resource": []}))
    nothing_left = outreach.rank(likes_of(("vk:alpha", 2)), min_overlap=3)
    assert len(empty) == len(nothing_left) == 0
    assert empty.dtypes.to_dict() == nothing_left.dtypes.to_dict()


def test_one_customer():
    """One customer's list: all counts are 1 of 1, the order is by size, then key."""
    sizes = {"vk:alpha": 6000, "vk:bravo": 7000}
    got = outreach.rank(likes_of(("vk:alpha", 1), ("vk:bravo", 1), ("telegram:alpha", 1), sizes=sizes))
    assert got[["rank", "resource", "overlap", "listed"]].to_numpy().tolist() == [
        [1, "vk:bravo", 1, 1],
        [2, "vk:alpha", 1, 1],
        [3, "telegram:alpha", 1, 1],
    ]


def test_all_shared():
    """Where everybody follows everything all places are first, with a share of 1 and a range that ends there."""
    got = outreach.rank(likes_of(("vk:alpha", 4), ("vk:bravo", 4)))
    assert got["rank"].tolist() == [1, 1]
    assert got["share"].tolist() == [1.0, 1.0]
    assert got["share_high"].tolist() == [1.0, 1.0]
    assert got["share_low"].tolist() == pytest.approx([0.5101092] * 2)


@pytest.mark.parametrize("listed", [11, 14, 15, 16, 17, 30, 250])
def test_range_of_a_whole_share_ends_at_one(listed):
    """All of n customers is a share of 1, which its own range holds to the last digit."""
    frame = pd.DataFrame({"customer": range(listed), "resource": "vk:alpha"})
    row = outreach.rank(frame).iloc[0]
    assert row["share"] == row["share_high"] == 1


def test_nothing_shared():
    """Where nobody shares anything all counts are 1, known sizes first, then by key."""
    frame = pd.DataFrame(
        {
            "customer": list("abcd"),
            "resource": ["vk:delta", "vk:carol", "vk:bravo", "vk:alpha"],
            "subscribers": [None, None, 8000, 9000],
        }
    )
    got = outreach.rank(frame)
    assert got["resource"].tolist() == ["vk:alpha", "vk:bravo", "vk:carol", "vk:delta"]
    assert got["rank"].tolist() == [1, 2, 3, 3]
    assert got["overlap"].tolist() == [1] * 4


def test_ties_share_a_number_and_stand_by_key():
    """Equal count and size share a number, unknown comes after known, and the next number counts all before it."""
    sizes = {"vk:bravo": 6000, "vk:alpha": 6000, "telegram:alpha": 6000, "vk:carol": 90_000}
    frame = likes_of(
        ("vk:bravo", 2), ("vk:alpha", 2), ("telegram:alpha", 2), ("vk:zulu", 2), ("vk:delta", 2), ("vk:carol", 1),
        sizes=sizes,
    )  # fmt: skip
    assert outreach.rank(frame)[["rank", "resource"]].to_numpy().tolist() == [
        [1, "telegram:alpha"],
        [1, "vk:alpha"],
        [1, "vk:bravo"],
        [4, "vk:delta"],
        [4, "vk:zulu"],
        [6, "vk:carol"],
    ]


def test_top_cuts_within_a_tie_by_key():
    """The first places only: of equals those with the first keys."""
    frame = likes_of(("vk:bravo", 2), ("vk:alpha", 2), ("vk:carol", 2))
    assert outreach.rank(frame, top=2)["resource"].tolist() == ["vk:alpha", "vk:bravo"]


def test_affinity_of_two_resources():
    """Equal counts on sizes of 1 and 3: twice and two thirds of the average; below a count of 3 no index."""
    sizes = {"vk:alpha": 10_000, "vk:bravo": 30_000}
    three = outreach.rank(likes_of(("vk:alpha", 3), ("vk:bravo", 3), sizes=sizes)).set_index("resource")
    assert three["affinity"].to_dict() == pytest.approx({"vk:alpha": 200.0, "vk:bravo": 66.66666666666666})
    two = outreach.rank(likes_of(("vk:alpha", 2), ("vk:bravo", 2), sizes=sizes))
    assert two["affinity"].isna().all()


def test_affinity_stays_on_its_platform_and_off_unknown_sizes():
    """Other platforms, unknown sizes, small, own and excluded resources are not in the base."""
    sizes = {"vk:alpha": 10_000, "vk:bravo": 30_000, "telegram:alpha": 5_000_000, "vk:small": 10}
    sizes |= {"vk:mine": 1_000_000, "vk:theirs": 2_000_000}
    frame = likes_of(*((key, 3) for key in (*sizes, "vk:unknown")), sizes=sizes)
    got = outreach.rank(frame, own="vk:mine", exclude="vk:theirs").set_index("resource")["affinity"]
    assert got.dropna().to_dict() == pytest.approx({"vk:alpha": 200, "vk:bravo": 200 / 3, "telegram:alpha": 100})
    assert got.index.tolist() == ["telegram:alpha", "vk:bravo", "vk:alpha", "vk:unknown"]


def test_equal_affinities_are_ties_however_they_are_computed():
    """Resources with the same likes a subscriber share their affinity exactly: the larger count comes first."""
    sizes = {"vk:alpha": 5000, "vk:bravo": 3000, "vk:rest": 7000}
    frame = likes_of(("vk:alpha", 5), ("vk:bravo", 3), ("vk:rest", 1), sizes=sizes)
    got = outreach.rank(frame, min_subscribers=0, by="affinity")
    assert got["affinity"][0] == got["affinity"][1]
    assert got["resource"].tolist() == ["vk:alpha", "vk:bravo"]


def test_pages_and_names_are_counted_against_all_customers():
    """Nobody gives a list "of the web": of web pages and bare names all customers are the base."""
    frame = likes_of(("web:example.com/blog", 2), ("other:name/alpha", 1), ("vk:alpha", 4), ("telegram:alpha", 5))
    got = outreach.rank(frame).set_index("resource")["listed"].to_dict()
    assert got == {"web:example.com/blog": 5, "other:name/alpha": 5, "vk:alpha": 4, "telegram:alpha": 5}


def test_an_empty_list_is_an_answer():
    """A customer who follows nothing on a platform counts there, and in the base of pages and names."""
    frame = pd.DataFrame(
        [("a", "vk", "vk:alpha"), ("b", "vk", None), ("c", "telegram", None), ("a", None, "web:example.org")],
        columns=["customer", "platform", "resource"],
    )
    got = outreach.rank(frame).set_index("resource")["listed"].to_dict()
    assert got == {"vk:alpha": 2, "web:example.org": 3}


def test_a_resource_on_two_platforms_is_counted_against_both(tmp_path):
    """Where a person says that two addresses are one place, whoever has a list of either platform is in the base."""
    (tmp_path / "same.csv").write_text("resource,same_as\nvk:alpha,telegram:alpha\n", encoding="utf-8")
    (tmp_path / "likes.csv").write_text(
        "customer,resource\na,vk:alpha\nb,telegram:alpha\nb,vk:alpha\nc,telegram:bravo\nd,web:example.org\n",
        encoding="utf-8",
    )
    with Engine() as engine:
        likes = read_tables(engine, [tmp_path / "likes.csv"], same_as=tmp_path / "same.csv")
        rows = {row["platform"]: (row["overlap"], row["listed"]) for row in rank(likes).table.head()}
        top = rank(likes).table.head(1)[0]
    assert (top["resource"], top["overlap"], top["listed"]) == ("telegram:alpha", 2, 3)
    assert rows["web"] == (1, 4)


def test_a_number_without_an_address_has_that_of_its_name(tmp_path):
    """Telegram's exports tell numbers, which lead nowhere; the name behind one does, followed by somebody or not."""
    (tmp_path / "same.csv").write_text(
        "resource,same_as\ntelegram:smm_riga,telegram:id/77\ntelegram:smm_athens,telegram:id/78\n", encoding="utf-8"
    )
    (tmp_path / "likes.csv").write_text(
        "customer,resource\na,telegram:id/77\nb,t.me/SMM_Riga\na,telegram:id/78\na,telegram:id/79\n",
        encoding="utf-8",
    )
    want = {
        "telegram:id/77": "https://t.me/smm_riga",
        "telegram:id/78": "https://t.me/smm_athens",
        "telegram:id/79": None,
    }
    with Engine() as engine:
        likes = read_tables(engine, [tmp_path / "likes.csv"], same_as=tmp_path / "same.csv")
        assert {row["resource"]: row["url"] for row in rank(likes).table.head()} == want
        assert [row["name"] for row in rank(likes).table.head()] == ["smm_riga", "smm_athens", None]
    frame = outreach.read_likes(tmp_path / "likes.csv", same_as=tmp_path / "same.csv")
    for read in (frame, outreach.rank(frame)):
        urls = read["url"].astype(object).where(read["url"].notna(), None)
        assert dict(zip(read["resource"], urls, strict=True)) == want


@pytest.mark.parametrize("by", ["share", "affinity"])
def test_ratios_need_three_customers(ranked, by):
    """By a ratio two of two is not shown, unless it is asked for."""
    sizes = {"vk:alpha": 6000, "telegram:alpha": 6000}
    frame = likes_of(("vk:alpha", 2), ("telegram:alpha", 3), sizes=sizes)
    assert keys(ranked(frame, by=by).rows) == ["telegram:alpha"]
    assert ranked(frame, by=by).hidden["overlap"].resources == 1
    assert sorted(keys(ranked(frame, by=by, min_overlap=1).rows)) == ["telegram:alpha", "vk:alpha"]
    assert keys(ranked(frame, by=by, min_overlap=4).rows) == []


def test_ranking_by_share():
    """The share orders across platforms: 3 of 3 before 4 of 10; equal shares by count."""
    rows = [("vk:alpha", 4), ("telegram:alpha", 3), ("vk:bravo", 10)]
    got = outreach.rank(likes_of(*rows), by="share")
    assert got["resource"].tolist() == ["vk:bravo", "telegram:alpha", "vk:alpha"]
    assert got["share"].tolist() == [1.0, 1.0, 0.4]


def test_without_a_size_the_affinity_comes_last():
    """By affinity a resource of unknown size has none, and stands below those that have one."""
    sizes = {"vk:alpha": 50_000, "vk:bravo": 6000}
    frame = likes_of(("vk:unknown", 5), ("vk:alpha", 4), ("vk:bravo", 3), sizes=sizes)
    assert outreach.rank(frame, by="affinity")["resource"].tolist() == ["vk:bravo", "vk:alpha", "vk:unknown"]


def test_since_drops_old_likes_and_keeps_the_lists(ranked):
    """An old like does not count, one without a date does; the list itself stays an answer."""
    frame = pd.DataFrame(
        [
            ("a", "vk:alpha", "2025-06-01"),
            ("b", "vk:alpha", "2025-05-31"),
            ("c", "vk:alpha", None),
            ("d", "vk:bravo", "2020-01-01"),
        ],
        columns=["customer", "resource", "followed_at"],
    )
    result = ranked(frame, since=SINCE)
    assert [(row["resource"], row["overlap"], row["listed"]) for row in result.rows] == [("vk:alpha", 2, 4)]
    assert result.undated
    assert not ranked(frame.dropna(), since=SINCE).undated
    assert not ranked(frame).undated


def test_of_two_dates_the_later_one_counts():
    """A like that two files tell is as young as the younger says."""
    frame = pd.DataFrame({"customer": "a", "resource": "vk:alpha", "followed_at": ["2020-01-01", "2025-07-01"]})
    assert outreach.rank(frame, since="2025-06-01")["overlap"].tolist() == [1]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2y", "2022-02-28"), ("1y", "2023-02-28"), ("4y", "2020-02-29"), ("1m", "2024-01-29"), ("12m", "2023-02-28"),
        ("4w", "2024-02-01"), ("29d", "2024-01-31"), ("0d", "2024-02-29"), (" 2 Y ", "2022-02-28"),
        ("2025-01-31", "2025-01-31"),
    ],
)  # fmt: skip
def test_spans_are_counted_back_from_today(text, day):
    """A span of years and months ends on the same day of the month, or on its last."""
    assert moment(text, date(2024, 2, 29)) == datetime.fromisoformat(f"{day}T00:00:00+00:00")


@pytest.mark.parametrize("text", ["", "soon", "2", "y", "-2y", "2 years", "2025-13-01", "9999y", "31.01.2025x"])
def test_what_is_no_span_and_no_date_is_told(text):
    """Any other text is refused with a hint."""
    with pytest.raises(InputError, match="neither a span nor a date"):
        moment(text, date(2024, 2, 29))


def test_own_is_out_of_the_table_not_out_of_the_customers(ranked):
    """The own page is not shown; who follows only that is still a customer with a list."""
    frame = likes_of(("vk:mine", 5), ("vk:alpha", 2))
    result = ranked(frame, own=("https://m.vk.com/mine?from=ad", "vk:nobody"))
    assert [(row["resource"], row["overlap"], row["listed"]) for row in result.rows] == [("vk:alpha", 2, 5)]
    assert (result.hidden["own"].resources, result.hidden["own"].best["overlap"], result.absent) == (1, 5, 1)


def test_own_follows_aliases(ranked):
    """An own page is out under every one of its addresses."""
    frame = pd.DataFrame(
        {"customer": list("ab"), "url": ["https://vk.com/club7", "https://vk.com/smm"], "handle": ["smm", None]}
    )
    assert ranked(frame, own=("vk:smm",)).rows == []
    assert ranked(frame, own=("vk.com/public7",)).rows == []


def test_exclude_counts_apart_from_own(ranked):
    """What is both own and excluded is own; what names nothing is told."""
    frame = likes_of(("vk:mine", 5), ("vk:alpha", 2), ("vk:bravo", 1))
    result = ranked(frame, own=("vk:mine",), exclude=("vk:mine", "vk.com/alpha"))
    assert keys(result.rows) == ["vk:bravo"]
    assert {by: hidden.resources for by, hidden in result.hidden.items()} == {"own": 1, "exclude": 1}
    for option in ("own", "exclude"):
        with pytest.raises(UnknownResourceError):
            ranked(frame, **{option: ("https://www.instagram.com/p/Cx1/",)})


@pytest.mark.parametrize(
    ("topic", "shown"),
    [
        ("", ["alpha", "bravo", "carol", "delta", "echo", "foxtrot", "golf"]),
        ("100%", ["alpha"]),
        ("%", ["alpha"]),
        ("0 g", ["bravo"]),
        ("B_TO_B", ["carol"]),
        ("_", ["carol"]),
        ("\\", ["echo"]),
        ("МАРКЕТ", ["foxtrot"]),
        ("маркет", ["foxtrot"]),
        ("nothing", []),
    ],
)
def test_topic_is_text_and_no_pattern(topic, shown):
    """The topic contains the text in any case; signs that are wildcards elsewhere are plain signs here."""
    topics = {
        "alpha": "100% growth", "bravo": "1000 growth", "carol": "b_to_b", "delta": "b2to2b", "echo": "a\\b",
        "foxtrot": "Маркетинг", "golf": None,
    }  # fmt: skip
    frame = pd.DataFrame(
        {"customer": "a", "resource": [f"telegram:{name}" for name in topics], "topic": list(topics.values())}
    )
    assert outreach.rank(frame, topic=topic)["resource"].tolist() == [f"telegram:{name}" for name in shown]


@pytest.mark.parametrize(
    ("written", "asked"), [("ΕΠΙΧΕΙΡΗΣΕΙΣ", "επιχειρησεις"), ("επιχειρησεις", "ΕΠΙΧΕΙΡΗΣΕΙΣ"), ("İzmir", "İzmir")]
)
def test_topic_is_found_where_case_is_not_one_letter_to_one(written, asked):
    """A Greek word ends in a sigma of its own, a Turkish capital has a dot: written alike they are found."""
    frame = pd.DataFrame({"customer": ["a"], "resource": ["telegram:alpha"], "topic": [written]})
    assert len(outreach.rank(frame, topic=asked)) == len(outreach.rank(frame, topic=written)) == 1


def test_topic_is_found_however_its_accents_are_typed():
    """A letter with its accent may be one sign or two, as macOS writes it."""
    frame = pd.DataFrame({"customer": ["a"], "resource": ["telegram:alpha"], "topic": ["Mārketings"]})
    assert len(outreach.rank(frame, topic="ma\u0304rk")) == 1


@pytest.mark.parametrize(
    ("accepts", "shown"),
    [("any", ["alpha", "bravo", "carol", "delta"]), ("yes", ["alpha"]), ("not-no", ["alpha", "carol", "delta"])],
)
def test_accepts_posts(ranked, accepts, shown):
    """``yes`` is known to accept; ``not-no`` is all but those known to refuse; a word of one's own is neither."""
    frame = pd.DataFrame(
        {
            "customer": "a",
            "resource": ["telegram:alpha", "telegram:bravo", "telegram:carol", "telegram:delta"],
            "accepts_posts": ["Да", "no", "ask first", None],
        }
    )
    result = ranked(frame, accepts_posts=accepts)
    assert keys(result.rows) == [f"telegram:{name}" for name in shown]
    hidden = 4 - len(shown)
    assert (result.hidden["accepts posts"].resources if hidden else 0) == hidden


def test_unknown_size_is_kept_unless_dropped(ranked):
    """Unknown does not mean small: it stays under any minimum, and goes only when asked."""
    frame = likes_of(("vk:alpha", 2), ("vk:bravo", 1), sizes={"vk:bravo": 6000})
    kept = ranked(frame, min_subscribers=1_000_000)
    assert (keys(kept.rows), kept.unknown, kept.reasons) == (["vk:alpha"], 1, ["size"])
    dropped = ranked(frame, unknown_size="drop")
    assert (keys(dropped.rows), dropped.unknown, dropped.reasons) == (["vk:bravo"], 0, ["unknown size"])


def test_minimum_size_is_inclusive():
    """A resource of exactly the minimum is listed."""
    frame = likes_of(("vk:alpha", 1), ("vk:bravo", 1), sizes={"vk:alpha": 5000, "vk:bravo": 4999})
    assert outreach.rank(frame)["resource"].tolist() == ["vk:alpha"]


def test_platform_filter_leaves_the_counts(ranked):
    """Only the platforms asked for are shown; listed is counted before."""
    frame = likes_of(("vk:alpha", 3), ("telegram:alpha", 2), ("web:example.org", 4))
    result = ranked(frame, platforms=("telegram", "web"))
    assert [(row["resource"], row["listed"]) for row in result.rows] == [("web:example.org", 4), ("telegram:alpha", 2)]
    assert result.hidden["platform"].best["resource"] == "vk:alpha"


def test_the_first_filter_takes_the_blame_and_names_its_best(ranked):
    """Each filter tells how many it hid first, and the best of them: most customers, then size, then key."""
    sizes = {"vk:small": 900, "vk:smaller": 100, "vk:tiny": 100, "vk:large": 9000}
    frame = likes_of(
        ("vk:small", 2), ("vk:smaller", 3), ("vk:tiny", 3), ("vk:large", 1), ("telegram:alpha", 5), ("vk:unknown", 1),
        sizes=sizes,
    )  # fmt: skip
    result = ranked(frame, platforms=("vk",), min_overlap=2, unknown_size="drop")
    assert result.rows == []
    assert [(hidden.by, hidden.resources, hidden.best["resource"]) for hidden in result.hidden.values()] == [
        ("platform", 1, "telegram:alpha"),
        ("size", 3, "vk:smaller"),
        ("unknown size", 1, "vk:unknown"),
        ("overlap", 1, "vk:large"),
    ]
    best = result.hidden["size"].best
    assert (best["overlap"], best["listed"], best["subscribers"], best["platform"]) == (3, 3, 100, "vk")


@pytest.mark.parametrize(
    ("option", "value"), [("unknown_size", "maybe"), ("accepts_posts", "no"), ("by", "lift"), ("by", "")]
)
def test_values_that_no_option_has_are_refused(option, value):
    """A value that is none of those listed is told with all that are."""
    with pytest.raises(InputError, match=f"{option} must be one of "):
        Choice(**{option: value})


def test_many_likes_are_counted_once_each():
    """Spellings of one address and repeated rows are one like."""
    addresses = ["https://t.me/Alpha", "t.me/s/alpha", "telegram:alpha", "https://telegram.me/alpha/12"]
    rows = [(customer, address) for customer in "abc" for address in addresses * 3]
    got = outreach.rank(pd.DataFrame(rows, columns=["customer", "resource"]))
    assert got[["resource", "overlap", "listed"]].to_numpy().tolist() == [["telegram:alpha", 3, 3]]
    assert Counter(got["rank"]) == {1: 1}
