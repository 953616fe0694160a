"""What stands before every page: only this machine's own browser window is answered, and only so much is taken.

Pages of other sites can send requests to programs on this machine. The name by which they call it (``Host``), where
they come from (``Sec-Fetch-Site``, ``Origin``) and a cookie that they cannot see tell them apart.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from outreach.app.keys import Keys

__all__ = ["AGAIN", "OPEN", "STATIC", "Guard"]

OPEN: Final = "/open"
"""Takes a one-time token and gives the cookie."""
AGAIN: Final = "/again"
"""A second start of the program asks here for a new token."""
STATIC: Final = "/static/"

READING: Final = frozenset({"GET", "HEAD"})
FROM_HERE: Final = frozenset({"same-origin", "none"})
"""Where a browser may say that a request to read comes from: our pages, or the user himself."""

MOST_BYTES: Final = 1 << 20
"""Of what a page sends, files apart."""
PATIENCE_SECONDS: Final = 30.0
"""How long the next part of what is sent may take."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)

FRAMING: Final = re.compile(r"/c/[0-9a-f]{12}/report")
"""The one page that shows another one of ours in a frame."""
FRAMED: Final = re.compile(r"/c/[0-9a-f]{12}/report/preview")
"""The one that is shown: it is a file for others, which brings its own style and script."""
HASH: Final = r"'sha256-[A-Za-z0-9+/]{43}='"
OF_FRAMED: Final = re.compile(
    rf"default-src 'none'; img-src data:; style-src {HASH}(; script-src {HASH})?; base-uri 'none'; form-action 'none'"
)
"""What such a file may say of itself: it asks nobody for anything, and runs what has this very hash."""


class Guard:
    """Answers for the app where a request must not reach it, and puts the same headers on every answer.

    Args:
        app: What is behind.
        keys: Of this run.
        most_bytes: Path to how much may be sent to it.
        patience_seconds: How long the next part of what is sent may take.

    """

    def __init__(
        self,
        app: ASGIApp,
        keys: Keys,
        most_bytes: Callable[[str], int] = lambda _: MOST_BYTES,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.app: Final = app
        self.keys: Final = keys
        self.most_bytes: Final = most_bytes
        self.patience_seconds: Final = patience_seconds
        self.open_requests = 0
        self.last_request = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        path = scope["path"]  # never the whole address: a malformed Host becomes a part of it
        answer = _with_headers(send, path)
        headers = Headers(scope=scope)
        if refused := self._refusal(scope["method"], path, headers):
            await _refuse(answer, refused)
            return
        most = self.most_bytes(path)
        if _length(headers) > most:
            await _refuse(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self.open_requests += 1
        try:
            await self.app(scope, _limited(receive, most, self.patience_seconds), answer)
        finally:
            self.open_requests -= 1
            self.last_request = time.monotonic()

    def idle_seconds(self) -> float:
        """Return for how long nothing was asked."""
        return 0.0 if self.open_requests else time.monotonic() - self.last_request

    def _refusal(self, method: str, path: str, headers: Headers) -> HTTPStatus | None:
        """Return why a request is not answered, None where it is."""
        if headers.getlist("host") != [self.keys.host]:
            return HTTPStatus.FORBIDDEN
        if method not in {*READING, "POST"}:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if path == AGAIN:
            return None if method == "POST" and self._is_second_start(headers) else HTTPStatus.FORBIDDEN
        if path == OPEN:  # comes from a file or from anywhere: the token tells
            return None if method == "GET" else HTTPStatus.METHOD_NOT_ALLOWED
        from_here = self._may_read(headers) if method in READING else self._may_write(headers)
        return None if from_here and self._has_cookie(headers) else HTTPStatus.FORBIDDEN

    def _is_second_start(self, headers: Headers) -> bool:
        """Whether a program of this user asks; no page can send such a request without these two headers."""
        shown = headers.get("x-outreach-start", "")
        from_page = "origin" in headers or "sec-fetch-site" in headers
        return not from_page and secrets.compare_digest(shown.encode(), self.keys.second_start.encode())

    def _may_read(self, headers: Headers) -> bool:
        return headers.get("sec-fetch-site", "none") in FROM_HERE

    def _may_write(self, headers: Headers) -> bool:
        """Whether a page of ours sends this; under no-referrer a form's own origin is ``null``."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is None:
            return origin == self.keys.origin
        return site == "same-origin" and origin in {None, "null", self.keys.origin}

    def _has_cookie(self, headers: Headers) -> bool:
        wanted = f"{self.keys.cookie_name}={self.keys.cookie}".encode()
        shown = [part.strip() for line in headers.getlist("cookie") for part in line.split(";")]
        return any(secrets.compare_digest(part.encode("utf-8", "replace"), wanted) for part in shown)


def _length(headers: Headers) -> int:
    """Return how much a request says that it sends; 0 where it does not say."""
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _limited(receive: Receive, most: int, patience_seconds: float) -> Receive:
    """Return what gives the parts of what is sent, as long as they come in time and are not too many.

    Raises:
        HTTPException: They do not, or they are.

    """
    taken = 0
    whole = False

    async def limited() -> Message:
        nonlocal taken, whole
        try:
            message = await asyncio.wait_for(receive(), None if whole else patience_seconds)
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers={"connection": "close"}) from None
        whole = not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers={"connection": "close"})
        return message

    return limited


def _with_headers(send: Send, path: str) -> Send:
    """Return what sends an answer with the headers of every answer."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            own = headers.get("content-security-policy", "")
            for name, value in HEADERS:
                headers[name] = value
            done = message["status"] == HTTPStatus.OK
            if done and FRAMING.fullmatch(path):
                headers["content-security-policy"] = f"{POLICY}; frame-src 'self'"
            elif done and FRAMED.fullmatch(path) and OF_FRAMED.fullmatch(own):
                headers["content-security-policy"] = f"{own}; frame-ancestors 'self'"
                headers["x-frame-options"] = "SAMEORIGIN"
            kept = path.startswith(STATIC) and done
            headers["cache-control"] = "private, max-age=31536000, immutable" if kept else "no-store"
        await send(message)

    return answer


async def _refuse(send: Send, status: HTTPStatus) -> None:
    """Send an answer of one line, which says nothing about who asked."""
    body = f"{status.value} {status.phrase}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
