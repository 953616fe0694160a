"""Bitly: the same address again gives the link that is there (200) instead of a new one (201)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.teasers.shorteners.base import Call, Kind, Made, Refused, Shortener, Wish, accepted, text_at

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["BITLY"]

_OTHERS: Final = {402: "needs another plan for this", 417: "cannot find the site of this link"}


def _shorten(wish: Wish, send: Send) -> Made:
    body = {"long_url": wish.url} | ({"domain": wish.domain} if wish.domain else {})
    reply = send(Call("POST", "/v4/shorten", {"Authorization": f"Bearer {wish.token}"}, body=body))
    if reply.status == 429 and b'"MONTHLY_' in reply.content:  # a month is longer than anybody waits
        raise Refused("allows no more links this month (429)", Kind.ALL)
    data = accepted(reply, _OTHERS).data()
    return Made(text_at(data, "link"), text_at(data, "long_url"))


BITLY: Final = Shortener(
    name="bitly",
    title="Bitly",
    variable="OUTREACH_BITLY",
    base="https://api-ssl.bitly.com",
    token_from="app.bitly.com, Settings, API",  # noqa: S106 - a place, no secret
    domains=True,
    repeatable=True,
    shorten=_shorten,
)
