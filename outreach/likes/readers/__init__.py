"""Readers of what the platforms give their users, one export format a file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.errors import AmbiguousFormatError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.readers.base import Reader, Source

__all__ = ["READERS", "claimed", "readers"]

READERS: Final[tuple[str, ...]] = (
    "bluesky:Bluesky",
    "bluesky_repo:BlueskyRepository",
    "discord:Discord",
    "facebook:Facebook",
    "fediverse:Fediverse",
    "github_stars:GitHubStars",
    "instagram:Instagram",
    "instagram:Threads",
    "linkedin:LinkedIn",
    "reddit:Reddit",
    "spotify:Spotify",
    "telegram:TelegramDesktop",
    "tiktok:TikTok",
    "twitch:Twitch",
    "vk_api:VkApi",
    "vk_archive:VkArchive",
    "x:X",
    "youtube_json:YouTubeJson",
    "youtube_opml:YouTubeOpml",
    "youtube_takeout:YouTubeTakeout",
)
"""Module and class of each reader, imported when a file has to be told."""


@cache
def readers() -> tuple[Reader, ...]:
    """Return one of each reader."""
    import importlib

    found = []
    for name in READERS:
        module, _, kind = name.partition(":")
        found.append(getattr(importlib.import_module(f"outreach.likes.readers.{module}"), kind)())
    return tuple(found)


def claimed(source: Source, among: Sequence[Reader] | None = None) -> Reader | None:
    """Return the reader that knows a file, None where none does.

    Raises:
        AmbiguousFormatError: Two of them do.

    """
    found = [reader for reader in (readers() if among is None else among) if _identifies(reader, source)]
    if len(found) > 1:
        names = " and ".join(reader.name for reader in found)
        raise AmbiguousFormatError(f"{source.label}: {names} both recognise this file", hint="give the files apart")
    return found[0] if found else None


def _identifies(reader: Reader, source: Source) -> bool:
    try:
        return reader.identify(source)
    except InputError:  # damaged: said when it is read
        return False
