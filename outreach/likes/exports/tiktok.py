"""TikTok: ``user_data_tiktok.json``, whose keys have moved four times, and the text export.

A list without anything in it is ``null``. Accounts are told by their handle alone, which can change. Of the JSON a real
file was seen (redacted, its lists empty); the layout of the text files is from descriptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.keys import identify, is_name
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import fields, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["TikTok"]

SECTIONS: Final = ("Following List", "Following")
OWN_KEYS: Final = frozenset(
    {
        "App Settings", "BlockList", "FansList", "Follower List", "Following List", "ItemFavoriteList",
        "FavoriteVideoList", "FavoriteSoundList", "FavoriteHashtagList", "FavoriteEffectsList", "IsFastLane",
        "Login History", "LoginHistoryList", "Profile And Settings", "ProfileMap", "SearchList", "Share History",
        "ShareHistoryList", "Tiktok Shopping", "TikTok Shopping", "Video Browsing History", "VideoList",
        "Watch History", "Your Activity", "Ads and data",
    }
)  # fmt: skip
MORE_KEYS: Final = OWN_KEYS | {
    "Activity",
    "Comment",
    "CommentsList",
    "ChatHistory",
    "Direct Messages",
    "Post",
    "Profile",
}
"""What may stand in the beginning of a long export, whose name must tell then."""
NAMED: Final = re.compile(r"[^/]*user_data[^/]*\.json", re.IGNORECASE).fullmatch
JSON: Final = re.compile(r"\s*\{").match
RECORDS: Final = re.compile(r"\s*(?:Date|User ?name)\s*:[^\n]*\n\s*(?:Date|User ?name)\s*:", re.IGNORECASE).match
FIELD: Final = re.compile(r"\s*(Date|User ?name)\s*:\s*(.*)", re.IGNORECASE).fullmatch
FOLLOWING: Final = re.compile(r"(?:.*[ _-])?following(?:[ _-]?list)?(?:[ _-]?\(?\d+\)?)?\.txt", re.IGNORECASE).fullmatch
OTHERS: Final = re.compile(
    r"follower|fans|block|like|favou?rite|login|comment|share|search|watch|browsing", re.IGNORECASE
).search
NO_ACCOUNT: Final = message("no-tiktok-handle")


class TikTok(FileByFile):
    """The accounts that somebody follows."""

    name = "tiktok"
    platform = "tiktok"
    reads = "TikTok: user_data_tiktok.json of any year, Following.txt"
    ask = "TikTok app: Profile > menu > Settings and privacy > Account > Download your data; file format: JSON"
    evidence: Evidence = "real file"
    paths = re.compile(
        r"(?:^|/)(?:tiktok_data[^/]*/)?(?:[^/]*user_data[^/]*\.json|[^/]*tiktok[^/]*\.(?:json|txt)|"
        r"(?:tiktok/)?(?:[^/]*activity/|profile and settings/)?[^/]*(?:follow|fans|block|like)[^/]*\.txt)$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by keys that only TikTok has; texts by their two fields, or an empty one by its folder."""
        start = source.beginning
        if JSON(start):
            named = NAMED(source.name) is not None
            return len(OWN_KEYS & source.json_keys) > 1 or (named and bool(MORE_KEYS & source.json_keys))
        if RECORDS(start):
            return True
        return not start.strip() and bool(FOLLOWING(source.name)) and "tiktok" in source.inner.lower()

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the accounts.

        Raises:
            InputError: The JSON is damaged.

        """
        yield from _from_json(source) if JSON(source.beginning) else _from_text(source)


def _from_json(source: Source) -> Iterator[Part]:
    lists = list(_lists(source.json))
    if not lists:
        yield other_list(source, "tiktok-no-list")
        return
    records = [record for followed in lists for record in followed]
    for line, record in enumerate(records, start=1):
        record = {key.lower(): value for key, value in fields(record).items()}  # noqa: PLW2901 - its keys change case
        yield _like(text(record.get("username")), text(record.get("date")), source.label, line)
    yield Listed("tiktok")


def _lists(export: Any) -> Iterator[list[Any]]:
    """Yield each list of who is followed, wherever the year put it."""
    for part in fields(export).values():
        for name in SECTIONS:
            section = fields(part).get(name)
            followed = section.get("Following") if isinstance(section, dict) else section
            if isinstance(followed, list):
                yield followed
            elif isinstance(section, dict) and "Following" in section:  # null
                yield []


def _like(handle: str, date: str, label: str, line: int) -> Like | Rejected:
    key = identify(handle, "tiktok").key
    if key is None or is_name(key):
        return Rejected(label, line, NO_ACCOUNT)
    return Like("tiktok", handle=handle, followed_at=iso(date.removesuffix("UTC").strip()), line=line)


def _from_text(source: Source) -> Iterator[Part]:
    """Read ``Date: …`` and ``Username: …``, one record after the other."""
    if not FOLLOWING(source.name):
        if not OTHERS(source.name):
            raise InputError(
                "a text file from TikTok; its name does not show that it is the list of follows",
                where=source.label,
                hint="if it is, name it Following.txt",
            )
        yield other_list(source, "tiktok-other-list")
        return
    date, strange = "", 0
    for line, row in enumerate(source.text.splitlines(), start=1):
        found = FIELD(row)
        if found is None:
            strange += bool(row.strip())
        elif found[1][0] in "Dd":
            date = text(found[2])
        else:
            yield _like(text(found[2]), date, source.label, line)
            date = ""
    yield Listed("tiktok")
    if strange:
        yield Remark(message("lines-neither-day-nor-name", lines=strange))
