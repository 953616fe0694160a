"""Readers of VK, Telegram, YouTube and TikTok leave alone what is not theirs."""

from pathlib import Path

import pytest

from outreach.likes.exports import READERS

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parent / "data"
OURS = ("telegram-desktop", "tiktok", "vk-api", "vk-archive", "youtube-json", "opml", "youtube-takeout")
FILES = sorted(path for name in OURS for path in (DATA / name).iterdir())
SAMPLES = sorted(path for path in (ROOT / "sample_data").iterdir() if path.is_file())
PLATFORMS = {"vk", "telegram", "youtube", "tiktok"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_fixture_is_claimed_by_its_reader(source, path):
    """And by no other, whatever folder it lies in."""
    for inner in (path.name, f"Takeout/YouTube and YouTube Music/{path.name}"):
        assert READERS.claimed(source(inner, path)).name == path.parent.name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_plain_tables_are_not_claimed(source, path):
    """What marketers made is read by its columns."""
    assert READERS.claimed(source(path.name, path)) is None


def test_exports_of_other_platforms_are_not_claimed(source, shared):
    """Of the real files only those of these platforms."""
    ours = {"tiktok", "youtube"}
    for path in sorted(shared.rglob("*")):
        if path.is_file() and path.suffix != ".zip":
            reader = READERS.claimed(source(path.name, path))
            platform = getattr(reader, "platform", None)
            assert (platform in PLATFORMS) == (path.parent.name in ours), path.name


@pytest.mark.parametrize("name", ["result.json", "following.json", "subscriptions.csv", "friends.html", "a.bin"])
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 99, b"\xff\xfe", b"\xff" * 99, b"[" * 9999, b'{"a":' * 9999, b"PK\x03\x04" + bytes(99)]
)
def test_anything_may_be_asked(source, name, content):
    """Bytes that are no text, and bottomless ones, are nobody's."""
    assert READERS.claimed(source(name, content)) is None


def test_every_reader_says_how_to_ask():
    """One line of each."""
    for reader in READERS.readers():
        if reader.platform in PLATFORMS:
            assert reader.reads
            assert reader.ask
            assert reader.evidence in {"real file", "documents"}


@pytest.mark.parametrize(
    ("name", "path", "before"),
    [
        ("telegram-desktop", "Anna/DataExport_2026-01-01/result.json", "Anna"),
        ("tiktok", "Anna/TikTok_Data_1700000000/user_data_tiktok.json", "Anna"),
        ("tiktok", "user_data.json", ""),
        ("vk-api", "Anna/vk.json", "Anna"),
        ("vk-api", "Anna/vk/1.json", "Anna"),
        ("vk-api", "подписки Анны.json", ""),
        ("vk-archive", "Anna/Archive/profile/subscriptions0.html", "Anna"),
        ("youtube-takeout", "Anna/Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv", "Anna"),
        ("youtube-takeout", "takeout-2026/Takeout/YouTube и YouTube Music/подписки/подписки.csv", ""),
        ("youtube-takeout", "Anna/Abos.csv", "Anna"),
        ("youtube-json", "Anna/Takeout/YouTube/subscriptions/subscriptions.json", "Anna"),
        ("opml", "Anna/subscription_manager", "Anna"),
    ],
)
def test_paths_leave_the_customer(name, path, before):
    """The folders of the export are in what is found, the customer's folder is before it."""
    (reader,) = [one for one in READERS.readers() if one.name == name]
    assert path[: reader.paths.search(path).start()] == before
