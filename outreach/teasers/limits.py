"""What each network allows a post: one table, checked by hand on the date in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RULES", "Rule", "Unit", "rule_of"]

Unit = Literal["weighted", "graphemes", "code points", "utf-16", "emoji as bytes", "bytes"]
_CHECKED: Final = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a network allows.

    Attributes:
        limit: The longest post, None without limit.
        unit: What the limit counts. Where the network does not tell, ``utf-16``, which never counts less than
            code points or graphemes.
        link_counts: What a link counts, None as much as its own text.
        clickable: Whether a link in the text can be clicked.
        fold: How many characters are shown before "more", None where nothing is hidden or known.
        hashtags: The most hashtags that are allowed or have an effect.
        source: Where the limit is told.
        checked: When that was last read.
        picture: The longest text beside a picture, None for the same limit.
        title: The longest title, None without a title.
        limit_bytes: The longest post in UTF-8 bytes, beside the limit.
        mention_hosts: Whether the server's name in ``@anna@social.example`` counts.
        doubt: What of this is not confirmed by the network itself.

    """

    limit: int | None
    unit: Unit
    link_counts: int | None
    clickable: bool
    fold: int | None
    hashtags: int | None
    source: str
    checked: date = _CHECKED
    picture: int | None = None
    title: int | None = None
    limit_bytes: int | None = None
    mention_hosts: bool = True
    doubt: str = ""


def _unlimited(source: str, doubt: str = "", *, clickable: bool = True) -> Rule:
    return Rule(None, "code points", None, clickable, None, None, source, doubt=doubt)


_UNIT_UNKNOWN: Final = "the unit is not documented: counted as UTF-16, which gives the most"
_ANY: Final = _unlimited("no limit is known")

RULES: Final[Mapping[str, Rule]] = MappingProxyType({
    "bluesky": Rule(
        300, "graphemes", None, True, None, None, "atproto lexicon app.bsky.feed.post", limit_bytes=3000,
    ),
    "discord": Rule(2000, "code points", None, True, None, None, "github.com/discord/discord-api-docs/issues/1315"),
    "facebook": Rule(
        63206, "utf-16", None, True, 477, None, "what publishing tools enforce",
        doubt=f"limit and fold are second-hand; {_UNIT_UNKNOWN}",
    ),
    "instagram": Rule(
        2200, "utf-16", None, False, 125, 5, "the platform's announcement of 2025-12-18 (hashtags)",
        doubt=f"the fold is second-hand; {_UNIT_UNKNOWN}",
    ),
    "linkedin": Rule(
        3000, "utf-16", None, True, 140, None, "the API's own error message",
        doubt=f"the fold (140 on a phone, 210 on a desk) is second-hand; {_UNIT_UNKNOWN}",
    ),
    "mastodon": Rule(
        500, "graphemes", 23, True, None, None, "mastodon's StatusLengthValidator",
        mention_hosts=False, doubt="every server sets its own limit",
    ),
    "medium": _unlimited("no limit is known"),
    "ok": _unlimited("no limit is known"),
    "pinterest": Rule(
        500, "utf-16", None, False, None, None, "documentation of publishing tools", title=100,
        doubt=f"the API speaks of 800; {_UNIT_UNKNOWN}",
    ),
    "reddit": Rule(
        40000, "utf-16", None, True, None, None, "reddit's archived validator (title)", title=300,
        doubt=f"the 40,000 of the text are second-hand, other tools allow 10,000; {_UNIT_UNKNOWN}",
    ),
    "telegram": Rule(
        4096, "code points", None, True, None, None, "core.telegram.org/bots/api#sendmessage", picture=1024,
        doubt="some clients count UTF-16 units",
    ),
    "threads": Rule(
        500, "emoji as bytes", None, True, None, 1, "developers.facebook.com/documentation/threads/posts",
    ),
    "tiktok": Rule(
        2200, "utf-16", None, False, None, 5, "documentation of publishing tools", title=90,
        doubt="unit and hashtags are second-hand; the title is that of a photo post",
    ),
    "vk": Rule(
        16384, "utf-16", None, True, None, None, "second-hand: dev.vk.com/method/wall.post gives no limit",
        doubt=f"another tool stops at 2,048; {_UNIT_UNKNOWN}",
    ),
    "web": _unlimited("a page has no limit"),
    "whatsapp": _unlimited("the limit is larger than any teaser", "4,096 through the API, 65,536 by hand, second-hand"),
    "x": Rule(280, "weighted", 23, True, None, None, "docs.x.com/fundamentals/counting-characters"),
    "youtube": Rule(
        5000, "utf-16", None, True, 100, None, "documentation of publishing tools", title=100,
        doubt=f"of the description; a community post may be longer; {_UNIT_UNKNOWN}",
    ),
})  # fmt: skip


def rule_of(platform: str) -> Rule:
    """Return the rule of a platform; one without limit where the table has none.

    Example:
        >>> rule_of("x").limit, rule_of("dzen").limit
        (280, None)

    """
    return RULES.get(platform, _ANY)
