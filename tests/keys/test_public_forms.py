"""The forms of addresses in public test lists: what share of our keys is right, and what share of the keys we give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from outreach.keys import identify, platform_of, url_of

LINES = (Path(__file__).parent / "data" / "addresses.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
NOTHING = "-"
PRECISION, RECALL = 0.999, 0.95
WITH_ONE_PLACE = sorted({key for key, _ in CASES} - {NOTHING})


@pytest.mark.parametrize(("key", "address"), CASES)
def test_a_form_leads_to_its_place(key, address):
    """An address has the key of its place, whatever platform it is found under; what names none says why."""
    found = identify(address)
    assert found.key == (None if key == NOTHING else key)
    assert found.why
    if "://" in address:
        assert identify(address, "meetup") == found


@pytest.mark.parametrize("key", WITH_ONE_PLACE)
def test_the_key_and_its_address_are_the_same_place(key):
    """Each key of the list is its own key, and its address gives it back."""
    assert identify(key).key == key
    if url := url_of(key):
        assert identify(url).key == key


def test_precision_and_recall():
    """Of the keys that we give, and of those that there are, so many are right: together and on each platform."""
    given, there, right = Counter(), Counter(), Counter()
    for key, address in CASES:
        found = identify(address).key
        for platform in ("all", platform_of(key)):
            given[platform] += found is not None
            there[platform] += key != NOTHING
            right[platform] += found is not None and found == key
    assert len(CASES) > 700
    for platform, count in there.items():
        if count:
            assert right[platform] >= PRECISION * given[platform]
            assert right[platform] >= RECALL * count
    assert given[NOTHING] == 0
