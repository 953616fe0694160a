"""Where a short link gains nothing, and where it does harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.messages import message

if TYPE_CHECKING:
    from outreach.messages import Message

__all__ = ["advice"]

_ADVICE: Final = {
    "x": message("short-useless-on-x"),
    "mastodon": message("short-useless-on-mastodon"),
    "linkedin": message("short-useless-on-linkedin"),
    "reddit": message("short-removed-on-reddit"),
    "facebook": message("short-is-spam-on-facebook"),
}


def advice(platform: str) -> Message | None:
    """Return why not to shorten links on a platform, None where it may help.

    Example:
        >>> print(advice("mastodon"), advice("telegram"), sep="; ")
        Mastodon counts every link as 23 characters: shortening it gains nothing; None

    """
    return _ADVICE.get(platform)
