"""Whether links open and keep their tags, and whether posts are still there with our link in them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from outreach.campaign.events import Event
from outreach.messages import message
from outreach.remote.call import Refused
from outreach.remote.visit import Invite, visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import requests

    from outreach.campaign.ledger import Placement
    from outreach.messages import Message
    from outreach.remote.visit import Visit

__all__ = ["GONE", "THERE", "UNREACHABLE", "UNSEEN", "Look", "events_of_looks", "look", "wanted"]

THERE: Final = "there"
GONE: Final = "gone"
UNSEEN: Final = "unseen"
UNREACHABLE: Final = "unreachable"

BEFORE_OUT: Final = frozenset({"drafted", "sent", "quoted", "booked"})
TAGS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "start", "startapp")
OURS: Final = re.compile(r".+(?:--|__).+[-_][0-9a-hjkmnp-tv-z]{5}")
"""How ``utm_content`` of our own links is made: nothing else looks like one."""
LOGIN: Final = re.compile(
    r"/(?:log[-_]?in|sign[-_]?in|auth|authwall|checkpoint|accounts?/login|consent)(?:[/.?]|$)", re.IGNORECASE
)
GONE_STATUSES: Final = frozenset({404, 410})
CLOSED_STATUSES: Final = frozenset({401, 402, 403, 407, 429, 451, 999})  # 999 is LinkedIn's


@dataclass(frozen=True, slots=True)
class Look:
    """What came of opening one address.

    Args:
        placement: Whose it is.
        address: What was opened.
        is_post: Whether it is the post, and not the link that a post is to carry.
        answer: ``there``, ``gone``, ``unseen`` (not without an account) or ``unreachable``.
        why: More about it.

    """

    placement: Placement
    address: str
    is_post: bool
    answer: str
    why: Message


def wanted(placements: Iterable[Placement]) -> Iterator[tuple[Placement, str, bool]]:
    """Yield what there is to open: links that are still to be published, and posts that should be out.

    Example:
        >>> from outreach.campaign.ledger import Placement
        >>> one = Placement(campaign="s", resource="vk:smm", final_url="https://x.example/?utm_source=vk")
        >>> [(address, is_post) for _, address, is_post in wanted([one])]
        [('https://x.example/?utm_source=vk', False)]

    """
    for one in placements:
        if one.status in BEFORE_OUT:
            yield one, one.final_url, False
            if one.short_url:
                yield one, one.short_url, False
        elif one.status == "published" and one.post_url:
            yield one, one.post_url, True


def look(placement: Placement, address: str, session: requests.Session, *, is_post: bool) -> Look:
    """Open an address of a placement and judge what is there.

    Args:
        placement: Whose it is.
        address: One that :func:`wanted` gives.
        session: Of :func:`outreach.remote.visit.visiting_session`.
        is_post: Whether it is the post.

    """
    try:
        found = visit(address, session)
    except Invite:
        return Look(placement, address, is_post, UNSEEN, message("verify-invite"))
    except Refused as err:
        return Look(placement, address, is_post, UNREACHABLE, message("sentence", text=err.reason))
    answer, why = _refusal(address, found) or (_post(placement, found) if is_post else _link(placement, found))
    return Look(placement, address, is_post, answer, why)


def events_of_looks(looks: Iterable[Look], at: str) -> list[Event]:
    """Return what the ledger keeps of looks: nothing of addresses that could not be reached."""
    return [
        Event(
            kind="looked", at=at, answer=one.answer, campaign=one.placement.campaign, resource=one.placement.resource,
            variant=one.placement.variant, round=one.placement.round, url=one.address, by="verify",
        )
        for one in looks
        if one.answer != UNREACHABLE
    ]  # fmt: skip


def _refusal(address: str, found: Visit) -> tuple[str, Message] | None:
    """Return what a page that was not given means; None where it was given."""
    status = found.status
    if status in GONE_STATUSES:
        return GONE, message("verify-no-page", status=str(status))
    if status in CLOSED_STATUSES:
        return UNSEEN, message("verify-closed", status=str(status))
    if found.redirects and LOGIN.search(urlsplit(found.address).path) and not LOGIN.search(urlsplit(address).path):
        return UNSEEN, message("verify-login")
    if not 200 <= status < 300:
        return UNREACHABLE, message("verify-out-of-order", status=str(status))
    return None


def _link(placement: Placement, found: Visit) -> tuple[str, Message]:
    lost = sorted(_tags(placement.final_url).items() - _tags(found.address).items())
    if lost:
        return GONE, message("verify-tags-lost", tags=", ".join(name for name, _ in lost))
    return THERE, message("verify-opens")


def _tags(address: str) -> dict[str, str]:
    """Return the tags of an address by their names; of one that stands twice the first."""
    from urllib.parse import parse_qsl

    found: dict[str, str] = {}
    for name, value in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        if (tag := name.lower()) in TAGS:
            found.setdefault(tag, value)
    return found


def _post(placement: Placement, found: Visit) -> tuple[str, Message]:
    """Say whether our link is in a page; pages that a program of theirs fills show it to browsers alone."""
    text = found.content.decode("utf-8", "replace")
    if any(mark in read for read in _readings(text) for mark in _marks(placement)):
        return THERE, message("verify-link-there")
    return UNSEEN, message("verify-link-unseen")


def _marks(placement: Placement) -> list[str]:
    """Return what only our link holds."""
    links = [placement.final_url, placement.short_url or ""]
    marks = [link.partition("://")[2].casefold() for link in links if link]
    marks += [placement.utm_content.casefold()] if OURS.fullmatch(placement.utm_content) else []
    return [mark for mark in marks if mark]


def _readings(text: str) -> Iterator[str]:
    """Yield a page as it is written and as it is read: addresses stand in it escaped in several ways."""
    plain = html.unescape(text.replace("\\/", "/").replace("\\u0026", "&")).casefold()
    yield plain
    yield unquote(plain)
    yield html.unescape(unquote(unquote(plain)))
