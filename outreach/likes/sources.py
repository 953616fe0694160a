"""Files, folders, standard input: one kind of thing to read from.

Whatever cannot be read from its place (standard input, a pipe, gzip) is first written to the run's private folder, so
that everything behind this module has a plain file that can be read twice.
"""

from __future__ import annotations

import gzip
import shutil
import stat
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Skipped", "Source", "sources"]

HEAD_BYTES: Final = 64 * 1024
BLOCK_BYTES: Final = 1024 * 1024
ENDINGS: Final = (".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".parquet")
UNPACKED_BYTES: Final = 1 << 30  # a gzip file may always unpack to this much ...
UNPACKED_RATIO: Final = 200  # ... and beyond it only to this many times its size; tables rarely reach 30


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read.

    Args:
        label: What messages call it: the path as it was typed, or ``stdin``.
        path: Where its bytes are, decompressed.
        head: Its first 64 KiB.
        found: Whether it was found in a folder; then a file that holds no likes is passed over, not an error.

    """

    label: str
    path: Path
    head: bytes
    found: bool = False

    def open(self) -> BinaryIO:
        """Open its bytes."""
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was passed over, and why."""

    source: str
    why: str


def sources(paths: Sequence[str | Path], spool: Path) -> Iterator[Source | Skipped]:
    """Yield what the paths lead to, folders in the order of their files' names.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        spool: A private folder for what has to be written down first.

    Raises:
        InputError: A path does not exist, may not be read, is empty, or is a folder without tables.

    """
    seen: set[Path] = set()
    for given in paths:
        label = str(given)
        if label == "-":
            yield _spooled("stdin", sys.stdin.buffer, spool)
            continue
        path = Path(given)
        for file in _files(path, label):
            inside = file != path
            shown = str(file)
            if (real := file.resolve()) in seen:
                yield Skipped(shown, "given twice, read once")
                continue
            seen.add(real)
            if inside and not file.name.lower().removesuffix(".gz").endswith(ENDINGS):
                yield Skipped(shown, "not a table by its name")
                continue
            yield _source(file, shown, spool, found=inside)


def _files(path: Path, label: str) -> Iterable[Path]:
    """Return the file itself, or the files of a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError(f"{label}: no such file or folder", hint=_hint_for_missing(label)) from None
    except (OSError, ValueError) as err:
        raise _unreadable(label, err) from err
    if not stat.S_ISDIR(mode):
        return [path]
    try:
        files = sorted(
            file
            for file in path.rglob("*")
            if not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts) and file.is_file()
        )
    except OSError as err:
        raise _unreadable(label, err) from err
    if not any(file.name.lower().removesuffix(".gz").endswith(ENDINGS) for file in files):
        raise InputError(
            f"{label}: no tables in this folder",
            hint=f"a table's name ends in {', '.join(ENDINGS)} (or with .gz behind)",
        )
    return files


def _hint_for_missing(label: str) -> str:
    if label.startswith(("http://", "https://")):
        return "addresses are not fetched: download the file and give its path"
    return "check the path; one with spaces needs quotes around it"


def _unreadable(label: str, err: OSError | ValueError) -> InputError:
    if isinstance(err, PermissionError):
        return InputError(f"{label}: no permission to read it")
    if isinstance(err, ValueError):  # a NUL in the path
        return InputError("a path holds a character that no path can hold")
    return InputError(f"{label}: cannot be read ({err.strerror or 'unknown reason'})")


def _source(file: Path, label: str, spool: Path, *, found: bool) -> Source:
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe gives its bytes only once
            with file.open("rb") as stream:
                return _spooled(label, stream, spool)
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as err:
        raise _unreadable(label, err) from err
    return _unpacked(Source(label, file, head, found), spool)


def _spooled(label: str, stream: BinaryIO, spool: Path) -> Source:
    """Write a stream to the private folder."""
    target = spool / f"source-{len(list(spool.iterdir()))}"
    with target.open("xb") as copy:
        shutil.copyfileobj(stream, copy, BLOCK_BYTES)
    with target.open("rb") as written:
        head = written.read(HEAD_BYTES)
    return _unpacked(Source(label, target, head), spool)


def _unpacked(source: Source, spool: Path) -> Source:
    """Return a source whose bytes are not compressed, and not missing."""
    if not source.head:
        raise InputError(f"{source.label}: the file is empty", hint="export or save it again")
    if not source.head.startswith(b"\x1f\x8b"):
        return source
    target = spool / f"source-{len(list(spool.iterdir()))}"
    allowed = max(UNPACKED_BYTES, source.path.stat().st_size * UNPACKED_RATIO)
    size = 0
    try:
        with gzip.open(source.path) as packed, target.open("xb") as copy:
            while block := packed.read(BLOCK_BYTES):
                size += len(block)
                if size > allowed:
                    raise InputError(
                        f"{source.label}: unpacks to more than {UNPACKED_RATIO} times its size",
                        hint="unpack it yourself if you trust it",
                    )
                copy.write(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as err:
        raise InputError(f"{source.label}: the gzip file is cut off or damaged", hint="download it again") from err
    with target.open("rb") as unpacked:
        head = unpacked.read(HEAD_BYTES)
    if not head:
        raise InputError(f"{source.label}: the file inside is empty", hint="export or save it again")
    return Source(source.label, target, head, source.found)
