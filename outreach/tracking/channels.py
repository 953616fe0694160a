"""What a source says where no campaign does: a tag, a site or a search engine that the tool saw, an assistant."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import texts_of, words_of

__all__ = ["is_assistant", "is_made_up"]

MADE_UP: Final = frozenset({"organic", "referral", "none", "not set", "direct", "cross network", "app", "unassigned"})
"""Mediums that tools give to visits without a tag."""


@lru_cache(maxsize=4096)
def is_made_up(source: str, medium: str) -> bool:
    """Tell whether a tool found out a source by itself; without a medium by what the source looks like.

    Example:
        >>> is_made_up("vk", "social"), is_made_up("example.com", "referral"), is_made_up("Yandex", "")
        (False, True, True)

    """
    name = fold_header(source)
    if not name or fold_header(medium) in MADE_UP or name in MADE_UP:
        return True
    if medium:
        return False
    return "." in source or name in words_of("search_engines.names") or name in words_of("own_sources.names")


@lru_cache(maxsize=4096)
def is_assistant(source: str) -> bool:
    """Tell whether a source is an assistant that answers with links.

    Example:
        >>> is_assistant("chatgpt.com"), is_assistant("www.Perplexity.ai"), is_assistant("vk")
        (True, True, False)

    """
    site = source.strip().casefold().removeprefix("https://").removeprefix("www.").rstrip("/")
    sites = texts_of("assistants.sites")
    return site in sites or fold_header(source) in words_of("assistants.sources")
