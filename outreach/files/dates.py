"""Days and moments: as people write them, as Excel saves them, as tools and platforms export them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from outreach.files.cells import Unreadable, blank
from outreach.messages import message
from outreach.words.vocabulary import keys_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "NUMBERS",
    "UNCLEAR",
    "day",
    "day_first",
    "from_seconds",
    "iso",
    "iso_moment",
    "moment",
    "moment_in",
    "number_of",
]

UNCLEAR: Final = message("date-unclear")

FIRST_YEAR: Final = 1995
EXCEL_DAYS: Final = range(25569, 73051)  # 1970 to 2099
EXCEL_EPOCH: Final = date(1899, 12, 30)
YEARS: Final = range(2000, 2100)  # no list that we read is older; later ones are typing errors
MILLISECONDS: Final = 1e11  # from here on, for seconds are in the year 5138

STEMS: Final = {
    stem: number
    for number, month in enumerate(keys_of("month_beginnings"), start=1)
    for stem in texts_of(f"month_beginnings.{month}")
}
WORD: Final = re.compile(r"[^\W\d_]+")
TIME: Final = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s?([apπμ])\.?\s?[mμ]\b\.?)?", re.IGNORECASE)
ISO_DAY: Final = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
DOTTED: Final = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b")
LONGEST: Final = 100
NUMBERS: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:[ ,]+[0-9]{1,2}:.*)?")
THIS_YEAR: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.?")
AGO: Final = (("today", 0), ("yesterday", 1), ("day_before_yesterday", 2))
DAYS_AGO: Final = {text.casefold(): days for name, days in AGO for text in texts_of(f"days.{name}")}


def day_first(texts: Iterable[str]) -> bool | None:
    """Return whether a column of dates with slashes has the day first; None where it does not tell.

    Example:
        >>> day_first(["05/06/2026", "13/06/2026"]), day_first(["05/06/2026", "06/13/2026"]), day_first(["05/06/2026"])
        (True, False, None)

    """
    found = [match for text in texts if (match := NUMBERS.fullmatch(text.strip())) and match[2] != "."]
    firsts, seconds = {int(match[1]) for match in found}, {int(match[3]) for match in found}
    if max(firsts, default=0) > 12:
        return True
    return False if max(seconds, default=0) > 12 else None


def moment(text: str, today: date, *, first: bool | None = None) -> str | None:
    """Return a day, or a moment in UTC, in ISO 8601; None for what is none or is not clear.

    A time without a zone is UTC. A day without its year is the last such day. With dots the day comes first; with
    slashes only where ``first`` says so, or where one number is no month.

    Example:
        >>> today = date(2026, 5, 14)
        >>> moment("12.05.2026", today), moment("13/05/26", today), moment("yesterday", today)
        ('2026-05-12', '2026-05-13', '2026-05-13')
        >>> moment("12.05.", today), moment("28.11", today)
        ('2026-05-12', '2025-11-28')
        >>> moment("2026-05-12T10:00+03:00", today), moment("05/06/2026", today), moment("31.02.2026", today)
        ('2026-05-12T07:00:00Z', None, None)

    """
    tidy = " ".join(text.split())
    if tidy.casefold() in DAYS_AGO:
        return (today - timedelta(days=DAYS_AGO[tidy.casefold()])).isoformat()
    if found := THIS_YEAR.fullmatch(tidy):
        return _latest(int(found[1]), int(found[2]), today)
    if found := NUMBERS.fullmatch(tidy):
        return _by_numbers(int(found[1]), int(found[3]), found[4], first=True if found[2] == "." else first)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tidy):
            return date.fromisoformat(tidy).isoformat()
        whole = datetime.fromisoformat(tidy)
        in_utc = whole.replace(tzinfo=UTC) if whole.tzinfo is None else whole.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # Excel saves a day as its first second
    midnight = whole.tzinfo is None and (whole.hour, whole.minute, whole.second) == (0, 0, 0)
    return f"{whole:%Y-%m-%d}" if midnight else f"{in_utc:%Y-%m-%dT%H:%M:%SZ}"


def _latest(of_month: int, month: int, today: date) -> str | None:
    """Return the last such day of a year that is not behind today."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, of_month)
        except ValueError:
            continue
        if found <= today:
            return found.isoformat()
    return None


def _by_numbers(one: int, other: int, year: str, *, first: bool | None) -> str | None:
    if first is None and one <= 12 and other <= 12 and one != other:
        return None
    day, month = (one, other) if first or (first is None and one > 12) or one == other else (other, one)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).isoformat()
    except ValueError:
        return None


def day(text: str, *, first: bool | None = None, today: date | None = None) -> date | None:
    """Return a day; None where the cell says nothing.

    Reads 20260512, 2026-05-12 with or without a time, 12.05.2026, and with ``first`` (or where it is clear) 12/05/2026;
    a number as which Excel stores a day; with a zone the day is that of the zone itself.

    Raises:
        Unreadable: It is no day, or one that can be read in two ways.

    Example:
        >>> day("20260512"), day("2026-05-12 10:00:00"), day("13/05/2026")
        (datetime.date(2026, 5, 12), datetime.date(2026, 5, 12), datetime.date(2026, 5, 13))

    """
    if blank(text):
        return None
    tidy = " ".join(text.split())
    if re.fullmatch(r"(?:19|20)[0-9]{6}(?:[0-9]{2})?", tidy):  # GA4 writes hours so, with two more digits
        return _checked(_date(tidy[:8]))
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", tidy) and int(float(tidy)) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(float(tidy)))
    if found := re.match(r"([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?![0-9])", tidy):
        return _checked(_date("".join(found.groups())))
    found_moment = moment(tidy, today or date.min, first=first) if today or not tidy.isalpha() else None
    if found_moment is None:
        raise Unreadable("date-two-ways")
    return _checked(datetime.fromisoformat(found_moment).date())


def _date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as err:
        raise Unreadable("no-day") from err


def _checked(found: date) -> date:
    if not FIRST_YEAR <= found.year <= 2100:
        raise Unreadable("day-of-another-century")
    return found


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
        text = "" if isinstance(value, bool) or not isinstance(value, str | int) else str(value)
        moment = datetime.fromisoformat(" ".join(text.split()))
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
    day = _day_in(TIME.sub(" ", text))
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


def _day_in(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    if found := ISO_DAY.search(text) or DOTTED.search(text):
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
