"""The members of a ZIP archive as files of the run's private folder: their names never touch the disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files import HEAD_BYTES, ZIP
from outreach.files.kinds import workbook_kind
from outreach.files.package import Package, too_large
from outreach.files.temporary import new_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Member", "members", "shown", "shown_name"]

MOST: Final = 200_000  # files: an archive of years of photographs has tens of thousands
DEPTH: Final = 2
LARGE_BYTES: Final = 8 << 20  # up to this much any member may unpack ...
RATIO: Final = 200  # ... and beyond it to so many times its size; lists of follows reach 20
MOST_REFUSED: Final = 3
KIND: Final = "ZIP archive"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Args:
        inner: Its path there, as the archive tells it; never used as a path.
        path: Where its bytes are, unpacked; None for one that was not wanted.
        head: Its first 64 KiB.
        archive: What messages call the archive that it lies in, which may lie in another.
        outer: Names of the archives inside that it lies in, and of their folders, the nearest first.
        refused: Why it could not be opened: damaged or encrypted, or an archive that lies too deep.

    """

    inner: str
    path: Path | None
    head: bytes = b""
    archive: str = ""
    outer: tuple[str, ...] = ()
    refused: InputError | None = None

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.archive}: {shown(self.inner)}"


def members(
    label: str,
    path: Path,
    temporary: Path,
    wanted: Callable[[str], bool],
    *,
    depth: int = DEPTH,
    most: int = MOST,
    patient: bool = False,
) -> Iterator[Member]:
    """Yield the files of an archive in the order of their names, those in archives inside it too.

    Args:
        label: What messages call the archive.
        path: Where it is.
        temporary: A private folder.
        wanted: Whether a file of that path is to be unpacked; the others are yielded without bytes.
        depth: So many archives may lie in each other.
        most: So many files may lie in one.
        patient: Yield the files and archives inside that cannot be opened, up to three, and go on.

    Raises:
        InputError: It is damaged, encrypted, or unpacks to more than is allowed.

    """
    package = Package(label, path, KIND)
    if len(package.members) > most:
        raise InputError(
            f"more than {most:,} files in it", where=label, hint="unpack it and give only the files that you need"
        )
    refused = 0
    for key, member in sorted(package.members.items()):
        inner = member.filename.replace("\\", "/")
        if member.is_dir() or _of_the_system(inner):
            continue
        nested = inner.lower().endswith(".zip")
        if not (nested or wanted(inner)) or not member.file_size:
            yield Member(inner, None, archive=label)
            continue
        try:
            unpacked = _unpacked(package, key, temporary)
        except InputError as err:  # one that is damaged or encrypted does not cost the others
            refused += 1
            if not patient or refused > MOST_REFUSED:
                raise
            yield Member(inner, None, archive=label, refused=err)
            continue
        with unpacked.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        if not nested and not (head.startswith(ZIP) and not workbook_kind(unpacked, head)):
            yield Member(inner, unpacked, head, label)
            continue
        try:
            yield from _of_nested(label, inner, unpacked, temporary, wanted, depth=depth, most=most, patient=patient)
        except InputError as err:
            refused += 1  # each of them may have unpacked to very much
            if not patient or refused > MOST_REFUSED:
                raise
            yield Member(inner, None, archive=label, refused=err)


def _of_nested(
    label: str,
    inner: str,
    unpacked: Path,
    temporary: Path,
    wanted: Callable[[str], bool],
    *,
    depth: int,
    most: int,
    patient: bool,
) -> Iterator[Member]:
    """Yield the files of an archive in another one."""
    if depth <= 1:
        raise InputError("archives nested too deeply", where=label, hint="unpack it yourself")
    names = PurePosixPath(inner).with_suffix("").parts[::-1]
    nest = f"{label}: {shown_name(inner)}"
    for member in members(nest, unpacked, temporary, wanted, depth=depth - 1, most=most, patient=patient):
        yield replace(member, outer=(*member.outer, *names))


def shown(inner: str) -> str:
    r"""Return the path of a member as messages may show it.

    Example:
        >>> shown("lists/evil\x1b.csv")
        'lists/evil?.csv'

    """
    return "".join(sign if sign.isprintable() else "?" for sign in inner)


def shown_name(inner: str) -> str:
    r"""Return the name of a member without its folders, as messages may show it.

    Example:
        >>> shown_name("../../evil\x1b/stats.csv")
        'stats.csv'

    """
    return shown(inner.rpartition("/")[2])


def _unpacked(package: Package, key: str, temporary: Path) -> Path:
    """Unpack a member.

    Raises:
        InputError: It is damaged, or so much larger than it lay there that it is made to be.

    """
    path, size = new_file(temporary), 0
    most = max(LARGE_BYTES, RATIO * package.members[key].compress_size)
    with path.open("wb") as copy:
        for block in package.blocks(key):
            size += len(block)
            if size > most:
                label = f"{package.label}: {shown(package.members[key].filename)}"
                raise too_large(label, f"it unpacks to more than {RATIO} times its size", KIND)
            copy.write(block)
    return path


def _of_the_system(inner: str) -> bool:
    """Tell whether a file was put there by a system and not by the platform."""
    parts = inner.split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith("._") or parts[-1].lower() in {".ds_store", "thumbs.db"}
