"""Sites that show what belongs to a platform: mirrors, fixed previews, catalogues, bridges.

A mirror writes its paths as the platform does, so the platform reads them. A catalogue has paths of its own, which the
functions here turn into those of the platform; what they do not know stays a page of the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys.base import Identity, Platform, Url, fullmatch, no, words
from outreach.keys.bluesky import BLUESKY
from outreach.keys.circles import DISCORD
from outreach.keys.instagram import INSTAGRAM, THREADS, TIKTOK, TWITCH
from outreach.keys.publications import GITHUB, MEDIUM
from outreach.keys.reddit import REDDIT
from outreach.keys.telegram import TELEGRAM
from outreach.keys.web import from_site
from outreach.keys.x import X
from outreach.keys.youtube import YOUTUBE, channel_id

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SHOWN_ELSEWHERE", "bridged", "from_mirror"]

_MIRRORS: Final = {
    BLUESKY: "fxbsky.app vxbsky.app bskyx.app bskx.app bskye.app bsyy.app cbsky.app psky.app bsky.dev deer.social "
    "blacksky.community witchsky.app",
    INSTAGRAM: "ddinstagram.com kkinstagram.com eeinstagram.com vxinstagram.com instagramez.com imginn.com",
    MEDIUM: "scribe.rip",
    REDDIT: "rxddit.com vxreddit.com rxyddit.com redditez.com libredd.it safereddit.com",
    TELEGRAM: "tx.me telete.in tlgg.ru teleg.run tele.click ttttt.me t-do.ru telegram.im",
    THREADS: "fixthreads.net vxthreads.net",
    TIKTOK: "vxtiktok.com tnktok.com tfxktok.com tiktxk.com tiktokez.com",
    X: "fxtwitter.com vxtwitter.com fixupx.com fixvx.com twittpr.com twitterez.com xcancel.com lightbrd.com "
    "nitter.net nitter.it nitter.cz twiiit.com twstalker.com",
    YOUTUBE: "yewtu.be invidio.us piped.video poketube.fun youtubekids.com hooktube.com",
}
_FRONT_ENDS: Final = {  # programs that people run on hosts of their own, under this name
    "nitter": X, "libreddit": REDDIT, "redlib": REDDIT, "teddit": REDDIT, "safetwitch": TWITCH,
    "bibliogram": INSTAGRAM, "proxigram": INSTAGRAM, "invidious": YOUTUBE, "piped": YOUTUBE,
}  # fmt: skip
_BRIDGES: Final = {"bsky.brid.gy": BLUESKY, "bird.makeup": X, "kilogram.makeup": INSTAGRAM}
_SERVICES: Final = words("api docs about blog status static cdn")
_NO_PATH: Final = no("a page of an app for the fediverse: open the account on its own server and give that address")
_OPAQUE: Final = no("a channel by its code in a catalogue: open it there and give the address of the channel")
_LOCALE: Final = fullmatch(r"[a-z]{2}(?:-[a-z]{2})?")
_CODE: Final = fullmatch(r"A{4}[A-Za-z0-9_-]{12,30}")
_NUMBERED: Final = fullmatch(r"[1-9][0-9]{3,19}-([A-Za-z][A-Za-z0-9_]{3,31})")


def from_mirror(url: Url) -> Identity | None:
    """What a page of a program that people host themselves shows; None for any other page.

    ``/channel/UC…`` is a channel of YouTube on whatever host, because such an id is nothing else.

    Example:
        >>> from outreach.keys.address import cut
        >>> from_mirror(cut("nitter.example/smm_riga")).key, from_mirror(cut("example.com/smm_riga"))
        ('x:smm_riga', None)

    """
    parts = url.parts
    if not parts:
        return None
    platform = _FRONT_ENDS.get(url.host.partition(".")[0])
    if platform and (platform is YOUTUBE or parts[0][0] != "@"):  # which the fediverse may have, too
        found = _shown(platform, url)
        return found if found.key else None
    if parts[:1] == ["feed"]:
        parts = parts[1:]
    return channel_id(parts[1]) if len(parts) > 1 and parts[0] == "channel" else None


def bridged(user: str, host: str) -> Identity | None:
    """The account behind one that a bridge made for the fediverse; None where the host is no bridge.

    Example:
        >>> bridged("smm.bsky.social", "bsky.brid.gy").key, bridged("smm", "mas.to")
        ('bluesky:smm.bsky.social', None)

    """
    platform = _BRIDGES.get(host)
    return (platform.from_key or platform.from_text)(user) if platform else None


def _mirror_of(platform: Platform) -> Callable[[Url], Identity]:
    def read(url: Url) -> Identity:
        is_page = url.parts and url.host.partition(".")[0] not in _SERVICES
        return _shown(platform, url) if is_page else from_site(url)

    return read


def _shown(platform: Platform, url: Url) -> Identity:
    """What the platform shows under the same path."""
    return platform.from_url(url._replace(host=platform.hosts[0], port=""))


def _on(platform: Platform, *parts: str) -> Identity:
    return platform.from_url(Url(platform.hosts[0], "", "/".join(parts), list(parts), "", ""))


def _tgstat(url: Url) -> Identity:
    """``tgstat.ru/channel/@name/stat``, ``tgstat.com/en/chat/@name``; a private channel has a code."""
    parts = url.parts[1:] if url.parts and _LOCALE(url.parts[0]) else url.parts
    if len(parts) > 1 and parts[0] in {"channel", "chat"}:
        return _on(TELEGRAM, parts[1]) if parts[1][0] == "@" else _OPAQUE
    return from_site(url)


def _telemetr(url: Url) -> Identity:
    """``telemetr.me/content/name``, ``telemetr.me/@name``, ``telemetr.io/en/channels/1234567890-name/posts``."""
    parts = url.parts
    if parts and parts[0][0] == "@":
        return _on(TELEGRAM, parts[0])
    if len(parts) > 1 and parts[0] == "content":
        return _OPAQUE if _CODE(parts[1]) else _on(TELEGRAM, parts[1])
    if parts and _LOCALE(parts[0]):
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "channels" and (found := _NUMBERED(parts[1])):
        return _on(TELEGRAM, found[1])
    return from_site(url)


def _telegram_catalogue(*heads: str) -> Callable[[Url], Identity]:
    """Return what reads ``/head/name`` and ``/head/@name`` of a catalogue."""

    def read(url: Url) -> Identity:
        if len(url.parts) > 1 and url.parts[0] in heads:
            named = _on(TELEGRAM, url.parts[1])
            return named if named.key else from_site(url)
        return from_site(url)

    return read


_SOCIAL_BLADE: Final = {
    ("youtube", "channel"): (YOUTUBE, "channel/"), ("youtube", "c"): (YOUTUBE, "c/"),
    ("youtube", "user"): (YOUTUBE, "user/"), ("youtube", "handle"): (YOUTUBE, "@"),
    ("instagram", "user"): (INSTAGRAM, ""), ("twitter", "user"): (X, ""), ("tiktok", "user"): (TIKTOK, "@"),
    ("twitch", "user"): (TWITCH, ""),
}  # fmt: skip
_FEEDS: Final = {
    ("telegram", "channel"): (TELEGRAM, ""), ("twitter", "user"): (X, ""), ("instagram", "user"): (INSTAGRAM, ""),
    ("youtube", "channel"): (YOUTUBE, "channel/"), ("youtube", "user"): (YOUTUBE, ""),
    ("bsky", "profile"): (BLUESKY, "profile/"),
}  # fmt: skip


def _by_platform(table: dict[tuple[str, str], tuple[Platform, str]]) -> Callable[[Url], Identity]:
    """Return what reads ``/platform/kind/name`` of a site that covers several platforms."""

    def read(url: Url) -> Identity:
        if len(url.parts) > 2 and (found := table.get((url.parts[0], url.parts[1]))):
            platform, before = found
            name = url.parts[2] if before != "@" else url.parts[2].removeprefix("@")
            return _on(platform, *f"{before}{name}".split("/"))
        return from_site(url)

    return read


def _discord_catalogue(head: str) -> Callable[[Url], Identity]:
    """Return what reads ``/head/id`` of a catalogue of servers."""

    def read(url: Url) -> Identity:
        found = DISCORD.from_text(url.parts[1]) if len(url.parts) > 1 and url.parts[0] == head else None
        return found if found and found.key else from_site(url)

    return read


def _behind(platform: Platform, head: str, length: int) -> Callable[[Url], Identity]:
    """Return what reads the words behind the first one, which is ``head`` or missing, as those of a platform."""

    def read(url: Url) -> Identity:
        parts = url.parts if not head else url.parts[1:] if url.parts[:1] == [head] else []
        found = _on(platform, *parts[:length]) if len(parts) >= length else None
        return found if found and found.key else from_site(url)

    return read


def _bridge_page(url: Url) -> Identity:
    """``fed.brid.gy/bsky/name.bsky.social``, ``bsky.brid.gy/ap/did:plc:…``."""
    if len(url.parts) > 1 and url.parts[0] in {"bsky", "ap"} and not url.parts[1].startswith("at:"):
        found = BLUESKY.from_text(url.parts[1])
        if found and found.key:
            return found
    return from_site(url)


SHOWN_ELSEWHERE: Final[dict[str, Callable[[Url], Identity]]] = {
    host: _mirror_of(platform) for platform, hosts in _MIRRORS.items() for host in hosts.split()
} | {
    "tgstat.ru": _tgstat,
    "tgstat.com": _tgstat,
    "telemetr.me": _telemetr,
    "telemetr.io": _telemetr,
    "telega.in": _telegram_catalogue("channels", "c"),
    "tlgrm.ru": _telegram_catalogue("channels"),
    "tlgrm.eu": _telegram_catalogue("channels"),
    "telegramchannels.me": _telegram_catalogue("channels", "groups"),
    "socialblade.com": _by_platform(_SOCIAL_BLADE),
    "rsshub.app": _by_platform(_FEEDS),
    "tgchannels.org": _telegram_catalogue("channel"),
    "picuki.com": _behind(INSTAGRAM, "profile", 1),
    "raw.githubusercontent.com": _behind(GITHUB, "", 2),
    "codeload.github.com": _behind(GITHUB, "", 2),
    "clearsky.app": lambda url: _on(BLUESKY, "profile", *url.parts[:1]) if url.parts else from_site(url),
    "phanpy.social": lambda _url: _NO_PATH,
    "disboard.org": _discord_catalogue("server"),
    "brid.gy": _bridge_page,
}
"""What reads the addresses of each host."""
