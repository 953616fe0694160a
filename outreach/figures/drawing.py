"""The parts of pictures: elements with escaped texts, scales, how wide a text is, and where labels have room."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from outreach.figures.style import SIZE
from outreach.tables import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Box", "Scale", "clean", "element", "line", "path", "shorten", "text", "text_width", "ticks"]

MOST_LETTERS: Final = 500
"""Of a text in a picture, the full one behind a short label included."""
LIGHTER: Final = 0.98
BOLDER: Final = 1.09

_WIDTHS: Final = {
    letter: width
    for width, letters in {
        0.32: "'ijlIJ.,| ", 0.4: "/:;\\ftr-!()[]\u00a0", 0.5: '"*_`sz', 0.58: "?Lcaekvxy~",
        0.66: "FPTY$0123456789EKSbdghnopqu{}", 0.73: "ABCRVXZ", 0.8: "DGHNUO&Qw", 0.86: "#+<=>M^", 0.98: "%m@W",
    }.items()
    for letter in letters
}  # fmt: skip
_WIDE: Final = frozenset("жшщюымфЖШЩЮЫМФДЩаախպտփմԱԽՄՈωΩ") - frozenset("а")
_SCRIPTS: Final = ((0x0370, 0x0400, 0.61, 0.72), (0x0400, 0x0530, 0.68, 0.78), (0x0530, 0x0590, 0.69, 0.76))
"""Greek, Cyrillic, Armenian: widths of small letters and of capitals."""
_XML_FORBIDS: Final = frozenset({0xFFFE, 0xFFFF})
_ISOLATE, _POP = "\u2068", "\u2069"
_SUBSCRIPT: Final = frozenset({"Mn", "Me", "Cf", "Cc"})


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in _SUBSCRIPT:
        return 0.0
    if letter in _WIDE:
        return 0.98
    code = ord(letter)
    for first, last, small, capital in _SCRIPTS:
        if first <= code < last:
            return capital if letter.isupper() else small
    wide = 1.35 if code >= 0x1F000 else 1.05 if unicodedata.east_asian_width(letter) in "WF" else 0.8
    return _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], wide)  # an accent adds nothing


def text_width(content: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return how wide a text is at most in the widest of our fonts, in pixels.

    Example:
        >>> round(text_width("Riga Life")), round(text_width("Рижские мамы")), round(text_width("İ\u0301"))
        (57, 116, 4)

    """
    return sum(map(_letter, content)) * size * (BOLDER if bold else LIGHTER)


def clean(content: object, most: int = MOST_LETTERS) -> str:
    r"""Return a text of others as it may stand in a picture: one line, nothing that controls, bounded.

    Example:
        >>> clean("Riga\x00 Life\n\u202e!")
        'Riga Life !'

    """
    plain = UNSAFE.sub("", " ".join(str(content)[: 4 * most].split()))
    return "".join(one for one in plain if ord(one) not in _XML_FORBIDS and not 0xD800 <= ord(one) < 0xE000)[:most]


def shorten(content: str, width: float, size: float = SIZE, *, bold: bool = False) -> str:
    """Return a text that fits a width, cut with an ellipsis where it has to be.

    Example:
        >>> shorten("Riga Life", 100), shorten("Latvia's largest community of marketers", 100)
        ('Riga Life', "Latvia's large…")

    """
    if text_width(content, size, bold=bold) <= width:
        return content
    room = width - text_width("…", size, bold=bold)
    kept, used = 0, 0.0
    for letter in content:
        used += text_width(letter, size, bold=bold)
        if used > room:
            break
        kept += 1
    return content[:kept].rstrip() + "…" if kept else "…"


def number(value: float) -> str:
    """Return a coordinate.

    Example:
        >>> number(12.0), number(0.25), number(-0.04)
        ('12', '0.3', '0')

    """
    if not math.isfinite(value):
        return "0"
    found = f"{math.floor(value * 10 + 0.5) / 10:.1f}".removesuffix(".0")
    return "0" if found == "-0" else found


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Return an element; ``class_`` and ``stroke_width`` are written as SVG has them, None is left out.

    Example:
        >>> element("circle", cx=1.25, cy=2, r=3, class_="mark")
        '<circle cx="1.3" cy="2" r="3" class="mark"/>'
        >>> element("g", "<desc>…</desc>", data_place='"x"')
        '<g data-place="&quot;x&quot;"><desc>…</desc></g>'

    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else escape(str(value))


def text(
    x: float,
    y: float,
    content: object,
    kind: str = "",
    *,
    anchor: str | None = None,
    width: float | None = None,
    size: float = SIZE,
) -> str:
    """Return a text, its base line at y; one that does not fit is cut, and shown in full when it is pointed at.

    Args:
        x: Of its beginning, middle or end.
        y: Of its base line.
        content: Anything; a text of others as well.
        kind: Classes, several with blanks between.
        anchor: ``middle`` or ``end``.
        width: What it may take.
        size: Of its letters, for the width.

    Example:
        >>> text(4, 14, "Riga <Life>", "muted", anchor="end")
        '<text x="4" y="14" class="muted" text-anchor="end">Riga &lt;Life&gt;</text>'

    """
    whole = clean(content)
    bold = "bold" in kind or "title" in kind
    shown = whole if width is None else shorten(whole, width, size, bold=bold)
    if any(unicodedata.bidirectional(one) in ("R", "AL") for one in shown):
        shown = f"{_ISOLATE}{shown}{_POP}"
    more = element("title", escape(whole)) if whole and whole not in shown else ""
    return element(
        "text", (more + escape(shown)) or " ", x=float(x), y=float(y), class_=kind or None, text_anchor=anchor
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> str:
    """Return a straight line.

    Example:
        >>> line(0, 1.5, 9, 1.5)
        '<line x1="0" y1="1.5" x2="9" y2="1.5" class="rule"/>'

    """
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=kind)


def path(points: Iterable[tuple[float, float]], kind: str, *, closed: bool = False) -> str:
    """Return a line through points, closed to a shape where that is wanted.

    Example:
        >>> path([(0, 0), (2.5, 1)], "course")
        '<path d="M0 0L2.5 1" class="course"/>'

    """
    drawn = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return element("path", d=f"M{drawn}{'Z' if closed else ''}", class_=kind)


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns values into pixels; what lies outside stands at the edge.

    Args:
        low: Value at the beginning.
        high: Value at the end.
        start: Pixel of the beginning.
        end: Pixel of the end.

    Example:
        >>> to = Scale(0, 1, 100, 300)
        >>> to(0.5), to(7), to(float("nan"))
        (200.0, 300.0, 100.0)

    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        if math.isnan(value) or self.high <= self.low:
            return float(self.start)
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(high: float, count: int = 4) -> list[float]:
    """Return round values from 0 to the first one that is not below the highest.

    Args:
        high: Highest value.
        count: About how many steps.

    Example:
        >>> ticks(0.17), ticks(93), ticks(0)
        ([0.0, 0.05, 0.1, 0.15, 0.2], [0.0, 25.0, 50.0, 75.0, 100.0], [0.0, 1.0])

    """
    if not (math.isfinite(high) and high > 0):
        return [0.0, 1.0]
    rough = high / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    digits = max(0, 2 - math.floor(math.log10(step)))
    return [round(place * step, digits) for place in range(math.ceil(high / step - 1e-9) + 1)]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: what a label or a mark takes.

    Args:
        left: In pixels.
        top: In pixels.
        right: In pixels.
        bottom: In pixels.

    """

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap.

        Example:
            >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
            (True, False)

        """
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )
