"""GitHub: stars of a repository, followers of an account; sixty requests an hour without a token, 5,000 with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, answer_of, bearer, fields, size
from outreach.remote.call import Call, Kind, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["GITHUB"]


SENTENCES: Final = {403: "takes no more requests for now; OUTREACH_GITHUB_TOKEN allows more"}


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    (rest,) = rests
    path, name = (f"/repos/{rest}", "stargazers_count") if "/" in rest else (f"/users/{rest}", "followers")
    headers = {"Accept": "application/vnd.github+json", **bearer(access.token)}
    reply = send(Call("GET", path, headers=headers))
    if reply.status == 403 and b"rate limit" not in reply.content.lower():
        raise Refused("does not show this place (403)", Kind.THIS)  # one that is blocked costs no other
    data = fields(answer_of(reply, SENTENCES))
    return {rest: Found(size(data.get(name)))}


GITHUB: Final = Api(
    platform="github",
    title="GitHub",
    variable="OUTREACH_GITHUB",
    base="https://api.github.com",
    token_from="",
    most=1,
    pause_seconds=0.5,
    alone=lambda _rest: True,
    takes=lambda rest: rest.count("/") < 2,
    ask=_ask,
)
