"""A program that is killed at many points of its work on a ledger, and what the file is like afterwards.

``python killed.py FOLDER POINTS``: runs the steps once to learn what the file holds after each and how many statements
there are; then as often as POINTS says in a process that kills itself before one of them. One line of JSON a kill.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from outreach.campaign.events import Event
from outreach.campaign.ledger import Placement, ledger, migrate, open_ledger, schema
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.results import Results

FIRST = schema.VERSION
LATER = f"""
from alembic import op
from sqlalchemy import Column, Text, text
revision, down_revision = "{schema.VERSION + 1}", "{schema.VERSION}"
def upgrade():
    op.add_column("placements", Column("later", Text))
    with op.batch_alter_table("changes") as batch:
        batch.add_column(Column("who", Text))
    for number in op.get_bind().execute(text("select id from placements")).scalars().all():
        op.get_bind().execute(text("update placements set later = 'x' where id = :id"), {{"id": number}})
"""
LONG = 200_000  # so that one transaction is more than SQLite's cache holds by itself
ROWS = [
    Placement(campaign="spring", resource=f"vk:place_{number}", final_url="https://shop.example/", text="x" * LONG)
    for number in range(12)
]
MADE = "2026-05-12T09:00:00Z"
VISITS = Import(sha256="1", tool="ga4", source_name="shop", grain="day", unit="session", imported_at=MADE,
                period_start="2026-05-01", period_end="2026-05-31")  # fmt: skip
ORDERS = Import(sha256="3", tool="sign-ups", source_name="orders", grain="event", kind="sale", imported_at=MADE)
LINKS = [Result(day="2026-05-02", utm_content=f"place-{number}", denominator=number) for number in range(20)]
left = 10**9  # statements until the end


def steps(path: str, revisions: Path):
    """Yield after each step, which is one transaction."""
    yield open_ledger(path)
    ledger = open_ledger(path)
    yield ledger.put(ROWS[:10])
    yield ledger.set(ledger.find("place_3"), status="published", cost=12.5)
    yield ledger.put([replace(one, text="y" * LONG) for one in ROWS])
    yield ledger.undo()
    place = ledger.find("place_3")[0]
    about = {"campaign": place.campaign, "resource": place.resource, "variant": place.variant, "round": place.round}
    yield ledger.log([Event(kind=kind, at=MADE, **about) for kind in ("paid", "removed")])
    results = Results(ledger.database)
    yield results.put_all([(VISITS, LINKS), (replace(VISITS, goal="order", kind="conversion"), LINKS)])
    yield results.put(replace(VISITS, sha256="2"), LINKS[:5])
    yield results.put(ORDERS, [one._replace(event_id=one.utm_content) for one in LINKS])
    yield results.forget(2)
    schema.VERSION, migrate.REVISIONS = FIRST + 1, revisions
    yield open_ledger(path)
    yield ledger.put(ROWS[10:])


def count(connection, _record):
    connection.set_trace_callback(tick)


def tick(_sql):
    global left  # noqa: PLW0603 - what a trace can reach
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def dumped(path: Path) -> str:
    """Return everything that a database holds, as one number; the empty text for none."""
    if not path.exists() or not path.stat().st_size:
        return ""
    with sqlite3.connect(path) as connection:
        whole = connection.execute("pragma integrity_check").fetchone()[0]
        rows = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(f"{whole}\n{rows}".encode()).hexdigest() if whole == "ok" else whole


def run(path: Path, revisions: Path, point: int, told: int | None = None) -> list[str]:
    """Take the steps; return what the file holds after each, and tell how far they are."""
    global left  # noqa: PLW0603
    left = point
    states = []
    for _ in steps(str(path), revisions):
        if told is None:
            states.append(dumped(path))
        else:
            os.write(told, b".")
    return states


def killed(path: Path, revisions: Path, point: int) -> int:
    """Take the steps in a process that dies at a point; return how many were done."""
    reads, writes = os.pipe()
    if (child := os.fork()) == 0:
        run(path, revisions, point, writes)
        os._exit(0)
    os.close(writes)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reads, "rb") as stream:
        done = len(stream.read())
    assert os.WIFSIGNALED(status), "the point lies behind the end"
    return done


def killed_by_the_clock(path: Path, seconds: float) -> dict:
    """Kill a process that writes without a pause, at any moment of a transaction; the journal beside the file heals."""
    open_ledger(path)
    if (child := os.fork()) == 0:
        ledger = open_ledger(path)
        for round_ in range(1, 10**6):
            ledger.put([replace(one, round=round_) for one in ROWS])
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = open_ledger(path).placements()
    return {"whole": dumped(path) not in ("", "ok") and len(found) % len(ROWS) == 0, "rows": len(found)}


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(folder: Path, points: int) -> None:
    ledger.this_moment = lambda: "2026-05-12T09:00:00Z"
    revisions = folder / "revisions"
    shutil.copytree(migrate.REVISIONS, revisions, ignore=shutil.ignore_patterns("__pycache__"))
    (revisions / "r3_later.py").write_text(LATER)
    ours = migrate.REVISIONS
    event.listen(Pool, "connect", count)
    states = ["", *run(folder / "whole.db", revisions, 10**9)]
    statements = 10**9 - left
    tell(json.dumps({"statements": statements, "states": len(set(states))}))
    for number in range(points):
        point = 1 + number * statements // points
        schema.VERSION, migrate.REVISIONS = FIRST, ours
        path, copy = folder / f"{point}.db", folder / f"{point}.copy.db"
        done = killed(path, revisions, point)
        if path.exists():
            shutil.copyfile(path, copy)
        allowed = states[done : done + 2]
        alone, healed = dumped(copy), dumped(path)
        schema.VERSION, migrate.REVISIONS = FIRST + 1, revisions
        again = open_ledger(path).put([replace(ROWS[0], campaign="autumn")])
        tell(json.dumps({
            "point": point, "done": done, "alone": alone in allowed, "healed": healed in allowed,
            "works": again.created == 1,
        }))  # fmt: skip
    schema.VERSION, migrate.REVISIONS = FIRST, ours
    for number in range(10):
        tell(json.dumps(killed_by_the_clock(folder / f"clock{number}.db", 0.05 + number * 0.007)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
