"""What people write in lists: bullets, several addresses on a line, "none", "I do not know"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.keys import identify, is_name
from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.fold import fold_answer
from outreach.words.vocabulary import texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "NOT_A_LIST", "in_sentence", "is_address", "is_courtesy", "is_none", "is_nothing", "is_prose", "is_unknown",
    "is_unsaid", "is_yes", "line_of", "parts", "unmarked",
]  # fmt: skip

NOT_A_LIST: Final = message("sentences-not-a-list")

BULLET: Final = pattern(r"\s*(?:[-–—*+•●▪◦‣·►➤→✓✔]+\s+|[•●▪◦‣►➤→]|\(?\d{1,3}[.)](?=\s|[^\W\d])\s*|#{1,6}\s+)")
FIRST_NUMBER: Final = pattern(r"\s*\(?1[.)]\s*\S")
NEXT_NUMBER: Final = pattern(r"(?:^|\s)\(?\d{1,2}[.)]\s+")
QUOTED: Final = pattern(r"«[^»\n]*»|“[^”\n]*”|„[^“”\n]*[“”]|\"[^\"\n]*\"|\([^()\n]*\)")
BEGINS_QUOTED: Final = pattern('[«“„"(]')
AND: Final = pattern(rf"(?<!\s)\s+(?:{'|'.join(texts_of('connecting.and'))})\s+", re.IGNORECASE)
SEPARATOR: Final = pattern(r"[,;|\n]")
BEGINS_ADDRESS: Final = pattern(r"\s*(?:https?://|www\.|@\w|(?:[\w-]+\.)+[^\W\d_]{2,}/)", re.IGNORECASE)
LONGEST_NAME: Final = 60
SENTENCE_END: Final = pattern(r"[.!?…:]$")
SENTENCES: Final = pattern(r"[^\W\d_]{3}[.!?…]\s+\S")
CODE: Final = pattern(r"[{}<>=`\\]|\w\(['\"]|^(?:import|from|#include)\s\w+(?:\.\w+)*;?$")


NOTHING_WORDS: Final = words_of("answers.nothing")
UNKNOWN_WORDS: Final = words_of("answers.unknown")
MAY_BE_NAMES: Final = words_of("answers.may_be_names")
YES_WORDS: Final = words_of("answers.yes")
COURTESY_WORDS: Final = words_of("answers.courtesy")
DASHES: Final = frozenset("-‐‑‒–—―−_/\\")


@lru_cache(maxsize=8192)
def is_nothing(text: str) -> bool:
    """Return whether somebody says that the list is empty.

    Example:
        >>> [is_nothing(text) for text in ("Нет.", "—", "nav", "Καμία", "չկա", "nothing", "", "?", "Nothing But Ads")]
        [True, True, True, True, True, True, False, False, False]

    """
    return (
        len(text) <= LONGEST_NAME
        and bool(text.strip())
        and (DASHES.issuperset(text.strip()) or fold_answer(text) in NOTHING_WORDS)
    )


def is_none(text: str) -> bool:
    """Return whether a cell of a table, or a line of a list, says that the list is empty, and is surely no name.

    Example:
        >>> [is_none(text) for text in ("нет", "nothing", "-", "Zero", "Empty", "Nobody")]
        [True, True, True, False, False, False]

    """
    return is_nothing(text) and fold_answer(text) not in MAY_BE_NAMES


@lru_cache(maxsize=8192)
def is_unknown(text: str) -> bool:
    """Return whether somebody says that he does not know, or was not asked.

    Example:
        >>> [is_unknown(text) for text in ("?", "н/д", "N/A", "don't know", "не знаю", "нет")]
        [True, True, True, True, True, False]

    """
    return (
        len(text) <= LONGEST_NAME
        and bool(text.strip())
        and (not text.strip(" ?") or fold_answer(text) in UNKNOWN_WORDS)
    )


def is_unsaid(text: str) -> bool:
    """Return whether a cell says in words that the answer is not known, and is surely no name.

    Example:
        >>> [is_unsaid(text) for text in ("не помню", "Don't know", "Private", "Hidden", "Unknown Pleasures")]
        [True, True, False, False, False]

    """
    return any(map(str.isalpha, text)) and is_unknown(text) and fold_answer(text) not in MAY_BE_NAMES


def is_yes(text: str) -> bool:
    """Return whether an answer says yes and names nothing."""
    return len(text) <= LONGEST_NAME and fold_answer(text) in YES_WORDS


@lru_cache(maxsize=16384)
def is_address(text: str) -> bool:
    """Return whether a text is an address, a handle or a key, even one that leads to no resource; a name is none.

    Example:
        >>> [is_address(text) for text in ("t.me/durov", "@durov", "https://vk.com/feed", "r/smm", "vk:club7")]
        [True, True, True, True, True]
        >>> [is_address(text) for text in ("Anna", "Anna: t.me/durov", "anna@example.com", "+371 20000000")]
        [False, False, False, False]

    """
    text = text.strip()
    if text[:1] == "@":
        return len(text) > 1 and len(text.split()) == 1
    key = identify(text)[0]
    if key is not None:
        return not is_name(key)
    return "/" in text and ("." in text or ":" in text) and len(text.split()) == 1 and not is_unknown(text)


@lru_cache(maxsize=8192)
def is_prose(text: str) -> bool:
    """Return whether a text is a part of a letter, an article or a program rather than a name.

    Example:
        >>> [is_prose(text) for text in ("Dear Anna,", "I hope that you are well.", "import x = 1", "word " * 15)]
        [True, True, True, True]
        >>> [is_prose(text) for text in ("Anna K.", "Что? Где? Когда?", "St. Petersburg SMM", "Yahoo!")]
        [False, False, False, False]

    """
    count = len(text.split())
    return (
        len(text) > LONGEST_NAME
        or text.endswith((",", ";"))
        or (count > 3 and SENTENCE_END.search(text) is not None)
        or (count > 6 and SENTENCES.search(text) is not None)
        or CODE.search(text) is not None
    )


@lru_cache(maxsize=8192)
def is_courtesy(text: str) -> bool:
    """Return whether a line greets or thanks and says nothing else.

    Example:
        >>> [is_courtesy(text) for text in ("Спасибо!", "Thanks a lot :)", "Καλημέρα", "Paldies!", "Thanks Media")]
        [True, True, True, True, False]

    """
    return len(text) <= LONGEST_NAME and fold_answer(text.rstrip(" :;=()!.~^*-🙂😊🙏❤️")) in COURTESY_WORDS


def in_sentence(text: str) -> bool:
    """Return whether an address stands inside a sentence: four words and more before it, and no colon or dash.

    Example:
        >>> in_sentence("We asked them, see https://example.com/brief for more")
        True
        >>> [in_sentence(text) for text in ("These are what I read: t.me/smm", "t.me/smm is what I like to read")]
        [False, False]

    """
    words = text.split()
    first = next((at for at, word in enumerate(words) if is_address(word.strip(".,;:!?()"))), 0)
    return (
        first > 3
        and words[first - 1][-1] not in ":-–—,;|"
        and not any(len(piece.split()) < 4 and is_address(piece) for piece in _cut(text))
    )


def unmarked(line: str) -> str:
    """Return a line without its bullet or number.

    Example:
        >>> [unmarked(line) for line in ("- t.me/smm", "• Медуза", "12) @durov", "1. Anna", "2.5D art", "-")]
        ['t.me/smm', 'Медуза', '@durov', 'Anna', '2.5D art', '-']

    """
    found = BULLET.match(line)
    return (line[found.end() :].strip() or line.strip()) if found else line.strip()


def line_of(cells: Sequence[str]) -> str:
    """Return a row of a text as one line; tabs and semicolons separated its cells."""
    texts = [cell.strip() for cell in cells if cell and not cell.isspace()]
    return "; ".join(texts) if len(texts) > 1 else "".join(texts)


def parts(text: str) -> list[str]:
    """Return the items of a list: between commas, semicolons, bars and line breaks, and between addresses.

    An address is never cut; neither is what stands in brackets or quotation marks.

    Example:
        >>> parts("t.me/smm_lv, «SMM, PR»; https://example.com/a?b=1,2")
        ['t.me/smm_lv', '«SMM, PR»', 'https://example.com/a?b=1,2']
        >>> parts("1. @durov 2. @meduza"), parts("@durov @meduza"), parts("t.me/smm_lv и t.me/smm_ru")
        (['@durov', '@meduza'], ['@durov', '@meduza'], ['t.me/smm_lv', 't.me/smm_ru'])

    """
    if FIRST_NUMBER.match(text):
        text = NEXT_NUMBER.sub("\n", text)
    pieces = (unmarked(piece) for piece in _cut(text))
    return [part for piece in pieces if piece for part in _addresses_apart(piece)]


def _cut(text: str) -> Iterator[str]:
    """Yield the pieces between separators."""
    shielded = {place for found in _quoted(text) for place in range(*found.span())}
    start = 0
    for found in SEPARATOR.finditer(text):
        at = found.start()
        if at not in shielded and _separates(text, start, at):
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _quoted(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands in quotation marks or brackets, as ``QUOTED`` finds it, in one pass over the text."""
    end = 0
    unclosed: dict[str, int] = {}  # a sign -> up to where nothing ends what it begins
    for sign in BEGINS_QUOTED.finditer(text):
        start = sign.start()
        if start < end or start < unclosed.get(sign[0], 0):
            continue
        if found := QUOTED.match(text, start):
            end = found.end()
            yield found
        elif sign[0] != "(":  # which another one may follow
            line_end = text.find("\n", start)
            unclosed[sign[0]] = len(text) if line_end < 0 else line_end


def _separates(text: str, start: int, at: int) -> bool:
    """Whether the sign at a place stands between two items, not inside an address."""
    before, after = text[start:at].rsplit(" ", 1)[-1], text[at + 1 :]
    if text[at] == "\n" or not after or after[0].isspace() or "/" not in before or BEGINS_ADDRESS.match(after):
        return True
    whole = SEPARATOR.split(after, maxsplit=1)[0].split()
    key = identify(f"{before}{text[at]}{whole[0]}")[0] if whole else None
    return key is None or is_name(key)


def _addresses_apart(piece: str) -> list[str]:
    """Return the addresses of a piece where white space or "and" stands between them, else the piece."""
    words = piece.split()
    if len(words) == 1:
        return [piece]
    if any(word[:1] == "@" or "/" in word or ":" in word[:-1] for word in words):
        items = [item for item in AND.sub(" ", piece).split() if is_address(item)]
        if len(items) > 1 or (items and not is_address(piece)):
            return items
    return [piece]
