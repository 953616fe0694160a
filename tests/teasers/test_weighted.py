"""Length on X: the published cases, an independent counter, and what they leave open."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.weighted import weighted

POSTS = Path(__file__).parents[3] / "shared" / "fixtures" / "posts"


@pytest.fixture(scope="module")
def published():
    path = POSTS / "twitter-text-validate.yml"
    if not path.is_file():
        pytest.skip("no published cases beside the checkout")
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(path.read_text("utf-8"))["tests"]


@pytest.fixture(scope="module")
def oracle():
    parser = pytest.importorskip("twitter_text")

    def count(text):
        return parser.parse_tweet(text).weightedLength

    return count


@pytest.mark.parametrize(
    "group", ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"]
)
def test_published_cases(published, group):
    """Every published case of the current rules has the published length."""
    cases = [(case["description"], case["text"], case["expected"]["weightedLength"]) for case in published[group]]
    assert cases
    assert [(said, weighted(text)) for said, text, _ in cases] == [(said, want) for said, _, want in cases]


def test_published_addresses_count_as_links(published):
    """Every address that is published as valid counts 23, with a scheme and without."""
    texts = [case["text"] for kind in ("urls", "urls_without_protocol") for case in published[kind] if case["expected"]]
    assert [text for text in texts if weighted(f"see {text} now") < 4 + 23 + 4] == []
    # A machine's number, a password, an odd ending: may be text to X, so they may count more.
    odd = [text for text in texts if weighted(text) != 23]
    assert [text for text in odd if not set("[@+") & set(text) and "192.168" not in text] == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", 0),
        ("Привет, Рига", 12),
        ("Ελληνικά", 8),
        ("Հայերեն։", 8),
        ("Rīgā — „labi“", 13),
        ("…", 2),
        ("€5", 3),
        ("e\u0301", 1),
        ("a\r\nb", 3),
        ("https://riga.example/blog?utm_source=x&utm_medium=social", 23),
        ("https://riga.example/блог/заявки", 23),
        ("https://riga.example/δρόμος", 23 + 6),
        ("(https://riga.example/a_(b)).", 1 + 23 + 2),
        ("vk.com/riga, t.me/riga", 23 + 2 + 23),
        ("сайт:shop.example.com!", 5 + 23 + 1),
        ("node.js и т.е. 3.5", 18),
        ("anna@mail.example.com", 21),
        ("https://site.com.Дальше", 23 + 7),
        ("http://localhost:8000", 23),
        ("http://магазин.рф", 23),
        ("1⃣2️⃣", 4),
        ("🇱🇻🇦🇲", 4),
        ("👍🏽 👩‍💻", 5),
        ("❤️", 2),
        ("©", 2),
    ],
)
def test_weighted_by_hand(text, want):
    """Letters of our users count 1, links 23, emoji 2."""
    assert weighted(text) == want


@pytest.mark.parametrize("joined", ["🐦‍🔥", "❤️‍🔥", "🧑‍🧑‍🧒", "🐻‍❄️"])
def test_newer_joined_emoji_count_as_documented(joined):
    """Emoji count 2 whatever they are made of, those too that the published library does not know yet."""
    assert weighted(joined) == 2


@pytest.mark.parametrize("ending", ["design", "photo", "consulting", "berlin", "pizza", "versicherung"])
def test_unlisted_ending_counts_as_a_link_at_least(ending):
    """A bare domain with an ending that only X knows never counts less than a link."""
    assert weighted(f"studio.{ending}") == 23
    assert weighted(f"a-very-long-name-of-a-studio.{ending}/path/to/page") >= 23


def test_unknown_long_ending_counts_its_text():
    """What X may take for text counts as text where that is longer than a link."""
    assert weighted("a-very-long-name-of-a-studio.notanending") == 40


def test_every_ending_of_the_independent_counter(oracle):
    """With no ending that the independent counter knows do we count less."""
    from twitter_text.regexp.valid_cctld import valid_cctld
    from twitter_text.regexp.valid_gtld import valid_gtld

    endings = {word for pattern in (valid_cctld, valid_gtld) for word in pattern.pattern.split("|")}
    endings = {word for word in endings if word.isascii() and word.isalpha()}
    assert len(endings) > 1000
    texts = [f"{scheme}studio.{ending}" for ending in sorted(endings) for scheme in ("", "https://")]
    assert [text for text in texts if weighted(text) < oracle(text)] == []


def test_underscore_counts_no_less(oracle):
    """A bare domain may hold an underscore for one network and not for another."""
    for text in ("a_b.com", "a_b.example.com", "_riga.com", "a-_b.riga.com"):
        assert weighted(text) >= max(oracle(text), 23)


WORDS = st.sampled_from(
    [
        "Где", "теряются", "заявки?", "Πού", "χάνονται;", "Որտեղ", "են։", "Kur", "zūd", "pieteikumi…", "Leads", "—",
        "10€", "\n", "«скидка»", "你好", "ありがとう", "#смм", "@anna", "3.5", "т.", "е.", "e.g.", "node.js", "U.S.A.",
        "😀", "👍🏽", "👨‍👩‍👧‍👦", "🇱🇻", "1⃣", "☺", "vk.com", "t.me/riga", "https://riga.com",
        "https://riga.com/a?b=1&c=2",         "http://пример.рф/", "(see", "riga.lv)", "a@riga.com", "https://riga.com/a_(b).",
        "e\u0301", "\u202a", "‚ab‘", "x-y.org",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_agrees_with_the_independent_counter(oracle, text):
    """On texts as people write them we count what the independent counter counts."""
    assert weighted(text) == oracle(text)


@given(WORDS, st.sampled_from([",", ".", "!", "/", ":", ")", "'", "и"]), WORDS)
def test_counts_no_less_where_words_touch(oracle, first, glue, second):
    """Where a space was forgotten and a link is doubtful we never count less than the independent counter."""
    text = f"Где {first}{glue}{second} Kur"
    assert weighted(text) >= oracle(text)


@given(st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0x1F2FF)))
def test_any_text_counts_no_less(oracle, text):
    """No characters make us count less than the independent counter."""
    assert weighted(text) >= oracle(text)


@given(st.text(max_size=60))
def test_composed_and_decomposed_count_the_same(text):
    """An accent counts the same, typed with its letter or after it."""
    assert weighted(normalize("NFD", text)) == weighted(normalize("NFC", text))
