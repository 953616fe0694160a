"""Facebook's "Download your information": pages, people and groups, as JSON and as web pages.

A file is one object whose only key tells what it lists; the names of files stay English in every account. Until 2023
pages came without an address, and pages followed, people and groups still do.

Built from files of 2022, and from the keys and types of exports of 2023-2025. From documents only: the web pages (the
markup that others expect of them), the oldest keys, the menu path in ``ask``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.keys import identify
from outreach.likes.readers.base import Like, Listed, Passed, Rejected, Remark
from outreach.likes.readers.facebook_groups import Event, memberships
from outreach.likes.readers.facebook_sentences import Meaning, understood
from outreach.likes.readers.meta import COPY, FOLDERS, REST, first_key, items, stem, text_of
from outreach.likes.readers.meta_pages import looks_like_page, page_records
from outreach.likes.readers.when import from_seconds, number_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.readers.base import Source
    from outreach.likes.readers.meta_pages import PageRecord

__all__ = ["Facebook"]

GROUPS: Final = "groups_joined"
FOLLOWING: Final = "following"
LISTS: Final = frozenset({"page_likes", "pages_followed", FOLLOWING, GROUPS})
"""Keys without their version (``_v2``)."""

FRIENDS: Final = "friends and requests to be one: people, not resources"
OTHERS: Final = {
    "pages_unfollowed": "pages no longer followed",
    "recommended_pages": "pages that the person recommended",
    "pages": "pages that the person runs",
    "groups_admined": "groups that the person administers",
    "followers": "followers, not what the person follows",
    "friends": FRIENDS,
    "deleted_friends": FRIENDS,
    "rejected_requests": FRIENDS,
    "received_requests": FRIENDS,
    "sent_requests": FRIENDS,
    "blocked_users": "people that the person blocked",
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
    "visits": "groups that the person only looked at",
    "customer": "pages of shops where the person bought",
    "history": "a history of what was followed lately; the list itself is another file",
    "invites": "invitations to groups",
}
WHY_NOT: Final = OTHERS | NEWER

OLD_FOLDER: Final = "following_and_followers/following."
VERSION: Final = re.compile(r"_v\d+$")
NO_RECORD: Final = "not a record of a page, a person or a group"
NO_NAME: Final = "no name in this record"
TOGETHER: Final = "people and pages stand together in this list, by name only; both are counted"


class Facebook:
    """Pages liked and followed, people followed, memberships of groups."""

    name = "facebook"
    platform = "facebook"
    reads = "pages liked and followed, people followed, groups by their log of memberships; JSON and HTML, since 2018"
    ask = (
        "Settings > Accounts Center > Your information and permissions > Export your information: Facebook profile, "
        "format JSON, date range All time; the categories Pages, Groups and Followers are enough"
    )
    evidence = "real file"
    paths = re.compile(
        rf"(?<![^/]){FOLDERS}(?:(?<=following_and_followers/)following|{REST}pages_(?:and_profiles_)?you{REST}|who_you{REST}"
        rf"|who.s_foll{REST}|your_group_membership_activity|your_pages|your_groups|{REST}friend{REST}|groups_you{REST}"
        rf"|group_invites{REST}|people_you_may_know|your_recently_followed_history){COPY}\.(?:json|html?)\Z",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the first key, of web pages and newer lists by the name of the file."""
        return _kind(source) is not None

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield what one file lists."""
        kind = _kind(source) or ""
        if kind not in LISTS:
            yield Passed(WHY_NOT.get(kind, "no list of follows in it"))
            return
        yield Listed(self.platform)
        paged = looks_like_page(source.beginning)
        records = list(_from_page(source) if paged else _from_json(source))
        yield from _groups(records) if kind == GROUPS else _named(records, paged=paged)
        if kind == FOLLOWING and records:
            yield Remark(TOGETHER)


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of either format: a name or a sentence, an address, a time."""

    line: int
    name: str
    sentence: str
    url: str
    time: float | None
    told: str


def _kind(source: Source) -> str | None:
    """Return which list a file is, by its key without the version; None where it is not Facebook's."""
    if key := first_key(source):
        return _kind_of_key(source, key)
    by_name = NAMES.get(stem(source))
    if by_name == FOLLOWING and stem(source) == FOLLOWING and OLD_FOLDER not in source.inner:
        return None  # Instagram has a file of this name too
    page = looks_like_page(source.beginning)
    newer = source.beginning.lstrip().startswith("[") and "label_values" in source.keys
    return by_name if page or newer else None


def _kind_of_key(source: Source, key: str) -> str | None:
    kind = VERSION.sub("", key)
    if kind not in LISTS and kind not in OTHERS:
        return None
    if kind != key or kind in {"page_likes", "pages_followed", GROUPS, "groups_admined", "pages_unfollowed"}:
        return kind
    # The oldest exports have no version, and their words are everybody's.
    own = kind == FOLLOWING and source.name.lower().startswith(FOLLOWING) and source.keys <= {kind, "name", "timestamp"}
    return kind if own and (OLD_FOLDER in source.inner or "name" in source.keys) else None


def _from_json(source: Source) -> Iterator[_Record | Rejected]:
    said_of = source.json
    if not isinstance(said_of, dict):
        raise InputError(
            f"{source.label}: a newer shape of this list, which is not known", hint="give the other files of the export"
        )
    for key, listed in said_of.items():
        if VERSION.sub("", key) in LISTS:
            for line, record in enumerate(items(source, listed), start=1):
                yield _json_record(line, record)


def _json_record(line: int, record: Any) -> _Record | Rejected:
    if not isinstance(record, dict):
        return Rejected(line, NO_RECORD)
    data = record.get("data")
    first = data[0] if isinstance(data, list) and data else None
    beside = text_of(first.get("name")) if isinstance(first, dict) else ""
    title = text_of(record.get("title"))
    when = record.get("timestamp")
    url = record.get("url")
    return _Record(
        line,
        text_of(record.get("name")) or beside,
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
            said(moment) if moment else "",
        )


def _below(record: PageRecord) -> str:
    """Return the name of a group that stands once more below the sentence, empty where it does not."""
    below = record.texts if record.heading else record.texts[1:]
    return next((text for text in below if text != record.name and text in record.name), "")


def _named(records: list[_Record | Rejected], *, paged: bool) -> Iterator[Like | Rejected]:
    """Yield pages and people: their names, and addresses where these lead to a resource."""
    for record in records:
        if isinstance(record, Rejected):
            yield record
        elif name := (record.sentence if paged else record.name or record.sentence):
            yield Like("facebook", url=_address(record.url), name=name, followed_at=record.told, line=record.line)
        else:
            yield Rejected(record.line, NO_NAME)


def _address(url: str) -> str:
    """Return an address that names a resource, empty for one that does not: the name is left then."""
    return url if url.lower().startswith(("https://", "http://")) and identify(url).key else ""


def _groups(records: list[_Record | Rejected]) -> Iterator[Like | Rejected | Remark]:
    yield from (record for record in records if isinstance(record, Rejected))
    yield from memberships([_event(record) for record in records if isinstance(record, _Record)])


def _event(record: _Record) -> Event:
    if not record.sentence:
        return Event(record.line, record.name, Meaning.UNKNOWN, record.time, record.told)
    sentence = understood(record.sentence, record.name)
    return Event(record.line, sentence.group, sentence.meaning, record.time, record.told)
