"""vk.cc by VK's ``utils.getShortLink``: errors come with status 200 and a number.

Whether the same address twice gives one link is not documented, so that only a request that was turned away is
repeated. The token goes into the form, because addresses end up in logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.teasers.shorteners.base import Call, Kind, Made, Refused, Shortener, Wish, accepted, text_at

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["VK"]

_VERSION: Final = "5.199"
_ERRORS: Final = {
    1: ("does not know what went wrong", Kind.UNSURE),
    5: ("does not accept the token", Kind.ALL),
    6: ("takes no more requests for now", Kind.BUSY),
    7: ("does not allow this with this token", Kind.ALL),
    9: ("stops so many requests of one kind: try again later", Kind.ALL),
    10: ("is out of order", Kind.UNSURE),
    14: ("asks for a captcha: try again later", Kind.ALL),
    15: ("does not allow this with this token", Kind.ALL),
    17: ("wants the user to sign in again", Kind.ALL),
    18: ("has deleted or banned the token's user", Kind.ALL),
    27: ("does not accept the community's token", Kind.ALL),
    28: ("does not accept the application's token", Kind.ALL),
    29: ("has used up the requests of this method: try again later", Kind.ALL),
    100: ("does not accept this link", Kind.THIS),
}


def _shorten(wish: Wish, send: Send) -> Made:
    form = {"url": wish.url, "v": _VERSION, "access_token": wish.token}
    data = accepted(send(Call("POST", "/method/utils.getShortLink", form=form))).data()
    if isinstance(data, dict) and "error" in data:
        raise _refusal(data["error"])
    return Made(text_at(data, "response", "short_url"), text_at(data, "response", "url"))


def _refusal(error: Any) -> Refused:
    """Return what an error's number means; its text repeats the request and is not shown."""
    code = error.get("error_code") if isinstance(error, dict) else None
    if not isinstance(code, int):
        return Refused("gives an answer that cannot be read")
    reason, kind = _ERRORS.get(code, ("does not shorten this link", Kind.THIS))
    return Refused(f"{reason} (error {code})", kind)


VK: Final = Shortener(
    name="vk.cc",
    title="VK",
    variable="OUTREACH_VK",
    base="https://api.vk.com",
    token_from="id.vk.com, the service token of an application of your own",  # noqa: S106 - a place, no secret
    domains=False,
    repeatable=False,
    shorten=_shorten,
)
