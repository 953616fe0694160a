"""Signals that end a run: all of them act like Ctrl-C, and none cuts a cleaning up short."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["all_as_ctrl_c", "postponed"]

_ENDING: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""The system shuts down, the terminal was closed; on Windows the window was."""


@contextmanager
def all_as_ctrl_c() -> Iterator[None]:
    """Let the signals that end a program raise KeyboardInterrupt while the block runs.

    One that is ignored (``nohup``) stays so, and so does one for which the caller has a handler of its own.
    """
    with _handled([number for number in _numbers(*_ENDING) if _is_usual(number)], signal.default_int_handler):
        yield


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
    return signal.getsignal(number) is signal.SIG_DFL


def _is_heard(number: int) -> bool:
    """Whether a signal does something, and can be put back: a handler that is not Python's own is None here."""
    return signal.getsignal(number) not in {signal.SIG_IGN, None}
