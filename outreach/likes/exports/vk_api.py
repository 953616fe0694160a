"""Answers of VK's interface, saved as they came: ``users.getSubscriptions`` and ``groups.get``.

Whole answers, their items alone, and several of them in one file. Shapes are those of VK's published schema.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, number, text
from outreach.messages import message
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["VkApi"]

OWN_ID: Final = re.compile(r"(?:club|public|event)([0-9]+)").fullmatch
ID: Final = re.compile(r"-?([1-9][0-9]{0,14})").fullmatch
_IN_NAMES: Final = {kind: "|".join(texts_of(f"files.of_{kind}")) for kind in ("people", "communities", "friends", "vk")}
PEOPLE_NAMES: Final = re.compile(_IN_NAMES["people"], re.IGNORECASE).search
COMMUNITY_NAMES: Final = re.compile(
    rf"{_IN_NAMES['communities']}|(?<![^\W\d_])(?:{_IN_NAMES['vk']})(?![^\W\d_])", re.IGNORECASE
).search
ANSWER: Final = re.compile(r'\s*(?:\[\s*)?\{\s*"response"\s*:\s*[\[{]').match
FAULT: Final = re.compile(r'\s*(?:\[\s*)?\{\s*"error"\s*:\s*\{\s*"error_code"').match
PAGE: Final = re.compile(r'\s*(?:\[\s*)?\{\s*(?:"count"\s*:\s*\d+\s*,\s*)?"(?:items|users|groups)"\s*:').match
OF_PEOPLE: Final = re.compile(r'\s*\{\s*"(?!response")[^"]*"\s*:\s*\{\s*"response"\s*:').match
IDS: Final = re.compile(r'"items"\s*:\s*\[\s*(?:"?-?\d+"?\s*[,\]]|\])').search
BARE_IDS: Final = re.compile(r'\s*\[\s*"?-?\d+"?\s*[,\]][-\d\s,"]*(?:\]\s*)?$').match
OBJECTS: Final = re.compile(r"\s*(?:\[\s*){0,2}\{").match
TYPED: Final = re.compile(r'"type"\s*:\s*"(?:group|page|event|profile)"').search
OF_COMMUNITIES: Final = frozenset({"screen_name", "photo_50", "is_closed"})
OF_POSTS: Final = frozenset({"profiles", "from_id", "owner_id"})
NO_ID: Final = message("community-without-id")
DELETED: Final = message("community-deleted")
BLOCKED: Final = message("community-blocked")


@dataclass(slots=True)
class Met:
    """What was met in a file; messages call it ``label``."""

    label: str
    answers: int = 0
    errors: int = 0
    records: int = 0
    ids: set[str] = field(default_factory=set)
    bare: int = 0
    people: int = 0
    friends: int = 0
    counts: Counter[str] = field(default_factory=Counter)


class VkApi(FileByFile):
    """Communities that somebody is in, and people, who are marked as such."""

    name = "vk-api"
    platform = "vk"
    reads = "VK: answers of users.getSubscriptions and groups.get, extended or ids, one or several pages (JSON)"
    ask = (
        "you ask VK, not the customer: methods groups.get or users.getSubscriptions (dev.vk.com) with extended=1, "
        "fields=members_count"
    )
    evidence: Evidence = "documents"
    paths = re.compile(
        rf"(?:^|/)(?:(?:{_IN_NAMES['vk']})/[^/]+|[^/]*(?:(?<![a-z])vk|{_IN_NAMES['communities']}|{_IN_NAMES['friends']}|"
        rf"(?<![^\W\d_a-z])(?:{'|'.join(texts_of('files.vk_short'))}))[^/]*)\.jsonl?$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the names of VK's members; numbers alone by the name of the file."""
        start, keys = source.beginning, source.json_keys
        if FAULT(start):
            return "request_params" in keys
        if BARE_IDS(start):
            return bool(COMMUNITY_NAMES(source.name))
        if not OBJECTS(start) or OF_POSTS & keys:
            return False
        if IDS(start) and (ANSWER(start) or PAGE(start)):
            return True
        if OF_PEOPLE(start):  # answers under the names of several customers, which are taken out as records
            return False
        is_community = bool(TYPED(start)) and bool(OF_COMMUNITIES & keys)
        return is_community or {"first_name", "last_name", "can_access_closed"} <= keys

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the communities.

        Raises:
            InputError: The JSON is damaged, or VK answered with an error.

        """
        met = Met(source.label)
        likes = list(_pages(documents(source), met))
        if met.errors and not met.answers:
            raise InputError("VK answered with an error, not with a list", where=source.label, hint="ask VK again")
        friends = met.friends and met.friends == met.people and not met.ids
        if friends or (met.bare == met.records and PEOPLE_NAMES(source.name)):
            yield other_list(source, "people-not-communities")
            return
        yield from likes
        yield Listed("vk")
        yield from _remarks(met)


def _pages(pages: Iterable[Any], met: Met) -> Iterator[Like | Rejected]:
    """Read answers, pages, or items, whatever the file is a row of."""
    for page in pages:
        if "error" in fields(page):
            met.errors += 1
            continue
        met.answers += 1
        answer = page["response"] if "response" in fields(page) else page
        for part in _parts(answer):
            yield from _part(part, met)


def _parts(answer: Any) -> list[Any]:
    """Return the parts of an answer: pages in a list of lists; of an old answer all but its first number, the total."""
    if not isinstance(answer, list):
        return [answer]
    if (
        isinstance(answer[0] if answer else None, int)
        and all(isinstance(one, dict) for one in answer[1:])
        and answer[1:]
    ):
        return answer[1:]
    return [one for part in answer for one in (part if isinstance(part, list) else [part])]


def _part(part: Any, met: Met) -> Iterator[Like | Rejected]:
    """Read ``{count, items}``, ``{users, groups}``, or one item."""
    if isinstance(part, dict) and ("items" in part or "groups" in part or "count" in part):
        users, groups = fields(part.get("users")), fields(part.get("groups"))
        for person in _items(users):
            met.people += 1
            yield from _person({"id": person}, met)
        for page in (part, groups):
            met.counts[number(page.get("count"))] += 1
        for item in [*_items(part), *({"id": one, "type": "group"} for one in _items(groups))]:
            yield from _item(item, met)
    else:
        yield from _item(part, met)


def _items(page: dict[str, Any]) -> list[Any]:
    return members(page.get("items"))


def _item(item: Any, met: Met) -> Iterator[Like | Rejected]:
    """Read one community or person."""
    met.records += 1
    if not isinstance(item, dict):
        met.bare += 1
        item = {"id": item, "type": "group"}
    if item.get("type") == "profile" or "first_name" in item:
        met.people += 1
        met.friends += "type" not in item
        yield from _person(item, met)
        return
    found = ID(text(item.get("id", item.get("gid"))))  # gid: before version 5
    met.ids.add(found[1] if found else f"record {met.records}")
    if found is None:
        yield Rejected(met.label, met.records, NO_ID)
    elif item.get("deactivated"):
        yield Rejected(met.label, met.records, DELETED if item["deactivated"] == "deleted" else BLOCKED)
    else:
        yield _community(found[1], item, met.records)


def _person(item: dict[str, Any], met: Met) -> Iterator[Like]:
    """Yield a profile that is followed; one without its number is only counted."""
    if found := ID(text(item.get("id"))):
        name = " ".join(filter(None, (text(item.get("first_name")), text(item.get("last_name")))))
        yield Like("vk", resource=f"id{found[1]}", name=name, line=met.records, person=True)


def _community(community: str, item: dict[str, Any], line: int) -> Like:
    handle = text(item.get("screen_name"))
    if OWN_ID(handle.lower()):
        handle = ""  # the id in other words
    return Like(
        "vk",
        handle=handle,
        resource=f"club{community}",
        name=unescape(text(item.get("name"))),
        subscribers=number(item.get("members_count")).lstrip("0"),  # 0 is hidden
        line=line,
    )


def _remarks(met: Met) -> Iterator[Remark]:
    if met.errors:
        yield Remark(message("vk-errors", times=met.errors))
    if met.bare:
        yield Remark(message("ids-taken-for-communities"))
    total = max((int(count) for count in met.counts if count), default=0)
    if total > met.people + len(met.ids):
        yield Remark(message("vk-more-pages", counted=total, held=met.people + len(met.ids)))
