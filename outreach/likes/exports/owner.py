"""Whose export a file is: by the folders around it and its name, where these are no names that platforms give."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["label_in", "owner"]

LONG: Final = (
    r"facebook|instagram|threads|twitter|vkontakte|telegram|youtube|google|takeout|reddit|linkedin|tiktok|mastodon|"
    r"pixelfed|misskey|akkoma|bluesky|github|twitch|spotify|discord"
)
PLATFORM: Final = rf"{LONG}|fb|insta|ig|x|vk|tg|yt|tt|bsky"
APPS: Final = "freetube|newpipe|libretube|invidious|piped|lemmy|feedly|inoreader|antennapod|overcast"
GIVEN: Final = re.compile(
    rf"""(?:{LONG})(?:[-_ .]\S.*)?|(?:{PLATFORM})           # facebook-anna-2026-05-01-AbCd, takeout-20260501T…, vk
    |(?:basic|complete)[-_ ]?linkedin.*|(?:data|chat)?_?export(?:s|_\d.*|[-_ ]\d.*)?|telegram\ desktop
    |(?:{APPS})(?:[-_ .]\S.*)?|medium-export.*|my[-_ ]spotify[-_ ]data|user[-_ ]data.*|html|json|csv|zip|part[-_ ]?\d+
    |\d{{1,3}}|(?:19|20)\d\d(?:[-_.]?\d\d){{0,2}}        # the number of a part, a year, a day; others are customers'
    |{"|".join(map(re.escape, texts_of("folders.given")))}""",
    re.IGNORECASE | re.VERBOSE,
)
SUFFIX: Final = re.compile(
    rf"(?:[-_]+| +|\.)(?:{PLATFORM})(?:[-_ .]?(?:export|data|archive))?(?:\s*\(\d+\))?$", re.IGNORECASE
)
DATED: Final = re.compile(r"(?<=\w)_20\d{6}$")  # how Instagram called its archives in 2022: anna_20220301
COPY: Final = re.compile(
    rf"\s*(?:\(\d+\)|{'|'.join(rf'[-_ ]+{re.escape(word)}' for word in texts_of('folders.copy'))})$", re.IGNORECASE
)


def owner(names: Iterable[str]) -> str | None:
    """Return the customer that the first fitting of some names tells, None where none does.

    Example:
        >>> owner(["exports", "anna", "facebook-anna-2026"]), owner(["Анна П.-instagram"]), owner(["takeout-2026"])
        ('anna', 'Анна П.', None)

    """
    return next((label for name in names if (label := label_in(name))), None)


def label_in(name: str) -> str | None:
    """Return the customer's label in the name of a folder or an archive, None for a name that a platform gave.

    Example:
        >>> label_in("anna-instagram"), label_in("instagram-anna-2026-05-01-AbC"), label_in("Boris (2)")
        ('anna', None, 'Boris')

    """
    tidy = COPY.sub("", " ".join(unicodedata.normalize("NFC", name).split()))
    if not tidy or GIVEN.fullmatch(tidy):
        return None
    return SUFFIX.sub("", DATED.sub("", tidy)) or None
