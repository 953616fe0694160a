"""What holds for any text: nothing raises, keys are stable, spellings collide, things do not."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.keys import (
    PLATFORMS,
    facebook,
    identify,
    instagram,
    is_name,
    name_key,
    platform_named,
    platform_of,
    publications,
    runet,
    strength,
    telegram,
    url_of,
    vk,
    x,
    youtube,
)
from outreach.keys.hosts import HOSTED, reader_of
from tests.examples import examples

HOSTS = sorted({host for platform in HOSTED for host in platform.hosts} | {
    "www.facebook.com", "m.vk.com", "old.reddit.com", "web.telegram.org", "chat.whatsapp.com", "join.slack.com",
    "l.facebook.com", "google.com", "mastodon.social", "example.com", "пример.рф", "name.t.me",
    "www.example.com:8080",
    "nitter.net", "nitter.example", "tgstat.ru", "telemetr.me", "telemetr.io", "telega.in", "yewtu.be", "fxbsky.app",
    "bsky.brid.gy", "elk.zone", "rsshub.app", "socialblade.com", "disboard.org", "patreon.com", "boosty.to",
    "tumblr.com", "name.tumblr.com", "snapchat.com", "soundcloud.com", "pinterest.com.tr", "redlib.example",
    "bit.ly", "odysee.com", "EXAMPLE.org.", "[::1]", "127.0.0.1", "a_b.example.com", "💩.la",
})  # fmt: skip
WORDS = sorted(
    {
        word
        for table in (
            facebook._RESERVED, instagram._INSTAGRAM_RESERVED, instagram._TWITCH_RESERVED, x._RESERVED, vk._RESERVED,
            telegram._RESERVED, youtube._RESERVED, runet._OK_RESERVED, runet._DZEN_RESERVED,
            publications._GITHUB_RESERVED, publications._MEDIUM_RESERVED, publications._PINTEREST_RESERVED,
        )
        for word in table
    }
    | {
        "groups", "company", "in", "r", "u", "user", "channel", "c", "@name", "@user@there.example", "name", "i",
        "id",
        "lists", "communities", "artist", "show", "group", "invite", "club123", "wall-12_3", "@name-slug", "-12",
        "-100123",
        "UC" + "a" * 22, "+AbCdEfGh123", "joinchat", "s", "12345", "Name-123456", "Имя", "%D0%98", "%2F", "%25", "%",
        "..",
        ".", "a.b", "a%00b", "a b", "%20", "did:plc:" + "a" * 24, "users", "web", "statuses", "NAME.", "a)", "(a",
        "a'",
        "“a”", "%C2%BB", "»", "name%2Fx", "n%61me", "http:", "u_name", "m", "1.2.3", "0", "007", "%E2%80%8B", "ß",
        "İ",
        "á", "٣", "１２", "a;b", "a&amp;b", "chat", "AbCdEfGh12345678901234",
        "content", "posts", "view", "blog", "add", "cw", "profile",
        "1234567890-name_1", "name.bsky.social", "pages", "repo.", "owner-", "pro", "topic-1", "orgs", "video",
        "media",
    }
)  # fmt: skip
QUERIES = [
    "id", "w", "z", "to", "u", "url", "q", "user_id", "screen_name", "channel_id", "list", "gid", "next",
    "utm_source",
    "fbclid", "a", "domain", "invite", "c", "oid", "sel", "href", "story_fbid", "view_all_page_id", "sessionRedirect",
]  # fmt: skip

words = st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.text(string.ascii_letters + "._-0123", max_size=12))
queries = st.lists(
    st.tuples(
        st.sampled_from(QUERIES),
        st.one_of(
            words,
            st.sampled_from(
                ["https://t.me/name", "77/photos", "https%3A%2F%2Fvk.com%2Fclub1", "wall-1_2", "77", "//x.y"]
            ),
        ),
    ),
    max_size=3,
)


@st.composite
def urls(draw):
    """Addresses on known and unknown hosts, which find more than plain text does."""
    scheme = draw(st.sampled_from(["https://", "http://", "HTTPS://", "//", "", "www.", "https://https://", "tg://"]))
    path = "/".join(draw(st.lists(words, max_size=4)))
    query = "&".join(f"{name}={value}" for name, value in draw(queries))
    fragment = draw(st.sampled_from(["", "", "#top", "#!/name", "#@name", "#-1001234567890", "#?tgaddr=tg://join"]))
    slash = draw(st.sampled_from(["/", "/", "/", "", "//"]))
    return f"{scheme}{draw(st.sampled_from(HOSTS))}{slash}{path}{'?' + query if query else ''}{fragment}"


@st.composite
def keys(draw):
    """Texts in the form of keys, right or wrong."""
    rest = "/".join(draw(st.lists(words, min_size=1, max_size=3)))
    return f"{draw(st.sampled_from(PLATFORMS))}:{draw(st.sampled_from(['', '', 'name/', ' ', '@']))}{rest}"


texts = st.one_of(st.text(max_size=40), urls(), keys(), words, words.map(lambda word: f"{word} {word}"))
platforms = st.one_of(st.none(), st.sampled_from(PLATFORMS), st.sampled_from(["FB", "nothing known", ""]))


@settings(max_examples=examples(1500), deadline=None)
@given(texts, platforms)
@example("https://example.com/a.?utm_source=x", None)
@example("https://example.com/»", None)
@example("https://www.www.example.com", None)
@example("\ud800", None)
@example("¨", "facebook")
@example("＂a＂", "facebook")
@example("https://x.com/name/lists/a", None)
@example("https://www.linkedin.com/company/a%2Fb", None)
@example("name/name/name", "github")
@example("ZEN:@INSTRUCTION", None)
def test_keys_are_stable(text, platform):
    """Any text gives an answer; a key gives itself under every platform, and so does its URL."""
    found = identify(text, platform)
    assert found.why
    assert found.why[0].islower()
    if found.key is None:
        return
    assert identify(found.key) == identify(found.key, platform)
    assert identify(found.key).key == found.key
    assert platform_of(found.key) in PLATFORMS
    assert found.key.isprintable()
    assert " " not in found.key
    assert strength(found.key) in {0, 1, 2}
    url = url_of(found.key)
    if url is not None:
        assert url.isascii()
        assert identify(url).key == found.key
    assert (strength(found.key) == 2) is is_name(found.key)


def assert_stable(key):
    assert identify(key).key == key
    url = url_of(key)
    assert url is None or identify(url).key == key


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_word_is_stable_as_a_key(platform):
    """No word of any table, bare or dressed, makes a key that reads otherwise the second time."""
    for word in WORDS:
        for text in (
            f"{platform}:{word}",
            f"{platform}:@{word.upper()}",
            f"{platform}:{word}/{word}",
            f"{platform}:u/{word}",
        ):
            if found := identify(text).key:
                assert_stable(found)
        if found := identify(word, platform).key:
            assert_stable(found)


@pytest.mark.parametrize("host", HOSTS)
def test_every_word_is_stable_as_a_path(host):
    """The same for paths on every host that a platform has."""
    for word in WORDS:
        for path in (word, f"{word}/name", f"{word}/123/x", f"name/{word}", f"@{word}"):
            if found := identify(f"https://{host}/{path}").key:
                assert_stable(found)


OWN_FORMS = [
    "club123",
    "Public123",
    "ｅｖｅｎｔ7",
    "club0",
    "UC" + "aB" * 11,
    "@Name.bsky.social",
    "@name.bsky.social.",
]


@settings(max_examples=examples(400), deadline=None)
@given(st.one_of(st.text(), st.sampled_from(OWN_FORMS)), platforms)
def test_name_keys_are_stable(name, platform):
    """A name's key is a key of its platform, and its name is itself in any case."""
    key = name_key(name, platform)
    if key is not None:
        assert is_name(key) or platform_of(key) in {"vk", "youtube", "bluesky"}
        assert identify(key).key == key
        assert name_key(f"  {name}\u200b ", platform) == key


@settings(max_examples=examples(300), deadline=None)
@given(st.text())
def test_no_function_raises(text):
    """Any text is an answer to any function."""
    assert platform_named(text) is None or platform_named(text) in PLATFORMS
    assert url_of(text) is None or isinstance(url_of(text), str)
    assert strength(text) in {0, 1, 2}
    assert isinstance(platform_of(text), str)
    assert is_name(text) in {True, False}
    assert reader_of(text) is None or callable(reader_of(text))


HANDLES = st.from_regex(r"[a-z][a-z0-9]{3,7}[0-9][a-z]", fullmatch=True)
SPELLINGS = {
    "facebook": [
        "https://www.facebook.com/{}", "http://m.facebook.com/{}/", "facebook.com/{}?ref=x",
        "https://fb.com/{}/posts/1",
        "https://lv-lv.facebook.com/{}/about", "m.me/{}", "facebook:{}", "https://www.facebook.com/pg/{}/",
    ],
    "instagram": [
        "https://www.instagram.com/{}/", "http://instagram.com/{}?igsh=x", "instagram.com/_u/{}", "instagram:{}",
        "https://www.instagram.com/stories/{}/1/", "instagr.am/{}",
    ],
    "x": ["https://x.com/{}", "http://www.twitter.com/{}/", "mobile.twitter.com/{}/status/1", "x:{}",
    "twitter.com/@{}"],
    "vk": ["https://vk.com/{}", "http://m.vk.com/{}/", "vk.ru/{}", "vkontakte.ru/{}", "vk.com/@{}-article", "vk:{}"],
    "telegram": ["https://t.me/{}", "t.me/s/{}", "telegram.me/{}/5", "tg://resolve?domain={}", "{}.t.me",
    "telegram:{}"],
    "tiktok": ["https://www.tiktok.com/@{}", "m.tiktok.com/@{}/video/1?is_copy_url=1", "tiktok:{}"],
    "threads": ["https://www.threads.net/@{}", "threads.com/@{}/post/1", "threads:{}"],
    "twitch": ["https://www.twitch.tv/{}", "m.twitch.tv/{}/videos", "twitch:{}"],
}  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(HANDLES, st.sampled_from(sorted(SPELLINGS)))
def test_spellings_of_one_handle_collide(handle, platform):
    """Scheme, host, case, slash, tracking parameters and @ make no difference; every spelling does that a platform "
    "has."""
    want = {f"{platform}:{handle}"}
    spelled = [pattern.format(handle) for pattern in SPELLINGS[platform]]
    assert {identify(text).key for text in spelled} == want
    assert {identify(text.replace(handle, handle.upper())).key for text in spelled} == want
    assert {identify(text, platform).key for text in (handle, f"@{handle}", handle.upper(), f" @{handle} ")} == want


@settings(max_examples=examples(200), deadline=None)
@given(HANDLES, HANDLES, st.sampled_from(sorted(SPELLINGS)))
def test_different_handles_never_collide(one, other, platform):
    """Two handles are two keys in every spelling."""
    for pattern in SPELLINGS[platform]:
        same = identify(pattern.format(one)).key == identify(pattern.format(other)).key
        assert same is (one == other)


@settings(max_examples=examples(300), deadline=None)
@given(st.text(string.ascii_letters + string.digits + "/%-_.~?&=()", max_size=20), st.sampled_from(["a", "b1", "é"]))
@example("?=0", "a")
def test_pages_of_a_site_keep_apart(path, word):
    """A word more in the path is another page, and its spelling on the way does not matter."""
    address = f"https://example.com/x{path}"
    found = identify(address).key
    assert found == identify(address.replace("https://", "http://www.")).key
    assert found != identify(f"https://example.com/{word}/x{path}").key


@settings(max_examples=examples(300), deadline=None)
@given(urls(), st.from_regex(r"q[a-z]{9}z", fullmatch=True), platforms)
def test_reasons_never_hold_the_address(url, secret, platform):
    """Addresses can be private, so that no answer repeats them."""
    for text in (
        f"{url}/{secret}",
        f"{url}?{secret}=1",
        secret,
        f"{secret}@example.com",
        f"https://{secret}/x",
        f"{secret} x",
    ):
        assert secret not in identify(text, platform).why


@pytest.mark.parametrize("platform", HOSTED, ids=lambda platform: platform.name)
def test_look_alike_hosts_are_other_sites(platform):
    """A host is a platform's only as a whole or as a subdomain."""
    for host in platform.hosts:
        assert reader_of(host) is platform.from_url
        assert platform_of(identify(f"https://{host}.evil.example/name").key) == "web"
        if reader_of(host.partition(".")[2]) is None:
            assert platform_of(identify(f"https://not{host}/name").key) == "web"
