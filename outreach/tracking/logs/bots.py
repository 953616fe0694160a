"""Whether a user agent is a person's browser, a crawler or program, or what makes a preview of a link.

The list of https://github.com/monperrus/crawler-user-agents, and what it lacks. The browsers inside Telegram,
Instagram, Facebook or VK are people: somebody tapped the link there.
"""

from __future__ import annotations

import json
import re
from functools import cache
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
# Libraries that send requests, browsers without a window, and words by which the rest call themselves. CUBOT makes
# telephones.
PROGRAMS: Final = re.compile(
    r"""^(?:Java|node|undici|Deno|Bun|Ruby|Faraday|Dart|Guzzle|PHP|reqwest|ureq|hyper|got|Postman|insomnia|HTTP_Request
        |libcurl|PycURL|httpunit|RestSharp|Symfony|Typhoeus|Zend|WinHttp|Python|perl|Go|rest-client|http\.rb|axios)\b
    | ^python | Headless | PhantomJS | Puppeteer | Playwright | Selenium | Lighthouse | Cypress/ | jsdom/
    | (?:^|[^u]|(?:^|[^c])u)bot(?:[^a-z]|$) | crawl | spider | scrap(?:er|y) | [^a-z]monitor(?:ing)?[^a-z]""",
    re.VERBOSE | re.IGNORECASE,
)
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

    """
    tidy = plain(agent).strip()
    if tidy in {"", "-"}:
        return NOBODY
    listed = _listed()
    if listed.previews.finds(tidy) or PREVIEWS.search(tidy):
        return PREVIEW
    return CRAWLER if listed.others.finds(tidy) or PROGRAMS.search(tidy) else PERSON


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
        for at in range(len(agent) - KEY + 1):
            found = texts.get(agent[at : at + KEY])
            if found and any(agent.startswith(text, at) for text in found):
                return True
        return self.rest.search(agent) is not None


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
        (previews if "social-preview" in entry.get("tags", ()) else others).append(entry["pattern"])
    return _Listed(_Patterns(previews), _Patterns(others))
