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
from outreach.files.json_text import parsed
from outreach.likes.readers.base import Like, Listed, Passed, Rejected, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.readers.base import Source

__all__ = ["X"]

START: Final = re.compile(r"\s*(?:window\.)?YTD\.(\w+)\.part\d+\s*=")
FOLLOWING: Final = "following"
LISTS: Final = "lists_subscribed"
OTHERS: Final = {
    "follower": "followers, not what the person follows",
    "block": "accounts that the person blocked",
    "mute": "accounts that the person muted",
    "like": "likes of posts, which do not tell the author",
    "lists_created": "lists that the person runs",
    "lists_member": "lists that others put the person on",
    "contact": "contacts from the person's telephone",
}
NUMBER: Final = re.compile(r"[1-9][0-9]{0,19}")
NO_NAMES: Final = "X tells these accounts by number, without a name; outreach resources makes a sheet to name them in"
NO_LISTS: Final = "subscribed to no list of X"
NO_RECORD: Final = "not a record of an account or a list"
NO_ID: Final = "no id of an account in this record"
ROUNDED: Final = "an id that a program rounded: give the file as X made it"
NO_ADDRESS: Final = "no address of a list in this record"


class X:
    """Accounts followed on X, by number, and lists subscribed to."""

    name = "x"
    platform = "x"
    reads = "following.js (accounts by number, without names) and lists-subscribed.js of the archive, whole or in parts"
    ask = "Settings and privacy > Your account > Download an archive of your data; it is ready after a day or more"
    evidence = "real file"
    paths = re.compile(
        r"(?<![^/])(?:data/)?(?:following|follower|block|mute|like|contact|lists-(?:subscribed|created|member))"
        r"(?:-part\d+)?\.js\Z",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the name that the script gives to its list."""
        return _kind(source) in {FOLLOWING, LISTS, *OTHERS}

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield accounts or lists."""
        kind = _kind(source)
        if kind in OTHERS:
            yield Passed(OTHERS[kind])
            return
        records = _records(source)
        if kind == LISTS and not records:
            yield Passed(NO_LISTS)  # says nothing of the accounts that the person follows
            return
        yield Listed(self.platform)
        read = _account if kind == FOLLOWING else _lists
        counted = 0
        for line, record in enumerate(records, start=1):
            for part in read(line, record):
                counted += isinstance(part, Like)
                yield part
        if counted and kind == FOLLOWING:
            yield Remark(NO_NAMES)


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
        raise InputError(f"{source.label}: no list where the records belong", hint="download the archive again")
    return records


def _account(line: int, record: Any) -> Iterator[Like | Rejected]:
    told = record.get("following") if isinstance(record, dict) else None
    if not isinstance(told, dict):
        yield Rejected(line, NO_RECORD)
        return
    number, link = told.get("accountId"), told.get("userLink")
    if isinstance(number, float):
        yield Rejected(line, ROUNDED)
    elif NUMBER.fullmatch(number := "" if isinstance(number, bool) else str(number).strip()):
        yield Like("x", resource=number, line=line)
    elif isinstance(link, str) and link.strip():
        yield Like("x", url=link.strip(), line=line)
    else:
        yield Rejected(line, NO_ID)


def _lists(line: int, record: Any) -> Iterator[Like | Rejected]:
    """One list, or until 2020 all of them in one record."""
    told = record.get("userListInfo") if isinstance(record, dict) else None
    if not isinstance(told, dict):
        yield Rejected(line, NO_RECORD)
        return
    several = told.get("urls")
    addresses = several if isinstance(several, list) else [told.get("url")]
    for address in addresses:
        if isinstance(address, str) and address.strip():
            yield Like("x", url=address.strip(), line=line)
        else:
            yield Rejected(line, NO_ADDRESS)
