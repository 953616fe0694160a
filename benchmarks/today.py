"""How long the agenda of 10,000 owners with 100,000 events takes, beside the start of Python with SQLAlchemy.

``python benchmarks/today.py`` prints the seconds of processor time of both, minima of several runs, and their ratio;
``--check`` fails above three.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from datetime import date, timedelta

START = "import sqlalchemy.dialects.sqlite, sqlalchemy.engine"
RUNS = 5
MOST = 3.0


def matters(owners: int, events: int):
    """Return what an agency has after some years: letters, answers, promises, posts, invoices."""
    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.owners.agenda import Matters
    from outreach.owners.person import Person

    chance = random.Random(1)  # noqa: S311 - the same each time
    start = date(2025, 1, 1)
    people = [Person(id=f"p{n}", name=f"Owner {n}", places=(f"vk:club{n}",)) for n in range(owners)]
    placements = [
        Placement(
            id=n, campaign="spring", resource=f"vk:club{n}", platform="vk", final_url=f"https://x.example/?n={n}",
            status=chance.choice(["published", "sent", "booked", "removed"]), created_at="2025-01-02T00:00:00Z",
            published_at="2026-11-01", must_stay_until="2026-12-03",
        )
        for n in range(owners // 5)
    ]  # fmt: skip
    kinds = ["commented", "wrote", "replied", "followed_up", "quoted", "note", "agreed", "shared"]
    found = []
    for n in range(events):
        owner = n % owners
        day = start + timedelta(days=chance.randrange(690))
        if owner < owners // 5 and chance.random() < 0.3:
            kind, about = chance.choice(["invoiced", "paid", "looked", "viewed"]), {"variant": "a", "round": 1}
        else:
            kind, about = chance.choice(kinds), {"person": f"p{owner}"}
        due = (day + timedelta(days=9)).isoformat() if kind in ("note", "invoiced") and chance.random() < 0.3 else ""
        found.append(Event(
            kind=kind, at=day.isoformat(), resource=f"vk:club{owner}", campaign="spring", due=due, note=f"note {n}",
            channel="telegram", recorded_at=f"{day.isoformat()}T10:00:00Z", **about,
        ))  # fmt: skip
    return Matters(events=found, people=people, placements=placements)


def started() -> float:
    """Return the processor time of a Python that imports SQLAlchemy."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", START], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--owners", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    given = parser.parse_args()
    from outreach.owners.agenda import agenda
    from outreach.owners.working_days import WorkingDays

    made = matters(given.owners, given.events)
    starts, agendas = [], []
    for _ in range(RUNS):
        starts.append(started())
        began = time.process_time()
        dues = agenda(made, date(2026, 11, 30), WorkingDays("LV"))
        agendas.append(time.process_time() - began)
    ratio = min(agendas) / min(starts)
    print(f"{len(made.people):,} owners, {len(made.events):,} events, {len(dues):,} due")
    print(f"Python with SQLAlchemy {min(starts):.2f} s, agenda {min(agendas):.2f} s, ratio {ratio:.2f}")
    if given.check and ratio > MOST:
        sys.exit(f"slower than {MOST} starts")


if __name__ == "__main__":
    main()
