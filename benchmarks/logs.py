"""Read a made-up access log with our reader and with GoAccess, in turn; then compare what both counted.

Seconds are wall time of whole processes with start and imports, "CPU" is what the system recorded for them. Needs the
program ``goaccess`` (Debian's package of that name will do).

What is compared: the number of GET requests answered with less than 400 for each tagged link, crawlers included,
because that is what GoAccess's panel of requests tells. Ours is counted in SQL on the table of requests that the reader
makes before it tells people from crawlers.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks for modules beside it only

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINKS: Final = 200
AGENTS: Final = 4000
DAYS: Final = 7
CRAWLERS: Final = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "curl/8.5.0",
    "python-requests/2.32.3",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    cpu: float


def agents(chosen: random.Random) -> list[str]:
    """Return user agents of browsers in many versions, every tenth of a crawler."""
    found = [f"{name} #{number}" for number, name in enumerate(CRAWLERS * (AGENTS // 10 // len(CRAWLERS)))]
    while len(found) < AGENTS:
        version_of = f"{chosen.randrange(100, 141)}.0.{chosen.randrange(4000, 7000)}.{chosen.randrange(200)}"
        found.append(
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version_of} "
            "Safari/537.36"
        )
    return found


def links(chosen: random.Random) -> list[str]:
    """Return tagged links to one page."""
    marks = ("".join(chosen.choices("abcdefghijklmnopqrstuvwxyz234567", k=5)) for _ in range(LINKS))
    tags = "/guide?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=place-{}--a-{}"
    return [tags.format(number, mark) for number, mark in enumerate(marks)]


def log_lines(count: int) -> Iterator[str]:
    """Yield lines in the Combined format: a third by tagged links, a third parts of pages."""
    chosen = random.Random(7)  # noqa: S311 - the same log each time
    some_agents, some_links = agents(chosen), links(chosen)
    pages = [f"/page/{number}" for number in range(500)]
    parts = [f"/static/{number}.{ending}" for number in range(50) for ending in ("css", "js", "png", "woff2")]
    for number in range(count):
        second = number * 86400 * DAYS // count
        visitor = int(100_000 * chosen.random() ** 2)
        kind = chosen.random()
        target = chosen.choice(some_links if kind < 0.34 else pages if kind < 0.67 else parts)
        method, status = chosen.choices((("GET", 200), ("GET", 304), ("GET", 404), ("HEAD", 200), ("POST", 200)), ODDS)[
            0
        ]
        yield (
            f"10.{visitor // 65536}.{visitor // 256 % 256}.{visitor % 256} - - [{12 + second // 86400:02}/May/2026:"
            f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02} +0300] "
            f'"{method} {target} HTTP/1.1" {status} 5316 "https://t.me/" "{some_agents[visitor % AGENTS]}"\n'
        )


ODDS: Final = (85, 5, 4, 5, 1)


def timed(command: Sequence[str], output: Path) -> Run:
    """Run a command to its end."""
    start = time.perf_counter()
    with output.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{Path(command[0]).name} failed")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime)


def read(path: str) -> None:
    """Read a log as the command would, to the report."""
    from datetime import date

    from outreach.engine import Engine
    from outreach.tracking.base import ImportOptions, Report
    from outreach.tracking.exports.access_log import AccessLog
    from outreach.tracking.find import find_files

    with Engine() as engine:
        logs = list(find_files([path], engine.folder))
        asked = ImportOptions(engine, lambda: b"benchmark", date(2026, 6, 1), goal_path="/page/7")
        (report,) = [one for one in AccessLog().read(logs, asked) if isinstance(one, Report)]
    print(json.dumps({"rows": len(report.rows), "visits": report.total[0], "conversions": report.total[1]}))


def counted_by_us(path: Path) -> dict[str, int]:
    """Return GETs that were answered, by tagged link, from the reader's own table of requests."""
    from outreach.engine import Engine
    from outreach.files.source import Source
    from outreach.tracking.find import find_files
    from outreach.tracking.logs.requests import create, load

    with Engine() as engine:
        create(engine)
        (log,) = (one for one in find_files([str(path)], engine.folder) if isinstance(one, Source))
        load(log, engine)
        query = "select link, count(*) from log_requests where what = 'page' and link is not null group by link"
        return dict(engine.rows(query))


def counted_by_goaccess(path: Path) -> dict[str, int]:
    """Return hits by GET of the panel of requests, by tagged link; not found is another panel."""
    panel = json.loads(path.read_text())["requests"]["data"]
    return {one["data"]: one["hits"]["count"] for one in panel if one["method"] == "GET" and "utm_" in one["data"]}


def measure(folder: Path, log: Path, rounds: int) -> dict[str, list[Run]]:
    goaccess = shutil.which("goaccess") or sys.exit("the program goaccess is not installed")
    peer = [
        goaccess,
        str(log),
        "--log-format=COMBINED",
        "-o",
        str(folder / "r.json"),
        "--max-items=100000",
        "--no-progress",
    ]
    commands = {"outreach": [sys.executable, __file__, "--read", str(log)], "GoAccess": peer}
    taken: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(timed(command, folder / f"{name}.txt"))
    return taken


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, metavar="N", help="fail where we are not N times as fast")
    parser.add_argument("--read", metavar="LOG", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        read(options.read)
        return
    with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as name:
        folder, log = Path(name), Path(name, "access.log")
        with log.open("w") as stream:
            stream.writelines(log_lines(options.lines))
        load_before = os.getloadavg()[0]
        taken = measure(folder, log, options.rounds)
        ours, theirs = counted_by_us(log), counted_by_goaccess(folder / "r.json")
        size, report = log.stat().st_size, (folder / "outreach.txt").read_text()
    show(options, size, load_before, taken)
    print(f"\noutreach: {report.strip()}")
    if ours != theirs:
        raise SystemExit(f"the counts differ: {len(ours)} and {len(theirs)} links")
    print(f"GETs answered below 400, crawlers too: equal for {len(ours)} tagged links, {sum(ours.values()):,} in all")
    print(f"\nPython {platform.python_version()}, duckdb {version('duckdb')}; {platform.system()} {platform.machine()}")
    if options.least and median(taken["GoAccess"]) < options.least * median(taken["outreach"]):
        raise SystemExit(f"not {options.least} times as fast")


def median(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def show(options: argparse.Namespace, size: int, load: float, taken: dict[str, list[Run]]) -> None:
    size_mb = size / 1e6
    print(f"{options.lines:,} lines, {size_mb:.0f} MB, the middle of {options.rounds}; load before: {load:.1f}\n")
    print("| what | seconds | CPU seconds | x |\n| --- | ---: | ---: | ---: |")
    for name, runs in taken.items():
        ratio = median(runs) / median(taken["outreach"])
        print(f"| {name} | {median(runs):.2f} | {min(run.cpu for run in runs):.2f} | {ratio:.1f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
