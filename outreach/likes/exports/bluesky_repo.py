"""Bluesky: the repository of an account, a CAR file with every record that it ever wrote and did not take back.

Seen: a small repository of a test account. Records are read one after the other, wherever the tree puts them; a public
export holds none that are deleted. A record of a follow has the did alone; names and sizes are not in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import fields, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["BlueskyRepository"]

FOLLOW: Final = "app.bsky.graph.follow"
BLOCK_OF_RECORDS_BYTES: Final = 1 << 24  # records have less than one MiB
NO_DID: Final = message("follow-of-whom")
_START = re.compile(rb"[\x01-\xff]{1,3}\xa2(?:eroots.{1,200}gversion\x01|gversion\x01eroots)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Damage:
    """A place behind which nothing can be read, after how many blocks."""

    blocks: int


class BlueskyRepository(FileByFile):
    """Accounts that a person follows, from the repository's records."""

    name = "bluesky-repo"
    platform = "bluesky"
    reads = "the repository of an account (.car): dids of the accounts followed, with dates"
    ask = "Settings > Account > Export my data > Download CAR file"
    evidence: Evidence = "real file"
    paths = re.compile(r"[^/]*\.car$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by the first block, which names the root and the version of the format."""
        return _START.match(source.head[:300]) is not None

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the accounts of the records of follows."""
        with source.open() as stream:
            found = list(_follows(stream, source.label))
        likes = [part for part in found if isinstance(part, Like | Rejected)]
        damage = [part for part in found if isinstance(part, _Damage)]
        if damage and not likes:
            raise InputError("this CAR file is cut off or damaged", where=source.label, hint="download it again")
        if not found or found == damage:
            yield other_list(source, "car-holds-no-repository")
            return
        yield Listed("bluesky")
        yield from likes
        if likes:
            yield Remark(message("dids-only"))
        if damage:
            yield Remark(message("car-cut-off", records=damage[0].blocks))


def _follows(stream: BinaryIO, label: str) -> Iterator[Like | Rejected | Listed | _Damage]:
    """Yield the follows; once for each state of the repository that it is one; and where the file is damaged."""
    from libipld import decode_dag_cbor

    line = 0
    for at, block in enumerate(_blocks(stream)):
        if block is None:
            yield _Damage(at)
            return
        if not (FOLLOW.encode() in block or b"csig" in block):
            continue
        try:
            record = fields(decode_dag_cbor(block))
        except (ValueError, RecursionError):
            yield _Damage(at)
            return
        if record.get("$type") == FOLLOW:
            line += 1
            yield _follow(record, label, line)
        elif "sig" in record and "did" in record:
            yield Listed("bluesky")


def _follow(record: dict[str, Any], label: str, line: int) -> Like | Rejected:
    did = text(record.get("subject"))
    if not did.startswith("did:"):
        return Rejected(label, line, NO_DID)
    return Like("bluesky", resource=did, followed_at=iso(record.get("createdAt")), line=line)


def _blocks(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield what each block holds, None where the file is damaged; the first one is the format's own."""
    stream.seek(_varint(stream) or 0, 1)
    while (length := _varint(stream)) is not None:
        block = stream.read(length) if 0 < length <= BLOCK_OF_RECORDS_BYTES else b""
        if not block or len(block) < length:
            yield None
            return
        yield block[_cid_bytes(block) :]


def _varint(stream: BinaryIO) -> int | None:
    """Read a number of seven bits a byte, lowest first; None at the end, 0 where it is none."""
    value = 0
    for shift in range(0, 63, 7):
        byte = stream.read(1)
        if not byte:
            return None if shift == 0 else 0
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    return 0


def _cid_bytes(block: bytes) -> int:
    """Return how long the name of a block is: version, codec, kind of hash, length of hash, hash."""
    return 34 if block[:2] == b"\x12\x20" else 4 + (block[3] if len(block) > 3 else 0)
