"""Discord ``Get Invite``: members of a server, about, by an invite to it, without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, answer_of, fields, size
from outreach.remote.call import Call

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["DISCORD"]

INVITE: Final = "invite/"


def _ask(rests: Sequence[str], _access: Access, send: Send) -> Mapping[str, Found]:
    (rest,) = rests
    path = f"/api/v10/invites/{rest.removeprefix(INVITE)}"
    data = fields(answer_of(send(Call("GET", path, params={"with_counts": "true"}))))
    server = fields(data.get("guild")).get("id")
    return {rest: Found(size(data.get("approximate_member_count")), f"discord:{server}" if server else "")}


DISCORD: Final = Api(
    platform="discord",
    title="Discord",
    variable="OUTREACH_DISCORD",
    base="https://discord.com",
    token_from="",
    most=1,
    pause_seconds=1.0,
    alone=lambda _rest: True,
    takes=lambda rest: rest.startswith(INVITE),  # of a server's number it tells nothing to strangers
    ask=_ask,
)
