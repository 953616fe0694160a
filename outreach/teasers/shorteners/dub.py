"""Dub: a link is made under an id of ours, which only one link can have, and found again by it.

``PUT /links/upsert`` is safe to repeat, too, but finds a link by its target alone and changes it: another domain, and
a short link that is published somewhere leads nowhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from outreach.teasers.shorteners.base import Call, Made, Refused, Shortener, Wish, accepted, text_at

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["DUB"]


def _shorten(wish: Wish, send: Send) -> Made:
    headers = {"Authorization": f"Bearer {wish.token}"}
    own_id = _own_id(wish.url, wish.domain)
    body = {"url": wish.url, "externalId": own_id} | ({"domain": wish.domain} if wish.domain else {})
    reply = send(Call("POST", "/links", headers, body=body))
    if reply.status == 409:
        reply = send(Call("GET", "/links/info", headers, params={"externalId": f"ext_{own_id}"}))
        if reply.status == 404:  # deleted, or of another workspace
            raise Refused("has this link but cannot find it (404)")
    data = accepted(reply).data()
    return Made(text_at(data, "shortLink"), text_at(data, "url"))


def _own_id(url: str, domain: str) -> str:
    """Return the id of a link, the same on every machine.

    Example:
        >>> _own_id("https://example.com/?utm_source=vk", "")
        'outreach-9b540974d4866af14887b6c6'

    """
    return f"outreach-{hashlib.sha256(f'{domain} {url}'.encode()).hexdigest()[:24]}"


DUB: Final = Shortener(
    name="dub",
    title="Dub",
    variable="OUTREACH_DUB",
    base="https://api.dub.co",
    token_from="app.dub.co, Settings, API Keys",  # noqa: S106 - a place, no secret
    domains=True,
    repeatable=True,
    shorten=_shorten,
)
