"""Damaged and hostile files of Facebook, Instagram, X and LinkedIn: told, never a traceback; and what is not theirs."""

import copy
import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.likes.exports import READERS
from outreach.likes.exports.base import Like, ListOptions
from outreach.likes.exports.facebook import Facebook
from outreach.likes.exports.find import _before as folders_before
from outreach.likes.exports.instagram import Instagram, Threads
from outreach.likes.exports.linkedin import LinkedIn
from outreach.likes.exports.meta import page_records
from outreach.likes.exports.x import X

DATA = Path(__file__).parent / "data"
OURS = [Facebook(), Instagram(), Threads(), LinkedIn(), X()]
FILES = sorted(
    path
    for folder in ("facebook", "instagram", "linkedin", "x")
    for path in (DATA / folder).rglob("*.*")
    if path.is_file()
)
SAMPLES = Path(__file__).parents[3] / "sample_data"
ODD = [
    None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**30, -62135596800, 253402300800, "", "\ud800", "x" * 3000,
    [], {}, [[]], "0000-01-01", {"name": ["a"]}, "\u00d0", "https://[", "//", "__deleted__",
]  # fmt: skip
BITS = [
    b"\xff\xfe", b"<!", b"<![", b"<section>", b"</h2>", b"<h2>", b'"', b"\\", b"\x00", b"\\ud800", b"&#xD800;", b"[[[[",
    b"{", b"=", b"\n", b",", b"<script>", b"<!--",
]  # fmt: skip


def odd_json(value, chance):
    if chance.random() < 0.06:
        return copy.deepcopy(chance.choice(ODD))
    if isinstance(value, dict):
        return {key: odd_json(inner, chance) for key, inner in value.items() if chance.random() > 0.03}
    return [odd_json(inner, chance) for inner in value] if isinstance(value, list) else value


def odd_bytes(content, chance):
    content = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(content) + 1)
        if chance.random() < 0.3:
            del content[place : place + chance.randint(1, 80)]
        else:
            content[place:place] = chance.choice(BITS)
    return bytes(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.2 else content)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_changed_files_are_told_or_read(source, path):
    """Forty changes of each file; what comes out is parts of the contract, or one sentence."""
    chance = random.Random(str(path.relative_to(DATA).as_posix()))  # noqa: S311  # the same changes each time
    inner = path.relative_to(DATA).as_posix()
    for _ in range(40):
        content = path.read_bytes()
        if path.suffix == ".json" and chance.random() < 0.6:
            content = json.dumps(odd_json(json.loads(content), chance)).encode()
        else:
            content = odd_bytes(content, chance)
        try:
            reader = READERS.claimed(source(inner, content), OURS)
            parts = list(reader.read([source(inner, content)], ListOptions())) if reader else []
        except InputError:
            continue
        for like in parts:
            if isinstance(like, Like):
                assert like.name or like.url or like.handle or like.resource
                assert "\ud800" not in like.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_one_reader_claims_each_file_and_its_path(source, path):
    """By content, and by the path inside an export up to its end."""
    inner = path.relative_to(DATA).as_posix()
    reader = READERS.claimed(source(inner, path), OURS)
    assert reader is not None
    found = reader.paths.search(inner)
    if "liked_posts" not in inner:  # read where it is given alone
        assert found is not None
        assert found.end() == len(inner)


@pytest.mark.parametrize(
    ("reader", "inner", "before"),
    [
        (Facebook(), "maria/facebook-m-2024-05-01-Ab/your_facebook_activity/pages/pages_you_ve_liked.json", 2),
        (Facebook(), ("maria/personal_information/profile_information/your_facebook_activity/groups/"
         "your_group_membership_activity.json"), 1),
        (Facebook(), "following_and_followers/following.json", 0),
        (Instagram(), "maria/connections/followers_and_following/following.json", 1),
        (Instagram(), "maria/your_instagram_activity/threads/following.html", 1),
        (Instagram(), "maria/following.json", 1),
        (X(), "maria/twitter-2024-05-01-abc/data/following-part12.js", 2),
        (LinkedIn(), "maria/Basic_LinkedInDataExport_06-18-2024/Company Follows.csv", 2),
        (LinkedIn(), "Member_Follows_123.csv", 0),
    ],
)  # fmt: skip
def test_folders_around_an_export(reader, inner, before):
    """What stands before the match are the customer's folder and the root of the export, not folders of the export."""
    found = reader.paths.search(inner)
    assert found.end() == len(inner)
    assert inner[: found.start()].count("/") == before


@pytest.mark.parametrize(
    "inner",
    [
        "your_facebook_activity/pages/pages_and_profiles_you_follow.json",
        "groups/your_group_membership_activity.json",
        "connections/followers_and_following/following.json",
        "your_instagram_activity/threads/following.json",
        "data/following.js",
        "Company Follows.csv",
    ],
)
def test_folders_of_an_export_name_nobody_whatever_other_readers_know(inner):
    """Other readers know files of such names in any folder; the one that knows most of the path decides."""
    assert folders_before(f"maria/{inner}") == ("maria",)


@pytest.mark.parametrize(
    ("inner", "content", "says"),
    [
        ("pages_you've_liked.json", '{"page_likes_v2": [{"name": "A"', "line 1: this JSON is cut off or damaged"),
        ("following.json", '{"relationships_following": ' + "[" * 100_000, "nested too deeply for an export"),
        ("x.json", '{"page_likes_v2": {"name": "A"}}', "a list of records is missing"),
        ("pages/pages_you_follow.json", '[{"label_values": []}]', "a newer, unknown form of this list"),
        ("data/following.js", 'window.YTD.following.part0 = [\n {"following"', "line 2: this JSON is cut off"),
        ("data/following.js", "window.YTD.following.part0 = {}", "a list of records is missing"),
        ("Company Follows.csv", 'Organization,Followed On\n"' + "x" * 200_000, "line 2: a quotation mark"),
        ("pages/pages_you_follow.html", "<html>" + "<p>text</p>" * 100, "a web page in an unknown layout"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(source, inner, content, says):
    """The file, the line and what is wrong."""
    opened = source(inner, content)
    reader = READERS.claimed(opened, OURS)
    with pytest.raises(InputError, match=says) as told:
        list(reader.read([opened], ListOptions()))
    assert told.value.message.startswith(opened.label)
    assert told.value.hint


PIECES = ["<", "<!--", "<![", "<a href='", '<a ">', "</", "<div>", "<script>", "&#", "<div></x>", "<h2>", "<section>"]


@pytest.mark.parametrize("piece", PIECES)
def test_pages_that_never_end_take_no_longer(piece):
    """The parser of the standard library would take hours for some."""
    with suppress(InputError):
        assert page_records("page.html", "<html><main>" + piece * 20_000) == []


@pytest.mark.parametrize(
    ("inner", "content"),
    [
        ("following.json", '{"following": [{"login": "octocat", "id": 1}]}'),
        ("following.json", '{"following": []}'),
        ("following.json", "[]"),
        ("pages.json", '{"pages": [{"name": "A"}]}'),
        ("followers.json", '{"followers": [{"name": "A"}]}'),
        ("Follow.json", '{"followerCount": 1, "followingUsersCount": 0, "followingArtists": ["A"]}'),
        ("user_data_tiktok.json", '{"Activity": {"Following List": {"Following": [{"Date": "", "UserName": "a"}]}}}'),
        ("message_1.json", '{"participants": [{"name": "A"}], "messages": [{"content": "\\"page_likes_v2\\": 1"}]}'),
        ("following.html", "<html><body><h2>Who I follow</h2></body></html>"),
        ("index.html", '<html><body><a href="https://www.instagram.com/smm">smm</a></body></html>'),
        ("likes.csv", "customer,resource\nanna,https://vk.com/club1\n"),
        ("people.csv", "First Name,Last Name,Company\nAnn,Sample,SMM\n"),
        ("follows.csv", "Organization,Followers\nSMM,100\n"),
        ("following.js", "var following = [1];"),
        ("tweets.js", 'window.YTD.tweets.part0 = [ {"tweet": {"id": "1"}} ]'),
        ("empty.csv", ""),
    ],
)
def test_near_misses_are_claimed_by_none_of_these(source, inner, content):
    """Files of other platforms, of other kinds, and tables that people made."""
    assert READERS.claimed(source(inner, content), OURS) is None


@pytest.mark.parametrize(
    "path", sorted(path for path in SAMPLES.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_our_samples_are_no_exports_of_these(source, path):
    """Plain tables stay plain tables."""
    if "exports" not in path.parts:
        assert READERS.claimed(source(path.name, path), OURS) is None


def test_real_files_of_others_are_not_claimed(source, shared):
    """One reader at most, and none of these for other platforms."""
    ours = {"facebook", "instagram", "linkedin", "twitter"}
    for path in sorted(path for path in shared.rglob("*") if path.is_file()):
        name = path.name.rpartition("__")[2].replace(".redacted", "")
        reader = READERS.claimed(source(name, path), OURS)
        assert (reader is not None) == (path.parent.name in ours), path.name


@pytest.mark.parametrize("reader", OURS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("piece", ["pages/", "groups/", "friend", "follow_requests", "_you", "a/"])
def test_paths_made_to_match_slowly_do_not(reader, piece):
    """Names in an archive are not ours; 60,000 signs take no time."""
    assert reader.paths.search(piece * (60_000 // len(piece))) is None


def test_a_heading_around_all_records_is_none_of_them():
    """Boxes with dates in a section of their own heading are the records."""
    box = '<div class="uiBoxWhite"><div>{}</div><div>Nov 08, 2005 4:19:54 am</div></div>'
    page = (
        f"<html><body><section><h2>Pages you follow</h2>{box.format('SMM')}{box.format('Riga')}</section></body></html>"
    )
    assert [record.name for record in page_records("pages.html", page)] == ["SMM", "Riga"]


def test_records_without_a_heading_beside_others_with_one():
    """A link and a date make a record too: none is lost."""
    one = "<section><h2>new.one</h2><div>Nov 08, 2005 4:19:54 am</div></section>"
    other = (
        '<section><a href="https://www.instagram.com/old.one">old.one</a><div>Nov 09, 2005 4:19:54 am</div></section>'
    )
    records = page_records("following.html", f"<html><body><main>{one}{other}</main></body></html>")
    assert [record.name for record in records] == ["new.one", "old.one"]
