"""What is read equals the facts, in whatever way they are written down."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.everyday import facts as module
from tests.everyday.cases import Outcome
from tests.everyday.facts import SHAPES, tried, written
from tests.examples import examples

MOST_REFUSED = 0.02
BY_CHANCE = 2
"""Of a hundred examples so many more may be refused: they are others each time."""


def test_what_is_read_equals_the_facts():
    """Or the run is refused with a hint which, followed literally, gives the facts; and it seldom is."""
    refused: list[str] = []
    count = 0

    @settings(
        max_examples=examples(400), phases=[Phase.explicit, Phase.reuse, Phase.generate]
    )  # a number has no shorter one
    @given(st.integers(0, 2**32))
    def check(number):
        nonlocal count
        facts = written(number)
        with tempfile.TemporaryDirectory() as folder:
            why, was_refused = tried(facts, Path(folder))
        count += 1
        if was_refused:
            refused.append("/".join(facts.combination))
        assert not why, why

    check()
    assert len(refused) <= MOST_REFUSED * count + BY_CHANCE, f"{len(refused)} of {count} were refused:\n" + "\n".join(
        sorted(refused)
    )


@pytest.mark.parametrize(
    ("hint", "follows"),
    [
        (
            (
                "--customer-is column if they are customers; "
                "--customer-is file (or tab, or folder) if each file is one customer"
            ),
            True,
        ),
        ("choose one: --read-as columns or --read-as list", True),
        ("choose one: --read-as columns or --read-as matrix", False),
        ("leave out names of places", False),
    ],
)
def test_a_hint_is_followed_where_it_offers_what_is_true(hint, follows, tmp_path, monkeypatch):
    """Its options are tried with what is true of the files; one that offers nothing true is a miss."""
    facts = written(SHAPES.index("list"))
    read = Outcome(0, {place.key: (facts.overlaps()[place.key], "") for place in facts.places}, "")
    refused = Outcome(3, {}, f"Error: f.txt: two readings\nHint: {hint}\n")
    monkeypatch.setattr(module, "run", lambda _, args: read if {"--read-as", "--customer-is"} & set(args) else refused)
    why, was_refused = tried(facts, tmp_path)
    assert was_refused
    assert (not why) == follows
