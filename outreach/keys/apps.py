"""Links that open an app and no page: ``fb://page/1``, ``instagram://user?username=name``, ``git@github.com:a/b``."""

from __future__ import annotations

import re
from typing import Final

from outreach.keys.base import query_value

__all__ = ["page_of_app_link"]

_SCHEME: Final = re.compile(r"([a-z][a-z0-9.+-]*)://(.*)", re.IGNORECASE | re.DOTALL).fullmatch
_REMOTE: Final = re.compile(r"git@([a-z0-9.-]+):/?(.+)", re.IGNORECASE).fullmatch
_PAGES: Final = {
    ("fb", "page"): "facebook.com/{}", ("fb", "profile"): "facebook.com/{}", ("fb", "group"): "facebook.com/groups/{}",
    ("vnd.youtube", "channel"): "youtube.com/channel/{}", ("youtube", "channel"): "youtube.com/channel/{}",
    ("discord", "-"): "discord.com/{}", ("twitch", "stream"): "twitch.tv/{}",
}  # fmt: skip
_NAMED: Final = {
    ("instagram", "user"): ("instagram.com/{}", "username"), ("twitter", "user"): ("x.com/{}", "screen_name"),
    ("twitch", "open"): ("twitch.tv/{}", "stream"),
}  # fmt: skip


def page_of_app_link(text: str) -> str | None:
    """The page that a link into an app stands for, without a scheme; None for any other text.

    A scheme of an app before the address of a page (``vk://vk.com/name``, ``git+https://github.com/a/b``) says nothing
    more than the address: it is returned, and whether its host belongs to a platform is for the caller to see.

    Example:
        >>> page_of_app_link("fb://page/126287147568059"), page_of_app_link("git@github.com:moloko/smm.git")
        ('facebook.com/126287147568059', 'github.com/moloko/smm.git')
        >>> page_of_app_link("instagram://user?username=moloko"), page_of_app_link("https://vk.com/moloko")
        ('instagram.com/moloko', None)

    """
    if found := _REMOTE(text):
        return f"{found[1]}/{found[2]}"
    if not (found := _SCHEME(text)) or found[1].lower() in {"http", "https"}:
        return None
    app, rest = found[1].lower(), found[2]
    path, _, query = rest.partition("?")
    head, _, behind = path.partition("/")
    if page := _PAGES.get((app, head.lower())):
        return page.format(behind) if behind else None
    if named := _NAMED.get((app, head.lower())):
        page, parameter = named
        name = query_value(query, parameter)
        return page.format(name) if name else None
    return rest.removeprefix("git@")
