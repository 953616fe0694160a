"""VK ``groups.getById``: sizes of communities; errors come with status 200 and a number.

The token goes into the form, because addresses end up in logs. People are not asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.likes.apis.contract import Api, Found, fields, items, object_in, size
from outreach.remote.call import Call, accepted
from outreach.remote.vk import VERSION, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.likes.apis.contract import Access
    from outreach.remote.call import Send

__all__ = ["VK"]

_PERSON = re.compile(r"id[0-9]+").fullmatch
_CLUB = re.compile(r"club([0-9]+)").fullmatch


def _ask(rests: Sequence[str], access: Access, send: Send) -> Mapping[str, Found]:
    asked = ",".join(found[1] if (found := _CLUB(rest)) else rest for rest in rests)
    form = {"group_ids": asked, "fields": "members_count", "v": VERSION, "access_token": access.token}
    data = object_in(accepted(send(Call("POST", "/method/groups.getById", form=form))))
    if "error" in data:
        raise refusal(data["error"], "does not know these communities")
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
    token_from="id.vk.com, the service token of your own application",  # noqa: S106 - a place, no secret
    most=500,
    pause_seconds=0.4,  # three a second
    alone=lambda _rest: False,
    takes=lambda rest: not _PERSON(rest),
    ask=_ask,
)
