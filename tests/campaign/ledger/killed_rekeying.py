"""A program that is killed while it brings a ledger up to date, before every line and every statement.

``python killed_rekeying.py FOLDER EVERY``: one line of JSON for each EVERYth point.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import old_keys
import points

from outreach.campaign.ledger import migrate, open_ledger

REVISIONS = ("r4_keys.py", "r5_stages.py", "r6_events.py")
FILES = {migrate.__file__, *(str(migrate.REVISIONS / name) for name in REVISIONS)}


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
    open_ledger(done)
    states = {dumped(template), dumped(done)}
    shutil.copyfile(template, folder / "count.db")
    status, number = points.opened(folder / "count.db", 10**9, FILES)
    assert status == 0
    for point in range(1, number + 1, every):
        path, copy = folder / f"{point}.db", folder / f"{point}.copy.db"
        shutil.copyfile(template, path)
        status, _ = points.opened(path, point, FILES)
        shutil.copyfile(path, copy)
        alone, healed = dumped(copy) in states, dumped(path) in states
        open_ledger(path)
        sys.stdout.write(json.dumps({
            "point": point, "of": number, "killed": os.WIFSIGNALED(status), "alone": alone, "healed": healed,
            "finished": dumped(path) == dumped(done),
        }) + "\n")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
