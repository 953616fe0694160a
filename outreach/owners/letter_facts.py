"""What a letter to an owner is made from, and which of it is still missing; nothing of it is ever invented."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.clock import this_day
from outreach.errors import InputError
from outreach.files.toml_values import language, name, text
from outreach.messages import message
from outreach.owners.profile import Writer
from outreach.teasers.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from outreach.files.toml import Loaded
    from outreach.files.toml_checks import Faults
    from outreach.messages import Message
    from outreach.teasers.brief import Brief

__all__ = [
    "LEAST_ASKED",
    "MOST_TOPICS",
    "Facts",
    "Given",
    "Post",
    "Recipient",
    "Topic",
    "day_typed",
    "from_brief",
    "missing",
    "one_line",
    "read_given",
    "share_of",
    "topic_of_brief",
    "typed_topic",
]

NOBODY: Final = Writer()
LEAST_ASKED: Final = 5
"""Fewer customers that were asked are too few to say how many read a place, and somebody could tell who they are."""

MOST_TOPICS: Final = 3
SHARES: Final = ((3, 4), (1, 2), (1, 3), (1, 4))
"""What is said of the customers who follow a place: more than so many of them, or just so many."""

SCRIPTS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
})  # fmt: skip
_FEW_LETTERS: Final = 5  # Zobi, SEO and 24/7 are written alike everywhere


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the letter; what is not known is empty.

    Args:
        name: As one addresses them.
        channel: Where they are written to: a handle, an address, a number.
        language: Of the letter, a code.
        found: Where the contact was found, in words of the letter's language or in one of the usual ones.
        refused: Why nothing is to be written: they declined, say; None where nothing is known against it.

    """

    name: str = ""
    channel: str = ""
    language: str = ""
    found: str = ""
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of theirs that was read.

    Args:
        day: When it came out.
        fact: What is to be said of it, so that it goes on from "In your post of 3 November".

    """

    day: date | None = None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the writer offers to write.

    Args:
        headline: As it would stand above the text.
        text: Two sentences of what is in it.

    """

    headline: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed for one letter, in a file or as options; empty where nothing was.

    Args:
        to: Name of the owner.
        channel: Where they are written to.
        found: Where that was found.
        language: Of the letter.
        post: A post of theirs that was read.
        topics: One to three.
        why: Why this audience, where it is not said by the customers who were asked.
        gets: What readers get.
        subject: Of the e-mail.
        writer: Who writes, by the names of ``[writer]``, where the file says it itself.

    """

    to: str = ""
    channel: str = ""
    found: str = ""
    language: str = ""
    post: Post = Post()
    topics: tuple[Topic, ...] = ()
    why: str = ""
    gets: str = ""
    subject: str = ""
    writer: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def over(self, other: Given) -> Given:
        """Return what both say; where they differ, this one counts.

        Example:
            >>> both = Given(to="Marina").over(Given(to="Anna", found="website"))
            >>> both.to, both.found
            ('Marina', 'website')

        """
        texts = {one: getattr(self, one) for one in TEXTS if getattr(self, one)}
        post = Post(self.post.day or other.post.day, self.post.fact or other.post.fact)
        return replace(
            other, **texts, post=post, topics=self.topics or other.topics, writer=self.writer or other.writer
        )


TEXTS: Final = ("to", "channel", "found", "language", "why", "gets", "subject")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a letter says.

    Args:
        writer: Who writes.
        recipient: Who gets it.
        place: What the place is called.
        platform: Where it is.
        post: A post of theirs that was read.
        topics: One to three.
        gets: What readers get.
        overlap: Customers who follow the place; None where nobody was asked.
        listed: Customers who were asked.
        why: Why this audience, in the marketer's words; instead of the count.
        subject: Of the e-mail; empty makes one.
        language: Of the letter.
        paid: Whether the place takes posts for money.
        in_eu: Whether the rules of the EU hold for the owner, as far as is known.
        today: When it is written.

    """

    writer: Writer = NOBODY
    recipient: Recipient = Recipient()
    place: str = ""
    platform: str = ""
    post: Post = Post()
    topics: tuple[Topic, ...] = ()
    gets: str = ""
    overlap: int | None = None
    listed: int | None = None
    why: str = ""
    subject: str = ""
    language: str = "en"
    paid: bool = False
    in_eu: bool = True
    today: date = field(default=date.min)


def share_of(overlap: int | None, listed: int | None) -> int | None:
    """Return which share of the customers follows a place, as the number of its words in ``words.toml``.

    It names a size and never who: None where fewer than five were asked, or fewer than a quarter of them follow it.

    Example:
        >>> [share_of(*counts) for counts in ((5, 5), (5, 9), (3, 6), (2, 6), (2, 9), (3, 4), (None, None))]
        [0, 1, 2, 4, None, None, None]

    """
    if overlap is None or listed is None or listed < LEAST_ASKED:
        return None
    for number, (part, whole) in enumerate(SHARES):
        if overlap * whole > part * listed:
            return 2 * number - (number > 0)
        if number and overlap * whole == part * listed:
            return 2 * number
    return None


def missing(facts: Facts) -> tuple[Message, ...]:
    """Return everything that a letter still needs, each with where to write it.

    Example:
        >>> [one.code for one in missing(Facts(place="Riga Life"))][:3]
        ['letter-needs-name', 'letter-needs-role', 'letter-needs-years']

    """
    writer, recipient, post = facts.writer, facts.recipient, facts.post
    has = {
        "name": writer.name,
        "role": writer.role or writer.specialisation,
        "years": writer.years,
        "published": writer.published,
        "gets": facts.gets,
        "to": recipient.name,
        "found": recipient.found or not facts.in_eu,
        "post-date": post.day and not _is_later(post.day, facts.today),
        "post-fact": post.fact,
        "topic": facts.topics and all(one.headline and one.text for one in facts.topics),
        "why": facts.why or share_of(facts.overlap, facts.listed) is not None,
    }
    table = "writer" if facts.language == "en" else f"writer.{facts.language}"
    needed = [message(f"letter-needs-{one}", table=table) for one, value in has.items() if not value]
    return (*needed, *_foreign(facts))


def _is_later(day: date, today: date) -> bool:
    """Whether a day is still to come; where nobody says which day it is, none is."""
    return today != date.min and day > today


def _foreign(facts: Facts) -> list[Message]:
    """Return which facts are in another alphabet than the letter, and have to be written once more."""
    writer = facts.writer
    of_writer = {"role": writer.role, "specialisation": writer.specialisation, "proof": " ".join(writer.proof)}
    of_letter = {
        "post_fact": facts.post.fact, "why": facts.why, "gets": facts.gets,
        "topics": " ".join(f"{one.headline} {one.text}" for one in facts.topics),
    }  # fmt: skip
    told = {"language": facts.language}
    return [
        *(message("letter-foreign-writer", name=name, **told)
          for name, words in of_writer.items() if _is_foreign(words, facts.language)),
        *(message("letter-foreign", name=name, **told)
          for name, words in of_letter.items() if _is_foreign(words, facts.language)),
    ]  # fmt: skip


def _is_foreign(words: str, language: str) -> bool:
    """Whether a text has no letter of the script of a language, or one of another script only."""
    letters = [letter for letter in words if letter.isalpha()]
    if len(letters) < _FEW_LETTERS:
        return False
    own = SCRIPTS.get(language)
    if own is not None:
        return not own.search(words)
    others = sum(len(script.findall(words)) for script in SCRIPTS.values())
    return others * 2 > len(letters)


def topic_of_brief(brief: Brief) -> Topic | None:
    """Return the topic that a brief is about: its title, and the first two sentences of the solution.

    Example:
        >>> from outreach.teasers.brief import Brief
        >>> topic_of_brief(Brief("https://a.example", "x", ("Late?",), ("Plan it. Do it. Rest.",), title="On time"))
        Topic(headline='On time', text='Plan it. Do it.')

    """
    if not brief.title:
        return None
    first = sentences(" ".join(brief.variants[0].solution.split()))[:2]
    return Topic(_tidy(brief.title), "".join(first).strip())


def typed_topic(typed: str) -> Topic:
    """Return a topic as it was typed: the headline, a vertical bar, two sentences.

    Raises:
        InputError: A part is missing.

    Example:
        >>> typed_topic("Implant or bridge? | What the price includes. Where extras hide.").headline
        'Implant or bridge?'

    """
    headline, _, rest = typed.partition("|")
    if not headline.strip() or not rest.strip():
        raise InputError("a topic is a headline, a | and two sentences", hint='--topic "Headline | One. Two."')
    return Topic(name(headline), name(rest))


def read_given(path: str | Path) -> Given:
    """Read the facts of one letter from a TOML file.

    Raises:
        InputError: It cannot be read, or something in it cannot be used; a sentence for each, with its line.

    """
    from outreach.campaign.settings import writer_in
    from outreach.files.toml import Kind, load
    from outreach.files.toml_checks import Faults, checked

    kind = Kind("the facts of a letter", "to, found, post_fact", "see docs/howto/letters.md")
    loaded = load(path, kind)
    faults = Faults(loaded)
    given = checked(loaded.tables, OF_FILE, faults, also=("topic", "writer"))
    topics, writer = _topics(loaded, faults), writer_in(loaded, faults)
    if faults.sentences:
        raise InputError("\n".join(faults.sentences), hint="edit it with a plain-text editor")
    post = Post(given.pop("post_date", None), given.pop("post_fact", ""))
    return Given(**given, post=post, topics=topics, writer=MappingProxyType(writer))


def _topics(loaded: Loaded, faults: Faults) -> tuple[Topic, ...]:
    from outreach.files.toml_checks import checked

    several = loaded.tables.get("topic", [])
    if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
        faults.note("topics are separate tables: write [[topic]] above each", "topic")
        return ()
    if len(several) > MOST_TOPICS:
        faults.note(f"more than {MOST_TOPICS} topics: too many to choose from", "topic")
        return ()
    read = (checked(one, OF_TOPIC, faults, "topic") for one in several)
    return tuple(Topic(one.get("headline", ""), one.get("text", "")) for one in read)


def day_typed(value: object) -> date:
    """Return a day that was typed into a file or an option.

    Raises:
        InputError: It is none.

    Example:
        >>> day_typed("3.11.2026"), day_typed(date(2026, 11, 3))
        (datetime.date(2026, 11, 3), datetime.date(2026, 11, 3))

    """
    from outreach.files.cells import Unreadable
    from outreach.files.dates import day, moment

    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    text = name(value)
    if when := moment(text, this_day()):
        return date.fromisoformat(when[:10])
    try:
        found = day(text, first=True)
    except Unreadable:
        found = None
    if found is None:
        raise InputError("not a date", hint="write it like 2026-11-03")
    return found


def one_line(value: object) -> str:
    """Return a text of one line.

    Raises:
        InputError: It has several: in the head of an e-mail they would be taken for other lines of it.

    """
    words = text(value)
    if len(words.splitlines()) > 1:
        raise InputError("a text of one line", hint="remove the line break")
    return name(words)


def _tidy(words: str) -> str:
    return " ".join(words.split())


OF_FILE: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({
    "to": one_line,
    "channel": one_line,
    "found": one_line,
    "language": language,
    "post_date": day_typed,
    "post_fact": name,
    "why": name,
    "gets": name,
    "subject": one_line,
})  # fmt: skip
OF_TOPIC: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({"headline": one_line, "text": name})


def from_brief(brief: Brief | None, language: str) -> tuple[Sequence[Topic], str]:
    """Return the topic and the bonus of a brief, nothing where it is in another language."""
    if brief is None or brief.language != language:
        return (), ""
    topic = topic_of_brief(brief)
    bonus = _tidy(brief.variants[0].bonus).rstrip(".։")
    how = _tidy(brief.bonus_how).rstrip(".։")
    return [topic] if topic else [], f"{bonus} ({how})" if bonus and how else bonus
