"""How long ``outreach today`` takes with 10,000 owners and 100,000 events, beside the start of Python with SQLAlchemy.

``python benchmarks/today.py`` makes an address book and a ledger, and prints the seconds of processor time of both
programs, minima of several runs in turn, and their ratio; ``--check`` fails above three.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

START = ["-c", "import sqlalchemy.dialects.sqlite, sqlalchemy.engine"]
RUNS = 7
MOST = 3.0


def make(folder: Path, owners: int, events: int) -> None:
    """Write what an agency has after some years: letters, answers, promises, posts, invoices."""
    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement, open_ledger
    from outreach.owners import Person, open_book

    chance = random.Random(1)  # noqa: S311 - the same each time
    start = date(2025, 1, 1)
    keys = [f"telegram:owner_of_{n}" for n in range(owners)]
    book = open_book(folder / "owners.db")
    book.write([Person(id=f"p{n}", name=f"Owner {n}", places=(key,)) for n, key in enumerate(keys)])
    ledger = open_ledger(folder / "campaign.db")
    ledger.put(
        Placement(
            campaign="spring", resource=key, platform="telegram", final_url=f"https://x.example/?n={n}",
            status=chance.choice(["published", "sent", "booked", "removed"]), created_at="2025-01-02T00:00:00Z",
            utm_content=f"c-{n}", published_at="2026-11-01", must_stay_until="2026-12-03",
        )
        for n, key in enumerate(keys[: owners // 5])
    )  # fmt: skip
    ours = ["commented", "wrote", "replied", "followed_up", "quoted", "note", "agreed", "shared"]
    talk, posts = [], []
    for n in range(events):
        owner = n % owners
        day = start + timedelta(days=chance.randrange(690))
        post = owner < owners // 5 and chance.random() < 0.3
        kind = chance.choice(["invoiced", "paid", "looked", "viewed"] if post else ours)
        event = Event(
            kind=kind, at=day.isoformat(), resource=keys[owner], campaign="spring", note=f"note {n}",
            channel="telegram", recorded_at=f"{day.isoformat()}T10:00:00Z",
            due=(day + timedelta(days=9)).isoformat() if kind in ("note", "invoiced") and chance.random() < 0.3 else "",
        )  # fmt: skip
        if post:
            posts.append(event._replace(variant="a", round=1))
        else:
            talk.append(event._replace(person=f"p{owner}"))
    book.log(talk)
    ledger.log(posts)


def seconds(*arguments: str, folder: Path) -> float:
    """Return the processor time of a Python with these arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, cwd=folder, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--owners", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, given.owners, given.events)
        command = ["-m", "outreach", "today", "--book", "owners.db", "--db", "campaign.db", "--date", "2026-11-30"]
        starts, runs = [], []
        for _ in range(RUNS):
            starts.append(seconds(*START, folder=folder))
            runs.append(seconds(*command, "-o", "today.csv", folder=folder))
        due = len((folder / "today.csv").read_text(encoding="utf-8").splitlines()) - 1
    ratio = min(runs) / min(starts)
    print(f"{given.owners:,} owners, {given.events:,} events, {due:,} due")
    print(f"Python with SQLAlchemy {min(starts):.2f} s, outreach today {min(runs):.2f} s, ratio {ratio:.2f}")
    if given.check and ratio > MOST:
        sys.exit(f"slower than {MOST} starts")


if __name__ == "__main__":
    main()
