"""YouTube: Takeout in any language, the Data API, NewPipe, OPML."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.keys import identify
from outreach.likes.exports import READERS
from outreach.likes.exports.base import ListOptions

DATA = Path(__file__).parent / "data"
TAKEOUT, JSON, OPML = DATA / "youtube-takeout", DATA / "youtube-json", DATA / "opml"
A, B, C = "UCaaaaaaaaaaaaaaaaaaaaaa", "UCbbbbbbbbbbbbbbbbbbbb_-", "UCcccccccccccccccccccccc"
URL = "http://www.youtube.com/channel/"
BY_TITLE = "channels known by title only, because their id is not one of YouTube's"


def found(told):
    return [(like.resource or like.url, like.name, like.line) for like in told.likes]


@pytest.mark.parametrize(
    "name",
    [
        "Abos.csv",
        "abonamente.csv",
        "abonnementen.csv",
        "abonnements.csv",
        "prenumeratos.csv",
        "subscriptions.csv",
        "suscripciones.csv",
        "подписки.csv",
    ],
)
def test_takeout_in_any_language(read, name):
    """By the order of columns; a title may hold commas and quotes."""
    told = read(name, TAKEOUT / name)
    assert told.reader == "youtube-takeout"
    assert found(told) == [(A, "Кухня, быт", 2), (B, 'Say "hi"', 3)]
    assert (told.listed, told.rejected, told.remarks) == ({"youtube"}, [], [])
    assert {identify(like.url).key for like in told.likes} == {f"youtube:{A}", f"youtube:{B}"}


def test_damaged_rows(read):
    """An id that is none leaves the title; without both there is nothing."""
    text = (
        "\ufeffChannel ID,Channel URL,Channel title\r\n"
        f'{A},{URL}{A},"Example, videos"\r\n'
        f"1-1,{URL}1-1,Выпечка\r\n"
        f"UAConmtkj,{URL}UAConmtkj,\r\n"
        f"{C},,Only an id\r\n"
        ",https://www.youtube.com/@handle,Handle\r\n"
        "\r\n"
        f'{B},{URL}{B},"Lost quote, and more\r\n'
        f"{B},{URL}{C},Two ids\r\n"
        f"{B},{URL}{B},Comma, without quotes\r\n"
    )
    told = read("subscriptions.csv", text)
    assert found(told) == [
        (A, "Example, videos", 2),
        ("", "Выпечка", 3),
        (C, "Only an id", 5),
        ("https://www.youtube.com/@handle", "Handle", 6),
        (B, "Lost quote, and more", 8),
        (B, "Two ids", 9),
        (B, "Comma, without quotes", 10),
    ]
    assert told.rejected == [(4, "neither an id nor a title of a channel")]
    assert told.remarks == [f"{BY_TITLE}: 1"]
    assert told.likes[5].url == ""  # of two ids the first counts, so that they do not become one channel


def test_excel_saves_semicolons(read):
    """And so do its copies in many countries."""
    assert found(read("a.csv", f"Channel Id;Channel Url;Channel Title\r\n{A};{URL}{A};Кухня, быт\r\n")) == [
        (A, "Кухня, быт", 2)
    ]


def test_an_empty_list_is_an_answer(read):
    """A header alone; one in an unknown language by its folder."""
    assert read("anything.csv", TAKEOUT / "empty.csv").listed == {"youtube"}
    told = read("Takeout/YouTube 和 YouTube Music/订阅/订阅.csv", "甲,乙,丙\n")
    assert (told.likes, told.listed) == ([], {"youtube"})


@pytest.mark.parametrize("name", ["channel.csv", "comments.csv", "watch-history.json"])
def test_other_files_of_takeout_are_passed_over(read, name):
    """They hold ids of channels too."""
    told = read(f"Takeout/YouTube and YouTube Music/{name}", TAKEOUT / name)
    assert (told.likes, told.listed) == ([], set())
    assert told.passed == ["a file from YouTube, but not the list of subscriptions"]


def test_the_real_takeouts(read, shared):
    """Of the second one the ids were made up by people who hid them."""
    first, second = sorted((shared / "youtube").glob("*.csv"))
    assert len(read("subscriptions.csv", first).likes) == 5
    told = read("subscriptions.csv", second)
    assert [(like.name, like.resource, like.url) for like in told.likes] == [
        ("Fake Channel Name 1", "", ""),
        ("Fake Channel Name 2", "", ""),
    ]
    assert told.remarks == [f"{BY_TITLE}: 2"]


def test_subscriptions_of_before_2021(read):
    """The channel, not the subscriber; when; never the number of videos."""
    told = read("Takeout/YouTube/subscriptions/subscriptions.json", JSON / "subscriptions_2020.json")
    assert told.reader == "youtube-json"
    assert found(told) == [(A, "Кухня", 1), (A, "Кухня", 2), (B, "Say", 3), ("", "Выпечка", 4)]
    assert [like.followed_at for like in told.likes] == ["2020-02-03T04:05:06Z"] * 2 + ["", "2020-02-03T04:05:06Z"]
    assert {like.subscribers for like in told.likes} == {""}
    assert [line for line, _ in told.rejected] == [5]
    assert told.remarks == [f"{BY_TITLE}: 1"]


@pytest.mark.parametrize(
    ("name", "channels", "remarks"),
    [
        ("api_page.json", [A, B], ["the answer has a next page: the list may be longer"]),
        ("api_pages.json", [A, B, C], []),
        ("api_empty.json", [], []),
    ],
)
def test_pages_of_the_data_api(read, name, channels, remarks):
    """One of several, several up to the last, one with nothing on it."""
    told = read("anna.json", JSON / name)
    assert [like.resource for like in told.likes] == channels
    assert (told.listed, told.remarks) == ({"youtube"}, remarks)


def test_other_answers_of_youtube_are_passed_over(read):
    """Channels with their sizes are nobody's subscriptions."""
    told = read("anna.json", JSON / "channels.json")
    assert (told.likes, told.passed) == ([], ["an answer from YouTube, but not the list of subscriptions"])


def test_an_empty_list_of_before_2021(read):
    """It is known by its folder alone."""
    assert read("Takeout/YouTube/subscriptions/subscriptions.json", "[]").listed == {"youtube"}


def test_newpipe(read):
    """Only what is on YouTube."""
    told = read("newpipe_subscriptions.json", JSON / "newpipe.json")
    assert found(told) == [
        (f"https://www.youtube.com/channel/{A}", "Кухня", 1),
        ("https://www.youtube.com/@handle", "Handle", 3),
    ]
    assert told.remarks == ["records that are not YouTube channels were left out: 1"]
    assert read("newpipe.json", JSON / "newpipe_empty.json").listed == {"youtube"}


def test_opml_of_youtube(read):
    """By the address of the feed; user names of old accounts too."""
    told = read("subscription_manager", OPML / "subscription_manager")
    assert told.reader == "opml"
    assert [(identify(like.url).key, like.name, like.line) for like in told.likes] == [
        (f"youtube:{A}", "Кухня & быт", 1),
        ("youtube:user/oldname", "Старый", 2),
    ]
    assert told.rejected == [(3, "not a YouTube channel id: UC and 22 more characters")]


def test_opml_of_a_feed_reader(read):
    """Feeds of blogs are followed too."""
    told = read("feeds.opml", OPML / "feeds.opml")
    assert [(like.platform, identify(like.url).key) for like in told.likes] == [
        ("web", "web:example.org"),
        ("youtube", f"youtube:{B}"),
    ]
    assert read("x.opml", OPML / "empty.opml").listed == {"youtube"}
    assert read("x.opml", '<opml version="2.0"><body/></opml>').listed == {"web"}


def test_opml_with_signs_that_should_be_escaped(read):
    """A feed counts for its site; one of a platform for what the platform calls it."""
    told = read("podcasts.opml", OPML / "podcasts.opml")
    assert [(identify(like.url).key, like.name) for like in told.likes] == [
        ("web:blog.example.org", "Vasya & friends"),
        ("substack:letter", "Letter"),
        ("web:feeds.example.net/54nAGcIl", "Talk"),
    ]
    assert [line for line, _ in told.rejected] == [4]


@pytest.mark.parametrize(
    "text",
    [
        (OPML / "bomb.opml").read_text(),
        '<opml><body title="YouTube">',
        '<?xml version="1.0" encoding="no-such"?><opml title="YouTube"/>',
    ],
)
def test_damaged_opml_is_told(source, text):
    """Entities, a page that breaks off, an encoding that nobody knows."""
    opened = source("a.opml", text)
    with pytest.raises(InputError):
        list(READERS.claimed(opened).read([opened], ListOptions()))


@pytest.mark.parametrize("value", [None, True, 5, "x", [], {}, [None], {"resourceId": 5}, "\ud83d"])
def test_wrong_types(read, value):
    """Whatever stands where records should."""
    for export in (
        {"kind": "youtube#subscriptionListResponse", "items": value},
        {"kind": "youtube#subscriptionListResponse", "items": [value]},
        [{"kind": "youtube#subscription", "snippet": value}],
        [{"kind": "youtube#subscription", "snippet": {"resourceId": value, "title": value, "publishedAt": value}}],
        [{"kind": value, "snippet": {"resourceId": {"kind": "youtube#channel", "channelId": value}}}],
        {"subscriptions": [value, {"service_id": 0, "url": value, "name": value}], "service_id": value},
    ):
        told = read("anna.json", json.dumps(export))
        assert all(like.name for like in told.likes)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("likes.csv", f"customer,url,name\nanna,{URL}{A},Кухня\n"),
        ("likes.csv", "id,url,title\n1,https://vk.com/x,X\n"),
        ("likes.csv", "customer,id\nanna,5\n"),
        ("youtube/likes.csv", "customer,resource\nanna,@x\n"),
        ("subscriptions.json", '{"subscriptions": []}'),
        ("subscriptions.json", "[]"),
    ],
)
def test_near_misses_are_not_claimed(source, name, text):
    """Tables that somebody made, feeds of blogs, lists of anything."""
    assert READERS.claimed(source(name, text)) is None


class TestNewPipe:
    """The database of NewPipe's whole export."""

    DATABASE = DATA / "newpipe" / "newpipe.db"

    def test_a_database_that_waits_for_its_journal_is_read(self, read):
        """Channels of YouTube with their sizes; other services are counted, what has no address is rejected."""
        told = read("NewPipeData/newpipe.db", self.DATABASE)
        assert [(like.url, like.name, like.subscribers) for like in told.likes] == [
            ("https://www.youtube.com/channel/UCaB3xYz9012aB3xYz9012QA", "Kadrodel", "5200"),
            ("https://www.youtube.com/channel/UCkL5mNo3456kL5mNo3456RB", "Vorblinka", ""),
        ]
        assert [line for line, _ in told.rejected] == [4]
        assert told.remarks == ["records that are not YouTube channels were left out: 1"]

    @pytest.mark.parametrize("keep", [100, 1024, 2048])
    def test_a_damaged_one_is_refused(self, read, keep):
        """Whatever is cut off."""
        content = self.DATABASE.read_bytes()[:keep] + b"\xff" * 1024
        with pytest.raises(InputError, match="damaged"):
            read("newpipe.db", content)

    def test_a_view_is_not_asked(self, read, tmp_path):
        """What calls itself so and would compute something is no list."""
        path = tmp_path / "made.db"
        with closing(sqlite3.connect(path)) as made, made:
            made.execute(
                "create view subscriptions as select 0 as service_id, 'https://youtube.com/@a' as url, 'A' as name"
            )
        assert read("newpipe.db", path).likes == []
