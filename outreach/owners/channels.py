"""How people are reached, as it is written into one cell: ``telegram @marina; email m@example.org``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import CHANNELS
from outreach.owners.person import Channel
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["channel_named", "channels_in", "channels_text", "link_of"]

EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}")
TELEPHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{5,20}")
HANDLE: Final = re.compile(r"@\w[\w.]{1,63}")
HOSTS: Final = {
    "t.me": "telegram",
    "telegram.me": "telegram",
    "wa.me": "whatsapp",
    "api.whatsapp.com": "whatsapp",
    "m.me": "messenger",
}
PARTS: Final = re.compile(r"[;\n]|,\s")
DIGITS: Final = 7


def channel_named(text: str) -> str:
    """Return the channel that a word means; empty for a word that means none.

    Example:
        >>> channel_named("Телеграм"), channel_named("E-mail"), channel_named("pigeon")
        ('telegram', 'email', '')

    """
    return meanings_of("channels").get(fold_header(text), "")


def channels_text(channels: Iterable[Channel]) -> str:
    """Return channels as one text, the best first.

    Example:
        >>> channels_text([Channel("telegram", "@marina"), Channel("email", "m@example.org")])
        'telegram @marina; email m@example.org'

    """
    return "; ".join(f"{one.kind} {one.address}" for one in channels)


def channels_in(text: str, platform: str = "") -> tuple[tuple[Channel, ...], str]:
    """Return the channels that a cell names, and what is left of it.

    Args:
        text: As a person wrote it, or as :func:`channels_text` did.
        platform: Of the place; a bare handle is one of Telegram there, elsewhere of the place's own network.

    Example:
        >>> channels_in("@marina, m@example.org; call her", "telegram")
        ((Channel(kind='telegram', address='@marina'), Channel(kind='email', address='m@example.org')), 'call her')

    """
    ours = [part.strip().partition(" ") for part in text.split(";")]
    if text.strip() and all(kind in CHANNELS and address.strip() for kind, _, address in ours):
        return tuple(Channel(kind, address.strip()) for kind, _, address in ours), ""
    found: list[Channel] = []
    left: list[str] = []
    for part in (piece.strip() for piece in PARTS.split(text)):
        if one := _channel(part, platform):
            found.append(one)
        elif part:
            left.append(part)
    return tuple(dict.fromkeys(found)), "; ".join(left)


def link_of(channel: Channel) -> str:
    """Return an address that opens a conversation; empty where there is none.

    Example:
        >>> link_of(Channel("telegram", "@marina")), link_of(Channel("whatsapp", "+371 200 00 000"))
        ('https://t.me/marina', 'https://wa.me/37120000000')

    """
    address = channel.address.strip()
    digits = re.sub(r"\D", "", address)
    if address.lower().startswith(("http://", "https://")):
        return address
    if channel.kind == "telegram" and HANDLE.fullmatch(address):
        return f"https://t.me/{address[1:]}"
    if channel.kind == "whatsapp" and len(digits) >= DIGITS:
        return f"https://wa.me/{digits}"
    if channel.kind == "email" and EMAIL.fullmatch(address):
        return f"mailto:{address}"
    return f"tel:{address.replace(' ', '')}" if channel.kind == "telephone" and len(digits) >= DIGITS else ""


def _channel(part: str, platform: str) -> Channel | None:
    named, _, rest = part.partition(" ")
    told = named.endswith(":") or re.search(r"[@\d/.]", rest)
    if rest.strip() and told and (kind := channel_named(named.rstrip(":"))):
        return Channel(kind, rest.strip())
    host, _, path = re.sub(r"^https?://(?:www\.)?", "", part, flags=re.IGNORECASE).partition("/")
    if path and (kind := HOSTS.get(host.lower(), "")):
        return Channel(kind, f"@{path}" if kind == "telegram" and re.fullmatch(r"\w+", path) else part)
    if EMAIL.fullmatch(part.removeprefix("mailto:")):
        return Channel("email", part.removeprefix("mailto:"))
    if HANDLE.fullmatch(part):
        return Channel("telegram" if platform == "telegram" else "message", part)
    if TELEPHONE.fullmatch(part) and len(re.sub(r"\D", "", part)) >= DIGITS:
        return Channel("telephone", part)
    return Channel("form", part) if part.lower().startswith(("http://", "https://")) else None
