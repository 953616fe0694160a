"""Moments as exports write them: seconds since 1970, and dates in words of several languages."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, datetime
from typing import Final

from outreach.likes.exports.values import text as text_of

__all__ = ["from_seconds", "iso", "iso_moment", "moment_in", "number_of"]

YEARS: Final = range(2000, 2100)  # no list that we read is older; later ones are typing errors
MILLISECONDS: Final = 1e11  # from here on, for seconds are in the year 5138

# Beginnings of the names in en, de, es, fr, el, lv, da, nl, ru, without accents.
MONTHS: Final = (
    "jan ene янв ιαν",
    "feb fev фев φεβ",
    "mar mrt maa мар μαρ",
    "apr avr abr апр απρ",
    "may mai maj mei маи мая μαι",
    "jun juin июн ιουν",
    "jul juil июл ιουλ",
    "aug aou ago авг αυγ",
    "sep сен σεπ",
    "oct okt окт οκτ",
    "nov ноя νοε",
    "dec dez dic дек δεκ",
)
STEMS: Final = {stem: number for number, stems in enumerate(MONTHS, start=1) for stem in stems.split()}
WORD: Final = re.compile(r"[^\W\d_]+")
TIME: Final = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s?([apπμ])\.?\s?[mμ]\b\.?)?", re.IGNORECASE)
ISO: Final = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
DOTTED: Final = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b")
LONGEST: Final = 100


def number_of(value: object) -> float | None:
    """Return a number that an export wrote as a number or as a text, None for anything else.

    Example:
        >>> number_of("1598870322"), number_of(12), number_of(True), number_of("soon")
        (1598870322.0, 12.0, None, None)

    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def from_seconds(value: object) -> str:
    """Return seconds (or milliseconds) since 1970 in ISO 8601; empty for what is no sensible date.

    Example:
        >>> from_seconds(1598870322), from_seconds("1598870322000"), from_seconds(12345678), from_seconds(None)
        ('2020-08-31T10:38:42Z', '2020-08-31T10:38:42Z', '', '')

    """
    number = number_of(value)
    if number is None:
        return ""
    try:
        moment = datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return iso_moment(moment) if moment.year in YEARS else ""


def iso(value: object) -> str:
    """Return a moment in ISO 8601 as UTC, empty where it is none; one without a zone is in UTC already.

    Example:
        >>> iso("2023-08-25T08:25:39.961Z"), iso("2023-08-25T08:25:39-07:00"), iso("0000-01-01T00:00:00Z")
        ('2023-08-25T08:25:39Z', '2023-08-25T15:25:39Z', '')

    """
    try:
        moment = datetime.fromisoformat(text_of(value))
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return iso_moment(moment) if moment.year in YEARS else ""


def moment_in(text: str) -> datetime | None:
    """Return the moment that a text tells; without a zone where it names none.

    None for what is not clear: a month that two languages read differently, ``11/08/2005``, a year out of the question.

    Example:
        >>> moment_in("Nov 08, 2005 4:19:54 pm").isoformat(), moment_in("8 нояб. 2005 г.").isoformat()
        ('2005-11-08T16:19:54', '2005-11-08T00:00:00')
        >>> moment_in("Tue Jun 18 12:03:31 UTC 2024").isoformat(), moment_in("11/08/2005")
        ('2024-06-18T12:03:31+00:00', None)

    """
    if len(text) > LONGEST:
        return None
    time = TIME.search(text)
    day = _day(TIME.sub(" ", text))
    if day is None or day[0] not in YEARS:
        return None
    try:
        return datetime(*day, *_clock(time), tzinfo=UTC if "UTC" in text else None)
    except ValueError:
        return None


def iso_moment(moment: datetime) -> str:
    """Return a moment in ISO 8601: UTC, or the day alone where its zone is not known.

    Example:
        >>> iso_moment(datetime(2024, 6, 18, 12, 3, tzinfo=UTC)), iso_moment(datetime(2024, 6, 18, 12, 3))
        ('2024-06-18T12:03:00Z', '2024-06-18')

    """
    text = moment.isoformat()  # many times faster than strftime
    return text[:10] if moment.tzinfo is None else f"{text[:19]}Z"


def _day(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    if found := ISO.search(text) or DOTTED.search(text):
        return int(found["year"]), int(found["month"]), int(found["day"])
    months = {month for word in WORD.findall(text) if (month := _month(word))}
    numbers = [number for number in re.findall(r"\d+", text) if len(number) in {1, 2, 4}]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        return None
    return years[0], months.pop(), days[0]


def _month(word: str) -> int | None:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))
    return STEMS.get(plain[:4]) or STEMS.get(plain[:3])


def _clock(time: re.Match[str] | None) -> tuple[int, int, int]:
    """Return hour, minute and second; ``μ.μ.`` is the Greek afternoon."""
    if time is None:
        return 0, 0, 0
    hour, half = int(time[1]), (time[4] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pμ" else 0)
    return hour, int(time[2]), int(time[3] or 0)
