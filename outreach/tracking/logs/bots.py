"""Whether a user agent is a person's browser, a crawler or program, or what makes a preview of a link.

The list of https://github.com/monperrus/crawler-user-agents, and what it lacks. The browsers inside Telegram,
Instagram, Facebook or VK are people: somebody tapped the link there.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

__all__ = ["CRAWLER", "NOBODY", "PERSON", "PREVIEW", "kind_of", "plain"]

PERSON: Final = "person"
CRAWLER: Final = "crawler"
PREVIEW: Final = "preview"
NOBODY: Final = "no agent"

# Networks and messengers that fetch a link when somebody posts it.
PREVIEWS: Final = re.compile(
    r"""Bluesky\ Cardyb | ^Signal\b | \bSignal-(?:Android|Desktop|iOS)\b | ^Threads/ | kakaotalk-scrap | Pinterestbot
    | MailRuBot | Rocket\.Chat | Zulip\ URL\ preview | ^Pleroma | ^Akkoma | ^Misskey | ^Mattermost | [Uu]nfurl
    | [Ll]ink\ ?-?[Pp]review | URL\ [Pp]review | Google-PageRenderer | ^com\.apple\.WebKit""",
    re.VERBOSE,
)
# The browsers inside of apps name the app: somebody tapped a link there. Lists of robots know the same names, of
# what the networks send themselves, which is no browser on somebody's device.
IN_APP: Final = re.compile(
    r"""\b(?:FBAN|FBAV|FB_IAB|FB4A|MetaIAB|IABMV|Instagram|Barcelona|WhatsApp|Messenger(?:Lite)?ForiOS|Viber|Telegram
        |VK(?:Android|Client|iOS)?App|vk\w*client|OKAndroid|OKApp|OdklAndroid|Odnoklassniki\w*|musical_ly
        |musically_go|trill|Bytedance\w*|TikTok|aweme|Snapchat|LinkedInApp|Twitter|TwitterAndroid|Pinterest|Line|MicroMessenger|KAKAOTALK
        |Reddit|Discord|GSA|YaApp_\w+|YaSearchBrowser|MAX|Flipboard|Zalo|imo|Skype|Slack|Teams)\b""",
    re.VERBOSE,
)
DEVICE: Final = re.compile(
    r"^Mozilla/5\.0 \((?:iPhone|iPad|iPod|Linux; (?:U; |arm_64; )?Android|Android|Windows NT|Macintosh|X11)"
)
ENGINE: Final = re.compile(r"AppleWebKit/|Gecko/")
NO_BROWSER: Final = re.compile(
    r"""externalhit | externalagent | facebookcatalog | facebookplatform | (?:^|[^u]|(?:^|[^c])u)bot(?:[^a-z]|$) | crawl
    | spider | preview | scrap | fetcher | https?://""",
    re.VERBOSE | re.IGNORECASE,
)
VERSION: Final = re.compile(r"\b[0-9]+(?:\.[0-9]+)+")
"""What none of our patterns asks for; the list does."""

# What looks whether a server lives, tries its strength, or reads its feeds.
WATCHERS: Final = re.compile(
    r"""health-?\ ?check | \bHealth-Check | ^GoogleHC | \bkube-probe | \bk6/ | ^Prometheus | [Bb]lackbox[\ -][Ee]xporter
    | Synthetics? | [Pp]inger/ | [Uu]ptime | [Ff]eed-?\ ?[Ff]etcher | [Ff]eed-?\ ?[Pp]arser | [Ff]eed-?\ ?[Rr]eader
    | ^(?:rss2email|newsboat|newsbeuter|Liferea|Akregator|Reeder|NetNewsWire|SimplePie|MagpieRSS|feedparser)\b
    | \b(?:RSS|Atom)\ ?(?:reader|fetcher|owl|bandit) | ^(?:ApacheBench|hey|wrk2?|vegeta|Locust)\b
    | ^(?:siege|Gatling|Artillery)\b | JMeter
    | ^(?:Envoy|HAProxy|Varnish|Consul|Gatus|Monit|Nagios|Icinga|Zabbix|Sentry|Freshping)\b
    | Endpoint\ Monitor | Health\ Probe | ^lua-resty | ^(?:Jetpack|Wordfence|iTMS)\b | ^Microsoft\ Office | ms-office
    | ^Outlook- | Barracuda | proofpoint | SafeLinks | (?:load|stress)-?test | ^[\w.-]*check(?:er)?/""",
    re.VERBOSE | re.IGNORECASE,
)
# Libraries that send requests, browsers without a window, and words by which the rest call themselves. CUBOT makes
# telephones.
PROGRAMS: Final = re.compile(
    r"""^(?:Java|node|undici|Deno|Bun|Ruby|Faraday|Dart|Guzzle|PHP|reqwest|ureq|hyper|got|Postman|insomnia|HTTP_Request
        |libcurl|PycURL|httpunit|RestSharp|Symfony|Typhoeus|Zend|WinHttp|Python|perl|Go|rest-client|http\.rb|axios)\b
    | ^python | Headless | PhantomJS | Puppeteer | Playwright | Selenium | Lighthouse | Cypress/ | jsdom/
    | (?:^|[^u]|(?:^|[^c])u)bot(?:[^a-z]|$) | crawl | spider | scrap(?:er|y) | [^a-z]monitor(?:ing)?[^a-z]""",
    re.VERBOSE | re.IGNORECASE,
)
ANDROID_BUILD: Final = re.compile(r"[A-Z0-9]{4}\\\.[0-9]{6}\\\.[0-9]{3}")
"""A version of Android, which the list has for a robot that claimed it: all telephones of that version have it."""

LITERAL: Final = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9])+")
KEY: Final = 4
ESCAPED: Final = re.compile(r"\\x([0-9A-Fa-f]{2})")


def kind_of(agent: str) -> str:
    """Return what a user agent is, as it stands in a log.

    Example:
        >>> kind_of("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Instagram 330.0.3.29"), kind_of("-")
        ('person', 'no agent')
        >>> kind_of("TelegramBot (like TwitterBot)"), kind_of("curl/8.5.0"), kind_of("Bluesky Cardyb/1.1")
        ('preview', 'crawler', 'preview')
        >>> kind_of("Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Viber/11.9.5.8"), kind_of("kube-probe/1.29")
        ('person', 'crawler')

    """
    tidy = plain(agent).strip()
    if tidy in {"", "-"}:
        return NOBODY
    if _is_in_app(tidy):
        return PERSON
    listed = _listed()
    unlisted = _unlisted(VERSION.sub("1.0", tidy))
    if unlisted == PREVIEW or listed.previews.finds(tidy):
        return PREVIEW
    return CRAWLER if unlisted == CRAWLER or listed.others.finds(tidy) else PERSON


@lru_cache(maxsize=4096)
def _unlisted(agent: str) -> str:
    """Return what a user agent is by our own patterns; a log has thousands that differ in their versions only."""
    if PREVIEWS.search(agent):
        return PREVIEW
    return CRAWLER if PROGRAMS.search(agent) or WATCHERS.search(agent) else PERSON


def _is_in_app(agent: str) -> bool:
    """Tell the browser of an app on somebody's device."""
    browser = DEVICE.match(agent) and ENGINE.search(agent)
    return bool(browser and IN_APP.search(agent) and not NO_BROWSER.search(agent))


def plain(text: str) -> str:
    r"""Return a text as it was sent: nginx writes bytes as ``\xD0``, IIS a blank as ``+``, CloudFront as ``%2520``.

    Example:
        >>> plain(r"\xD0\x96"), plain("Mozilla/5.0+(X11)"), plain("Mozilla/5.0%2520(X11)")
        ('Ж', 'Mozilla/5.0 (X11)', 'Mozilla/5.0 (X11)')

    """
    if "\\x" in text:
        text = unquote(ESCAPED.sub(r"%\1", text.replace("%", "%25")))
    if " " not in text and ("%20" in text or "%2520" in text):
        return unquote(unquote(text))
    return text.replace("+", " ") if " " not in text and text.startswith("Mozilla/") else text


class _Patterns:
    """Many patterns, of which nearly all are plain texts: those are looked up by their first letters."""

    def __init__(self, patterns: list[str]) -> None:
        self.texts: dict[str, list[str]] = {}
        rest = []
        for pattern in patterns:
            text = re.sub(r"\\(.)", r"\1", pattern)
            if LITERAL.fullmatch(pattern) and len(text) >= KEY:
                self.texts.setdefault(text[:KEY], []).append(text)
            else:
                rest.append(pattern)
        self.rest: Final = re.compile("|".join(rest) or "(?!)")

    def finds(self, agent: str) -> bool:
        """Tell whether one of them is in a user agent."""
        texts = self.texts
        for key in texts.keys() & _beginnings(agent):
            if any(text in agent for text in texts[key]):
                return True
        return self.rest.search(agent) is not None


@lru_cache(maxsize=1)
def _beginnings(agent: str) -> frozenset[str]:
    """Return the first letters of whatever a user agent holds."""
    return frozenset(agent[at : at + KEY] for at in range(len(agent) - KEY + 1))


class _Listed(NamedTuple):
    previews: _Patterns
    others: _Patterns


@cache
def _listed() -> _Listed:
    # Not imported: the package reads its own list in the system's encoding, and on Windows that is none for it.
    list_file = distribution("crawler-user-agents").locate_file("crawleruseragents/crawler-user-agents.json")
    previews: list[str] = []
    others: list[str] = []
    for entry in json.loads(Path(str(list_file)).read_text("utf-8")):
        if ANDROID_BUILD.fullmatch(entry["pattern"]):
            continue
        (previews if "social-preview" in entry.get("tags", ()) else others).append(entry["pattern"])
    return _Listed(_Patterns(previews), _Patterns(others))
