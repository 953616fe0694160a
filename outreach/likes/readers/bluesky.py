"""Bluesky: answers of ``app.bsky.graph.getFollows`` and ``app.bsky.actor.getProfiles``.

From documents only: the lexicons. The ``subject`` is whose follows they are, and ``createdAt`` is when an account was
made, not when it was followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.likes.readers.base import Like, Listed, Passed, Rejected, Remark
from outreach.likes.readers.values import documents, fields, number, records, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.readers.base import Evidence, Source

__all__ = ["Bluesky"]

NO_ACCOUNT: Final = "no did and no handle"
MAYBE_MORE: Final = "the last answer tells of a next page: the list may be longer"
BROKEN: Final = "handle.invalid"
_DID = re.compile(r'"did"\s*:\s*"did:(?:plc|web):')
_FOLLOWED: Final = ("follows", "profiles")
_OTHERS: Final = {
    "followers": "who follows them",
    "blocks": "accounts that they block",
    "mutes": "accounts that they mute",
    "suggestions": "accounts that Bluesky suggests",
    "actors": "accounts that were searched for",
}


class Bluesky:
    """Accounts that a person follows, as Bluesky's interface tells them."""

    name = "bluesky"
    platform = "bluesky"
    reads = "answers of app.bsky.graph.getFollows and app.bsky.actor.getProfiles (with sizes)"
    ask = "needs only the handle: public.api.bsky.app/xrpc/app.bsky.graph.getFollows?actor=HANDLE"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"[^/]*(?:bluesky|bsky|follows|followers|getfollow|profiles|blocks|mutes)[^/]*\.json$", re.IGNORECASE
    )

    def identify(self, source: Source) -> bool:
        """Tell by accounts with a did under the name of a list."""
        if source.beginning.lstrip()[:1] not in {"{", "["} or not _DID.search(source.beginning):
            return False
        return "handle" in source.keys and not source.keys.isdisjoint({*_FOLLOWED, *_OTHERS})

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield the accounts of one or several answers."""
        pages = [fields(page) for page in documents(source)]
        accounts = [one for page in pages for name in _FOLLOWED for one in _list(page.get(name))]
        if not any(name in page for page in pages for name in _FOLLOWED):
            known = (why for name, why in _OTHERS.items() if any(name in page for page in pages))
            yield Passed(next(known, "accounts, but no list of follows"))
            return
        yield Listed("bluesky")
        for line, account in records(accounts):
            yield _account(account, line)
        if text(pages[-1].get("cursor")):
            yield Remark(MAYBE_MORE)


def _account(account: dict[str, Any], line: int) -> Like | Rejected:
    did, handle = text(account.get("did")), text(account.get("handle"))
    handle = "" if handle == BROKEN else handle
    if not did and not handle:
        return Rejected(line, NO_ACCOUNT)
    name, size = text(account.get("displayName")), number(account.get("followersCount"))
    return Like("bluesky", handle=handle, resource=did, name=name, subscribers=size, line=line)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
