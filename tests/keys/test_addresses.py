"""What every platform's addresses lead to; one table a platform: address (and platform) to key."""

from __future__ import annotations

import pytest

from outreach.keys import identify, url_of

UC = "UC" + "aB3_-xYz901" * 2
PLC = "did:plc:abcdefghijklmnopqrstuvwx"
SPOTIFY = "4Z8W4fKeB5YxbusRsdQVPb"

FACEBOOK = [
    ("https://www.facebook.com/Marketing.Pros", "marketingpros"),
    ("https://facebook.com/marketingpros/", "marketingpros"),
    ("http://m.facebook.com/marketingpros?ref=page_internal", "marketingpros"),
    ("https://mbasic.facebook.com/marketingpros", "marketingpros"),
    ("https://touch.facebook.com/marketingpros/about", "marketingpros"),
    ("https://free.facebook.com/marketingpros", "marketingpros"),
    ("https://lite.facebook.com/marketingpros", "marketingpros"),
    ("https://web.facebook.com/marketingpros?_rdc=1&_rdr", "marketingpros"),
    ("https://business.facebook.com/marketingpros", "marketingpros"),
    ("https://ru-ru.facebook.com/marketingpros", "marketingpros"),
    ("https://WWW.FACEBOOK.COM/MARKETINGPROS", "marketingpros"),
    ("fb.com/marketingpros", "marketingpros"),
    ("facebook.com/marketingpros", "marketingpros"),
    ("m.me/marketingpros", "marketingpros"),
    ("https://www.messenger.com/t/marketingpros", "marketingpros"),
    ("https://www.facebook.com/marketingpros/posts/pfbid02abc", "marketingpros"),
    ("https://www.facebook.com/marketingpros/videos/123456789/", "marketingpros"),
    ("https://www.facebook.com/marketingpros/photos/a.1/2/", "marketingpros"),
    ("https://www.facebook.com/pg/marketingpros/community/", "marketingpros"),
    ("https://www.facebook.com/#!/marketingpros", "marketingpros"),
    ("https://www.facebook.com/home.php#!/marketingpros?sk=wall", "marketingpros"),
    ("https://www.facebook.com/pages/category/Brand/marketingpros/", "marketingpros"),
    ("https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fmarketingpros", "marketingpros"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fmarketingpros&h=AT0", "marketingpros"),
    ("https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fmarketingpros", "marketingpros"),
    ("https://www.facebook.com/profile.php?id=77", "77"),
    ("https://www.facebook.com/profile.php?sk=about&amp;id=77", "77"),
    ("https://m.facebook.com/story.php?story_fbid=1&id=77", "77"),
    ("https://www.facebook.com/permalink.php?story_fbid=pfbid0&id=77", "77"),
    ("https://www.facebook.com/photo.php?fbid=5&id=77", "77"),
    ("https://www.facebook.com/123456789012345", "123456789012345"),
    ("https://www.facebook.com/pages/Some-Name/123", "123"),
    ("https://www.facebook.com/pages/Страница/123/photos", "123"),
    ("https://www.facebook.com/pages/category/Local-Business/Some-Name-123456/posts", "123456"),
    ("https://www.facebook.com/Some-Name-12345", "12345"),
    ("https://www.facebook.com/Имя-страницы-100064512345678/", "100064512345678"),
    ("https://www.facebook.com/p/Some-Name-100064512345678/", "100064512345678"),
    ("https://www.facebook.com/people/Some-Name/100064512345678/", "100064512345678"),
    ("https://www.facebook.com/ads/library/?active_status=all&view_all_page_id=77", "77"),
    ("https://www.facebook.com/groups/SMM.Riga", "groups/smm.riga"),
    ("https://www.facebook.com/groups/123456/posts/789/", "groups/123456"),
    ("https://www.facebook.com/groups/123456/permalink/789/?ref=share", "groups/123456"),
    ("https://m.facebook.com/groups/123456/user/5/", "groups/123456"),
    ("https://www.facebook.com/group.php?gid=123456", "groups/123456"),
]
INSTAGRAM = [
    ("https://www.instagram.com/some.handle/", "some.handle"),
    ("https://instagram.com/Some.Handle?igsh=abc==", "some.handle"),
    ("http://m.instagram.com/some.handle", "some.handle"),
    ("https://www.instagram.com/_u/some.handle", "some.handle"),
    ("https://instagr.am/some.handle", "some.handle"),
    ("https://www.instagram.com/stories/some.handle/123/", "some.handle"),
    ("https://www.instagram.com/some.handle/p/CxYz/", "some.handle"),
    ("https://www.instagram.com/some.handle/reel/CxYz/", "some.handle"),
    ("https://www.instagram.com/some.handle/tagged/", "some.handle"),
    ("https://ig.me/m/some.handle", "some.handle"),
    ("https://www.instagram.com/accounts/login/?next=/some.handle/", "some.handle"),
    ("https://l.instagram.com/?u=https%3A%2F%2Fwww.instagram.com%2Fsome.handle", "some.handle"),
    ("https://www.instagram.com/@some.handle", "some.handle"),
]
THREADS = [
    ("https://www.threads.net/@some.handle", "some.handle"),
    ("https://www.threads.com/@Some.Handle/post/C1", "some.handle"),
    ("@some.handle@threads.net", "some.handle"),
]
TIKTOK = [
    ("https://www.tiktok.com/@Some.Handle", "some.handle"),
    ("https://m.tiktok.com/@some.handle?lang=ru", "some.handle"),
    ("https://www.tiktok.com/@some.handle/video/123", "some.handle"),
    ("https://www.tiktok.com/embed/@some.handle", "some.handle"),
]
TWITCH = [
    ("https://www.twitch.tv/Some_Handle", "some_handle"),
    ("https://m.twitch.tv/some_handle/videos", "some_handle"),
    ("https://player.twitch.tv/?channel=some_handle&parent=x.y", "some_handle"),
    ("https://www.twitch.tv/popout/some_handle/chat", "some_handle"),
    ("https://dashboard.twitch.tv/u/some_handle/home", "some_handle"),
]
X = [
    ("https://twitter.com/Some_Handle", "some_handle"),
    ("https://x.com/some_handle/status/1?s=20", "some_handle"),
    ("https://mobile.twitter.com/some_handle", "some_handle"),
    ("https://twitter.com/@some_handle", "some_handle"),
    ("https://twitter.com/#!/some_handle", "some_handle"),
    ("https://twitter.com/intent/user?screen_name=some_handle", "some_handle"),
    ("https://twitter.com/intent/follow?region=x&screen_name=Some_Handle", "some_handle"),
    ("https://twitter.com/intent/user?user_id=123", "id/123"),
    ("https://twitter.com/intent/follow?user_id=123", "id/123"),
    ("https://x.com/i/user/123", "id/123"),
    ("https://x.com/i/lists/123", "lists/123"),
    ("https://x.com/i/communities/123", "communities/123"),
    ("https://x.com/some_handle/lists/SMM-people", "some_handle/lists/smm-people"),
    ("https://x.com/some_handle/lists", "some_handle"),
    ("https://x.com/some_handle/lists/memberships", "some_handle"),
    ("https://x.com/name/lists/smm", "%6Eame/lists/smm"),
    ("https://x.com/123", "123"),
]
VK = [
    ("https://vk.com/Some_Name.1", "some_name.1"),
    ("https://m.vk.com/some_name.1", "some_name.1"),
    ("https://vk.ru/some_name.1", "some_name.1"),
    ("https://vkontakte.ru/some_name.1", "some_name.1"),
    ("https://vk.me/some_name.1", "some_name.1"),
    ("https://vkvideo.ru/@some_name.1", "some_name.1"),
    ("https://vk.com/@some_name.1", "some_name.1"),
    ("https://vk.com/@some_name.1-how-to-sell", "some_name.1"),
    ("https://vk.com/clips/some_name.1", "some_name.1"),
    ("https://vk.com/video/@some_name.1", "some_name.1"),
    ("https://vk.com/club123", "club123"),
    ("https://vk.com/public123", "club123"),
    ("https://vk.com/event123", "club123"),
    ("https://vk.com/-123", "club123"),
    ("https://vk.com/wall-123_4", "club123"),
    ("https://vk.com/wall-123", "club123"),
    ("https://vk.com/wall-123_4?reply=5", "club123"),
    ("https://vk.com/feed?w=wall-123_4", "club123"),
    ("https://vk.com/some_name?w=wall-123_4", "club123"),
    ("https://vk.com/some_name?z=photo-123_5%2Falbum-123_0", "club123"),
    ("https://vk.com/photo-123_4", "club123"),
    ("https://vk.com/video-123_4", "club123"),
    ("https://vkvideo.ru/video-123_4", "club123"),
    ("https://vk.com/album-123_4", "club123"),
    ("https://vk.com/topic-123_4", "club123"),
    ("https://vk.com/board123", "club123"),
    ("https://vk.com/market-123", "club123"),
    ("https://vk.com/@-123-how-to", "club123"),
    ("https://vk.com/@club123-how-to", "club123"),
    ("https://vk.com/video/playlist/-123_4", "club123"),
    ("https://vk.com/im?sel=-123", "club123"),
    ("https://vk.com/video_ext.php?oid=-123&id=4", "club123"),
    ("https://vk.com/id123", "id123"),
    ("https://vk.com/wall123_4", "id123"),
    ("https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fclub123&cc_key=", "club123"),
]
TELEGRAM = [
    ("https://t.me/Some_Name", "some_name"),
    ("https://telegram.me/some_name", "some_name"),
    ("https://telegram.dog/some_name", "some_name"),
    ("https://telesco.pe/some_name/12", "some_name"),
    ("https://some_name.t.me", "some_name"),
    ("https://t.me/s/some_name", "some_name"),
    ("https://t.me/s/some_name/12?before=1", "some_name"),
    ("https://t.me/some_name/12", "some_name"),
    ("https://t.me/some_name?boost", "some_name"),
    ("https://t.me/boost/some_name", "some_name"),
    ("https://t.me/@some_name", "some_name"),
    ("tg://resolve?domain=Some_Name&post=12", "some_name"),
    ("tg:resolve?domain=some_name", "some_name"),
    ("https://web.telegram.org/k/#@some_name", "some_name"),
    ("https://web.telegram.org/#/im?p=@some_name", "some_name"),
    ("https://t.me/c/123/4", "id/123"),
    ("https://t.me/boost?c=123", "id/123"),
    ("tg://privatepost?channel=123&post=4", "id/123"),
    ("https://web.telegram.org/a/#-1001234567890", "id/1234567890"),
    ("https://web.telegram.org/#/im?p=c123_456", "id/123"),
    ("-1001234567890", "id/1234567890"),
    ("https://t.me/+AbCdEfGh12345678", "+AbCdEfGh12345678"),
    ("https://t.me/%2BAbCdEfGh12345678", "+AbCdEfGh12345678"),
    ("https://t.me/joinchat/AbCdEfGh12345678", "+AbCdEfGh12345678"),
    ("tg://join?invite=AbCdEfGh12345678", "+AbCdEfGh12345678"),
    ("https://vk.com/away.php?to=https://t.me/+AbCdEfGh12345678", "+AbCdEfGh12345678"),
    ("https://t.me/iv?url=https%3A%2F%2Ft.me%2Fsome_name&rhash=1", "some_name"),
]
YOUTUBE = [
    (f"http://www.youtube.com/channel/{UC}", UC),
    (f"https://m.youtube.com/channel/{UC}/community?view_as=1", UC),
    (f"https://music.youtube.com/channel/{UC}", UC),
    (f"https://www.youtube-nocookie.com/channel/{UC}", UC),
    (f"https://www.youtube.com/feeds/videos.xml?channel_id={UC}", UC),
    (f"https://www.youtube.com/feeds/videos.xml?playlist_id=UU{UC[2:]}", UC),
    (f"https://www.youtube.com/playlist?list=UU{UC[2:]}", UC),
    (f"https://www.youtube.com/embed/live_stream?channel={UC}", UC),
    (f"https://www.youtube.com/attribution_link?a=1&u=%2Fchannel%2F{UC}", UC),
    ("https://www.youtube.com/@Some.Handle/videos", "@some.handle"),
    ("https://www.youtube.com/@%D0%9A%D0%B0%D0%BD%D0%B0%D0%BB", "@канал"),
    ("https://www.youtube.com/@Канал", "@канал"),
    ("https://www.youtube.com/c/SomeName/about", "c/somename"),
    ("https://www.youtube.com/user/SomeName/featured", "user/somename"),
    ("https://www.youtube.com/feeds/videos.xml?user=SomeName", "user/somename"),
    ("https://www.youtube.com/subscription_center?add_user=SomeName", "user/somename"),
    ("https://www.youtube.com/SomeName", "c/somename"),
]
REDDIT = [
    ("https://www.reddit.com/r/Some_Name/", "r/some_name"),
    ("https://old.reddit.com/r/some_name/comments/abc/title/", "r/some_name"),
    ("https://new.reddit.com/r/some_name", "r/some_name"),
    ("https://np.reddit.com/r/some_name", "r/some_name"),
    ("https://m.reddit.com/r/some_name/top/?t=all", "r/some_name"),
    ("https://ru.reddit.com/r/some_name", "r/some_name"),
    ("r/Some_Name", "r/some_name"),
    ("/r/some_name/", "r/some_name"),
    ("r/reddit.com", "r/reddit.com"),
    ("r/Home", "r/home"),
    ("https://www.reddit.com/r/reddit.com/", "r/reddit.com"),
    ("https://www.reddit.com/user/Some-Body/", "u/some-body"),
    ("u/Some-Body", "u/some-body"),
    ("https://www.reddit.com/u/some-body/comments/", "u/some-body"),
    ("https://www.reddit.com/r/u_somebody/", "u/somebody"),
    ("https://www.reddit.com/user/some-body/m/smm/", "u/some-body/m/smm"),
]
LINKEDIN = [
    ("https://www.linkedin.com/company/Some-Name/", "company/some-name"),
    ("https://lv.linkedin.com/company/some-name/about/", "company/some-name"),
    ("https://www.linkedin.com/school/some-name/", "company/some-name"),
    ("https://www.linkedin.com/mwlite/company/some-name", "company/some-name"),
    ("https://www.linkedin.com/comm/company/some-name", "company/some-name"),
    ("https://www.linkedin.com/company/%D0%BC%D0%B0%D1%80%D0%BA%D0%B5%D1%82", "company/маркет"),
    ("https://www.linkedin.com/company/МАРКЕТ", "company/маркет"),
    ("https://www.linkedin.com/company/1441/", "company/1441"),
    ("https://www.linkedin.com/sales/company/1441/people", "company/1441"),
    ("https://www.linkedin.com/showcase/some-name/", "showcase/some-name"),
    ("https://www.linkedin.com/groups/1976445/", "groups/1976445"),
    ("https://www.linkedin.com/groups/Some-Name-1976445", "groups/1976445"),
    ("https://www.linkedin.com/groups?gid=1976445", "groups/1976445"),
    ("https://www.linkedin.com/in/Some-Body-1a2b3c/", "in/some-body-1a2b3c"),
    ("https://www.linkedin.com/in/some-body/en/", "in/some-body"),
    ("https://www.linkedin.com/in/ACoAAAbCdEfGhIjKlMnOpQrStUvWx", "in/ACoAAAbCdEfGhIjKlMnOpQrStUvWx"),
    ("https://www.linkedin.com/newsletters/smm-weekly-6900000000000000000/", "newsletters/6900000000000000000"),
    ("https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Flinkedin.com%2Fin%2Fsome-body", "in/some-body"),
]
MASTODON = [
    ("@User@Mastodon.Social", "user@mastodon.social"),
    ("https://mastodon.social/@User", "user@mastodon.social"),
    ("https://mastodon.social/@user/123456", "user@mastodon.social"),
    ("https://mastodon.social/users/user", "user@mastodon.social"),
    ("https://mastodon.social/web/@user", "user@mastodon.social"),
    ("https://mastodon.social/@user@there.example", "user@there.example"),
    ("https://mastodon.social/web/@user@there.example", "user@there.example"),
    ("acct:user@mastodon.social", "user@mastodon.social"),
]
BLUESKY = [
    ("https://bsky.app/profile/Name.bsky.social", "name.bsky.social"),
    ("https://bsky.app/profile/name.example/post/3k", "name.example"),
    (f"https://bsky.app/profile/{PLC}", PLC),
    (f"at://{PLC}/app.bsky.feed.post/3k", PLC),
    (PLC, PLC),
    ("https://name.bsky.social/", "name.bsky.social"),
]
OTHERS = [
    ("https://github.com/Owner", "github:owner"),
    ("https://github.com/Owner/Repo.git", "github:owner/repo"),
    ("https://github.com/owner/repo/issues/1", "github:owner/repo"),
    ("https://github.com/orgs/owner/repositories", "github:owner"),
    ("https://api.github.com/repos/owner/repo", "github:owner/repo"),
    ("https://www.pinterest.com/Some_Name/", "pinterest:some_name"),
    ("https://ru.pinterest.com/some_name/_saved/", "pinterest:some_name"),
    ("https://www.pinterest.co.uk/some_name/My-Board/", "pinterest:some_name/my-board"),
    ("https://pinterest.ru/some_name", "pinterest:some_name"),
    ("https://medium.com/@Some.Body/title-abc123", "medium:@some.body"),
    ("https://somebody.medium.com/title", "medium:@somebody"),
    ("https://medium.com/Some-Publication", "medium:some-publication"),
    ("https://medium.com/feed/@somebody", "medium:@somebody"),
    ("https://Name.substack.com/p/title", "substack:name"),
    ("https://open.substack.com/pub/name/p/title", "substack:name"),
    ("https://substack.com/@name/note/1", "substack:@name"),
    ("https://discord.gg/AbCdE", "discord:invite/AbCdE"),
    ("https://discord.com/invite/AbCdE", "discord:invite/AbCdE"),
    ("https://discordapp.com/invite/AbCdE", "discord:invite/AbCdE"),
    ("https://ptb.discord.com/channels/123456789012345678/1", "discord:123456789012345678"),
    ("https://discord.com/servers/some-name-123456789012345678", "discord:123456789012345678"),
    (f"https://open.spotify.com/artist/{SPOTIFY}?si=1", f"spotify:artist/{SPOTIFY}"),
    (f"https://open.spotify.com/intl-de/show/{SPOTIFY}", f"spotify:show/{SPOTIFY}"),
    (f"spotify:artist:{SPOTIFY}", f"spotify:artist/{SPOTIFY}"),
    (f"https://open.spotify.com/user/some/playlist/{SPOTIFY}", f"spotify:playlist/{SPOTIFY}"),
    ("https://ok.ru/group/123/topic/4", "ok:group/123"),
    ("https://ok.ru/group123", "ok:group/123"),
    ("https://m.ok.ru/group/123", "ok:group/123"),
    ("https://www.odnoklassniki.ru/profile/123", "ok:profile/123"),
    ("https://ok.ru/SomeName", "ok:somename"),
    ("https://dzen.ru/SomeName", "dzen:somename"),
    ("https://zen.yandex.ru/media/somename/title-5f0", "dzen:somename"),
    ("https://dzen.ru/id/5F0A1B2C3D4E5F6071829304", "dzen:id/5f0a1b2c3d4e5f6071829304"),
    ("https://zen.yandex.ru/media/id/5f0a1b2c3d4e5f6071829304/title", "dzen:id/5f0a1b2c3d4e5f6071829304"),
    ("https://rutube.ru/channel/123/videos/", "rutube:channel/123"),
    ("https://rutube.ru/video/person/123/", "rutube:channel/123"),
    ("https://rutube.ru/u/SomeName/", "rutube:u/somename"),
    ("https://www.meetup.com/Some-Name/", "meetup:some-name"),
    ("https://www.meetup.com/ru-RU/some-name/events/1/", "meetup:some-name"),
    ("https://www.meetup.com/es/some-name/", "meetup:some-name"),
    ("https://www.meetup.com/pro/some-network", "meetup:pro/some-network"),
    ("https://chat.whatsapp.com/AbCdEfGh12345678901234", "whatsapp:chat/AbCdEfGh12345678901234"),
    ("https://chat.whatsapp.com/invite/AbCdEfGh12345678901234", "whatsapp:chat/AbCdEfGh12345678901234"),
    ("https://whatsapp.com/channel/0029VaAbCdEf", "whatsapp:channel/0029VaAbCdEf"),
    ("https://some-name.slack.com/archives/C1", "slack:some-name"),
    ("https://join.slack.com/t/some-name/shared_invite/zt-1", "slack:some-name"),
    ("https://app.slack.com/client/T012AB3CD/C1", "slack:id/T012AB3CD"),
]
WEB = [
    ("http://www.Example.com", "example.com"),
    ("https://example.com/", "example.com"),
    ("https://example.com:443/Page/", "example.com/Page"),
    ("http://example.com:8080/Page", "example.com:8080/Page"),
    ("example.com/Page", "example.com/Page"),
    ("www.example.com", "example.com"),
    ("//example.com/Page#top", "example.com/Page"),
    ("https://example.com./Page", "example.com/Page"),
    ("https://example.com/a/./b/../c//d", "example.com/a/c/d"),
    ("https://example.com/?b=2&a=1&utm_source=x&fbclid=y&gclid=z&yclid=1&ysclid=2&_openstat=3", "example.com?a=1&b=2"),
    ("https://example.com/?a=2&a=1", "example.com?a=2&a=1"),
    ("https://example.com/страница", "example.com/страница"),
    ("https://example.com/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0", "example.com/страница"),
    ("https://example.com/%7euser/%2f", "example.com/~user/%2F"),
    ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
    ("https://example.com/wiki/Riga_(city)", "example.com/wiki/Riga_(city)"),
    ("https://192.168.0.1/x", "192.168.0.1/x"),
    ("https://[2001:DB8::1]:8443/x", "[2001:db8::1]:8443/x"),
    ("https://facebook.com.evil.ru/name", "facebook.com.evil.ru/name"),
    ("https://notfacebook.com/name", "notfacebook.com/name"),
    ("https://myvk.com/name", "myvk.com/name"),
    ("https://nitter.net/name", "nitter.net/name"),
    ("https://example.com/x?ref=a&si=b", "example.com/x?ref=a&si=b"),
    ("https://example.com/my page", "example.com/my%20page"),
    ("https://www.google.com/url?q=https%3A%2F%2Fexample.com%2FPage&sa=D", "example.com/Page"),
    ("https://unsplash.com/@somebody", "unsplash.com/@somebody"),
    ("https://forum.example/users/123", "forum.example/users/123"),
]
CASES = [
    (address, f"{platform}:{rest}")
    for platform, cases in {
        "facebook": FACEBOOK,
        "instagram": INSTAGRAM,
        "threads": THREADS,
        "tiktok": TIKTOK,
        "twitch": TWITCH,
        "x": X,
        "vk": VK,
        "telegram": TELEGRAM,
        "youtube": YOUTUBE,
        "reddit": REDDIT,
        "linkedin": LINKEDIN,
        "mastodon": MASTODON,
        "bluesky": BLUESKY,
        "web": WEB,
    }.items()
    for address, rest in cases
] + OTHERS


@pytest.mark.parametrize(("address", "key"), CASES)
def test_address_leads_to_key(address, key):
    """An address gives the key of its resource, and the key and its URL give it again."""
    assert identify(address).key == key
    assert identify(key).key == key
    if url := url_of(key):
        assert identify(url).key == key


@pytest.mark.parametrize(("address", "key"), CASES)
def test_an_address_wins_over_the_platform_it_was_found_under(address, key):
    """A platform column only helps where the address itself says nothing."""
    if "://" in address:
        assert identify(address, "meetup").key == key


@pytest.mark.parametrize(
    "spelling",
    [
        "{}", " {} ", "\ufeff{}", "\u200b{}\u200f", "\xa0{}\u202f", '"{}"', "«{}»", "<{}>", "{},", "{}.", "({}", "{})",
        "Name <{}>", "[Name]({})", "Name — {}", "https://{}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("address", "key"),
    [("https://t.me/some_name", "telegram:some_name"), ("https://www.facebook.com/some.name", "facebook:somename")],
)
def test_marks_of_the_journey_do_not_matter(spelling, address, key):
    """White space, quotes, brackets and the punctuation of a sentence are no part of an address."""
    if spelling == "({}":
        spelling = "({})"
    assert identify(spelling.format(address)).key == key
