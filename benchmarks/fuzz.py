"""Damage samples of all that comes in at random, and see that nothing but failures in words comes out.

``python benchmarks/fuzz.py --minutes 5`` or ``--inputs 200000``; ``--seed`` repeats a run, in any number of ``--jobs``.
Most inputs are single files for the readers of exports; one in six is a table, a JSON text, a web page or a list from
``tests/everyday``, which is planned and read; one in fifty is a ZIP archive of several exports, damaged too, that goes
the whole way of ``outreach rank``. One in four comes in by another door (``entry_points.py``): sheet, brief, templates,
results, ledger, address book, settings, surveys, letters, addresses, links, and the app's uploads and forms;
``--entries`` tries these alone. What fails is kept as it comes in ``tests/likes/exports/failed/``; tests read it
from then on. ``--samples FOLDER`` adds files of your own, and ``--kept FOLDER`` keeps what fails elsewhere.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import io
import json
import multiprocessing
import random
import sys
import tempfile
import time
import tomllib
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import entry_points

from outreach import likes, ranking
from outreach.engine import Engine
from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.files.source import Source
from outreach.likes.executors.relations import readable
from outreach.likes.exports import READERS
from outreach.likes.exports.base import ListOptions
from outreach.likes.planning import tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
DATA: Final = ROOT / "tests" / "likes" / "exports" / "data"
FAILED: Final = DATA.parent / "failed"
LARGEST: Final = 200_000
LOT: Final = 500  # inputs of one seed
ARCHIVES: Final = 50  # one input in so many
ARCHIVE: Final = "anna.zip"
TABLES: Final = 6  # one input in so many
ENTRIES: Final = 4  # one input in so many
TABLE: Final = "table/"
"""Before the name of an input that is no export."""

TOGETHER: Final = 40  # tables that are read by one engine
EVERYDAY: Final = ROOT / "tests" / "everyday" / "inputs"
SLOW_SECONDS: Final = 20.0  # for a file of 200 kB: something that grows with its square
REPORT_SECONDS: Final = 30.0
TOKENS: Final = (
    b"null", b"{", b"}", b"[", b"]", b'"', b"\\", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"1e999", b"-1",
    b"9" * 400, b"<", b">", b"&#x110000;", b"<!DOCTYPE a [", b"\r", b"\n\n", b",", b";", b"\t", b"\xef\xbb\xbf",
    b"[" * 3000,
)  # fmt: skip
ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**30, 1.5, "", " ", "x", "\ud800", "\x00", [], {}, [None], {"a": None}, [[]], "0" * 500,
    "9999-12-31T23:59:59Z", "0000-00-00", 253402300800, -62135596800, "https://", "@", "[" * 50,
)  # fmt: skip

ENDS: Final = (
    "read",
    "told",
    "unknown",
    "archives ranked",
    "archives told",
    "tables read",
    "tables told",
    *entry_points.ENDS,
)

Sample = tuple[str, bytes]
"""Path inside the export, and content."""


@dataclass(slots=True)
class Tally:
    """How many inputs ended how; those that failed, with the reason; the slowest one."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, bytes, str]] = field(default_factory=list)
    slowest_seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.counts += other.counts
        self.failed += other.failed
        self.slowest_seconds = max(self.slowest_seconds, other.slowest_seconds)

    def __str__(self) -> str:
        told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.counts.items()))
        return f"{self.counts.total():,} inputs: {told}; the slowest took {self.slowest_seconds:.1f} s"


@cache
def samples(more: Path | None = None) -> tuple[Sample, ...]:
    """Return path inside the export and content of every sample, and of those below another folder."""
    paths = sorted(path for path in DATA.rglob("*") if path.is_file() and FAILED not in path.parents)
    found = [(_inner(path, DATA), path.read_bytes()) for path in paths]
    if more is not None:
        found += [(_inner(path, more), path.read_bytes()) for path in sorted(more.rglob("*")) if path.is_file()]
    return tuple((inner, data) for inner, data in found if len(data) <= LARGEST)


@cache
def tables() -> tuple[Sample, ...]:
    """Return name and content of every text of the everyday inputs, and of the web pages among them."""
    cases = [
        case for path in sorted(EVERYDAY.glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]
    ]
    files = {
        f"{name.rpartition('/')[2]} {content}": (name, content)
        for case in cases
        for name, content in case["files"].items()
    }
    texts = [(name, content) for name, content in files.values() if isinstance(content, str)]
    return tuple((f"{TABLE}{name.rpartition('/')[2]}", content.encode()) for name, content in texts)


def _inner(path: Path, folder: Path) -> str:
    """Return the path below the folder of the reader."""
    return "/".join(path.relative_to(folder).parts[1:]) or path.name


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a sample with something wrong in it."""
    if chance.random() < 0.5 and (changed := _damaged_json(data, chance)) is not None:
        return changed
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = chance.choice((_flipped, _cut, _without, _twice, _with))(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + data[place + chance.randrange(1, 40) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + data[max(0, place - chance.randrange(1, 200)) :]


def _with(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(TOKENS) + data[place:]


def _damaged_json(data: bytes, chance: random.Random) -> bytes | None:
    """Return JSON with another value somewhere, None for what is none."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    holder: list[Any] = [document]
    for _ in range(chance.choice((1, 1, 3))):
        _replace(holder, chance)
    return json.dumps(holder[0], ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _replace(holder: Any, chance: random.Random) -> None:
    """Put an odd value somewhere below, or take one away."""
    node = holder
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.85:
            node = node[key]
            continue
        if chance.random() < 0.15 and node is not holder:
            del node[key]
        else:
            node[key] = copy.deepcopy(chance.choice(ODD))
        return


def archive(every: tuple[Sample, ...], chance: random.Random) -> bytes:
    """Return a ZIP archive of some samples, most of them damaged, half of the time with something wrong in itself."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as target:
        for inner, data in dict(chance.sample(every, chance.choice((1, 2, 4)))).items():
            target.writestr(inner, damaged(data, chance) if chance.random() < 0.7 else data)
    data = packed.getvalue()
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 1, 2, 5))):
            data = chance.choice((_flipped, _flipped, _cut, _without, _twice))(data, chance)
    return data


def tried(inner: str, data: bytes, path: Path) -> str:
    """Read an input with every reader that claims it, an archive as ``outreach rank`` does; return what came of it.

    Raises:
        Exception: What no user should see.

    """
    if inner == ARCHIVE:
        return _ranked(data, path)
    if inner.startswith(entry_points.PREFIX):
        return entry_points.attempt(inner, data)
    if inner.startswith(TABLE):
        return _planned(inner, data, path)
    path.write_bytes(data)
    source = Source("x", path, data[:HEAD_BYTES], inner=inner)
    claims = [one for one in READERS.readers() if _claims(one, source)]
    for reader in claims:
        try:
            for _ in reader.read([source], ListOptions()):
                pass
        except InputError:
            return "told"
    return "read" if claims else "unknown"


def _claims(reader: Any, source: Source) -> bool:
    try:
        return bool(reader.identify(source))
    except InputError:
        return False


@dataclass(slots=True)
class _Lent:
    """An engine that several tables share, since to open one takes longer than to read them."""

    engine: Engine | None = None
    used: int = 0

    def get(self) -> Engine:
        """Return it, a new one now and then."""
        if self.engine is None or self.used >= TOGETHER:
            self.close()
            self.engine = Engine()
        self.used += 1
        return self.engine

    def close(self) -> None:
        """Close it."""
        if self.engine is not None:
            self.engine.close()
        self.engine, self.used = None, 0


LENT: Final = _Lent()


def _planned(inner: str, data: bytes, path: Path) -> str:
    """Plan a table and read it to its end."""
    given = path.with_name(f"anna{Path(inner).suffix}")
    given.write_bytes(data)
    engine = LENT.get()
    try:
        found, _ = tables_in(engine, [given])
        for table in found:
            if table.text is None and not table.written:
                readable(engine, table)
    except InputError:
        return "tables told"
    return "tables read"


def _ranked(data: bytes, path: Path) -> str:
    given = path.with_name(ARCHIVE)
    given.write_bytes(data)
    try:
        with Engine() as engine:
            ranking.rank(likes.read(engine, [given]), ranking.Choice(min_subscribers=0))
    except InputError:
        return "archives told"
    return "archives ranked"


def inputs(every: tuple[Sample, ...], chance: random.Random, number: int, *, entries: bool = False) -> Iterator[Sample]:
    """Yield damaged inputs, for the doors besides lists alone where these are wanted."""
    for _ in range(number):
        if entries or not chance.randrange(ENTRIES):
            inner, data = entry_points.chosen(chance)
            yield inner, damaged(data, chance)
        elif chance.randrange(ARCHIVES):
            inner, data = chance.choice(every if chance.randrange(TABLES) else tables())
            yield inner, damaged(data, chance)
        else:
            yield ARCHIVE, archive(every, chance)


def of_lot(task: tuple[str, int], more: Path | None = None, *, entries: bool = False) -> Tally:
    """Try the inputs of one seed."""
    seed, number = task
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(seed)  # noqa: S311 - chance here hides nothing
        for inner, data in inputs(samples(more), chance, number, entries=entries):
            start = time.monotonic()
            try:
                tally.counts[tried(inner, data, Path(folder) / "input")] += 1
            except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
                tally.counts["failed"] += 1
                tally.failed.append((inner, data, traceback.format_exc()))
            seconds = time.monotonic() - start
            if seconds > SLOW_SECONDS:
                tally.counts["slow"] += 1
                tally.failed.append((inner, data, f"it took {seconds:.1f} s"))
            tally.slowest_seconds = max(tally.slowest_seconds, seconds)
        LENT.close()
        entry_points.release()
    return tally


def run(
    seed: int,
    number: int | None,
    minutes: float | None = None,
    *,
    jobs: int = 1,
    more: Path | None = None,
    entries: bool = False,
    report: Callable[[Tally, Tally], None] = lambda _whole, _lot: None,
) -> Tally:
    """Try inputs.

    Args:
        seed: The same one gives the same inputs, whatever the number of jobs.
        number: So many.
        minutes: So long.
        jobs: Processes.
        more: A folder of more samples.
        entries: Whether to try the doors besides lists alone.
        report: Called with the tally so far and that of the last lot.

    """
    whole = Tally()
    end = time.monotonic() + 60 * minutes if minutes else None
    work = partial(of_lot, more=more, entries=entries)
    tasks = _tasks(seed, number, end)
    if jobs == 1:
        for tally in map(work, tasks):
            whole.add(tally)
            report(whole, tally)
        return whole
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        room = multiprocessing.BoundedSemaphore(2 * jobs)  # else all tasks would be handed out at once
        for tally in pool.imap_unordered(work, _slowly(tasks, room)):
            room.release()
            whole.add(tally)
            report(whole, tally)
    return whole


def _tasks(seed: int, number: int | None, end: float | None) -> Iterator[tuple[str, int]]:
    lot = left = 0
    while (number is None or (left := number - lot * LOT) > 0) and (end is None or time.monotonic() < end):
        yield f"{seed}/{lot}", LOT if number is None else min(LOT, left)
        lot += 1


def _slowly(tasks: Iterator[tuple[str, int]], room: Any) -> Iterator[tuple[str, int]]:
    while room.acquire() and (task := next(tasks, None)) is not None:
        yield task


@dataclass(slots=True)
class Diary:
    """Keeps what fails as it comes, and says now and then how far the run is.

    Args:
        kept: The folder for what fails.
        reported: When something was said last.

    """

    kept: Path
    reported: float = field(default_factory=time.monotonic)

    def __call__(self, whole: Tally, lot: Tally, /) -> None:
        """Note one more lot."""
        for inner, data, reason in lot.failed:
            target = self.kept / hashlib.sha256(data).hexdigest()[:12] / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            print(f"{target}\n{reason}", flush=True)
        if time.monotonic() - self.reported > REPORT_SECONDS:
            self.reported = time.monotonic()
            print(f"... {whole}", file=sys.stderr, flush=True)


def main() -> None:
    """Run, keep what failed, and say how many ended how."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--inputs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--entries", action="store_true")
    parser.add_argument("--kept", type=Path, default=FAILED)
    given = parser.parse_args()
    number = given.inputs if given.inputs or given.minutes else 10_000
    start = time.monotonic()
    report = Diary(given.kept)
    tally = run(
        given.seed, number, given.minutes, jobs=given.jobs, more=given.samples, entries=given.entries, report=report
    )
    print(f"seed {given.seed}, {time.monotonic() - start:.0f} s, {tally}")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
