"""The one query gives the same rows on every engine: here DuckDB and SQLite."""

from __future__ import annotations

import itertools
import math
import re
import sqlite3
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

QUERY = files("outreach.ranking").joinpath("rank.sql").read_text("utf-8")
COLUMNS = (
    "rank", "resource", "platform", "name", "subscribers", "overlap", "listed", "share", "share_low", "share_high",
    "affinity", "accepts_posts", "hidden_by",
)  # fmt: skip
TABLES = {
    "likes": "customer varchar, resource_id integer, followed_at timestamp",
    "lists": "customer varchar, platform varchar",
    "resources": "resource_id integer, resource varchar, platform varchar, platforms varchar, name varchar, "
    "subscribers bigint, accepts_posts varchar, topic varchar",
    "set_aside": "resource_id integer, reason varchar",
    "on_topic": "topic varchar",
}
EVERYTHING = {
    "since": None,
    "platforms": "",
    "min_subscribers": 0,
    "unknown_size": "keep",
    "accepts_posts": "any",
    "topic": "",
    "min_overlap": 1,
    "by": "overlap",
}
OPTIONS = {
    "since": (None, "2025-06-01 00:00:00"),
    "platforms": ("", ",vk,", ",telegram,web,"),
    "min_subscribers": (0, 5000),
    "unknown_size": ("keep", "drop"),
    "accepts_posts": ("any", "yes", "not-no"),
    "topic": ("", "whatever is in on_topic"),
    "min_overlap": (1, 3),
    "by": ("overlap", "share", "affinity"),
}
DATES = (None, "2024-12-31 23:59:59", "2025-06-01 00:00:00", "2025-07-15 12:30:00")
CUSTOMERS = "abcdefg"
LABELS = st.sampled_from(CUSTOMERS)
PLATFORMS = ("telegram", "vk", "web", "other", "other:a_b")


@pytest.fixture(scope="module")
def engines():
    """Give a function that fills both engines with the same tables and another that asks both."""
    duck = duckdb.connect(":memory:", config={"threads": 1})  # the tables are tiny
    lite = sqlite3.connect(":memory:")
    lite.create_function("sqrt", 1, math.sqrt, deterministic=True)  # builds of SQLite may lack it
    for name, columns in TABLES.items():
        duck.execute(f"create table {name} ({columns})")
        lite.execute(f"create table {name} ({columns})")
    yield duck, lite
    duck.close()
    lite.close()


def fill(engines, tables):
    for name, rows in tables.items():
        for engine in engines:
            engine.execute(f"delete from {name}")
            if rows:
                engine.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)


def ask(engines, options):
    """Return the rows of each engine, in an order that does not depend on the engine."""
    values = EVERYTHING | options
    answers = []
    for engine in engines:
        found = engine.execute(QUERY, values)
        assert tuple(column[0] for column in found.description) == COLUMNS
        answers.append(sorted(found.fetchall(), key=lambda row: row[1]))
    return answers


def assert_same(engines, options):
    ours, others = ask(engines, options)
    assert len(ours) == len(others)
    for row, other in zip(ours, others, strict=True):
        assert row == tuple(pytest.approx(cell, rel=1e-12) if isinstance(cell, float) else cell for cell in other)


@st.composite
def tables(draw):
    """Draw the four tables as the rooms before fill them: no pair twice, every like on a list."""
    resources, likes, lists = [], [], set()
    for number in range(1, draw(st.integers(0, 8)) + 1):
        platforms = sorted(draw(st.sets(st.sampled_from(PLATFORMS[:4]), min_size=1, max_size=3)))
        platform = draw(st.sampled_from(platforms))
        resources.append((
            number, f"{platform}:r{number}", platform, ",".join(platforms), draw(st.sampled_from([None, "R"])),
            draw(st.sampled_from([None, 1, 4999, 5000, 70_000, 5_000_000])),
            draw(st.sampled_from([None, "yes", "no", "ask"])),
            draw(st.sampled_from([None, "SMM", "100% smm", "100 cats", "a_b", "aXb"])),
        ))  # fmt: skip
        for customer in sorted(draw(st.sets(LABELS, min_size=1))):
            likes.append((customer, number, draw(st.sampled_from(DATES))))
            lists.add((customer, draw(st.sampled_from(platforms))))
    lists |= draw(st.sets(st.tuples(LABELS, st.sampled_from(PLATFORMS))))
    aside = draw(st.dictionaries(st.integers(1, 8), st.sampled_from(["own", "exclude"]), max_size=3))
    topics = draw(st.sets(st.sampled_from(["SMM", "100% smm", "a_b", "never"])))
    return {
        "likes": likes, "lists": sorted(lists), "resources": resources, "set_aside": sorted(aside.items()),
        "on_topic": [(topic,) for topic in sorted(topics)],
    }  # fmt: skip


@given(tables(), st.fixed_dictionaries({name: st.sampled_from(values) for name, values in OPTIONS.items()}))
def test_engines_agree_on_generated_tables(engines, generated, options):
    """Both engines give the same rows for any tables and options."""
    fill(engines, generated)
    assert_same(engines, options)


@pytest.mark.slow
def test_engines_agree_on_every_combination_of_options(engines):
    """Both engines give the same rows for every combination of the options, on one table that has a bit of all."""
    sizes = (None, 900, 4999, 5000, 70_000, 5_000_000)
    topics = (None, "SMM", "100% smm", "100 cats", "a_b", "aXb", "smm a_b 100%")
    accepts = (None, "yes", "no", "ask")
    homes = ("telegram", "vk", "web", "other", "telegram,vk", "telegram,web")
    resources = [
        (
            number, f"{home.partition(',')[0]}:r{number}", home.partition(",")[0], home, None,
            sizes[number % 6], accepts[number % 4], topics[number % 7],
        )
        for number, home in zip(range(1, 43), itertools.cycle(homes))
    ]  # fmt: skip
    likes = [
        (customer, number, DATES[(number + place) % 4])
        for number, *_ in resources
        for place, customer in enumerate(CUSTOMERS[: number * 5 % 7 + 1])
    ]
    platforms = {number: platform for number, _, platform, *_ in resources}
    lists = {(customer, platforms[number]) for customer, number, _ in likes} | {("z", "telegram"), ("y", "other:a_b")}
    fill(
        engines,
        {
            "likes": likes,
            "lists": sorted(lists),
            "resources": resources,
            "set_aside": [(5, "own"), (9, "exclude")],
            "on_topic": [("SMM",), ("a_b",)],
        },
    )
    few = {name: values[:2] if name == "platforms" else values for name, values in OPTIONS.items()}
    for values in itertools.product(*few.values()):
        assert_same(engines, dict(zip(few, values, strict=True)))


def test_empty_tables_give_no_rows(engines):
    """Without likes there is nothing to rank on either engine."""
    fill(engines, dict.fromkeys(TABLES, ()))
    assert ask(engines, {}) == [[], []]


def test_a_resource_without_a_topic_is_on_no_topic(engines):
    """A missing topic is neither on a topic nor an error of three-valued logic."""
    resources = [(1, "vk:r1", "vk", "vk", None, None, None, None), (2, "vk:r2", "vk", "vk", None, None, None, "SMM")]
    likes = [("a", 1, None), ("a", 2, None)]
    fill(
        engines,
        {"likes": likes, "lists": [("a", "vk")], "resources": resources, "set_aside": [], "on_topic": [("SMM",)]},
    )
    for rows in ask(engines, {"topic": "smm"}):
        assert [row[-1] for row in rows] == ["topic", None]


def test_counts_are_divided_as_fractions(engines):
    """No engine rounds a share to a whole number."""
    resource = (1, "telegram:r1", "telegram", "telegram", None, 1000, None, None)
    other = (2, "telegram:r2", "telegram", "telegram", None, 3000, None, None)
    fill(
        engines,
        {
            "likes": [(customer, number, None) for customer in "abc" for number in (1, 2)],
            "lists": [(customer, "telegram") for customer in "abcdefg"],
            "resources": [resource, other],
            "set_aside": [],
            "on_topic": [],
        },
    )
    for rows in ask(engines, {}):
        assert [row[7] for row in rows] == pytest.approx([3 / 7, 3 / 7])
        assert [row[10] for row in rows] == pytest.approx([200, 200 / 3])


@pytest.mark.parametrize("listed", [1, 2, 11, 14, 16, 17, 60])
def test_rounding_never_leaves_the_bounds(engines, listed):
    """On no engine does the last digit push a share out of its range, or the range out of 0..1."""
    resources = [(count, f"vk:r{count}", "vk", "vk", None, None, None, None) for count in range(1, listed + 1)]
    likes = [(str(place), count, None) for count, *_ in resources for place in range(count)]
    lists = [(str(place), "vk") for place in range(listed)]
    fill(engines, {"likes": likes, "lists": lists, "resources": resources, "set_aside": [], "on_topic": []})
    for rows in ask(engines, {}):
        assert all(0 <= low <= share <= high <= 1 for *_, share, low, high, _, _, _ in rows)
        assert {high for *_, share, _, high, _, _, _ in rows if share == 1} == {1}


def test_every_value_is_bound_and_known():
    """The query asks for the values that the tests vary, and no others."""
    code = re.sub(r"--[^\n]*", "", QUERY)
    assert set(re.findall(r"\$(\w+)", code)) == set(EVERYTHING) == set(OPTIONS)


def test_only_words_that_engines_share_are_used():
    """The query holds no function, operator or cast that belongs to one engine."""
    code = re.sub(r"'[^']*'|--[^\n]*", "", QUERY).lower()
    called = set(re.findall(r"\b([a-z_]+)\s*\(", code))
    words = {"as", "by", "over", "in", "and", "or", "then", "when", "case", "else", "from", "join", "on", "where"}
    assert called - words <= {"count", "sum", "coalesce", "nullif", "sqrt", "rank"} | set(
        re.findall(r"\b([a-z_]+) as \(", code)
    )
    assert not re.search(r"::|\bilike\b|\bqualify\b|group by all|\bexclude\b|\busing\b", code)
