"""What all services that shorten links share: the request, the reply, the refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.remote.call import Call, Kind, Refused, Reply, Send
from outreach.remote.call import accepted as accepted_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Call", "Kind", "Made", "Refused", "Reply", "Send", "Shortener", "Wish", "accepted", "text_at"]

_NO_OTHERS: Final[Mapping[int, str]] = MappingProxyType({})
_SENTENCES: Final = {
    403: "does not allow this: check the token's rights, the plan and the domain",
    409: "has another link under this name",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a service is asked for: a tagged URL in ASCII, a domain (empty is the usual one), the user's token."""

    url: str
    domain: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A short link and, where the service tells it, the URL that it leads to."""

    short_url: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Shortener:
    """A service that shortens links; ``shorten`` sends its requests and reads its answers."""

    name: str
    """What ``--with`` takes, and what the cache calls it."""
    title: str
    """How sentences begin."""
    variable: str
    """``_TOKEN`` and ``_URL`` behind it name the environment variables."""
    base: str
    """Where it answers; empty where the user has a server of his own."""
    token_from: str
    """Where its token comes from; empty where it wants none."""
    domains: bool
    """Whether the domain of the short link can be chosen."""
    repeatable: bool
    """Whether the same request twice makes one link."""
    shorten: Callable[[Wish, Send], Made]


def accepted(reply: Reply, others: Mapping[int, str] = _NO_OTHERS) -> Reply:
    """Return a reply that is no refusal.

    Args:
        reply: What the service answered.
        others: Sentences of this service, by status.

    Raises:
        Refused: The status says so.

    Example:
        >>> accepted(Reply(201, b"{}")).data()
        {}

    """
    return accepted_reply(reply, {**_SENTENCES, **others}, otherwise="does not accept this link")


def text_at(data: Any, *path: str) -> str:
    """Return the text at a path in JSON.

    Raises:
        Refused: There is none.

    Example:
        >>> text_at({"response": {"short_url": "https://vk.cc/a"}}, "response", "short_url")
        'https://vk.cc/a'

    """
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    if not isinstance(data, str):
        raise Refused("gives an answer without a link")
    return data
