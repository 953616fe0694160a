"""What the values of a brief may be; each function returns one as it is kept, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from outreach.errors import InputError
from outreach.files.toml_values import text
from outreach.teasers.brief import MOST_VARIANTS

__all__ = ["address", "hashtags", "limit", "link_place", "path", "texts"]

LINK_PLACES: Final = ("text", "comment", "button", "bio", "sticker")
LONGEST_POST: Final = 10**6  # characters: no network takes more

_TAG: Final = re.compile(r"\w*[^\W\d_]\w*").fullmatch
_BETWEEN: Final = re.compile(r"[\s\-‐-―]+")


def texts(value: object) -> tuple[str, ...]:
    """Return one text or several, none of them empty; of an optional name an empty text is none.

    Example:
        >>> texts("Late?"), texts(["Late?", "Lost?"])
        (('Late?',), ('Late?', 'Lost?'))

    """
    several = [text(one) for one in value] if isinstance(value, list) else [text(value)]
    if not isinstance(value, list) and not several[0]:
        return ()
    if not several or not all(several):
        raise InputError("this list has an empty text" if several else "this list is empty")
    if len(several) > MOST_VARIANTS:
        raise InputError(f"more than {MOST_VARIANTS} variants")
    return tuple(several)


def address(value: object) -> str:
    """Return the address of a page."""
    from outreach.teasers.addresses import cut

    url = text(value)
    if url:
        cut(url)
    return url


def path(value: object) -> str:
    r"""Return the path or the address of a picture.

    Example:
        >>> path("pictures/plan.png")
        'pictures/plan.png'

    """
    if isinstance(value, str) and re.search(r"[\t\n\r\f\x08\x1b]", value):  # "C:\new\team.png" holds no backslash now
        raise InputError(
            "a backslash in it was read as a line break or a tab",
            hint="write the path with / (\"C:/new/pic.png\"), or in single quotes ('C:\\new\\pic.png')",
        )
    return text(value)


def limit(value: object) -> int:
    """Return the longest post that a place takes.

    Raises:
        InputError: It is no whole number above 0.

    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < LONGEST_POST:
        raise InputError("a whole number of characters above 0, without quotes")
    return value


def hashtags(value: object) -> tuple[str, ...]:
    """Return words without their sign, each once; what would end a hashtag becomes an underscore.

    Example:
        >>> hashtags(["#SMM", "content marketing", "smm"]), hashtags("#рига #контент-план")
        (('SMM', 'content_marketing'), ('рига', 'контент_план'))

    """
    several = value if isinstance(value, list) else re.split(r"[\s,;]+", text(value))
    found: dict[str, str] = {}
    for one in several:
        word = _BETWEEN.sub("_", unicodedata.normalize("NFC", text(one)).lstrip("#＃").strip())
        if word and not _TAG(word):
            raise InputError("a hashtag has only letters, digits and _, and at least one letter")
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def link_place(value: object) -> str:
    """Return where the link stands; empty for where the platform has it."""
    word = text(value).casefold()
    if word and word not in LINK_PLACES:
        raise InputError("not a place for a link", hint=f"known: {', '.join(LINK_PLACES)}")
    return word
