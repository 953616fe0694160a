"""A draft or a post once more: is it still short enough, and does it carry its own link?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from outreach.messages import message
from outreach.teasers.draft_text import drafts_in
from outreach.teasers.in_text import links
from outreach.teasers.lengths import Measured, measure
from outreach.teasers.lints import cut_on_x
from outreach.teasers.markup import target_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.messages import Message
    from outreach.teasers.draft_files import Kept

__all__ = ["Checked", "carries", "check_again", "page_of", "posted", "stands_in"]

_AFTER: Final = re.compile(r"(?=$|\s|[)\]>}\"'»”*,;:.!?…։]+(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out about one text.

    Args:
        variant: Which one; empty for a text that is no draft of ours.
        platform: By whose rule it was measured; empty where that is not known.
        measured: How long it is; None where the text is gone, or the platform not known.
        findings: What is wrong with it; empty is good.
        resource: Key of the place; empty for a text that is no draft of ours.

    """

    variant: str
    platform: str
    measured: Measured | None
    findings: tuple[Message, ...]
    resource: str = ""


def check_again(text: str, *, platform: str = "", known: Sequence[Placement] | None = None) -> list[Checked]:
    """Measure a file of drafts, or the text of a post, and look for its link.

    Args:
        text: What stands in the file.
        platform: Of a post; of a draft the file tells. Empty: the link tells.
        known: Placements of the ledger, among which links are looked up; None where there is no ledger.

    Example:
        >>> check_again("Lost? https://a.example/?utm_source=vk&utm_content=club7--a-d43d7")[0].measured
        Measured(length=65, limit=16384, unit='utf-16', over=0)
        >>> [str(finding) for finding in check_again("Lost?", platform="vk")[0].findings]
        ['it has no link with utm tags: visits from there cannot be distinguished from others']

    """
    if drafts := drafts_in(text):
        return [_of_draft(one, known) for one in drafts]
    return [_of_post(text.removeprefix("\ufeff").strip(), platform, known)]


def posted(content: str, placement: Placement) -> tuple[str, tuple[Message, ...]]:
    """Return the text of a post as it is kept, and what is odd about it: its length, its link.

    Args:
        content: As it was published.
        placement: Whose post it is.

    """
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").strip()
    found = check_again(text, platform=placement.platform, known=[placement])
    return text, tuple(finding for one in found for finding in one.findings)


def _of_draft(one: Kept, known: Sequence[Placement] | None) -> Checked:
    if one.text is None:
        return Checked(one.variant, one.platform, None, (message("text-gone"),), one.resource)
    measured = measure(one.text, one.platform, limit=one.limit, picture=one.picture)
    placement = next((put for put in known or () if put.natural == one.natural), None)
    link = one.link if one.sealed else placement.short_url or placement.final_url if placement else ""
    if not link:
        return Checked(
            one.variant,
            one.platform,
            measured,
            (*_too_long(measured), message("link-changed-everywhere")),
            one.resource,
        )
    carrier = {"text": one.text, "comment": one.comment}.get(one.link_place)
    findings = [] if carrier is None else [*_about_link(carrier, link)]
    if known is not None:
        findings += _in_ledger(link, placement)
    if one.platform == "x":
        findings += [lint.reason for lint in cut_on_x(link, placement.url if placement else "")]
    return Checked(one.variant, one.platform, measured, (*_too_long(measured), *findings), one.resource)


def _in_ledger(link: str, placement: Placement | None) -> Iterator[Message]:
    """Yield whether visits by a link would find their way back."""
    if placement is None:
        yield message("link-in-no-placement-again")
    elif link not in (placement.final_url, placement.short_url):
        yield message("ledger-has-another-link", link=placement.short_url or placement.final_url)


def _of_post(text: str, platform: str, known: Sequence[Placement] | None) -> Checked:
    found = [text[link.start : link.end] for link in links(text)]
    placement = _placement_of(found, known or ())
    named = platform or (placement.platform if placement else _source(found))
    measured = measure(text, named) if named else None
    if placement:
        findings = [*_about_link(text, placement.short_url or placement.final_url)]
        if findings and placement.final_url in text:
            findings = []
    elif not any(_content(link) for link in found):
        findings = [message("text-without-tagged-link")]
    else:
        findings = [] if known is None else [message("link-in-no-placement")]
    return Checked("", named, measured, (*(_too_long(measured) if measured else ()), *findings))


def _about_link(text: str, link: str) -> Iterator[Message]:
    """Yield whether a text has lost its link, or has another in its place."""
    if carries(text, link):
        return
    pages = {page_of(text[found.start : found.end]) for found in links(text)}
    yield message("link-changed" if page_of(link) in pages else "link-lost", link=link)


def carries(text: str, link: str) -> bool:
    """Whether a link stands in a text, as it is or as markup writes it."""
    return stands_in(text, link) or stands_in(text, target_for(link))


def stands_in(text: str, link: str) -> bool:
    """Whether a link stands in a text, and not only as the beginning of a longer one."""
    at = text.find(link)
    while at >= 0 and not _AFTER.match(text, at + len(link)):
        at = text.find(link, at + 1)
    return at >= 0


def page_of(link: str) -> tuple[str, str]:
    """Return what a link leads to, whatever its tags."""
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return "", link
    return parts.netloc.lower(), parts.path.rstrip("/")


def _content(link: str) -> str:
    return _tags(link).get("utm_content", "") or _tags(link).get("start", "")


def _tags(link: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(urlsplit(link).query))
    except ValueError:
        return {}


def _source(found: Sequence[str]) -> str:
    """Return the platform that a link's tags name, if it is one."""
    from outreach.keys import PLATFORMS

    named = [_tags(link).get("utm_source", "") for link in found]
    return next((name for name in named if name in PLATFORMS), "")


def _placement_of(found: Sequence[str], known: Sequence[Placement]) -> Placement | None:
    """Return the placement that a text's links belong to: by the link itself, else by what it says of the place."""
    for one in known:
        if one.final_url in found or (one.short_url and one.short_url in found):
            return one
    contents = {_content(link) for link in found} - {""}
    return next((one for one in known if one.utm_content in contents), None)


def _too_long(measured: Measured) -> tuple[Message, ...]:
    code = "text-too-long-bytes" if measured.unit == "bytes" else "text-too-long"
    return (message(code, over=measured.over),) if measured.over else ()
