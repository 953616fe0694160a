"""How long the client's page of 60 places takes, beside the plain ranking of the same lists.

``python benchmarks/report.py`` prints the seconds of processor time of ``outreach rank`` and ``outreach report``,
minima of several runs in turn, and the same of a month with posts and results in each of the 60 places beside
``outreach rank`` and ``outreach track``; ``--check`` fails
where the page takes more than 1.5 times the ranking and half a second.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 7
TIMES = 1.5
MORE = 0.5
"""Seconds: imports, templates, pictures."""
MONTHS = range(6, 12)


def make_lists(folder: Path, places: int, customers: int) -> None:
    """Write who follows what; customers of a kind share places, so that the map has something to draw."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    rows = [
        f"Customer {who},t.me/place{place},Place {place},{6000 + 100 * place}\n"
        for who in range(customers)
        for place in range(places)
        if chance.random() < 0.15 + 0.5 * (place % 4 == who % 4)
    ]
    folder.joinpath("likes.csv").write_text("customer,resource,name,subscribers\n" + "".join(rows), encoding="utf-8")


def make_ledger(folder: Path, places: int) -> None:
    """Write half a year of posts in every place, with visits, enquiries and customers by day."""
    from outreach.campaign.ledger import Placement, open_ledger
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.campaign.ledger.results import Results

    posts, visits, enquiries, paid = [], [], [], []
    for month in MONTHS:
        for place in range(places):
            tag = f"p{place}-{month}"
            posts.append(Placement(
                campaign="autumn", resource=f"telegram:place{place}", name=f"Place {place}", round=month, deal="paid",
                status="published", cost=20.5 + place, currency="EUR",
                published_at=f"2026-{month:02}-{3 + place % 20:02}",
                utm_campaign="autumn", utm_content=tag, utm_source="telegram",
                final_url=f"https://zobi.example/?utm_content={tag}",
            ))  # fmt: skip
            for day in (5, 12, 28):
                link = {"day": f"2026-{month:02}-{day:02}", "utm_content": tag, "utm_campaign": "autumn"}
                visits.append(Result(**link, denominator=40 + place))
                for one in range(5 - place % 5):
                    event = f"{month}-{place}-{day}-{one}"
                    enquiries.append(Result(**link, numerator=1, event_id=f"e{event}"))
                    if one % 2:
                        paid.append(Result(**link, numerator=1, event_id=f"c{event}"))
    ledger = open_ledger(folder / "outreach.db")
    ledger.put(posts)
    days = {"period_start": "2026-06-01", "period_end": "2026-11-30"}
    Results(ledger.database).put_all([
        (Import(sha256="a", tool="plausible", source_name="zobi.example", grain="day", unit="visit", **days), visits),
        (Import(sha256="b", tool="list", source_name="enquiries.csv", grain="event", kind="enquiry"), enquiries),
        (Import(sha256="c", tool="list", source_name="clients.csv", grain="event", kind="paid"), paid),
    ])  # fmt: skip


def seconds(folder: Path, *words: str) -> float:
    """Return the processor time of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "outreach", *words], check=True, cwd=folder, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def least(folder: Path, commands: dict[str, tuple[str, ...]], runs: int) -> dict[str, float]:
    """Return the least seconds of each command, which take turns."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, words in commands.items():
            taken[name].append(seconds(folder, *words))
    return {name: min(some) for name, some in taken.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--places", type=int, default=60)
    parser.add_argument("--customers", type=int, default=40)
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args()
    rank = ("rank", "likes.csv", "-o", "rank.csv")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_lists(folder, given.places, given.customers)
        commands = {"rank": rank, "report": ("report", "likes.csv", "-o", "report.html")}
        lists = least(folder, commands, given.runs)
        make_ledger(folder, given.places)
        month = ("report", "likes.csv", "--month", "2026-11", "-o", "report.html")
        track = ("track", "-o", "track.csv")
        results = least(folder, {"rank": rank, "track": track, "report": month}, max(1, given.runs // 2))
    most = TIMES * lists["rank"] + MORE
    print(f"{given.places} places, {given.customers} customers")
    print(f"lists: rank {lists['rank']:.2f} s, report {lists['report']:.2f} s, allowed {most:.2f} s, "
          f"ratio {lists['report'] / most:.2f}")  # fmt: skip
    print(f"with results of {len(MONTHS)} months: rank {results['rank']:.2f} s, track {results['track']:.2f} s, "
          f"report of a month {results['report']:.2f} s, "
          f"{results['report'] / (results['rank'] + results['track']):.2f} times both")  # fmt: skip
    if given.check and lists["report"] > most:
        sys.exit(f"slower than {TIMES} rankings and {MORE} s")


if __name__ == "__main__":
    main()
