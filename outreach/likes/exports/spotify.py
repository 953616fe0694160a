"""Spotify: ``Follow.json`` and ``YourLibrary.json`` of the data request: artists and shows.

From documents only: parsers that others published. People that are followed are counted there, not named. What was
heard, saved songs, and the person's own data are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, records, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Spotify"]

NO_NAME: Final = message("artist-without-name")
LIBRARY: Final = frozenset({"tracks", "albums", "bannedTracks"})
FOLLOWED: Final = ("artists", "shows")
OTHERS: Final = (
    (frozenset({"endTime", "msPlayed"}), "heard-or-watched"),
    (frozenset({"ms_played", "conn_country"}), "heard-or-watched"),
    (frozenset({"displayName", "tasteMaker"}), "profile-or-settings"),
    (frozenset({"displayName", "largeImageUrl"}), "profile-or-settings"),
    (frozenset({"username", "createdFromFacebook"}), "profile-or-settings"),
    (frozenset({"searchTime", "searchQuery"}), "accounts-searched-for"),
    (frozenset({"playlists", "trackName"}), "playlists"),
)
"""Keys of the other files, and what these hold."""

ADDRESS: Final = re.compile(r"spotify:(?:artist|show):[A-Za-z0-9]{22}").fullmatch
_COUNTS: Final = frozenset({"followerCount", "followingUsersCount"})


class Spotify(FileByFile):
    """Artists that a person follows."""

    name = "spotify"
    platform = "spotify"
    reads = "Follow.json (artists, by name only) and YourLibrary.json (artists, shows) of the data request"
    ask = "spotify.com/account/privacy > Download your data > Account data; the link to a ZIP comes by mail within days"
    evidence: Evidence = "documents"
    together = True
    paths = re.compile(
        r"(?:(?:my_spotify_data[^/]*/)?(?:Spotify Account Data/|MyData/))?(?<![^/])(?:Follow|YourLibrary|Identity"
        r"|Userdata|Streaming_?History[^/]*|Playlist\d*|SearchQueries)\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the names of its fields."""
        keys = source.json_keys
        if source.beginning.lstrip()[:1] not in {"{", "["}:
            return False
        if _other(source) or _is_library(source):
            return True
        return source.beginning.lstrip()[0] == "{" and ("followingArtists" in keys or keys >= _COUNTS)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the artists, and the shows of a library.

        Raises:
            InputError: The JSON is damaged.

        """
        if code := _other(source):
            yield other_list(source, code)
            return
        if _is_library(source):
            yield from _library(source)
            return
        lists = [fields(page)["followingArtists"] for page in documents(source) if "followingArtists" in fields(page)]
        if not lists:
            yield other_list(source, "spotify-counts-only")
            return
        yield Listed("spotify")
        artists = [artist for one in lists for artist in members(one)]
        for line, artist in enumerate(artists, start=1):
            name = text(artist)
            yield Like("spotify", name=name, line=line) if name else Rejected(source.label, line, NO_NAME)


def _other(source: Source) -> str:
    """Return the code of what another file of the data request holds, empty where it is none."""
    return next((code for keys, code in OTHERS if source.json_keys >= keys), "")


def _is_library(source: Source) -> bool:
    """Whether this is the library; its artists may stand behind thousands of songs."""
    if source.beginning.lstrip()[:1] != "{":
        return False
    named = source.name.lower() == "yourlibrary.json" and "tracks" in source.json_keys
    return named or source.json_keys >= LIBRARY


def _library(source: Source) -> Iterator[Part]:
    yield Listed("spotify")
    lists = [fields(page).get(name) for page in documents(source) for name in FOLLOWED]
    for line, record in records(record for one in lists for record in members(one)):
        name, address = text(record.get("name")), text(record.get("uri"))
        if ADDRESS(address):
            yield Like("spotify", url=address, name=name, line=line)
        elif name:
            yield Like("spotify", name=name, line=line)
        else:
            yield Rejected(source.label, line, NO_NAME)
