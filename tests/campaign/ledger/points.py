"""Where a program that opens a ledger is killed: before a line of some files, or a statement of the database."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.pool import Pool

from outreach.campaign.ledger import open_ledger

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

left = 10**9


def tick(*_told):
    global left  # noqa: PLW0603 - what a trace can reach
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def opened(path: Path, point: int, files: Collection[str]) -> tuple[int, int]:
    """Open a ledger in a process that dies at a point; return how it ended and how many points it passed.

    Args:
        path: The ledger.
        point: Which of the points, from 1; one beyond the last kills nothing.
        files: The files each of whose lines is a point, besides every statement.

    """

    def traced(frame, what, _value):
        if frame.f_code.co_filename not in files:
            return None
        if what == "line":
            tick()
        return traced

    reads, writes = os.pipe()
    if (child := os.fork()) == 0:
        global left  # noqa: PLW0603
        left = point
        event.listen(Pool, "connect", lambda connection, _record: connection.set_trace_callback(tick))
        sys.settrace(traced)
        open_ledger(path)
        sys.settrace(None)
        os.write(writes, str(point - left).encode())
        os._exit(0)
    os.close(writes)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reads) as stream:
        return status, int(stream.read() or 0)
