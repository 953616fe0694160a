"""X's archive: accounts followed, by number, and lists subscribed to.

Files are JavaScript: a name, ``=`` and a JSON list; long ones come in parts. Nothing in the archive gives the
handles or names of the accounts. A list is a resource with a key of its own (``x:owner/lists/slug``): it gathers
an audience, and its owner can be written to.

Built from a file of 2019. From documents only: later files, lists, parts, the menu path in ``ask``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.json_text import parsed
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["X"]

START: Final = re.compile(r"\s*(?:window\.)?YTD\.(\w+)\.part\d+\s*=")
FOLLOWING: Final = "following"
LISTS: Final = "lists_subscribed"
OTHERS: Final = {
    "follower": "followers-refused",
    "block": "accounts-blocked",
    "mute": "accounts-muted",
    "like": "likes-of-posts",
    "lists_created": "lists-own",
    "lists_member": "lists-member",
    "contact": "contacts-of-telephone",
}
NUMBER: Final = re.compile(r"[1-9][0-9]{0,19}")
NO_RECORD: Final = message("not-an-account-or-list")
NO_ID: Final = message("no-account-id")
ROUNDED: Final = message("id-rounded")
NO_ADDRESS: Final = message("no-address-of-list")


class X(FileByFile):
    """Accounts followed on X, by number, and lists subscribed to."""

    name = "x"
    platform = "x"
    reads = "following.js (accounts by number, without names) and lists-subscribed.js of the archive, whole or in parts"
    ask = "Settings and privacy > Your account > Download an archive of your data; it is ready after a day or more"
    evidence: Evidence = "real file"
    paths = re.compile(
        r"(?<![^/])(?:data/)?(?:following|follower|block|mute|like|contact|lists-(?:subscribed|created|member))"
        r"(?:-part\d+)?\.js\Z",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the name that the script gives to its list."""
        return _kind(source) in {FOLLOWING, LISTS, *OTHERS}

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield accounts or lists."""
        kind = _kind(source)
        if kind in OTHERS:
            yield other_list(source, OTHERS[kind])
            return
        records = _records(source)
        if kind == LISTS and not records:
            yield other_list(source, "x-no-lists")  # says nothing of the accounts that the person follows
            return
        yield Listed(self.platform)
        read = _account if kind == FOLLOWING else _lists
        counted = 0
        for line, record in enumerate(records, start=1):
            for part in read(source.label, line, record):
                counted += isinstance(part, Like)
                yield part
        if counted and kind == FOLLOWING:
            yield Remark(message("x-by-number"))


def _kind(source: Source) -> str:
    """Return the name that the script gives to its list, empty where it is none of X's."""
    found = START.match(source.beginning)
    return found[1].lower() if found else ""


def _records(source: Source) -> list[Any]:
    """Return the list in the script.

    Raises:
        InputError: It is damaged, or no list.

    """
    before, _, script = source.text.partition("=")
    records = parsed(source.label, "\n" * before.count("\n") + script.strip().removesuffix(";"))
    if not isinstance(records, list):
        raise InputError("a list of records is missing", where=source.label, hint="download the archive again")
    return records


def _account(label: str, line: int, record: Any) -> Iterator[Like | Rejected]:
    account = record.get("following") if isinstance(record, dict) else None
    if not isinstance(account, dict):
        yield Rejected(label, line, NO_RECORD)
        return
    number, link = account.get("accountId"), account.get("userLink")
    if isinstance(number, float):
        yield Rejected(label, line, ROUNDED)
    elif NUMBER.fullmatch(number := "" if isinstance(number, bool) else str(number).strip()):
        yield Like("x", resource=number, line=line)
    elif isinstance(link, str) and link.strip():
        yield Like("x", url=link.strip(), line=line)
    else:
        yield Rejected(label, line, NO_ID)


def _lists(label: str, line: int, record: Any) -> Iterator[Like | Rejected]:
    """One list, or until 2020 all of them in one record."""
    lists = record.get("userListInfo") if isinstance(record, dict) else None
    if not isinstance(lists, dict):
        yield Rejected(label, line, NO_RECORD)
        return
    several = lists.get("urls")
    addresses = several if isinstance(several, list) else [lists.get("url")]
    for address in addresses:
        if isinstance(address, str) and address.strip():
            yield Like("x", url=address.strip(), line=line)
        else:
            yield Rejected(label, line, NO_ADDRESS)
