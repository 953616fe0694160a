"""Reddit ``about.json``: subscribers of a subreddit, followers of an account; slowly, without a token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, answer_of, fields, size
from outreach.remote.call import Call, Kind, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Reply, Send

__all__ = ["REDDIT"]

_PLACE = re.compile(r"(?:r|u)/[^/]+").fullmatch


def _ask(rests: Sequence[str], _access: Access, send: Send) -> Mapping[str, Found]:
    (rest,) = rests
    path = f"/user/{rest[2:]}" if rest.startswith("u/") else f"/{rest}"
    data = fields(fields(answer_of(_open(send(Call("GET", f"{path}/about.json"))))).get("data"))
    account = fields(data.get("subreddit"))
    return {rest: Found(size((account or data).get("subscribers")))}


def _open(reply: Reply) -> Reply:
    """Return a reply; a private subreddit answers 403 with a reason in JSON, a blocked visitor with a page."""
    if reply.status == 403 and b'"reason"' in reply.content[:2000]:
        raise Refused("does not show a private place (403)", Kind.THIS)
    return reply


REDDIT: Final = Api(
    platform="reddit",
    title="Reddit",
    variable="OUTREACH_REDDIT",
    base="https://www.reddit.com",
    token_from="",
    most=1,
    pause_seconds=6.0,  # ten a minute without a token
    alone=lambda _rest: True,
    takes=_PLACE,
    ask=_ask,
)
