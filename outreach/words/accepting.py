"""Whether a place accepts posts: what marketers write into such a cell, in five languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.words.columns import fold_header

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NOTHING", "SIGNS", "WORDS", "meaning_of"]

NOTHING: Final = frozenset("-–—−")
WORDS: Final[Mapping[str, frozenset[str]]] = {
    meaning: frozenset(fold_header(word) for word in words.split(";"))
    for meaning, words in {
        "yes": "yes; y; true; да; берёт; берут; берёт посты; ναι; δέχεται; jā; ja; pieņem; publicē; այո; ընդունում է; "
        "oui; si",
        "no": "no; n; false; нет; не берёт; не берут; όχι; δεν δέχεται; nē; ne; nepieņem; ոչ; չի ընդունում",
        "paid": "paid; pay; for money; платно; платный; платные; платная; за деньги; реклама; επί πληρωμή; "
        "πληρωμένο; πληρωμένα; πληρωμή; με πληρωμή; maksas; par maksu; maksā; par naudu; վճարովի; փողով; վճարով",
        "ask": "ask; to ask; ask first; спросить; спрашивать; уточнить; надо спросить; узнать; ρώτα; ρωτήστε; "
        "να ρωτήσω; κατόπιν ερώτησης; jautāt; pajautāt; jāpajautā; jājautā; հարցնել; հարցնել նախ; պետք է հարցնել",
    }.items()
}
SIGNS: Final = {"1": "yes", "+": "yes", "x": "yes", "х": "yes", "v": "yes", "✓": "yes", "✔": "yes", "0": "no"}


def meaning_of(text: str) -> str:
    """Return yes, no, paid or ask, or the marketer's own words in lower case.

    Example:
        >>> meaning_of("Да"), meaning_of("платно"), meaning_of("0"), meaning_of("–"), meaning_of("On Fridays")
        ('yes', 'paid', 'no', 'no', 'on fridays')

    """
    lower = text.strip().casefold()
    if lower in SIGNS or lower in NOTHING:
        return SIGNS.get(lower, "no")
    return next((meaning for meaning, words in WORDS.items() if fold_header(lower) in words), text.strip().lower())
