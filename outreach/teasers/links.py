"""Links that find their way back: tags on an address, made from the place that it goes to.

Tagging puts text between the query and the fragment and leaves everything else byte for byte, because signatures,
odd parameters and single-page routes do not survive being taken apart and put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_plus

from outreach.errors import InputError, OptionError
from outreach.messages import message
from outreach.teasers.addresses import Parts, cut, pairs, telegram_path
from outreach.teasers.privacy import made, refuse_private
from outreach.teasers.slugs import digest, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.messages import Message

__all__ = ["EXISTING", "Link", "Scheme", "asked_tags", "mark", "tagged", "tags_for", "target_link"]

EXISTING: Final = ("error", "keep", "replace")
LONGEST: Final = 100
LONGEST_RESOURCE: Final = 60
LONGEST_VARIANT: Final = 20
LONGEST_START: Final = 64  # https://core.telegram.org/bots/features#deep-linking

_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch
_SOURCE_HOST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+").fullmatch
_START: Final = re.compile(r"[A-Za-z0-9_-]+").fullmatch


@dataclass(frozen=True, slots=True)
class Scheme:
    """How tags are made; the marketer's ``[utm]`` settings.

    Raises:
        InputError: A value is none of its field's.

    """

    source: str = ""  # empty: the platform, or the resource where that comes first
    medium: str = "social"  # one of the six that GA4 files under Organic Social
    order: str = "standard"  # or "resource-first": the resource stands in utm_source
    utm_id: bool = False  # the campaign's id in GA4, the same for all its placements
    separator: str = "-"  # or "_"

    def __post_init__(self) -> None:
        if self.order not in {"standard", "resource-first"}:
            raise InputError("utm: unknown scheme", hint='it must be "standard" or "resource-first"')
        if self.source and self.order == "resource-first":
            raise InputError("utm: resource-first puts the place into utm_source", hint="leave source out")
        if self.separator not in {"-", "_"}:
            raise InputError("utm: unknown separator", hint='it must be "-" or "_"')


@dataclass(frozen=True, slots=True)
class Link:
    """An address ready to publish."""

    url: str
    start: str = ""  # what a Telegram bot receives with /start
    advice: Message | None = None  # what only a person can do


def tagged(url: str, tags: Mapping[str, str], *, existing: str = "error") -> str:
    """Return an address with tags at the end of its query.

    Args:
        url: With http or https; a query, a fragment and any path stay as they are.
        tags: Parameter to value, in the order in which they are to stand.
        existing: Where the address has utm_ parameters, or one of ``tags``, already: ``"error"`` refuses it,
            ``"keep"`` adds only what it has not, ``"replace"`` takes them all out first.

    Raises:
        InputError: The address or a value cannot be used; says why.

    Example:
        >>> tagged("https://example.com/?a=%ff#top", {"utm_source": "telegram", "utm_medium": "social"})
        'https://example.com/?a=%ff&utm_source=telegram&utm_medium=social#top'

    """
    return _tagged(cut(url), tags, existing)


def tags_for(campaign: str, key: str, variant: str, round: int, scheme: Scheme = Scheme()) -> dict[str, str]:  # noqa: A002 - the table's word
    """Return the tags of one placement, the same on every machine.

    Args:
        campaign: As the marketer calls it.
        key: Of the resource.
        variant: Of the text.
        round: Of publishing, from 1.
        scheme: Where the tags are to stand.

    Raises:
        InputError: A name is empty or holds private data.

    Example:
        >>> tags_for("Весна 2026", "telegram:smm_riga", "a", 1)["utm_content"]
        'smm-riga--a-f871v'
        >>> list(tags_for("Весна 2026", "telegram:smm_riga", "a", 1, Scheme(order="resource-first")).values())
        ['smm-riga', 'social', 'vesna-2026', 'telegram--a-f871v']

    """
    between = scheme.separator
    platform = slug(key.partition(":")[0], LONGEST_RESOURCE, between)
    resource = _resource_slug(key, between)
    first, second = (platform, resource) if scheme.order == "standard" else (resource, platform)
    text = _word("variant", variant, between, LONGEST_VARIANT)
    tags = {
        "utm_source": _word("utm_source", scheme.source, between) if scheme.source else first,
        "utm_medium": _word("utm_medium", scheme.medium, between),
        "utm_campaign": _word("utm_campaign", campaign, between),
        # No slug holds two separators on end: it can be cut there again.
        "utm_content": f"{second}{between}{between}{text}{between}{mark(campaign, key, variant, round)}",
    }
    if scheme.utm_id:
        tags["utm_id"] = tags["utm_campaign"]
    return tags


def mark(campaign: str, key: str, variant: str, round: int) -> str:  # noqa: A002 - the table's word
    """Return five characters that tell one placement from every other.

    The first 25 bits of SHA-256 of the four, one a line in UTF-8: campaign and variant as slugs, so that the mark can
    be made again from the tags; the key; the round.

    Example:
        >>> mark("spring", "telegram:smm_riga", "a", 1) == mark("Spring!", "telegram:smm_riga", "A", 1)
        True

    """
    return digest(f"{slug(campaign, LONGEST)}\n{key}\n{slug(variant, LONGEST_VARIANT)}\n{round}", 5)


def asked_tags(
    *, source: str, medium: str, campaign: str, content: str = "", term: str = "", campaign_id: str = ""
) -> dict[str, str]:
    """Return tags that a person asks for, each as a slug; a source may be a host like ``vk.com``.

    Raises:
        OptionError: The source, the medium or the campaign is missing.
        InputError: A value holds private data.

    Example:
        >>> asked_tags(source="t.me", medium="Social", campaign="Весна 2026")
        {'utm_source': 't.me', 'utm_medium': 'social', 'utm_campaign': 'vesna-2026'}

    """
    needed = {"source": source, "medium": medium, "campaign": campaign}
    missing = [f"--{name}" for name, value in needed.items() if not value.strip()]
    if missing:
        raise OptionError(f"{' and '.join(missing)} missing", hint="reports need all three")
    given = {**needed, "content": content, "term": term, "id": campaign_id}
    return {f"utm_{name}": _word(f"utm_{name}", value, "-") for name, value in given.items() if value.strip()}


def target_link(url: str, tags: Mapping[str, str], *, existing: str = "error") -> Link:
    """Return the link to an address with the tags of a placement, whatever the address can carry.

    Telegram carries no utm parameters: a bot receives ``start``, at most 64 characters, which are ``utm_content`` or,
    where that is longer, its end with as much before it as there is room for; anything else stays as it is.

    Raises:
        InputError: The address or a value cannot be used; says why.

    Example:
        >>> target_link("https://t.me/riga_bot", {"utm_content": "smm-riga--a-f871v"}).url
        'https://t.me/riga_bot?start=smm-riga--a-f871v'

    """
    address = cut(url)
    words = telegram_path(address.head)
    if words is None:
        return Link(_tagged(address, tags, existing))
    if not words or not words[0].lower().endswith("bot"):
        return Link(url, advice=_advice(words[0] if words else "", tags.get("utm_content", "")))
    name = "startapp" if len(words) > 1 else "start"
    refuse_private([*tags.items()])
    link = _tagged(address, {name: _start(tags.get("utm_content", ""))}, existing)
    return Link(link, dict(pairs(cut(link).query)).get(name, ""))


def _advice(word: str, content: str) -> Message:
    """Return what to do with an address on Telegram that is no bot's, by its first word."""
    from outreach.teasers.invites import invite_name

    if word == "share":
        return message("address-shares")
    if word == "joinchat" or word.startswith("+"):
        return message("invite-link")
    return message("make-invite-link-of-name", name=invite_name(content)) if content else message("make-invite-link")


def _tagged(address: Parts, tags: Mapping[str, str], existing: str) -> str:
    head, query, fragment = address
    refuse_private([*tags.items()])
    query, left = _settled(query, tags, existing)
    added = "&".join(f"{_quoted(name, name)}={_quoted(name, value)}" for name, value in left.items())
    if not added:
        return head + query + fragment
    joint = "?" if not query else "" if query == "?" or query.endswith("&") else "&"
    return head + query + joint + added + fragment


def _settled(query: str, tags: Mapping[str, str], existing: str) -> tuple[str, Mapping[str, str]]:
    """Return the query and the tags still to add, after what the query has already."""
    if existing not in EXISTING:
        raise OptionError(f"--existing {existing}: not a known value", hint=f"known: {', '.join(EXISTING)}")
    wanted = {name.lower() for name in tags}
    pieces = query.removeprefix("?").split("&")
    names = [_name(piece) for piece in pieces]
    taken = {name for name in names if name in wanted or name.startswith("utm_")}
    if not taken:
        return query, tags
    if existing == "error":
        listed = ", ".join(sorted(taken & wanted) or sorted(taken))
        raise InputError(f"the address has {_plain(listed)} already", hint="--existing keep or --existing replace")
    if existing == "keep":
        return query, {name: value for name, value in tags.items() if name.lower() not in taken}
    kept = "&".join(piece for piece, name in zip(pieces, names, strict=True) if name not in taken)
    return (f"?{kept}" if kept else ""), tags


def _name(piece: str) -> str:
    name = piece.partition("=")[0]
    return (unquote_plus(name) if "%" in name or "+" in name else name).lower()


def _plain(names: str) -> str:
    """Return names of parameters for a message; those of others can be anything."""
    return re.sub(r"[^a-z0-9_, .-]", "?", names)[:100]


def _quoted(name: str, text: str) -> str:
    """Return a name or a value as it stands in a query."""
    if _UNRESERVED(text):
        return text
    if not text or _HALF_CHARACTER.search(text) or (not text.isprintable() and re.search("[\x00-\x1f\x7f-\x9f]", text)):
        raise InputError(
            f"{_plain(name) or 'a tag'} is empty or has characters that links cannot have", hint="give a word"
        )
    return quote(text, safe="")


@lru_cache(maxsize=1024)
def _word(name: str, text: str, separator: str, longest: int = LONGEST) -> str:
    """Return what a person typed as a slug; checked before, because a slug no longer shows what it was.

    Raises:
        InputError: It is empty or looks private.

    """
    if not text.strip():
        raise InputError(f"{name} is empty", hint="give a word")
    if not text.isalpha():
        refuse_private([(name, text)])
    if name == "utm_source" and len(text) <= longest and _SOURCE_HOST(text.lower()):
        return text.lower()  # analytics tools know sources like t.me and vk.com by their dots
    return slug(text, longest, separator)


def _resource_slug(key: str, separator: str) -> str:
    """Return a resource for a link; the code of a private invite link is not for everybody."""
    rest = key.partition(":")[2].removeprefix("name/")
    if rest.startswith("+"):
        return "invite"
    if "%" in rest:
        from outreach.keys.base import unescape

        rest = unescape(rest)
    return slug(rest, LONGEST_RESOURCE, separator)


def _start(content: str) -> str:
    """Return what a bot receives: its own, at most 64 characters, and for two contents never the same by chance."""
    if not content:
        raise InputError("a link to a bot needs utm_content", hint="give --content, or --resource")
    if _START(content) and len(content) <= LONGEST_START:
        return content
    if made(content):
        double = "--" if "--" in content else "__"
        resource, _, end = content.rpartition(double)
        return slug(resource, LONGEST_START - len(double + end), double[0]) + double + end
    return f"{slug(content, LONGEST_START - 6)}-{digest(content, 5)}"
