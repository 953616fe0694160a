"""Telegram Desktop: ``result.json`` of all chats or of one, read as a stream.

The file tells id and title of a chat, no public name, no address and no size. Channels and supergroups are followed;
``left_chats`` were. The file's shape and what is ticked at first are those of Telegram Desktop's source text; no file
of a real person was seen.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files import BLOCK_BYTES
from outreach.files.contract import Rejected, Remark, Skipped
from outreach.files.json_stream import Broken, JsonStream
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part
    from outreach.messages import Message

__all__ = ["TelegramDesktop"]

FOLLOWED: Final = frozenset({"public_channel", "private_channel", "public_supergroup", "private_supergroup"})
CHANNELS: Final = frozenset({"public_channel", "private_channel", "public_supergroup"})
"""What Telegram Desktop leaves out unless it is ticked."""
LEFT_OUT: Final = {
    "personal_chat": "telegram-personal-chats",
    "bot_chat": "telegram-bots",
    "private_group": "telegram-small-groups",
    "saved_messages": "telegram-saved-messages",
    "replies": "telegram-replies",
    "verification_codes": "telegram-verification-codes",
}
PARTS: Final = frozenset(
    {"personal_information", "frequent_contacts", "left_chats", "web_sessions", "profile_pictures", "other_data"}
)
FULL: Final = re.compile(r'\s*\{\s*"about"\s*:\s*"').match
CHATS: Final = re.compile(r'"(?:chats|left_chats)"\s*:\s*\{\s*"about"\s*:').search
ONE_CHAT: Final = re.compile(
    rf'\s*\{{(?:\s*"(?:name"\s*:\s*(?:null|"(?:[^"\\]|\\.)*+")|id"\s*:\s*-?\d+)\s*,)*\s*'
    rf'"type"\s*:\s*"(?:{"|".join(sorted(FOLLOWED | LEFT_OUT.keys()))})"'
).match
OF_MESSAGES: Final = frozenset({"date_unixtime", "text_entities"})
PEER: Final = re.compile(r"(?:-100)?([1-9][0-9]{0,15})").fullmatch
HTML: Final = re.compile(r"<title>Exported Data</title>").search
OVERVIEW: Final = re.compile(r"(?:^|/)export_results\.html$|^(?!.*(?:^|/)chats/).*messages\.html$").search
AGAIN: Final = "export again in Telegram Desktop, as machine-readable JSON"
NO_ID: Final = message("channel-without-id")


@dataclass(slots=True)
class Chat:
    """What a chat tells of itself, as far as it was read."""

    name: str = ""
    kind: str = ""
    number: str = ""
    has_messages: bool = False


@dataclass(slots=True)
class Seen:
    """What was met in a file; messages call it ``label``."""

    label: str
    chats: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    left: int = 0
    listed: bool = False
    one: Chat | None = None


class TelegramDesktop(FileByFile):
    """``result.json``; the HTML export is known and skipped, since no chat has an id there."""

    name = "telegram-desktop"
    platform = "telegram"
    reads = "Telegram Desktop's result.json: channels and supergroups, of all chats or of one"
    ask = (
        "Telegram Desktop (not the phone): Settings > Advanced > Export Telegram data; tick Private channels, Public "
        "channels, Private and Public groups; format: Machine-readable JSON"
    )
    evidence: Evidence = "documents"
    paths = re.compile(
        r"(?:^|/)(?:Telegram Desktop/)?(?:(?:Data|Chat)Export[^/]*/)?"
        r"(?:result[^/]*\.json|[^/]*telegram[^/]*\.json|export_results\.html|lists/\w+\.html|"
        r"chats/chat_\d+/messages\d*\.html|messages\d*\.html)$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the first keys; the list of chats may stand far behind."""
        start = source.beginning
        if HTML(start):
            return True
        if start.lstrip()[:1] != "{":
            return False
        if "messages" in source.json_keys and (ONE_CHAT(start) or source.json_keys >= OF_MESSAGES):
            return True
        return bool(FULL(start)) and bool(PARTS & source.json_keys or CHATS(start) or "Telegram" in start[:300])

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels and supergroups.

        Raises:
            InputError: The file breaks off before its list of chats.

        """
        if HTML(source.beginning):
            yield from _html(source)
            return
        stream, seen = JsonStream(_blocks(source)), Seen(source.label)
        try:
            yield from _root(stream, seen)
            if not stream.ended():
                raise Broken(stream.byte)  # noqa: TRY301 - handled below as any other break
        except Broken as err:
            if not (seen.listed or seen.one):
                raise InputError(
                    "this JSON is cut off or damaged", where=f"{source.label}, byte {err.byte:,}", hint=AGAIN
                ) from err
            yield Remark(message("read-up-to-damage", byte=err.byte))
        yield from _kinds(source, seen)


def _root(stream: JsonStream, seen: Seen) -> Iterator[Like | Rejected]:
    """Read the whole file: an export, or one chat."""
    chat = Chat()
    try:
        for key in stream.members():
            if key == "chats":
                yield from _chats(stream, seen)
            elif key == "left_chats":
                for _ in _list(stream):
                    seen.left += 1
            else:
                _note(stream, key, chat)
    finally:  # also where it breaks off
        seen.one = chat if chat.has_messages and chat.kind else None


def _chats(stream: JsonStream, seen: Seen) -> Iterator[Like | Rejected]:
    """Read each chat of the list, the last one also where it breaks off."""
    for _ in _list(stream):
        seen.listed = True
        chat, broken = Chat(), None
        try:
            if stream.next() == b"{":
                for key in stream.members():
                    _note(stream, key, chat)
        except Broken as err:
            broken = err
        if broken is None or chat.number:
            yield from _like(chat, seen)
        if broken:
            raise broken
    seen.listed = True


def _list(stream: JsonStream) -> Iterator[None]:
    """Stop at each part of ``{"about": …, "list": […]}``."""
    if stream.next() != b"{":
        return
    for key in stream.members():
        if key == "list" and stream.next() == b"[":
            yield from stream.items()


def _note(stream: JsonStream, key: str, chat: Chat) -> None:
    """Take a member of a chat, where it is one that we need."""
    if key == "name":
        chat.name = text(stream.scalar())
    elif key == "type":
        chat.kind = text(stream.scalar())
    elif key == "id":
        chat.number = text(stream.scalar())
    elif key == "messages":
        chat.has_messages = True  # before it is skipped: a file may break off inside it


def _like(chat: Chat, seen: Seen) -> Iterator[Like | Rejected]:
    seen.chats += 1
    seen.kinds[chat.kind] += 1
    if chat.kind not in FOLLOWED:
        return
    if peer := PEER(chat.number):
        yield Like("telegram", resource=f"id/{peer[1]}", name=chat.name, line=seen.chats)
    else:
        yield Rejected(seen.label, seen.chats, NO_ID)


def _kinds(source: Source, seen: Seen) -> Iterator[Part]:
    """Yield what the file is, and what in it does not count."""
    if seen.one and seen.one.kind not in FOLLOWED:
        yield other_list(source, "one-conversation")
        return
    if not (seen.listed or seen.one):
        yield other_list(source, "telegram-no-chats")
        return
    yield Listed("telegram")
    if seen.one:
        yield from _like(seen.one, seen)
        yield Remark(message("telegram-one-chat"))
    elif not CHANNELS & seen.kinds.keys():
        yield Remark(message("telegram-no-channels"))
    if out := _left_out(seen):
        yield Remark(message("telegram-left-out", chats=out))


def _left_out(seen: Seen) -> tuple[Message, ...]:
    """Name the kinds of chats that nobody follows, with their numbers."""
    others = Counter[str]()
    for kind, count in seen.kinds.items():
        if kind not in FOLLOWED:
            others[LEFT_OUT.get(kind, "telegram-chat-kinds-unknown")] += count
    if seen.left:
        others["telegram-chats-left"] = seen.left
    return tuple(message(kind, chats=count) for kind, count in sorted(others.items()))


def _html(source: Source) -> Iterator[Part]:
    if OVERVIEW(source.inner):  # one page an export, so that this is said once
        yield Skipped(source.label, message("telegram-html-alone"), wanted=True)
    else:
        yield other_list(source, "telegram-html")


def _blocks(source: Source) -> Iterator[bytes]:
    """Yield a file in blocks of UTF-8 without its mark."""
    from outreach.files.encodings import encoding_of

    encoding = encoding_of(source.label, source.head, source.encoding).name
    if not encoding.startswith("utf"):
        encoding = source.encoding or "utf-8"  # nobody saves JSON in an older one: these are damaged bytes
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding != "utf-8" else None
    with source.open() as stream:
        if decoder is None and stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        while block := stream.read(BLOCK_BYTES):
            yield decoder.decode(block).removeprefix("\ufeff").encode("utf-8", "replace") if decoder else block
