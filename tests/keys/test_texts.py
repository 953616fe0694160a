"""Bare handles, ids, keys and names, with and without a platform."""

from __future__ import annotations

import pytest

from outreach.keys import PLATFORMS, identify, is_name, name_key, platform_named, platform_of, strength, url_of

UC = "UC" + "aB3_-xYz901" * 2
PLC = "did:plc:abcdefghijklmnopqrstuvwx"


@pytest.mark.parametrize(
    ("text", "platform", "key"),
    [
        ("marketingpros", "facebook", "facebook:marketingpros"),
        ("Marketing.Pros", "facebook", "facebook:marketingpros"),
        ("@marketingpros", "facebook", "facebook:marketingpros"),
        ("Marketing Pros", "facebook", "facebook:name/marketing%20pros"),
        ("Маркетинг", "facebook", "facebook:name/маркетинг"),
        ("123", "facebook", "facebook:123"),
        ("123.0", "facebook", "facebook:123"),
        ("groups/SMM", "facebook", "facebook:groups/smm"),
        ("SMM/PR club", "facebook", "facebook:name/smm/pr%20club"),
        ("events", "facebook", "facebook:name/events"),
        ("@Some.Handle", "instagram", "instagram:some.handle"),
        ("some.handle", "instagram", "instagram:some.handle"),
        ("some handle", "instagram", "instagram:name/some%20handle"),
        ("@Some_Handle", "x", "x:some_handle"),
        ("1390730000000000001", "x", "x:id/1390730000000000001"),
        ("x:123", None, "x:123"),
        ("-123", "vk", "vk:club123"),
        ("club123", "vk", "vk:club123"),
        ("public123", "vk", "vk:club123"),
        ("@some_name", "vk", "vk:some_name"),
        ("Имя сообщества", "vk", "vk:name/имя%20сообщества"),
        ("@Durov", "telegram", "telegram:durov"),
        ("durov", "telegram", "telegram:durov"),
        ("-1001234567890", "telegram", "telegram:id/1234567890"),
        ("-100123", "telegram", "telegram:id/123"),
        ("1234567890", "telegram", "telegram:id/1234567890"),
        ("+AbCdEfGh12345678", "telegram", "telegram:+AbCdEfGh12345678"),
        ("abc", "telegram", "telegram:name/abc"),
        (UC, "youtube", f"youtube:{UC}"),
        ("@Handle", "youtube", "youtube:@handle"),
        ("MrHandle", "youtube", "youtube:name/mrhandle"),
        ("riga", "reddit", "reddit:r/riga"),
        ("u_somebody", "reddit", "reddit:u/somebody"),
        ("/u/somebody", "reddit", "reddit:u/somebody"),
        ("acme", "linkedin", "linkedin:name/acme"),
        ("company/Acme", "linkedin", "linkedin:company/acme"),
        ("user@mastodon.social", "mastodon", "mastodon:user@mastodon.social"),
        ("@user@mastodon.social", "facebook", "mastodon:user@mastodon.social"),
        ("name.example", "bluesky", "bluesky:name.example"),
        ("@medium.com", "bluesky", "bluesky:medium.com"),
        (PLC, "bluesky", f"bluesky:{PLC}"),
        ("owner/repo", "github", "github:owner/repo"),
        ("name/repo", "github", "github:%6Eame/repo"),
        ("nashville-hiking", "meetup", "meetup:nashville-hiking"),
        ("123456789012345678", "discord", "discord:123456789012345678"),
        ("Some server", "discord", "discord:name/some%20server"),
        ("@somebody", "medium", "medium:@somebody"),
        ("somebody", "medium", "medium:name/somebody"),
        ("medium:somebody", None, "medium:somebody"),
        ("name", "substack", "substack:name"),
        ("group/123", "ok", "ok:group/123"),
        ("Artist Name", "spotify", "spotify:name/artist%20name"),
        ("example.com", "web", "web:example.com"),
        ("Our forum", "web", "other:name/our%20forum"),
        ("@name", None, "other:name/@name"),
        ("@Name", "other", "other:name/@name"),
        ("Living-Oil-Free", None, "other:name/living-oil-free"),
        ("example.com", None, "web:example.com"), ("Node.js", None, "other:name/node.js"),
        ("and/or", None, "other:name/and/or"),
        ("E1", None, "other:name/e1"),
        ("Telegram: @durov", None, "telegram:durov"),
        ("Телеграм: durov", None, "telegram:durov"),
        ("TELEGRAM:durov", None, "telegram:durov"),
        ("вк:durov", None, "vk:durov"),
        ("Facebook: https://facebook.com/marketingpros", None, "facebook:marketingpros"),
        ("facebook:facebook.com/groups/x", None, "facebook:groups/x"),
        ("Threads: the best of", "facebook", "facebook:name/threads:%20the%20best%20of"),
        ("ok: computer", None, "other:name/ok:%20computer"),
        ("Data: a podcast", None, "other:name/data:%20a%20podcast"),
        ("linkedin:company/%D0%9C%D0%90%D0%A0%D0%9A", None, "linkedin:company/марк"),
        ("facebook:name/100%25 SMM", None, "facebook:name/100%25%20smm"),
        ("other:name/@name", "facebook", "other:name/@name"),
        ("web:Example.com/Page/?b=1&a=2", None, "web:example.com/Page?a=2&b=1"),
        ("web:vk.com/public1", None, "vk:club1"),
        ("@durov", "Телеграм", "telegram:durov"),
        ("@durov", "no such platform", "other:name/@durov"),
    ],
)  # fmt: skip
def test_text_leads_to_key(text, platform, key):
    """A bare text belongs to the platform it was found under, a key says its own."""
    assert identify(text, platform).key == key
    assert identify(key).key == key
    assert identify(key, "instagram").key == key


@pytest.mark.parametrize(
    ("text", "platform", "word"),
    [
        ("123", "vk", "club123 or id123"),
        ("vk:123", None, "club123 or id123"),
        ("123", "ok", "group/"),
        ("-123", "telegram", "-100"),
        ("+37120000000", "telegram", "phone"),
        ("+371 2000 0000", "whatsapp", "phone"),
        ("t5_2qh0y", "reddit", "internal id"),
        ("a1+b2", "reddit", "several"),
    ],
)
def test_ambiguous_numbers_are_refused(text, platform, word):
    """Where a number or a word could be two things, the reason says what to write instead."""
    found = identify(text, platform)
    assert found.key is None
    assert word in found.why


def test_a_bare_handle_says_how_to_get_a_platform():
    """The reason for other:name/@name names the way out."""
    assert "--assume-platform" in identify("@name").why


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://www.facebook.com/groups/name", "https://www.facebook.com/name"),
        ("https://www.facebook.com/name", "https://www.instagram.com/name"),
        ("https://t.me/joinchat/AbCdEfGh12345678", "https://t.me/joinchat/abcdefgh12345678"),
        ("https://vk.com/club1", "https://vk.com/id1"),
        ("https://vk.com/a.b.c", "https://vk.com/abc"),
        ("https://vk.com/club1x", "https://vk.com/club1"),
        ("https://www.youtube.com/@name", "https://www.youtube.com/c/name"),
        ("https://www.youtube.com/c/name", "https://www.youtube.com/user/name"),
        ("https://www.youtube.com/channel/UC" + "a" * 22, "https://www.youtube.com/channel/UC" + "A" * 22),
        ("https://www.reddit.com/r/name", "https://www.reddit.com/u/name"),
        ("https://medium.com/@name", "https://medium.com/name"),
        ("https://x.com/123", "https://x.com/i/user/123"),
        ("https://example.com/Page", "https://example.com/page"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/?id=1", "https://example.com/?id=2"),
        ("https://example.com/?q=a%26b", "https://example.com/?q=a&b"),
        ("https://example.com/%FF", "https://example.com/%FE"),
        ("https://www.linkedin.com/in/ACoAA" + "a" * 24, "https://www.linkedin.com/in/ACoAA" + "A" * 24),
        ("https://www.linkedin.com/company/strasse", "https://www.linkedin.com/company/straße"),
        ("https://github.com/owner", "https://github.com/owner/owner"),
        ("https://discord.gg/abc", "https://discord.gg/ABC"),
    ],
)
def test_different_things_do_not_merge(one, two):
    """Where a platform tells two spellings apart, so do we."""
    assert identify(one).key != identify(two).key
    assert identify(one).key is not None


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Baltic Marketers", " baltic \xa0 MARKETERS "),
        ("Маркетинг", "«МАРКЕТИНГ»"),
        ("Ｆｕｌｌ", "full"),
        ("Café", "Cafe\u0301"),
        ("a\u200bb", "ab"),
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_names_that_read_the_same_are_the_same(name, same):
    """Names are compared without case, width, composition and invisible characters."""
    assert name_key(name, "facebook") == name_key(same, "facebook") == identify(name_key(name, "facebook")).key


def test_names_of_nothing():
    """A name of which nothing is left has no key; an unknown platform is other."""
    assert name_key("  ", None) is None
    assert name_key("\u200b", "facebook") is None
    assert name_key("x", "draugiem") == "other:name/x"


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("facebook:123", 0), ("x:id/1", 0), ("x:lists/1", 0), ("vk:club1", 0), ("vk:id1", 0), ("telegram:id/1", 0),
        (f"youtube:{UC}", 0), (f"bluesky:{PLC}", 0), ("discord:123456789012345678", 0),
        ("spotify:artist/" + "a" * 22, 0),
        ("rutube:channel/1", 0), ("ok:group/1", 0), ("linkedin:company/1441", 0), ("linkedin:groups/1441", 0),
        ("facebook:smm", 1), ("x:123", 1), ("vk:club", 1), ("telegram:+Hash1234", 1), ("youtube:@h", 1), ("web:a.b", 1),
        ("discord:invite/a", 1), ("facebook:name/123", 2), ("other:name/@x", 2), ("x:%6Eame/lists/x", 1), ("junk", 1),
    ],
)  # fmt: skip
def test_strength(key, number):
    """Immutable ids come before handles, handles before names."""
    assert strength(key) == number
    assert is_name(key) is (number == 2)


@pytest.mark.parametrize("key", ["facebook:name/x", "telegram:id/1", "other:name/x", "junk", "", "nope:x", "facebook:"])
def test_no_address(key):
    """Names, private ids and what is no key have no public address."""
    assert url_of(key) is None


def test_platform_of():
    """The platform is what stands before the first colon."""
    assert platform_of("bluesky:did:plc:x") == "bluesky"


@pytest.mark.parametrize(
    ("word", "platform"),
    [
        ("FB", "facebook"), ("Facebook", "facebook"), ("www.facebook.com", "facebook"), ("Фейсбук", "facebook"),
        ("Φέισμπουκ", "facebook"), ("φεισμπουκ", "facebook"), ("Ֆեյսբուք", "facebook"), ("feisbuks", "facebook"),
        ("Facebook group", "facebook"), ("ВКонтакте", "vk"), ("вк", "vk"), ("VK.com", "vk"), ("vk.ru", "vk"),
        ("Телеграм", "telegram"), ("тг", "telegram"), ("t.me", "telegram"), ("Telegram-канал", "telegram"),
        ("Տելեգրամ", "telegram"), ("Twitter", "x"), ("X (Twitter)", "x"), ("x.com", "x"), ("Twitter / X", "x"),
        ("ютуб", "youtube"), ("You Tube", "youtube"), ("инстаграм", "instagram"), ("Ίνσταγκραμ", "instagram"),
        ("Одноклассники", "ok"), ("ok.ru", "ok"), ("Дзен", "dzen"), ("Яндекс.Дзен", "dzen"), ("Sub reddit", "reddit"),
        ("Сайт", "web"), ("другое", "other"), ("Draugiem", None), ("", None), ("!!!", None), ("group", None),
        ("e-mail", None), ("linked-in", "linkedin"), ("TIKTOK", "tiktok"), ("https://www.instagram.com/", "instagram"),
    ],
)  # fmt: skip
def test_platform_named(word, platform):
    """Platforms are recognised in the spellings of our users."""
    assert platform_named(word) == platform


def test_every_platform_names_itself():
    """Canonical names are sorted, unique and their own spelling."""
    assert list(PLATFORMS) == sorted(set(PLATFORMS))
    assert {"web", "other"} <= set(PLATFORMS)
    assert [platform_named(name) for name in PLATFORMS] == list(PLATFORMS)
    assert [platform_named(name.upper()) for name in PLATFORMS] == list(PLATFORMS)
