"""Which platform a host belongs to, and which hosts hide their target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys.base import Identity, Url, fullmatch, no, words
from outreach.keys.bluesky import BLUESKY
from outreach.keys.circles import DISCORD, MEETUP, SLACK, WHATSAPP
from outreach.keys.facebook import FACEBOOK
from outreach.keys.instagram import INSTAGRAM, THREADS, TIKTOK, TWITCH
from outreach.keys.linkedin import LINKEDIN
from outreach.keys.mirrors import SHOWN_ELSEWHERE
from outreach.keys.publications import GITHUB, MEDIUM, PINTEREST, SPOTIFY, SUBSTACK
from outreach.keys.reddit import REDDIT
from outreach.keys.runet import DZEN, OK, RUTUBE
from outreach.keys.sites import ACCOUNTS
from outreach.keys.telegram import TELEGRAM
from outreach.keys.vk import VK
from outreach.keys.x import X
from outreach.keys.youtube import YOUTUBE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HOSTED", "reader_at", "reader_of"]

HOSTED = (
    BLUESKY, DISCORD, DZEN, FACEBOOK, GITHUB, INSTAGRAM, LINKEDIN, MEDIUM, MEETUP, OK, PINTEREST, REDDIT, RUTUBE,
    SLACK, SPOTIFY, SUBSTACK, TELEGRAM, THREADS, TIKTOK, TWITCH, VK, WHATSAPP, X, YOUTUBE,
)  # fmt: skip

_SHORTENERS = words(
    "bit.ly bitly.com t.co goo.gl tinyurl.com tiny.cc clck.ru vk.cc lnkd.in fb.me fb.gg on.fb.me vm.tiktok.com "
    "vt.tiktok.com ow.ly is.gd v.gd buff.ly amzn.to amzn.eu a.co ok.me u.to goo.su cutt.ly rebrand.ly shorturl.at "
    "shorturl.gg rb.gy t.ly surl.li bl.ink j.mp dlvr.it ift.tt trib.al snip.ly soo.gd s.id x.gd bit.do adf.ly qps.ru "
    "ya.cc clc.to clc.li clc.am spoti.fi spotify.link pin.it dsc.gg meetu.ps wp.me apple.co youtube.app.goo.gl "
    "reddit.app.link tiktokv.com page.link app.goo.gl forms.gle maps.app.goo.gl g.co git.io aka.ms qr.ae db.tt "
    "tgo.link clicks.su inlnk.ru kurl.ru urlid.ru kutt.it short.io lnk.to go.bsky.app link.medium.com shor.by "
    "on.soundcloud.com snd.sc"
)
_COUNTRY = fullmatch(r"(?:com?\.)?[a-z]{2}")
_SHORT = no("a short link hides its target: open it and give the full address")
_POST = no("a post, which does not show its subreddit: give the subreddit")
_VIDEO = no("a video, which does not show its page: give the page that published it")
_IMAGE = no("an image, which does not show its account: give the account")


def _refuse(refusal: Identity) -> Callable[[Url], Identity]:
    return lambda _url: refusal


_READERS: dict[str, Callable[[Url], Identity]] = {
    host: platform.from_url for platform in HOSTED for host in platform.hosts
}
_READERS |= dict.fromkeys(_SHORTENERS, _refuse(_SHORT))
_READERS |= {
    "redd.it": _refuse(_POST),
    "fb.watch": _refuse(_VIDEO),
    "pic.twitter.com": _refuse(_IMAGE),
    "pic.x.com": _refuse(_IMAGE),
}
_READERS |= SHOWN_ELSEWHERE | ACCOUNTS
_READERS |= {"www." + host: reader for host, reader in _READERS.items()}


reader_at: Final = _READERS.get
"""What reads the addresses of a host that is written as it stands in the list of hosts; None for any other."""


def reader_of(host: str) -> Callable[[Url], Identity] | None:
    """What reads the addresses of a host, None for a host of no platform.

    Example:
        >>> reader_of("ru-ru.facebook.com") is FACEBOOK.from_url, reader_of("notfacebook.com")
        (True, None)

    """
    while host:
        if reader := _READERS.get(host):
            return reader
        label, _, host = host.partition(".")
        if label == "pinterest" and _COUNTRY(host):
            return PINTEREST.from_url
    return None
