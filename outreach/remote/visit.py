"""Opening a public address as a visitor without an account would: bounded, without cookies, never inside a network.

Every address is looked up when it is connected to, and the connection goes to what was looked at: a name that leads
somewhere else a moment later leads nowhere.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from outreach import __version__
from outreach.remote.call import Call, Kind, Refused
from outreach.remote.exchange import Exchange

if TYPE_CHECKING:
    import requests

__all__ = ["USER_AGENT", "Invite", "Visit", "is_invite", "is_public", "visit", "visiting_session"]

USER_AGENT: Final = f"outreach-verify/{__version__} (link-checking bot)"
"""What ``track`` leaves out of access logs as a robot."""

LOOPBACK_ALLOWED = False
"""Whether this machine's own servers are visited; for tests, and set by nothing else."""

MOST_REDIRECTS: Final = 8
MOST_BYTES: Final = 2 * 1024 * 1024
WHOLE_SECONDS: Final = 20.0
LONGEST: Final = 8192
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
HEADERS: Final = {"User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.8"}
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

INVITES: Final = {
    "t.me": re.compile(r"/(?:s/)?(?:\+|%2b|joinchat(?:/|$))", re.IGNORECASE),
    "discord.gg": re.compile(r"/."),
    "discord.com": re.compile(r"/invite(?:/|$)", re.IGNORECASE),
    "chat.whatsapp.com": re.compile(r"/."),
    "signal.group": re.compile(""),
}
SAME_HOSTS: Final = {"telegram.me": "t.me", "telegram.dog": "t.me", "discordapp.com": "discord.com"}


class Invite(Exception):  # noqa: N818 - an answer to expect
    """The address is an invitation to a closed chat: whoever opens it may use it up."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was opened.

    Args:
        address: Of the page, behind all redirects.
        status: Of the answer.
        content: The beginning of the page.
        redirects: How many led there.

    """

    address: str
    status: int
    content: bytes = field(repr=False)
    redirects: int = 0


def visit(address: str, session: requests.Session) -> Visit:
    """Open an address and follow its redirects.

    Args:
        address: Of http or https.
        session: As :func:`visiting_session` gives it.

    Raises:
        Refused: Nothing came, or it would lead where no visitor gets.
        Invite: It is an invitation, or leads to one; that one was not opened.

    """
    until = time.monotonic() + WHOLE_SECONDS
    for redirects in range(MOST_REDIRECTS + 1):
        base, path = _parts(address)
        if is_invite(address):
            raise Invite
        left = max(0.0, until - time.monotonic())
        exchange = Exchange(session, base, whole_seconds=left, most_bytes=MOST_BYTES, cut=True)
        reply = exchange(Call("GET", path, headers=HEADERS))
        session.cookies.clear()
        if reply.status not in REDIRECTS or not reply.location:
            return Visit(address, reply.status, reply.content, redirects)
        address = _joined(address, reply.location)
    raise Refused("redirects in a circle", Kind.THIS)


def is_invite(address: str) -> bool:
    """Whether an address is an invitation to a closed chat.

    Example:
        >>> is_invite("https://t.me/+AbCdEf"), is_invite("https://t.me/smm_riga/77"), is_invite("https://discord.gg/x1")
        (True, False, True)

    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return False
    found = INVITES.get(SAME_HOSTS.get(host, host))
    path = re.sub("/{2,}", "/", parts.path)
    joins = parts.scheme == "tg" or ((host in SAME_HOSTS or host == "t.me") and "invite=" in parts.query.lower())
    return joins or bool(found and found.match(path))


def is_public(address: str) -> bool:
    """Whether an address of a network is one of the open internet.

    Example:
        >>> [is_public(one) for one in ("93.184.215.14", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
        [True, False, False, False, False]

    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None and not is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def visiting_session() -> requests.Session:
    """Return a session that keeps nothing, asks no proxy, and connects to public addresses only."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class PublicHTTP(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self._dns_host, self.port, self.timeout)

    class PublicHTTPS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self._dns_host, self.port, self.timeout)

    class HTTPPool(HTTPConnectionPool):
        ConnectionCls = PublicHTTP

    class HTTPSPool(HTTPSConnectionPool):
        ConnectionCls = PublicHTTPS

    class PublicOnly(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **given: Any) -> None:
            super().init_poolmanager(*args, **given)
            self.poolmanager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}

    session = requests.Session()
    session.trust_env = False  # no proxy, which would look names up itself, and no passwords of .netrc
    if trusted := os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE"):
        session.verify = trusted
    for scheme in ("http://", "https://"):
        session.mount(scheme, PublicOnly(max_retries=0))
    return session


def _connected(host: str, port: int | None, timeout: Any) -> socket.socket:
    """Return a connection to a host of which every address is public.

    Raises:
        Refused: One of them is not.

    """
    from urllib3.exceptions import NewConnectionError

    try:
        host.encode("idna")
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise NewConnectionError(None, "no such name") from err  # type: ignore[arg-type]  # it is shown to nobody
    if not all(_may_visit(str(one[4][0])) for one in found):
        raise Refused("redirects to an address inside a network, which is not opened", Kind.THIS, unreached=True)
    last: OSError = OSError("no address")
    for family, kind, protocol, _, place in found:
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(timeout if isinstance(timeout, int | float) else None)
            opened.connect(place)
        except OSError as err:
            last = err
            opened.close()
        else:
            return opened
    raise NewConnectionError(None, "no connection") from last  # type: ignore[arg-type]  # as above


def _may_visit(address: str) -> bool:
    if is_public(address):
        return True
    return LOOPBACK_ALLOWED and ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _parts(address: str) -> tuple[str, str]:
    """Return server and path of an address.

    Raises:
        Refused: It is none that may be opened.

    """
    wrong = Refused("is not the address of a page", Kind.THIS)
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise wrong from None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise wrong
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        raise wrong
    base = f"{parts.scheme.lower()}://{parts.netloc}"
    path = address.partition("://")[2][len(parts.netloc) :].partition("#")[0]
    return base, path if path.startswith("/") else f"/{path}"


def _joined(address: str, location: str) -> str:
    """Return where a redirect leads; servers write other letters than those of ASCII as bytes."""
    try:
        readable = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        readable = location
    try:
        return urljoin(address, readable.strip())
    except ValueError:
        raise Refused("redirects to something that is not an address", Kind.THIS) from None
