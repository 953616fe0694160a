"""What ends a run: signals, which act like Ctrl-C and cut no cleaning up short; and one thread that stops another."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["INTERRUPTED", "Stopped", "all_as_ctrl_c", "as_a_program", "postponed", "stop_if_asked", "stoppable"]

INTERRUPTED: Final = "\nInterrupted; nothing was written."
"""What is said of a run that a signal ended, below the line that the terminal was on."""

_ENDING: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""The system shuts down, the terminal was closed; on Windows the window was."""
_TOGETHER_SECONDS: Final = 1.0
"""Several signals within this time are one: a closed window sends two, and the second would cut the first one short."""


_asked: Final = threading.local()


class Stopped(KeyboardInterrupt):
    """Another thread ended the work of this one; what guards against Ctrl-C guards against it too."""


@contextmanager
def stoppable(asked: threading.Event) -> Iterator[None]:
    """Let work of this thread end where it looks, once the event is set.

    Args:
        asked: Set by another thread.

    Example:
        >>> asked = threading.Event()
        >>> with stoppable(asked):
        ...     stop_if_asked()

    """
    _asked.event = asked
    try:
        yield
    finally:
        _asked.event = None


def stop_if_asked() -> None:
    """End the work of this thread if another one asked for it; long work calls this several times a second.

    Raises:
        Stopped: It did.

    """
    event = getattr(_asked, "event", None)
    if event is not None and event.is_set():
        raise Stopped


class _CtrlC:
    """A handler that raises KeyboardInterrupt, once for signals that come together, and never when ``deaf``."""

    def __init__(self) -> None:
        self.deaf = False
        self.heard = -_TOGETHER_SECONDS

    def __call__(self, _number: int, _frame: object) -> None:
        now = time.monotonic()
        if not self.deaf and now - self.heard >= _TOGETHER_SECONDS:
            self.heard = now
            raise KeyboardInterrupt


@contextmanager
def all_as_ctrl_c() -> Iterator[None]:
    """Let the signals that end a program raise KeyboardInterrupt while the block runs.

    One that is ignored (``nohup``) stays so, and so does one for which the caller has a handler of its own.
    """
    with _handled([number for number in _numbers("SIGINT", *_ENDING) if _is_usual(number)], _CtrlC()):
        yield


@contextmanager
def as_a_program() -> Iterator[None]:
    """Let signals raise KeyboardInterrupt while the block runs, and ignore them afterwards.

    For the block that is a whole program: at its end the exit code is known, and Python only tidies up.
    """
    numbers = [number for number in _numbers("SIGINT", *_ENDING) if _is_usual(number)]
    handler = _CtrlC()
    try:
        for number in numbers:
            signal.signal(number, handler)
        yield
    finally:
        handler.deaf = True
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def postponed() -> Iterator[list[int]]:
    """Let signals wait until the block has ended; the first one acts then, unless it is taken out of the list.

    Example:
        >>> with postponed() as waiting:
        ...     signal.raise_signal(signal.SIGINT)
        ...     waiting.clear()

    """
    waiting: list[int] = []
    numbers = [number for number in _numbers("SIGINT", *_ENDING) if _is_heard(number)]
    try:
        with _handled(numbers, lambda number, _frame: waiting.append(number)):
            yield waiting
    finally:
        if waiting:
            signal.raise_signal(waiting[0])


@contextmanager
def _handled(numbers: list[int], handler: Callable[[int, Any], Any]) -> Iterator[None]:
    before: list[tuple[int, Any]] = []
    try:
        for number in numbers:
            before.append((number, signal.getsignal(number)))
            signal.signal(number, handler)
        yield
    finally:
        for number, old in before:
            signal.signal(number, old)


def _numbers(*names: str) -> list[int]:
    """Return the signals that this system has, none outside the main thread, which alone may handle them."""
    if threading.current_thread() is not threading.main_thread():
        return []
    return [number for name in names if (number := getattr(signal, name, None))]


def _is_usual(number: int) -> bool:
    return signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}


def _is_heard(number: int) -> bool:
    """Whether a signal does something, and can be put back: a handler that is not Python's own is None here."""
    return signal.getsignal(number) not in {signal.SIG_IGN, None}
