"""Time ranking exports of many customers against plain `json` and a Counter over the same files.

The files are ZIP archives in the shape of Instagram's, with pictures beside the list. Both run in processes of their
own, in turn; start-up counts. Peak memory is what the system recorded for the process.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
INNER: Final = "connections/followers_and_following/following.json"
SEED: Final = 6
TOP: Final = 5


def generate(folder: Path, customers: int, follows: int, places: int) -> None:
    """Write an archive a customer; a few places are followed by many, most by few."""
    chance = random.Random(SEED)  # noqa: S311 - made-up follows
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(customers):
        liked = {int(places * chance.random() ** 3) for _ in range(follows)}
        items = [
            {"title": f"place_{one}", "string_list_data": [
                {"href": f"https://www.instagram.com/_u/place_{one}", "timestamp": 1_700_000_000 + one}]}
            for one in sorted(liked)
        ]  # fmt: skip
        with zipfile.ZipFile(folder / f"customer-{number}.zip", "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(INNER, json.dumps({"relationships_following": items}))
            file.writestr("media/posts/picture.jpg", b"\xff\xd8" + bytes(10_000))


def plain(folder: Path) -> None:
    """Count with the standard library: who reads the file knows its shape, and takes the handle as it stands."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as file:
            items = json.loads(file.read(INNER))["relationships_following"]
        counts.update({item["title"] for item in items})
    best = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TOP]
    report([[f"instagram:{handle}", count] for handle, count in best])


def ours(folder: Path) -> None:
    """Rank them."""
    import csv

    output = folder.parent / "ranking.csv"
    command = [sys.executable, "-m", "outreach", "rank", str(folder), "--top", str(TOP), "-o", str(output)]
    subprocess.run(command, check=True, capture_output=True)
    with output.open(encoding="utf-8", newline="") as file:
        report([[row["resource"], int(row["overlap"])] for row in csv.DictReader(file)])


def report(best: list[list[object]]) -> None:
    """Print what was found, and the memory that it took."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"best": best, "peak": max(own, child)}))


def measured(name: str, folder: Path) -> tuple[float, dict[str, object]]:
    """Return the seconds of one run, and what it reported."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--folder", str(folder.parent), "--only", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return time.perf_counter() - start, json.loads(done.stdout)


def main() -> None:
    """Generate the archives, run both in turn, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--follows", type=int, default=7500, help="of each customer, some twice")
    parser.add_argument("--places", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the archives here, and use them again")
    parser.add_argument("--only", choices=["plain", "ours"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        {"plain": plain, "ours": ours}[given.only](given.folder / "exports")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)) / "exports"
        if not folder.is_dir():
            generate(folder, given.customers, given.follows, given.places)
        compare(folder, given.rounds)


def compare(folder: Path, rounds: int) -> None:
    """Run both in turn and print a table."""
    sizes = [path.stat().st_size for path in folder.iterdir()]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}: {len(sizes)} archives, {sum(sizes) / 1e6:.0f} MB")
    seconds: dict[str, list[float]] = {"plain": [], "ours": []}
    told: dict[str, dict[str, object]] = {}
    for _ in range(rounds):
        for name, taken in seconds.items():
            second, told[name] = measured(name, folder)
            taken.append(second)
    if told["plain"]["best"] != told["ours"]["best"]:
        sys.exit(f"they differ: {told}")
    base = statistics.median(seconds["plain"])
    for name, what in (("plain", "json and a Counter"), ("ours", "outreach rank")):
        middle = statistics.median(seconds[name])
        print(f"{what:<20} {middle:7.2f} s  {middle / base:5.2f} x  {int(str(told[name]['peak'])) / 1024:6.0f} MiB")


if __name__ == "__main__":
    main()
