"""Twitch Helix: followers of a channel, by its login; the number of a channel is asked for first.

``Get Channel Followers`` tells the total to every token, the followers themselves only to the channel's moderators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, answer_of, bearer, fields, items, size
from outreach.remote.call import Call, Kind, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Reply, Send

__all__ = ["TWITCH"]

SENTENCES: Final = {401: "does not accept the token or this client id"}


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    (login,) = rests
    headers = {"Client-Id": access.client_id, **bearer(access.token)}
    call = Call("GET", "/helix/users", headers=headers, params={"login": login})
    channels = items(fields(answer_of(_open(send(call)), SENTENCES)).get("data"))
    if not channels:
        return {}
    # One follower is asked for, because none cannot be: a token without that right gets the total alone.
    params = {"broadcaster_id": str(channels[0].get("id")), "first": "1"}
    call = Call("GET", "/helix/channels/followers", headers=headers, params=params)
    return {login: Found(size(fields(answer_of(_open(send(call)), SENTENCES)).get("total")))}


def _open(reply: Reply) -> Reply:
    """Return a reply that is not the one for too many requests, which tells the moment of the next in its own way."""
    if reply.status == 429 and (seconds := reply.seconds_until_reset()) is not None:
        raise Refused("takes no more requests for now (429)", Kind.BUSY, wait_seconds=seconds)
    return reply


TWITCH: Final = Api(
    platform="twitch",
    title="Twitch",
    variable="OUTREACH_TWITCH",
    base="https://api.twitch.tv",
    token_from="dev.twitch.tv/console, an app access token of your own application",  # noqa: S106 - a place, no secret
    most=1,
    pause_seconds=0.2,  # 800 requests a minute, two for each channel
    alone=lambda _rest: True,
    takes=lambda _rest: True,
    ask=_ask,
    wants_client_id=True,
)
