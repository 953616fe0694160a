"""clck.ru: one request without a token, answered in plain text; the same address has the same short link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.teasers.shorteners.base import Call, Kind, Made, Refused, Shortener, Wish, accepted

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Send

__all__ = ["CLCK"]

_OTHERS: Final = {401: "refuses without a reason", 403: "refuses without a reason: try again later"}
_LINK: Final = re.compile(r"https?://clck\.ru/[A-Za-z0-9]+").fullmatch
_PAGE: Final = re.compile(rb"\s*<").match


def _shorten(wish: Wish, send: Send) -> Made:
    reply = accepted(send(Call("GET", "/--", params={"url": wish.url})), _OTHERS)
    if _PAGE(reply.content):
        raise Refused("answers with a web page, perhaps a captcha: try again later", Kind.ALL)
    link = reply.content.decode("ascii", "replace").strip()
    if not _LINK(link):
        raise Refused("gives an answer without a link")
    return Made(link, None)


CLCK: Final = Shortener(
    name="clck.ru",
    title="clck.ru",
    variable="OUTREACH_CLCK",
    base="https://clck.ru",
    token_from="",
    domains=False,
    repeatable=True,
    shorten=_shorten,
)
