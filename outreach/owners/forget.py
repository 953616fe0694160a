"""Crossing a person out of texts that other people wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.owners.person import Person

__all__ = ["Memory", "without"]

CROSSED_OUT: Final = "…"
SHORTEST: Final = 3
"""Letters of an address that is searched for in texts; shorter ones are parts of words."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What texts may say of a person.

    Args:
        words: An expression that finds their name and addresses; None for nothing.

    """

    words: re.Pattern[str] | None

    @classmethod
    def of(cls, person: Person, others: Iterable[Person]) -> Memory:
        """Return what to look for: a name that somebody else bears too is left alone."""
        names = {one.name.casefold() for one in others}
        addresses = {channel.address.casefold() for one in others for channel in one.channels}
        given = [person.name] if person.name.casefold() not in names else []
        for channel in person.channels:
            if channel.address.casefold() not in addresses:
                given += [channel.address, channel.address.lstrip("@")]
        wanted = sorted({one for one in given if len(one) >= SHORTEST} | set(given[:1]), key=len, reverse=True)
        if not wanted:
            return cls(None)
        return cls(re.compile("|".join(_whole(one) for one in wanted), re.IGNORECASE))


def without(text: str, memory: Memory) -> str:
    """Return a text in which a person is crossed out.

    Example:
        >>> without("Ann said: ask Marina", Memory(re.compile("marina", re.IGNORECASE)))
        'Ann said: ask …'

    """
    return memory.words.sub(CROSSED_OUT, text) if memory.words else text


def _whole(word: str) -> str:
    """Return the expression for a word that stands by itself."""
    begin = r"(?<!\w)" if word[:1].isalnum() else ""
    end = r"(?!\w)" if word[-1:].isalnum() else ""
    return begin + re.escape(word) + end
