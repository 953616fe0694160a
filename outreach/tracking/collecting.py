"""Python's search for objects that nobody needs, put off while many are made."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many small objects without looking through all of them again and again: a third of the time.

    Example:
        >>> with uncollected():
        ...     len([[number] for number in range(1000)])
        1000

    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
