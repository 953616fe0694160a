"""What single cells of a table are: an address, a mark, a total, the customer's name of our own template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from outreach.keys import identify, is_name
from outreach.likes.tables import answers
from outreach.patterns import pattern
from outreach.words.cells import is_total
from outreach.words.fold import fold
from outreach.words.vocabulary import texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LISTS",
    "Splitter",
    "holds_address",
    "is_address",
    "is_counter",
    "is_unnamed_customer",
    "mostly",
    "tells_total",
]

NUMBER: Final = pattern(r"[\d\s.,:/%-]*\d[\d\s.,:/%-]*")
WORDS_BETWEEN_SLASHES: Final = pattern(r"[^./:@]+(?:/[^./:@]+)*")
UNNAMED: Final = pattern(rf"(?:{'|'.join(sorted(words_of('headers.unnamed_customer')))}) ?№? ?\d+")
TIDY_ADDRESS: Final = pattern(r"(?:https?://)?[\w.-]+\.[a-z]{2,12}/[^\s,;|]+")
SEPARATORS: Final = pattern(r"[\s,;|]")


LONGEST_TOTAL: Final = 40
ROWS: Final = pattern(rf"\(\s*\d+\s+(?:{'|'.join(map(re.escape, texts_of('cells.rows')))})\s*\)", re.IGNORECASE)
COUNTER_WORDS: Final = words_of("headers.counters")


def is_unnamed_customer(text: str) -> bool:
    """Return whether a label is one that our template was delivered with.

    Example:
        >>> [is_unnamed_customer(text) for text in ("Customer 7", "Клиент 7", "Πελάτης 7", "Անի", "Customer")]
        [True, True, True, False, False]

    """
    return UNNAMED.fullmatch(fold(text)) is not None


@lru_cache(maxsize=16384)
def is_address(text: str) -> bool:
    """Return whether a cell is an address or a handle, even one that leads to no resource.

    Example:
        >>> [is_address(text) for text in ("t.me/smm_riga", "@smm_riga", "r/smm", "https://vk.com/feed")]
        [True, True, True, True]
        >>> [is_address(text) for text in ("п/п", "12/05/2026", "Anna", "anna@example.com", "")]
        [False, False, False, False, False]

    """
    if text.isdecimal():
        return False  # as its key would say: it is the name of something
    if WORDS_BETWEEN_SLASHES.fullmatch(text.strip()):
        key = identify(text)[0]
        return key is not None and not is_name(key)
    return answers.is_address(text)


def is_tidy_address(text: str) -> bool:
    """Return whether a cell is one address and nothing else; most cells are, and need no closer look.

    Example:
        >>> is_tidy_address("https://t.me/smm_riga"), is_tidy_address("@smm_riga"), is_tidy_address("t.me/a,t.me/b")
        (True, False, False)

    """
    return TIDY_ADDRESS.fullmatch(text) is not None


def mostly(cells: Iterable[bool], share: float = 0.6) -> bool:
    """Return whether at least so large a share is true; of nothing it is not."""
    told = list(cells)
    return bool(told) and sum(told) >= share * len(told)


def is_counter(header: str, cells: Sequence[str]) -> bool:
    """Return whether a column only numbers the rows.

    Example:
        >>> is_counter("№", ["1", "2"]), is_counter("", ["7", "8", "9"]), is_counter("age", ["31", "25"])
        (True, True, False)

    """
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
    told = [cell for cell in cells if cell.strip()]
    if len(numbers) < len(told) - 1 or not numbers:  # the row of totals may have a word here
        return False
    named = fold(header).replace("/", " ").strip(" .#") in COUNTER_WORDS or header.strip() == "#"
    return named or (len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers)))


@dataclass(frozen=True, slots=True)
class Splitter:
    """Parts the lists that stand in single cells.

    Args:
        signs: What stands between names; between addresses any of the usual signs does.

    Example:
        >>> Splitter(";").parts("t.me/smm_riga, vk.com/club7"), Splitter(";").parts("Smith, Jones; Forbes")
        (['t.me/smm_riga', 'vk.com/club7'], ['Smith, Jones', 'Forbes'])

    """

    signs: str

    def parts(self, cell: str) -> list[str]:
        """Return the items of a cell; none of a blank one."""
        text = cell.strip()
        if not text or not SEPARATORS.search(text):
            return [text] if text else []
        found = answers.parts(text)
        if len(found) > 1 and all(map(is_address, found)):
            return found
        pieces = re.split(f"[{re.escape(self.signs)}]", text) if self.signs else [text]
        return [item for piece in pieces if piece.strip() for item in self._items(piece.strip())]

    def _items(self, piece: str) -> list[str]:
        found = answers.parts(piece)
        if found and all(map(is_address, found)):
            return found
        return [answers.unmarked(piece)]


LISTS: Final = Splitter("\n;|")
"""Parts cells at the signs that names rarely hold: line breaks, semicolons, bars."""


@lru_cache(maxsize=8192)
def tells_total(text: str) -> bool:
    """Return whether a cell names a row or a column of sums, with the sum behind it or not.

    Example:
        >>> [tells_total(text) for text in ("Итого", "Итого: 4", "Total = 12", "Ընդամենը՝ 2", "Total Football", "12")]
        [True, True, True, True, False, False]
        >>> tells_total("(2 rows)"), tells_total("Two rows")
        (True, False)

    """
    return is_total(text) or (
        len(text) < LONGEST_TOTAL
        and (is_total(text.rstrip("0123456789 :=.,՝")) or (text[:1] == "(" and ROWS.fullmatch(text) is not None))
    )


def holds_address(text: str) -> bool:
    """Return whether a cell is an address or a list with one in it.

    Example:
        >>> holds_address("Forbes; t.me/smm_riga"), holds_address("Forbes; Vogue")
        (True, False)

    """
    return is_address(text) or any(map(is_address, LISTS.parts(text)))
