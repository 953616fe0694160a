"""Spotify: ``Follow.json`` of the data request, names of artists only.

From documents only: a parser that others published. People that are followed are counted there, not named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Spotify"]

NO_NAME: Final = message("artist-without-name")
_COUNTS: Final = frozenset({"followerCount", "followingUsersCount"})


class Spotify(FileByFile):
    """Artists that a person follows."""

    name = "spotify"
    platform = "spotify"
    reads = "Follow.json of the data request: artists, by name only"
    ask = "spotify.com/account/privacy > Download your data > Account data; the link to a ZIP comes by mail within days"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"(?:(?:my_spotify_data[^/]*/)?(?:Spotify Account Data/|MyData/))?(?<![^/])Follow\.json$", re.IGNORECASE
    )

    def identify(self, source: Source) -> bool:
        """Tell by the names of its fields."""
        return source.beginning.lstrip()[:1] == "{" and (
            "followingArtists" in source.json_keys or source.json_keys >= _COUNTS
        )

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the artists."""
        lists = [fields(page)["followingArtists"] for page in documents(source) if "followingArtists" in fields(page)]
        if not lists:
            yield other_list(source, "spotify-counts-only")
            return
        yield Listed("spotify")
        artists = [artist for one in lists if isinstance(one, list) for artist in one]
        for line, artist in enumerate(artists, start=1):
            name = text(artist)
            yield Like("spotify", name=name, line=line) if name else Rejected(source.label, line, NO_NAME)
