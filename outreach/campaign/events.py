"""What happens between us and a place: acquaintance, letters, answers, money, posts; and how far it has come.

Events are added and never changed. Those of a person or a place lie in the address book, those of a placement in the
campaign's ledger; how far something is follows from both, in whatever order and however often they come.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.errors import InputError
from outreach.keys import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "ANSWERS",
    "CHANNELS",
    "CLOSED",
    "ENOUGH",
    "FIELDS",
    "KINDS",
    "PLACEMENT_KINDS",
    "PLAYS",
    "STAGES",
    "STAGE_OF_STATUS",
    "STATUS_OF_STAGE",
    "UNWRITABLE",
    "Event",
    "Kind",
    "acquaintance",
    "checked",
    "plays_behind",
    "stage_of",
    "status_of",
]

STAGES: Final = ("new", "acquainted", "written", "answered", "quoted", "agreed", "booked", "published")
"""How far a place is, each stage behind the one before."""

CLOSED: Final = ("declined", "removed")
"""Where it ended. A letter, an answer, a price or a post of a later moment opens it again."""

RANKS: Final = {stage: rank for rank, stage in enumerate((*CLOSED, *STAGES))}

STATUS_OF_STAGE: Final = {
    "new": "drafted",
    "acquainted": "drafted",
    "written": "sent",
    "answered": "sent",
    "quoted": "quoted",
    "agreed": "booked",
    "booked": "booked",
    "published": "published",
    "declined": "declined",
    "removed": "removed",
}
"""The status of a placement whose events lead to a stage."""

STAGE_OF_STATUS: Final = {
    "drafted": "new",
    "sent": "written",
    "quoted": "quoted",
    "booked": "booked",
    "published": "published",
    "declined": "declined",
    "removed": "removed",
}
"""The stage that a status stands for: what ``set_back`` answers. All but ``drafted`` are kinds of events, too."""

CHANNELS: Final = ("telegram", "whatsapp", "messenger", "message", "email", "form", "telephone", "meeting")
"""How people are reached; ``message`` is a direct message of whatever network the place is on."""

PLAYS: Final = ("comment", "interview", "free_work")
"""Ways to get acquainted."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of event means.

    Args:
        stage: How far it leads at least; empty where it says nothing of that.
        opens: Whether it opens a place again that was closed before it.
        play: The way to get acquainted that it is a step of.
        answers: What may stand under answer.
        placement: Whether it is about a placement, and lies in the ledger.

    """

    stage: str = ""
    opens: bool = False
    play: str = ""
    answers: tuple[str, ...] = ()
    placement: bool = False


ANSWERS: Final = {"yes": "agreed", "no": "declined", "price": "quoted", "later": "answered"}
"""What people reply, and how far that leads; a reply without one leads to ``answered``."""

KINDS: Final = {
    # of a person or a place
    "began": Kind(answers=PLAYS),
    "followed": Kind("acquainted"),
    "commented": Kind("acquainted", play="comment"),
    "shared": Kind("acquainted", play="comment"),
    "asked": Kind("acquainted"),
    "interview_asked": Kind("acquainted", play="interview"),
    "interview_done": Kind("acquainted", play="interview"),
    "free_work_offered": Kind("acquainted", play="free_work"),
    "free_work_delivered": Kind("acquainted", play="free_work"),
    "wrote": Kind("written", opens=True),
    "followed_up": Kind("written"),
    "replied": Kind("answered", opens=True, answers=tuple(ANSWERS)),
    "quoted": Kind("quoted", opens=True),
    "agreed": Kind("agreed", opens=True),
    "declined": Kind("declined"),
    "note": Kind(),
    # of a placement
    "sent": Kind("written", opens=True, placement=True),
    "booked": Kind("booked", opens=True, placement=True),
    "invoiced": Kind("booked", placement=True),
    "paid": Kind("booked", placement=True),
    "refunded": Kind(placement=True),
    "published": Kind("published", opens=True, placement=True),
    "viewed": Kind("published", placement=True),
    "looked": Kind(answers=("there", "gone", "unseen"), placement=True),
    "claimed": Kind(answers=("repeat", "money"), placement=True),
    "removed": Kind("removed", placement=True),
    "set_back": Kind(answers=tuple(STATUS_OF_STAGE), placement=True),
}
"""All kinds of events.

``began`` says which way to get acquainted was chosen; ``viewed`` has the post's views as its count; ``looked`` says
whether the post was found at its address; ``claimed`` asks for a repeat or for the money; ``set_back`` says that the
stage is its answer, whatever was written down before.
"""

PLACEMENT_KINDS: Final = frozenset(name for name, kind in KINDS.items() if kind.placement)
"""Kinds that lie in the ledger; of ``quoted``, ``agreed`` and ``declined`` those lie there that name a placement."""

LARGEST: Final = 10**12
MOST_ROUNDS: Final = 10**6
LONGEST: Final = 10_000
MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z)?")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")  # no database takes these


class Event(NamedTuple):
    """One thing that happened; a tuple, since ledgers hold a hundred thousand of them.

    Args:
        kind: One of :data:`KINDS`.
        at: When: a day, or a moment in UTC, ISO 8601.
        answer: What was answered, where the kind has answers; else empty.
        channel: One of :data:`CHANNELS`, or empty.
        campaign: Slug of the campaign; empty where it is for none.
        resource: Key of the place; empty where it is about the person alone.
        variant: Of the placement; empty where it is about none.
        round: Likewise; 0.
        person: Id of the person in the address book, or empty.
        by: Who acted, on our side.
        amount: Sum of money, in ``currency``.
        currency: Three letters, or empty.
        format: What was sold: ``1/24``, ``2/48``, ``story``.
        count: Views of a post.
        due: Day on which something is promised: an answer, a post, a payment.
        url: Of a post, a comment, an invoice.
        note: Anything else.
        recorded_at: When it was written down, UTC, to the microsecond; filled in where it is empty.
        id: Its number where it lies; None before.

    Example:
        >>> Event(kind="commented", at="2026-11-03", resource="telegram:smm_riga").stage
        'acquainted'
        >>> Event(kind="replied", answer="price", at="2026-11-05", resource="telegram:smm_riga").stage
        'quoted'

    """

    kind: str
    at: str
    answer: str = ""
    channel: str = ""
    campaign: str = ""
    resource: str = ""
    variant: str = ""
    round: int = 0
    person: str = ""
    by: str = ""
    amount: float | None = None
    currency: str = ""
    format: str = ""
    count: int | None = None  # type: ignore[assignment]  # a tuple counts its items, which nobody asks of an event
    due: str = ""
    url: str = ""
    note: str = ""
    recorded_at: str = ""
    id: int | None = None

    @property
    def stage(self) -> str:
        """How far it leads at least; empty where it says nothing of that."""
        kind = KINDS.get(self.kind)
        if kind is None or self.kind == "set_back":
            return ""
        return ANSWERS.get(self.answer, kind.stage) if self.kind == "replied" else kind.stage

    @property
    def day(self) -> str:
        """The day on which it happened, UTC."""
        return self.at[:10]


FIELDS: Final = Event._fields
TEXTS: Final = tuple(name for name in FIELDS if name not in {"round", "amount", "count", "id"})


def stage_of(events: Iterable[Event]) -> str:
    """Return how far events lead: the furthest stage, or where it was closed and not opened again later.

    Only the events themselves count and their days, never their order, and repeated ones count once. Of two on one day
    the one counts as later that was written down later; of a close and an opening at the same moment the close holds.

    Example:
        >>> wrote = Event(kind="wrote", at="2026-11-03")
        >>> no = Event(kind="replied", answer="no", at="2026-11-05")
        >>> commented = Event(kind="commented", at="2026-11-10")
        >>> stage_of([]), stage_of([commented, wrote]), stage_of([no, commented, wrote])
        ('new', 'written', 'declined')
        >>> stage_of([no, wrote, Event(kind="quoted", at="2027-02-01")])
        'quoted'

    """
    known = [one for one in events if one.kind in KINDS]
    backs = [(_written(one), _rank(one.answer), one.answer) for one in known if one.kind == "set_back"]
    back, _, start = max(backs, default=("", 0, "new"))
    told = [one for one in known if one.stage and _written(one) > back]
    closed = max(((_moment(one), one.stage) for one in told if one.stage in CLOSED), default=None)
    opened = [one for one in told if one.stage not in CLOSED and (closed is None or _moment(one) > closed[0])]
    ended = closed[1] if closed else start if start in CLOSED else ""
    if ended and not any(KINDS[one.kind].opens for one in opened):
        return ended
    return max(("new" if ended else start, *(one.stage for one in opened)), key=_rank)


def status_of(events: Iterable[Event]) -> str:
    """Return the status of a placement that follows from its events, ``drafted`` where there is none.

    Example:
        >>> status_of([Event(kind="paid", at="2026-11-03"), Event(kind="published", at="2026-11-05")])
        'published'

    """
    return STATUS_OF_STAGE[stage_of(events)]


ENOUGH: Final = 3
"""Things to do to get acquainted before a letter."""


def acquaintance(events: Iterable[Event]) -> int:
    """Return how many things were done to get acquainted; one record of two databases counts once.

    Example:
        >>> commented = Event(kind="commented", at="2026-11-03")
        >>> acquaintance([commented, commented, Event(kind="wrote", at="2026-11-04")])
        1

    """
    return len({one._replace(id=None) for one in events if one.stage == "acquainted"})


def plays_behind(events: Iterable[Event]) -> frozenset[str]:
    """Return the ways to get acquainted that events are steps of.

    Example:
        >>> sorted(plays_behind([Event(kind="commented", at="2026-11-03"), Event(kind="wrote", at="2026-11-04")]))
        ['comment']

    """
    return frozenset(play for one in events if one.kind in KINDS and (play := KINDS[one.kind].play))


def checked(event: Event) -> Event:
    """Return an event as it is kept.

    Raises:
        InputError: A value is none of those that it may have.

    Example:
        >>> checked(Event(kind="followed", at="2026-11-03")).day
        '2026-11-03'

    """
    if fault := next(_faults(event), ""):
        raise InputError(fault, where="an event cannot be saved")
    return event._replace(amount=None if event.amount is None else float(event.amount))


def _rank(stage: str) -> int:
    return RANKS.get(stage, 0)


def _moment(event: Event) -> tuple[str, str, str]:
    return event.day, event.recorded_at.rstrip("Z"), event.at


def _written(event: Event) -> str:
    """Return when an event was written down, to be compared: with or without parts of a second."""
    return (event.recorded_at or event.at).rstrip("Z")


def _faults(event: Event) -> Iterator[str]:
    """Yield why an event cannot be saved, in words without its text."""
    texts = [getattr(event, name) for name in TEXTS]
    if not all(isinstance(text, str) and len(text) <= LONGEST and not UNWRITABLE.search(text) for text in texts):
        yield "a text is too long, or contains an invalid character"
        return
    if event.kind not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}"
        return
    answers = KINDS[event.kind].answers
    if event.answer not in ("", *answers) or (event.kind == "set_back" and not event.answer):
        yield f"answer must be one of {', '.join(answers)}" if answers else f"{event.kind} has no answer"
    if not MOMENT.fullmatch(event.at) or (event.recorded_at and not MOMENT.fullmatch(event.recorded_at)):
        yield "a time must look like 2026-05-12 or 2026-05-12T09:00:00Z"
    if event.due and not DAY.fullmatch(event.due):
        yield "due must look like 2026-05-12"
    if event.channel not in ("", *CHANNELS):
        yield f"channel must be one of {', '.join(CHANNELS)}"
    if event.resource and identify(event.resource).key != event.resource:
        yield "resource is not a key; outreach key ADDRESS prints one"
    if event.kind in PLACEMENT_KINDS and not event.resource:
        yield f"{event.kind} is about a post, but names no place"
    yield from _odd_numbers(event)


def _odd_numbers(event: Event) -> Iterator[str]:
    amount, count = event.amount, event.count
    if amount is not None and not (math.isfinite(amount) and 0 <= amount <= LARGEST):
        yield "amount is not a sum of money"
    if event.currency and not CURRENCY.fullmatch(event.currency):
        yield "currency must look like EUR"
    if count is not None and not 0 <= count <= LARGEST:
        yield "count is not a number of people"
    if not 0 <= event.round <= MOST_ROUNDS:
        yield "round is not a number from 1 up"
