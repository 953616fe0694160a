"""What an editor would say about a teaser, each with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.messages import message
from outreach.teasers.folding import searchable
from outreach.teasers.in_text import hashtags, links
from outreach.teasers.limits import rule_of
from outreach.teasers.sentences import sentences
from outreach.teasers.spam_words import spam_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outreach.messages import Message

__all__ = ["Finding", "check", "sentences"]

_LONGEST_HOOK: Final = 100
_SHOUTS: Final = re.compile(r"!\s?!\s?!|[!?]{4}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAPITALS_IN_A_ROW: Final = 3
_CAPITAL_LETTERS: Final = 12  # three acronyms in a row (SEO, SMM, PPC) are fewer
_SHOUTED_SHARE: Final = 0.5
_SHORTEST_TEXT: Final = 20  # letters, below which a share says nothing
_CASE_ENDING: Final = re.compile(r"(?:[aeiouāēīū]{0,2}s|[aeiouāēīūаеиоуыьэюяαεηιουω]{1,2}|[αειου]σ)$")
_INFLECTED_FROM: Final = 4  # letters
_LEGAL_FORMS: Final = "llc ltd inc corp co gmbh plc ооо оао зао пао ао ип тоо sia as ik αε επε ικε οε εε սպը փբը բբը աձ"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an editor would change: a short code, and the reason."""

    code: str
    reason: Message


@dataclass(frozen=True, slots=True)
class _Copy:
    hook: str  # first sentence of the problem, on one line
    text: str
    folded: str
    platform: str
    language: str
    company: str
    bonus: str
    link: str
    picture: bool


def check(
    problem: str,
    text: str,
    *,
    platform: str,
    language: str,
    company: str = "",
    bonus: str = "",
    link: str = "",
    picture: bool = False,
) -> list[Finding]:
    """Return what is to be said about a teaser, in a fixed order; nothing is good.

    Args:
        problem: The problem as it stands in the brief; its first sentence is the hook.
        text: The text to post.
        platform: Where; gives fold, hashtags and whether a link can be clicked.
        language: Of the text, ``en``, ``ru``, ``el``, ``lv`` or ``hy``; others are checked for English words only.
        company: Whose name does not belong into the hook.
        bonus: What the text has to announce; empty if there is none.
        link: The one link that the text may carry.
        picture: Whether a picture is posted with it.

    Example:
        >>> for finding in check("Купите слона!", "Купите слона!!! vk.com", platform="x", language="ru", link="t.me/a"):
        ...     print(finding.code, "-", finding.reason)
        exclamations - "!!!" reads like an advertisement: one exclamation mark is enough
        second-link - a second link (vk.com) takes readers away from yours

    """
    copy = _Copy(_first(problem.strip()), text, searchable(text), platform, language, company, bonus, link, picture)
    return [Finding(code, reason) for code, find in _CHECKS for reason in find(copy)]


@lru_cache(maxsize=64)  # thousands of drafts come from one brief
def _first(text: str) -> str:
    """The first sentence of a text, on one line."""
    return " ".join(next(iter(sentences(text)), "").split())


def _hook_long(copy: _Copy) -> Iterator[Message]:
    length = len(copy.hook)
    if length >= _LONGEST_HOOK:
        yield message("hook-long", length=length, most=_LONGEST_HOOK)


def _hook_names_company(copy: _Copy) -> Iterator[Message]:
    if _names(copy.hook, copy.company, copy.language):
        yield message("hook-names-company")


@lru_cache(maxsize=64)
def _names(hook: str, company: str, language: str) -> bool:
    words = [word for word in _WORD.findall(searchable(company)) if word not in _LEGAL_FORMS.split()]
    pattern = r"\W+".join(_any_case(word, language) for word in words)
    return bool(words) and re.search(rf"(?<!\w){pattern}(?!\w)", searchable(hook)) is not None


def _any_case(name: str, language: str) -> str:
    """A pattern for a name in any grammatical case: Ромашка, Ромашки, Ромашкой; nams, namā."""
    if len(name) < _INFLECTED_FROM:
        return re.escape(name)
    stem = name if language.startswith("en") else _CASE_ENDING.sub("", name)
    return re.escape(stem) + r"\w{0,3}"


def _bonus_silent(copy: _Copy) -> Iterator[Message]:
    bonus, stems = _bonus(copy.bonus)
    if bonus not in copy.folded and sum(stem in copy.folded for stem in stems) * 2 < max(1, len(stems)):
        yield message("bonus-not-announced")


@lru_cache(maxsize=64)
def _bonus(bonus: str) -> tuple[str, frozenset[str]]:
    """A bonus as it may stand in a text, and the beginnings of its words: people word it anew."""
    whole = searchable(bonus).strip()
    return whole, frozenset(word[: max(4, len(word) - 3)] for word in _WORD.findall(whole) if len(word) > 3)


def _capitals(copy: _Copy) -> Iterator[Message]:
    text = copy.text.replace(copy.link, " ") if copy.link else copy.text
    shouted = sum(map(str.isupper, text))
    if shouted * 2 <= _SHORTEST_TEXT:  # the usual case, and a fast one
        return
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if _longest_shout(words) >= _CAPITAL_LETTERS or (letters >= _SHORTEST_TEXT and shouted > letters * _SHOUTED_SHARE):
        yield message("wall-of-capitals")


def _longest_shout(words: list[str]) -> int:
    """The most letters in a row of words in capitals, 0 where no row is long enough."""
    longest = letters = count = 0
    for word in words:
        letters, count = (letters + len(word), count + 1) if word.isupper() else (0, 0)
        longest = max(longest, letters if count >= _CAPITALS_IN_A_ROW else 0)
    return longest


def _exclamations(copy: _Copy) -> Iterator[Message]:
    if _SHOUTS.search(copy.text):
        yield message("exclamations")


def _spam(copy: _Copy) -> Iterator[Message]:
    found = spam_words(copy.text, copy.language)
    if found:
        yield message("spam-words", words=tuple(f'"{word}"' for word in found[:3]))


def _second_link(copy: _Copy) -> Iterator[Message]:
    own_end = -1
    other: list[str] = []
    for found in links(copy.text):
        if copy.link and copy.text.startswith(copy.link, found.start) and found.end <= found.start + len(copy.link):
            own_end = found.start + len(copy.link)
        elif found.sure and found.start >= own_end:
            other.append(copy.text[found.start : found.end])
    second = other if copy.link else other[1:]
    if second:
        yield message("second-link", link=second[0])


def _dead_link(copy: _Copy) -> Iterator[Message]:
    if not rule_of(copy.platform).clickable and copy.link and copy.link in copy.text:
        yield message("link-not-clickable", platform=copy.platform)


def _hook_hidden(copy: _Copy) -> Iterator[Message]:
    fold = rule_of(copy.platform).fold
    if fold is None:
        return
    flat = " ".join(copy.text.split())
    start = flat.find(copy.hook) if copy.hook else -1
    end = start + len(copy.hook) if start >= 0 else len(_first(flat))
    if end > fold:
        yield message("hook-beyond-fold", platform=copy.platform, fold=fold, end=end)


def _hashtags(copy: _Copy) -> Iterator[Message]:
    allowed = rule_of(copy.platform).hashtags
    count = len(hashtags(copy.text))
    if allowed is not None and count > allowed:
        yield message("many-hashtags", hashtags=count, platform=copy.platform, allowed=allowed)


def _utf16(copy: _Copy) -> Iterator[Message]:
    if copy.platform != "telegram":
        return
    rule = rule_of(copy.platform)
    limit = rule.picture if copy.picture else rule.limit
    length = len(copy.text) + sum(sign > "\uffff" for sign in copy.text)
    if limit is not None and len(copy.text) <= limit < length:
        yield message("emoji-count-twice", length=length, limit=limit)


_CHECKS: Final[tuple[tuple[str, Callable[[_Copy], Iterator[Message]]], ...]] = (
    ("hook-long", _hook_long),
    ("hook-names-company", _hook_names_company),
    ("hook-beyond-fold", _hook_hidden),
    ("bonus-not-announced", _bonus_silent),
    ("capitals", _capitals),
    ("exclamations", _exclamations),
    ("spam-words", _spam),
    ("second-link", _second_link),
    ("link-not-clickable", _dead_link),
    ("hashtags", _hashtags),
    ("utf-16", _utf16),
)
