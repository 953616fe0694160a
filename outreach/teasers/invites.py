"""Invite links of Telegram, which tell by themselves where somebody came from: one a post, each with its own name."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from outreach.keys import identify
from outreach.teasers.slugs import slug

if TYPE_CHECKING:
    from outreach.campaign.ledger import Placement

__all__ = ["invite_id", "invite_name", "with_link"]

LONGEST: Final = 32  # https://core.telegram.org/bots/api#createchatinvitelink
SHOWN: Final = 10
INVITE: Final = "telegram:+"


def invite_name(content: str) -> str:
    """Return what an invite link is called in the channel's settings: ``utm_content``, or its end where that is longer.

    Example:
        >>> invite_name("smm-riga--a-f871v"), invite_name("the-quarterly-contentoodlery-club--a-f871v")
        ('smm-riga--a-f871v', 'the-quarterly--a-f871v')

    """
    if len(content) <= LONGEST:
        return content
    double = "--" if "--" in content else "__"
    place, between, end = content.rpartition(double)
    return (
        slug(place, max(1, LONGEST - len(between + end)), double[0]) + between + end if between else content[:LONGEST]
    )


def invite_id(link: str) -> str:
    """Return what stands for an invite link outside of the ledger and the drafts: whoever has the link gets in.

    Example:
        >>> invite_id("https://t.me/+AbCdEfGhIjKlMnOp") == invite_id("t.me/joinchat/AbCdEfGhIjKlMnOp")
        True
        >>> invite_id("https://t.me/smm_riga"), invite_id("https://example.com/")
        ('', '')

    """
    if link.endswith((".", "…")):  # bots see only the beginning of a link that somebody else made
        return ""
    key = identify(link, "telegram").key or ""
    return f"invite {sha256(key.encode()).hexdigest()[:SHOWN]}" if key.startswith(INVITE) else ""


def with_link(placement: Placement, link: str) -> Placement:
    """Return a drafted placement with the invite link that was made for it, in its texts too.

    Example:
        >>> from outreach.campaign.ledger import Placement
        >>> one = Placement(campaign="s", resource="vk:a", final_url="https://t.me/zobi", text="Read: https://t.me/zobi")
        >>> with_link(one, "https://t.me/+AbCdEfGh").text
        'Read: https://t.me/+AbCdEfGh'

    """
    comment = placement.comment and placement.comment.replace(placement.final_url, link)
    return placement._replace(
        final_url=link,
        text=placement.text.replace(placement.final_url, link),
        comment=comment,
        short_url=None,
    )
