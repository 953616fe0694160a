"""YouTube ``channels.list``: subscribers, rounded to three digits; a channel may hide them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, fields, items, object_in, size
from outreach.remote.call import Call, Kind, Refused, accepted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["YOUTUBE"]

BAD_KEY: Final = "does not accept the request: check the key"


def _alone(rest: str) -> bool:
    """A handle or an old user name is asked for by itself; ids are not."""
    return rest[0] == "@" or rest.startswith("user/")


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    first = rests[0]
    if first[0] == "@":
        which = {"forHandle": first}
    else:
        which = {"forUsername": first[5:]} if _alone(first) else {"id": ",".join(rests)}
    params = {"part": "statistics", "maxResults": "50", **which}
    reply = send(Call("GET", "/youtube/v3/channels", headers={"X-Goog-Api-Key": access.token}, params=params))
    if reply.status == 400:
        raise Refused(f"{BAD_KEY} (400)", Kind.ALL)
    if reply.status == 403 and b"quota" in reply.content.lower():
        raise Refused("allows no more requests today: try again tomorrow (403)", Kind.ALL)
    if reply.status in {403, 404} and b"channel" in reply.content.lower():
        raise Refused(f"does not show one of these channels ({reply.status})", Kind.THIS)
    channels = items(object_in(accepted(reply)).get("items"))
    if _alone(first):
        channel = channels[0] if channels else {}
        return {first: _found(channel, f"youtube:{channel['id']}")} if "id" in channel else {}
    told = {str(channel.get("id")): _found(channel, "") for channel in channels}
    return {rest: told[rest] for rest in rests if rest in told}


def _found(channel: Mapping[str, object], same_as: str) -> Found:
    statistics = fields(channel.get("statistics"))
    hidden = statistics.get("hiddenSubscriberCount") is True
    return Found(None if hidden else size(statistics.get("subscriberCount")), same_as)


YOUTUBE: Final = Api(
    platform="youtube",
    title="YouTube",
    variable="OUTREACH_YOUTUBE",
    base="https://www.googleapis.com",
    token_from="console.cloud.google.com, a key for the YouTube Data API v3",  # noqa: S106 - a place, no secret
    most=50,
    pause_seconds=0.1,
    alone=_alone,
    takes=lambda rest: not rest.startswith("c/"),
    ask=_ask,
)
