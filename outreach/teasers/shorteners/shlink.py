"""Shlink on a server of one's own: ``findIfExists`` gives the link that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.teasers.shorteners.base import Call, Made, Shortener, Wish, accepted, text_at

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["SHLINK"]


def _shorten(wish: Wish, send: Send) -> Made:
    body = {"longUrl": wish.url, "findIfExists": True} | ({"domain": wish.domain} if wish.domain else {})
    data = accepted(send(Call("POST", "/rest/v3/short-urls", {"X-Api-Key": wish.token}, body=body))).data()
    return Made(text_at(data, "shortUrl"), text_at(data, "longUrl"))


SHLINK: Final = Shortener(
    name="shlink",
    title="Shlink",
    variable="OUTREACH_SHLINK",
    base="",
    token_from="your server: shlink api-key:generate",  # noqa: S106 - a command, no secret
    domains=True,
    repeatable=True,
    shorten=_shorten,
)
