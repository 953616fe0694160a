"""Where a short link gains nothing, and where it does harm."""

from __future__ import annotations

from typing import Final

__all__ = ["advice"]

_ADVICE: Final = {
    "x": "X counts every link as 23 characters: a short one gains nothing",
    "mastodon": "Mastodon counts every link as 23 characters: a short one gains nothing",
    "linkedin": "LinkedIn wraps long links in lnkd.in by itself: a short one gains nothing",
    "reddit": "Reddit's filters and moderators remove shortened links: keep the long one",
    "facebook": "Facebook groups take shortened links for spam, and so do their moderators: keep the long one",
}


def advice(platform: str) -> str:
    """Return why not to shorten links on a platform, nothing where it may help.

    Example:
        >>> advice("mastodon"), advice("telegram")
        ('Mastodon counts every link as 23 characters: a short one gains nothing', '')

    """
    return _ADVICE.get(platform, "")
