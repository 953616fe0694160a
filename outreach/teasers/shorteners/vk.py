"""vk.cc by VK's ``utils.getShortLink``: errors come with status 200 and a number.

Whether the same address twice gives one link is not documented, so that only a request that was turned away is
repeated. The token goes into the form, because addresses end up in logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.remote.vk import VERSION, refusal
from outreach.teasers.shorteners.base import Call, Made, Shortener, Wish, accepted, text_at

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["VK"]

NO_LINK: Final = 100  # of the errors


def _shorten(wish: Wish, send: Send) -> Made:
    form = {"url": wish.url, "v": VERSION, "access_token": wish.token}
    data = accepted(send(Call("POST", "/method/utils.getShortLink", form=form))).data()
    if isinstance(data, dict) and "error" in data:
        code = data["error"].get("error_code") if isinstance(data["error"], dict) else None
        raise refusal(data["error"], "does not accept this link" if code == NO_LINK else "does not shorten this link")
    return Made(text_at(data, "response", "short_url"), text_at(data, "response", "url"))


VK: Final = Shortener(
    name="vk.cc",
    title="VK",
    variable="OUTREACH_VK",
    base="https://api.vk.com",
    token_from="id.vk.com, the service token of your own application",  # noqa: S106 - a place, no secret
    domains=False,
    repeatable=False,
    shorten=_shorten,
)
