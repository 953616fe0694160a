"""What an owner would dislike about a letter: each with its reason, and where that comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.messages import message
from outreach.owners.letter import count_words
from outreach.teasers.in_text import links
from outreach.teasers.sentences import sentences
from outreach.words.fold import fold, fold_letters
from outreach.words.vocabulary import keys_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach.messages import Message
    from outreach.owners.checklist import Checklist, Limits
    from outreach.owners.letter import Letter, Part

__all__ = ["Finding", "check_text", "language_of", "lix", "with_findings"]

HEADLINE_WORDS: Final = 3
AFTER_THE_QUESTION: Final = 3  # paragraphs: signature, where the address was found, one more
SHORT: Final = 3  # letters of a month's name that are no beginning of another form
LONGEST_ENDING: Final = 4
LONG_WORD: Final = 7  # letters, in LIX

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUOTED: Final = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”\"]*)[“”\"]|\"([^\"\n]*)\"")
_NUMBERED: Final = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n\s*")
_QUESTION: Final = re.compile(r"\?|՞")
_GREEK: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_QUESTION: Final = re.compile(r"(?<=[\u0370-\u03ff\u1f00-\u1fff»)])[;\u037e]")
_DATE: Final = re.compile(r"\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b")
_NAME: Final = re.compile(r"[,\s]*((?:[^\W\d_][\w'’-]*\s*){1,3})[,!.։:\n—–-]")
_ONE_MORE: Final = re.compile(r"[,\s]*([^\W\d_]+)(?=[,\s])")  # "again", "dear": before the name
_LATIN_ENDING: Final = re.compile(r"(?<=[a-z]{3})i?s$")
_PLACEHOLDER: Final = re.compile(
    r"\{\{?[^{}\n]{0,40}\}?\}|\[[^\]\[\d\n]{2,40}\](?!\()|<[^\W\d_][^<>\n@/]{1,40}>|_{3,}|%[A-Za-z_]{2,20}%|\bX{3,}\b"
    r"|\bTODO\b|\bTBD\b|lorem ipsum",
    re.IGNORECASE,
)
_LETTERS: Final[Mapping[str, re.Pattern[str]]] = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": _GREEK,
    "hy": re.compile(r"[\u0530-\u058f]"),
}
_HEADLINE: Final = "\ue000"  # for private use: no letter has it
_LATVIAN: Final = re.compile(r"[āčēģīķļņšūž]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Args:
        item: Which item of the checklist.
        what: What is wrong.

    """

    item: str
    what: Message


def check_text(text: str, kind: str, checklist: Checklist, *, subject: str = "", market: str = "") -> list[Finding]:
    """Return what is to be mended in a letter, in the order of the checklist; nothing where all is well.

    Args:
        text: As it would be sent, without the subject.
        kind: ``message``, ``email`` or ``follow_up``.
        checklist: Limits and items.
        subject: Of an e-mail.
        market: Country of the owner, where it is known.

    Example:
        >>> from outreach.owners.letter import LetterTemplates
        >>> found = check_text("Dear Editor, [text]", "message", LetterTemplates().checklist)
        >>> [one.item for one in found][:3]
        ['name', 'specialisation', 'proof']

    """
    limits = checklist.limits
    found = [Finding("placeholder", what) for what in _about_placeholders(f"{subject}\n{text}")]
    if kind == "follow_up":
        found += _about_follow_up(text, limits)
    else:
        found += _about_text(text, kind, limits)
        if kind == "email":
            found += [Finding("subject", what) for what in _about_subject(subject, limits)]
        if checklist.in_eu(market):
            found += [Finding("eu", what) for what in _about_source(text)]
    order = list(checklist.items)
    return sorted(found, key=lambda one: order.index(one.item))


def with_findings(letter: Letter, checklist: Checklist, market: str = "") -> Letter:
    """Return a letter whose texts carry what is to be mended in them as remarks.

    Args:
        letter: As it was written.
        checklist: Limits and items.
        market: Country of the owner, where it is known.

    """

    def checked(part: Part) -> Part:
        found = check_text(part.text, part.kind, checklist, subject=part.subject, market=market)
        return replace(part, remarks=tuple(one.what for one in found))

    return replace(
        letter, message=checked(letter.message), email=checked(letter.email), follow_up=checked(letter.follow_up)
    )


def language_of(text: str) -> str:
    """Return the language of a letter, by its letters: one of five.

    Example:
        >>> language_of("Здравствуйте, Marina"), language_of("Labdien, kā klājas?"), language_of("Hi Tom")
        ('ru', 'lv', 'en')

    """
    counts = {code: len(letters.findall(text)) for code, letters in _LETTERS.items()}
    most = max(counts, key=lambda code: counts[code])
    if counts[most] * 3 > sum(map(str.isalpha, text)):
        return most
    return "lv" if len(_LATVIAN.findall(text)) * 50 > len(text) else "en"


def lix(text: str) -> int:
    """Return the readability index LIX: words in a sentence, plus the percentage of words of seven letters and more.

    Example:
        >>> lix("We write. You read."), lix("Organisations communicate extraordinarily.")
        (2, 103)

    """
    words = re.findall(r"[^\W\d_]+", _EMAIL.sub(" ", text))
    if not words:
        return 0
    count = max(1, sum(1 for _ in _lines_of(text)))
    long = sum(len(word) >= LONG_WORD for word in words)
    return round(len(words) / count + 100 * long / len(words))


def _about_text(text: str, kind: str, limits: Limits) -> Iterator[Finding]:
    if what := _about_greeting(text):
        yield Finding("name", what)
    if not _introduces(text):
        yield Finding("specialisation", message("letter-no-introduction"))
    if not any(_names_post(sentence) for sentence in _lines_of(text)):
        yield Finding("proof", message("letter-no-proof"))
    for what in _about_topics(text, limits):
        yield Finding("topics", what)
    if what := _about_links(text, limits.message_links if kind == "message" else limits.email_links):
        yield Finding("links", what)
    for what in _about_questions(text):
        yield Finding("question", what)
    for what in _about_sentences(text, limits):
        yield Finding("plain", what)
    if what := _about_length(text, kind, limits):
        yield Finding("length", what)


def _about_greeting(text: str) -> Message | None:
    """Say whether a letter greets somebody by name; the name may stand before the greeting."""
    begin = text.lstrip()[:120]
    words = f" {fold_letters(begin)} "
    if any(words.startswith(f" {phrase} ") for phrase in words_of("letters.impersonal")):
        return message("letter-greets-anybody")
    for greeting in sorted(words_of("letters.greetings"), key=lambda one: (-len(one), one)):
        if words.startswith(f" {greeting} "):
            rest = begin[_end_of(greeting, begin) :]
            more = _ONE_MORE.match(rest)
            if more and more[1].islower() and fold_letters(more[1]) not in words_of("letters.introduces"):
                rest = rest[more.end() :]
            name = _NAME.match(rest)
            if name and _is_name(name[1]):
                return None
            return message("letter-no-name")
    name = _NAME.match(begin)
    if name and _is_name(name[1]):
        return None
    return message("letter-no-greeting")


def _end_of(greeting: str, text: str) -> int:
    """Return where a greeting ends in a text that begins with it: behind as many words."""
    count = len(greeting.split())
    ends = [found.end() for found in re.finditer(r"[^\W_]+", text)]
    return ends[count - 1] if len(ends) >= count else len(text)


def _is_name(words: str) -> bool:
    """Whether words are a name: capitals, and nothing with which people speak of themselves or of anybody."""
    parts = words.split()
    plain = fold_letters(words)
    spoken = words_of("letters.introduces") | words_of("letters.impersonal")
    return (
        bool(parts)
        and all(part[0].isupper() for part in parts)
        and not any(plain == one or plain.startswith(f"{one} ") for one in spoken)
    )


def _introduces(text: str) -> bool:
    """Whether somebody says who they are, and for how long or with which practice."""
    words = f" {fold_letters(text)} "
    return any(f" {one} " in words for one in words_of("letters.introduces")) and _has_beginning(
        words, "letters.experience"
    )


def _has_beginning(folded: str, section: str) -> bool:
    return any(f" {stem}" in folded for stem in words_of(section))


def _names_post(sentence: str) -> bool:
    """Whether a sentence speaks of a post on a day."""
    words = f" {fold_letters(sentence)} "
    return _has_beginning(words, "letters.their_post") and (bool(_DATE.search(sentence)) or _has_day(words))


def _has_day(folded: str) -> bool:
    """Whether a number stands beside the name of a month, in any of its forms."""
    words = folded.split()
    return any(
        _is_month(word) and any(near.isdigit() for near in words[max(0, at - 2) : at + 2])
        for at, word in enumerate(words)
    )


@cache
def _is_month(word: str) -> bool:
    return any(
        word == stem or (len(stem) > SHORT and word.startswith(stem) and len(word) <= len(stem) + LONGEST_ENDING)
        for stem in _months()
    )


@cache
def _months() -> frozenset[str]:
    """Return the names of months without the endings that change: of the languages that do not list all forms."""
    tables = ("months", "month_beginnings")
    names = (fold(name) for table in tables for month in keys_of(table) for name in words_of(f"{table}.{month}"))
    return frozenset(name.removesuffix("οσ") if _GREEK.search(name) else _LATIN_ENDING.sub("", name) for name in names)


def _about_topics(text: str, limits: Limits) -> Iterator[Message]:
    """Yield whether topics are named: as headlines in quotes, or as a numbered list."""
    numbered = len(_NUMBERED.findall(text))
    if numbered > limits.topics:
        yield message("letter-topics-many", topics=numbered, most=limits.topics)
    if not numbered and not any(map(_is_headline, _QUOTED.finditer(text))):
        yield message("letter-no-topic")


def _about_links(text: str, wanted: tuple[int, int]) -> Message | None:
    least, most = wanted
    plain = _EMAIL.sub(" ", text)
    count = sum(1 for link in links(plain) if link.sure or "/" in plain[link.start : link.end])
    if least <= count <= most:
        return None
    wanted_text = str(most) if least == most else f"{least}-{most}"
    return message("letter-links-few" if count < least else "letter-links-many", links=count, wanted=wanted_text)


def _about_questions(text: str) -> Iterator[Message]:
    """Yield what is wrong with the question: none, too early, or several without numbers."""
    paragraphs = [part for part in _PARAGRAPH.split(text.strip()) if part.strip()]
    asking = [(at, question) for at, part in enumerate(paragraphs) for question in _questions_in(part)]
    if not asking:
        yield message("letter-no-question")
        return
    if len(asking) > 1 and not all(_NUMBERED.match(question) for _, question in asking):
        yield message("letter-questions-unnumbered", questions=len(asking))
    if len(paragraphs) - 1 - asking[-1][0] > AFTER_THE_QUESTION - 1:
        yield message("letter-question-early")


def _questions_in(paragraph: str) -> Iterator[str]:
    """Yield the questions of a paragraph.

    Those in quotes are none, nor are those that readers asked, behind a colon, and those that a topic answers, behind
    its headline.
    """
    for line in paragraph.splitlines():
        of_topic = False
        for sentence in sentences(_QUOTED.sub(_unquoted, line)):
            before, colon, _ = sentence.partition(": ")
            asks = _QUESTION.search(sentence) or _GREEK_QUESTION.search(sentence)
            if asks and not of_topic and not (colon and before.strip()):
                yield sentence
            of_topic = of_topic or _HEADLINE in sentence


def _unquoted(quoted: re.Match[str]) -> str:
    """Return what stands for a text in quotes: nothing of it, but whether it is a headline."""
    return f"{_HEADLINE if _is_headline(quoted) else ''}»"


def _is_headline(quoted: re.Match[str]) -> bool:
    """Whether a text in quotes may stand above an article: a few words that begin with a capital or a number."""
    words = next(filter(None, quoted.groups()), "").strip()
    return count_words(words) >= HEADLINE_WORDS and not words[:1].islower()


def _lines_of(text: str) -> Iterator[str]:
    """Yield sentences; the end of a line ends one too, since a list has a sentence a line."""
    for line in text.splitlines():
        yield from filter(str.strip, sentences(line))


def _about_sentences(text: str, limits: Limits) -> Iterator[Message]:
    longest = max((count_words(one) for one in _lines_of(text)), default=0)
    if longest > limits.sentence_words:
        yield message("letter-sentence-long", words=longest, most=limits.sentence_words)
    most = limits.lix.get(language_of(text))
    index = lix(text)
    if most is not None and index > most:
        yield message("letter-hard-to-read", index=index, most=most)


def _about_placeholders(text: str) -> Iterator[Message]:
    for left in dict.fromkeys(_PLACEHOLDER.findall(text)):
        yield message("letter-placeholder", words=left)


def _about_length(text: str, kind: str, limits: Limits) -> Message | None:
    if kind == "email":
        words = count_words(text) - limits.email_words
        return message("letter-words-over", words=words, most=limits.email_words) if words > 0 else None
    least, most = limits.message_characters
    if len(text) > most:
        return message("letter-too-long", characters=len(text) - most, most=most)
    if len(text) < least:
        return message("letter-too-short", characters=least - len(text), least=least)
    return None


def _about_subject(subject: str, limits: Limits) -> Iterator[Message]:
    least, most = limits.subject_characters
    if not subject:
        yield message("letter-no-subject", least=least, most=most)
    elif len(subject) > most:
        yield message("letter-subject-long", characters=len(subject) - most, least=least, most=most)
    elif len(subject) < least:
        yield message("letter-subject-short", characters=least - len(subject), least=least, most=most)


def _about_source(text: str) -> Iterator[Message]:
    """Yield whether it is said where the contact was found, and how it is deleted."""
    words = f" {fold_letters(text)} "
    if not (_has_beginning(words, "letters.contact") and _has_beginning(words, "letters.delete")):
        yield message("letter-no-source")


def _about_follow_up(text: str, limits: Limits) -> Iterator[Finding]:
    if len(text) > limits.follow_up_characters:
        over = len(text) - limits.follow_up_characters
        yield Finding("follow_up", message("letter-too-long", characters=over, most=limits.follow_up_characters))
    if not any(True for _ in _questions_in(text)):
        yield Finding("question", message("letter-no-question"))
