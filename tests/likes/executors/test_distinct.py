"""Pairs are distinct whatever way they were made so."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.likes.executors import PAIRS, distinct

CUSTOMERS = st.sampled_from(["Anna", "Boris", "Čaks", "a", "0"])
ROWS = st.lists(st.tuples(st.integers(0, 1), CUSTOMERS, st.integers(-2, 4)), max_size=60)


@pytest.fixture(scope="module")
def shared_engine():
    with Engine() as engine:
        yield engine


def made_distinct(engine, rows, source):
    """Return what is left of pairs, with how often."""
    engine.run(f"create or replace table {PAIRS.name} (source integer, customer varchar, target integer)")
    engine.append(PAIRS.name, [*zip(*rows, strict=True)])
    distinct.make_distinct(engine, source)
    return Counter(engine.rows(f"from {PAIRS.name}"))


@given(ROWS, st.sampled_from(["hash(customer, target)", "hash(target) % 3", "0::ubigint"]), st.integers(1, 100),
       st.sampled_from([0.0, 0.2, 1.0]))  # fmt: skip
def test_each_pair_is_left_once(shared_engine, rows, hashed, at_once, most):
    """Also where different pairs have one hash, hashes are sorted in parts, and many or few pairs are repeated."""
    others = dict.fromkeys(row for row in rows if row[0] == 1)  # another executor's: distinct
    rows = [*others, *(row for row in rows if row[0] == 0)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "HASH", hashed)
        patch.setattr(distinct, "SORTED_ROWS", at_once)
        patch.setattr(distinct, "MOST_REPEATED", most)
        assert made_distinct(shared_engine, rows, 0) == Counter(set(rows))


def test_little_memory_is_shared_with_the_hashes(monkeypatch):
    """What lies beside the engine's memory is bounded by it."""
    rows = [(0, f"customer {n * n % 401}", n % 7) for n in range(3_000)]
    asked = []
    numbers = Engine.numbers
    monkeypatch.setattr(Engine, "numbers", lambda self, sql: asked.append(1) or numbers(self, sql))
    monkeypatch.setattr(distinct, "BYTES_A_ROW", 32 * 1024)
    with Engine(memory_limit="50MB") as engine:
        assert made_distinct(engine, rows, 0) == Counter(set(rows))
    assert len(asked) > 1
