"""Access logs become visits and conversions by link: who counts, to which link, on which day."""

import gzip
from datetime import date

import pytest

from outreach.errors import OptionError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described
from tests.tracking.exports.log_lines import CHROME, IPHONE, MAY, A, B, counted, counts, hit, link

__all__ = ["counted"]


def test_a_visit_is_a_visitor_a_day_and_a_link(counted):
    """A second look at the same page is no second visit; another browser, address, day or link is."""
    assert counted(
        hit(link(A)),
        hit(link(A), "10:05:00"),
        hit(link(A), agent=CHROME),
        hit(link(A), who="2001:db8::7"),
        hit(link(B), "11:00:00"),
        hit(link(A), day="13/May/2026"),
    ) == {(12, A): (3, None), (12, B): (1, None), (13, A): (1, None)}


def test_pages_without_tags_are_a_visit_only_where_none_had_tags(counted):
    """Who came by a link and read on did not come untagged; who came another day without one did."""
    assert counted(
        hit(link(A)),
        hit("/about"),
        hit("/", who="203.0.113.8"),
        hit("/about", who="203.0.113.8"),
        hit("/", day="13/May/2026"),
    ) == {(12, ""): (1, None), (12, A): (1, None), (13, ""): (1, None)}


def test_all_that_tells_the_report(read, export):
    """Days, zone, unit and tool are told, and the tags are whole."""
    report = read(export("x.log", hit(link(A)) + hit("/a.css", day="14/May/2026"))).report
    assert (report.tool, report.unit, report.kind, report.goal) == ("access-log", "visit", "", "")
    assert (report.period, report.timezone) == (Period(MAY, date(2026, 5, 14)), "+03:00")
    assert report.rows[0].tags == Tags(source="telegram", medium="social", campaign="spring", content=A)
    assert (report.source_name, described(report.flags)) == ("", ())


@pytest.mark.parametrize(
    "change",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"status": 404},
        {"status": 500},
        {"agent": "-"},
        {"agent": ""},
        {"agent": "TelegramBot (like TwitterBot)"},
        {"agent": "Twitterbot/1.0"},
        {"agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"agent": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.example)"},
        {"agent": "curl/8.5.0"},
        {"agent": "python-requests/2.32"},
        {"agent": "Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36"},
    ],
    ids=str,
)
def test_only_people_who_got_the_page_count(read, export, change):
    """HEAD, errors, crawlers, previews and programs are left out, and one remark counts them."""
    told = read(export("x.log", hit("/") + hit(link(A), **change)))
    assert counts(told.report) == {(12, ""): (1, None)}
    (remark,) = told.remarks
    assert remark.partition("are not visits, left out: ")[2].split()[0] == "1"


@pytest.mark.parametrize(
    "agent",
    [
        f"{CHROME} Telegram-Android/11.4.2 (Xiaomi; Android 13; SDK 33; AVERAGE)",
        f"{IPHONE} Instagram 330.0.3.29.109 (iPhone14,5; iOS 17_5; en_US; en; scale=3.00; 1170x2532; 600000000)",
        f"{IPHONE} [FBAN/FBIOS;FBAV/465.0.0;FBBV/1;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBLC/ru_RU]",
        f"{IPHONE} com.vk.vkclient/8.50",
        f"{CHROME} [FB_IAB/FB4A;FBAV/446.0.0.32.116;]",
        f"{CHROME} VKAndroidApp/8.52-16839",
        "Mozilla/5.0 (Linux; Android 10; CUBOT_NOTE_20) AppleWebKit/537.36 Chrome/96.0.4664.45 Mobile Safari/537.36",
        r"\xD0\xB6",
        r"Fire\x22fox\x5C",
        r"Fire\"fox\\",
    ],
    ids=lambda agent: agent[-20:],
)
def test_browsers_inside_apps_are_people(counted, agent):
    """Somebody tapped the link in Telegram or Instagram; odd agents are not bots for being odd."""
    assert counted(hit(link(A), agent=agent)) == {(12, A): (1, None)}


@pytest.mark.parametrize("status", [200, 204, 206, 301, 302, 304])
def test_redirects_and_unchanged_pages_count(counted, status):
    """A browser that has the page gets 304, and the tag is gone behind a redirect."""
    assert counted(hit(link(A), status=status)) == {(12, A): (1, None)}


def test_parts_of_pages_are_no_pages(read, export):
    """Pictures and styles make no visit, with tags or without; a book that was clicked does."""
    told = read(
        export("x.log", hit("/a.css?v=3") + hit("/i/A.PNG") + hit(link(B, "/p.gif")) + hit(link(A, "/book.pdf")))
    )
    assert counts(told.report) == {(12, A): (1, None)}
    assert told.remarks[0].endswith("are not visits, left out: 3 for parts of pages (pictures, styles, scripts)")


def test_excluded_addresses(counted):
    """One's own machines are left out by address or network, however an address is written."""
    lines = [
        hit(link(A), who=who)
        for who in ("203.0.113.7", "10.1.2.3", "2001:db8:0:0::1", "::ffff:198.51.100.4", "192.0.2.1")
    ]
    exclude = ("203.0.113.7", "10.0.0.0/8", "2001:db8::/64", "198.51.100.4")
    assert counted(*lines, exclude=exclude) == {(12, A): (1, None)}


def test_an_address_to_exclude_that_is_none(counted):
    """A slip of the finger is said, not passed over."""
    with pytest.raises(OptionError, match="not an address"):
        counted(hit(link(A)), exclude=("10.0.0.0/33",))


@pytest.mark.parametrize(
    ("target", "tags"),
    [
        ("/?utm_content=x%20y&utm_source=caf%C3%A9", Tags(source="café", content="x y")),
        (r"/?utm_source=\xC3\xA9&a=\x22", Tags(source="é")),
        ("/?utm_source=v&amp;utm_content=x", Tags(source="v", content="x")),
        ("/?fbclid=1&UTM_Content=X&utm_content=y", Tags(content="X")),
        ("/guide%3Futm_content=x", Tags(content="x")),
        ("/?utm%5Fcontent=x", Tags(content="x")),
        ("/?a=1#utm_content=x", Tags(content="x")),
        ("http://example.com/?mtm_campaign=x", Tags(campaign="x")),
        ("/?promo=SPRING", Tags(promo="SPRING")),
        ("/?start=20", Tags()),
        ("/?start=20&utm%5Fcontent=", Tags()),
        ("/?utm_content=(not%20set)", Tags()),
        ("/?xutm_content=x&q=utm_content", Tags()),
    ],
)
def test_tags_as_servers_write_them(read, export, target, tags):
    """Tags are found however they are escaped; the number of a page of results is none."""
    report = read(export("x.log", hit(target))).report
    assert [row.tags for row in report.rows] == [tags]


def test_other_parameters_make_no_other_link(counted):
    """The click id that Facebook adds is another one for everybody."""
    lines = [hit(f"{link(A)}&fbclid={number}", who=f"203.0.113.{number}") for number in range(1, 5)]
    assert counted(
        *lines, hit(f"/guide?x=1&utm_content={A}&utm_campaign=spring&utm_medium=social&utm_source=telegram")
    ) == {(12, A): (5, None)}


def test_rotated_files_are_one_log(read, export):
    """A day that is split over two files counts a visitor once, packed or not."""
    old = export("access.log.2.gz", gzip.compress(hit(link(A)).encode()))
    new = export("access.log", hit(link(A), "23:00:00") + hit(link(B), "23:30:00"))
    report = read(old, new).report
    assert counts(report) == {(12, A): (1, None), (12, B): (1, None)}
    assert len(report.labels) == 2


def test_the_same_file_twice_counts_once(read, export):
    """A copy under another name adds nothing."""
    text = hit(link(A)) + hit("/", who="203.0.113.8")
    assert counts(read(export("a.log", text), export("b.log", text)).report) == {
        (12, ""): (1, None),
        (12, A): (1, None),
    }


GOAL = {"goal_path": "/thanks"}


def test_the_goal_is_reached_by_a_visit(counted):
    """At or after the visit, with GET or POST, once for a visit however often."""
    assert counted(
        hit(link(A)),
        hit("/thanks?order=1", "10:00:00"),
        hit("/thanks/", "10:01:00", method="POST", status=302),
        hit(link(A), who="203.0.113.8"),
        hit("/thanks", "10:30:00", who="203.0.113.8", status=404),
        hit("/thanks", "10:30:00", who="203.0.113.8", method="HEAD"),
        **GOAL,
    ) == {(12, A): (2, 1)}


def test_a_goal_before_the_visit_is_not_by_it(counted):
    """What came first was untagged; the visit by the link later that day did not convert."""
    got = counted(hit("/thanks", "09:00:00"), hit(link(A), "10:00:00"), **GOAL)
    assert got == {(12, ""): (1, 1), (12, A): (1, 0)}


def test_a_goal_belongs_to_the_last_link_before_it(counted):
    """A visitor by two links converts by the later one; and by both, if the goal was reached after each."""
    two = hit(link(A), "10:00:00") + hit(link(B), "11:00:00")
    assert counted(two, hit("/thanks", "12:00:00"), **GOAL) == {(12, A): (1, 0), (12, B): (1, 1)}
    both = (hit("/thanks", "10:30:00"), hit("/thanks", "12:00:00"))
    assert counted(two, *both, **GOAL) == {(12, A): (1, 1), (12, B): (1, 1)}


def test_a_goal_without_a_link_is_untagged(counted):
    """Also where nothing but the form was sent; a link of two days before does not count."""
    got = counted(hit(link(A)), hit("/thanks", day="14/May/2026", method="POST"), **GOAL)
    assert got == {(12, A): (1, 0), (14, ""): (1, 1)}


def test_a_goal_page_with_tags_is_its_own_link(counted):
    """Forms hand the tags on: the page behind them is by that link."""
    assert counted(hit(link(A, "/thanks")), **GOAL) == {(12, A): (1, 1)}


@pytest.mark.parametrize(
    ("goal", "target", "reached"),
    [
        ("/thanks*", "/thanks/7", 1),
        ("/thanks", "/thanks/7", 0),
        ("/thanks", "/thanksgiving", 0),
        ("/thanks", "/x?next=/thanks", 0),
        ("thanks", "/thanks", 1),
        ("https://example.com/thanks?x=1", "/thanks", 1),
        ("/thanks", "https://example.com/thanks#top", 1),
        ("/спасибо", "/%D1%81%D0%BF%D0%B0%D1%81%D0%B8%D0%B1%D0%BE", 1),
        ("/спасибо", r"/\xD1\x81\xD0\xBF\xD0\xB0\xD1\x81\xD0\xB8\xD0\xB1\xD0\xBE", 1),
        ("/a.b", "/aXb", 0),
        ("/book.zip", "/book.zip", 1),
        ("/pixel.gif", "/pixel.gif", 1),
        ("/it's", "/it's", 1),
    ],
)
def test_which_requests_are_the_goal(counted, goal, target, reached):
    """The path is compared whole, in any of its spellings; a star at the end takes what begins like it."""
    assert counted(hit(link(A)), hit(target, "10:01:00"), goal_path=goal) == {(12, A): (1, reached)}


@pytest.mark.parametrize("goal", [" ", "*", "?x=1"])
def test_a_goal_that_says_nothing(counted, goal):
    """Otherwise every page would be the goal."""
    with pytest.raises(OptionError, match="not a path"):
        counted(hit(link(A)), goal_path=goal)


def test_the_clock_that_is_put_back(read, export):
    """In the hour that comes twice the order is that of the world's clock, and the second offset is said."""
    day = {"day": "25/Oct/2026"}
    lines = (
        hit("/thanks", "03:10:00", zone="+0300", **day),
        hit(link(A), "03:50:00", zone="+0300", **day),
        hit("/thanks", "03:05:00", zone="+0200", **day),
        hit("/", "12:00:00", zone="+0200", who="203.0.113.9", **day),
        hit("/", "13:00:00", zone="+0200", who="203.0.113.9", **day),
    )
    report = read(export("x.log", "".join(lines)), goal_path="/thanks").report
    assert counts(report) == {(25, ""): (2, 1), (25, A): (1, 1)}
    assert (report.timezone, described(report.flags)) == ("+02:00", ("several offsets from UTC: +02:00, +03:00",))


def test_the_year_turns(read, export):
    """Days are those of the log's own clock, across a year's end."""
    lines = hit(link(A), "23:59:59", day="31/Dec/2026") + hit(link(A), "00:00:00", day="01/Jan/2027")
    report = read(export("x.log", lines)).report
    assert [row.day for row in report.rows] == [date(2026, 12, 31), date(2027, 1, 1)]
    assert report.period == Period(date(2026, 12, 31), date(2027, 1, 1))
