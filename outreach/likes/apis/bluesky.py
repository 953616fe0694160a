"""Bluesky ``app.bsky.actor.getProfiles``: followers of accounts, by did or handle, without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, items, object_in, size
from outreach.remote.call import Call, accepted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["BLUESKY"]


def _ask(rests: Sequence[str], _access: Access, send: Send) -> Mapping[str, Found]:
    call = Call("GET", "/xrpc/app.bsky.actor.getProfiles", params={"actors": list(rests)})
    told: dict[str, Found] = {}
    for profile in items(object_in(accepted(send(call))).get("profiles")):
        did, handle = str(profile.get("did")), str(profile.get("handle")).lower()
        told[did] = Found(size(profile.get("followersCount")))
        told[handle] = Found(size(profile.get("followersCount")), f"bluesky:{did}")
    return {rest: told[rest] for rest in rests if rest in told}


BLUESKY: Final = Api(
    platform="bluesky",
    title="Bluesky",
    variable="OUTREACH_BLUESKY",
    base="https://public.api.bsky.app",
    token_from="",
    most=25,
    pause_seconds=0.2,
    alone=lambda _rest: False,
    takes=lambda _rest: True,
    ask=_ask,
)
