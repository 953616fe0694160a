"""Slugs: one spelling for one text, everywhere the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.slugs import digest, slug

SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Весна 2026", "vesna-2026"),
        ("Щука, ёжик & объём", "shchuka-ezhik-obem"),
        ("Καλοκαίρι στην Αθήνα", "kalokairi-stin-athina"),
        ("Ευρώπη, ευχάριστο ΤΟΥ αϋπνία", "evropi-efcharisto-tou-aypnia"),
        ("Ձմեռ Երևանում", "dzmerr-erevanum"),
        ("Pavasaris Rīgā: šķūņi", "pavasaris-riga-skuni"),
        ("Don't stop’s", "dont-stops"),
        ("  SMM__Riga--2 ", "smm-riga-2"),
        ("🔥 Sale 🔥", "sale"),
        ("№ 5 — 20 €", "no-5-20-eur"),
    ],
)
def test_five_languages_become_latin_words(text, want):
    """Lower case, one separator, nothing at the ends; soft signs and apostrophes do not cut words."""
    assert slug(text) == want


def test_a_mac_spells_the_same():
    """A letter that comes as two characters is the same letter."""
    assert slug("Чай и йод") == slug("Чай и йод") == "chay-i-yod"


@pytest.mark.parametrize("text", ["", "—", "🎉", "🎉🔥", "!!!", "\u0306", "\ud800", "   "])
def test_what_cannot_be_written_gets_a_hash(text):
    """Never empty, and still different texts differ."""
    assert SHAPE(slug(text))
    assert slug(text) != slug(text + "❤")


def test_hashes_are_the_same_everywhere():
    """These stand in published links: they never change."""
    assert (slug("🎉"), slug(""), digest("a", 5)) == ("xc532k76", "xwerc8gm", "sabr2")


def test_a_long_text_is_cut_between_words():
    """A part of a word remains only where the whole words are less than half."""
    assert slug("one two three", 8) == "one-two"
    assert slug("one two three", 7) == "one-two"
    assert slug("one two three", 6) == "one"
    assert slug("a " + "b" * 50, 20) == "a-" + "b" * 18
    assert slug("a" * 300) == "a" * 100


def test_the_other_separator():
    """An underscore where the marketer's reports use those."""
    assert slug("Весна-2026 / Riga", separator="_") == "vesna_2026_riga"


@given(st.text(), st.integers(1, 120), st.sampled_from("-_"))
def test_slugs_have_one_shape(text, longest, separator):
    """Any text gives a short word, which is its own slug."""
    word = slug(text, longest, separator)
    assert SHAPE(word.replace(separator, "-"))
    assert len(word) <= longest
    assert slug(word, longest, separator) == word
