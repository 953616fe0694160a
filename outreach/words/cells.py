"""What a word in a cell means: yes, no, not known, a sum."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from outreach.words.fold import fold

__all__ = ["TOTAL_WORDS", "Mark", "is_total", "mark_of"]

YES: Final = """
    1 1.0 1,0 + '+ x х v √ ✓ ✔ ☑ ✅ • ● * y yes true t д да так истина ja jā ir patiess ναι ν αληθησ αληθεσ αληθης
    այո ճիշտ ճիշտէ ճիշտե ճշմարիտ
"""
NO: Final = """
    0 0.0 0,0 - '- – — − ❌ n no not false f н нет ні ложь ne nē nav aplams όχι ψευδησ ψευδεσ ψευδης ոչ սխալ չէ
"""
UNKNOWN: Final = """
    ? ?? n/a na n/d #n/a н/д #н/д нд неизвестно unknown άγνωστο δ/υ nezinu անհայտ нет_данных no_data nav_datu nav_zināms
    δεν_ξέρω տվյալ_չկա не_знаю don't_know
"""
TOTALS: Final = """
    total; totals; grand total; subtotal; sum; sum total; in total; итого; всего; сумма; общий итог; итог; промежуточный
    итог; разом; усього; σύνολο; συνολο; γενικό σύνολο; μερικό σύνολο; άθροισμα; kopā; pavisam; pavisam kopā; summa;
    kopsumma; ընդամենը; գումար; ընդհանուր
"""


class Mark(Enum):
    """What a cell of a matrix says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def _folded_words(text: str, between: str | None = None) -> frozenset[str]:
    return frozenset(fold(word.replace("_", " ")) for word in text.split(between))


MARKS: Final = {
    **dict.fromkeys(_folded_words(YES), Mark.YES),
    **dict.fromkeys(_folded_words(NO), Mark.NO),
    **dict.fromkeys(_folded_words(UNKNOWN), Mark.UNKNOWN),
    "": Mark.NO,
}
TOTAL_WORDS: Final = _folded_words(TOTALS, ";")


@lru_cache(maxsize=8192)
def mark_of(text: str) -> Mark | None:
    """Return what a cell of a matrix says; None where it is no mark.

    Example:
        >>> [mark_of(text).value for text in ("x", "Х", "✔", "Jā", "ИСТИНА", "", "—", "ՍԽԱԼ", "н/д")]
        ['yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'unknown']
        >>> mark_of("7"), mark_of("t.me/smm_riga")
        (None, None)

    """
    return MARKS.get(fold(text)) if len(text) < 24 else None


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """Return whether a cell names a row or a column of sums.

    Example:
        >>> [is_total(text) for text in ("Итого:", "TOTAL", "Kopā", "Σύνολο", "Ընդամենը", "Total Football")]
        [True, True, True, True, True, False]

    """
    return len(text) < 40 and fold(text).strip(" :=.") in TOTAL_WORDS
