"""What all services that are asked over HTTP share: the request, the reply, the refusal."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Call", "Kind", "Refused", "Reply", "Send", "accepted"]

_NO_OTHERS: Final[Mapping[int, str]] = MappingProxyType({})
_SECONDS: Final = re.compile(r"[0-9]{1,9}").fullmatch
_MOMENT: Final = re.compile(r"[0-9]{9,11}").fullmatch
_SENTENCES: Final = {
    401: "does not accept the token",
    403: "does not allow this: check the token's rights and the plan",
    404: "does not know this request: check the address of the service",
    429: "takes no more requests for now",
}


class Kind(Enum):
    """What a refusal means for the next attempt."""

    THIS = "this cannot be had, other things may"
    SENSELESS = "this cannot be had, and if it goes on, there is no such service here"
    ALL = "nothing can, until the user changes something"
    BUSY = "nothing was done; the same again later"
    UNSURE = "it may have been done; the same again only where a repeat does no harm"


class Refused(Exception):  # noqa: N818 - an answer to expect, told to the user as a remark
    """Something was not had; the message continues a sentence that begins with the service's title.

    ``unreached`` says that there was no connection at all, ``slow`` that the time for it was used up.
    """

    def __init__(
        self,
        reason: str,
        kind: Kind = Kind.THIS,
        *,
        wait_seconds: float | None = None,
        unreached: bool = False,
        slow: bool = False,
    ) -> None:
        super().__init__(reason)
        self.unreached = unreached
        self.slow = slow
        self.reason = reason
        self.kind = kind
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Call:
    """A request; what may hold a token is never shown.

    ``secret_path`` stands before the path, where a service wants its token in the address.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, str | Sequence[str]] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    secret_path: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose size is bounded; never shown, because it may repeat what was sent."""

    status: int
    content: bytes = field(repr=False)
    retry_after: str = ""
    reset: str = ""
    location: str = field(default="", repr=False)

    def data(self) -> Any:
        """Return the JSON in it.

        Raises:
            Refused: It is something else.

        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise Refused("gives an answer that cannot be read", Kind.SENSELESS) from None

    def wait_seconds(self, now: datetime | None = None) -> float | None:
        """Return how long the service asks to wait, None where it does not say so.

        Example:
            >>> Reply(429, b"", "30").wait_seconds()
            30.0

        """
        if _SECONDS(self.retry_after.strip()):
            return float(self.retry_after)
        try:
            until = parsedate_to_datetime(self.retry_after)
        except (TypeError, ValueError, OverflowError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())

    def seconds_until_reset(self, now: datetime | None = None) -> float | None:
        """Return how long it is until requests are taken again, by the moment that Twitch tells; None without one.

        Example:
            >>> Reply(429, b"", reset="1900000009").seconds_until_reset(datetime.fromtimestamp(1900000000, UTC))
            9.0

        """
        if not _MOMENT(self.reset.strip()):
            return None
        return max(0.0, float(self.reset) - (now or datetime.now(UTC)).timestamp())


class Send(Protocol):
    """Sends one request, once."""

    def __call__(self, call: Call, /) -> Reply:
        """Return the answer; a ``Refused`` is raised where none came."""


def accepted(reply: Reply, others: Mapping[int, str] = _NO_OTHERS, *, otherwise: str = "does not accept this") -> Reply:
    """Return a reply that is no refusal.

    Args:
        reply: What the service answered.
        others: Sentences of this service, by status.
        otherwise: The sentence where nothing more is known.

    Raises:
        Refused: The status says so.

    Example:
        >>> accepted(Reply(201, b"{}")).data()
        {}

    """
    status = reply.status
    if 200 <= status < 300:
        return reply
    if 300 <= status < 400:
        raise Refused(f"redirects elsewhere, which is not followed ({status})", Kind.ALL)
    sentence = others.get(status) or _SENTENCES.get(status)
    if status == 429:
        raise Refused(f"{sentence} ({status})", Kind.BUSY, wait_seconds=reply.wait_seconds())
    if status >= 500:
        raise Refused(f"{sentence or 'is out of order'} ({status})", Kind.UNSURE, wait_seconds=reply.wait_seconds())
    kind = Kind.ALL if status in {401, 402, 403, 404, 405, 407} else Kind.THIS
    raise Refused(f"{sentence or otherwise} ({status})", kind)
