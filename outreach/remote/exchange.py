"""One request and its answer over HTTP: bounded in time and size, never redirected, without a word of what was sent."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach import __version__
from outreach.remote.call import Kind, Refused, Reply
from outreach.remote.settings import OWN_MACHINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from outreach.remote.call import Call

__all__ = ["Exchange"]

GLANCE_SECONDS: Final = 0.2
TIMEOUT_SECONDS: Final = (6.0, 20.0)  # to connect, between two bytes
WHOLE_SECONDS: Final = 30.0
MOST_BYTES: Final = 64 * 1024
PIECE_BYTES: Final = 4096
HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": f"outreach/{__version__}"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends requests to one service.

    Args:
        session: Of requests.
        base: The service's address, without a slash at the end.
        timeout_seconds: To connect, and between two bytes.
        whole_seconds: For the whole request, from the look-up of the name to the last byte.
        most_bytes: Of an answer.
        cut: Whether of a longer answer the beginning is given, instead of a refusal.

    """

    session: requests.Session
    base: str
    timeout_seconds: tuple[float, float] = TIMEOUT_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    most_bytes: int = MOST_BYTES
    cut: bool = False

    def __call__(self, call: Call, /) -> Reply:
        """Send a request once.

        It is sent beside this thread, because a name that is looked up for ever and headers that drip meet no clock.

        Raises:
            Refused: No answer came, or one without an end.

        """
        answers: SimpleQueue[Reply | BaseException] = SimpleQueue()

        def work() -> None:
            try:
                answers.put(self._sent(call))
            except BaseException as error:  # noqa: BLE001 - raised where the answer is waited for
                answers.put(error)

        threading.Thread(target=work, daemon=True).start()
        answer = _waited(answers, self.whole_seconds)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _sent(self, call: Call) -> Reply:
        import requests

        try:
            with (
                _unlogged(),
                self.session.request(
                    call.method,
                    self.base + call.secret_path + call.path,
                    headers={**HEADERS, **call.headers},
                    params=dict(call.params),
                    data=None if call.form is None else dict(call.form),
                    json=None if call.body is None else dict(call.body),
                    auth=_as_it_is,
                    proxies=_proxies(self.base),
                    timeout=self.timeout_seconds,
                    allow_redirects=False,  # the token would go along
                    stream=True,
                ) as response,
            ):
                content = self._content(response)
                told = (response.headers.get(name, "") for name in ("Retry-After", "Ratelimit-Reset", "Location"))
                return Reply(response.status_code, content, *told)
        except requests.ConnectTimeout:  # the texts of all of these hold the address
            raise Refused("cannot be reached", Kind.BUSY, unreached=True, slow=True) from None
        except requests.Timeout:
            raise _too_slow() from None
        except requests.exceptions.SSLError:
            raise Refused("has a certificate that this computer does not trust", Kind.ALL) from None
        except requests.exceptions.ProxyError:
            raise Refused("cannot be reached through the proxy", Kind.UNSURE, unreached=True) from None
        except requests.ConnectionError as err:
            if _never_began(err):
                raise Refused("cannot be reached", Kind.BUSY, unreached=True) from None
            raise Refused("closed the connection", Kind.UNSURE) from None
        except requests.RequestException:
            raise Refused("gives an incomplete answer", Kind.UNSURE) from None
        except (OSError, ValueError):  # a missing file of certificates, an address that no server can have
            raise Refused("cannot be asked: check its address and this computer's certificates", Kind.ALL) from None

    def _content(self, response: requests.Response) -> bytes:
        """Return what an answer holds; the clock of the whole request runs outside of here."""
        until = time.monotonic() + self.whole_seconds
        content = bytearray()
        for piece in response.iter_content(PIECE_BYTES):
            content += piece
            if len(content) > self.most_bytes:
                if self.cut:
                    return bytes(content[: self.most_bytes])
                raise Refused("gives an answer that is far too long", Kind.SENSELESS)
            if time.monotonic() > until:  # nobody waits for it any more
                raise _too_slow()
        return bytes(content)


def _waited(answers: SimpleQueue[Reply | BaseException], seconds: float) -> Reply | BaseException:
    """Return what comes within a time, or that nothing did; in short waits, which Ctrl-C ends on Windows too."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            return answers.get(timeout=min(left, GLANCE_SECONDS))
        except Empty:
            continue
    return _too_slow()


def _too_slow() -> Refused:
    return Refused("does not answer in time", Kind.UNSURE, slow=True)


def _never_began(err: requests.ConnectionError) -> bool:
    """Tell whether there was no connection at all, so that nothing can have been done."""
    from urllib3.exceptions import NewConnectionError

    return isinstance(getattr(err.args[0] if err.args else None, "reason", None), NewConnectionError)


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep addresses out of the log of urllib3, which writes them down where a program asks for its details.

    Each thread keeps its own away: one that nobody waits for any more may get its answer late.
    """
    log, own = logging.getLogger("urllib3.connectionpool"), threading.get_ident()

    def of_others(_record: logging.LogRecord) -> bool:
        return threading.get_ident() != own

    log.addFilter(of_others)
    try:
        yield
    finally:
        log.removeFilter(of_others)


def _proxies(base: str) -> dict[str, str] | None:
    """Return what keeps a proxy away from this machine's own servers: without https it would see the token."""
    own = urlsplit(base).hostname in OWN_MACHINE
    return {"no_proxy": ",".join(sorted(OWN_MACHINE))} if own else None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave a request alone; without any ``auth`` requests puts a password of the user's .netrc over the token."""
    return request
