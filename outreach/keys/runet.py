"""Odnoklassniki, Dzen and Rutube."""

from __future__ import annotations

from outreach.keys.base import HANDLE, NUMBER, Identity, Platform, Url, fullmatch, no, query_value, reserved, subdomain

__all__ = ["DZEN", "OK", "RUTUBE"]


def _word(text: str) -> str | None:
    """A handle without case; the dot at its end belongs to the sentence around the address."""
    text = text.lower()
    return text if HANDLE(text) and text[-1] != "." else None


# --- Odnoklassniki ---

_OK_GLUED = fullmatch(r"(group|profile)([1-9][0-9]*)")
_OK_HOME = no("ok.ru without a path is the home page: give the address of a group")
_OK_NO_NAME = no("not the name of a group on Odnoklassniki: letters, digits and hyphens")
_OK_NUMBER = no("a number alone may be a person or a group on Odnoklassniki: write group/… or profile/…")
_OK_NO_ID = no("not an id on Odnoklassniki: digits only")
_OK_RESERVED = reserved(
    "ok.ru",
    {
        "a video or a broadcast: give the group": "video videos live videoembed clips moments",
        "a search or a list: give the address of a group": "search hashtag feed discovery groups events people online",
        "a part of an address: give all of it": "group profile user dk post topic cdk",
        "an app, a game or a gift": "app apps game games gifts stickers postcards",
        "a page of the site itself": "about ads api apiok bookmarks dating devs discussions friends guests help "
        "holidays login logout mall market marks messages music notifications oauth password payment payments "
        "photos places pymk quests recovery registration regulations restore services settings shop st "
        "theme themes toplay up vacancies vip web-api widget wap2 dblogin nativecalls",
    },
)


def _ok_url(url: Url) -> Identity:
    parts = url.parts
    if subdomain(url.host, "ok.ru", "odnoklassniki.ru") not in {"", "m", "mobile", "wap", "wg", "touch"}:
        return no("a service site of Odnoklassniki, not a group")
    if parts[:1] == ["dk"]:  # as the site wrote all addresses before
        for kind, name in (("group", "st.groupId"), ("profile", "st.friendId")):
            if number := query_value(url.query, name):
                return _ok([kind, number])
    return _ok(parts) if parts else _OK_HOME


def _ok(parts: list[str]) -> Identity:
    head = parts[0].lower().removeprefix("@")
    if head == "user" and len(parts) > 1:  # as profiles were called
        head = "profile"
    if glued := _OK_GLUED(head):
        return Identity(f"ok:{glued[1]}/{glued[2]}", "the id in an Odnoklassniki address")
    if head in {"group", "profile"} and len(parts) > 1:
        return (
            Identity(f"ok:{head}/{parts[1]}", "the id in an Odnoklassniki address") if NUMBER(parts[1]) else _OK_NO_ID
        )
    if head in _OK_RESERVED:
        return _OK_RESERVED[head]
    word = _word(head)
    if word is None or word.isdigit():
        return _OK_NO_NAME
    return Identity(f"ok:{word}", "the name in an Odnoklassniki address")


def _ok_text(text: str) -> Identity | None:
    if text.isascii() and text.isdigit():
        return _OK_NUMBER
    parts = text.split("/")
    found = _ok(parts) if len(parts) == (2 if parts[0].lower() in {"group", "profile"} else 1) else _OK_NO_NAME
    return found if found.key else None


OK = Platform(
    "ok",
    "Odnoklassniki",
    ("ok.ru", "odnoklassniki.ru"),
    _ok_url,
    _ok_text,
    lambda rest: f"https://ok.ru/{rest}",
    lambda rest: rest.startswith(("group/", "profile/")),
)

# --- Dzen ---

_DZEN_ID = fullmatch(r"[0-9a-f]{16,40}")
_DZEN_HOSTS = ("dzen.ru", "zen.yandex.ru", "zen.yandex.com", "zen.yandex.by", "zen.yandex.kz", "zen.yandex.ua")
_DZEN_HOME = no("dzen.ru without a path is the home page: give the address of a channel")
_DZEN_NO_NAME = no("not the name of a channel on Dzen")
_DZEN_RESERVED = reserved(
    "dzen.ru",
    {
        "a publication, which does not show its channel: give the channel": "a b video shorts suite articles article "
        "story "
        "list embed live games-story gallery brief",
        "a search or a list: give the address of a channel": "search news topic topics t tag theme channels "
        "subscriptions "
        "discover favorites feed lenta recommend popular portal notifications interests",
        "a person": "user",
        "a part of an address: give all of it": "id media",
        "a page of the site itself": "about api auto away clck films games help legal login logout page-layout "
        "pogoda "
        "podcasts profile programs project settings shopping sport studio terms turbo tv weather widgets zen-lib "
        "android ios instruction download support promo kids",
    },
)


def _dzen_url(url: Url) -> Identity:
    return _dzen(url.parts) if url.parts else _DZEN_HOME


def _dzen(parts: list[str]) -> Identity:
    head = parts[0].lower().removeprefix("@")
    if head == "media" and len(parts) > 1 and parts[1].lower() != "media":
        return _dzen(parts[1:])
    if head == "id" and len(parts) > 1:
        number = parts[1].lower()
        return Identity(f"dzen:id/{number}", "the id in a Dzen address") if _DZEN_ID(number) else _DZEN_NO_NAME
    if head in _DZEN_RESERVED:
        return _DZEN_RESERVED[head]
    if head == "channel" and len(parts) > 1:  # of whom, the first word does not say
        return _DZEN_NO_NAME
    word = _word(head)
    return Identity(f"dzen:{word}", "the name in a Dzen address") if word else _DZEN_NO_NAME


def _dzen_text(text: str) -> Identity | None:
    parts = text.split("/")
    found = _dzen(parts) if len(parts) == (2 if parts[0].lower() == "id" else 1) else _DZEN_NO_NAME
    return found if found.key else None


DZEN = Platform(
    "dzen",
    "Dzen",
    _DZEN_HOSTS,
    _dzen_url,
    _dzen_text,
    lambda rest: f"https://dzen.ru/{rest}",
    lambda rest: rest.startswith("id/"),
)

# --- Rutube ---

_RUTUBE_PAGE = no("a page of Rutube, not a channel: give the address with channel/ or u/")
_RUTUBE_RESERVED = reserved(
    "rutube.ru",
    {
        "a video, which does not show its channel: give the channel": "video shorts play live yappy embed",
        "a list of videos: give the channel": "plst playlist feeds feed metainfo brand categories tags search",
    },
)


def _rutube_url(url: Url) -> Identity:
    parts = url.parts
    if len(parts) > 2 and parts[0].lower() == "video" and parts[1].lower() == "person":  # until 2022
        parts = ["channel", parts[2]]
    return _rutube(parts)


def _rutube(parts: list[str]) -> Identity:
    kind = parts[0].lower() if parts else ""
    if len(parts) > 1 and kind == "channel" and NUMBER(parts[1]):
        return Identity(f"rutube:channel/{parts[1]}", "the id in a Rutube address")
    if len(parts) > 1 and kind == "u" and (word := _word(parts[1])):
        return Identity(f"rutube:u/{word}", "the name in a Rutube address")
    return _RUTUBE_RESERVED.get(kind, _RUTUBE_PAGE)


def _rutube_text(text: str) -> Identity | None:
    parts = ["channel", text] if NUMBER(text) else text.split("/")
    found = _rutube(parts) if len(parts) == 2 else _RUTUBE_PAGE
    return found if found.key else None


RUTUBE = Platform(
    "rutube",
    "Rutube",
    ("rutube.ru",),
    _rutube_url,
    _rutube_text,
    lambda rest: f"https://rutube.ru/{rest}/",
    lambda rest: rest.startswith("channel/"),
)
