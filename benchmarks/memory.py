"""The largest memory of each command, on its usual input and on ten times as much.

``python benchmarks/memory.py`` prints a table; ``--check`` fails where ten times the input takes over fifteen times
the memory, that of a tiny input left out: something that grows with its square would take a hundred.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import results
import today

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
MB = 1024.0
"""Of what Linux counts in kB."""
MOST_TIMES = 15.0
SLACK_MB = 100.0


@dataclass(frozen=True)
class Case:
    """A command, what it is given usually, and how that is made.

    Args:
        name: Of the command.
        usual: Size of its usual input.
        what: The size counts.
        make: Writes an input of a size into a folder and returns the words of the command.

    """

    name: str
    usual: int
    what: str
    make: Callable[[Path, int], list[str]]


def likes(path: Path, rows: int) -> Path:
    """Write likes as sample customers have them: a few places of many, most of few."""
    chance = random.Random(3)  # noqa: S311 - the same each time
    customers, places = max(10, rows // 100), max(50, rows // 5)
    with path.open("w", encoding="utf-8") as file:
        file.write("customer,resource,subscribers\n")
        for _ in range(rows):
            place = int(places * chance.random() ** 3)
            file.write(f"C{chance.randrange(customers)},t.me/place_{place},{5000 + place}\n")
    return path


def of_likes(command: str, *more: str) -> Callable[[Path, int], list[str]]:
    """Return what makes a command on likes."""

    def make(folder: Path, rows: int) -> list[str]:
        words = [one.replace("FOLDER", str(folder)) for one in more]
        return [command, str(likes(folder / "likes.csv", rows)), *words]

    return make


def drafts(folder: Path, places: int) -> list[str]:
    """Return the command that drafts for so many places."""
    table = folder / "places.csv"
    table.write_text("resource\n" + "".join(f"t.me/place_{n}\n" for n in range(places)), encoding="utf-8")
    brief = str(ROOT / "sample_data" / "brief.toml")
    return ["draft", brief, "--from", str(table), "--db", str(folder / "x.db"), "-o", str(folder / "drafts")]


def sign_ups(folder: Path, rows: int) -> list[str]:
    """Return the command that reads so many sign-ups."""
    return ["track", str(results.sign_ups(folder / "signups.csv", rows)), "--db", str(folder / "x.db"), "-o",
            str(folder / "out.csv")]  # fmt: skip


def due(folder: Path, owners: int) -> list[str]:
    """Return the command that shows what is due, of so many owners with ten events each."""
    today.make(folder, owners, 10 * owners)
    return ["today", "--book", str(folder / "owners.db"), "--db", str(folder / "campaign.db"), "--format", "csv"]


CASES = (
    Case("check", 100_000, "likes", of_likes("check", "--format", "csv")),
    Case("rank", 100_000, "likes", of_likes("rank", "--format", "csv")),
    Case("plan", 100_000, "likes", of_likes("plan", "--format", "csv")),
    Case("map", 100_000, "likes", of_likes("map", "-o", "FOLDER/map.svg")),
    Case("resources", 20_000, "likes", of_likes("resources", "-o", "FOLDER/sheet.xlsx")),
    Case("report", 20_000, "likes", of_likes("report", "-o", "FOLDER/report.html")),
    Case("draft", 100, "places", drafts),
    Case("track", 30_000, "sign-ups", sign_ups),
    Case("today", 1_000, "owners", due),
)


def peak(words: list[str]) -> float:
    """Run a command; return the most memory that it had, in MB."""
    with tempfile.TemporaryDirectory() as own:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OUTREACH_CONFIG_DIR": own}
        command = [sys.executable, "-m", "outreach", "--campaign", "none", *words]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{words[0]} failed: {said.decode()[-500:]}")
        return usage.ru_maxrss / MB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", metavar="COMMAND")
    given = parser.parse_args()
    bad = []
    print("| command | input | MB | ten times | MB | more memory for each of the input, times |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for case in CASES:
        if given.only not in {None, case.name}:
            continue
        found = []
        for size in (case.usual // 100, case.usual, 10 * case.usual):
            with tempfile.TemporaryDirectory() as folder:
                found.append(peak(case.make(Path(folder), max(size, 10))))
        start, usual, large = found
        times = (large - start) / max(usual - start, 1.0)
        cells = (
            f"`{case.name}`",
            f"{case.usual:,} {case.what}",
            f"{usual:.0f}",
            f"{10 * case.usual:,}",
            f"{large:.0f}",
        )
        print(f"| {' | '.join(cells)} | {times:.1f} |")
        if times > MOST_TIMES and large > 2 * usual + SLACK_MB:
            bad.append(case.name)
    if given.check and bad:
        raise SystemExit(f"grows faster than its input: {', '.join(bad)}")


if __name__ == "__main__":
    main()
