"""Grades, and the scale that they are on: by the header, by the option, else by the values where only one fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.files.cells import BLANK
from outreach.words.fold import fold, fold_answer, fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "NPS", "Scale", "begins", "declared_scale", "grade", "is_blank", "is_unknown", "may_be_grades", "scales_of",
    "typed_scales", "without_scale",
]  # fmt: skip

HIGHEST: Final = 100
STARS: Final = "★⭐"
NO_STAR: Final = "☆\ufe0f "
FIRST: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?: ?/ ?\d{1,3}| ?[-–—:=.,(] ?[^\d]*)?")
LAST: Final = re.compile(r"[^\d]+[-–—:=(] ?(\d{1,3})\)?")
ANCHORS: Final = re.compile(r"(?<![\d.,])([01]) ?[=(–—:-][^\d]*?(?<!\d)(\d{1,3}) ?[=(–—:-]")
NOT_RATED_ABOVE: Final = 0.2
"""From this part of numbers off the scale on, a column without a declared scale holds no grades."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale, both of which are grades.

    Example:
        >>> Scale(1, 5).share(4), str(Scale(0, 10)), 11 in Scale(0, 10)
        (0.75, '0-10', False)

    """

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}-{self.high}"

    def __contains__(self, grade: float) -> bool:
        return self.low <= grade <= self.high

    def share(self, grade: float) -> float:
        """Return where a grade lies between the ends, 0 to 1."""
        return (grade - self.low) / (self.high - self.low)


SHORT: Final = 3
"""Stems of so many letters are whole words."""
CALLED: Final = {"of_five": Scale(1, 5), "of_ten": Scale(1, 10)}
"""What a list of words calls a scale."""
NPS: Final = Scale(0, 10)
"""The scale of the question on recommending."""


def declared_scale(header: str) -> Scale | None:
    """Return the scale that a header names; None where it names none, or several.

    Example:
        >>> [str(declared_scale(header)) for header in ("Delivery (1-5)", "Оцените от 0 до 10", "Price", "2-3 days")]
        ['1-5', '0-10', 'None', 'None']

    """
    text = fold(header)
    found = {
        scale for match in (*_range().finditer(text), *ANCHORS.finditer(text)) if (scale := _scale(*match.groups()))
    }
    if not found:
        found = {scale for name, scale in CALLED.items() if begins(header, name)}
    return found.pop() if len(found) == 1 else None


def begins(text: str, name: str) -> bool:
    """Whether a word of a text, or several, begin with a stem of a list; short ones are whole words.

    Example:
        >>> begins("Вы порекомендуете нас?", "recommend"), begins("Average", "not_rated")
        (True, False)

    """
    words = f" {fold_header(text)} "
    return any(
        f" {stem}" in words if len(stem) > SHORT else f" {stem} " in words for stem in words_of(f"survey.{name}")
    )


def without_scale(header: str) -> str:
    """Return a header as the name of what is rated: without its scale and the number of the question.

    Example:
        >>> without_scale("Delivery (1-5)"), without_scale("3. Rate us, from 1 to 5 [Price]"), without_scale("Цена")
        ('Delivery', 'Price', 'Цена')

    """
    text = " ".join(header.split())
    if inner := re.search(r"\[([^\[\]]+)\]\s*$", text):
        text = inner[1]
    for part in re.findall(r"\s*\([^()]*\)", text):
        if declared_scale(part):
            text = text.replace(part, "")
    text = re.sub(r"^(?:[QqВв]?\d{1,2}[.):]\s+)", "", text)
    cut = re.split(r"[,;:]?\s+(?=\S+ ?\d)|[,;:]\s*(?=\d)", text)
    if len(cut) > 1 and declared_scale(text[len(cut[0]) :]):
        text = cut[0]
    return text.strip(" ,;:?") or " ".join(header.split())


@cache
def _range() -> re.Pattern[str]:
    between = "|".join(map(re.escape, sorted(words_of("survey.to"))))
    to = rf"(?:[-–—…]|\.\.+|-? ?(?:{between})(?: (?:{between}))?)"
    return re.compile(rf"(?<![\d.,/-])(\d{{1,3}}) ?{to} ?(\d{{1,3}})(?![\d%]|[.,/-]\d)")


def _scale(low: str, high: str) -> Scale | None:
    scale = Scale(int(low), int(high))
    return scale if scale.low in (0, 1) and (3 <= scale.high <= 10 or scale.high == HIGHEST) else None


def grade(cell: str) -> float | None:
    """Return the number that a cell gives as a grade; None where it gives none.

    Example:
        >>> [grade(cell) for cell in ("9", "4,5", "4/5", "10 - Extremely likely", "Never - 0", "★★★★☆", "good")]
        [9.0, 4.5, 4.0, 10.0, 0.0, 4.0, None]

    """
    text = " ".join(cell.split())
    if text and all(sign in STARS + NO_STAR for sign in text):
        stars = sum(sign in STARS for sign in text)
        return float(stars) if stars else None
    if text.startswith("-") or len(text) > 80:
        return -1.0 if re.fullmatch(r"-\d{1,3}(?:[.,]\d+)?", text) else None
    found = FIRST.fullmatch(text) or LAST.fullmatch(text)
    return float(found[1].replace(",", ".")) if found else None


def is_blank(cell: str) -> bool:
    """Whether a cell is empty, or holds what programs write for nothing."""
    return cell.strip().casefold() in BLANK or not cell.strip(" -–—.\u00a0\t\n")


def is_unknown(cell: str) -> bool:
    """Whether a cell says that the person does not know, or does not want to say.

    Example:
        >>> is_unknown("Не знаю."), is_unknown("nezinu"), is_unknown("7")
        (True, True, False)

    """
    return fold_answer(cell) in words_of("answers.unknown") | words_of("answers.nothing") | words_of("cells.unknown")


def typed_scales(typed: Sequence[str]) -> dict[str, Scale]:
    """Return what ``--scale`` says: the folded name of a question to its scale, the empty name for all others.

    Raises:
        OptionError: It is no scale.

    Example:
        >>> typed_scales(["1-5", "Цена=0-10"])
        {'': Scale(low=1, high=5), 'цена': Scale(low=0, high=10)}

    """
    chosen = {}
    for text in typed:
        name, _, ends = text.rpartition("=")
        match = re.fullmatch(r"\s*(\d{1,3})\s*[-–—]\s*(\d{1,3})\s*", ends)
        scale = _scale(*match.groups()) if match else None
        if scale is None:
            raise OptionError(
                f"--scale {text}: not a scale", hint='write it like 1-5, or for one question "Price=0-10"'
            )
        chosen[fold_header(name)] = scale
    return chosen


def scales_of(
    label: str, values: Mapping[str, Sequence[float]], declared: Mapping[str, Scale], default: Scale | None
) -> dict[str, Scale]:
    """Return the scale of each question.

    Args:
        label: What messages call the file.
        values: Name of a question to its numbers.
        declared: Name to the scale that its header or the user names.
        default: That of all others, where the user named one.

    Raises:
        InputError: Several scales fit the values of a question.

    """
    found = dict(declared)
    open_ = [name for name in values if name not in found]
    if default is not None:
        return found | dict.fromkeys(open_, default)
    by_values = {name: _by_values(values[name], any_zero=_any_zero(values, open_)) for name in open_}
    known = {scale for scale in (*by_values.values(), *declared.values()) if scale is not None}
    for name in open_:
        scale = by_values[name]
        if scale is None and len(known) == 1:
            only = next(iter(known))
            scale = only if max(values[name]) <= only.high and min(values[name]) >= only.low else None
        if scale is None or (scale.high == 5 and any(other.high == 10 for other in known)):
            raise _ambiguous(label, name)
        found[name] = scale
    return found


def _any_zero(values: Mapping[str, Sequence[float]], open_: Iterable[str]) -> bool:
    return any(min(values[name]) < 1 for name in open_ if max(values[name]) > 5)


def _by_values(numbers: Sequence[float], *, any_zero: bool) -> Scale | None:
    """Return the one scale that fits some numbers; None where several do.

    Of ten grades without a zero nobody knows whether 0 could be given; of grades up to 4, whether 5 could.
    """
    low, high = min(numbers), max(numbers)
    if high > 5:
        return Scale(0, 10) if any_zero else None
    return Scale(1, 5) if high == 5 and low >= 1 else None


def _ambiguous(label: str, name: str) -> InputError:
    return InputError(
        f"the scale of “{name}” is not clear: neither its header nor its grades say where the scale begins and ends",
        where=label,
        hint=f'name it: --scale 1-5, --scale 1-10 or --scale 0-10; for this question alone --scale "{name}=1-10"',
    )


def may_be_grades(numbers: Sequence[float], scale: Scale = NPS) -> bool:
    """Whether numbers of a column without a declared scale may be grades: few are off the scale, and some above 1.

    Example:
        >>> may_be_grades([9, 7, 10, 70, 8, 9]), may_be_grades([34, 51, 28]), may_be_grades([0, 1, 1])
        (True, False, False)

    """
    outside = sum(not 0 <= number <= scale.high for number in numbers)
    return bool(numbers) and outside <= NOT_RATED_ABOVE * len(numbers) and max(numbers) > 1
