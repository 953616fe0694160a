"""A campaign's course: what was counted on each day, and when posts went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from outreach.figures.drawing import Scale, clean, element, line, text, text_width, ticks
from outreach.figures.figure import Figure
from outreach.figures.style import SMALL
from outreach.figures.values import numeral, sentence, word
from outreach.messages import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Mark", "draw_timeline"]

WIDTH: Final = 720.0
PLOT: Final = 140.0
LEVEL: Final = 18.0
LEFT: Final = 44.0
MOST_LEVELS: Final = 6
LABEL: Final = 170.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day: a post that went out, or a note.

    Args:
        day: When.
        label: What, in a few words.

    """

    day: date
    label: str


def draw_timeline(
    counts: Mapping[date, float], marks: Sequence[Mark], *, what: str = "", language: str = "en", width: float = WIDTH
) -> Figure:
    """Return a bar for each day, with what happened above it.

    Args:
        counts: Day to how many there were; a day that is missing had none.
        marks: What happened; of more than fit, the latest are labelled, and all have their line.
        what: What is counted, in the reader's language.
        language: Of the texts, one of five.
        width: In pixels.

    Example:
        >>> day = date(2026, 11, 3)
        >>> draw_timeline({day: 12}, [Mark(day, "Riga Life")], what="visits").description
        'visits: 12 from 03 Nov 2026 to 03 Nov 2026. Posts: Riga Life (03 Nov 2026).'

    """
    days = sorted({*counts, *(mark.day for mark in marks)})
    title = word("figure-timeline", language)
    if not days:
        return Figure("", title, word("figure-nothing", language), width, 1, language)
    first, last = days[0], days[-1]
    number = (last - first).days + 1
    across = Scale(0, number, LEFT, width)
    ordered = sorted(marks, key=lambda mark: (mark.day, mark.label))
    labels = [clean(mark.label) for mark in ordered]
    wide = [min(text_width(label, SMALL), LABEL) for label in labels]
    at = [across((mark.day - first).days + 0.5) for mark in ordered]
    flags = _flags(at, wide, width)
    rows = max((flag.level for flag in flags if flag), default=-1) + 1
    top = rows * LEVEL + 8
    steps = ticks(max(counts.values(), default=0.0), 3)
    up = Scale(0, steps[-1], top + PLOT, top)
    parts = []
    for value in steps:
        parts.append(line(LEFT, up(value), width, up(value), "faint" if value else "rule"))
        parts.append(text(LEFT - 6, up(value) + 4, numeral(value, language, 1 if value % 1 else 0), "small muted",
                          anchor="end", size=SMALL))  # fmt: skip
    room = (width - LEFT) / number
    for day, count in sorted(counts.items()):
        x = across((day - first).days)
        if count > 0:
            parts.append(element("rect", x=x + room * 0.1, y=up(count), width=max(room * 0.8, 0.8),
                                 height=up(0) - up(count), class_="bar soft"))  # fmt: skip
    for x, flag in zip(at, flags, strict=True):
        parts.append(line(x, top - 16 - flag.level * LEVEL if flag else top - 4, x, up(0), "course"))
    for label, x, flag in zip(labels, at, flags, strict=True):
        if flag:
            before = flag.left < x
            parts.append(text(x - 4 if before else x + 4, top - 8 - flag.level * LEVEL, label, "small halo",
                              anchor="end" if before else None, width=LABEL, size=SMALL))  # fmt: skip
    for share in _days_to_name(number, width):
        day = first + timedelta(days=share)
        x = across(share + 0.5)
        half = text_width(day_in(day, language), SMALL) / 2
        parts.append(text(min(max(x, half), width - half), up(0) + 16, day_in(day, language), "small muted",
                          anchor="middle", size=SMALL))  # fmt: skip
    total = numeral(sum(counts.values()), language)
    posts = ", ".join(f"{label} ({day_in(mark.day, language)})" for mark, label in zip(ordered, labels, strict=True))
    described = sentence("figure-course", language, what=clean(what) or word("figure-counted", language), count=total,
                     first=day_in(first, language), last=day_in(last, language))  # fmt: skip
    if posts:
        described = f"{described} {sentence('figure-posts', language, posts=posts[:2000])}"
    return Figure("".join(parts), title, described, width, top + PLOT + 24, language)


@dataclass(frozen=True, slots=True)
class _Flag:
    """Where a label flies on the pole of its day."""

    left: float
    right: float
    level: int

    def covers(self, x: float) -> bool:
        """Return whether a pole at x that is as high would go through it."""
        return self.left < x < self.right + 2


def _flags(at: Sequence[float], wide: Sequence[float], width: float) -> list[_Flag | None]:
    """Return the label of each pole so that none lies over another or on a pole; None where there is no room.

    Args:
        at: Poles, ascending.
        wide: Widths of their labels.
        width: Of the picture.

    """
    found: list[_Flag | None] = [None] * len(at)
    # First those that have room before their pole only, as high as the poles that pass below them need.
    late = [place for place, x in enumerate(at) if x + 4 + wide[place] > width]
    for place in [*late, *(one for one in reversed(range(len(at))) if one not in late)]:
        x, before, after = at[place], at[place] - 4 - wide[place], at[place] + 4 + wide[place]
        sides = [(before, x)] if place in late else [(x, after), (before, x)]
        below = len({one for one in at if before < one < x}) if place in late else 0
        every = (
            _Flag(left, right, level)
            for left, right in sides
            for level in range(min(below, MOST_LEVELS - 1), MOST_LEVELS)
            if left >= 0
        )
        found[place] = next((flag for flag in every if _is_free(flag, x, at, found)), None)
    return found


def _is_free(flag: _Flag, x: float, at: Sequence[float], found: Sequence[_Flag | None]) -> bool:
    """Return whether a label meets no other one and no pole, and its pole no other label."""
    return not any(
        (other.level == flag.level and other.left < flag.right + 6 and flag.left < other.right + 6)
        or (other.level >= flag.level and flag.covers(pole))
        or (other.level <= flag.level and other.covers(x))
        for pole, other in zip(at, found, strict=True)
        if other
    )


def _days_to_name(number: int, width: float) -> list[int]:
    """Return the days below which their date stands: first, last, and some between."""
    most = max(2, int((width - LEFT) // 110))
    if number <= most:
        return list(range(number))
    return sorted({round(step * (number - 1) / (most - 1)) for step in range(most)})
