"""How people write the names of platforms, in the languages of our users."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from outreach.words.fold import fold
from outreach.words.vocabulary import keys_of, texts_of

__all__ = ["platform_named"]

_ENDINGS = re.compile(r"\.(?:com|ru|net|tv|org|app|social|me|gg)/?$")
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def platform_named(word: str) -> str | None:
    """The platform that a word means, None if unknown.

    Case, accents, spaces, punctuation, ``www.``, the top-level domain and words such as "page" or "группа"
    do not matter.

    Example:
        >>> [platform_named(word) for word in ("FB", "X (Twitter)", "группа ВКонтакте", "t.me", "Ίνσταγκραμ")]
        ['facebook', 'x', 'vk', 'telegram', 'instagram']

    """
    if word in _names():
        return word
    if len(word) > 60:
        return None
    text = word.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    for spelling in (text, _ENDINGS.sub("", text.casefold())):
        words = _words(spelling)
        found = _table().get("".join(words)) or _table().get("".join(w for w in words if w not in _kinds()))
        if found:
            return found
    return None


@cache
def _names() -> frozenset[str]:
    return frozenset(keys_of("platforms"))


@cache
def _table() -> dict[str, str]:
    """Platforms by folded spelling; made on first use, because most runs never ask."""
    table = {"".join(_words(word)): name for name in keys_of("platforms") for word in texts_of(f"platforms.{name}")}
    return table | {"vkcom": "vk", "vkru": "vk", "xcom": "x", "okru": "ok", "zenyandexru": "dzen"}


@cache
def _kinds() -> frozenset[str]:
    return frozenset("".join(_words(kind)) for kind in texts_of("places.kinds"))


def _words(text: str) -> list[str]:
    """The words of a spelling, without case and accents."""
    return [word for word in _GAPS.split(fold(text)) if word]
