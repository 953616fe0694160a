"""FreeTube: the subscriptions of its profiles, ``.db``: one JSON record a line.

From documents only: what its makers tell of the format. The profile of all channels holds those of the others too, and
a channel counts once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.likes.exports.base import FileByFile, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, text
from outreach.likes.exports.youtube_takeout import channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["FreeTube"]

PROFILE: Final = frozenset({"_id", "bgColor", "subscriptions"})
WATCHED: Final = frozenset({"videoId", "authorId"})
RECORD: Final = re.compile(r"\s*(?:\[\s*)?\{").match


class FreeTube(FileByFile):
    """Channels that a person subscribed to in FreeTube."""

    name = "freetube"
    platform = "youtube"
    reads = "YouTube: subscriptions of FreeTube (.db)"
    ask = "FreeTube: Settings > Data > Export subscriptions > FreeTube (.db), or OPML"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?:^|/)(?:freetube[^/]*|profiles|history|playlists)\.db$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by the keys of a profile; of a video in the history by its own and the ending."""
        if not RECORD(source.beginning):
            return False
        keys = source.json_keys
        return keys >= PROFILE or (keys >= WATCHED and source.name.lower().endswith(".db"))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels of all profiles.

        Raises:
            InputError: The file is damaged.

        """
        if not source.json_keys >= PROFILE:
            yield other_list(source, "heard-or-watched")
            return
        yield Listed("youtube")
        seen: set[str] = set()
        line = 0
        for record in _channels(source):
            number = text(record.get("id"))
            if number and number in seen:
                continue
            seen.add(number)
            line += 1
            yield channel(source.label, line, number, "", text(record.get("name")))


def _channels(source: Source) -> Iterator[dict[str, Any]]:
    for profile in documents(source):
        yield from map(fields, members(fields(profile).get("subscriptions")))
