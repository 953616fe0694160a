"""Sign-ups and orders that somebody made to try the form: the name, or the address before its @, is a test word.

A word inside a longer name never counts: nobody called Testa or Тестов is left out. Addresses of example.org and the
like count as people, since made-up data has them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from outreach.words.fold import fold_header
from outreach.words.vocabulary import texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.tracking.exports.event_columns import Columns

__all__ = ["is_trial_address", "is_trial_name", "trials_of"]


def trials_of(columns: Columns) -> Callable[[Sequence[str]], bool]:
    """Return what tells whether a row is somebody's trial, by the columns of names and addresses.

    Args:
        columns: Of the table.

    """
    words, taken = words_of("headers.events.person"), set(columns.at.values())
    places = tuple(at for at, text in enumerate(columns.headers) if text in words and at not in taken)
    email, begins = columns.at.get("email", -1), _address().match

    def is_trial(cells: Sequence[str]) -> bool:
        if 0 <= email < len(cells) and begins(cells[email]):
            return True
        name = " ".join([cells[place] for place in places if place < len(cells)]) if places else ""
        return name != "" and is_trial_name(name)

    return is_trial


@lru_cache(maxsize=4096)
def is_trial_name(text: str) -> bool:
    """Tell whether a name is that of a trial.

    Example:
        >>> [is_trial_name(text) for text in ("Тест", "test TEST 2", "Тест Тестов", "Tests Bērziņš", "Testa", "")]
        [True, True, True, False, False, False]

    """
    name = fold_header(text) if len(text) < 60 else ""
    return name in words_of("trials.phrase") or _name().fullmatch(name) is not None


def is_trial_address(text: str) -> bool:
    """Tell whether an e-mail address is that of a trial.

    Example:
        >>> [is_trial_address(text) for text in ("Test@mail.example", "тест+2@mail.example", "latest@mail.example")]
        [True, True, False]

    """
    return _address().match(text) is not None


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_words()}(?: ?(?:{_words()}|[0-9]{{1,4}}))*")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:mailto:)?{_words()}(?:[._+-]?(?:{_words()}|[0-9]{{1,4}}))*@", re.IGNORECASE)


@cache
def _words() -> str:
    words = {*words_of("trials.word"), *texts_of("trials.word")}  # with and without their accents
    return f"(?:{'|'.join(map(re.escape, sorted(words)))})"
