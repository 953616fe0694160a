"""What readers of platforms' exports hand over: who is followed, once a record, with the address as found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, Protocol

from outreach.errors import InputError
from outreach.files.json_text import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Evidence",
    "Like",
    "Listed",
    "Passed",
    "Reader",
    "Rejected",
    "Remark",
    "Source",
    "repaired",
]

JSON_BYTES: Final = 1 << 30  # larger ones are read as streams by readers that expect them
Evidence = str
"""``real file``, where one was seen when the reader was written; ``documents``, where only descriptions were."""


class Like(NamedTuple):
    """One resource that the person of the export follows; at least one of the first four tells which.

    Where several are given they name one resource: an id and a handle in one record become aliases. A tuple, because
    there are millions and a dataclass takes three times as long to make.

    Args:
        platform: Our name of the platform, like ``instagram``.
        url: Address as found.
        handle: Account name as found, with or without @.
        resource: Immutable id, in the form that ``outreach.keys`` takes beside the platform: ``club7``, ``UC…``, a did.
        name: What the resource is called.
        subscribers: Its size, as found.
        followed_at: When, ISO 8601 in UTC; empty where the file does not tell.
        line: Line or number of the record, from 1.
        person: Whether it is somebody's own profile where the platform has communities beside; counted when asked for.

    """

    platform: str
    url: str = ""
    handle: str = ""
    resource: str = ""
    name: str = ""
    subscribers: str = ""
    followed_at: str = ""
    line: int = 0
    person: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The file is this person's list from a platform, also where nothing stands in it: an empty list is an answer."""

    platform: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that cannot be used, and why; never its text."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Passed:
    """The file belongs to an export and holds no list of follows, or nothing that is counted: why."""

    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of a file, a sentence without a full stop; a number of records, never their text."""

    text: str


class Source:
    """One file of an export: a plain file, or a member of a ZIP archive.

    Args:
        label: What messages call it.
        path: Where its bytes are, unpacked.
        head: Its first 64 KiB.
        inner: Its path inside the export (NFC, ``/`` between), as far as it is known; at least its name.
        encoding: What the user says of texts.
        dated: Whether it matters when somebody began to follow; a reader of long lists may leave dates out else.

    """

    def __init__(
        self, label: str, path: Path, head: bytes, inner: str, *, encoding: str | None = None, dated: bool = True
    ) -> None:
        self.label: Final = label
        self.path: Final = path
        self.head: Final = head
        self.inner: Final = unicodedata.normalize("NFC", inner.replace("\\", "/"))
        self.encoding: Final = encoding
        self.dated: Final = dated

    @property
    def name(self) -> str:
        """Its own name."""
        return self.inner.rpartition("/")[2]

    def open(self) -> BinaryIO:
        """Open its bytes."""
        return self.path.open("rb")

    @cached_property
    def beginning(self) -> str:
        """The beginning of a text without its mark, empty where this is no text; for telling what it is."""
        from outreach.files.encodings import beginning_of

        return beginning_of(self.label, self.head, self.encoding)

    @cached_property
    def text(self) -> str:
        """The whole text without its mark; what is not in its encoding is replaced.

        Raises:
            InputError: This is no text, or larger than any list.

        """
        from outreach.files.encodings import encoding_of

        if self.path.stat().st_size > JSON_BYTES:
            raise InputError(f"{self.label}: larger than any list of follows", hint="give the file with the list alone")
        name = encoding_of(self.label, self.head, self.encoding).name
        return self.path.read_bytes().decode(name, "replace").removeprefix("\ufeff")

    @cached_property
    def json(self) -> Any:
        """What a JSON text says.

        Raises:
            InputError: It is cut off, damaged or nested too deep.

        """
        return parsed(self.label, self.text)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The first keys of a JSON object at its beginning, in any order of nesting; for telling what it is."""
        return frozenset(re.findall(r'"((?:[^"\\]|\\.){1,80})"\s*:', self.beginning))


class Reader(Protocol):
    """The contract of every file in this folder: one class, one line in ``READERS``.

    Two readers that know one file are an error, so their order never decides.
    """

    name: str
    """What ``outreach formats`` calls it."""

    platform: str
    """Of the likes."""

    reads: str
    """What it reads, one line for ``outreach formats``."""

    ask: str
    """How a customer gets it from the platform: menu path and what to choose, one line."""

    evidence: Evidence

    paths: re.Pattern[str]
    """Searched in the path of a member of an archive or a folder: what it finds, up to the end of the path, may be
    ours, files that we pass over by name included; nothing else is unpacked. What stands before the match are the
    folders around the export, which may name the customer."""

    def identify(self, source: Source) -> bool:
        """Tell by the content (and where that does not suffice, the name) whether this is ours; never raises.

        Also true for files of the same export that hold no follows and could be taken for a table of them (followers,
        connections, unfollowed …): :meth:`read` passes them over.
        """

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield what a file says.

        Raises:
            InputError: It cannot be used at all; file, what is wrong, what to do.

        """


def repaired(text: str) -> str:
    r"""Return a text of Meta's exports as it was typed: they write every byte of its UTF-8 as one character.

    Once and only where that gives a text; anything else stays as it is.

    Example:
        >>> repaired("Caf\u00c3\u00a9"), repaired("Café"), repaired("\u00d0\u00a1\u00d0\u009c\u00d0\u0098")
        ('Café', 'Café', 'СМИ')

    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
