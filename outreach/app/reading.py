"""Lists that are read beside the requests: a page waits a moment for them, and then says how long it takes."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from outreach.engine import Engine
from outreach.stopping import Stopped, stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ONCE_MORE_SECONDS", "PATIENCE_SECONDS", "Reading", "Stamp", "StillReading"]

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]
"""The state of files: path, when each was written, how large it is."""

PATIENCE_SECONDS: Final = 0.5
"""How long a page waits for a reading before it shows its progress."""
ONCE_MORE_SECONDS: Final = 0.05
"""How long it waits for one that it waited for before."""


class StillReading(Exception):  # noqa: N818 - it is no error
    """Lists are being read, or their reading was stopped: there is nothing to show yet.

    Args:
        reading: Which.

    """

    def __init__(self, reading: Reading[Any]) -> None:
        super().__init__()
        self.reading: Final = reading


class Reading(Generic[T]):
    """What is made of files in a thread of its own.

    Args:
        stamp: State of the files.
        how: They are read.
        make: Makes it, in an engine of its own.
        before: Ends before this one begins.

    """

    def __init__(self, stamp: Stamp, how: object, make: Callable[[Engine], T], before: Reading[Any] | None) -> None:
        self.stamp: Final = stamp
        self.how: Final = how
        self.engine: Engine | None = None
        self.value: T | None = None
        self.error: BaseException | None = None
        self._make: Final = make
        self._before: Final = before
        self._asked: Final = threading.Event()
        self._done: Final = threading.Event()
        self._deciding: Final = threading.Lock()
        self._finished = False
        self._since: Final = time.monotonic()
        threading.Thread(target=self._work, daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self._done.is_set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop before there was anything to show."""
        return self._asked.is_set()

    @property
    def seconds(self) -> int:
        """For how long it has been going on."""
        return int(time.monotonic() - self._since)

    def wait(self, seconds: float | None) -> bool:
        """Wait for its end; return whether that was reached."""
        return self._done.wait(seconds)

    def stop(self, seconds: float) -> bool:
        """Ask it to stop, and wait for that so long; return whether it stops, and was not finished before."""
        with self._deciding:
            if self._finished or self.done:
                return self.stopped
            self._asked.set()
        self._done.wait(seconds)
        return True

    def result(self) -> tuple[T | None, Engine | None]:
        """Return what was made, and the engine that holds it; both belong to the caller."""
        return self.value, self.engine

    def drop(self) -> None:
        """Stop it, and let go of what was made."""
        if not self.stop(0) and self.engine is not None:
            self.engine.close()

    def _work(self) -> None:
        try:
            if self._before is not None:
                self._before.wait(None)
            self.engine = Engine()
            with stoppable(self._asked):
                self.value = self._make(self.engine)
            self._finish()
        except BaseException as err:  # noqa: BLE001 - handed whole to whoever asks for the result
            self.error = err
            if self.engine is not None:
                self.engine.close()
        self._done.set()

    def _finish(self) -> None:
        """Make it too late to stop.

        Raises:
            Stopped: It was asked to before.

        """
        with self._deciding:
            if self._asked.is_set():
                raise Stopped
            self._finished = True
