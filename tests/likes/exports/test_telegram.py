"""Telegram Desktop's export: what is followed, however large the file and wherever it breaks off."""

import json
import re
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.keys import identify
from outreach.likes.exports import READERS
from outreach.likes.exports.base import Like, ListOptions

DATA = Path(__file__).parent / "data" / "telegram-desktop"
FULL = DATA / "result_2025.json"
LIKES = [
    ("id/1000000001", 'Маркетинг без "воды"', 1),
    ("id/1000000002", "Закрытый клуб", 8),
    ("id/1000000003", "Կարիերա", 9),
    ("id/1000000004", "", 10),
]
AGAIN = "export again in Telegram Desktop, as machine-readable JSON"
LEFT_OUT = (
    "bots (1), chats of an unknown kind (1), chats that the person left (2), personal chats (2), replies (1), "
    "saved messages (1), small private groups (1)"
)
TICK = (
    'this export has no channels or public groups: Telegram Desktop includes them only if "Private channels", "Public '
    'channels" and "Public groups" are ticked'
)


def found(told):
    return [(like.resource, like.name, like.line) for like in told.likes]


def test_channels_and_supergroups_of_the_full_export(read):
    """Not people, bots, small groups, one's own messages, what was left, nor what a message quotes."""
    told = read("result.json", FULL)
    assert told.reader == "telegram-desktop"
    assert found(told) == LIKES
    assert told.listed == {"telegram"}
    assert told.rejected == [(12, "a channel or group without its id")]
    assert told.remarks == [f"left out: {LEFT_OUT}"]


def test_one_channel_of_two_customers_is_one_key(read):
    """The bare id is the key, as in private addresses and with the prefix of the Bot API."""
    (like,) = read("result.json", DATA / "result_one_channel.json").likes
    first = read("result.json", FULL).likes[0]
    keys = {identify(text, "telegram").key for text in (like.resource, first.resource, "-1001000000001")}
    assert keys == {"telegram:id/1000000001"}
    assert keys == {identify("https://t.me/c/1000000001/5").key}


def test_an_export_of_one_channel_is_told(read):
    """It is read, but nobody's list."""
    told = read("ChatExport_2025-01-02/result.json", DATA / "result_one_channel.json")
    assert found(told) == [("id/1000000001", 'Маркетинг без "воды"', 1)]
    assert told.listed == {"telegram"}
    assert told.remarks == [
        "the export of one chat, not the list of channels: " + AGAIN.replace("Desktop, as", "Desktop, all channels, as")
    ]


def test_a_conversation_is_passed_over(read):
    """One chat with a person says nothing of channels."""
    told = read("result.json", DATA / "result_one_person.json")
    assert (told.likes, told.listed, told.passed) == ([], set(), ["one conversation, not a list of channels"])


@pytest.mark.parametrize("name", ["export_results.html", "ChatExport_2026-01-01/messages.html"])
def test_the_html_export_is_told(read, name):
    """It has no ids; somebody who chose it is told what to choose."""
    told = read(name, DATA / "export_results.html")
    assert told.passed == [f"Telegram's HTML export lacks the ids of channels: {AGAIN}"]


@pytest.mark.parametrize("name", ["lists/chats.html", "chats/chat_012/messages.html", "messages2.html"])
def test_the_html_export_is_told_once(read, name):
    """Not for each of its hundreds of pages."""
    told = read(name, DATA / "export_results.html")
    assert (len(told.passed), told.remarks) == (1, [])


def test_an_export_without_channels_says_what_to_tick(read):
    """Telegram Desktop leaves channels out at first; an empty list is an answer all the same."""
    export = {"about": "x", "chats": {"about": "y", "list": [{"name": "a", "type": "personal_chat", "id": 1}]}}
    told = read("result.json", json.dumps(export))
    assert (told.likes, told.listed) == ([], {"telegram"})
    assert told.remarks == [TICK, "left out: personal chats (1)"]
    assert read("result.json", '{"about": "x", "chats": {"about": "y", "list": []}}').listed == {"telegram"}


def test_an_export_without_chats_is_passed_over(read):
    """Somebody ticked contacts alone."""
    told = read("result.json", '{"about": "x", "personal_information": {"user_id": 1}, "profile_pictures": []}')
    assert (told.listed, told.passed) == (set(), ["this export has no chats"])


def test_the_order_of_keys_and_the_layout_do_not_matter(read):
    """Programs that save JSON again sort keys and drop line breaks."""
    export = json.loads(FULL.read_text("utf-8"))
    for indent in (None, 4):
        told = read("result.json", json.dumps(export, sort_keys=True, indent=indent))
        assert found(told) == LIKES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_of_unicode(read, encoding):
    """Windows programs save again in UTF-16."""
    assert found(read("result.json", FULL.read_text("utf-8").encode(encoding))) == LIKES


def test_what_was_read_before_a_break_is_kept(read):
    """Wherever a file is cut off, the channels before are there, and one whose messages break off."""
    raw = FULL.read_bytes()
    first = raw.index(b'"messages"')
    for end in range(first + 12, len(raw) - 3, 7):
        told = read("result.json", raw[:end])
        count = sum(raw.find(f": {like[0][3:]},".encode(), 0) + 12 <= end for like in LIKES)
        assert found(told)[: max(count - 1, 1)] == LIKES[: max(count - 1, 1)]
        assert len(told.likes) <= count
        assert told.listed == {"telegram"}
        byte = int(re.search("at byte ([0-9,]+);", told.remarks[0])[1].replace(",", ""))
        assert end - 20 < byte <= end  # a word that breaks off counts from its beginning


def test_a_zero_byte_is_found_where_it_is(read):
    """A part of a disk that was lost is full of zeros."""
    raw = FULL.read_bytes()
    at = raw.index(b"see [1]")
    told = read("result.json", raw[:at] + bytes(5) + raw[at + 5 :])
    assert found(told) == LIKES[:1]
    assert told.remarks[0].startswith(f"the file is damaged or cut off at byte {at:,};")


def test_a_file_that_breaks_off_before_its_chats_is_an_error(source):
    """Nothing was read, so this is no answer."""
    opened = source("result.json", FULL.read_bytes()[:200])
    with pytest.raises(InputError, match=r"byte 200: this JSON is cut off or damaged"):
        list(READERS.claimed(opened).read([opened], ListOptions()))


def test_text_behind_the_end_is_told(read):
    """Two exports in one file are damage."""
    told = read("result.json", FULL.read_bytes() + b"{}")
    assert found(told) == LIKES
    assert told.remarks[0].startswith(f"the file is damaged or cut off at byte {FULL.stat().st_size:,};")


@pytest.mark.parametrize(
    ("number", "resource"),
    [
        (5, "id/5"),
        ("5", "id/5"),
        (-1005, "id/5"),
        (0, ""),
        (-5, ""),
        (5.5, ""),
        (True, ""),
        (None, ""),
        ([], ""),
        ({}, ""),
    ],
)
def test_ids_of_any_type(read, number, resource):
    """A number, a text, with the Bot API's prefix; anything else is no id."""
    export = {"about": "x", "chats": {"about": "y", "list": [{"name": ["a"], "type": "public_channel", "id": number}]}}
    told = read("result.json", json.dumps(export))
    assert [like.resource for like in told.likes] == [resource] * bool(resource)
    assert len(told.likes) + len(told.rejected) == 1


@pytest.mark.parametrize("chats", [None, [], 5, "x", {"list": None}, {"list": {}}, {"list": [None, 1, [], "x", {}]}])
def test_chats_of_any_type(read, chats):
    """Wrong types are no chats, and no traceback."""
    told = read("result.json", json.dumps({"about": "x", "personal_information": {}, "chats": chats}))
    assert told.likes == []


@pytest.mark.parametrize("name", ["a\ud83d", "a\x00b", "\u202e", "a" * 100_000])
def test_strange_names(read, name):
    """Half characters do not go further; a name longer than any is none."""
    export = {"about": "x", "chats": {"about": "y", "list": [{"name": name, "type": "public_channel", "id": 7}]}}
    (like,) = read("result.json", json.dumps(export)).likes
    like.name.encode()
    assert (like.resource, len(like.name) < 10) == ("id/7", True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"about": "my shop", "list": []}',
        '{"messages": [{"id": 1, "text": "hi"}]}',
        '{"id": 5, "type": "page"}',
    ],
)
def test_near_misses_are_not_claimed(source, text):
    """A text about something, messages of another program."""
    assert READERS.claimed(source("result.json", text)) is None


def test_folders_of_the_export_are_part_of_its_path():
    """What stands before the match may name the customer."""
    from outreach.likes.exports.telegram import TelegramDesktop

    for path in (
        "result.json",
        "DataExport_2026-01-01/result.json",
        "Telegram Desktop/ChatExport_2026-01-01 (2)/result.json",
    ):
        assert TelegramDesktop.paths.search(path).start() == 0
        match = TelegramDesktop.paths.search(f"Анна/{path}")
        assert f"Анна/{path}"[: match.start()] == "Анна"


def test_likes_say_nothing_that_the_file_does_not(read):
    """No address, no size, no date."""
    like = read("result.json", FULL).likes[0]
    assert like == Like("telegram", resource="id/1000000001", name='Маркетинг без "воды"', line=1)
