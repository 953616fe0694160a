"""Lints: what a report would make of a link, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError, OptionError
from outreach.teasers.lints import channel, cut_on_x, lints

FINE = "utm_source=telegram&utm_medium=social&utm_campaign=spring"


def codes(url, deal="free"):
    return [lint.code for lint in lints(url, deal)]


@pytest.mark.parametrize(
    ("source", "medium", "campaign", "want"),
    [
        ("telegram", "social", "spring", "Organic Social"),
        ("bluesky", "Social-Media", "spring", "Organic Social"),
        ("telegram", "social media", "spring", "Organic Social"),
        ("t.me", "post", "spring", "Organic Social"),
        ("Facebook", "post", "spring", "Organic Social"),
        ("youtube", "social", "spring", "Organic Social"),
        ("youtube", "post", "spring", "Organic Video"),
        ("telegram", "organic_social", "spring", "Unassigned"),
        ("discord", "community", "spring", "Unassigned"),
        ("vk", "post", "spring", "Unassigned"),
        ("telegram", "referral", "spring", "Referral"),
        ("newsletter", "email", "spring", "Email"),
        ("google", "organic", "spring", "Organic Search"),
        ("facebook", "cpc", "spring", "Paid Social"),
        ("google", "cpc", "spring", "Paid Search"),
        ("youtube", "paid-video", "spring", "Paid Video"),
        ("telegram", "paid-social", "spring", "Paid Other"),
        ("telegram", "cpm", "spring", "Display"),
        ("telegram", "cpc", "eshop", "Paid Shopping"),
        ("telegram", "social", "coffee_shop", "Organic Shopping"),
        ("telegram", "social", "work-shop", "Organic Shopping"),
        ("telegram", "social", "window-shopping", "Organic Shopping"),
        ("telegram", "social", "onlineshop", "Organic Shopping"),
        ("telegram", "social", "workshop", "Organic Social"),
        ("telegram", "social", "barbershop", "Organic Social"),
        ("telegram", "social", "bishop", "Organic Social"),
        ("telegram", "social", "my-Cross-Network", "Cross-network"),
        ("app", "mobile-push", "spring", "Mobile Push Notifications"),
    ],
)
def test_google_analytics_files_a_visit(source, medium, campaign, want):
    """The first of its rules that fits; capitals do not matter."""
    assert channel(source, medium, campaign) == want


@pytest.mark.parametrize(
    ("query", "want"),
    [
        (FINE, []),
        (FINE + "&utm_content=smm-riga--a-f871v&utm_id=7&a=1&a=2&ids[]=3", []),
        ("", ["untagged"]),
        ("a=1", ["untagged"]),
        ("utm_source=telegram&utm_campaign=spring", ["missing", "channel"]),
        ("utm_source=facebook&utm_medium=post", ["missing"]),
        ("utm_source=&utm_medium=social&utm_campaign=spring", ["missing"]),
        (FINE.replace("=social", "=post"), ["channel"]),
        (FINE.replace("=social", "=cpc"), ["paid"]),
        (FINE.replace("=social", "=mcp"), ["paid"]),
        (FINE.replace("=social", "=paid-social"), ["paid"]),
        (FINE.replace("spring", "eshop"), ["shopping"]),
        (FINE.replace("telegram", "etsy"), ["shopping"]),
        (FINE.replace("spring", "cross-network-1"), ["cross-network"]),
        (FINE.replace("spring", "Spring"), ["spelling"]),
        (FINE.replace("spring", "spring+2026"), ["spelling"]),
        (FINE.replace("spring", "%D0%B2"), ["spelling"]),
        ("fbclid=1&" + FINE, ["click-id"]),
        ("YCLID=1&" + FINE, ["click-id"]),
        (FINE + "&utm_source=vk", ["duplicate"]),
        (FINE + "&UTM_Source=vk", ["duplicate", "case"]),
        ("UTM_Source=telegram&utm_medium=social&utm_campaign=spring", ["case"]),
        ("mail=ann%40example.com&" + FINE, ["private"]),
        ("tel=%2B37129123456&" + FINE, ["private"]),
        (FINE.replace("spring", "79160001122"), ["private"]),
        (FINE.replace("spring", "{campaign}"), ["macro"]),
        (FINE.replace("spring", "{{campaign.name}}"), ["macro"]),
        (FINE.replace("spring", "%7B%7Bcampaign%7D%7D"), ["macro"]),
        (FINE.replace("spring", "__CAMPAIGN__"), ["macro"]),
        ("a=1%26utm_source=vk&" + FINE, ["escaped"]),
        ("a=1&amp;utm_term=vk&" + FINE, ["escaped"]),
    ],
)
def test_what_is_odd_is_named(query, want):
    """One code for each oddity and none for what is well."""
    assert codes(f"https://example.com/?{query}") == want


@pytest.mark.parametrize(
    ("url", "want"),
    [
        (f"https://example.com/?{FINE}#top", []),
        (f"https://example.com/?{FINE}#/route", ["hash-route"]),
        (f"https://example.com/?{FINE}#!route", ["hash-route"]),
        ("https://example.com/#utm_source=telegram", ["after-hash", "untagged"]),
        (f"https://example.com/#/route?{FINE}", ["after-hash", "hash-route", "untagged"]),
        ("https://example.com/x%3Futm_source=telegram", ["escaped", "untagged"]),
        ("https://t.me/smm_riga", []),
        (f"https://t.me/smm_riga?{FINE}", ["telegram"]),
    ],
)
def test_where_tags_stand_matters(url, want):
    """Behind the # and behind an escaped question mark nobody reads them; on Telegram nobody at all."""
    assert codes(url) == want


@pytest.mark.parametrize("medium", ["cpc", "paid-social", "cpm", "ppc", "social"])
def test_paid_placements_may_say_so(medium):
    """Only a free or bartered one would be filed wrongly."""
    url = f"https://example.com/?{FINE.replace('=social', '=' + medium)}"
    assert codes(url, "paid") == []
    assert codes(url, "barter") == codes(url) == ([] if medium == "social" else ["paid"])


def test_an_unknown_deal_is_refused():
    """It is free, barter or paid."""
    with pytest.raises(OptionError, match="not a deal"):
        lints("https://example.com/", "cheap")


def test_reasons_do_not_repeat_private_values():
    """The parameter is named, what stands in it is not."""
    url = "https://example.com/?utm_source=zoe%40example.com&utm_medium=x&utm_campaign=%2B37129123456"
    said = " ".join(f"{lint.reason!r} {lint.reason}" for lint in lints(url))
    assert "utm_source, utm_campaign looks like" in said
    assert "zoe" not in said
    assert "3712" not in said


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_any_address_has_lints_or_is_refused(text):
    """Every finding has a code and a sentence."""
    try:
        found = lints(f"https://example.com/{text}")
    except InputError as error:
        pytest.fail(f"refused: {error}")
    assert all(lint.code and " " in str(lint.reason) for lint in found)


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://example.org/πλάνο", "https://example.org/%CF%80%CE%BB%CE%AC%CE%BD%CE%BF"),
        ("https://example.org/պլան?a=1", "https://example.org/%D5%BA%D5%AC%D5%A1%D5%B6?a=1"),
        ("https://example.org/a?q=план", "https://example.org/a?q=%D0%BF%D0%BB%D0%B0%D0%BD"),
        ("https://example.org/план", ""),
        ("https://example.org/ü/é?a=1", ""),
        ("https://пример.рф/a?b=1", ""),
        ("https://example.org/%CF%80?a=1", ""),
    ],
)
def test_links_that_x_takes_in_part_only(url, encoded):
    """Letters that its own rules leave out of a path or a query; the way out is the address as a browser sends it."""
    found = [lint.reason["link"] for lint in cut_on_x(url)]
    assert found == [encoded] * bool(encoded)
    assert not encoded or cut_on_x(encoded) == []


def test_what_is_lost_behind_the_cut():
    """Tags that stand before it are not."""
    urls = [f"https://example.org/{rest}" for rest in ("պլան?utm_source=x", "?utm_source=x#պլան")]
    lost = [str(cut_on_x(url)[0].reason) for url in urls]
    assert "the tags are lost" in lost[0]
    assert "the rest is lost" in lost[1]


def test_only_links_for_x_are_checked_for_it():
    """And those of which nobody knows yet."""
    page = "https://example.org/πλάνο"
    tags = "utm_medium=social&utm_campaign=spring"
    assert codes(page) == ["cut-on-x", "untagged"]
    assert codes(f"{page}?utm_source=x&{tags}") == codes(f"{page}?utm_source=twitter&{tags}") == ["cut-on-x"]
    assert codes(f"{page}?utm_source=vk&{tags}") == []
