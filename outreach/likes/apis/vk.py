"""VK ``groups.getById``: sizes of communities; errors come with status 200 and a number.

The token goes into the form, because addresses end up in logs. People are not asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.likes.apis.contract import Api, Found, fields, items, object_in, size
from outreach.remote.call import Call, Kind, Refused, accepted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["VERSION", "VK", "refusal"]

VERSION: Final = "5.199"
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
}
_PERSON = re.compile(r"id[0-9]+").fullmatch
_CLUB = re.compile(r"club([0-9]+)").fullmatch


def refusal(error: Any, otherwise: str) -> Refused:
    """Return what an error's number means; its text repeats the request and is not shown."""
    code = error.get("error_code") if isinstance(error, dict) else None
    if not isinstance(code, int):
        return Refused("gives an answer that cannot be read", Kind.SENSELESS)
    reason, kind = _ERRORS.get(code, (otherwise, Kind.THIS))
    return Refused(f"{reason} (error {code})", kind)


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    asked = ",".join(found[1] if (found := _CLUB(rest)) else rest for rest in rests)
    form = {"group_ids": asked, "fields": "members_count", "v": VERSION, "access_token": access.token}
    data = object_in(accepted(send(Call("POST", "/method/groups.getById", form=form))))
    if "error" in data:
        raise refusal(data["error"], "knows none of these communities")
    response = data.get("response")
    groups = items(response) or items(fields(response).get("groups"))  # before and since version 5.194
    told: dict[str, Found] = {}
    for group in groups:
        if number := size(group.get("id")):
            name = str(group.get("screen_name") or "").lower()
            told[f"club{number}"] = Found(size(group.get("members_count")))
            told[name] = Found(size(group.get("members_count")), f"vk:club{number}")
    return {rest: told[rest] for rest in rests if rest in told}


VK: Final = Api(
    platform="vk",
    title="VK",
    variable="OUTREACH_VK",
    base="https://api.vk.com",
    token_from="id.vk.com, the service token of an application of your own",  # noqa: S106 - a place, no secret
    most=500,
    pause_seconds=0.4,  # three a second
    alone=lambda _rest: False,
    takes=lambda rest: not _PERSON(rest),
    ask=_ask,
)
