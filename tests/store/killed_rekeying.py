"""A program that is killed while it gives a ledger the keys of today, before every line and every statement.

``python killed_rekeying.py FOLDER EVERY``: one line of JSON for each EVERYth point.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

sys.path.insert(0, str(Path(__file__).parent))

import old_keys

from outreach.store import migrate, open_store

FILES = {migrate.__file__, str(migrate.REVISIONS / "r4_keys.py")}
left = 10**9


def tick(*_told):
    global left  # noqa: PLW0603 - what a trace can reach
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def traced(frame, what, _value):
    if frame.f_code.co_filename not in FILES:
        return None
    if what == "line":
        tick()
    return traced


def opened(path: Path, point: int) -> tuple[int, int]:
    """Open a ledger in a process that dies at a point; return how it ended and how many points it passed."""
    reads, writes = os.pipe()
    if (child := os.fork()) == 0:
        global left  # noqa: PLW0603
        left = point
        event.listen(Pool, "connect", lambda connection, _record: connection.set_trace_callback(tick))
        sys.settrace(traced)
        open_store(path)
        sys.settrace(None)
        os.write(writes, str(point - left).encode())
        os._exit(0)
    os.close(writes)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reads) as stream:
        return status, int(stream.read() or 0)


def dumped(path: Path) -> str:
    """Return everything that a database holds, as one number."""
    with sqlite3.connect(path) as connection:
        whole = connection.execute("pragma integrity_check").fetchone()[0]
        rows = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(f"{whole}\n{rows}".encode()).hexdigest() if whole == "ok" else whole


def main(folder: Path, every: int) -> None:
    template, done = folder / "template.db", folder / "done.db"
    old_keys.make(template)
    shutil.copyfile(template, done)
    open_store(done)
    states = {dumped(template), dumped(done)}
    shutil.copyfile(template, folder / "count.db")
    status, points = opened(folder / "count.db", 10**9)
    assert status == 0
    for point in range(1, points + 1, every):
        path, copy = folder / f"{point}.db", folder / f"{point}.copy.db"
        shutil.copyfile(template, path)
        status, _ = opened(path, point)
        shutil.copyfile(path, copy)
        alone, healed = dumped(copy) in states, dumped(path) in states
        open_store(path)
        sys.stdout.write(json.dumps({
            "point": point, "of": points, "killed": os.WIFSIGNALED(status), "alone": alone, "healed": healed,
            "finished": dumped(path) == dumped(done),
        }) + "\n")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
