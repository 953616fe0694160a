"""A text as its sentences, in the languages of our users."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["sentences"]

# Followed by a name, a number or a dot; those that also end a sentence ("etc.", "и др.", "тыс.") are not here, since
# before a small letter nothing ends anyway.
_ABBREVIATIONS: Final = (
    "mr mrs ms dr prof st sr jr vs inc ltd co corp dept fig vol pp ed eds approx cf est gen hon rev "
    "jan feb mar apr aug sep sept oct nov dec "
    "им ул пр просп пер наб проф акад доц тов св рис табл стр см ср напр гл ст пп т.н т.к т.е гр г-н г-жа обл р-н "
    "δηλ δρ κ κα κος κκ αρ σελ βλ αγ οδ λεωφ τηλ καθ π.χ λ.χ "
    "piem prof nr lpp sal tālr plkst resp t.i t.s "
    "օր պրոֆ դոկտ ակադ տես էջ հեռ ք փ"
)
_SHORT: Final = frozenset(_ABBREVIATIONS.split())
_LIST_ENDS: Final = re.compile(r"(?:^|\s)(?:т\.\s?[дп]|κ\.(?:λπ|ά|ο\.κ)|u\.\s?(?:c|tml))\.$", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:^|[\s(«\"„“])(?:[^\W\d_]\.\s?)*[^\W\d_]\.$")
_ENUMERATOR: Final = re.compile(r"\s*(?:\d{1,3}|[^\W\d_])\.")
_CITY: Final = re.compile(r"(?:^|[^\d\s])\s*(?<!\w)г\.$")
_WORD: Final = re.compile(r"[^\s(«\"„“\[]+$")

_CLOSING: Final = "\"'»”’“)\\]*_"
_GREEK: Final = r"(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e]"
_ARMENIAN: Final = r"(?<=[\u0561-\u0587]):"
_END: Final = re.compile(
    rf"(?P<mark>(?<![.!?…։।؟])[.!?…։।؟]+|{_GREEK}|{_ARMENIAN})[{_CLOSING}]*(?P<space>\s+|$)"
    r"|(?P<wide>[。！？]+[」』”）]*)\s*"
    r"|\n[^\S\n]*\n\s*"
)
_GOES_ON: Final = re.compile(r"[—–\s-]*(?!https?://|www\.|[^\W\d_]+[A-ZА-ЯԱ-Ֆ])(.)", re.DOTALL)  # not: iPhone, eBay
_TAIL: Final = 40  # longer than any abbreviation


def sentences(text: str) -> list[str]:
    """Split a text into sentences that join back to it: white space stays with the sentence before it.

    A sentence ends at ``. ! ? …``, at the Armenian ``։`` (and a colon typed for it), at the Greek ``;``, and at an
    empty line. Where a small letter follows, or after an abbreviation or initials, none ends: rather two sentences
    in one than half a sentence. A single line break ends none, because people wrap lines.

    Example:
        >>> sentences("Спросили Dr. Ozola и А. Петрова, т. е. двоих. Что дальше? Читайте!")
        ['Спросили Dr. Ozola и А. Петрова, т. е. двоих. ', 'Что дальше? ', 'Читайте!']
        >>> sentences("Πού χάνονται; Εδώ. Որտե՞ղ են։ Այստեղ։")
        ['Πού χάνονται; ', 'Εδώ. ', 'Որտե՞ղ են։ ', 'Այստեղ։']

    """
    found = []
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text) and text[start : match.start()].strip() and _ends(text, start, match):
            found.append(text[start : match.end()])
            start = match.end()
    return [*found, text[start:]] if text else []


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence that began at ``start`` ends at a match; the text goes on after it."""
    if match["mark"] is None or match["space"].count("\n") > 1:
        return True
    goes_on = _GOES_ON.match(text, match.end())
    if goes_on and goes_on[1].islower():
        return False
    return match["mark"] != "." or not _abbreviates(text[start : match.end("mark")], text[match.end()])


def _abbreviates(sentence: str, following: str) -> bool:
    """Whether the dot at the end of what may be a sentence belongs to its last word."""
    if _ENUMERATOR.fullmatch(sentence):
        return True
    tail = sentence[-_TAIL:]
    if _LIST_ENDS.search(tail):
        return False
    word = _WORD.search(tail)
    last = word[0].rstrip(".").lower() if word else ""
    return (
        last in _SHORT
        or (following.isdigit() and last.isalpha() and (len(last) == 1 or last == "no"))
        or _CITY.search(tail) is not None
        or _is_initials(tail)
    )


def _is_initials(tail: str) -> bool:
    """Whether a text ends with "A." or "e.g." or "т. е."; one small letter alone ("это я.") is a word."""
    match = _INITIALS.search(tail)
    if match is None:
        return False
    letters = [sign for sign in match[0] if sign.isalpha()]
    return len(letters) > 1 or letters[0].isupper()
