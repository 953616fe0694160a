"""The members of a ZIP archive as files of the run's private folder: their names never touch the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.plain.package import Package
from outreach.likes.plain.workbook import workbook_kind
from outreach.likes.spool import new_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["ZIP", "Member", "members"]

ZIP: Final = b"PK\x03\x04"
HEAD_BYTES: Final = 64 * 1024
MOST: Final = 200_000  # files: an archive of years of photographs has tens of thousands
DEPTH: Final = 2
KIND: Final = "ZIP archive"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Args:
        inner: Its path there, as the archive tells it; never used as a path.
        path: Where its bytes are, unpacked; None for one that was not wanted.
        head: Its first 64 KiB.

    """

    inner: str
    path: Path | None
    head: bytes = b""


def members(label: str, path: Path, spool: Path, wanted: Callable[[str], bool], depth: int = DEPTH) -> Iterator[Member]:
    """Yield the files of an archive in the order of their names, those in archives inside it too.

    Args:
        label: What messages call the archive.
        path: Where it is.
        spool: A private folder.
        wanted: Whether a file of that path is to be unpacked; the others are yielded without bytes.
        depth: So many archives may lie in each other.

    Raises:
        InputError: It is damaged, encrypted, or unpacks to more than is allowed.

    """
    package = Package(label, path, KIND)
    if len(package.members) > MOST:
        raise InputError(f"{label}: more than {MOST:,} files in it", hint="unpack it and give those that matter")
    for key, member in sorted(package.members.items()):
        inner = member.filename.replace("\\", "/")
        if member.is_dir() or _of_the_system(inner):
            continue
        nested = inner.lower().endswith(".zip")
        if not (nested or wanted(inner)) or not member.file_size:
            yield Member(inner, None)
            continue
        unpacked = _unpacked(package, key, spool)
        if nested and unpacked.head.startswith(ZIP) and not workbook_kind(unpacked.path, unpacked.head):
            if depth <= 1:
                raise InputError(f"{label}: archives in archives in archives", hint="unpack it yourself")
            yield from members(label, unpacked.path, spool, wanted, depth - 1)
        else:
            yield Member(inner, unpacked.path, unpacked.head)


@dataclass(frozen=True, slots=True)
class _Bytes:
    path: Path
    head: bytes


def _unpacked(package: Package, key: str, spool: Path) -> _Bytes:
    path = new_file(spool)
    with path.open("wb") as copy:
        for block in package.blocks(key):
            copy.write(block)
    with path.open("rb") as stream:
        return _Bytes(path, stream.read(HEAD_BYTES))


def _of_the_system(inner: str) -> bool:
    """Tell whether a file was put there by a system and not by the platform."""
    parts = inner.split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith("._") or parts[-1].lower() in {".ds_store", "thumbs.db"}
