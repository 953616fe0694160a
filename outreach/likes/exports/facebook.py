"""Facebook's "Download your information": pages, people and groups, as JSON and as web pages.

A file is one object whose only key tells what it lists; the names of files stay English in every account. Until 2023
pages came without an address, and pages followed, people and groups still do.

Groups are a log, not a list: a record for each time that the person joined or left, as a sentence in the language of
the account. What counts is the last one of each group. Sentences seen in exports, or quoted from them: English, French
and Danish (joining and leaving), Dutch (joining). The others are the usual ways to say it, from nobody's export. So the
meaning is taken from beginnings of words, and only a name that stands nowhere else is cut out of a whole sentence.

Built from files of 2022, and from the keys and types of exports of 2023-2025. From documents only: the web pages (the
markup that others expect of them), the oldest keys, the menu path in ``ask``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import from_seconds, iso_moment, number_of
from outreach.keys import identify, name_key
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.meta import (
    COPY,
    FOLDERS,
    REST,
    first_key,
    items,
    looks_like_page,
    page_records,
    stem,
    text_of,
)
from outreach.messages import message
from outreach.words.fold import fold
from outreach.words.vocabulary import texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part
    from outreach.likes.exports.meta import PageRecord

__all__ = ["Event", "Facebook", "Meaning", "memberships", "understood"]

GROUPS: Final = "groups_joined"
FOLLOWING: Final = "following"
LISTS: Final = frozenset({"page_likes", "pages_followed", FOLLOWING, GROUPS})
"""Keys without their version (``_v2``)."""

FRIENDS: Final = "friends"
OTHERS: Final = {
    "pages_unfollowed": "pages-no-longer-followed",
    "recommended_pages": "pages-recommended",
    "pages": "pages-run",
    "groups_admined": "groups-administered",
    "followers": "followers-refused",
    "friends": FRIENDS,
    "deleted_friends": FRIENDS,
    "rejected_requests": FRIENDS,
    "received_requests": FRIENDS,
    "sent_requests": FRIENDS,
    "blocked_users": "accounts-blocked",
}

# By the name of the file, as ``stem`` leaves it: which list it is, or why it is none.
NAMES: Final = {
    "pages_you_ve_liked": "page_likes",
    "pages_you_follow": "pages_followed",
    "pages_and_profiles_you_follow": "pages_followed",
    "who_you_ve_followed": FOLLOWING,
    "who_you_follow": FOLLOWING,
    "following": FOLLOWING,
    "your_group_membership_activity": GROUPS,
    "pages_you_ve_unfollowed": "pages_unfollowed",
    "pages_and_profiles_you_ve_unfollowed": "pages_unfollowed",
    "pages_you_ve_recommended": "recommended_pages",
    "pages_and_profiles_you_ve_recommended": "recommended_pages",
    "your_pages": "pages",
    "your_groups": "groups_admined",
    "who_s_followed_you": "followers",
    "who_s_following_you": "followers",
    "your_friends": "friends",
    "removed_friends": "deleted_friends",
    "rejected_friend_requests": "rejected_requests",
    "received_friend_requests": "received_requests",
    "sent_friend_requests": "sent_requests",
    "people_you_may_know": "friends",
    "groups_you_ve_visited": "visits",
    "pages_you_are_a_customer_of": "customer",
    "your_recently_followed_history": "history",
    "group_invites_you_ve_received": "invites",
}
NEWER: Final = {
    "visits": "groups-visited",
    "customer": "pages-of-shops",
    "history": "followed-lately",
    "invites": "group-invitations",
}
OTHER_LISTS: Final = OTHERS | NEWER
"""Code of what a file holds instead of follows."""

OLD_FOLDER: Final = "following_and_followers/following."
VERSION: Final = re.compile(r"_v\d+$")
NO_RECORD: Final = message("not-a-facebook-record")
NO_NAME: Final = message("no-name")
NO_GROUP: Final = message("group-sentence-unknown")
NEITHER: Final = message("group-event-neither")

LONGEST: Final = 1000


class Meaning(Enum):
    """What happened to a membership."""

    JOINED = auto()
    LEFT = auto()
    NOTHING = auto()
    """Asked, invited, declined: neither joined nor left."""
    UNKNOWN = auto()


BEGINNINGS: Final = (
    ("approved", Meaning.JOINED),
    ("left", Meaning.LEFT),
    ("nothing", Meaning.NOTHING),
    ("joined", Meaning.JOINED),
)
"""In this order: "approved your request" is no request, and "no longer a member" no membership."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says, and of which group; the name is empty where it does not tell."""

    meaning: Meaning
    group: str


class Facebook(FileByFile):
    """Pages liked and followed, people followed, memberships of groups."""

    name = "facebook"
    platform = "facebook"
    reads = "pages liked and followed, people followed, groups by their log of memberships; JSON and HTML, since 2018"
    ask = (
        "Settings > Accounts Center > Your information and permissions > Export your information: Facebook profile, "
        "format JSON, date range All time; the categories Pages, Groups and Followers are enough"
    )
    evidence: Evidence = "real file"
    paths = re.compile(
        rf"(?<![^/]){FOLDERS}(?:(?<=following_and_followers/)following|{REST}pages_(?:and_profiles_)?you{REST}|who_you{REST}"
        rf"|who.s_foll{REST}|your_group_membership_activity|your_pages|your_groups|{REST}friend{REST}|groups_you{REST}"
        rf"|group_invites{REST}|people_you_may_know|your_recently_followed_history){COPY}\.(?:json|html?)\Z",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the first key, of web pages and newer lists by the name of the file."""
        return _kind(source) is not None

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield what one file lists."""
        kind = _kind(source) or ""
        if kind not in LISTS:
            yield other_list(source, OTHER_LISTS.get(kind, "no-list-in-it"))
            return
        yield Listed(self.platform)
        paged = looks_like_page(source.beginning)
        records = list(_from_page(source) if paged else _from_json(source))
        yield from _groups(source.label, records) if kind == GROUPS else _named(source.label, records, paged=paged)
        if kind == FOLLOWING and records:
            yield Remark(message("people-and-pages-together"))


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of either format: a name or a sentence, an address, a time."""

    line: int
    name: str
    sentence: str
    url: str
    time: float | None
    followed_at: str


def _kind(source: Source) -> str | None:
    """Return which list a file is, by its key without the version; None where it is not Facebook's."""
    if key := first_key(source):
        return _kind_of_key(source, key)
    by_name = NAMES.get(stem(source))
    if by_name == FOLLOWING and stem(source) == FOLLOWING and OLD_FOLDER not in source.inner:
        return None  # Instagram has a file of this name too
    page = looks_like_page(source.beginning)
    newer = source.beginning.lstrip().startswith("[") and "label_values" in source.json_keys
    return by_name if page or newer else None


def _kind_of_key(source: Source, key: str) -> str | None:
    kind = VERSION.sub("", key)
    if kind not in LISTS and kind not in OTHERS:
        return None
    if kind != key or kind in {"page_likes", "pages_followed", GROUPS, "groups_admined", "pages_unfollowed"}:
        return kind
    # The oldest exports have no version, and their words are everybody's.
    own = (
        kind == FOLLOWING
        and source.name.lower().startswith(FOLLOWING)
        and source.json_keys <= {kind, "name", "timestamp"}
    )
    return kind if own and (OLD_FOLDER in source.inner or "name" in source.json_keys) else None


def _from_json(source: Source) -> Iterator[_Record | Rejected]:
    lists = source.json
    if not isinstance(lists, dict):
        raise InputError(
            "a newer, unknown form of this list",
            where=source.label,
            hint="give the other files of the export",
        )
    for key, listed in lists.items():
        if VERSION.sub("", key) in LISTS:
            for line, record in enumerate(items(source, listed), start=1):
                yield _json_record(source.label, line, record)


def _json_record(label: str, line: int, record: Any) -> _Record | Rejected:
    if not isinstance(record, dict):
        return Rejected(label, line, NO_RECORD)
    data = record.get("data")
    first = data[0] if isinstance(data, list) and data else None
    inner = text_of(first.get("name")) if isinstance(first, dict) else ""
    title = text_of(record.get("title"))
    when = record.get("timestamp")
    url = record.get("url")
    return _Record(
        line,
        text_of(record.get("name")) or inner,
        title,
        url.strip() if isinstance(url, str) else "",
        number_of(when),
        from_seconds(when),
    )


def _from_page(source: Source) -> Iterator[_Record]:
    for line, record in enumerate(page_records(source.label, source.text), start=1):
        moment = record.moment
        yield _Record(
            line,
            _below(record),
            record.name,
            record.links[0] if record.links else "",
            moment.replace(tzinfo=UTC).timestamp() if moment else None,
            iso_moment(moment) if moment else "",
        )


def _below(record: PageRecord) -> str:
    """Return the name of a group that stands once more below the sentence, empty where it does not."""
    below = record.texts if record.heading else record.texts[1:]
    return next((text for text in below if text != record.name and text in record.name), "")


def _named(label: str, records: list[_Record | Rejected], *, paged: bool) -> Iterator[Like | Rejected]:
    """Yield pages and people: their names, and addresses where these lead to a resource."""
    for record in records:
        if isinstance(record, Rejected):
            yield record
        elif name := (record.sentence if paged else record.name or record.sentence):
            yield Like(
                "facebook", url=_address(record.url), name=name, followed_at=record.followed_at, line=record.line
            )
        else:
            yield Rejected(label, record.line, NO_NAME)


def _address(url: str) -> str:
    """Return an address that names a resource, empty for one that does not: the name is left then."""
    return url if url.lower().startswith(("https://", "http://")) and identify(url).key else ""


def _groups(label: str, records: list[_Record | Rejected]) -> Iterator[Like | Rejected | Remark]:
    yield from (record for record in records if isinstance(record, Rejected))
    yield from memberships(label, [_event(record) for record in records if isinstance(record, _Record)])


def _event(record: _Record) -> Event:
    if not record.sentence:
        return Event(record.line, record.name, Meaning.UNKNOWN, record.time, record.followed_at)
    sentence = understood(record.sentence, record.name)
    return Event(record.line, sentence.group, sentence.meaning, record.time, record.followed_at)


@dataclass(frozen=True, slots=True)
class Event:
    """One record of the log.

    Args:
        line: Its number, from 1.
        group: Name of the group, empty where it is not known.
        meaning: What happened.
        time: When, by any clock that orders them; None where it is not known.
        followed_at: When, as a like has it.

    """

    line: int
    group: str
    meaning: Meaning
    time: float | None
    followed_at: str


@dataclass(slots=True)
class _Membership:
    """What is known of one group so far."""

    meaning: Meaning
    since: Event


def memberships(label: str, events: Sequence[Event]) -> Iterator[Like | Rejected | Remark]:
    """Yield the groups of which the person is a member at the end of a log.

    A sentence in words that are not known counts as joining where nothing that is known speaks of the group.

    Example:
        >>> log = [Event(1, "SMM", Meaning.LEFT, 20.0, ""), Event(2, "SMM", Meaning.JOINED, 10.0, "")]
        >>> [part.message for part in memberships("groups.json", log)]
        [Message(code='groups-left', values=(('groups', 1),))]

    """
    yield from _unusable(label, events)
    groups: dict[str, _Membership] = {}
    for event in in_order([event for event in events if event.group and event.meaning is not Meaning.NOTHING]):
        _note(groups, event)
    for membership in sorted(groups.values(), key=lambda membership: membership.since.line):
        if membership.meaning is not Meaning.LEFT:
            yield Like(
                "facebook",
                name=membership.since.group,
                followed_at=membership.since.followed_at,
                line=membership.since.line,
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


def _unusable(label: str, events: Sequence[Event]) -> Iterator[Rejected]:
    for event in events:
        if event.meaning is Meaning.NOTHING:
            yield Rejected(label, event.line, NEITHER)
        elif not event.group:
            yield Rejected(label, event.line, NO_GROUP)


def _remarks(groups: Iterable[_Membership], events: Sequence[Event]) -> Iterator[Remark]:
    left = sum(membership.meaning is Meaning.LEFT for membership in groups)
    unknown = sum(event.meaning is Meaning.UNKNOWN and bool(event.group) for event in events)
    if left:
        yield Remark(message("groups-left", groups=left))
    if unknown:
        yield Remark(message("group-words-unknown", records=unknown))


def understood(text: str, group: str = "") -> Sentence:
    """Return what a sentence says.

    Args:
        text: The sentence.
        group: The name beside it, empty where there is none.

    Example:
        >>> understood("You stopped being a member of Riga Cooks.")
        Sentence(meaning=<Meaning.LEFT: 2>, group='Riga Cooks')
        >>> understood("Je bent lid geworden van Wij stoppen.", "Wij stoppen").meaning.name
        'JOINED'

    """
    if len(text) > LONGEST:
        return Sentence(Meaning.UNKNOWN, group)
    sentence = unicodedata.normalize("NFC", text)
    group = unicodedata.normalize("NFC", group) or _cut(sentence)
    rest = " ".join(sentence.rpartition(group)[::2]) if group else sentence
    return Sentence(_meaning(rest, sentence), group)


def _cut(sentence: str) -> str:
    """Return the name that stands in a sentence that we know, empty where we do not."""
    sentence = sentence.removesuffix(".")
    plain = sentence.replace("’", "'")
    found = next((found for pattern in _patterns() if (found := pattern.fullmatch(plain))), None)
    return sentence[slice(*found.span(1))].strip() if found else ""


def _meaning(rest: str, sentence: str) -> Meaning:
    """Return what the words around a name say; those of a member alone only in a sentence known word for word."""
    folded = fold(rest)
    for pattern, meaning in _stems():
        if pattern.search(folded):
            return meaning
    return Meaning.JOINED if _members().search(folded) and _cut(sentence) else Meaning.UNKNOWN


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in texts_of("patterns.membership"))


@cache
def _members() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words_of('memberships.member')))})")


@cache
def _stems() -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(sorted(words_of(f'memberships.{name}')))})"), meaning)
        for name, meaning in BEGINNINGS
    )
