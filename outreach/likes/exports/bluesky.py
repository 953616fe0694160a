"""Bluesky: answers of ``app.bsky.graph.getFollows`` and ``app.bsky.actor.getProfiles``.

From documents only: the lexicons. The ``subject`` is whose follows they are, and ``createdAt`` is when an account was
made, not when it was followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected, Remark
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, number, records, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Bluesky"]

NO_ACCOUNT: Final = message("no-did")
BROKEN: Final = "handle.invalid"
_DID = re.compile(r'"did"\s*:\s*"did:(?:plc|web):')
_FOLLOWED: Final = ("follows", "profiles")
_OTHERS: Final = {
    "followers": "who-follows-them",
    "blocks": "accounts-blocked",
    "mutes": "accounts-muted",
    "suggestions": "accounts-suggested",
    "actors": "accounts-searched-for",
}


class Bluesky(FileByFile):
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
        return "handle" in source.json_keys and not source.json_keys.isdisjoint({*_FOLLOWED, *_OTHERS})

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the accounts of one or several answers."""
        pages = [fields(page) for page in documents(source)]
        accounts = [one for page in pages for name in _FOLLOWED for one in members(page.get(name))]
        if not any(name in page for page in pages for name in _FOLLOWED):
            known = (code for name, code in _OTHERS.items() if any(name in page for page in pages))
            yield other_list(source, next(known, "accounts-not-follows"))
            return
        yield Listed("bluesky")
        for line, account in records(accounts):
            yield _account(account, source.label, line)
        if text(pages[-1].get("cursor")):
            yield Remark(message("maybe-more"))


def _account(account: dict[str, Any], label: str, line: int) -> Like | Rejected:
    did, handle = text(account.get("did")), text(account.get("handle"))
    handle = "" if handle == BROKEN else handle
    if not did and not handle:
        return Rejected(label, line, NO_ACCOUNT)
    name, size = text(account.get("displayName")), number(account.get("followersCount"))
    return Like("bluesky", handle=handle, resource=did, name=name, subscribers=size, line=line)
