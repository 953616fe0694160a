"""Write drafts of one brief for many places, with their ledger, beside what nobody can do without.

Three ways, in turn, each round with a new database and after one run that nobody counts:

(a) ours: drafts with links, lengths and checks, then all placements in one transaction;
(b) bare Jinja: the same template compiled once, filled in for each place with a ready link;
(c) plain ``executemany`` of the same rows into SQLite, one transaction.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks for modules beside it only

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.teasers.drafts import Draft
    from outreach.teasers.targets import Target

PLACES: Final = (
    "t.me/place_{}",
    "vk.com/place_{}",
    "place{}.bsky.social",
    "@place{}@mastodon.social",
    "reddit.com/r/place_{}",
)
BRIEF: Final = ROOT / "sample_data" / "brief_ru.toml"


def places(count: int) -> list[Target]:
    from outreach.keys import identify, platform_of
    from outreach.teasers.targets import Target

    keys = [identify(PLACES[number % len(PLACES)].format(number)).key for number in range(count)]
    return [Target(key, platform_of(key), name=f"Place {number}") for number, key in enumerate(keys) if key]


def ours(targets: Sequence[Target], folder: Path) -> list[Draft]:
    from outreach.campaign.ledger import open_ledger
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import draft, placement_of
    from outreach.teasers.rendering import Templates

    drafted = draft(read_brief(BRIEF), targets, Templates())
    put = open_ledger(folder / "outreach.db").put(map(placement_of, drafted.drafts))
    if put.created != len(targets) or drafted.unfit:
        raise SystemExit(f"{put.created} of {len(targets)} drafts, {len(drafted.unfit)} unfit")
    return drafted.drafts


def bare_jinja(drafts: Sequence[Draft]) -> None:
    from jinja2 import Environment, FileSystemLoader

    from outreach.teasers.brief import read_brief
    from outreach.teasers.rendering import FIELDS
    from outreach.teasers.template_folders import packaged_folder

    loader = FileSystemLoader(packaged_folder() / "teaser")
    template = Environment(loader=loader, autoescape=False).get_template("default.j2")  # noqa: S701 - plain text
    brief = read_brief(BRIEF).variants[0]
    words = {"read_on": "Читайте дальше:", "bonus": "Бонус:"}
    texts = {"problem": brief.problem, "solution": brief.solution, "bonus": brief.bonus, "link_place": "text"}
    values = dict.fromkeys(FIELDS, "") | texts | {"words": words}
    for one in drafts:
        template.render(values | {"link": one.link})


def bare_executemany(rows: Sequence[tuple[object, ...]], folder: Path) -> None:
    marks = ", ".join("?" * len(rows[0]))
    with sqlite3.connect(folder / "plain.db") as connection:
        connection.execute(f"create table placements ({', '.join(f'c{number}' for number in range(len(rows[0])))})")
        connection.executemany(f"insert into placements values ({marks})", rows)
    connection.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(count: int, rounds: int) -> dict[str, list[float]]:
    from outreach.campaign.ledger.placement import FIELDS
    from outreach.teasers.drafts import placement_of

    targets = places(count)
    taken: dict[str, list[float]] = {"a": [], "b": [], "c": []}
    with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as name:
        folder = Path(name, "start")
        folder.mkdir()
        drafts = ours(targets, folder)  # not counted: imports, compiled patterns
        rows = [tuple(getattr(placement_of(one), field) for field in FIELDS) for one in drafts]
        for number in range(rounds):
            (folder := Path(name, str(number))).mkdir()
            taken["a"].append(seconds(lambda: ours(targets, folder)))
            taken["b"].append(seconds(lambda: bare_jinja(drafts)))
            taken["c"].append(seconds(lambda: bare_executemany(rows, folder)))
    return taken


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="drafts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--least", type=int, metavar="N", help="fail under N drafts a second")
    options = parser.parse_args(arguments)
    taken = {name: statistics.median(times) for name, times in measure(options.count, options.rounds).items()}
    titles = {"a": "outreach: drafts and ledger", "b": "bare Jinja", "c": "plain executemany"}
    print(f"{options.count:,} drafts, {len(PLACES)} platforms, the middle of {options.rounds}\n")
    print("| | what | seconds | a second | x (b + c) |\n| --- | --- | ---: | ---: | ---: |")
    for name, time_taken in taken.items():
        ratio = time_taken / (taken["b"] + taken["c"])
        print(f"| {name} | {titles[name]} | {time_taken:.3f} | {options.count / time_taken:,.0f} | {ratio:.2f} |")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("jinja2", "sqlalchemy"))
    print(f"\nPython {platform.python_version()}, {libraries}; {platform.system()} {platform.machine()}")
    if options.least and options.count / taken["a"] < options.least:
        raise SystemExit(f"under {options.least} drafts a second")


if __name__ == "__main__":
    main(sys.argv[1:])
