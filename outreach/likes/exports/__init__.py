"""Readers of what the platforms give their users, one platform's export a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.files.contract import Registry

if TYPE_CHECKING:
    from outreach.likes.exports.base import ListReader

__all__ = ["READERS"]

READERS: Final[Registry[ListReader]] = Registry(
    "outreach.readers",
    "outreach.likes.exports",
    (
        "answers:InstagramAnswers",
        "answers:XAnswers",
        "bluesky:Bluesky",
        "bluesky_repo:BlueskyRepository",
        "discord:Discord",
        "facebook:Facebook",
        "fediverse:Fediverse",
        "freetube:FreeTube",
        "github_stars:GitHubStars",
        "instagram:Instagram",
        "instagram:Threads",
        "lemmy:Lemmy",
        "linkedin:LinkedIn",
        "medium:Medium",
        "newpipe:NewPipe",
        "opml:Opml",
        "reddit:Reddit",
        "spotify:Spotify",
        "telegram:TelegramDesktop",
        "telegram_dialogs:TelegramDialogs",
        "tiktok:TikTok",
        "twitch:Twitch",
        "vk_api:VkApi",
        "vk_archive:VkArchive",
        "x:X",
        "youtube_json:YouTubeJson",
        "youtube_takeout:YouTubeTakeout",
    ),
    needs=("platform",),
)
"""All readers of platforms' exports; those of others are plug-ins of the entry-point group ``outreach.readers``."""
