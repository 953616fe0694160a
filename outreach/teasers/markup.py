"""What people wrote, made harmless for where it goes: plain text, Markdown, Telegram's MarkdownV2."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["clean", "escaper", "one_line", "target_for"]

_ESCAPES: Final = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BEFORE_BREAKS: Final = re.compile(r"[^\S\n]+(?=\n)")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_JOINERS: Final = "\u200c\u200d"  # Persian and Indic words and emoji families need them
_MOST_MARKS: Final = 4  # on one letter; more is a tower that covers the lines above

_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>~|^#]|(?<=&)(?=[#\w])")
_LISTS: Final = re.compile(r"^(\s*)([+-]|\d{1,9}[.)])(?=\s)", re.MULTILINE)
_RULERS: Final = re.compile(r"^(\s*)([-=]{2,}\s*)$", re.MULTILINE)
_TELEGRAM: Final = re.compile(r"[_*\[\]()~`>#+\-=|{}.!\\]")
_MENTION: Final = re.compile(r"@(?=\w)")


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    r"""Return a text without what nobody sees; its lines and empty lines stay.

    Escape sequences, control characters, bidi overrides and other invisible format characters go (the two joiners
    stay), towers of accents are cut, two empty lines in a row become one.

    Example:
        >>> clean("Lost\x1b[31m requests?\r\n\r\n\r\n\u202eWhere\tare they? ")
        'Lost requests?\n\nWhere are they?'

    """
    lines = _BREAKS.sub("\n", _ESCAPES.sub("", text)).replace("\t", " ")
    if not lines.isascii() or not lines.replace("\n", "").isprintable():
        lines = "".join(_seen(lines))
    return _EMPTY_LINES.sub("\n\n", _BEFORE_BREAKS.sub("", lines)).strip()


def one_line(text: str) -> str:
    r"""Return a text so on one line.

    Example:
        >>> one_line("SMM\n  Riga")
        'SMM Riga'

    """
    return " ".join(clean(text).split())


def escaper(template: str) -> Callable[[str], str]:
    r"""Return what makes texts harmless for a template, by its file name.

    Example:
        >>> escaper("reddit.ru.j2")("*Anna*"), escaper("vk.j2")("*Anna*"), escaper("telegram.marked.j2")("1.5!")
        ('\\*Anna\\*', '*Anna*', '1\\.5\\!')

    """
    platform = template.partition(".")[0]
    if ".marked." in template:
        return _for_telegram if platform == "telegram" else _for_markdown
    return {"reddit": _for_reddit, "discord": _for_discord}.get(platform, clean)


def target_for(link: str) -> str:
    r"""Return a link for between the round brackets of Markdown.

    Example:
        >>> target_for("https://a.example/(b)")
        'https://a.example/\\(b\\)'

    """
    return re.sub(r"[\\()<>]", r"\\\g<0>", link)


def _seen(text: str) -> list[str]:
    """Return the signs of a text that show something, and its line breaks."""
    kept: list[str] = []
    marks = 0
    for sign in text:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if sign == "\n" or sign in _JOINERS or (marks <= _MOST_MARKS and kind not in ("Cc", "Cf", "Cs", "Co", "Cn")):
            kept.append(sign)
    return kept


@lru_cache(maxsize=1024)
def _for_markdown(text: str) -> str:
    safe = _MARKDOWN.sub(lambda found: "\\" + found[0] if found[0] else "amp;", clean(text))
    return _RULERS.sub(r"\1\\\2", _LISTS.sub(_opened, safe))


def _opened(found: re.Match[str]) -> str:
    r"""Return the beginning of a line that would open a list, as text: ``\-``, ``1\.``."""
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"


@lru_cache(maxsize=1024)
def _for_reddit(text: str) -> str:
    r"""Markdown in which a single line break is one: two spaces before it.

    Example:
        >>> _for_reddit("one\ntwo\n\n# three")
        'one  \ntwo\n\n\\# three'

    """
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", _for_markdown(text))


@lru_cache(maxsize=1024)
def _for_discord(text: str) -> str:
    """Markdown that calls nobody: behind its @ stands a space of no width."""
    return _MENTION.sub("@\u200b", _for_markdown(text))


@lru_cache(maxsize=1024)
def _for_telegram(text: str) -> str:
    """MarkdownV2, https://core.telegram.org/bots/api#markdownv2-style."""
    return _TELEGRAM.sub(r"\\\g<0>", clean(text))
