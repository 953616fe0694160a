"""One file to read, wherever it lay: a plain file, a member of an archive, standard input."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.files import BLOCK_BYTES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Source"]

TEXT_BYTES: Final = 1 << 30
"""A text of more is no list and no report: it is read by the engine, or as a stream."""


class Source:
    """One file to read; what is asked of it is found out once.

    Args:
        label: What messages call it: the path as it was typed, ``stdin``, or the archive's with the member behind.
        path: Where its bytes are, decompressed.
        head: Its first 64 KiB.
        inner: Its path inside its export, folder or archive (NFC, ``/`` between); at least its own name.
        archive: What messages call the archive that it lay in; empty for a file of its own.
        titles: Its name without the ending and those of its folders, nearest first: one may be a customer, one a
            platform.
        found: Whether it was found in a folder; then a file that cannot be used is left out, and is no error.
        encoding: What the user says of texts; None finds out.

    """

    def __init__(
        self,
        label: str,
        path: Path,
        head: bytes,
        *,
        inner: str = "",
        archive: str = "",
        titles: tuple[str, ...] = (),
        found: bool = False,
        encoding: str | None = None,
    ) -> None:
        self.label: Final = label
        self.path: Final = path
        self.head: Final = head
        self.inner: Final = unicodedata.normalize("NFC", (inner or path.name).replace("\\", "/"))
        self.archive: Final = archive
        self.titles: Final = titles
        self.found: Final = found
        self.encoding: Final = encoding

    @property
    def name(self) -> str:
        """Its own name, without folders."""
        return self.inner.rpartition("/")[2]

    def open(self) -> BinaryIO:
        """Open its bytes."""
        return self.path.open("rb")

    @cached_property
    def sha256(self) -> str:
        """Hash of its bytes, in hexadecimal."""
        import hashlib

        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def tail(self) -> bytes:
        """Its last 64 KiB."""
        with self.open() as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - BLOCK_BYTES // 16))
            return stream.read()
