"""Addresses that name no resource: each is refused with a reason that says what it is."""

from __future__ import annotations

import pytest

from outreach.keys import identify

POSTS = [
    "https://www.instagram.com/p/CxYz/", "https://www.instagram.com/reel/CxYz/", "https://www.instagram.com/tv/CxYz/",
    "https://redd.it/abc123", "https://www.reddit.com/comments/abc123", "https://www.reddit.com/gallery/abc123",
    "https://www.linkedin.com/posts/some-body_smm-activity-1", "https://www.linkedin.com/pulse/some-title",
    "https://www.linkedin.com/feed/update/urn:li:activity:1", "https://x.com/statuses/1",
    "https://www.facebook.com/photo.php?fbid=5", "https://www.facebook.com/media/set/?set=a.1",
]  # fmt: skip
VIDEOS = [
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/shorts/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/live/dQw4w9WgXcQ", "https://fb.watch/abc/",
    "https://www.facebook.com/watch/?v=1", "https://www.facebook.com/watch/some.name",
    "https://www.facebook.com/reel/1",
    "https://dzen.ru/video/watch/1", "https://rutube.ru/video/abc/", "https://ok.ru/video/123",
    "https://vk.com/video",
]  # fmt: skip
SHORT = [
    "https://bit.ly/abc", "https://t.co/abc", "https://goo.gl/abc", "https://tinyurl.com/abc", "https://clck.ru/abc",
    "https://vk.cc/abc", "https://lnkd.in/abc", "https://fb.me/abc", "https://vm.tiktok.com/abc/",
    "https://ow.ly/abc",
    "https://vt.tiktok.com/abc/", "https://is.gd/abc", "https://buff.ly/abc", "https://amzn.to/abc", "bit.ly/abc",
    "https://www.tiktok.com/t/abc/", "https://pin.it/abc", "https://spotify.link/abc", "https://go.bsky.app/abc",
]  # fmt: skip
HOME = [
    "https://facebook.com/", "facebook.com", "https://www.instagram.com", "https://x.com/", "https://vk.com", "t.me",
    "https://www.youtube.com/", "https://www.reddit.com/", "https://www.linkedin.com", "https://ok.ru/",
    "https://dzen.ru", "https://www.meetup.com/", "https://medium.com/", "https://github.com", "https://twitch.tv",
    "https://www.pinterest.com/", "https://www.meetup.com/ru-RU/",
]  # fmt: skip
SITE_PAGES = [
    "https://www.facebook.com/share/1AbC/", "https://www.facebook.com/events/123",
    "https://www.facebook.com/hashtag/smm",
    "https://www.facebook.com/sharer/sharer.php?u=1", "https://www.facebook.com/groups/feed/",
    "https://www.facebook.com/groups",
    "https://www.facebook.com/groups/discover", "https://www.facebook.com/search/top?q=smm",
    "https://l.facebook.com/l.php",
    "https://www.facebook.com/marketplace/", "https://www.facebook.com/policies",
    "https://developers.facebook.com/docs",
    "https://www.facebook.com/Riga-2024", "https://www.facebook.com/1.2.3", "https://www.facebook.com/e.vents",
    "https://www.instagram.com/explore/tags/smm/", "https://www.instagram.com/accounts/login/",
    "https://www.instagram.com/s/abc",
    "https://www.instagram.com/j/AbC/", "https://www.instagram.com/channel/AbC/",
    "https://www.instagram.com/direct/inbox/",
    "https://www.instagram.com/stories/highlights/123/", "https://www.threads.net/t/abc",
    "https://www.threads.com/search",
    "https://www.tiktok.com/tag/smm", "https://www.tiktok.com/foryou",
    "https://www.tiktok.com/@MS4wLjABAAAA-" + "a" * 60,
    "https://www.twitch.tv/directory/game/x", "https://clips.twitch.tv/Abc", "https://www.twitch.tv/videos/1",
    "https://x.com/i/status/1", "https://x.com/search?q=smm", "https://x.com/hashtag/smm", "https://x.com/home",
    "https://twitter.com/intent/tweet?text=x", "https://x.com/en/tos", "https://help.twitter.com/en",
    "https://x.com/i/spaces/1",
    "https://vk.com/feed", "https://vk.com/app123", "https://vk.com/search?q=smm", "https://vk.com/club0",
    "https://vk.com/id0",
    "https://dev.vk.com/method", "https://vk.com/join/abc", "https://vk.com/club", "https://vk.com/im?sel=c1",
    "https://t.me/addlist/abc", "https://t.me/addstickers/abc", "https://t.me/share/url?url=x",
    "https://t.me/proxy?server=x",
    "https://t.me/joinchat", "https://t.me/c/", "https://telegram.org/faq", "https://t.me/abc", "https://t.me/1abcd",
    "https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/results?search_query=x",
    "https://www.youtube.com/hashtag/smm", "https://www.youtube.com/channel/UCshort",
    "https://www.youtube.com/feed/subscriptions",
    "https://www.reddit.com/r/a1+b2/", "https://www.reddit.com/r/all/", "https://www.reddit.com/r/popular", "r/a1+b2",
    "https://www.reddit.com/search/?q=smm", "https://www.reddit.com/user/me/",
    "https://www.linkedin.com/jobs/view/1", "https://www.linkedin.com/in/me", "https://www.linkedin.com/company/",
    "https://bsky.app/search?q=smm", "https://github.com/topics/smm", "https://gist.github.com/name/1",
    "https://www.pinterest.com/pin/1/", "https://medium.com/p/abc", "https://medium.com/tag/smm",
    "https://help.medium.com/",
    "https://substack.com/home", "https://www.substack.com/", f"https://open.spotify.com/track/{'a' * 22}",
    "https://discord.com/channels/@me", "https://discord.com/developers", "https://ok.ru/feed", "https://ok.ru/group",
    "https://dzen.ru/a/ZabC", "https://dzen.ru/news", "https://rutube.ru/plst/1",
    "https://www.meetup.com/find/?q=smm",
    "https://www.meetup.com/members/1/", "https://slack.com/pricing", "https://www.whatsapp.com/download",
]  # fmt: skip
PERSONS = [
    "https://wa.me/37120000000", "https://api.whatsapp.com/send?phone=37120000000", "https://t.me/+37120000000",
    "https://discord.com/users/123456789012345678", "https://t.me/contact/abc", "mailto:name@example.com",
    "name@example.com", "tel:+37120000000", "@name@gmail.com", "acct:name@gmail.com",
    "https://www.meetup.com/members/5",
]  # fmt: skip
EMPTY_WORDS = [
    "#N/A", "#REF!", "#NAME?", "#ЗНАЧ!", "#ССЫЛКА!", "#DIV/0!", "-", "—", "–", "n/a", "N/A", "н/д", "нет", "Нет",
    "none",
    "NULL", "nan", "handle.invalid", "@handle.invalid", "__deleted__abc123", "@__deleted__abc", "DELETED", "deleted",
    "...",
    "https://www.instagram.com/__deleted__abc", "https://bsky.app/profile/handle.invalid", "[deleted]",
]  # fmt: skip
NOT_ADDRESSES = [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.com/x", "about:blank",
    "chrome://settings",
    "https://localhost/x", "https://intranet/x", "https://", "http:///x", "https://user:pass@example.com/",
    "https://facebook.com@evil.example/x", "https://256.1.1.1/", "https://127.1/", "https://[::g]/",
    "https://example.com:port/",
    "https://t.me/one https://t.me/two", "https://t.me/one\nhttps://t.me/two", "fb://event/1",
    "https://exa mple.com/",
    "tg://settings", "web:nohost", "telegram:", "facebook: ",
]  # fmt: skip


def all_of(word, addresses):
    return [(address, word) for address in addresses]


@pytest.mark.parametrize(
    ("address", "word"),
    [
        *all_of("post", [address for address in POSTS if "photo" not in address and "media" not in address]),
        *all_of("give", POSTS),
        *all_of("video", VIDEOS),
        *all_of("short link", SHORT),
        *all_of("give", HOME),
        *all_of("", SITE_PAGES),
        *all_of("", PERSONS),
        *all_of("placeholder", EMPTY_WORDS),
        *all_of("", NOT_ADDRESSES),
        *all_of("spreadsheet", ["1.39073E+18", "1,39073E+18", "1.39073e+18", "1,39073e18", "1E+18"]),
        *all_of(
            "spreadsheet", ["111222333444555000", "-111222333444555000", "1390730000000000000", "111222333444555000.0"]
        ),
        *all_of("spreadsheet", ["111222333444555666.0"]),
        *all_of("empty", ["", " ", "\u200b", "\ufeff\xa0", '""', "<>"]),
    ],
)
def test_no_resource(address, word):
    """What names no resource has no key, and the reason says what it is."""
    found = identify(address)
    assert found.key is None
    assert word in found.why
    assert found.why


@pytest.mark.parametrize("address", [*POSTS, *VIDEOS, *SHORT, *SITE_PAGES])
def test_a_platform_column_does_not_save_a_page_of_the_site(address):
    """The same addresses are refused under any platform."""
    if "://" in address:
        assert identify(address, "facebook").key is None


@pytest.mark.parametrize("text", [*EMPTY_WORDS, "1.39073E+18", "1,39073e+18", "139073000000000000", "name@example.com"])
@pytest.mark.parametrize("platform", ["facebook", "x", "youtube", "vk", "telegram", "linkedin", "other", None])
def test_refused_under_every_platform(text, platform):
    """Placeholders, rounded ids and e-mail addresses are nothing on any platform."""
    assert identify(text, platform).key is None


@pytest.mark.parametrize(
    ("text", "platform", "key"),
    [
        ("111222333444555666", "discord", "discord:111222333444555666"),
        ("111222333444555010", "discord", "discord:111222333444555010"),
        ("12345678901234500", "x", "x:id/12345678901234500"),
        ("1234567890123456.0", "x", "x:id/1234567890123456"),
        ("https://discord.com/channels/111222333444555000", None, "discord:111222333444555000"),
        ("discord:111222333444555000", None, "discord:111222333444555000"),
    ],
)
def test_an_id_that_ends_in_zeros_by_itself(text, platform, key):
    """Only of a bare number of 18 digits and more are three zeros a spreadsheet's; an address is no number."""
    assert identify(text, platform).key == key


def test_redirectors_are_unwrapped_once():
    """A redirect inside a redirect is refused, as is one to a short link or to nothing."""
    once = "https://l.facebook.com/l.php?u=https%3A%2F%2Fvk.com%2Faway.php%3Fto%3Dhttps%253A%252F%252Ft.me%252Fname"
    assert "redirect inside" in identify(once).why
    assert identify("https://vk.com/away.php?to=https%3A%2F%2Fbit.ly%2Fx").key is None
    assert identify("https://vk.com/away.php?to=x").key is None
    assert identify("https://vk.com/away.php").key is None


def test_damaged_text_is_refused():
    """Half of a surrogate pair is no text."""
    assert identify("https://t.me/name\ud800").key is None
