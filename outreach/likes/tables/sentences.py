"""What people write around their lists: greetings, "here is what I read", "nothing on Facebook"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from outreach.likes.tables.answers import LONGEST_NAME, is_courtesy, is_prose
from outreach.likes.tables.questions import platforms_in
from outreach.patterns import pattern
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

__all__ = ["LIST_WORDS", "is_said", "is_speech"]

LIST_WORDS: Final = words_of("sentences.lists")
EMPTY_WORDS: Final = words_of("sentences.nothing")
READ_WORDS: Final = words_of("sentences.may_be_a_name")
READING_WORDS: Final = words_of("sentences.reading")
SAYING_WORDS: Final = words_of("sentences.saying")
PIECES: Final = pattern(r"[!.:…]+(?:\s+|$)|,\s+")


@lru_cache(maxsize=8192)
def is_speech(text: str) -> bool:
    """Return whether a line talks to somebody: it greets, or says "I read", and names neither a place nor a person.

    Example:
        >>> [is_speech(text) for text in ("Привет! Я читаю:", "Привет, вот список", "Neko vairāk nelasu")]
        [True, True, True]
        >>> [is_speech(text) for text in ("Что? Где? Когда?", "Hello Magazine", "Читаю", "Anna Read:", "Привет, Рига")]
        [False, False, False, False, False]

    """
    if len(text) > LONGEST_NAME or is_courtesy(text):
        return is_courtesy(text)
    pieces = [piece for piece in PIECES.split(text) if piece.strip()]
    said = {fold_header(word) for word in text.split()}
    if len(pieces) > 1 and is_courtesy(pieces[0]):
        return "!" in text or text.endswith(":") or not said.isdisjoint(SAYING_WORDS | LIST_WORDS)
    announces = text.endswith(":") and not said.isdisjoint(READING_WORDS)
    return announces or not (said.isdisjoint(READING_WORDS | READ_WORDS) or said.isdisjoint(SAYING_WORDS))


@lru_cache(maxsize=8192)
def is_said(text: str) -> bool:
    """Return whether a line is a sentence, or says only what sort of list follows, or that there is none.

    Example:
        >>> [is_said(text) for text in ("My channels:", "В Фейсбуке ничего", "Dear Anna,", "Anna:", "Ничего лишнего")]
        [True, True, True, False, False]

    """
    words = set(fold_header(text).split())
    announces = (words and words <= LIST_WORDS) or (text.endswith(":") and not LIST_WORDS.isdisjoint(words))
    empty = not EMPTY_WORDS.isdisjoint(words) and platforms_in(text)
    return bool(announces or empty) or is_prose(text) or is_courtesy(text) or is_speech(text)
