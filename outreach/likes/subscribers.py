"""How large places are, asked from the platforms' own interfaces; only where the user says so.

Nothing is sent but the keys of places, and only to the hosts of ``APIS`` (or where the user's environment says that one
of them answers); redirects are not followed. What cannot be had is unknown, with the reason.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach.errors import InputError
from outreach.keys import identify, is_name, platform_of
from outreach.keys.base import unescape
from outreach.likes.apis.bluesky import BLUESKY
from outreach.likes.apis.contract import Access
from outreach.likes.apis.discord import DISCORD
from outreach.likes.apis.github import GITHUB
from outreach.likes.apis.mastodon import MASTODON
from outreach.likes.apis.reddit import REDDIT
from outreach.likes.apis.telegram import TELEGRAM
from outreach.likes.apis.twitch import TWITCH
from outreach.likes.apis.vk import VK
from outreach.likes.apis.youtube import YOUTUBE
from outreach.remote.call import Kind, Refused
from outreach.remote.exchange import Exchange
from outreach.remote.settings import server_address, token_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import requests

    from outreach.likes.apis.contract import Api, Found

__all__ = ["APIS", "Answer", "Asked", "Outcome", "asked_for", "look_up"]

APIS: Final[Mapping[str, Api]] = {
    api.platform: api for api in (BLUESKY, DISCORD, GITHUB, MASTODON, REDDIT, TELEGRAM, TWITCH, VK, YOUTUBE)
}
"""Every interface by its platform."""
PAUSES_SECONDS: Final = (1.0, 2.0, 4.0)
LONGEST_PAUSE_SECONDS: Final = 60.0
QUICK_SECONDS: Final = 3.0
SENSELESS_IN_A_ROW: Final = 5  # answers that are none: a page in place of JSON
FAILURES_IN_A_ROW: Final = 2  # one may be that place's own; two are the service's
MOST_BYTES: Final = 4 << 20  # five hundred communities with their pictures' addresses are one tenth of it
NAME_ONLY: Final = "only the name is known, not the address"
NO_API: Final = "its interface shows sizes to contract partners only"
NOT_TAKEN: Final = "{} does not show the size of such an address"
NOT_FOUND: Final = "{} does not know this place"
HIDDEN: Final = "{} does not show the size"


class Outcome(Enum):
    """What became of a question."""

    TOLD = "the platform answered, with a size or without"
    NOT_ASKED = "there is nothing that could be asked"
    LOCKED = "not asked, because the platform wants a token and has none that can be one"
    FAILED = "the platform gave no answer"
    UNREACHED = "there was no connection"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one key.

    Args:
        key: The place.
        subscribers: People, None where unknown.
        same_as: Another key of the same place, as the platform says; empty where it says none.
        why: Why the size is unknown; empty where it is known.
        outcome: What that is in a word, for whoever decides on it.

    """

    key: str
    subscribers: int | None = None
    same_as: str = ""
    why: str = ""
    outcome: Outcome = Outcome.TOLD


@dataclass(frozen=True, slots=True)
class Asked:
    """Who would be asked for sizes.

    Args:
        platform: Whose interface it is.
        host: Where it answers.
        places: How many.
        token: Name of the environment variable that it wants and that is empty; empty where nothing is missing.

    """

    platform: str
    host: str
    places: int
    token: str = ""


def asked_for(keys: Iterable[str], env: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return whom :func:`look_up` asks for sizes, by platform; nothing is sent.

    Args:
        keys: Of the places; those that nobody can be asked for are left out.
        env: Holds the tokens, and where an interface answers.

    Raises:
        InputError: An address in the environment is none.

    Example:
        >>> asked_for(["github:a", "github:b", "vk:club7", "facebook:smm"], {})
        (Asked(platform='github', host='api.github.com', places=2, token=''), \
Asked(platform='vk', host='api.vk.com', places=1, token='OUTREACH_VK_TOKEN'))

    """
    counts: Counter[str] = Counter()
    for key in dict.fromkeys(keys):
        api = APIS.get(platform_of(key))
        if api is not None and not is_name(key) and api.takes(unescape(key.partition(":")[2])):
            counts[api.platform] += 1
    found = []
    for platform, places in sorted(counts.items()):
        api = APIS[platform]
        variable = f"{api.variable}_TOKEN"
        locked = bool(api.token_from) and not env.get(variable, "").strip()
        found.append(Asked(platform, urlsplit(_base(api, env)).hostname or "", places, variable if locked else ""))
    return tuple(found)


def look_up(
    keys: Iterable[str],
    *,
    session: requests.Session,
    env: Mapping[str, str],
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Answer]:
    """Ask how large places are; yield an answer for each different key as soon as it is there.

    Args:
        keys: Of the places.
        session: Sends the requests.
        env: Holds the tokens (``OUTREACH_VK_TOKEN``) and, where it is not the usual one, where an interface answers
            (``OUTREACH_VK_URL``).
        sleep: Waits between requests and before a repeat.

    Raises:
        InputError: An address in the environment is none.

    Example:
        >>> import requests
        >>> [answer.why for answer in look_up(["facebook:smm"], session=requests.Session(), env={})]
        ['its interface shows sizes to contract partners only']

    """
    by_platform: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        by_platform.setdefault(platform_of(key), []).append(key)
    bases = {api.platform: _base(api, env) for api in APIS.values() if api.platform in by_platform}
    network = _Network()
    for platform, several in by_platform.items():
        if platform in APIS:
            desk = _Desk(APIS[platform], Exchange(session, bases[platform], most_bytes=MOST_BYTES), sleep, network)
            yield from desk.answers(several, env)
        else:
            yield from (_not_asked(key, NAME_ONLY if is_name(key) else NO_API) for key in several)


def _not_asked(key: str, why: str) -> Answer:
    return Answer(key, why=why, outcome=Outcome.NOT_ASKED)


def _base(api: Api, env: Mapping[str, str]) -> str:
    variable = f"{api.variable}_URL"
    given = env.get(variable, "").strip()
    return server_address(variable, given) if given else api.base


@dataclass(slots=True)
class _Network:
    """What the platforms that were asked before tell of this computer's connection."""

    reached: bool = False
    waited: bool = False

    @property
    def silent(self) -> bool:
        """Whether one platform was waited for, and none was ever reached: then each other one gets a quick try."""
        return self.waited and not self.reached


@dataclass(slots=True)
class _Desk:
    """Asks one interface for one batch after another, and stops where it is of no use."""

    api: Api
    send: Exchange
    sleep: Callable[[float], None]
    network: _Network
    access: Access = field(default_factory=Access)
    failures: int = 0
    senseless: int = 0
    closed: str = ""
    outcome: Outcome = Outcome.FAILED
    pause_due: bool = False

    def answers(self, keys: Sequence[str], env: Mapping[str, str]) -> Iterator[Answer]:
        """Yield an answer for each key."""
        rests: dict[str, str] = {}
        for key in keys:
            rest = unescape(key.partition(":")[2])
            if is_name(key) or not self.api.takes(rest):
                yield _not_asked(key, NAME_ONLY if is_name(key) else NOT_TAKEN.format(self.api.title))
            else:
                rests[rest] = key
        if not rests:
            return
        try:
            self.access = self._access(env)
        except InputError as error:
            self.closed, self.outcome = error.message, Outcome.LOCKED
        for batch in _batches(rests, self.api):
            for rest, answer in self._of_batch(batch, rests):
                rests.pop(rest)
                yield answer

    def _access(self, env: Mapping[str, str]) -> Access:
        api, variable = self.api, f"{self.api.variable}_TOKEN"
        if not api.token_from and not env.get(variable, "").strip():
            return Access()
        token = token_in(variable, env, api.title, api.token_from or "the platform's settings")
        if not api.wants_client_id:
            return Access(token)
        return Access(token, token_in(f"{api.variable}_CLIENT_ID", env, api.title, api.token_from, "client id"))

    def _of_batch(self, batch: Sequence[str], keys: Mapping[str, str]) -> Iterator[tuple[str, Answer]]:
        """Yield the answers for a batch; one that is refused for a place in it is asked for in halves."""
        if self.closed:
            yield from ((rest, Answer(keys[rest], why=self.closed, outcome=self.outcome)) for rest in batch)
            return
        try:
            found = self._patiently(batch)
        except Refused as refused:
            self.senseless = self.senseless + 1 if refused.kind is Kind.SENSELESS else 0
            hopeless = self.senseless >= SENSELESS_IN_A_ROW
            if refused.kind in {Kind.THIS, Kind.SENSELESS} and len(batch) > 1 and not hopeless:
                half = len(batch) // 2
                yield from self._of_batch(batch[:half], keys)
                yield from self._of_batch(batch[half:], keys)
                return
            why = self._noted(refused)
            yield from ((rest, Answer(keys[rest], why=why, outcome=_outcome(refused))) for rest in batch)
            return
        self.failures = self.senseless = 0
        yield from ((rest, self._answer(keys[rest], found.get(rest))) for rest in batch)

    def _answer(self, key: str, found: Found | None) -> Answer:
        if found is None:
            return Answer(key, why=NOT_FOUND.format(self.api.title))
        same_as = found.same_as if found.same_as and identify(found.same_as).key == found.same_as else ""
        why = "" if found.subscribers else HIDDEN.format(self.api.title)
        return Answer(key, found.subscribers, same_as if same_as != key else "", why)

    def _noted(self, refused: Refused) -> str:
        """Return a refusal as a sentence, and stop asking where the next one would be refused too."""
        reason = f"{self.api.title} {refused.reason}"
        if (refused.wait_seconds or 0) > LONGEST_PAUSE_SECONDS:
            reason += f" and asks you to wait {refused.wait_seconds:.0f} seconds"
        self.failures = self.failures + 1 if refused.kind is Kind.UNSURE else 0
        hopeless = self.failures >= FAILURES_IN_A_ROW or self.senseless >= SENSELESS_IN_A_ROW
        if refused.kind in {Kind.ALL, Kind.BUSY} or refused.slow or refused.unreached or hopeless:
            self.closed, self.outcome = reason, _outcome(refused)
        return reason

    def _patiently(self, batch: Sequence[str]) -> Mapping[str, Found]:
        """Ask, and ask again where that may help; a question does no harm."""
        for number, pause in enumerate(() if self.network.silent else PAUSES_SECONDS):
            try:
                return self._ask(batch)
            except Refused as refused:
                if not _worth_repeating(refused, number):
                    self.network.waited = True
                    raise
                self.sleep(max(pause, refused.wait_seconds or 0, self.api.pause_seconds))
                self.pause_due = False
        self.network.waited = True
        return self._ask(batch)

    def _ask(self, batch: Sequence[str]) -> Mapping[str, Found]:
        if self.pause_due:
            self.sleep(self.api.pause_seconds)
        self.pause_due = True
        send = replace(self.send, whole_seconds=QUICK_SECONDS) if self.network.silent else self.send
        try:
            found = self.api.ask(batch, self.access, send)
        except Refused as refused:
            self.network.reached = self.network.reached or not (refused.unreached or refused.slow)
            raise
        self.network.reached = True
        return found


def _outcome(refused: Refused) -> Outcome:
    """Return what a refusal is: of one place it is an answer."""
    if refused.unreached:
        return Outcome.UNREACHED
    return Outcome.TOLD if refused.kind is Kind.THIS else Outcome.FAILED


def _worth_repeating(refused: Refused, number: int) -> bool:
    """Tell whether a question is asked again; one that cost all its time at most once, a host without an answer not."""
    if refused.kind not in {Kind.BUSY, Kind.UNSURE} or (refused.wait_seconds or 0) > LONGEST_PAUSE_SECONDS:
        return False
    return not refused.slow or (number == 0 and not refused.unreached)


def _batches(rests: Iterable[str], api: Api) -> list[list[str]]:
    """Return what to ask at once, in order."""
    together = [rest for rest in rests if not api.alone(rest)]
    batches = [together[at : at + api.most] for at in range(0, len(together), api.most)]
    return batches + [[rest] for rest in rests if api.alone(rest)]
