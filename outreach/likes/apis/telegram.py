"""Telegram's Bot API: subscribers of public channels and groups, for a bot of the user's own that need not be in them.

The token stands in the address, which Telegram wants so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from outreach.likes.apis.contract import GONE, Api, Found, fields, object_in, size
from outreach.remote.call import Call, Kind, Refused, accepted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Reply, Send

__all__ = ["TELEGRAM"]

BY_ID: Final = "id/"
CHANNELS: Final = "-100"
"""Stands before the numbers of channels and large groups in this interface."""
MONTH_SECONDS: Final = 30 * 86_400
BAD_TOKEN: Final = "does not accept the token"  # noqa: S105 - a sentence


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    (rest,) = rests
    chat_id = CHANNELS + rest.removeprefix(BY_ID) if rest.startswith(BY_ID) else f"@{rest}"
    bot = f"/bot{quote(access.token, safe=':')}"

    def told(method: str) -> Any:
        return _result(send(Call("POST", f"/{method}", form={"chat_id": chat_id}, secret_path=bot)))

    same_as = "" if rest.startswith(BY_ID) else _by_id(fields(told("getChat")).get("id"))
    return {rest: Found(size(told("getChatMemberCount")), same_as)}


def _by_id(number: object) -> str:
    """Return the key by number of a channel or a large group; others are not reached by it."""
    text = str(number)
    return f"telegram:{BY_ID}{text.removeprefix(CHANNELS)}" if text.startswith(CHANNELS) else ""


def _result(reply: Reply) -> Any:
    """Return what a method gives; refusals come with a status, and with seconds to wait in the JSON.

    Raises:
        Refused: It gives nothing.

    """
    if reply.status in {401, 404}:  # 404: what stands in the variable does not even look like a token
        raise Refused(f"{BAD_TOKEN} ({reply.status})", Kind.ALL)
    if reply.status in {400, 403}:
        raise Refused(f"{GONE} ({reply.status})", Kind.THIS)
    if reply.status == 429:
        raise Refused("takes no more requests for now (429)", Kind.BUSY, wait_seconds=_wait_seconds(reply))
    return object_in(accepted(reply)).get("result")


def _wait_seconds(reply: Reply) -> float | None:
    try:
        told = fields(fields(reply.data()).get("parameters")).get("retry_after")
    except Refused:
        told = None
    return float(told) if isinstance(told, int) and 0 <= told < MONTH_SECONDS else reply.wait_seconds()


TELEGRAM: Final = Api(
    platform="telegram",
    title="Telegram",
    variable="OUTREACH_TELEGRAM",
    base="https://api.telegram.org",
    token_from="@BotFather in Telegram, /newbot",  # noqa: S106 - a place, no secret
    most=1,
    pause_seconds=0.2,
    alone=lambda _rest: True,
    takes=lambda rest: not rest.startswith("+"),  # of an invitation it tells nothing
    ask=_ask,
)
