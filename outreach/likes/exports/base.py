"""What readers of platforms' exports hand over: who is followed, once a record, with the address as found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from outreach.files.contract import Reader, Rejected, Remark, Skipped, reason

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from outreach.files.source import Source
    from outreach.messages import Value

__all__ = ["Evidence", "FileByFile", "Like", "ListOptions", "ListReader", "Listed", "Part", "other_list"]

Evidence = Literal["real file", "documents"]
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


Part: TypeAlias = Like | Listed | Rejected | Remark | Skipped
"""What a reader of lists yields; a file of an export that holds no list of follows is Skipped, quietly."""


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What the user asked that readers of lists may use.

    Args:
        dated: Whether it matters when somebody began to follow; a reader of long lists may leave dates out else.

    """

    dated: bool = True


class ListReader(Reader[Like | Listed, ListOptions], Protocol):
    """A reader of lists of follows; each file is one person's list, and is read by itself."""

    platform: str
    """Of the likes."""

    ask: str
    """How a customer gets it from the platform: menu path and what to choose, one line; empty in plug-ins."""

    evidence: Evidence

    paths: re.Pattern[str]
    """Searched in the path of a member of an archive or a folder: what it finds, up to the end of the path, may be
    ours, files that we skip by name included; nothing else is unpacked. What stands before the match are the folders
    around the export, which may name the customer."""


class FileByFile:
    """A reader to which each file is a list of its own."""

    together = False
    """Whether all files of its names in one folder are one person's, since an export has several of them."""

    titled = False
    """Whether the file's own name may be the customer's, since one types it on saving, whatever ``paths`` finds."""

    def read(self, sources: Sequence[Source], options: ListOptions) -> Iterator[Part]:
        """Yield what each file holds."""
        del options  # only readers of very long lists leave something out
        for source in sources:
            yield from self.read_file(source)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield what one file holds.

        Raises:
            InputError: It cannot be used at all; file, what is wrong, what to do.

        """
        raise NotImplementedError


def other_list(source: Source, code: str, /, **values: Value) -> Skipped:
    """Return that a file is of an export and holds no list of follows, or nothing that is counted: what it holds."""
    return Skipped(source.label, reason(code, **values), quiet=True)
