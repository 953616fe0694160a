"""Meetup, Discord, WhatsApp and Slack: groups that one joins."""

from __future__ import annotations

from outreach.keys.base import (
    Identity,
    Platform,
    Url,
    fullmatch,
    keep_none,
    no,
    query_value,
    quote,
    reserved,
    slug,
    subdomain,
    words,
)

__all__ = ["DISCORD", "MEETUP", "SLACK", "WHATSAPP"]

_CODE = fullmatch(r"[A-Za-z0-9_-]{2,64}")
_PHONE = no("a person's phone number or account: give the invite link of a group or a channel")

# --- Meetup ---

_LOCALE = fullmatch(r"[a-z]{2}-[a-z]{2}")
_OLD_LOCALES = words("de es fr it ja ko nl pl pt ru th tr")
_MEETUP_NO_NAME = no("not the name of a Meetup group")
_MEETUP_HOME = no("meetup.com without a path is the home page: give the address of a group")
_MEETUP_RESERVED = reserved(
    "meetup.com",
    {
        "a search or a list: give the address of a group": "find cities topics groups events your-events calendar",
        "a person": "members profile",
        "a part of an address: give all of it": "pro",
        "a page of the site itself": "about account api apps blog create dashboard design google help home "
        "how-to-group-start jobs join legal login login2 logout lp mcapi media media-kit messages meetup_api mu_api "
        "notifications pricing privacy register security settings sign_up signup sitemap start support terms tools "
        "tos_rules upgrade welcome meetup-plus your-groups saved-events",
    },
)
_MEETUP_SERVICES = words("api beta blog help images media-kit secure static status engineering")


def _meetup_url(url: Url) -> Identity:
    parts = url.parts
    if subdomain(url.host, "meetup.com") in _MEETUP_SERVICES:
        return no("a service site of Meetup, not a group")
    if parts and (_LOCALE(parts[0].lower()) or (parts[0].lower() in _OLD_LOCALES and len(parts) > 1)):
        parts = parts[1:]
    return _meetup(parts) if parts else _MEETUP_HOME


def _meetup(parts: list[str]) -> Identity:
    head = slug(parts[0])
    if head == "pro" and len(parts) > 1 and (network := slug(parts[1])):
        return Identity(f"meetup:pro/{network}", "the network in a Meetup address")
    if head is None or _LOCALE(head) or ":" in head or head[0] == "@":
        return _MEETUP_NO_NAME
    return _MEETUP_RESERVED.get(head) or Identity(f"meetup:{head}", "the group in a Meetup address")


def _meetup_text(text: str) -> Identity | None:
    parts = text.split("/")
    found = _meetup(parts) if len(parts) == (2 if parts[0].lower() == "pro" else 1) else _MEETUP_NO_NAME
    return found if found.key else None


MEETUP = Platform(
    "meetup",
    "Meetup",
    ("meetup.com",),
    _meetup_url,
    _meetup_text,
    lambda rest: f"https://www.meetup.com/{quote(rest)}/",
    keep_none,
)

# --- Discord ---

_SERVER = fullmatch(r"[1-9][0-9]{16,19}")
_NAMED_SERVER = fullmatch(r"(?:.*-)?([1-9][0-9]{16,19})")
_DISCORD_NO_SERVER = no("not a Discord server: give its invite link or its id")
_DISCORD_PAGE = no("a page of Discord, not a server: give its invite link or its id")
_DISCORD_RESERVED = reserved(
    "discord.com", {"a person": "users", "a conversation": "channels", "a list of servers": "servers discovery"}
)


def _discord_url(url: Url) -> Identity:
    parts = url.parts
    if not parts:
        return _DISCORD_PAGE
    head = parts[0].lower()
    if url.host.endswith("discord.gg") and head not in {"servers", "invite"}:
        return _discord(["invite", parts[0]])
    return _discord(["widget", query_value(url.query, "id")] if head == "widget" else parts)


def _discord(parts: list[str]) -> Identity:
    head = parts[0].lower()
    word = parts[1] if len(parts) > 1 else ""
    if head in {"channels", "servers", "events"} and (found := _NAMED_SERVER(word)):
        return Identity(f"discord:{found[1]}", "the server id in a Discord address")
    if head == "widget" and _SERVER(word):
        return Identity(f"discord:{word}", "the server id in a Discord address")
    if head == "invite" and word:
        return (
            Identity(f"discord:invite/{word}", "the invite to a Discord server") if _CODE(word) else _DISCORD_NO_SERVER
        )
    return _DISCORD_RESERVED.get(head, _DISCORD_PAGE)


def _discord_text(text: str) -> Identity | None:
    if _SERVER(text):
        return Identity(f"discord:{text}", "the id of a Discord server")
    parts = text.split("/")
    found = _discord(parts) if len(parts) == 2 and parts[0].lower() == "invite" else _DISCORD_NO_SERVER
    return found if found.key else None


def _discord_address(rest: str) -> str:
    return f"https://discord.com/{rest}" if "/" in rest else f"https://discord.com/channels/{rest}"


DISCORD = Platform(
    "discord",
    "Discord",
    ("discord.com", "discord.gg", "discordapp.com"),
    _discord_url,
    _discord_text,
    _discord_address,
    _SERVER,
)

# --- WhatsApp: invite codes of groups, channels ---

_INVITE = fullmatch(r"[A-Za-z0-9_-]{3,64}")
_WHATSAPP_PAGE = no("a page of WhatsApp, not a group or channel: give its invite link")


def _whatsapp_url(url: Url) -> Identity:
    parts = url.parts
    if subdomain(url.host, "whatsapp.com") == "chat":
        words = [word for word in parts if word.lower() not in {"invite", "g"}]
        return _whatsapp(["chat", *words[:1]])
    if url.host.endswith("wa.me") and parts[:1] != ["channel"]:
        return _PHONE
    return _whatsapp(parts)


def _whatsapp(parts: list[str]) -> Identity:
    kind = parts[0].lower() if parts else ""
    if kind in {"chat", "channel"} and len(parts) > 1 and _INVITE(parts[1]):
        return Identity(f"whatsapp:{kind}/{parts[1]}", "the code in a WhatsApp invite")
    return _PHONE if kind in {"send", "catalog", "message", "c", "p"} else _WHATSAPP_PAGE


def _whatsapp_text(text: str) -> Identity | None:
    if text.lstrip("+").replace(" ", "").isdigit():
        return _PHONE
    parts = text.split("/")
    found = _whatsapp(parts) if len(parts) == 2 else _WHATSAPP_PAGE
    return found if found.key else None


def _whatsapp_address(rest: str) -> str:
    kind, _, code = rest.partition("/")
    return f"https://chat.whatsapp.com/{code}" if kind == "chat" else f"https://www.whatsapp.com/channel/{code}"


WHATSAPP = Platform(
    "whatsapp", "WhatsApp", ("whatsapp.com", "wa.me"), _whatsapp_url, _whatsapp_text, _whatsapp_address, keep_none
)

# --- Slack: workspaces ---

_WORKSPACE = fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_TEAM = fullmatch(r"[TE][A-Z0-9]{6,20}")
_SLACK_PAGE = no("a page of Slack, not a workspace: give the address NAME.slack.com")
_SLACK_SERVICES = words("a api app brand edgeapi files get help hooks investor join my slackb status www")


def _slack_url(url: Url) -> Identity:
    parts, name = url.parts, subdomain(url.host, "slack.com")
    if name == "join":
        return _slack(parts[1]) if len(parts) > 1 and parts[0] == "t" else _SLACK_PAGE
    if name == "app":
        return _slack("id/" + parts[1]) if len(parts) > 1 and parts[0] == "client" else _SLACK_PAGE
    return _slack(name)


def _slack(word: str) -> Identity:
    if word[:3].lower() == "id/" and _TEAM(word[3:].upper()):
        return Identity(f"slack:id/{word[3:].upper()}", "the workspace id in a Slack address")
    word = word.lower()
    if word in _SLACK_SERVICES or not _WORKSPACE(word):
        return _SLACK_PAGE
    return Identity(f"slack:{word}", "the workspace in a Slack address")


def _slack_text(text: str) -> Identity | None:
    found = _slack(text)
    return found if found.key else None


def _slack_address(rest: str) -> str:
    return f"https://app.slack.com/client/{rest[3:]}" if rest.startswith("id/") else f"https://{rest}.slack.com/"


SLACK = Platform(
    "slack", "Slack", ("slack.com",), _slack_url, _slack_text, _slack_address, lambda rest: rest.startswith("id/")
)
