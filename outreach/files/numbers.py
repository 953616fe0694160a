"""Sizes as people write them: ``12,5K``, ``5 000``, ``1,2 млн``, ``~5000``, and what Excel makes of them.

A size is a whole number above 0. What a single cell leaves open is answered by its column, and what stays open is told
as a doubt, never decided in silence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.files.excel_dates import about_date, is_date
from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.fold import fold_size
from outreach.words.sizes import ABOUT, BELOW, MULTIPLIERS, PEOPLE, UNKNOWN_SIZES
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outreach.messages import Message

__all__ = [
    "AMBIGUOUS",
    "AMBIGUOUS_FRACTION",
    "APPROXIMATE",
    "A_DATE",
    "A_FRACTION",
    "DOUBTS",
    "IN_THOUSANDS",
    "NOT_A_NUMBER",
    "ROUNDED",
    "UNKNOWN_SIZES",
    "Size",
    "advice",
    "sizes",
    "whole",
]

A_DATE: Final = "size-is-date"
A_FRACTION: Final = "size-is-fraction"
APPROXIMATE: Final = "size-approximate"
NOT_A_NUMBER: Final = "size-not-a-number"
ROUNDED: Final = "size-rounded"
IN_THOUSANDS: Final = "size-in-thousands"
AMBIGUOUS: Final = "size-ambiguous"
AMBIGUOUS_FRACTION: Final = "size-ambiguous-fraction"
DOUBTS: Final = (
    A_DATE, A_FRACTION, APPROXIMATE, NOT_A_NUMBER, ROUNDED, IN_THOUSANDS, AMBIGUOUS, AMBIGUOUS_FRACTION,
)  # fmt: skip
"""Codes of messages: what can be doubtful about a size, in the order in which it is shown."""

LARGEST: Final = 10**11  # more people than there are: not a size
PLAIN: Final = pattern("[1-9][0-9]{0,10}")
PARTS: Final = pattern(r"([^0-9]*)([0-9](?:[0-9 .,']*[0-9])?)(?:[eE]\+?([0-9]{1,3}))?([^0-9]*)")
NUMBER: Final = pattern(r"(?:([1-9][0-9]{0,2}(?:([ .,'])[0-9]{3})(?:\2[0-9]{3})*)|([0-9]+))(?:([.,])([0-9]+))?")
RANGE: Final = pattern(
    rf"(.*[0-9].*?)(?:\s*[-–—‒−…]\s*|\s+(?:{'|'.join(map(re.escape, texts_of('connecting.range')))})\s+)(.*[0-9].*)"
)
STORED: Final = pattern(r"number [0-9]+\.(?!000)[0-9]{3}")
APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
LONGEST: Final = 80  # signs; no size needs more


@dataclass(frozen=True, slots=True)
class Size:
    """What a text says about a size.

    Args:
        number: A whole number above 0, or None where it is unknown.
        doubt: Empty where the text was understood (also: "unknown"), else one of ``DOUBTS``.

    """

    number: int | None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One number as it was written.

    Args:
        digits: Before the fraction, without the signs between groups.
        fraction: Behind the decimal sign; where ``open``, three digits that may be a group.
        group: The sign between groups, or nothing.
        decimal: The sign before the fraction, or nothing.
        times: 1000 for ``K`` and so on.
        open: Whether only the column can tell a group from a fraction; then ``group`` is the sign.
        exponent: Whether it was written as ``1E+06``.

    """

    digits: str
    fraction: str = ""
    group: str = ""
    decimal: str = ""
    times: int = 1
    open: bool = False
    exponent: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number, or both ends of a range, and whether it is only an upper limit."""

    low: Written
    high: Written | None = None
    limit: bool = False


def sizes(texts: Iterable[str], unit: str = "") -> dict[str, Size]:
    """Understand all sizes of one column together.

    A single ``,`` or ``.`` before exactly three digits can set thousands apart or begin a fraction. Other cells of the
    column prove what the sign is: ``1,234,567`` and ``12,345.0`` prove that ``,`` groups and ``.`` does not, ``12,5K``
    and ``31000,0`` that ``,`` begins a fraction and so that ``.`` groups. Where the sign is proven to group and nothing
    speaks against it, ``1,234`` is 1234. Else it is 1234 with a doubt, even where the sign begins fractions elsewhere:
    a size has none. Before ``K`` or ``M`` it is a fraction, with a doubt unless that is proven.

    Fractions without ``K`` or ``M`` (``12,5`` ``0,8``) are no sizes. Where they outnumber the whole numbers from 1000
    and the numbers with ``K`` or ``M``, the column is in thousands or something else that nobody said: then none of
    its bare numbers is taken.

    Args:
        texts: The distinct texts; those that begin with ``date`` or ``number`` are what a workbook really stored.
        unit: ``K`` or ``M`` where the header says that numbers without one are in thousands or millions.

    Example:
        >>> [size.number for size in sizes(["5 000", "12,5K", "1,2 млн", "~5000", "н/д"]).values()]
        [5000, 12500, 1200000, 5000, None]
        >>> sizes(["1,234", "12.5K"])["1,234"], sizes(["1,234"])["1,234"].doubt == AMBIGUOUS
        (Size(number=1234, doubt=''), True)
        >>> [size.number for size in sizes(["12,5", "900", "1,2 млн"], "K").values()]
        [12500, 900000, 1200000]

    """
    if unit:
        united = {text: _with_unit(text, unit) for text in texts}
        understood = sizes(united.values())
        return {text: understood[with_unit] for text, with_unit in united.items()}
    found: dict[str, Size] = {}
    phrases: dict[str, Phrase] = {}
    for text in texts:
        if PLAIN.fullmatch(text):
            found[text] = Size(int(text))
            continue
        read = _read(text)
        found[text] = read if isinstance(read, Size) else Size(None)  # keeps its place in the order
        if isinstance(read, Phrase):
            phrases[text] = read
    meanings = _meanings(phrases.values())
    found.update((text, _resolved(phrase, meanings)) for text, phrase in phrases.items())
    if _is_in_thousands(found, phrases):
        bare = [text for text, size in found.items() if size.number and _is_bare(phrases.get(text))]
        found.update(dict.fromkeys(bare, Size(None, IN_THOUSANDS)))
    return found


def _with_unit(text: str, unit: str) -> str:
    """Return a number with the unit that its header tells; one with words of its own stays as it is."""
    bare = text.removeprefix("number ")
    return text if not bare.strip() or any(map(str.isalpha, bare)) else f"{bare} {unit}"


def whole(text: str) -> int | None:
    """Return the size that a text says beyond doubt, read without its column.

    Example:
        >>> whole("5000"), whole("5 000"), whole("1,234,567"), whole("5000.0"), whole("12,5K")
        (5000, 5000, 1234567, 5000, 12500)
        >>> whole("0"), whole("12,5"), whole("1,234")
        (None, None, None)

    """
    size = sizes((text,))[text]
    return None if size.doubt else size.number


def advice(text: str, doubt: str = "") -> Message | None:
    """Return what to say about a text that left a doubt, for a remark; None where it left none.

    Only texts that were understood as numbers or dates are repeated.

    Args:
        text: A size as it was found.
        doubt: Its doubt in its column; without it the text is read alone.

    Example:
        >>> print(advice("date 2026-05-12"), advice("number 12.345"), advice("1,234"), sep=chr(10))
        Excel turned 12.5 into 12 May: type 12500
        12.345 is a fraction: if it is 12 345, type 12345
        1,234 could be 1234 or a fraction: taken as 1234

    """
    alone = sizes((text,))[text]
    doubt = doubt or alone.doubt
    tidy = _tidy(text).removeprefix("number ")
    if not doubt:
        return None
    if doubt == A_DATE:
        return about_date(tidy)
    if doubt == A_FRACTION and (typed := _thousandfold(tidy)):
        spaced = f"{typed:,}".replace(",", " ")
        return message("size-fraction-of-thousands", text=tidy, spaced=spaced, size=typed)
    if doubt == alone.doubt and doubt in {AMBIGUOUS, AMBIGUOUS_FRACTION, APPROXIMATE}:
        return message(f"{doubt}-text", text=tidy, size=alone.number or 0)
    return message(doubt)


def _thousandfold(tidy: str) -> int | None:
    """Return the size that a fraction was meant to be: 12.345 is what Excel makes of 12,345, and 12.5 thousand."""
    one = _one(tidy)
    if one is None or one.low.times > 1 or len(one.low.fraction) > 3:
        return None
    number = int(f"{one.low.digits}{one.low.fraction:<03}")
    return number if 0 < number < LARGEST else None


def _read(text: str) -> Size | Phrase:
    """Understand one text as far as it goes without its column."""
    tidy = _tidy(text)
    if tidy.lower() in UNKNOWN_SIZES:
        return Size(None)
    if len(tidy) > LONGEST:
        return Size(None, NOT_A_NUMBER)
    if is_date(tidy):
        return Size(None, A_DATE)
    if STORED.fullmatch(tidy):
        return Size(None, A_FRACTION)  # the workbook knows what its sign means
    if tidy.startswith("number "):
        phrase = _one(tidy.removeprefix("number "))
        return _resolved(phrase, {}) if phrase else Size(None, NOT_A_NUMBER)
    return _phrase(tidy) or Size(None, NOT_A_NUMBER)


def _tidy(text: str) -> str:
    """Return a text with ordinary digits, spaces and apostrophes, trimmed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(APOSTROPHES)
        if any(sign.isdecimal() and not sign.isascii() for sign in text):
            text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.split())


def _phrase(tidy: str) -> Phrase | None:
    """Take a number or a range out of the words around it."""
    if single := _one(tidy):
        return single
    ends = RANGE.fullmatch(tidy)
    low, high = (_one(ends[1]), _one(ends[2])) if ends else (None, None)
    if low is None or high is None or low.limit or high.limit:
        return None
    return Phrase(low.low, high.low)


def _one(tidy: str) -> Phrase | None:
    """Understand one number with the words before and behind it."""
    parts = PARTS.fullmatch(tidy)
    if parts is None:
        return None
    before, number, exponent, after = parts.groups()
    word = fold_size(before) if before else ""
    if word not in ABOUT and word not in BELOW and not word.startswith(PEOPLE) and before:
        return None
    times = _multiplier(after) if after else 1
    if times is None or (exponent and times > 1):
        return None
    written = _written(number, times, exponent)
    return Phrase(written, limit=word in BELOW) if written else None


def _multiplier(after: str) -> int | None:
    """Return what the words behind a number multiply it by, None where they say something else."""
    words = fold_size(after.replace("+", " ").replace(".", " ")).split()
    times = MULTIPLIERS.get(words[0]) if words else None
    people = words if times is None else words[1:]
    return (times or 1) if all(word.startswith(PEOPLE) for word in people) else None


def _written(number: str, times: int, exponent: str | None) -> Written | None:
    """Tell the groups and the fraction of a number apart."""
    shape = NUMBER.fullmatch(number)
    if shape is None or (shape[4] and shape[4] == shape[2]):
        return None
    grouped, group, plain, decimal, fraction = (part or "" for part in shape.groups())
    if exponent:
        times = 10 ** int(exponent)
    if group in {",", "."} and not decimal and grouped.count(group) == 1:
        first, _, second = grouped.partition(group)
        return Written(first, second, group, "", times, open=not exponent, exponent=bool(exponent))
    digits = grouped.replace(group, "") if group else plain
    return Written(digits, fraction, group, decimal, times, exponent=bool(exponent))


def _meanings(phrases: Iterable[Phrase]) -> Mapping[str, str]:
    """Return what the cells of a column prove about ``,`` and ``.``: "groups" or "decimal"."""
    sound = [one for phrase in phrases for one in (phrase.low, phrase.high) if one and not one.open]
    grouping = {one.group for one in sound}
    decimal = {one.decimal for one in sound}
    meanings = {}
    for sign, other in ((",", "."), (".", ",")):
        groups = sign in grouping or other in decimal
        begins = sign in decimal or other in grouping
        if groups != begins:
            meanings[sign] = "groups" if groups else "decimal"
    return meanings


def _resolved(phrase: Phrase, meanings: Mapping[str, str]) -> Size:
    """Return the number of a phrase, now that the column's signs are known."""
    low = _value(phrase.low, meanings)
    if phrase.high is None:
        return Size(low.number, low.doubt or APPROXIMATE) if phrase.limit and low.number else low
    high = _value(phrase.high, meanings)
    if phrase.low.times == 1 and phrase.high.times > 1:  # 5-6K: the K is said once
        scaled = _value(replace(phrase.low, times=phrase.high.times), meanings)
        low = scaled if (scaled.number or LARGEST) <= (high.number or 0) else low
    if low.number is None or high.number is None or low.number > high.number:
        return Size(None, NOT_A_NUMBER)
    return Size(low.number, low.doubt or high.doubt or APPROXIMATE)


def _value(one: Written, meanings: Mapping[str, str]) -> Size:
    """Return the number that was written; what is less than a whole one behind ``K`` or ``M`` is cut."""
    digits, fraction, doubt = one.digits, one.fraction, ""
    if one.open:
        meaning = meanings.get(one.group)
        if one.times == 1 or meaning == "groups":
            digits, fraction = digits + fraction, ""
            doubt = "" if meaning == "groups" else AMBIGUOUS
        elif meaning != "decimal":
            doubt = AMBIGUOUS_FRACTION
    number, rest = divmod(int(digits + fraction) * one.times, 10 ** len(fraction))
    if number >= LARGEST:
        return Size(None, ROUNDED if one.exponent else NOT_A_NUMBER)
    if rest and (one.times == 1 or one.exponent):
        return Size(None, A_FRACTION)
    return Size(number, doubt) if number else Size(None, NOT_A_NUMBER)


def _is_bare(phrase: Phrase | None) -> bool:
    return phrase is None or (phrase.low.times == 1 and (phrase.high is None or phrase.high.times == 1))


def _is_in_thousands(found: Mapping[str, Size], phrases: Mapping[str, Phrase]) -> bool:
    """Whether more cells hold bare fractions than numbers that say themselves how large they are."""
    fractions = sum(size.doubt in {A_FRACTION, A_DATE} and not STORED.fullmatch(text) for text, size in found.items())
    if not fractions:
        return False
    said = (
        not _is_bare(phrases.get(text)) or (size.number >= 1000 and size.doubt == "")
        for text, size in found.items()
        if size.number
    )
    return fractions > sum(said)
