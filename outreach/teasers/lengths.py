"""How long a text is to the network that it is written for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.teasers.in_text import emoji, links, mentions_without_host
from outreach.teasers.limits import RULES, Rule, Unit, rule_of
from outreach.teasers.weighted import weighted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import regex

__all__ = ["RULES", "Measured", "Rule", "Unit", "at_fold", "graphemes", "measure", "rule_of"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A length beside its limit, both in ``unit``; ``over`` is how much is too much, 0 where it fits."""

    length: int
    limit: int | None
    unit: Unit
    over: int


def measure(text: str, platform: str, *, limit: int | None = None, picture: bool = False) -> Measured:
    """Measure a text by the rule of a network.

    Args:
        text: The text as it will be posted, with its link.
        platform: Whose rule; one that the table does not know has no limit.
        limit: A limit that replaces the table's, such as that of one Mastodon server.
        picture: Whether a picture is posted with it.

    Returns:
        The length in the network's unit; in bytes where the text fits but for its bytes (Bluesky).

    Example:
        >>> measure("Где теряются заявки? https://riga.example/how?utm_source=x", "x")
        Measured(length=44, limit=280, unit='weighted', over=0)
        >>> measure("a" * 1100, "telegram", picture=True).over
        76

    """
    rule = rule_of(platform)
    if limit is None:
        limit = rule.picture if picture and rule.picture is not None else rule.limit
    measured = _measured(_COUNTS[rule.unit](_as_counted(text, rule)), limit, rule.unit)
    if not measured.over and rule.limit_bytes is not None:
        in_bytes = _measured(_bytes(text), rule.limit_bytes, "bytes")
        return in_bytes if in_bytes.over else measured
    return measured


def at_fold(text: str, platform: str) -> tuple[str, str]:
    """Return what a network shows of a text before "more", and the rest; the rest is empty where nothing is hidden.

    Example:
        >>> [len(part) for part in at_fold("a" * 200, "linkedin")], at_fold("Late?", "linkedin")
        ([140, 60], ('Late?', ''))

    """
    fold = rule_of(platform).fold
    return (text, "") if fold is None else (text[:fold], text[fold:])


def graphemes(text: str) -> int:
    r"""Count what a reader takes for one character: letters with their accents, whole emoji, CRLF.

    Example:
        >>> [graphemes(text) for text in ("Ελλάδα", "Rīga", "Rīga", "👨‍👩‍👧", "a\r\nb")]
        [6, 4, 4, 1, 3]

    """
    if text.isascii():
        return len(text) - text.count("\r\n")
    return len(_grapheme().findall(text))


def _measured(length: int, limit: int | None, unit: Unit) -> Measured:
    return Measured(length, limit, unit, 0 if limit is None else max(0, length - limit))


def _as_counted(text: str, rule: Rule) -> str:
    """A text in which links and mentions are as long as the network counts them."""
    if rule.unit == "weighted":
        return text  # counts links itself
    if rule.link_counts is not None:
        text = _with_links_as(rule.link_counts, text)
    return text if rule.mention_hosts else mentions_without_host(text)


def _with_links_as(length: int, text: str) -> str:
    """A text whose links with a scheme are ``length`` characters; a doubtful one is never shorter than its text."""
    parts = []
    done = 0
    for link in links(text):
        if not link.bare:
            address = text[link.start : link.end]
            parts += [text[done : link.start], "x" * length if link.sure else address.ljust(length, "x")]
            done = link.end
    return "".join([*parts, text[done:]])


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _emoji_as_bytes(text: str) -> int:
    found = [] if text.isascii() else emoji().findall(text)
    return len(text) + sum(_bytes(one) - len(one) for one in found)


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


_COUNTS: Final[Mapping[Unit, Callable[[str], int]]] = MappingProxyType(
    {
        "weighted": weighted,
        "graphemes": graphemes,
        "code points": len,
        "utf-16": _utf16,
        "emoji as bytes": _emoji_as_bytes,
        "bytes": _bytes,
    }
)
