"""The members of a ZIP file, unpacked in pieces and counted on the way: what a header says is believed of nobody."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.errors import InputError
from outreach.files import BLOCK_BYTES, ZIP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Package", "damaged", "protected", "too_large"]

UNPACKED_BYTES: Final = 1 << 30  # a workbook may always unpack to this much ...
UNPACKED_RATIO: Final = 200  # ... and beyond it only to this many times its size; sheets rarely reach 30
SMALL_BYTES: Final = 64 << 20
LEAST_HEADER: Final = 30
STORED: Final = 0
DEFLATED: Final = 8


def damaged(label: str, kind: str = "workbook") -> InputError:
    """Return the refusal of a workbook, or another kind of ZIP file, that is not whole."""
    again = "export or download it again"
    saved = f"open it, save it under another name and give that file; or {again}"
    return InputError(f"the {kind} is cut off or damaged", where=label, hint=saved if kind == "workbook" else again)


def protected(label: str, kind: str = "workbook") -> InputError:
    """Return the refusal of one that is encrypted."""
    saved = "open it, remove the password and save it"
    return InputError(
        f"the {kind} is protected by a password",
        where=label,
        hint=saved if kind == "workbook" else "unpack it yourself",
    )


def too_large(label: str, what: str, kind: str = "workbook") -> InputError:
    """Return the refusal of one that would not fit into memory."""
    copied = "copy the cells that you need into a new workbook and give that"
    hint = copied if kind == "workbook" else "unpack it yourself if you trust it"
    return InputError(what, where=label, hint=hint)


class Package:
    """A ZIP file.

    Args:
        label: What messages call it.
        path: Where it is.
        kind: What messages say that it is.

    Raises:
        InputError: It is cut off or damaged.

    """

    def __init__(self, label: str, path: Path, kind: str = "workbook") -> None:
        self.label: Final = label
        self.path: Final = path
        self.kind: Final = kind
        try:
            with zipfile.ZipFile(path) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
            raise damaged(label, kind) from err
        # Some programs write other letters and signs than they refer to; the reader of the cells puts up with that too.
        self.members: Final = {_plain(member.filename): member for member in members}
        if len(self.members) < len(members):
            raise damaged(label, kind)  # two members of one name: others may see the other one
        ends = 0
        for member in sorted(members, key=lambda member: member.header_offset):
            if member.header_offset < ends:
                raise damaged(label, kind)  # one member lies in another, so that little unpacks to much
            ends = member.header_offset + LEAST_HEADER + member.compress_size
        self._limit = max(UNPACKED_BYTES, UNPACKED_RATIO * path.stat().st_size)
        self._unpacked: dict[str, int] = {}
        self._sum = 0

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.members

    def text(self, name: str) -> bytes:
        """Return a small member whole; one that is missing is empty.

        Raises:
            InputError: It is damaged, or not small.

        """
        if name not in self:
            return b""
        parts: list[bytes] = []
        size = 0
        for block in self.blocks(name):
            parts.append(block)
            size += len(block)
            if size > SMALL_BYTES:
                raise too_large(self.label, f"the description of the {self.kind} is too large to read", self.kind)
        return b"".join(parts)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a member in blocks of at most 1 MiB; a missing one has none.

        Raises:
            InputError: It is damaged or encrypted, or all that was read so far unpacks to more than is allowed.

        """
        member = self.members.get(_plain(name))
        if member is None:
            return
        if member.flag_bits & 1:
            raise protected(self.label, self.kind)
        size = check = 0
        try:
            with self.path.open("rb") as stream:
                for block in _unpacked(stream, member):
                    size += len(block)
                    check = zlib.crc32(block, check)
                    self._count(name, size)
                    yield block
        except (zlib.error, zipfile.BadZipFile, OSError) as err:
            raise damaged(self.label, self.kind) from err
        if size != member.file_size or check != member.CRC:
            raise damaged(self.label, self.kind)

    def _count(self, name: str, size: int) -> None:
        before = self._unpacked.get(name, 0)
        if size > before:
            self._unpacked[name] = size
            self._sum += size - before
        if self._sum > self._limit:
            raise too_large(self.label, f"it unpacks to more than {self._limit >> 20:,} MiB", self.kind)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack what really stands there; Python's own reader stops where the header says that the member ends."""
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or not header.startswith(ZIP):
        raise zipfile.BadZipFile
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = member.compress_size
    if member.compress_type == STORED:
        while block := stream.read(min(left, BLOCK_BYTES)):
            left -= len(block)
            yield block
    elif member.compress_type == DEFLATED:
        yield from _inflated(stream, left)
    else:
        raise zipfile.BadZipFile


def _inflated(stream: BinaryIO, left: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = b""
    while not inflate.eof:
        if not packed:
            packed = stream.read(min(left, 64 * 1024))
            left -= len(packed)
        block = inflate.decompress(packed, BLOCK_BYTES)
        if not block and not packed:
            raise zipfile.BadZipFile
        packed = inflate.unconsumed_tail
        yield block
