"""Keys that the engine makes are those that ``identify`` makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.keys import identify
from outreach.likes import plain_keys
from tests.examples import ALL

BEFORE = [
    "https://t.me/", "t.me/s/", "http://www.t.me/", "https://vk.com/", "https://m.vk.com/", "vk.ru/@", "vk.com/market/",
    "https://www.facebook.com/", "https://m.facebook.com/groups/", "facebook.com/pg/", "https://www.instagram.com/",
    "instagram.com/stories/", "https://x.com/", "twitter.com/", "https://www.youtube.com/@", "youtube.com/c/",
    "youtube.com/", "https://www.reddit.com/r/", "reddit.com/user/", "https://www.linkedin.com/company/",
    "linkedin.com/groups/", "https://www.tiktok.com/@", "twitch.tv/", "https://github.com/", "https://medium.com/@",
    "https://mastodon.social/@", "https://ok.ru/", "https://dzen.ru/", "https://discord.gg/", "https://wa.me/",
    "https://tgstat.ru/channel/@", "https://bit.ly/", "https://nitter.net/", "https://example.org/",
    "https://open.spotify.com/user/", "https://www.pinterest.com/", "https://bsky.app/profile/", "https://t.co/",
    "https://t.me/joinchat/", "https://www.threads.com/@", "https://rutube.ru/channel/", "https://www.meetup.com/",
]  # fmt: skip


def keys_of(texts):
    """Return what the engine makes keys of, with them; each text is an address."""
    texts = sorted(set(texts))
    with Engine() as engine:
        engine.run("create table addresses (address_id integer, resource varchar)")
        engine.append("addresses", [list(range(len(texts))), texts])
        engine.run("create table identified (address_id integer, key varchar, empty_list varchar, reason varchar)")
        plain_keys.add_plain_keys(engine, "addresses")
        rows = engine.rows("select resource, key from identified join addresses using (address_id)")
        assert len(rows) == len({text for text, _ in rows})
        return dict(rows)


@pytest.fixture
def _all_classes(monkeypatch):
    monkeypatch.setattr(plain_keys, "MANY", 0)
    monkeypatch.setattr(plain_keys, "MANY_OF_A_CLASS", 0)


@pytest.mark.usefixtures("_all_classes")
@pytest.mark.parametrize("each", [1] if ALL else [15])
@pytest.mark.parametrize("before", BEFORE)
def test_words_of_the_rules_get_the_keys_that_the_rules_give(before, each):
    """Alone, before and behind numbers and other words: whatever a platform reserves is refused as ever."""
    forms = [
        "{0}",
        "{0}7",
        "{0}_7",
        "{0}123_45",
        "{0}7_x",
        "{0}_riga",
        "{0}riga",
        "riga{0}",
        "riga_{0}",
        "{0}_{0}",
        "r7{0}",
        "{0}__9",
        "{0}0",
    ]
    words = sorted(plain_keys._words())[BEFORE.index(before) % each :: each]
    forms += [f"{form}/" for form in forms[:3]]
    texts = [before + form.format(word) for word in words for form in forms]
    found = keys_of(texts)
    assert {text: identify(text).key for text in found} == found


HANDLES = st.text("abnlopqwuei_017", min_size=1, max_size=24) | st.sampled_from(["club7", "wall1_2", "public", "durov"])
ODD = st.sampled_from(["", "", "/", "?a=1", " ", ".", "/about", "-1"])


@pytest.mark.usefixtures("_all_classes")
@given(st.lists(st.tuples(st.sampled_from(BEFORE), HANDLES, ODD), max_size=40))
def test_any_handles_get_the_keys_that_the_rules_give(parts):
    """Handles of all lengths, with whatever stands behind them."""
    found = keys_of("".join(part) for part in parts)
    assert {text: identify(text).key for text in found} == found


@pytest.mark.usefixtures("_all_classes")
def test_plain_handles_get_their_keys():
    """Most addresses of a large table are like these, and none of them is left over."""
    handles = ["smm_ogre", "ogrebeer", "smm2", "name_12", "walksofogre", "ogre2024", "ogre_x_7y"]
    texts = [f"{before}{handle}" for before in ("https://t.me/", "vk.com/", "instagram.com/") for handle in handles]
    assert keys_of(texts) == {text: identify(text).key for text in texts}


def test_few_addresses_are_left_to_python():
    """To ask for classes costs more than the keys of a thousand addresses."""
    assert keys_of(f"https://t.me/smm_{number}" for number in range(1_000)) == {}
