"""Measure ``outreach track``: long lists of sign-ups beside plain Python, its memory, and a report of many places.

    python benchmarks/results.py                  # 300,000 and a million sign-ups, 100,000 placements; some minutes
    python benchmarks/results.py --rows 30000 --many 100000 --placements 1000   # a trial

Seconds are of processes of their own with start and imports, the middle of ``--rounds``; "CPU" is what both processors
gave together; peak memory is what the system recorded. Exits with 1 where a bound is broken and ``--check`` was given.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLAIN = """
import csv, sys
from collections import Counter
with open(sys.argv[1], newline="", encoding="utf-8") as stream:
    counts = Counter(row["utm_content"] for row in csv.DictReader(stream))
print(len(counts))
"""
LIMIT_MB = 500
TIMES, OF_LIMIT, REPORT_SECONDS = 5.0, 1.3, 3.0


def sign_ups(path: Path, rows: int) -> Path:
    """Write a list of sign-ups: a thousand tagged links, a few of them much clicked, a third of the people twice."""
    draw = random.Random(7)  # noqa: S311 - made-up rows, the same each time
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["date", "email", "utm_source", "utm_medium", "utm_campaign", "utm_content"])
        for _ in range(rows):
            place = int(draw.random() ** 2 * 1000)
            day, second = 1 + draw.randrange(31), draw.randrange(86_400)
            when = f"2026-05-{day:02d} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
            link = ("vk" if place % 2 else "telegram", "social", "spring", f"place-{place}--a-{place:05d}")
            writer.writerow([when, f"person{draw.randrange(rows)}@example.com", *link])
    return path


def made_ledger(path: Path, placements: int) -> Path:
    """Write a ledger with visits and conversions of each placement."""
    from outreach.campaign.ledger import Placement, open_ledger
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.campaign.ledger.results import Results

    ledger = open_ledger(str(path), create=True)
    links = [
        {"utm_source": "telegram", "utm_medium": "social", "utm_campaign": "spring",
         "utm_content": f"place-{number}--a-{number:05d}"} for number in range(placements)
    ]  # fmt: skip
    url = "https://x.example/?" + "&".join(f"{name}={{{name}}}" for name in links[0])
    made = [
        Placement(campaign="spring", resource=f"telegram:place_{number}", final_url=url.format(**link), **link)
        for number, link in enumerate(links)
    ]
    ledger.put(made, what="draft")
    counts = [
        Result(denominator=10 + number % 300, numerator=number * 7 % 9, **link) for number, link in enumerate(links)
    ]
    entry = Import(
        sha256="made up", tool="plausible", source_name="x.example", grain="period", unit="visitor",
        kind="conversion", goal="Signup", period_start="2026-05-01", period_end="2026-05-31",
    )  # fmt: skip
    Results(ledger.database).put(entry, counts)
    return path


def run(*command: str) -> tuple[float, float, float]:
    """Run a process; return its seconds, its CPU seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command[:3])} ...: failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6


def middle(rounds: list[tuple[float, float, float]]) -> tuple[float, ...]:
    """Return the middle of each figure."""
    return tuple(map(statistics.median, zip(*rounds, strict=True)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--placements", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        track = ("-m", "outreach", "track")
        out = ("--format", "csv", "-o", str(folder / "report.csv"))
        limit = ("--memory-limit", f"{LIMIT_MB}MB")
        some, many = sign_ups(folder / "some.csv", given.rows), sign_ups(folder / "many.csv", given.many)
        pairs = [(run(*track, str(some), *limit, *out), run("-c", PLAIN, str(some))) for _ in range(given.rounds)]
        ours, plain = (middle([pair[side] for pair in pairs]) for side in (0, 1))
        large = run(*track, str(many), *limit, *out)
        database = made_ledger(folder / "ledger.db", given.placements)
        report = middle([run(*track, "--db", str(database), *out) for _ in range(given.rounds)])
    print("| what | seconds | CPU | peak MB |\n| --- | --- | --- | --- |")
    for what, figures in (
        (f"outreach track, {given.rows:,} sign-ups", ours),
        ("csv.DictReader and Counter, the same", plain),
        (f"outreach track, {given.many:,} sign-ups, {LIMIT_MB} MB given", large),
        (f"report of {given.placements:,} placements", report),
    ):
        print(f"| {what} | {figures[0]:.1f} | {figures[1]:.1f} | {figures[2]:.0f} |")
    held = (ours[0] / plain[0] <= TIMES, large[2] / LIMIT_MB <= OF_LIMIT, report[0] <= REPORT_SECONDS)
    print(f"\n{ours[0] / plain[0]:.1f} x plain Python; {large[2] / LIMIT_MB:.2f} x the memory given")
    if given.check and not all(held):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
