"""Read a made-up export of Telegram Desktop with our reader, and a smaller one with ``json.load`` beside it.

Seconds are wall time of whole processes with start and imports, CPU seconds and peak MB (10⁶ bytes) are what the system
recorded for them. Both read the smaller file, in turn, and must name the same channels; the large one is for our reader
alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks for modules beside it only

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS: Final = ("public_channel", "private_channel", "public_supergroup", "private_supergroup")
OTHERS: Final = ("personal_chat", "bot_chat", "private_group")
TEXT: Final = (
    'привет завтра канал вебинар "кавычки" [скобки] {фигурные} perspectives δοκιμή \\ другая цена 100% ՀՀ 🙂 и ещё'
)
WORDS: Final = (*TEXT.split(), "строка\nдругая")
MESSAGES: Final = 1000  # made once for each file and used again: writing must not take longer than reading


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took and found."""

    seconds: float
    cpu: float
    peak_mb: float
    found: str


def messages(chosen: random.Random) -> list[bytes]:
    """Return messages as Telegram Desktop writes them, one space for a level."""
    made = []
    for number in range(MESSAGES):
        text = " ".join(chosen.choices(WORDS, k=chosen.randrange(2, 60)))
        message: dict[str, Any] = {
            "id": number,
            "type": "message",
            "date": "2025-05-06T07:08:09",
            "date_unixtime": "1746508089",
            "from": "Канал о маркетинге",
            "from_id": "channel1000000001",
            "text": text,
            "text_entities": [{"type": "plain", "text": text}],
        }
        if number % 5 == 0:
            message |= {
                "photo": f"photos/photo_{number}@06-05-2025.jpg",
                "photo_file_size": 71234,
                "width": 1280,
                "height": 720,
            }
        made.append(json.dumps(message, ensure_ascii=False, indent=1).replace("\n", "\n    ").encode())
    return made


def parts(size: int, chats: int) -> Iterator[bytes]:
    """Yield an export of about so many bytes."""
    chosen = random.Random(7)  # noqa: S311 - the same export each time
    some = messages(chosen)
    yield b'{\n "about": "Here is the data you requested.",\n "chats": {\n  "about": "Chats",\n  "list": ['
    for number in range(chats):
        kind = chosen.choice(KINDS if number % 3 else OTHERS)
        head = {"name": f"Чат {number}", "type": kind, "id": 1_000_000_000 + number}
        yield (b"," if number else b"") + json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "messages": ['
        share = int(2 * size / chats * chosen.random())
        while share > 0:
            block = b",\n    ".join(chosen.choices(some, k=min(200, share // 1500 + 1)))
            share -= len(block)
            yield block + (b"," if share > 0 else b"")
        yield b"]}"
    yield b"]\n },\n" + b' "left_chats": {"about": "", "list": []}\n}\n'


def read(path: str) -> Iterator[str]:
    """Yield the ids of the channels with our reader."""
    from outreach.files import HEAD_BYTES
    from outreach.files.contract import Remark
    from outreach.files.source import Source
    from outreach.likes.exports.base import Like, ListOptions
    from outreach.likes.exports.telegram import TelegramDesktop

    file = Path(path)
    with file.open("rb") as stream:
        source = Source(file.name, file, stream.read(HEAD_BYTES), inner="result.json")
    for part in TelegramDesktop().read([source], ListOptions()):
        if isinstance(part, Like):
            yield part.resource.removeprefix("id/")
        elif isinstance(part, Remark) and part.message.code == "read-up-to-damage":
            raise SystemExit(part.message.code)


def load(path: str) -> Iterator[str]:
    """Yield the same with Python's parser."""
    with Path(path).open("rb") as stream:
        export = json.load(stream)
    yield from (str(chat["id"]) for chat in export["chats"]["list"] if chat["type"] in KINDS)


WAYS: Final = {"outreach": read, "json.load": load}


def timed(way: str, path: Path) -> Run:
    """Run one way in a process of its own."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([sys.executable, __file__, "--way", way, str(path)], stdout=output)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            raise SystemExit(f"{way} failed")
        output.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024
        return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, output.read())


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mb", type=int, default=2000, help="size of the large file")
    parser.add_argument("--small-mb", type=int, default=200, help="size of the file that both read")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="fail below 60 MB/s or above 300 MB of memory")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way:
        print("\n".join(WAYS[options.way](options.path)))
        return
    with tempfile.TemporaryDirectory(prefix="outreach-benchmark-") as name:
        measure(Path(name), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    files = {"small": (options.small_mb, 200), "large": (options.mb, 1500)}
    for file, (size, chats) in files.items():
        with (folder / file).open("wb") as stream:
            stream.writelines(parts(size * 1_000_000, chats))
    load_before = os.getloadavg()[0]
    plan = (("outreach", "small"), ("json.load", "small"), ("outreach", "large"))
    taken: dict[tuple[str, str], list[Run]] = {one: [] for one in plan}
    for _ in range(options.rounds):
        for way, file in plan:
            taken[way, file].append(timed(way, folder / file))
    print(f"the middle of {options.rounds}; load before: {load_before:.1f}\n")
    print("| what | MB | seconds | CPU seconds | MB/s | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for (way, file), runs in taken.items():
        mb, seconds = (folder / file).stat().st_size / 1e6, statistics.median(run.seconds for run in runs)
        peak = max(run.peak_mb for run in runs)
        cpu = statistics.median(run.cpu for run in runs)
        print(f"| {way} | {mb:,.0f} | {seconds:.1f} | {cpu:.1f} | {mb / seconds:.0f} | {peak:.0f} |")
    print(f"\nPython {platform.python_version()}; {platform.system()} {platform.machine()}")
    if len({run.found for way, file in plan[:2] for run in taken[way, file]}) != 1:
        raise SystemExit("the two ways found different channels")
    print(f"the same channels in both ways: {len(taken[plan[0]][0].found.split()):,}")
    if options.check and (mb / seconds < 60 or peak > 300):
        raise SystemExit("below 60 MB/s, or above 300 MB of memory")


if __name__ == "__main__":
    main(sys.argv[1:])
