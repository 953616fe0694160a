"""Links: tags are added and nothing else changes; what cannot be published is refused."""

from urllib.parse import unquote

import ada_url
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from outreach.errors import InputError, OptionError
from outreach.files.private import private
from outreach.teasers.addresses import cut, pairs
from outreach.teasers.links import Link, Scheme, asked_tags, mark, tagged, tags_for, target_link
from outreach.teasers.lints import lints
from outreach.teasers.privacy import made

TAGS = {"utm_source": "telegram", "utm_medium": "social"}
TAIL = "utm_source=telegram&utm_medium=social"
AWKWARD = [
    "https://example.com",
    "https://example.com/",
    "https://example.com?",
    "https://example.com/?#",
    "https://example.com/??",
    "https://example.com/??utm_source=a",
    "https://example.com/#",
    "https://example.com/?a",
    "https://example.com/?a=1&",
    "https://example.com/?a=1&&b",
    "https://example.com/?=x&=",
    "https://example.com/?ids[]=1&ids[]=2",
    "https://example.com/?a=1;b=2",
    "https://example.com/?a=%ff&b=%zz&c=%",
    "https://example.com/?a=%2F&b=+%20",
    "https://example.com/?sig=a/b+c==&t=1%3A2",
    "https://example.com/?next=https://example.org/?x=1",
    "https://example.com/?q=Привет&ё=1#Ёж",
    "https://example.com:443/a/../b/./c//d",
    "HTTPS://Example.COM:8443/A?B#C",
    "http://example.com:80",
    "https://example.com:/x",
    "https://пример.рф/путь?а=б#в",
    "https://[2001:db8::1]:8080/x?y",
    "https://localhost:8000/x",
    "https://example.com/a;b=1?c",
    "https://example.com/@name/post?x",
    "https://example.com/a\\b?c\\d#e\\f",
    "https://example.com/?a=1?b=2#c?d=1#e",
    "https://example.com/#/route?x=1",
    "https://example.com/?a=1#:~:text=here",
    "https://example.com/?amp;utm_campaign=x",
    "https://example.com/?a=%3Futm_source%3Dx",
    "https://example.com/?xutm_source=1&utm=2",
    "https://example.com/?a={campaign}&b=<c>'\"`|^",
]
part = st.text(
    st.sampled_from("aZ09-._~%/?&=;+[]{}:@!$'()*,\"<>|^`\\ёЯήհ漢🎉") | st.characters(exclude_categories=["C", "Z"])
)
addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HttpS"]),
    st.sampled_from(["example.com", "Example.com:443", "пример.рф", "[::1]:80", "127.0.0.1", "a_b.example"]),
    part.map(lambda text: "/" + text.replace("?", "").replace("#", "")) | st.just(""),
    part.map(lambda text: "?" + text.replace("#", "")) | st.just(""),
    part.map("#".__add__) | st.just(""),
)
values = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(lambda value: not private(value))
tags = st.dictionaries(st.sampled_from(["utm_source", "utm_medium", "utm_campaign", "utm_content"]), values, min_size=1)


def parameters(url):
    """Give the parameters as the parser of browsers reads them."""
    search = ada_url.URL(url).search
    try:
        return list(ada_url.URLSearchParams(search).items())
    except UnicodeDecodeError:  # the binding, not the parser, stumbles over %ff
        raw = ada_url.URLSearchParams(search.replace("%", "%25")).items()
        return [(unquote(name), unquote(value)) for name, value in raw]


def test_tags_stand_between_the_query_and_the_fragment():
    """With a question mark where there was none, with & where there was."""
    assert tagged("https://example.com/x#top", TAGS) == f"https://example.com/x?{TAIL}#top"
    assert tagged("https://example.com/x?a=1#top", TAGS) == f"https://example.com/x?a=1&{TAIL}#top"
    assert tagged("https://example.com/#/route?x", TAGS) == f"https://example.com/?{TAIL}#/route?x"


@pytest.mark.parametrize("url", AWKWARD)
def test_awkward_addresses_stay_byte_for_byte(url):
    """Take the tags out of the text again, and the address is what it was."""
    out = tagged(url, TAGS)
    at = out.index(TAIL)
    before, after = out[:at], out[at + len(TAIL) :]
    assert url in {before + after, before[:-1] + after}
    assert len(cut(url).fragment) == len(after)


@pytest.mark.parametrize("url", AWKWARD)
def test_a_browser_reads_the_same_page_and_our_tags(url):
    """The parser of browsers sees equal hosts, paths and fragments, and our parameters at the end."""
    agrees(url, TAGS)


@given(addresses, tags)
@example("https://example.com/?a=1&", {"utm_source": "a b&c=d#e+f%"})
def test_any_address_reads_the_same_and_our_tags(url, tags):
    """As above, for addresses of any shape and values of any text."""
    assume(not any(name.lower().startswith("utm_") for name, _ in pairs(cut(url).query)))
    assume(ada_url.check_url(url))
    agrees(url, tags)


def agrees(url, tags):
    out = tagged(url, tags)
    was, now = ada_url.URL(url), ada_url.URL(out)
    assert parameters(out) == parameters(url) + list(tags.items())
    assert (now.protocol, now.host, now.pathname, now.hash) == (was.protocol, was.host, was.pathname, was.hash)


@given(addresses)
def test_parameters_are_read_as_browsers_read_them(url):
    """So that a parameter which a browser sees is not overlooked."""
    assume(ada_url.check_url(url))
    assert pairs(cut(url).query) == parameters(url)


@given(st.text() | st.text().map("https://".__add__))
def test_any_text_is_an_address_or_refused_in_a_sentence(text):
    """No text breaks it, and what is tagged holds the tags."""
    said = tagged_or_why(text)
    assert said.startswith(("give ", "write ", "remove ", "copy ", "--existing ")) or TAIL in said


def tagged_or_why(text):
    try:
        return tagged(text, TAGS)
    except InputError as error:
        return error.hint


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "does not begin with http"),
        ("example.com/x", "does not begin with http"),
        ("mailto:ann@example.com", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("tg://resolve?domain=x", "does not begin with http"),
        ("https:/example.com", "does not begin with http"),
        ("https:///example.com", "host in the address cannot be read"),
        ("https://", "host in the address cannot be read"),
        ("https://?x", "host in the address cannot be read"),
        ("https://:443/", "host in the address cannot be read"),
        ("https://example.com:port/", "host in the address cannot be read"),
        ("https://example.com:99999/", "host in the address cannot be read"),
        ("https://[::1/", "host in the address cannot be read"),
        ("https://ann@example.com/", "user name or a password"),
        ("https://ann:secret@example.com/", "user name or a password"),
        ("https://example.com@evil.example/", "user name or a password"),
        ("https://example.com/a b", "a space or an invisible"),
        (" https://example.com/", "a space or an invisible"),
        ("https://example.com/\n", "a space or an invisible"),
        ("https://exam\tple.com/", "a space or an invisible"),
        ("https://example.com/\u200b", "a space or an invisible"),
        ("https://example.com/\u00a0", "a space or an invisible"),
        ("https://example.com/\u202etxt", "a space or an invisible"),
        ("https://example.com/\x00", "a space or an invisible"),
        ("https://example.com/\ud800", "damaged"),
    ],
)
def test_what_cannot_be_published_is_refused(url, why):
    """One sentence and a way out, without the address, which may hold a secret."""
    with pytest.raises(InputError, match=why) as caught:
        tagged(url, TAGS)
    assert caught.value.hint
    assert "secret" not in str(caught.value)


def test_existing_tags_are_refused_kept_or_replaced():
    """The marketer decides; everything else stays as it was."""
    url = "https://example.com/?a=%ff&utm_source=old&UTM_Term=t&b#top"
    with pytest.raises(InputError, match="has utm_source already"):
        tagged(url, TAGS)
    assert tagged(url, TAGS, existing="keep") == (
        "https://example.com/?a=%ff&utm_source=old&UTM_Term=t&b&utm_medium=social#top"
    )
    assert tagged(url, TAGS, existing="replace") == f"https://example.com/?a=%ff&b&{TAIL}#top"
    with pytest.raises(OptionError, match="not a known value"):
        tagged(url, TAGS, existing="maybe")


@pytest.mark.parametrize(
    "query", ["utm_source", "UTM_SOURCE=x", "utm%5Fsource=x", "a&utm_id=1", "utm_source=1&utm_source=2"]
)
def test_existing_tags_are_found_however_they_are_written(query):
    """Capitals, percent signs, no value; any utm_ parameter counts."""
    with pytest.raises(InputError, match="already"):
        tagged(f"https://example.com/?{query}", TAGS)
    assert "utm" not in tagged(f"https://example.com/?{query}", {"x": "1"}, existing="replace")


def test_nothing_to_keep_is_nothing_added():
    """Where all tags are there already, the address stays as it is."""
    url = f"https://example.com/?{TAIL}#top"
    assert tagged(url, {"utm_source": "vk"}, existing="keep") == url


@given(
    addresses, st.lists(st.sampled_from(["utm_source=a", "x=1", "UTM_term", "y", "%75tm_id=3", ""]), max_size=5), tags
)
def test_replacing_takes_out_utm_parameters_only(url, more, tags):
    """What is left are the other parameters in their order, then ours."""
    head, query, fragment = cut(url)
    url = head + "?" + "&".join([*more, query[1:], *more]) + fragment
    assume(ada_url.check_url(url))
    left = [pair for pair in parameters(url) if not pair[0].lower().startswith("utm_")]
    assert parameters(tagged(url, tags, existing="replace")) == left + list(tags.items())


@pytest.mark.parametrize(
    "value",
    [
        "ann@example.com", "ann%40example.com", "@ann", "+371 29 123 456", "+37129123456", "0037129123456",
        "tel 79160001122", "8-916-000-11-22", "8 (916) 000-11-22", "+30 210 123 4567", "37491000000",
        "306900000000", "(212) 555 12 34",
    ],
)  # fmt: skip
def test_private_data_in_a_value_is_refused(value):
    """An e-mail address or a phone number may not reach an analytics tool, nor hide behind a slug."""
    with pytest.raises(InputError, match="utm_content looks like"):
        tagged("https://example.com/", {"utm_content": value})
    with pytest.raises(InputError, match="utm_campaign looks like"):
        tags_for(value, "vk:club7", "a", 1)
    with pytest.raises(InputError, match="utm_term looks like"):
        asked_tags(source="vk", medium="social", campaign="spring", term=value)


@pytest.mark.parametrize(
    "value", ["2026-11-23", "23.11.2026", "20261123T101500", "1700000000", "club123456789", "1-2-3", "192.168.1.1"]
)
def test_dates_and_ids_are_not_private(value):
    """Digits alone are no phone number."""
    assert value in tagged("https://example.com/", {"utm_content": value})


@pytest.mark.parametrize("value", ["", "a\nb", "\x7f", "\ud800"])
def test_values_that_no_link_can_hold_are_refused(value):
    """Nothing, control characters, halves of characters."""
    with pytest.raises(InputError, match="utm_content is empty or has characters"):
        tagged("https://example.com/", {"utm_content": value})


def test_the_tags_of_a_placement():
    """Platform, kind, campaign, and the place with a mark; these stand in published links and never change."""
    assert tags_for("Весна 2026", "telegram:smm_riga", "a", 1) == {
        "utm_source": "telegram",
        "utm_medium": "social",
        "utm_campaign": "vesna-2026",
        "utm_content": "smm-riga--a-f871v",
    }
    assert tags_for("spring", "facebook:name/маркетинг%20в%20риге", "B", 2)["utm_content"].startswith(
        "marketing-v-rige--b-"
    )


def test_the_resource_can_come_first():
    """Then its name is what source reports show; the platform takes its place."""
    tags = tags_for("spring", "vk:club7", "a", 1, Scheme(order="resource-first", separator="_", utm_id=True))
    assert list(tags) == ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_id"]
    assert (tags["utm_source"], tags["utm_id"]) == ("club7", "spring")
    assert tags["utm_content"] == "vk__a_" + mark("spring", "vk:club7", "a", 1)


def test_settings_of_the_scheme():
    """Source and medium can be the marketer's own; wrong ones are refused."""
    tags = tags_for("spring", "vk:club7", "a", 1, Scheme(source="vk.com", medium="Social Media"))
    assert (tags["utm_source"], tags["utm_medium"]) == ("vk.com", "social-media")
    for wrong in ({"order": "x"}, {"separator": "."}, {"source": "vk", "order": "resource-first"}):
        with pytest.raises(InputError, match=r"^utm: "):
            Scheme(**wrong)


@pytest.mark.parametrize(("campaign", "variant"), [("", "a"), ("  ", "a"), ("spring", "")])
def test_a_placement_has_a_campaign_and_a_variant(campaign, variant):
    """An empty name would be hidden behind a hash."""
    with pytest.raises(InputError, match="is empty"):
        tags_for(campaign, "vk:club7", variant, 1)


def test_the_code_of_a_private_chat_stays_private():
    """An invite link is a key, not a name."""
    content = tags_for("spring", "telegram:+SecretCode", "a", 1)["utm_content"]
    assert content == "invite--a-" + mark("spring", "telegram:+SecretCode", "a", 1)


def test_marks_tell_placements_apart():
    """Resource, variant, round and campaign all count; how the campaign is spelled does not."""
    asked = [
        (campaign, f"vk:club{number}", variant, turn)
        for campaign in ("spring", "autumn")
        for number in range(2500)
        for variant in "ab"
        for turn in (1, 2)
    ]
    assert len({tuple(tags_for(*one).values()) for one in asked}) == len(asked)
    assert mark("Spring!", "vk:club7", "A", 1) == mark("spring", "vk:club7", "a", 1) == "hesnv"
    assert not set("".join(mark(*one) for one in asked[:1000])) & set("ilou")


@given(st.text(min_size=1), st.integers(1, 9), st.sampled_from("-_"), st.sampled_from(["standard", "resource-first"]))
@example("74100576336", 1, "-", "resource-first")
@example("groups/301234567890", 1, "-", "standard")
@example("ann@mastodon.social", 1, "-", "standard")
def test_our_own_tags_are_never_odd(rest, turn, separator, order):
    """Whatever the key, the link is made, nothing is odd about it, and the mark can be cut off it again."""
    scheme = Scheme(separator=separator, order=order)
    tags = tags_for("spring", f"facebook:{rest}", "a", turn, scheme)
    assert all(len(value) <= 100 for value in tags.values())
    assert lints(tagged("https://example.com/", tags)) == []
    assert made(tags["utm_content"])
    assert tags["utm_content"].rpartition(separator)[2] == mark("spring", f"facebook:{rest}", "a", turn)


def test_names_that_a_person_gives():
    """Slugs, except that analytics tools know hosts by their dots; the three that reports need must be there."""
    assert asked_tags(source="T.me", medium="social", campaign="Весна 2026", content="Рига / 1", campaign_id="7") == {
        "utm_source": "t.me",
        "utm_medium": "social",
        "utm_campaign": "vesna-2026",
        "utm_content": "riga-1",
        "utm_id": "7",
    }
    with pytest.raises(OptionError, match="--source and --campaign missing"):
        asked_tags(source="", medium="social", campaign=" ")


CONTENT = {**TAGS, "utm_content": "smm-riga--a-f871v"}


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://t.me/riga_bot", "https://t.me/riga_bot?start=smm-riga--a-f871v"),
        ("https://T.me/Riga_Bot/", "https://T.me/Riga_Bot/?start=smm-riga--a-f871v"),
        ("http://www.telegram.me/riga_bot?x#y", "http://www.telegram.me/riga_bot?x&start=smm-riga--a-f871v#y"),
        ("https://riga_bot.t.me", "https://riga_bot.t.me?start=smm-riga--a-f871v"),
        ("https://t.me/riga_bot/shop", "https://t.me/riga_bot/shop?startapp=smm-riga--a-f871v"),
    ],
)
def test_a_bot_receives_the_placement(url, want):
    """Telegram gives a bot what stands behind start=, a mini app what stands behind startapp=."""
    assert target_link(url, CONTENT) == Link(want, "smm-riga--a-f871v")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://t.me/smm_riga", "make an invite link for each post"),
        ("https://t.me/smm_riga/12?single", "make an invite link for each post"),
        ("https://t.me", "make an invite link for each post"),
        ("https://t.me/+AbCdEf", "use this invite link for one post only"),
        ("https://t.me/joinchat/AbCdEf", "use this invite link for one post only"),
        ("https://t.me/share/url?url=https://example.com", "tag the address inside it"),
    ],
)
def test_other_addresses_on_telegram_stay_as_they_are(url, says):
    """They carry no parameters; a person is told what to do instead."""
    link = target_link(url, CONTENT)
    assert (link.url, link.start) == (url, "")
    assert says in str(link.advice)


@pytest.mark.parametrize(
    "url", ["https://example.com/t.me/x_bot", "https://not.me/x_bot", "https://at.me.example/x_bot"]
)
def test_other_hosts_are_not_telegram(url):
    """Only its own hosts and the names before them."""
    assert target_link(url, TAGS) == Link(f"{url}?{TAIL}")


def test_a_bot_with_a_start_already():
    """Refused, kept or replaced like any tag."""
    url = "https://t.me/riga_bot?start=old"
    with pytest.raises(InputError, match="has start already"):
        target_link(url, CONTENT)
    assert target_link(url, CONTENT, existing="keep") == Link(url, "old")
    assert target_link(url, CONTENT, existing="replace").url == "https://t.me/riga_bot?start=smm-riga--a-f871v"
    assert target_link(url.replace("start", "Start"), CONTENT, existing="keep").start == ""
    with pytest.raises(InputError, match="needs utm_content"):
        target_link("https://t.me/riga_bot", TAGS)


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1).filter(str.strip), st.sampled_from("-_"))
@example("х" * 80, "b", "a" * 40, "-")
def test_what_a_bot_receives_fits(rest, free, variant, separator):
    """At most 64 characters of Telegram's alphabet; the mark is never cut off, free texts do not merge."""
    assume(not private(variant))
    tags = tags_for("spring", f"vk:{rest}", variant, 1, Scheme(separator=separator))
    start = target_link("https://t.me/riga_bot", tags).start
    assert 0 < len(start) <= 64
    assert start.isascii()
    assert not set(start) - set("-_") - set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert start.endswith(mark("spring", f"vk:{rest}", variant, 1))
    assume(not private(free))
    long = [target_link("https://t.me/riga_bot", {"utm_content": free * 40 + last}).start for last in "xy"]
    assert long[0] != long[1]
    assert max(map(len, long)) <= 64
