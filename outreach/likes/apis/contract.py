"""What a platform's interface is to the rest: which places it can be asked of, how many at once, what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.remote.call import Kind, Refused, accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.remote.call import Reply, Send

__all__ = ["Access", "Api", "Found", "answer_of", "bearer", "fields", "items", "object_in", "size"]

LARGEST: Final = 10**11  # people; more is an error of somebody's
NO_OTHERS: Final[Mapping[int, str]] = MappingProxyType({})
GONE: Final = "does not know this place, or does not show it"


@dataclass(frozen=True, slots=True)
class Access:
    """What the user gave to be let in; both may be empty."""

    token: str = field(default="", repr=False)
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What an interface tells of a place.

    Args:
        subscribers: People; None where it does not tell.
        same_as: Another key of the same place; empty where there is none.

    """

    subscribers: int | None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Api:
    """A platform's interface; ``ask`` sends its requests and reads its answers."""

    platform: str
    """Of the keys."""
    title: str
    """How sentences begin."""
    variable: str
    """``_TOKEN``, ``_CLIENT_ID`` and ``_URL`` behind it name the environment variables."""
    base: str
    """Where it answers."""
    token_from: str
    """Where its token comes from; empty where it answers without one."""
    most: int
    """Places in one request."""
    pause_seconds: float
    """Between two requests, with a token where one can be had."""
    alone: Callable[[str], bool]
    """Whether the rest of a key needs a request of its own."""
    takes: Callable[[str], object]
    """Whether the rest of a key can be asked about."""
    ask: Callable[[Sequence[str], Access, Send], Mapping[str, Found]]
    """From rests of keys, token and what sends to what was found, by rest."""
    wants_client_id: bool = False
    """Beside the token."""


def answer_of(reply: Reply, others: Mapping[int, str] = NO_OTHERS) -> Any:
    """Return the answer about one place.

    Args:
        reply: What the interface answered.
        others: Sentences of this interface, by status.

    Raises:
        Refused: There is none; a place that is gone, locked or renamed is no reason to stop with the others.

    """
    if reply.status in {404, 410, 451} or 300 <= reply.status < 400:
        raise Refused(f"{GONE} ({reply.status})", Kind.THIS)
    return object_in(accepted(reply, others))


def object_in(reply: Reply) -> dict[str, Any]:
    """Return the JSON object that every interface answers with.

    Raises:
        Refused: It is something else.

    """
    data = reply.data()
    if not isinstance(data, dict):
        raise Refused("gives an answer that cannot be read", Kind.SENSELESS)
    return data


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token, none without one."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def size(value: object) -> int | None:
    """Return a number of people; nobody and nonsense are unknown.

    Example:
        >>> size(51234), size("51234"), size(0), size(True), size("51K"), size(-1), size(10**30)
        (51234, 51234, None, None, None, None, None)

    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST)):
        value = int(value)
    known = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST
    return value if known and isinstance(value, int) else None


def fields(value: object) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[dict[str, Any]]:
    """Return the objects of a JSON list, none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
