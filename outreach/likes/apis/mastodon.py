"""Mastodon ``accounts/lookup``: followers of an account on any server, as one known server has them.

The account's own server would know better, but its name comes from a sheet, and only known hosts are contacted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, answer_of, fields, size
from outreach.remote.call import Call

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["MASTODON"]


def _ask(rests: Sequence[str], _access: Access, send: Send) -> Mapping[str, Found]:
    (rest,) = rests
    data = fields(answer_of(send(Call("GET", "/api/v1/accounts/lookup", params={"acct": rest}))))
    return {rest: Found(size(data.get("followers_count")))}


MASTODON: Final = Api(
    platform="mastodon",
    title="Mastodon",
    variable="OUTREACH_MASTODON",
    base="https://mastodon.social",
    token_from="",
    most=1,
    pause_seconds=1.0,  # 300 in five minutes
    alone=lambda _rest: True,
    takes=lambda _rest: True,
    ask=_ask,
)
