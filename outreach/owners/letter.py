"""The letter to an owner: a direct message, an e-mail, and a follow-up to each, as drafts to copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, TemplateError
from outreach.messages import describe, message
from outreach.messages.plurals import FORM
from outreach.owners.checklist import Limits, read_checklist
from outreach.owners.letter_facts import Topic, missing, share_of
from outreach.teasers.sentences import sentences
from outreach.teasers.template_folders import TemplateFolders
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from outreach.messages import Message
    from outreach.owners.checklist import Checklist
    from outreach.owners.letter_facts import Facts
    from outreach.teasers.template_folders import Found

__all__ = ["FIELDS", "KINDS", "Letter", "LetterTemplates", "Part", "count_words", "write_letter"]

KINDS: Final = ("message", "email", "follow_up")
FIELDS: Final = (
    "to", "name", "role", "company", "specialisation", "years", "proof", "links", "contact", "place", "video", "paid",
    "date", "fact", "share", "why", "topics", "headline", "gets", "found", "found_known", "room", "language", "plural",
    "quoted",
)  # fmt: skip
"""What a template of a letter may use, beside ``words``; what was not given is an empty text."""

ROOMIEST: Final = {"message": 4, "email": 3, "follow_up": 0}
"""How much a text may say at most; each step less leaves out proof, then sentences about topics."""

VIDEO: Final = frozenset({"youtube", "tiktok", "twitch", "rutube", "vimeo"})
_WORD: Final = re.compile(r"\w[\w'’.:/@-]*")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff\u0530-\u058f]")
_ENDS: Final = " .։…"


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a letter.

    Args:
        kind: ``message``, ``email`` or ``follow_up``.
        text: To copy.
        subject: Of an e-mail; empty elsewhere.
        remarks: What to look at before it is sent.

    """

    kind: str
    text: str
    subject: str = ""
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one owner.

    Args:
        message: A direct message, which comes first.
        email: An e-mail, where there is an address and no messenger.
        follow_up: To be sent once, as an answer to one's own message or e-mail, which keeps the thread.
        language: Of all of it.

    """

    message: Part
    email: Part
    follow_up: Part
    language: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """All texts, in the order in which they are used."""
        return self.message, self.email, self.follow_up


class LetterTemplates:
    """The templates of letters and their checklist, the user's before those that the program brings.

    Args:
        folder: The user's; it holds ``letter/`` or the templates themselves.

    Raises:
        InputError: There is no such folder.
        TemplateError: A file of it cannot be read.

    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self._folders: Final = TemplateFolders("letter", folder, FIELDS)
        self.checklist: Final[Checklist] = read_checklist(self._folders.paths)

    def text(self, kind: str, values: dict[str, Any], language: str) -> str:
        """Return a text of a letter.

        Raises:
            TemplateError: The template is wrong, or there is none in this language.

        """
        return self._folders.fill(self._needed(kind, language), values, language, self.words(language))

    def words(self, language: str) -> dict[str, str]:
        """Return the words between the facts."""
        return self._folders.words.get(language, {})

    def word(self, name: str, language: str) -> str:
        """Return one of them.

        Raises:
            TemplateError: There is none.

        """
        if name not in (words := self.words(language)):
            raise TemplateError(
                f"words.toml has no {name} below [{language}]", hint="add it to words.toml in --templates DIR"
            )
        return words[name]

    def _needed(self, kind: str, language: str) -> Found:
        names = (f"{kind}.{language}.j2", f"{kind}.j2")
        if (found := self._folders.find(names)) is None:
            raise TemplateError(
                f"no letter template {names[0]}", hint="put it into a folder and name the folder with --templates DIR"
            )
        return found


def write_letter(facts: Facts, templates: LetterTemplates | None = None) -> Letter:
    """Write a letter from facts.

    Each text says as much as its length allows, and gives up proof first, then sentences about topics. Where it is
    too long or too short even so, a remark says by how much.

    Args:
        facts: All of them.
        templates: The program's where there are none.

    Raises:
        InputError: Facts are missing; a line for each, with where to write it.
        TemplateError: A template is wrong.

    """
    templates = templates or LetterTemplates()
    if needed := missing(facts):
        raise InputError(
            f"the letter needs facts that only you know:\n{_listed(needed)}",
            hint="add them, then run the command again",
        )
    values = _values(facts, templates)
    limits = templates.checklist.limits
    follow_up = templates.text("follow_up", values, facts.language)
    return Letter(
        _message(values, facts, templates, limits),
        _email(values, facts, templates, limits),
        Part("follow_up", follow_up),
        facts.language,
    )


def _listed(needed: Iterable[Message]) -> str:
    return "\n".join(f"  {describe(one)}" for one in needed)


def _message(values: dict[str, Any], facts: Facts, templates: LetterTemplates, limits: Limits) -> Part:
    """Return the direct message of the most that fits."""
    least, most = limits.message_characters
    texts = [_text("message", room, values, facts, templates) for room in range(ROOMIEST["message"], -1, -1)]
    best = min(texts, key=lambda text: max(len(text) - most, least - len(text), 0))
    over, under = len(best) - most, least - len(best)
    remarks = []
    if over > 0:
        remarks.append(message("letter-too-long", characters=over, most=most))
    elif under > 0:
        remarks.append(message("letter-too-short", characters=under, least=least))
    return Part("message", best, remarks=tuple(remarks))


def _email(values: dict[str, Any], facts: Facts, templates: LetterTemplates, limits: Limits) -> Part:
    """Return the e-mail of the most that fits, and its subject."""
    texts = [_text("email", room, values, facts, templates) for room in range(ROOMIEST["email"], -1, -1)]
    best = min(texts, key=lambda text: max(count_words(text) - limits.email_words, 0))
    over = count_words(best) - limits.email_words
    remarks = [message("letter-words-over", words=over, most=limits.email_words)] if over > 0 else []
    subject = facts.subject or _subject(values, facts, templates, limits)
    least, most = limits.subject_characters
    if len(subject) > most:
        remarks.append(message("letter-subject-long", characters=len(subject) - most, least=least, most=most))
    elif len(subject) < least:
        remarks.append(message("letter-subject-short", characters=least - len(subject), least=least, most=most))
    return Part("email", best, subject, tuple(remarks))


def _text(kind: str, room: int, values: dict[str, Any], facts: Facts, templates: LetterTemplates) -> str:
    return templates.text(kind, {**values, "room": room}, facts.language)


def _subject(values: dict[str, Any], facts: Facts, templates: LetterTemplates, limits: Limits) -> str:
    """Return the first subject of the right length, else that which misses it least.

    Each line of the template is tried with the headlines of all topics, then with parts of them.
    """
    least, most = limits.subject_characters
    whole = [topic["headline"] for topic in values["topics"]]
    tried = [
        " ".join(line.split())
        for headline in (*whole, *(part for one in whole for part in _parts_of(one)))
        for line in templates.text("subject", {**values, "headline": headline, "room": 0}, facts.language).split("\n")
        if line.strip()
    ]
    best = min(tried, key=lambda subject: max(len(subject) - most, least - len(subject), 0))
    return f"{best[:1].upper()}{best[1:]}"


def _parts_of(headline: str) -> list[str]:
    """Return what stands before and behind the colon of a headline; nothing where it has none."""
    before, colon, behind = headline.partition(": ")
    return [before, behind] if colon else []


def _values(facts: Facts, templates: LetterTemplates) -> dict[str, Any]:
    """Return what the templates may use."""
    writer, language = facts.writer, facts.language
    found, known = _found(facts, templates)
    number = share_of(facts.overlap, facts.listed)
    share = "" if number is None else _choice(templates.word("shares", language), number)
    role = writer.role or writer.specialisation
    return {
        "to": facts.recipient.name,
        "name": writer.name,
        "role": role,
        "company": writer.company,
        "specialisation": writer.specialisation if writer.role else "",
        "years": writer.years,
        "proof": _sentence(" ".join(map(_sentence_of(language), writer.proof))),
        "links": [_bare(link) for link in writer.published[:3]],
        "contact": writer.contact,
        "place": facts.place,
        "video": facts.platform in VIDEO,
        "paid": facts.paid,
        "date": _day(facts, templates),
        "fact": facts.post.fact.rstrip(_ENDS),
        "share": share,
        "why": _sentence_of(language)(facts.why) if facts.why else "",
        "topics": [_topic(one, language) for one in facts.topics],
        "headline": facts.topics[0].headline,
        "gets": _lowered(facts.gets.rstrip(_ENDS)),
        "found": found,
        "found_known": known,
        "room": 0,
        "language": language,
        "plural": lambda number, *forms: forms[min(FORM[language](number), len(forms) - 1)],
        "quoted": lambda words: f"«{words}»" if _CYRILLIC.search(words) else words,
    }


def _topic(topic: Topic, language: str) -> dict[str, str]:
    """Return a topic with its sentences apart."""
    first, second, *_ = [*map(_sentence_of(language), map(str.strip, sentences(topic.text))), ""]
    return {"headline": topic.headline.rstrip(_ENDS), "first": first, "second": second}


def _sentence_of(language: str) -> Any:
    """Return what gives a text the full stop of a language, where nothing ends it yet."""
    stop = "։" if language == "hy" else "."
    return lambda words: words if not words or words[-1] in '.!?…։;:»”"' else f"{words}{stop}"


def _sentence(words: str) -> str:
    return " ".join(words.split())


def _lowered(words: str) -> str:
    """Return a text that goes on inside a sentence: in small letters, but for names and abbreviations."""
    return f"{words[:1].lower()}{words[1:]}" if words[1:2].islower() or words[1:2] == " " else words


def _bare(link: str) -> str:
    """Return an address as people write it into a message, without what browsers add themselves."""
    return re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/")


def _found(facts: Facts, templates: LetterTemplates) -> tuple[str, bool]:
    """Return where the contact was found, and whether it is a usual place, whose words fit into the sentence."""
    typed = facts.recipient.found.rstrip(_ENDS)
    meaning = meanings_of("found_in").get(fold_header(typed), "")
    if meaning:
        return templates.word(f"found_{meaning}", facts.language), True
    return typed, False


def _day(facts: Facts, templates: LetterTemplates) -> str:
    """Return the day of a post in words, with its year where it is another one than today's."""
    day = facts.post.day
    if day is None:
        return ""
    month = _choice(templates.word("months", facts.language), day.month - 1)
    form = templates.word("day" if day.year == facts.today.year else "day_and_year", facts.language)
    return form.replace("DAY", str(day.day)).replace("MONTH", month).replace("YEAR", str(day.year))


def _choice(words: str, number: int) -> str:
    """Return one of the forms of a word in ``words.toml``."""
    forms = words.split("|")
    return forms[number] if number < len(forms) else ""


def count_words(text: str) -> int:
    """Return how many words a text has; an address is one.

    Example:
        >>> count_words("Hi Tom, I'm at zobi.example/en/bridge (14 years).")
        7

    """
    return len(_WORD.findall(text))
