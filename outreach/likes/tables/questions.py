"""What the columns of a survey are: a question about resources, who answers, when; the rest is none of our business."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from outreach.keys import platform_named
from outreach.patterns import pattern
from outreach.words.columns import VOCABULARY
from outreach.words.fold import fold_header
from outreach.words.vocabulary import ordered_words_of, texts_of, words_of

__all__ = [
    "Question",
    "asks",
    "asks_elsewhere",
    "platforms_in",
    "tells_mail",
    "tells_name",
    "tells_phone",
    "tells_time",
]

AMBIGUOUS: Final = frozenset({"web", "other"})  # a site is no network
PLAIN_WORDS: Final = frozenset({"medium", "threads", "meetup", "slack", "x", "ok"})  # mean other things in a sentence
SHORT: Final = words_of("questions.platforms")
ENDINGS: Final = pattern(rf"(?:{'|'.join(texts_of('endings.platforms'))})$")
MARKED: Final = pattern(r"[(\[«\"“]\s*([^()\[\]«»\"“”]{1,24})\s*[)\]»\"”]")
WORD: Final = pattern(r"[^\W_]+")
LONGEST_QUESTION: Final = 400


MAIL_TEXTS, NAME_TEXTS, TIME_TEXTS, PHONE_TEXTS = (
    words_of(f"questions.{kind}") for kind in ("mail", "name", "time", "phone")
)
NOUN_STEMS: Final = ordered_words_of("questions.nouns")
VERB_STEMS: Final = ordered_words_of("questions.verbs")
OTHER_WORDS: Final = words_of("questions.others")
OWN_WORDS: Final = words_of("questions.own_account")
SELF_WORDS: Final = OWN_WORDS | words_of("questions.of_oneself")
ELSEWHERE_TEXTS: Final = ordered_words_of("questions.elsewhere")
QUESTION_SIGNS: Final = ("?", ";", "\u037e", "՞")


class Question(NamedTuple):
    """A question about resources; ``bare`` is one that consists of a platform's name."""

    platform: str | None
    bare: bool


@lru_cache(maxsize=1 << 14)
def asks(header: str) -> Question | None:
    """Return what a header asks about resources; None where it asks something else.

    Example:
        >>> asks("Which Telegram channels do you read?"), asks("Какие группы ВКонтакте вы читаете?").platform
        (Question(platform='telegram', bare=False), 'vk')
        >>> asks("VK"), asks("Ποια blogs διαβάζετε;"), asks("How satisfied are you?"), asks("Ваш ник в Telegram")
        (Question(platform='vk', bare=True), Question(platform=None, bare=False), None, None)

    """
    text = header.strip(" \t\n:?*.;")
    if not text or len(header) > LONGEST_QUESTION:
        return None
    if whole := platform_named(text):
        return Question(None if whole == "other" else whole, bare=True)
    words = fold_header(text).split()
    if not words or words[0] in OTHER_WORDS or not OWN_WORDS.isdisjoint(words):
        return None
    noun, verb = (any(word.startswith(stems) for word in words) for stems in (NOUN_STEMS, VERB_STEMS))
    platforms = platforms_in(text)
    if not (noun or verb) or not (platforms or (noun and verb)):
        return None
    return Question(platforms.pop() if len(platforms) == 1 else None, bare=False)


@lru_cache(maxsize=1 << 14)
def asks_elsewhere(header: str) -> bool:
    """Return whether a header may ask about places without naming any kind: the answers have to tell.

    Questions about whoever answers ("Your profile?") do not.

    Example:
        >>> [asks_elsewhere(header) for header in ("Где ещё?", "Kur vēl", "Πού αλλού;", "Ուրիշ որտեղ՞", "Favourites?")]
        [True, True, True, True, True]
        >>> [asks_elsewhere(header) for header in ("Link to your profile?", "Age", "How did you find us?", "Website")]
        [False, False, False, False]

    """
    words = fold_header(header).split()
    if not words or len(header) > LONGEST_QUESTION or not SELF_WORDS.isdisjoint(words) or words[0] in OTHER_WORDS:
        return False
    asked = any(sign in header for sign in QUESTION_SIGNS)
    return asked or f"{' '.join(words)} ".startswith(tuple(f"{text} " for text in ELSEWHERE_TEXTS))


@lru_cache(maxsize=1 << 14)
def tells_mail(header: str) -> bool:
    """Return whether a column holds e-mail addresses.

    Example:
        >>> [tells_mail(header) for header in ("E-mail", "Адрес электронной почты", "Διεύθυνση email", "Mailing list")]
        [True, True, True, False]

    """
    text = f" {fold_header(header)} "
    return len(text.split()) <= 6 and any(f" {mail} " in text for mail in MAIL_TEXTS)


def tells_name(header: str) -> bool:
    """Return whether a column holds the names of those who answer."""
    text = fold_header(header)
    return text in NAME_TEXTS or text in VOCABULARY["customer"]


def tells_time(header: str) -> bool:
    """Return whether a column holds the time or the number of the answer."""
    return header.strip() == "#" or fold_header(header) in TIME_TEXTS


def tells_phone(header: str) -> bool:
    """Return whether a column holds telephone numbers: then it is a list of contacts."""
    return fold_header(header) in PHONE_TEXTS


def platforms_in(text: str) -> set[str]:
    """Return the platforms that a sentence names; words that can mean something else only in brackets or quotes."""
    found = {platform for mark in MARKED.finditer(text) if (platform := platform_named(mark[1]))}
    words = WORD.findall(text)
    taken: set[int] = set()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            places = set(range(at, at + size))
            if places & taken:
                continue
            platform = _platform_of(words[at : at + size])
            if platform is not None:
                found.add(platform)
                taken |= places
    return found - AMBIGUOUS


def _platform_of(words: list[str]) -> str | None:
    """Return the platform that some words of a sentence mean."""
    text = " ".join(words)
    short = text.casefold() in SHORT
    if not short and (len(text) < 4 or any(word.casefold() in PLAIN_WORDS for word in words)):
        return None
    if len(words) > 1 and any(fold_header(word).startswith(NOUN_STEMS) for word in words):
        return None  # "Telegram channels": the word alone tells it
    platform = platform_named(text)
    if platform is None and len(words) == 1:
        stem = ENDINGS.sub("", text)
        if len(stem) >= 4 and stem.casefold() not in PLAIN_WORDS:
            nominatives = (stem, *(stem + ending for ending in texts_of("endings.nominative")))
            platform = next(filter(None, map(platform_named, nominatives)), None)
    return platform
