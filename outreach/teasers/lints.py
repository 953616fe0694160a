"""What is odd about a tagged link, each with its reason: what a report would make of it, and what may not be in it.

How Google Analytics 4 files a visit is in its help, https://support.google.com/analytics/answer/9756891: the first
rule that fits wins. The sources that it knows are a list of its own; the few here are those of our platforms and of
the neighbours that a marketer may write (checked 2026-11-23 against a copy of the published list).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, unquote

from outreach.errors import OptionError
from outreach.messages import message
from outreach.tables import DEALS
from outreach.teasers.addresses import cut, pairs, telegram_path
from outreach.teasers.in_text import links
from outreach.teasers.privacy import private_names
from outreach.teasers.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach.messages import Message

__all__ = ["Lint", "channel", "cut_on_x", "lints"]


SOCIAL_MEDIUMS: Final = frozenset({"social", "social-network", "social-media", "sm", "social network", "social media"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Known to Google Analytics under these names; not under bluesky, threads, x, mastodon, discord, telegram, vk, ok, habr.
_SOCIAL: Final = _words(
    """
    facebook facebook.com fb fb.me m.facebook.com l.facebook.com instagram instagram.com l.instagram.com ig linkedin
    linkedin.com lnkd.in twitter twitter.com t.co reddit reddit.com old.reddit.com pinterest pinterest.com tiktok
    tiktok.com t.me vk.com m.vk.com away.vk.com vkontakte.ru odnoklassniki.ru livejournal livejournal.com whatsapp
    whatsapp.com messenger messenger.com quora quora.com tumblr tumblr.com medium.com meetup meetup.com snapchat
    snapchat.com news.ycombinator.com draugiem.lv xing xing.com bit.ly tinyurl.com stackoverflow stackoverflow.com
    """
)
_VIDEO: Final = _words("youtube youtube.com m.youtube.com vimeo vimeo.com twitch twitch.tv dailymotion")
_SEARCH: Final = _words(
    "google google.com bing yahoo yahoo.com duckduckgo yandex yandex.ru yandex.com rambler rambler.ru zen.yandex.ru "
    "go.mail.ru baidu ecosia.org"
)
_SHOPPING: Final = _words("amazon amazon.com ebay ebay.com etsy etsy.com shopify shopify.com walmart stripe")
_SHOP: Final = re.compile(r"(?:[^a-df-z]|^)shop|shopping").search
_PAID: Final = re.compile(r".*cp.*|ppc|retargeting|paid.*").fullmatch
_X: Final = _words("x x.com twitter twitter.com t.co")
_NOT_LATIN: Final = re.compile(r"[^\x00-\x7f]+")
_EMAIL: Final = frozenset({"email", "e-mail", "e_mail", "e mail"})
_BY_MEDIUM: Final = {
    "organic": "Organic Search",
    **dict.fromkeys(("referral", "app", "link"), "Referral"),
    **dict.fromkeys(_EMAIL, "Email"),
    "affiliate": "Affiliates",
    "audio": "Audio",
    "sms": "SMS",
}
_CLICK_IDS: Final = _words(
    """
    gclid dclid gbraid wbraid gad_source gad_campaignid fbclid igshid igsh msclkid ttclid twclid li_fat_id yclid ysclid
    rb_clickid epik scclid rdt_cid mc_eid
    """
)
_AFTER_HASH: Final = re.compile(r"[#?&/]utm_[a-z_]+=", re.IGNORECASE).search
_ESCAPED: Final = re.compile(r"(?:%3F|%26|&amp;)utm_", re.IGNORECASE).search
_MACRO: Final = re.compile(r"\{[^{}]*\}|__[A-Z][A-Z0-9_]*__|%%[A-Za-z_:]+%%").search
_SPELLED: Final = re.compile(r"[a-z0-9._~-]+").fullmatch


class Lint(NamedTuple):
    """One remark on a link."""

    code: str  # one word for programs
    reason: Message


def lints(url: str, deal: str = "free") -> list[Lint]:
    """Return what is odd about a link that is to be published; nothing where all is well.

    Args:
        url: With its tags.
        deal: What the place gets for it: ``"free"``, ``"barter"`` or ``"paid"``; paid links may say so.

    Raises:
        InputError: The address is none that can be published.
        OptionError: The deal is none of the three.

    Example:
        >>> tags = "utm_source=telegram&utm_medium=social&utm_campaign="
        >>> lints(f"https://example.com/?{tags}spring")
        []
        >>> [lint.code for lint in lints(f"https://example.com/?fbclid=1&{tags}eshop")]
        ['click-id', 'shopping']

    """
    if deal not in DEALS:
        raise OptionError(f"--deal {deal}: not a deal", hint=f"known: {', '.join(DEALS)}")
    head, query, fragment = cut(url)
    given = pairs(query)
    tags: dict[str, str] = {}
    for name, value in given:
        if name.lower().startswith("utm_"):
            tags.setdefault(name.lower(), value)
    found = [*_about_parameters(given), *_about_text(url, fragment)]
    if tags.get("utm_source", "x").lower() in _X:
        found += cut_on_x(url)
    if telegram_path(head) is not None:
        if tags:
            found.append(Lint("telegram", message("telegram-carries-no-tags")))
        return found
    return [*found, *_about_spelling(tags), *_about_channel(tags, deal)]


def channel(source: str, medium: str, campaign: str) -> str:
    """Return the default channel group in which Google Analytics 4 files a visit.

    Example:
        >>> channel("telegram", "social", "spring"), channel("telegram", "post", "spring")
        ('Organic Social', 'Unassigned')
        >>> channel("facebook", "paid-social", "spring"), channel("vk", "social", "coffee_shop")
        ('Paid Social', 'Organic Shopping')

    """
    source, medium, campaign = source.lower(), medium.lower(), campaign.lower()
    shop = source in _SHOPPING or _SHOP(campaign) is not None
    push = medium.endswith("push") or "mobile" in medium or "notification" in medium
    rules = (
        ("Cross-network", "cross-network" in campaign),
        (_paid(source, medium, shop), _PAID(medium)),
        ("Display", medium in {"display", "banner", "expandable", "interstitial"}),
        ("Organic Shopping", shop),
        ("Organic Social", source in _SOCIAL or medium in SOCIAL_MEDIUMS),
        ("Organic Video", source in _VIDEO or "video" in medium),
        ("Organic Search", source in _SEARCH),
        ("Mobile Push Notifications", push),
        ("Email", source in _EMAIL),
    )
    return next((name for name, holds in rules if holds), _BY_MEDIUM.get(medium, "Unassigned"))


def cut_on_x(url: str, typed: str = "") -> list[Lint]:
    """Return what is said of a link that X ends too early, nothing of one that it takes whole.

    X knows Cyrillic letters in a path, others neither there nor behind the question mark: Greek and Armenian ones end
    the link, and the rest of it, with the tags, is plain text.

    Args:
        url: With its tags.
        typed: What stands in the brief; empty for ``url`` itself.

    Example:
        >>> cut_on_x("https://example.org/պլան?utm_source=x")[0].reason["link"]
        'https://example.org/%D5%BA%D5%AC%D5%A1%D5%B6?utm_source=x'
        >>> cut_on_x("https://example.org/план?utm_source=x")
        []

    """
    if url.isascii():
        return []
    found = next(links(url), None)
    if found is None or url[found.end :].isascii():
        return []
    scheme, host, rest = re.split(r"(?<=://)([^/?#]*)", typed or url, maxsplit=1)
    encoded = scheme + host + _NOT_LATIN.sub(lambda letters: quote(letters[0]), rest)
    lost = "tags" if "utm_" in url[found.end :] else "rest"
    return [Lint("cut-on-x", message(f"x-cuts-{lost}{'-in-brief' if typed else ''}", link=encoded))]


def _paid(source: str, medium: str, shop: bool) -> str:
    if shop:
        return "Paid Shopping"
    for name, sources in (("Search", _SEARCH), ("Social", _SOCIAL), ("Video", _VIDEO)):
        if source in sources:
            return f"Paid {name}"
    return "Display" if medium == "cpm" else "Paid Other"


def _about_parameters(given: list[tuple[str, str]]) -> Iterator[Lint]:
    """Tell of click ids, of names given twice or in capitals, of private data."""
    names = [name for name, _ in given]
    lower = [name.lower() for name in names]
    if found := sorted(_CLICK_IDS.intersection(lower)):
        yield Lint("click-id", message("click-id", names=tuple(found)))
    tags = [name for name in lower if name.startswith("utm_")]
    if twice := sorted({name for name in tags if tags.count(name) > 1}):
        yield Lint("duplicate", message("parameter-twice", names=_shown(twice)))
    if capitals := [name for name in names if name.lower().startswith("utm_") and name != name.lower()]:
        yield Lint("case", message("parameter-in-capitals", names=_shown(capitals)))
    if hidden := private_names(given):
        yield Lint("private", message("parameter-private", names=_shown(hidden)))


def _about_text(url: str, fragment: str) -> Iterator[Lint]:
    """Tell of tags in wrong places, of macros that nobody replaced, of pages behind a #."""
    if _AFTER_HASH(fragment):
        yield Lint("after-hash", message("tags-after-hash"))
    if fragment.startswith(("#/", "#!")):
        yield Lint("hash-route", message("page-after-hash"))
    if _ESCAPED(url):
        yield Lint("escaped", message("tags-escaped"))
    if _MACRO(url) or (url.count("%7") > 1 and _MACRO(unquote(url))):
        yield Lint("macro", message("placeholder-left"))


def _about_spelling(tags: Mapping[str, str]) -> Iterator[Lint]:
    """Tell of values that reports count apart from the same word in lower case."""
    private = private_names([*tags.items()])
    for name, value in tags.items():
        if not value.strip():
            yield Lint("missing", message("tag-empty", name=_shown([name])))
        elif not _SPELLED(value) and name not in private and not _MACRO(value):
            yield Lint("spelling", message("tag-spelling", name=_shown([name]), value=slug(value)))


def _about_channel(tags: Mapping[str, str], deal: str) -> Iterator[Lint]:
    """Tell where Google Analytics 4 would file the visits, if not where posts belong."""
    if not tags:
        yield Lint("untagged", message("no-tags"))
        return
    if missing := [name for name in ("utm_source", "utm_medium", "utm_campaign") if name not in tags]:
        yield Lint("missing", message("tags-missing", names=" and ".join(missing)))
    source, medium, campaign = (tags.get(f"utm_{name}", "").lower() for name in ("source", "medium", "campaign"))
    filed = channel(source, medium, campaign)
    traps = [*_traps(source, medium, campaign, deal)]
    yield from traps
    fine = filed == "Organic Social" or (deal == "paid" and filed.startswith(("Paid", "Display")))
    if not traps and not fine:
        yield Lint("channel", message("wrong-channel", channel=filed))


def _traps(source: str, medium: str, campaign: str, deal: str) -> Iterator[Lint]:
    """Tell of values with a meaning to Google Analytics 4 that nobody intended."""
    if "cross-network" in campaign:
        yield Lint("cross-network", message("cross-network"))
    if source in _SHOPPING:
        yield Lint("shopping", message("source-is-shopping"))
    elif _SHOP(campaign):
        yield Lint("shopping", message("campaign-is-shopping"))
    if _PAID(medium) and deal != "paid":
        yield Lint("paid", message("medium-is-paid"))


def _shown(names: list[str]) -> str:
    """Return names for a message; those of others can be anything."""
    return re.sub(r"[^A-Za-z0-9_, .-]", "?", ", ".join(names))[:100]
