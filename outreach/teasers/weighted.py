"""The length of a post on X: weighted characters.

Rules of version 3 of the published configuration: after NFC every character of four ranges (Latin, Greek, Cyrillic,
Armenian and their neighbours, usual punctuation) counts 1, every other 2, a link 23 however long, an emoji 2 however
many characters it is made of.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from outreach.teasers.in_text import emoji, links

__all__ = ["weighted"]

_LINK: Final = 23
_DOUBLE: Final = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_MAY_BE_EMOJI: Final = re.compile("[©®]|" + _DOUBLE.pattern)  # © and ® are emoji to one counter, letters to another


def weighted(text: str) -> int:
    """Count the weighted characters of a text.

    Where it is not certain that X sees a link (an unknown ending), the larger of 23 and the text's own length counts:
    a draft may turn out shorter than said, not longer. A line end counts 1, CRLF too.

    Source:
        docs.x.com, Counting characters; twitter-text, config v3.

    Example:
        >>> weighted("Привет, see vk.com/riga?w=wall-1 👨‍👩‍👧"), weighted("…"), weighted("你好")
        (38, 2, 4)

    """
    text = normalize("NFC", text.replace("\r\n", "\n"))
    total = done = 0
    for link in links(text):
        address = text[link.start : link.end]
        total += _without_links(text[done : link.start])
        total += _LINK if link.sure else max(_LINK, _without_links(address))
        done = link.end
    return total + _without_links(text[done:])


def _without_links(text: str) -> int:
    if not _MAY_BE_EMOJI.search(text):
        return len(text)
    rest, found = emoji().subn("", text)
    return len(rest) + len(_DOUBLE.findall(rest)) + 2 * found
