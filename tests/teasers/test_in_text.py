"""Links, hashtags, mentions and emoji in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.in_text import emoji, hashtags, links, mentions_without_host


def found(text):
    return [text[link.start : link.end] for link in links(text)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("https://riga.lv/a?b=1#c", ["https://riga.lv/a?b=1#c"]),
        ("«https://riga.lv», (https://riga.lv/a).", ["https://riga.lv", "https://riga.lv/a"]),
        ("https://ru.wikipedia.org/wiki/Рига_(город).", ["https://ru.wikipedia.org/wiki/Рига_(город)"]),
        ("HTTPS://RIGA.LV/A", ["HTTPS://RIGA.LV/A"]),
        ("http://user.riga.lv:8080/a", ["http://user.riga.lv:8080/a"]),
        ("https://магазин.рф/каталог", ["https://магазин.рф/каталог"]),
        ("vk.com/riga и t.me/riga", ["vk.com/riga", "t.me/riga"]),
        ("ASP.NET", ["ASP.NET"]),
        ("node.js, price.xlsx, т.е., 3.5, v1.2, U.S.A.", []),
        ("anna@riga.lv", []),
        ("#riga.lv @riga.lv", []),
        ("конец.Начало", []),
    ],
)
def test_links(text, want):
    """A link ends where its sentence goes on."""
    assert found(text) == want


def test_doubtful_links_are_marked():
    """What a network may take for text is found and marked."""
    text = "https://riga.lv http://localhost:80 riga.lv studio.unheardof"
    assert [(link.sure, link.bare) for link in links(text)] == [
        (True, False), (False, False), (True, True), (False, True),
    ]  # fmt: skip


@given(st.text(alphabet="aя.:/@?()-_# 1comhtps", max_size=60))
def test_links_are_ordered_pieces(text):
    """Links lie inside the text, in order, apart, and hold no white space."""
    spans = [(link.start, link.end) for link in links(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert not any(" " in link for link in found(text))


def test_hashtags_need_a_letter_and_a_gap():
    """A number, an anchor and an HTML entity are no hashtags; letters of any script are."""
    assert hashtags("#смм #Ρήγα #մարքեթինգ #2026год #1 a#b https://riga.lv/#c &#39; ##d") == [
        "#смм", "#Ρήγα", "#մարքեթինգ", "#2026год", "#d",
    ]  # fmt: skip


def test_mentions_lose_their_server_only():
    """A mention keeps its name, mail addresses and profile links stay."""
    text = "@anna@social.example, @b.c@x.org. mail@riga.lv https://social.example/@anna@x.org @anna"
    want = "@anna, @b.c. mail@riga.lv https://social.example/@anna@x.org @anna"
    assert mentions_without_host(text) == want


@pytest.mark.parametrize("one", ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🇱🇻", "1⃣", "#️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "©"])
def test_one_emoji_is_one(one):
    """However many characters an emoji is made of, it is found whole."""
    assert emoji().findall(f"a{one}b{one}{one}") == [one] * 3
