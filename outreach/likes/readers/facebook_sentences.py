"""What a sentence of Facebook's log of group memberships says, in the language of the account.

Seen in exports, or quoted from them: English, French and Danish (joining and leaving), Dutch (joining). The others are
the usual ways to say it, from nobody's export. So the meaning is taken from beginnings of words, and only a name that
stands nowhere else is cut out of a whole sentence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from outreach.words.fold import fold
from outreach.words.vocabulary import texts_of, words_of

__all__ = ["Meaning", "Sentence", "understood"]


class Meaning(Enum):
    """What happened to a membership."""

    JOINED = auto()
    LEFT = auto()
    NOTHING = auto()
    """Asked, invited, declined: neither joined nor left."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says, and of which group; the name is empty where it does not tell."""

    meaning: Meaning
    group: str


LONGEST: Final = 1000

BEGINNINGS: Final = (
    ("approved", Meaning.JOINED),
    ("left", Meaning.LEFT),
    ("nothing", Meaning.NOTHING),
    ("joined", Meaning.JOINED),
)
"""In this order: "approved your request" is no request, and "no longer a member" no membership."""


def understood(text: str, group: str = "") -> Sentence:
    """Return what a sentence says.

    Args:
        text: The sentence.
        group: The name beside it, empty where there is none.

    Example:
        >>> understood("You stopped being a member of Riga Cooks.")
        Sentence(meaning=<Meaning.LEFT: 2>, group='Riga Cooks')
        >>> understood("Je bent lid geworden van Wij stoppen.", "Wij stoppen").meaning.name
        'JOINED'

    """
    if len(text) > LONGEST:
        return Sentence(Meaning.UNKNOWN, group)
    sentence = unicodedata.normalize("NFC", text)
    group = unicodedata.normalize("NFC", group) or _cut(sentence)
    rest = " ".join(sentence.rpartition(group)[::2]) if group else sentence
    return Sentence(_meaning(rest, sentence), group)


def _cut(sentence: str) -> str:
    """Return the name that stands in a sentence that we know, empty where we do not."""
    sentence = sentence.removesuffix(".")
    plain = sentence.replace("’", "'")
    found = next((found for pattern in _patterns() if (found := pattern.fullmatch(plain))), None)
    return sentence[slice(*found.span(1))].strip() if found else ""


def _meaning(rest: str, sentence: str) -> Meaning:
    """Return what the words around a name say; those of a member alone only in a sentence known word for word."""
    folded = fold(rest)
    for pattern, meaning in _stems():
        if pattern.search(folded):
            return meaning
    return Meaning.JOINED if _members().search(folded) and _cut(sentence) else Meaning.UNKNOWN


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in texts_of("patterns.membership"))


@cache
def _members() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words_of('memberships.member')))})")


@cache
def _stems() -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(sorted(words_of(f'memberships.{name}')))})"), meaning)
        for name, meaning in BEGINNINGS
    )
