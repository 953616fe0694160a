"""Damage every sample of a platform's export at random, and see that nothing but told errors comes out.

``python benchmarks/fuzz.py --minutes 5`` or ``--inputs 10000``; ``--seed`` repeats a run. What fails is kept in
``tests/likes/readers/data/failed/``, where the tests read it from then on.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any, Final

from outreach.errors import InputError
from outreach.likes.readers import readers
from outreach.likes.readers.base import HEAD_BYTES, Source

ROOT: Final = Path(__file__).resolve().parents[1]
DATA: Final = ROOT / "tests" / "likes" / "readers" / "data"
FAILED: Final = DATA / "failed"
LARGEST: Final = 200_000
TOKENS: Final = (
    b"null", b"{", b"}", b"[", b"]", b'"', b"\\", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"1e999", b"-1",
    b"9" * 400, b"<", b">", b"&#x110000;", b"<!DOCTYPE a [", b"\r", b"\n\n", b",", b";", b"\t", b"\xef\xbb\xbf",
    b"[" * 3000,
)  # fmt: skip
ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**30, 1.5, "", " ", "x", "\ud800", "\x00", [], {}, [None], {"a": None}, [[]], "0" * 500,
    "9999-12-31T23:59:59Z", "0000-00-00", 253402300800, -62135596800, "https://", "@", "[" * 50,
)  # fmt: skip


def samples() -> list[tuple[str, bytes]]:
    """Return path inside the export and content of every sample."""
    paths = sorted(path for path in DATA.rglob("*") if path.is_file() and FAILED not in path.parents)
    found = [(_inner(path), path.read_bytes()) for path in paths]
    return [(inner, data) for inner, data in found if len(data) <= LARGEST]


def _inner(path: Path) -> str:
    """Return the path below the folder of the reader."""
    return "/".join(path.relative_to(DATA).parts[1:])


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


def tried(inner: str, data: bytes, path: Path) -> str:
    """Read an input with every reader that claims it; return what came of it.

    Raises:
        Exception: What no user should see.

    """
    path.write_bytes(data)
    claims = [one for one in readers() if _claims(one, inner, path)]
    for reader in claims:
        try:
            for _ in reader.read(Source("x", path, data[:HEAD_BYTES], inner)):
                pass
        except InputError:
            return "told"
    return "read" if claims else "unknown"


def _claims(reader: Any, inner: str, path: Path) -> bool:
    try:
        return bool(reader.identify(Source("x", path, path.read_bytes()[:HEAD_BYTES], inner)))
    except InputError:
        return False


def run(seed: int, inputs: int | None, minutes: float | None) -> tuple[Counter[str], list[tuple[str, bytes, str]]]:
    """Try inputs; return how many ended how, and those that failed with the reason."""
    chance, every = random.Random(seed), samples()  # noqa: S311 - chance here hides nothing
    counts: Counter[str] = Counter()
    failed: list[tuple[str, bytes, str]] = []
    end = time.monotonic() + 60 * minutes if minutes else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        while (inputs is None or counts.total() < inputs) and (end is None or time.monotonic() < end):
            inner, data = chance.choice(every)
            bad = damaged(data, chance)
            try:
                counts[tried(inner, bad, path)] += 1
            except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
                counts["failed"] += 1
                failed.append((inner, bad, traceback.format_exc()))
    return counts, failed


def main() -> None:
    """Run, keep what failed, and say how many ended how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--inputs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = time.monotonic()
    counts, failed = run(given.seed, given.inputs if given.inputs or given.minutes else 10_000, given.minutes)
    seconds = time.monotonic() - start
    for inner, data, reason in failed:
        name = hashlib.sha256(data).hexdigest()[:12]
        target = FAILED / name / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        print(f"{target.relative_to(ROOT)}\n{reason}")
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    print(f"seed {given.seed}: {counts.total():,} inputs in {seconds:.0f} s: {told}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
