"""Facebook's log of group memberships: who is a member of what in the end.

It is a log, not a list: a record for each time that the person joined or left, as a sentence. What counts is the last
one of each group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.keys import name_key
from outreach.likes.readers.base import Like, Rejected, Remark
from outreach.likes.readers.facebook_sentences import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Event", "memberships"]

NO_NAME: Final = "a sentence on a group in words that are not known, and no name beside it"
NOTHING: Final = "neither joined nor left: a request or an invitation"


@dataclass(frozen=True, slots=True)
class Event:
    """One record of the log.

    Args:
        line: Its number, from 1.
        group: Name of the group, empty where it is not told.
        meaning: What happened.
        time: When, by any clock that orders them; None where it is not told.
        told: When, as a like tells it.

    """

    line: int
    group: str
    meaning: Meaning
    time: float | None
    told: str


@dataclass(slots=True)
class _Membership:
    """What is known of one group so far."""

    meaning: Meaning
    since: Event


def memberships(events: Sequence[Event]) -> Iterator[Like | Rejected | Remark]:
    """Yield the groups of which the person is a member at the end of a log.

    A sentence in words that are not known counts as joining where nothing that is known speaks of the group.

    Example:
        >>> log = [Event(1, "SMM", Meaning.LEFT, 20.0, ""), Event(2, "SMM", Meaning.JOINED, 10.0, "")]
        >>> [part.text for part in memberships(log)]
        ['1 group left again, not counted']

    """
    yield from _unusable(events)
    groups: dict[str, _Membership] = {}
    for event in in_order([event for event in events if event.group and event.meaning is not Meaning.NOTHING]):
        _note(groups, event)
    for membership in sorted(groups.values(), key=lambda membership: membership.since.line):
        if membership.meaning is not Meaning.LEFT:
            yield Like(
                "facebook", name=membership.since.group, followed_at=membership.since.told, line=membership.since.line
            )
    yield from _remarks(groups.values(), events)


def in_order(events: Sequence[Event]) -> list[Event]:
    """Return events in the order of time, or where some have none in the order in which they stand.

    Example:
        >>> log = [Event(1, "SMM", Meaning.LEFT, 20.0, ""), Event(2, "SMM", Meaning.JOINED, 10.0, "")]
        >>> [event.line for event in in_order(log)]
        [2, 1]

    """
    standing = list(reversed(events)) if _newest_first(events) else list(events)
    if any(event.time is None for event in events):
        return standing
    return sorted(standing, key=lambda event: event.time or 0.0)


def _newest_first(events: Sequence[Event]) -> bool:
    """Tell by the times, or else by what comes first of each group: nobody leaves before he joined."""
    times = [event.time for event in events if event.time is not None]
    if len(times) > 1 and times[0] != times[-1]:
        return times[0] > times[-1]
    firsts: dict[str, Meaning] = {}
    votes = 0
    for event in events:
        first = firsts.setdefault(_same(event.group), event.meaning)
        if {first, event.meaning} == {Meaning.JOINED, Meaning.LEFT}:
            votes += 1 if first is Meaning.LEFT else -1
    return votes >= 0


def _note(groups: dict[str, _Membership], event: Event) -> None:
    known = groups.get(_same(event.group))
    if known is None or event.meaning not in {Meaning.UNKNOWN, known.meaning}:
        groups[_same(event.group)] = _Membership(event.meaning, event)


def _same(group: str) -> str:
    """Return a name as it is compared: as in the keys of places, where case, white space and quotes do not count."""
    return name_key(group, "facebook") or group


def _unusable(events: Sequence[Event]) -> Iterator[Rejected]:
    for event in events:
        if event.meaning is Meaning.NOTHING:
            yield Rejected(event.line, NOTHING)
        elif not event.group:
            yield Rejected(event.line, NO_NAME)


def _remarks(groups: Iterable[_Membership], events: Sequence[Event]) -> Iterator[Remark]:
    left = sum(membership.meaning is Meaning.LEFT for membership in groups)
    unknown = sum(event.meaning is Meaning.UNKNOWN and bool(event.group) for event in events)
    if left:
        yield Remark(f"{left} {'group' if left == 1 else 'groups'} left again, not counted")
    if unknown:
        yield Remark(
            f"{unknown} {'record' if unknown == 1 else 'records'} of groups in words that are not known: counted as "
            "memberships where nothing else is said of the group, though some may have ended"
        )
